import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='SHA-256 of what was sent, and by whom.', max_length=64, unique=True)),
                ('address', models.CharField(help_text='Where the action led.', max_length=2000)),
                ('taken', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='SHA-256 of what is counted.', max_length=64, unique=True)),
                ('number', models.PositiveIntegerField(default=1)),
                ('until', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'tallies',
                'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='tally_has_key')],
            },
        ),
    ]
