"""The forms of the gallery: one field of each kind, as a newcomer finds it and as a mistake leaves it."""

from django import forms

from programme.foundation.form_fields import GovDateField, PlainCharField, PlainTextField, ReasonField


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = PlainCharField(label="Name of the milestone", max_length=120)
    forecast = GovDateField(
        label="Forecast date", help_text="For example, 27 3 2023. You can paste 2023-03-27."
    )
    words = PlainTextField(
        label="What has changed",
        max_length=400,
        count=True,
        required=False,
        help_text="Last month: design agreed with customer services; supplier’s start is late.",
    )
    project = forms.ChoiceField(
        label="Project",
        choices=[
            ("", "Choose a project"),
            ("DIG-01", "DIG-01 Customer contact"),
            ("AGI-02", "AGI-02 Structures"),
        ],
    )
    stage = forms.ChoiceField(
        label="Stage",
        choices=[("discovery", "Discovery"), ("case", "Business case"), ("delivery", "Delivery")],
        widget=forms.RadioSelect,
    )
    principles = forms.MultipleChoiceField(
        label="Design principles it serves",
        choices=[("customer", "Customer first"), ("digital", "Digital by choice"), ("once", "Do it once")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told = forms.BooleanField(label="The delivery group has seen this", required=False)
    evidence = forms.FileField(label="Evidence", required=False, help_text="PDF or workbook, up to 5 MB.")
    reason = ReasonField()


class ExampleFilters(forms.Form):
    """The filters of a list: none is required."""

    q = forms.CharField(label="Words", required=False)
    workstream = forms.ChoiceField(
        label="Workstream",
        choices=[("", "All"), ("agile", "Agile & Sustainable"), ("digital", "Digital")],
        required=False,
    )
    due = forms.DateField(label="Due before", required=False, widget=forms.DateInput(attrs={"type": "date"}))


def wrong() -> ExampleForm:
    """The form as it comes back after several mistakes, with what was typed still in it."""
    typed = {
        "name": "Letting options\x07 for Wallfields",
        "forecast_day": "31",
        "forecast_month": "2",
        "forecast_year": "2023",
        "words": "The supplier has moved its start by three weeks. " * 12,
        "stage": "",
        "reason": "",
    }
    return ExampleForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
