"""Every line of before becomes the first line of a benefit that has its reference, name, home and class."""

from django.db import migrations

REASON = "Benefits came to hold lines; this line became the first of its benefit"
SHARED = (
    "ref",
    "name",
    "classification",
    "exempt_paragraphs",
    "exempt_reason",
    "exempt_review",
    "scope_id",
    "position",
    "withdrawn",
)


def give_lines_their_benefits(apps, schema_editor):
    Benefit, BenefitLine = (apps.get_model("benefits", name) for name in ("Benefit", "BenefitLine"))
    for line in BenefitLine.objects.all():
        first = _history(apps, "BenefitLine").objects.filter(id=line.pk).earliest("history_date", "history_id")
        benefit = Benefit.objects.create(**{name: getattr(line, name) for name in SHARED})
        # The benefit is as old as its line: whoever looks back finds it where the line was.
        _keep(apps, benefit, "+", first.history_user_id, first.history_change_reason, first.history_date)
        line.benefit, line.ref, line.version = benefit, f"{line.ref}-L1", line.version + 1
        line.save()
        last = _history(apps, "BenefitLine").objects.filter(id=line.pk).latest("history_date", "history_id")
        _keep(apps, line, "~", first.history_user_id, REASON, last.history_date)


def _history(apps, name):
    return apps.get_model("benefits", f"Historical{name}")


def _keep(apps, record, change, who, why, when):
    model = _history(apps, record._meta.object_name)
    names = {field.attname for field in model._meta.concrete_fields}
    copied = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.attname in names
    }
    model.objects.create(
        **copied,
        history_type=change,
        history_user_id=who,
        history_change_reason=why,
        history_date=when,
    )


class Migration(migrations.Migration):
    dependencies = [("benefits", "0002_benefits_and_claims")]

    operations = [migrations.RunPython(give_lines_their_benefits, migrations.RunPython.noop)]
