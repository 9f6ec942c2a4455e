import django.db.models.deletion
import django.db.models.functions.datetime
import programme.foundation.migration_operations
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_user'),
        # After all of the libraries' migrations: each would otherwise draw our records again.
        ('sessions', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        programme.foundation.migration_operations.CreateModels(
            operations=[migrations.CreateModel(
                name='HistoricalProfile',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('post', models.CharField(max_length=120)),
                    ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(verbose_name='reason')),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'verbose_name': 'historical person',
                    'verbose_name_plural': 'historical people',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                    'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='people_profile_hrow'), models.Index(fields=['history_date'], name='people_profile_hday')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='people_profile_history_has_a_reason')],
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='Profile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='profile', to=settings.AUTH_USER_MODEL)),
                    ('post', models.CharField(max_length=120)),
                ],
                options={
                    'verbose_name': 'person',
                    'verbose_name_plural': 'people',
                    'ordering': ['post'],
                    'indexes': [models.Index(fields=['post'], name='people_prof_post_ea1ee1_idx')],
                },
            ), migrations.CreateModel(
                name='Scope',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('kind', models.CharField(choices=[('programme', 'Programme'), ('workstream', 'Workstream'), ('project', 'Project'), ('body', 'Body')], max_length=12)),
                    ('key', models.SlugField(max_length=60)),
                    ('name', models.CharField(max_length=200)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inside', to='people.scope')),
                ],
                options={
                    'ordering': ['kind', 'key'],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='people_scope_is_named_once', violation_error_message='There is one of this kind and name already.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'programme'), ('parent', None)), models.Q(models.Q(('kind', 'programme'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='people_scope_lies_in_the_programme', violation_error_message='Everything but the programme lies inside something.')],
                },
            ), migrations.CreateModel(
                name='Appointment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                    ('role', models.CharField(choices=[('sro', 'Senior Responsible Officer'), ('board_member', 'Board member'), ('specialist_adviser', 'Specialist adviser'), ('programme_manager', 'Programme manager'), ('finance_reviewer', 'Finance reviewer'), ('auditor', 'Auditor'), ('workstream_lead', 'Workstream lead'), ('project_manager', 'Project manager'), ('benefit_owner', 'Benefit owner'), ('risk_owner', 'Risk owner'), ('author', 'Author'), ('group_member', 'Delivery or task group member'), ('communications', 'Communications'), ('staff', 'Staff')], max_length=20)),
                    ('speciality', models.CharField(blank=True, choices=[('finance', 'Finance'), ('hr', 'HR'), ('communications', 'Communications')], max_length=20, verbose_name='advises on')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='people.scope', verbose_name='place')),
                    ('starts', models.DateField(verbose_name='first day')),
                    ('ends', models.DateField(blank=True, null=True, verbose_name='last day')),
                    ('appointed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_on', models.DateField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['role', 'starts'],
                    'indexes': [models.Index(fields=['person', 'starts'], name='people_appo_person__74cdfd_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='people_appointment_ends_after_it_starts', violation_error_message='The last day cannot be before the first.'), models.CheckConstraint(condition=models.Q(('appointed_by', models.F('person')), _negated=True), name='people_appointment_not_by_oneself', violation_error_message='Nobody appoints themselves.'), models.CheckConstraint(condition=models.Q(models.Q(('role', 'specialist_adviser'), models.Q(('speciality', ''), _negated=True)), models.Q(models.Q(('role', 'specialist_adviser'), _negated=True), ('speciality', '')), _connector='OR'), name='people_appointment_adviser_says_on_what', violation_error_message='A specialist adviser advises on something; nobody else does.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', None), ('confirmed_on', None)), models.Q(('confirmed_by__isnull', False), ('confirmed_on__isnull', False)), _connector='OR'), name='people_appointment_confirmed_by_and_on', violation_error_message='A confirmation has a person and a date.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('appointed_by')), _negated=True), _connector='OR'), name='people_appointment_confirmed_by_a_second_person', violation_error_message='Whoever appoints cannot also confirm.'), models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('person')), _negated=True), _connector='OR'), name='people_appointment_not_confirmed_by_oneself', violation_error_message='Nobody confirms their own appointment.'), models.UniqueConstraint(condition=models.Q(('ends', None), ('withdrawn', False)), fields=('person', 'role', 'scope'), name='people_appointment_held_once', violation_error_message='This person holds this role here already.')],
                },
            ), migrations.CreateModel(
                name='HistoricalAppointment',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('role', models.CharField(choices=[('sro', 'Senior Responsible Officer'), ('board_member', 'Board member'), ('specialist_adviser', 'Specialist adviser'), ('programme_manager', 'Programme manager'), ('finance_reviewer', 'Finance reviewer'), ('auditor', 'Auditor'), ('workstream_lead', 'Workstream lead'), ('project_manager', 'Project manager'), ('benefit_owner', 'Benefit owner'), ('risk_owner', 'Risk owner'), ('author', 'Author'), ('group_member', 'Delivery or task group member'), ('communications', 'Communications'), ('staff', 'Staff')], max_length=20)),
                    ('speciality', models.CharField(blank=True, choices=[('finance', 'Finance'), ('hr', 'HR'), ('communications', 'Communications')], max_length=20, verbose_name='advises on')),
                    ('starts', models.DateField(verbose_name='first day')),
                    ('ends', models.DateField(blank=True, null=True, verbose_name='last day')),
                    ('confirmed_on', models.DateField(blank=True, null=True)),
                    ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.scope', verbose_name='place')),
                    ('appointed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(verbose_name='reason')),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'verbose_name': 'historical appointment',
                    'verbose_name_plural': 'historical appointments',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                    'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='people_appointment_hrow'), models.Index(fields=['history_date'], name='people_appointment_hday')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='people_appointment_history_has_a_reason')],
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='HistoricalScope',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('kind', models.CharField(choices=[('programme', 'Programme'), ('workstream', 'Workstream'), ('project', 'Project'), ('body', 'Body')], max_length=12)),
                    ('key', models.SlugField(max_length=60)),
                    ('name', models.CharField(max_length=200)),
                    ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.scope')),
                    ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(verbose_name='reason')),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'verbose_name': 'historical scope',
                    'verbose_name_plural': 'historical scopes',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                    'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='people_scope_hrow'), models.Index(fields=['history_date'], name='people_scope_hday')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='people_scope_history_has_a_reason')],
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            )],
        ),
    ]
