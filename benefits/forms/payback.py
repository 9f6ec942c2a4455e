"""The controls of the payback page, kept in its address; and the name under which a scenario is saved."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from programme.foundation.calendar import in_words
from programme.foundation.form_fields import GovDateField, PlainCharField, ReasonField
from programme.foundation.money import FinancialYear

from ..choices import CASHABLE, AmountKind, Deliverability, Investment, Kind
from ..models import BenefitsSettings, PaybackScenario
from ..reading.payback_inputs import Asked
from ..rules.appraisal import PaybackBasis, Terms, Timing

AS_IT_OPENS = "As the page opens"
OPTIONAL: Any = {"required": False, "empty_label": AS_IT_OPENS}
MOST_YEARS, HIGHEST_RATE = 30, Decimal(25)
LOOKS_LIKE_A_YEAR = re.compile(r"\d{2,4}\s*[/–-]\s*\d{2,4}", re.ASCII)
EARLIEST, LATEST = datetime.date(1990, 4, 1), datetime.date(2099, 3, 31)


class HorizonDateField(GovDateField):
    """A day in one box, or a financial year for its first day. Raises ``ValidationError`` with a sentence."""

    widget: Any = forms.TextInput

    def to_python(self, value: Any) -> datetime.date | None:
        text = str(value or "").strip()
        if LOOKS_LIKE_A_YEAR.fullmatch(text):
            try:
                return FinancialYear.parse(text).first
            except ValueError as error:
                raise ValidationError(str(error)) from error
        found = super().to_python(text or None)
        if found and not EARLIEST <= found <= LATEST:
            raise ValidationError("Horizon date must be between 1 April 1990 and 31 March 2099.")
        return found


class RateField(forms.Field):
    """Per cent a year, with or without its sign; what was typed stays in the box."""

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").replace("%", "").strip()
        if len(text) > 12 or not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", text, re.ASCII):
            shown = text[:20] or "Nothing"
            raise ValidationError(f"“{shown}” is not a rate in per cent a year; write it like 3.5.")
        rate = Decimal(text)
        if rate > HIGHEST_RATE:
            raise ValidationError(f"A rate is between 0 and {HIGHEST_RATE} per cent a year.")
        return rate


class HorizonField(forms.Field):
    """Whole years, 1 to 30."""

    def to_python(self, value: Any) -> int:
        text = str(value or "").strip()
        if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or not 1 <= int(text) <= MOST_YEARS:
            shown = text[:20] or "Nothing"
            raise ValidationError(
                f"“{shown}” is not a horizon; write whole years from 1 to {MOST_YEARS}, such as 10."
            )
        return int(text)


class PaybackControls(forms.Form):
    """What is asked of the payback page. A control that the address leaves out stands as it is settled."""

    basis = forms.ChoiceField(
        label="Basis",
        choices=PaybackBasis.choices,
        help_text="New in year counts what appears in each year; run-rate lets recurring savings go on.",
    )
    timing = forms.ChoiceField(
        label="Timing", choices=Timing.choices, help_text="When a saving starts to be cash. Run-rate only."
    )
    horizon = HorizonField(label="Horizon, years", help_text="10 is years 0 to 9.")
    rate = RateField(label="Discount rate, per cent", help_text="Real. Year 0 is not discounted.")
    horizon_date = HorizonDateField(
        label="Horizon date",
        required=False,
        help_text="An assumption, such as the day a successor authority takes over: 1 April 2028.",
    )
    amounts = forms.ChoiceField(
        label="Amounts of the lines",
        choices=[(one.value, one.label) for one in (AmountKind.APPROVED, AmountKind.FORECAST)],
        help_text="The stated table stays as stated.",
    )
    investment = forms.ChoiceField(
        label="Costs set against the lines",
        choices=Investment.choices,
        help_text="Costs without years are never spread.",
    )
    deliverability = forms.MultipleChoiceField(
        label="Deliverability", choices=Deliverability.choices, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label="Kinds of saving", choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict, *, settled: BenefitsSettings, **options: Any):
        filled = data.copy()
        for name, values in _as_settled(settled).items():
            if name not in filled:
                filled.setlist(name, values)
        super().__init__(filled, auto_id="payback_%s", **options)
        if settled.horizon_date and settled.horizon_date_words:
            day = in_words(settled.horizon_date)
            words = f"An assumption, settled as {day}: {settled.horizon_date_words}."
            self.fields["horizon_date"].help_text = words

    @property
    def asked(self) -> Asked:
        """The question, of a valid form."""
        data = self.cleaned_data
        return Asked(
            terms=Terms(
                basis=PaybackBasis(data["basis"]),
                timing=Timing(data["timing"]),
                horizon=data["horizon"],
                rate=data["rate"],
                horizon_date=data["horizon_date"],
            ),
            amounts=AmountKind(data["amounts"]),
            kinds=tuple(data["kinds"]),
            deliverability=tuple(data["deliverability"]),
            investment=Investment(data["investment"]),
        )


def controls_of(scenario: PaybackScenario, settled: BenefitsSettings) -> PaybackControls:
    """A saved scenario's controls, as if they stood in the address."""
    return PaybackControls(address_of(scenario), settled=settled)


def address_of(scenario: PaybackScenario) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in scenario.assumptions.items():
        query.setlist(name, values)
    return query


def as_saved(asked: Asked) -> dict[str, list[str]]:
    """The controls in the plainest words that give the same question: every control, lists always."""
    terms = asked.terms
    return {
        "basis": [terms.basis.value],
        "timing": [terms.timing.value],
        "horizon": [str(terms.horizon)],
        "rate": [f"{terms.rate.normalize():f}"],
        "horizon_date": [terms.horizon_date.isoformat() if terms.horizon_date else ""],
        "amounts": [asked.amounts.value],
        "investment": [asked.investment.value],
        "deliverability": list(asked.deliverability),
        "kinds": list(asked.kinds),
    }


def _as_settled(settled: BenefitsSettings) -> dict[str, list[str]]:
    terms = Terms(
        horizon=settled.horizon, rate=Decimal(settled.discount_rate), horizon_date=settled.horizon_date
    )
    usual = as_saved(Asked(terms=terms))
    return usual | {"kinds": [kind.value for kind in Kind if kind in CASHABLE]}


class SaveScenarioForm(forms.Form):
    name = PlainCharField(label="Name", max_length=80, help_text="What it assumes, such as Deliverable only.")
    reason = ReasonField()


class CompareForm(forms.Form):
    """Which two saved scenarios stand side by side; nothing is the page's own assumptions."""

    a: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label="One", **OPTIONAL)
    b: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, label="The other", **OPTIONAL)

    def __init__(self, *arguments: Any, scenarios: Any, **options: Any):
        super().__init__(*arguments, **options)
        for name in ("a", "b"):
            field: Any = self.fields[name]
            field.queryset = scenarios
