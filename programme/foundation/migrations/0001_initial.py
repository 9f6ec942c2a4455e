import django.db.models.deletion
import django.utils.timezone
import programme.foundation.migration_operations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0002_initial'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        programme.foundation.migration_operations.CreateModels(
            operations=[migrations.CreateModel(
                name='Clock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('fixed_on', models.DateField()),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='foundation_clock_is_one_row')],
                },
            ), migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('task', models.CharField(help_text='Name of the Celery task that does the work.', max_length=200)),
                    ('arguments', models.JSONField(blank=True, default=dict, help_text='Primary keys and plain values.')),
                    ('key', models.CharField(blank=True, help_text='While the owner has an open job with this key, asking again gives that job.', max_length=200)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL)),
                    ('title', models.CharField(max_length=200)),
                    ('state', models.CharField(choices=[('queued', 'Waiting to start'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=10)),
                    ('now_doing', models.CharField(blank=True, help_text='What the work does at the moment.', max_length=200)),
                    ('done_steps', models.PositiveIntegerField(default=0)),
                    ('total_steps', models.PositiveIntegerField(default=0, help_text='0 while the length is not known.')),
                    ('result', models.JSONField(blank=True, default=dict, help_text='For example {"url": "/…/", "label": "…"}.')),
                    ('error', models.TextField(blank=True, help_text='A sentence for the owner, never a trace.')),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('lease_until', models.DateTimeField(blank=True, null=True)),
                    ('rung', models.DateTimeField(blank=True, help_text='When the broker last took the message.', null=True)),
                    ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ('started', models.DateTimeField(blank=True, null=True)),
                    ('finished', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'ordering': ['-created', '-pk'],
                    'indexes': [models.Index(fields=['owner', '-created'], name='job_of_owner'), models.Index(condition=models.Q(('state__in', ('queued', 'running'))), fields=['state', 'lease_until'], name='job_open')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed', 'cancelled'])), name='job_state_known', violation_error_message='A job is waiting, running, done, failed or cancelled.'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='job_lease_while_running', violation_error_message='A job has a lease while it runs, and only then.'), models.CheckConstraint(condition=models.Q(models.Q(('finished__isnull', True), ('state__in', ('queued', 'running'))), models.Q(models.Q(('state__in', ('queued', 'running')), _negated=True), ('finished__isnull', False)), _connector='OR'), name='job_finished_when_ended', violation_error_message='A job that has ended says when, and an open one does not.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='job_failure_has_reason', violation_error_message='A job that failed says why.'), models.CheckConstraint(condition=models.Q(('attempts__lte', 3)), name='job_attempts_limited', violation_error_message='A job is tried at most 3 times.'), models.UniqueConstraint(condition=models.Q(('state__in', ('queued', 'running')), models.Q(('key', ''), _negated=True)), fields=('owner', 'key'), name='job_key_open_once', violation_error_message='This is being done already.')],
                },
            ), migrations.CreateModel(
                name='OutgoingMail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=200, unique=True)),
                    ('to', models.EmailField(max_length=254)),
                    ('subject', models.CharField(max_length=200)),
                    ('state', models.CharField(choices=[('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Not sent')], default='sending', max_length=10)),
                    ('attempts', models.PositiveIntegerField(default=1)),
                    ('claimed', models.DateTimeField(default=django.utils.timezone.now, help_text='When the last attempt began.')),
                    ('sent', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name': 'outgoing mail',
                    'verbose_name_plural': 'outgoing mail',
                    'ordering': ['-claimed', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='mail_has_key'), models.CheckConstraint(condition=models.Q(('state__in', ['sending', 'sent', 'failed'])), name='mail_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('sent__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent__isnull', True)), _connector='OR'), name='mail_sent_says_when', violation_error_message='Mail that was sent says when, and other mail does not.')],
                },
            ), migrations.CreateModel(
                name='WorkerSighting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, unique=True)),
                    ('seen', models.DateTimeField(db_index=True)),
                ],
                options={
                    'ordering': ['-seen'],
                },
            )],
        ),
    ]
