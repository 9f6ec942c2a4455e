import datetime
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
        ('people', '0002_initial'),
        ('portfolio', '0001_initial'),
    ]

    operations = [
        programme.foundation.migration_operations.CreateModels(
            operations=[migrations.CreateModel(
                name='Measure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('classification', models.CharField(choices=[('open', 'Open: any signed-in person'), ('internal', 'Internal: any appointment above Staff'), ('exempt', 'Exempt: Schedule 12A')], default='internal', max_length=10)),
                    ('exempt_paragraphs', models.JSONField(blank=True, default=list, help_text='Numbers 1 to 7.', verbose_name='paragraphs of Schedule 12A')),
                    ('exempt_reason', models.TextField(blank=True, max_length=2000, verbose_name='why the public interest in keeping it exempt outweighs disclosure')),
                    ('exempt_review', models.DateField(blank=True, null=True, verbose_name='review of the exemption')),
                    ('source_document', models.CharField(max_length=200, verbose_name='source')),
                    ('source_place', models.CharField(blank=True, max_length=200, verbose_name='place in the source')),
                    ('source_as_at', models.DateField(verbose_name='as at')),
                    ('basis', models.CharField(choices=[('estimate', 'Estimate'), ('quote', 'Quote'), ('contract', 'Contract'), ('budget', 'Budget'), ('actual', 'Actual')], default='estimate', max_length=10)),
                    ('price_base', models.CharField(choices=[('nominal', 'Nominal'), ('real', 'Real')], default='nominal', max_length=10)),
                    ('price_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='prices of the year')),
                    ('ref', models.CharField(max_length=12, unique=True, validators=[django.core.validators.RegexValidator('^M-\\d{3,5}\\Z', 'Write it like M-001.')], verbose_name='reference')),
                    ('name', models.CharField(max_length=200)),
                    ('definition', models.TextField(blank=True, max_length=2000, verbose_name='what exactly is counted')),
                    ('unit', models.CharField(help_text='For example per cent, minutes, processes.', max_length=40)),
                    ('direction', models.CharField(choices=[('up', 'Higher is better'), ('down', 'Lower is better')], max_length=4, verbose_name='better')),
                    ('frequency', models.CharField(blank=True, choices=[('weekly', 'Weekly'), ('monthly', 'Monthly'), ('quarterly', 'Quarterly'), ('six_monthly', 'Six-monthly'), ('yearly', 'Yearly')], max_length=12, verbose_name='how often it is read')),
                    ('baseline', models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                    ('baseline_qualifier', models.CharField(blank=True, max_length=40)),
                    ('baseline_date', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))], verbose_name='date of the baseline')),
                    ('target', models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                    ('target_qualifier', models.CharField(blank=True, max_length=40)),
                    ('target_date', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))], verbose_name='date of the target')),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last confirmed by')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='people.scope')),
                    ('workstream', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='portfolio.workstream')),
                ],
                options={
                    'ordering': ['ref'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('classification', 'exempt'), _negated=True), models.Q(models.Q(('exempt_paragraphs', []), _negated=True), models.Q(('exempt_reason', ''), _negated=True), ('exempt_review__isnull', False)), _connector='OR'), name='performance_measure_exempt_says_why', violation_error_message='Exempt needs its paragraphs, the public interest and a review date.'), models.CheckConstraint(condition=models.Q(models.Q(('price_base', 'nominal'), ('price_year', None)), models.Q(('price_base', 'real'), ('price_year__isnull', False)), _connector='OR'), name='performance_measure_real_prices_name_their_year', violation_error_message='Real prices need their year; nominal ones have none.'), models.CheckConstraint(condition=models.Q(('baseline_date', None), ('baseline__isnull', False), _connector='OR'), name='performance_measure_baseline_date_has_a_baseline', violation_error_message='A date of the baseline needs the baseline.'), models.CheckConstraint(condition=models.Q(('target_date', None), ('target__isnull', False), _connector='OR'), name='performance_measure_target_date_has_a_target', violation_error_message='A date of the target needs the target.')],
                },
            ), migrations.CreateModel(
                name='TrajectoryPoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('date', models.DateField(validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))], verbose_name='on')),
                    ('value', models.DecimalField(decimal_places=3, max_digits=12)),
                    ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trajectory', to='performance.measure')),
                ],
                options={
                    'ordering': ['measure', 'date'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('measure', 'date'), name='performance_one_point_a_day', violation_error_message='There is a value for this day already.')],
                },
            ), migrations.CreateModel(
                name='HistoricalMeasure',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('classification', models.CharField(choices=[('open', 'Open: any signed-in person'), ('internal', 'Internal: any appointment above Staff'), ('exempt', 'Exempt: Schedule 12A')], default='internal', max_length=10)),
                    ('exempt_paragraphs', models.JSONField(blank=True, default=list, help_text='Numbers 1 to 7.', verbose_name='paragraphs of Schedule 12A')),
                    ('exempt_reason', models.TextField(blank=True, max_length=2000, verbose_name='why the public interest in keeping it exempt outweighs disclosure')),
                    ('exempt_review', models.DateField(blank=True, null=True, verbose_name='review of the exemption')),
                    ('source_document', models.CharField(max_length=200, verbose_name='source')),
                    ('source_place', models.CharField(blank=True, max_length=200, verbose_name='place in the source')),
                    ('source_as_at', models.DateField(verbose_name='as at')),
                    ('basis', models.CharField(choices=[('estimate', 'Estimate'), ('quote', 'Quote'), ('contract', 'Contract'), ('budget', 'Budget'), ('actual', 'Actual')], default='estimate', max_length=10)),
                    ('price_base', models.CharField(choices=[('nominal', 'Nominal'), ('real', 'Real')], default='nominal', max_length=10)),
                    ('price_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='prices of the year')),
                    ('ref', models.CharField(db_index=True, max_length=12, validators=[django.core.validators.RegexValidator('^M-\\d{3,5}\\Z', 'Write it like M-001.')], verbose_name='reference')),
                    ('name', models.CharField(max_length=200)),
                    ('definition', models.TextField(blank=True, max_length=2000, verbose_name='what exactly is counted')),
                    ('unit', models.CharField(help_text='For example per cent, minutes, processes.', max_length=40)),
                    ('direction', models.CharField(choices=[('up', 'Higher is better'), ('down', 'Lower is better')], max_length=4, verbose_name='better')),
                    ('frequency', models.CharField(blank=True, choices=[('weekly', 'Weekly'), ('monthly', 'Monthly'), ('quarterly', 'Quarterly'), ('six_monthly', 'Six-monthly'), ('yearly', 'Yearly')], max_length=12, verbose_name='how often it is read')),
                    ('baseline', models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                    ('baseline_qualifier', models.CharField(blank=True, max_length=40)),
                    ('baseline_date', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))], verbose_name='date of the baseline')),
                    ('target', models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                    ('target_qualifier', models.CharField(blank=True, max_length=40)),
                    ('target_date', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))], verbose_name='date of the target')),
                    ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(verbose_name='reason')),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='last confirmed by')),
                    ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                    ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('scope', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.scope')),
                    ('workstream', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='portfolio.workstream')),
                ],
                options={
                    'verbose_name': 'historical measure',
                    'verbose_name_plural': 'historical measures',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                    'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='performance_measure_hrow'), models.Index(fields=['history_date'], name='performance_measure_hday')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='performance_measure_history_has_a_reason')],
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='HistoricalTrajectoryPoint',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('date', models.DateField(validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))], verbose_name='on')),
                    ('value', models.DecimalField(decimal_places=3, max_digits=12)),
                    ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(verbose_name='reason')),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                    ('measure', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='performance.measure')),
                ],
                options={
                    'verbose_name': 'historical trajectory point',
                    'verbose_name_plural': 'historical trajectory points',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                    'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='performance_trajectorypoi_hrow'), models.Index(fields=['history_date'], name='performance_trajectorypoi_hday')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='performance_trajectorypoint_history_has_a_reason')],
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            )],
        ),
    ]
