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
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        programme.foundation.migration_operations.CreateModels(
            operations=[migrations.CreateModel(
                name='Activity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('ref', models.CharField(max_length=24, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]{2,5}-\\d{2,5}-[AM]\\d{2,5}\\Z', 'Write it like DIG-01-M03.')], verbose_name='reference')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='portfolio.project')),
                    ('kind', models.CharField(choices=[('activity', 'Activity'), ('milestone', 'Milestone')], max_length=10)),
                    ('name', models.CharField(max_length=200)),
                    ('note', models.TextField(blank=True, max_length=1000)),
                    ('earliest_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))], verbose_name='starts no earlier than')),
                    ('original_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('original_finish', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('approved_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('approved_finish', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('forecast_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('forecast_finish', models.DateField(validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('actual_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('actual_finish', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('financial_year', 'Financial year')], default='day', max_length=16)),
                    ('baseline_decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='baselines', to='portfolio.decision', verbose_name='decision behind the baseline')),
                    ('source_place', models.CharField(blank=True, max_length=200, verbose_name='place in the business case')),
                ],
                options={
                    'verbose_name_plural': 'activities',
                    'ordering': ['project', 'forecast_finish', 'ref'],
                    'indexes': [models.Index(fields=['forecast_finish'], name='plan_activi_forecas_39da17_idx'), models.Index(fields=['kind', 'forecast_finish'], name='plan_activi_kind_0e92c4_idx'), models.Index(fields=['project', 'kind', 'forecast_finish'], name='plan_activi_project_604f98_idx'), models.Index(fields=['kind', 'actual_finish', 'withdrawn', 'project', 'forecast_finish', 'approved_finish', 'precision'], name='plan_activity_ahead'), models.Index(fields=['withdrawn', 'project'], name='plan_activi_withdra_8d6fcd_idx'), models.Index(fields=['actual_finish', 'forecast_finish', 'approved_finish', 'withdrawn', 'project'], name='plan_activity_by_finish')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('original_start', None), ('original_finish', None), ('original_finish__gte', models.F('original_start')), _connector='OR'), name='plan_activity_original_finish_not_before_start', violation_error_message='The original finish cannot be before the original start.'), models.CheckConstraint(condition=models.Q(('approved_start', None), ('approved_finish', None), ('approved_finish__gte', models.F('approved_start')), _connector='OR'), name='plan_activity_approved_finish_not_before_start', violation_error_message='The approved finish cannot be before the approved start.'), models.CheckConstraint(condition=models.Q(('forecast_start', None), ('forecast_finish', None), ('forecast_finish__gte', models.F('forecast_start')), _connector='OR'), name='plan_activity_forecast_finish_not_before_start', violation_error_message='The forecast finish cannot be before the forecast start.'), models.CheckConstraint(condition=models.Q(('actual_start', None), ('actual_finish', None), ('actual_finish__gte', models.F('actual_start')), _connector='OR'), name='plan_activity_actual_finish_not_before_start', violation_error_message='The actual finish cannot be before the actual start.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'milestone'), _negated=True), models.Q(('actual_start', None), ('approved_start', None), ('forecast_start', None), ('original_start', None)), _connector='OR'), name='plan_milestone_is_a_point', violation_error_message='A milestone is a point: it has no start dates.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'activity'), _negated=True), ('forecast_start__isnull', False), _connector='OR'), name='plan_activity_has_a_start', violation_error_message='An activity needs a forecast start.')],
                },
            ), migrations.CreateModel(
                name='Dependency',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successor_links', to='plan.activity')),
                    ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='predecessor_links', to='plan.activity')),
                    ('kind', models.CharField(choices=[('FS', 'Finish to start'), ('SS', 'Start to start'), ('FF', 'Finish to finish'), ('SF', 'Start to finish')], default='FS', max_length=2)),
                    ('lag', models.SmallIntegerField(default=0, help_text='A lead is a negative lag.', validators=[django.core.validators.MinValueValidator(-1000), django.core.validators.MaxValueValidator(1000)], verbose_name='lag in working days')),
                ],
                options={
                    'verbose_name_plural': 'dependencies',
                    'ordering': ['successor', 'predecessor'],
                    'indexes': [models.Index(fields=['withdrawn', 'successor', 'predecessor'], name='plan_depend_withdra_6daf83_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn', False)), fields=('predecessor', 'successor', 'kind'), name='plan_dependency_once', violation_error_message='These two are linked in this way already.'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='plan_dependency_not_on_itself', violation_error_message='Nothing can wait for itself.')],
                },
            ), migrations.CreateModel(
                name='HistoricalActivity',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('ref', models.CharField(db_index=True, max_length=24, validators=[django.core.validators.RegexValidator('^[A-Z]{2,5}-\\d{2,5}-[AM]\\d{2,5}\\Z', 'Write it like DIG-01-M03.')], verbose_name='reference')),
                    ('kind', models.CharField(choices=[('activity', 'Activity'), ('milestone', 'Milestone')], max_length=10)),
                    ('name', models.CharField(max_length=200)),
                    ('note', models.TextField(blank=True, max_length=1000)),
                    ('earliest_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))], verbose_name='starts no earlier than')),
                    ('original_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('original_finish', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('approved_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('approved_finish', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('forecast_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('forecast_finish', models.DateField(validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('actual_start', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('actual_finish', models.DateField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(datetime.date(1990, 1, 1)), django.core.validators.MaxValueValidator(datetime.date(2098, 12, 31))])),
                    ('precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('financial_year', 'Financial year')], default='day', max_length=16)),
                    ('source_place', models.CharField(blank=True, max_length=200, verbose_name='place in the business case')),
                    ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='portfolio.project')),
                    ('baseline_decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='portfolio.decision', verbose_name='decision behind the baseline')),
                    ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(verbose_name='reason')),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'verbose_name': 'historical activity',
                    'verbose_name_plural': 'historical activities',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                    'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='plan_activity_hrow'), models.Index(fields=['history_date'], name='plan_activity_hday')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='plan_activity_history_has_a_reason')],
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ), migrations.CreateModel(
                name='HistoricalDependency',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('recorded', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('withdrawn', models.BooleanField(default=False, editable=False)),
                    ('kind', models.CharField(choices=[('FS', 'Finish to start'), ('SS', 'Start to start'), ('FF', 'Finish to finish'), ('SF', 'Start to finish')], default='FS', max_length=2)),
                    ('lag', models.SmallIntegerField(default=0, help_text='A lead is a negative lag.', validators=[django.core.validators.MinValueValidator(-1000), django.core.validators.MaxValueValidator(1000)], verbose_name='lag in working days')),
                    ('predecessor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plan.activity')),
                    ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='plan.activity')),
                    ('history_id', models.BigAutoField(editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField()),
                    ('history_change_reason', models.TextField(verbose_name='reason')),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ],
                options={
                    'verbose_name': 'historical dependency',
                    'verbose_name_plural': 'historical dependencies',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                    'indexes': [models.Index(fields=['id', '-history_date', '-history_id'], name='plan_dependency_hrow'), models.Index(fields=['history_date'], name='plan_dependency_hday')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('history_change_reason', ''), _negated=True), name='plan_dependency_history_has_a_reason')],
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            )],
        ),
    ]
