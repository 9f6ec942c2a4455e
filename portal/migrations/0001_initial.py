import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import programme.foundation.migration_operations
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('people', '0002_initial'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        programme.foundation.migration_operations.CreateModels(
            operations=[migrations.CreateModel(
                name='HistoricalSiteSettings',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('council_name', models.CharField(default='East Herts Council', max_length=80)),
                    ('portal_name', models.CharField(default='Programme portal', max_length=80)),
                    ('brand_colour', models.CharField(default='#1d4d4f', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Write the colour like #1d4d4f.')])),
                    ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(verbose_name='reason')),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'verbose_name': 'historical site settings',
                    'verbose_name_plural': 'historical site settings',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                    'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='portal_sitesettings_hrow'), models.Index(fields=['history_date'], name='portal_sitesettings_hday')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='portal_sitesettings_history_has_a_reason')],
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='Pack',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('variant', models.CharField(choices=[('board', 'Board'), ('open', 'Open')], max_length=8)),
                    ('as_at', models.DateField()),
                    ('title', models.CharField(max_length=200)),
                    ('correction', models.TextField(blank=True, max_length=2000, verbose_name='what this version corrects')),
                    ('sealed', models.TextField(help_text="The pack's data as canonical JSON.")),
                    ('digest', models.CharField(help_text='SHA-256 of the sealed data.', max_length=64)),
                    ('template', models.CharField(help_text='The version of the drawing that it was issued with.', max_length=8)),
                    ('job', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pack', to='foundation.job')),
                    ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('issued', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ],
                options={
                    'ordering': ['-number', '-version'],
                    'constraints': [models.UniqueConstraint(fields=('number', 'version'), name='portal_pack_number_and_version'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('correction', ''), _negated=True), _connector='OR'), name='portal_pack_correction_says_what', violation_error_message='A correction says what it corrects.')],
                },
            ), migrations.CreateModel(
                name='PackOpening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='portal.pack')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('form', models.CharField(choices=[('html', 'Web page'), ('pdf', 'PDF'), ('xlsx', 'Workbook')], max_length=4)),
                    ('opened', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ],
                options={
                    'ordering': ['-opened'],
                },
            ), migrations.CreateModel(
                name='Rendition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renditions', to='portal.pack')),
                    ('form', models.CharField(choices=[('html', 'Web page'), ('pdf', 'PDF'), ('xlsx', 'Workbook')], max_length=4)),
                    ('digest', models.CharField(max_length=64)),
                    ('size', models.PositiveIntegerField(help_text='Bytes.')),
                ],
                options={
                    'ordering': ['pack', 'form'],
                    'constraints': [models.UniqueConstraint(fields=('pack', 'form'), name='portal_one_rendition_a_form')],
                },
            ), migrations.CreateModel(
                name='SiteSettings',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('council_name', models.CharField(default='East Herts Council', max_length=80)),
                    ('portal_name', models.CharField(default='Programme portal', max_length=80)),
                    ('brand_colour', models.CharField(default='#1d4d4f', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Write the colour like #1d4d4f.')])),
                ],
                options={
                    'verbose_name_plural': 'site settings',
                },
            )],
        ),
    ]
