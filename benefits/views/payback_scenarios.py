"""Saved payback scenarios: save one, look at it, withdraw it, and set two side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import exports
from programme.foundation.permissions import PermissionRequired
from programme.foundation.tables import address
from programme.foundation.views import ActionView, RecordView, Tab
from programme.portfolio.forms.project import ReasonForm

from ..actions import scenarios
from ..forms.payback import (
    AS_IT_OPENS,
    CompareForm,
    PaybackControls,
    SaveScenarioForm,
    address_of,
    as_saved,
    controls_of,
)
from ..models import BenefitsSettings, PaybackScenario
from ..reading.payback_answer import Answer
from ..words import payback as payback_words
from ..words import payback_comparison as comparison
from .downloads import download
from .payback import ADDRESS, kept_answer

TITLE = "Scenarios side by side"
OUT_OF_DATE = "This scenario holds an assumption that the page no longer understands. Save it anew."


def _settled(request: HttpRequest) -> BenefitsSettings:
    return BenefitsSettings.objects.visible_to(request.user).current()


class SaveScenario(ActionView):
    """The controls stand in the address, as on the payback page; what is wrong there is put right there."""

    permission = "benefits.save_scenario"
    lookup = ""
    form_class = SaveScenarioForm
    title = "Save this scenario"
    introduction = "The assumptions are saved, not what they come to: it is worked out anew each time."
    button = "Save the scenario"
    done = "“{record}” is saved."
    template_name = "benefits/payback_save.html"

    @cached_property
    def controls(self) -> PaybackControls:
        return PaybackControls(self.request.GET, settled=_settled(self.request))

    def dispatch(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponseBase:
        allowed = request.user.is_authenticated and request.user.has_perm(self.permission)
        if allowed and not self.controls.is_valid():
            return redirect(f"{ADDRESS}?{request.GET.urlencode()}")
        return super().dispatch(request, *arguments, **options)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        said = payback_words.assumptions(self.controls.asked)
        rows = [{"key": label, "value": words} for label, words in said]
        return super().get_context_data(**kwargs) | {"assumptions": rows}

    def act(self, record: None, data: dict[str, Any]) -> PaybackScenario:
        return scenarios.save(assumptions=as_saved(self.controls.asked), by=self.request.user, **data)

    def get_cancel_url(self) -> str:
        return f"{ADDRESS}?{self.request.GET.urlencode()}"


class ScenarioPage(RecordView):
    permission = "benefits.view_benefits"
    model = PaybackScenario
    lookup = "pk"
    tabs = (Tab("summary", "Assumptions", "benefits/scenario_summary.html"),)

    def actions(self, record: PaybackScenario) -> Iterable[tuple[str, str]]:
        yield "Work it out", f"{ADDRESS}?{address_of(record).urlencode()}"
        yield "Compare", f"{ADDRESS}compare/?a={record.pk}"
        if not record.withdrawn and self.request.user.has_perm("benefits.save_scenario"):
            yield "Withdraw", f"{record.get_absolute_url()}withdraw/"

    def tab_summary(self, record: PaybackScenario) -> dict[str, Any]:
        controls = controls_of(record, _settled(self.request))
        if not controls.is_valid():
            return {"out_of_date": OUT_OF_DATE}
        said = payback_words.assumptions(controls.asked)
        return {"facts": [{"key": label, "value": words} for label, words in said]}


class WithdrawScenario(ActionView):
    permission = "benefits.save_scenario"
    model = PaybackScenario
    lookup = "pk"
    form_class = ReasonForm
    title = "Withdraw the scenario"
    button = "Withdraw"
    done = "“{record}” is withdrawn; it stays in the history."

    def get_queryset(self) -> Any:
        return super().get_queryset().live()

    def act(self, scenario: PaybackScenario, data: dict[str, Any]) -> PaybackScenario:
        return scenarios.withdraw(scenario, by=self.request.user, **data)

    def get_success_url(self, outcome: PaybackScenario) -> str:
        return ADDRESS


class ComparePage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """``?a=3&b=5``, scenarios by their number; an empty one is the page as it opens."""

    permission = "benefits.view_benefits"
    template_name = "benefits/payback_compare.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        saved = PaybackScenario.objects.visible_to(request.user).live()
        form = CompareForm(request.GET, scenarios=saved, auto_id="compare_%s")
        query = address(request.GET, format=None)[1:]
        context = {"title": TITLE, "form": form, "address": query}
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**context), status=400)
        chosen = [form.cleaned_data["a"], form.cleaned_data["b"]]
        found = [self._answer(one) for one in chosen]
        if None in found:
            return self.render_to_response(self.get_context_data(**context, out_of_date=OUT_OF_DATE))
        names = [str(one) if one else AS_IT_OPENS for one in chosen]
        if request.GET.get("format") in exports.FORMATS:
            return _download(request, names, found)
        return self.render_to_response(self.get_context_data(**context, **_side_by_side(names, found)))

    def _answer(self, scenario: PaybackScenario | None) -> Answer | None:
        controls = controls_of(scenario or PaybackScenario(assumptions={}), self._settled)
        return kept_answer(self.request.user, controls.asked) if controls.is_valid() else None

    @cached_property
    def _settled(self) -> BenefitsSettings:
        return _settled(self.request)


def _side_by_side(names: list[str], found: list[Any]) -> dict[str, Any]:
    return {
        "columns": ["Output", *({"label": name, "numeric": True} for name in (*names, "Difference"))],
        "question_columns": ["Assumption", *names, "Difference"],
        "questions": comparison.questions(*found),
        "tables": comparison.compared(*found),
        "withheld": found[0].withheld or found[1].withheld,
    }


def _download(request: HttpRequest, names: list[str], found: list[Any]) -> HttpResponseBase:
    tables, asked = comparison.compared(*found), comparison.questions(*found)
    return download(
        request,
        TITLE,
        lambda: comparison.sheets(names, tables, asked),
        comparison.LONG,
        lambda: comparison.long_rows(tables, asked),
    )
