"""What is settled for all risks: whoever reads risks reads it, the programme office changes it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import changes
from programme.foundation.permissions import PermissionRequired
from programme.foundation.views import ActionView
from programme.portfolio.forms.project import ReasonForm

from ..actions import settings as actions
from ..choices import Scale
from ..forms.settings import CategoryForm, IntervalsForm, MatrixForm, StepForm, cell_field
from ..models import MatrixCell, RiskCategory, RiskSettings, ScaleStep
from ..reading.yardstick import yardstick
from ..rules.scoring import CELLS
from ..words import settings as words
from ..words.grid import grid
from .parts import parts

ADDRESS = "/risks/settings/"
KEEP = "risks.keep_settings"


class SettingsPage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    permission = "risks.view_risks"
    template_name = "risks/settings.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        held, may = yardstick(), request.user.has_perm(KEEP)
        steps = {scale: ScaleStep.objects.by_value(scale).values() for scale in Scale}
        context = self.get_context_data(
            title="Settings of risks",
            parts=parts(request.user, ADDRESS),
            may_keep=may,
            category_columns=words.CATEGORY_COLUMNS,
            categories=words.categories(RiskCategory.objects.live(), linked=may),
            grid=grid(held.matrix, held.likelihood, held.impact),
            step_columns=words.STEP_COLUMNS,
            scales=[
                {"title": scale.label, "rows": words.steps(found, linked=may)}
                for scale, found in steps.items()
            ],
            facts=words.intervals(RiskSettings.objects.current()),
        )
        return self.render_to_response(context)


class SettingsHistory(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """Every change of what is settled, the newest first."""

    permission = "portfolio.view_history"
    template_name = "risks/settings_history.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        found: list[Any] = []
        for model in (RiskCategory, ScaleStep, MatrixCell, RiskSettings):
            records: Any = model.objects  # type: ignore[attr-defined]
            found += changes.of_all(records.visible_to(request.user), request.user)
        found.sort(key=lambda one: (one.when, one.recorded), reverse=True)
        return self.render_to_response(self.get_context_data(changes=[one for one in found if told(one)]))


def told(change: Any) -> bool:
    """Whether somebody made this change, and not the installation with its defaults."""
    return change.kind != "created" or change.reason != words.INSTALLED


class OfSettings(ActionView):
    """Settings hold for the programme as a whole: the permission is asked anywhere."""

    permission = KEEP
    lookup = "pk"

    def get_permission_object(self) -> None:
        if self.lookup:
            _ = self.record  # not there is not found

    def get_cancel_url(self) -> str:
        return ADDRESS

    def get_success_url(self, outcome: Any) -> str:
        return ADDRESS


class AddCategory(OfSettings):
    lookup = ""
    form_class = CategoryForm
    title = "Add a category"
    introduction = "A kind of risk, with how much of it the council is willing to carry."
    button = "Add the category"
    done = "{record} is added."

    def act(self, record: None, data: dict[str, Any]) -> RiskCategory:
        return actions.add_category(by=self.request.user, **data)


class OfCategory(OfSettings):
    model = RiskCategory

    def get_queryset(self) -> Any:
        return super().get_queryset().live()


class ChangeCategory(OfCategory):
    form_class = CategoryForm
    title = "Change the category"
    introduction = "Which risks are outside appetite follows at once."
    button = "Change the category"
    done = "{record} is changed."
    template_name = "risks/settings_category.html"

    def act(self, record: RiskCategory, data: dict[str, Any]) -> RiskCategory:
        return actions.change_category(record, by=self.request.user, **data)


class WithdrawCategory(OfCategory):
    form_class = ReasonForm
    title = "Withdraw the category"
    introduction = "It is offered no more; it stays in history. No risk that may still happen may be in it."
    button = "Withdraw the category"
    done = "{record} is withdrawn."

    def act(self, record: RiskCategory, data: dict[str, Any]) -> RiskCategory:
        return actions.withdraw_category(record, by=self.request.user, **data)


class ChangeStep(OfSettings):
    model = ScaleStep
    form_class = StepForm
    button = "Change the words"
    done = "The words of {record} are changed."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Step {self.record.value} of {self.record.get_scale_display().lower()}"

    def act(self, record: ScaleStep, data: dict[str, Any]) -> ScaleStep:
        return actions.change_step(record, by=self.request.user, **data)


class OfTheRow(OfSettings):
    """The one row of settings; its version guards the matrix too."""

    model = RiskSettings

    @cached_property
    def record(self) -> RiskSettings:
        return RiskSettings.objects.current()

    def done_message(self, outcome: int) -> str:
        return words.reviews_moved(outcome)


class ChangeMatrix(OfTheRow):
    form_class = MatrixForm
    title = "Change the matrix"
    introduction = "Past dates keep the matrix that was in force then. When reviews fall due follows at once."
    button = "Change the matrix"
    template_name = "risks/settings_matrix.html"

    def initial(self, record: RiskSettings) -> dict[str, Any]:
        matrix = MatrixCell.objects.matrix()
        return {cell_field(score): matrix.band(score) for score in CELLS}

    def act(self, record: RiskSettings, data: dict[str, Any]) -> int:
        return actions.change_matrix(record, by=self.request.user, **data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held, form = yardstick(), kwargs["form"]
        lines = [(held.likelihood[value], boxes) for value, boxes in form.lines]
        return super().get_context_data(**kwargs) | {"lines": lines, "columns": list(held.impact.values())}


class ChangeIntervals(OfTheRow):
    form_class = IntervalsForm
    title = "Change when risks are reviewed"
    introduction = "They hold from now on for every risk; when reviews fall due follows at once."
    button = "Change the intervals"

    def act(self, record: RiskSettings, data: dict[str, Any]) -> int:
        return actions.change_intervals(record, by=self.request.user, **data)
