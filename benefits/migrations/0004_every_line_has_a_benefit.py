import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("benefits", "0003_lines_of_benefits")]

    operations = [
        migrations.AlterField(
            model_name="benefitline",
            name="benefit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="benefits.benefit"
            ),
        ),
    ]
