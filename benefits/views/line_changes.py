"""What can be done to a line, a page each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property

from programme.foundation import calendar
from programme.foundation.money import FinancialYear
from programme.foundation.views import ActionView
from programme.people.choices import Classification

from ..actions import gap_parts, lines, profiles
from ..choices import Category, Kind
from ..forms.line import LineForm, ReferenceForm, staffing_class
from ..forms.profile import ApprovedForm, ForecastForm, GapForm
from ..forms.status import ReasonForm
from ..models import BenefitLine, LineReference
from ..reading.line_profiles import LineProfiles, profiles_now
from ..rules.gap import proposed
from ..rules.profiles import box, years_to_ask
from .benefit_changes import RECORDED, OfBenefit
from .line import RELATED

MEANS = {
    Category.STAFFING_REDESIGN: "Posts that are changed, shared or no longer needed. Exempt by default.",
    Category.SERVICE_REDESIGN: "A service that is run in another way, or a cost that does not arise.",
    Category.INCOME_GENERATION: "Money that comes in, such as fees, rents or sales.",
    Category.NON_FINANCIAL: "Something better that is not money: time, quality, satisfaction.",
}
KINDS = {
    Category.INCOME_GENERATION: Kind.INCOME,
    Category.NON_FINANCIAL: Kind.EFFICIENCY_WITHOUT_CASH,
}


class AddLine(OfBenefit):
    """First the category, since it says how exempt the line is by default; then the line."""

    form_class = LineForm
    title = "Add a line"
    button = "Add the line"
    template_name = "benefits/add_line.html"

    @property
    def category(self) -> str:
        asked = self.request.GET.get("category", "")
        return asked if asked in Category.values else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        means = [{"value": value, "label": value.label, "words": words} for value, words in MEANS.items()]
        return super().get_context_data(**kwargs) | {"category": self.category, "means": means}

    def initial(self, benefit: Any) -> dict[str, Any]:
        first: dict[str, Any] = {"category": self.category, "source_as_at": calendar.today()}
        first["kind"] = KINDS.get(self.category, Kind.CASH_RELEASING_EFFICIENCY)  # type: ignore[call-overload]
        if benefit.classification == Classification.EXEMPT:
            names = ("classification", "exempt_paragraphs", "exempt_reason", "exempt_review")
            return first | {name: getattr(benefit, name) for name in names}
        return first | (staffing_class() if self.category == Category.STAFFING_REDESIGN else {})

    def act(self, benefit: Any, data: dict[str, Any]) -> BenefitLine:
        reason = data.pop("reason") or RECORDED
        return lines.add(benefit=benefit, by=self.request.user, reason=reason, **data)

    def done_message(self, outcome: BenefitLine) -> str:
        if outcome.is_quantified:
            return f"{outcome.ref} is recorded. Now say what it is forecast to bring."
        return f"{outcome.ref} is recorded, with the reason why there is no figure yet."

    def get_success_url(self, outcome: BenefitLine) -> str:
        return f"{outcome.get_absolute_url()}{'forecast/' if outcome.is_quantified else ''}"


class OfLine(ActionView):
    """An action on one line that is live, offered to whoever keeps its benefit."""

    permission = "benefits.change_benefit"
    model = BenefitLine

    def get_queryset(self) -> Any:
        rows = super().get_queryset().live().filter(benefit__ref=self.kwargs["benefit"])
        return rows.select_related(*RELATED)


class ChangeLine(OfLine):
    form_class = LineForm
    title = "Change the line"
    button = "Save the line"
    done = "{record.ref} is changed."

    def initial(self, line: BenefitLine) -> dict[str, Any]:
        need_not = (
            line.category == Category.STAFFING_REDESIGN and line.classification != Classification.EXEMPT
        )
        return super().initial(line) | {"not_exempt": need_not}

    def form_options(self, line: BenefitLine) -> dict[str, Any]:
        return {"line": line}

    def act(self, line: BenefitLine, data: dict[str, Any]) -> BenefitLine:
        return lines.change(line, by=self.request.user, **data)


class OfProfiles(OfLine):
    """An action on a line's amounts by year."""

    @cached_property
    def known(self) -> LineProfiles:
        return profiles_now(self.record)

    def years(self) -> list[FinancialYear]:
        benefit = self.record.benefit
        bounds = {"starts": benefit.starts, "ends": benefit.ends, "today": calendar.today()}
        return years_to_ask(self.known.years, **bounds)

    def beside(self) -> dict[str, Any]:
        return {"approved": self.known.approved, "last forecast": self.known.forecast}

    def form_options(self, line: BenefitLine) -> dict[str, Any]:
        return {"benefit": line.benefit, "years": self.years(), "beside": self.beside()}


class ChangeForecast(OfProfiles):
    """The source of before is shown; as at which day the new forecast stands is never taken over."""

    form_class = ForecastForm
    title = "Change the forecast"
    introduction = (
        "Pounds by financial year. A saving that stops is negative. An empty box is unknown, not nought. "
        "By saving you confirm the amounts and their source."
    )
    button = "Save the forecast"

    def initial(self, line: BenefitLine) -> dict[str, Any]:
        profile = self.known.forecast or self.known.approved
        amounts = {box(year): amount for year, amount in profile.items()}
        known = {
            "source_document": line.forecast_document or line.source_document,
            "source_place": line.forecast_place if line.forecast_document else line.source_place,
            "basis": line.forecast_basis or line.basis,
        }
        first = {} if self.known.years else {"source_as_at": line.source_as_at}
        return amounts | known | first

    def form_options(self, line: BenefitLine) -> dict[str, Any]:
        last = line.forecast_as_at or (line.source_as_at if self.known.forecast else None)
        return super().form_options(line) | {"last_as_at": last}

    def act(self, line: BenefitLine, data: dict[str, Any]) -> BenefitLine:
        return profiles.forecast(line, by=self.request.user, **data)

    def done_message(self, outcome: BenefitLine) -> str:
        if _has_gap(outcome):
            return "The forecast is saved. Check below what became of the difference to what was approved."
        return "The forecast is saved."

    def get_success_url(self, outcome: BenefitLine) -> str:
        return f"{outcome.get_absolute_url()}{'gap/' if _has_gap(outcome) else ''}"


class ChangeApproved(OfProfiles):
    permission = "benefits.approve_profile"
    form_class = ApprovedForm
    title = "Change what is approved"
    introduction = (
        "Pounds by financial year, as a decision of the register approves them. What was approved first "
        "stays, and the gap is measured from there."
    )
    button = "Save what is approved"
    done = "What is approved for {record.ref} is recorded."

    def initial(self, line: BenefitLine) -> dict[str, Any]:
        profile = self.known.approved or self.known.forecast
        return {box(year): amount for year, amount in profile.items()}

    def beside(self) -> dict[str, Any]:
        first = {"first approved": self.known.first} if self.known.original else {}
        return first | {"approved": self.known.approved, "forecast": self.known.forecast}

    def form_options(self, line: BenefitLine) -> dict[str, Any]:
        return super().form_options(line) | {"viewer": self.request.user}

    def act(self, line: BenefitLine, data: dict[str, Any]) -> BenefitLine:
        return profiles.approve(line, by=self.request.user, **data)


class ClassifyGap(OfProfiles):
    form_class = GapForm
    title = "What became of the difference"
    introduction = (
        "The parts sum to the difference between what was first approved and what is forecast, in every "
        "year. Amounts are written without a sign."
    )
    button = "Save the parts"
    done = "What the gap of {record.ref} is made of is recorded."
    template_name = "benefits/gap_form.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not self.known.gap and not self.known.parts:
            raise Http404("There is no gap here.")
        return super().get(request, **kwargs)

    def initial(self, line: BenefitLine) -> dict[str, Any]:
        return {}

    def form_options(self, line: BenefitLine) -> dict[str, Any]:
        known = self.known
        parts = known.parts or proposed(known.first, known.approved, known.forecast)
        return {"years": self.years(), "parts": parts}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"gap": list(self.known.gap.items())}

    def act(self, line: BenefitLine, data: dict[str, Any]) -> BenefitLine:
        return gap_parts.classify(line, by=self.request.user, **data)


class AddReference(OfLine):
    form_class = ReferenceForm
    title = "Add a post or contract"
    introduction = (
        "Where the saving comes from. Posts are exempt always; the same post or contract on two lines is "
        "flagged as double counting."
    )
    button = "Add it to the line"
    done = "{record} is on the line."

    def initial(self, line: BenefitLine) -> dict[str, Any]:
        return {}

    def act(self, line: BenefitLine, data: dict[str, Any]) -> LineReference:
        return lines.refer(line, by=self.request.user, **data)

    def get_success_url(self, outcome: LineReference) -> str:
        return outcome.line.get_absolute_url()


class EndReference(OfLine):
    form_class = ReasonForm
    title = "Take it off the line"
    button = "Take off"
    done = "It is taken off the line; it stays in history."

    @cached_property
    def reference(self) -> LineReference:
        """The reference in the address, if it may be seen. Raises ``Http404``."""
        rows = LineReference.objects.visible_to(self.request.user).live()
        found = rows.filter(line=self.record, pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("There is no such post or contract here.")
        return found

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return f"{self.reference.get_kind_display()} {self.reference} no longer stands behind this line."

    def act(self, line: BenefitLine, data: dict[str, Any]) -> BenefitLine:
        lines.take_off(self.reference, by=self.request.user, **data)
        return line


class WithdrawLine(OfLine):
    form_class = ReasonForm
    title = "Withdraw the line"
    introduction = "What finance has verified of it stays delivered, and everything stays in the history."
    button = "Withdraw"
    done = "{record.ref} is withdrawn; its history stays."

    def act(self, line: BenefitLine, data: dict[str, Any]) -> BenefitLine:
        return lines.withdraw(line, by=self.request.user, **data)


def _has_gap(line: BenefitLine) -> bool:
    return bool(profiles_now(line).gap)
