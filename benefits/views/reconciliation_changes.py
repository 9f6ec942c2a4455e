"""What can be done to a reconciliation: add, change, withdraw, move, sign off what is left."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from programme.foundation.views import ActionView
from programme.people.models import Scope
from programme.portfolio.forms.project import ReasonForm
from programme.portfolio.models import Programme

from ..actions import reconciliations as actions
from ..forms import reconciliation as forms
from ..models import Movement, Reconciliation
from ..reading.reconciliations import Reconciled, reconciled
from ..rules.bridging import as_signed

ADDRESS = "/benefits/reconciliation/"


def programme_scope(user: Any) -> Scope:
    """What belongs to no project and no workstream lies at the programme."""
    return Programme.objects.visible_to(user).select_related("scope").get().scope


class AddReconciliation(ActionView):
    permission = "benefits.reconcile"
    lookup = ""
    form_class = forms.NewReconciliationForm
    title = "Add a reconciliation"
    introduction = (
        "Two figures that ought to be the same, or whose difference ought to be explained: stated ones, or "
        "what the portal works out. It is exempt where either figure is."
    )
    button = "Add the reconciliation"
    done = "{record} is added. Explain the difference by movements."

    def form_options(self, record: None) -> dict[str, Any]:
        return {"viewer": self.request.user}

    def get_cancel_url(self) -> str:
        return ADDRESS

    def act(self, record: None, data: dict[str, Any]) -> Reconciliation:
        scope = programme_scope(self.request.user)
        return actions.add(scope=scope, by=self.request.user, **data)


class OfReconciliation(ActionView):
    """An action on one reconciliation."""

    permission = "benefits.reconcile"
    model = Reconciliation

    def get_queryset(self) -> Any:
        on = ["scope__parent__parent", "from_figure", "to_figure"]
        return super().get_queryset().select_related(*on)

    def initial(self, record: Any) -> dict[str, Any]:
        return {}

    @cached_property
    def reconciled(self) -> Reconciled:
        [found] = reconciled([self.record], self.request.user)
        return found

    @property
    def has_years(self) -> bool:
        return self.reconciled.bridge is not None and self.reconciled.bridge.has_years


class ChangeReconciliation(OfReconciliation):
    form_class = forms.ReconciliationForm
    title = "Change the reconciliation"
    button = "Change the reconciliation"
    introduction = "Its figures stay. For other figures, withdraw this one and add another."
    done = "{record} is changed."

    def initial(self, record: Reconciliation) -> dict[str, Any]:
        return {"title": record.title, "note": record.note}

    def act(self, record: Reconciliation, data: dict[str, Any]) -> Reconciliation:
        return actions.change(record, by=self.request.user, **data)


class WithdrawReconciliation(OfReconciliation):
    form_class = ReasonForm
    title = "Withdraw the reconciliation"
    introduction = "It no longer stands on the list or in packs; it and its movements stay in history."
    button = "Withdraw the reconciliation"
    done = "{record} is withdrawn."

    def act(self, record: Reconciliation, data: dict[str, Any]) -> Reconciliation:
        return actions.withdraw(record, by=self.request.user, **data)

    def get_success_url(self, outcome: Reconciliation) -> str:
        return ADDRESS


class SignOff(OfReconciliation):
    permission = "benefits.sign_off_residual"
    form_class = forms.SignOffForm
    title = "Sign off what is left"
    button = "Sign off what is left"
    done = "What is left of {record} is signed off. If a figure moves, the sign-off falls away."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        one = self.reconciled
        return f"Left unexplained between {one.start.words} and {one.end.words}: {one.left_words}."

    def initial(self, record: Reconciliation) -> dict[str, Any]:
        found = self.reconciled.bridge
        return {"residual": json.dumps(as_signed(found) if found else {})}

    def act(self, record: Reconciliation, data: dict[str, Any]) -> Reconciliation:
        return actions.sign_off(record, by=self.request.user, **data)


class TakeBack(OfReconciliation):
    permission = "benefits.sign_off_residual"
    form_class = ReasonForm
    title = "Take the sign-off back"
    introduction = "What is left is open again, on the dashboard and in the next pack."
    button = "Take the sign-off back"
    done = "The sign-off of {record} is taken back."

    def act(self, record: Reconciliation, data: dict[str, Any]) -> Reconciliation:
        return actions.take_back(record, by=self.request.user, **data)


class AddMovement(OfReconciliation):
    form_class = forms.MovementForm
    title = "Add a movement"
    button = "Add the movement"
    done = "The movement is added."

    @property
    def introduction(self) -> str:  # type: ignore[override]
        return f"Left unexplained: {self.reconciled.left_words}."

    def form_options(self, record: Reconciliation) -> dict[str, Any]:
        return {"has_years": self.has_years}

    def act(self, record: Reconciliation, data: dict[str, Any]) -> Movement:
        return actions.add_movement(record, by=self.request.user, **data)

    def get_success_url(self, outcome: Movement) -> str:
        return self.record.get_absolute_url()


class OfMovement(ActionView):
    """An action on one movement of the reconciliation in the address."""

    permission = "benefits.reconcile"
    model = Movement
    lookup = "pk"

    def get_queryset(self) -> Any:
        rows = super().get_queryset().live().filter(reconciliation__ref=self.kwargs["ref"])
        on = ["scope__parent__parent", "from_figure", "to_figure"]
        return rows.select_related(*(f"reconciliation__{name}" for name in on))

    def get_permission_object(self) -> Any:
        return self.record.reconciliation

    def get_cancel_url(self) -> str:
        return self.record.reconciliation.get_absolute_url()

    def get_success_url(self, outcome: Movement) -> str:
        return outcome.reconciliation.get_absolute_url()


class ChangeMovement(OfMovement):
    form_class = forms.MovementForm
    template_name = "benefits/movement.html"
    title = "Change the movement"
    button = "Change the movement"
    done = "The movement is changed."

    def form_options(self, movement: Movement) -> dict[str, Any]:
        [one] = reconciled([movement.reconciliation], self.request.user)
        return {"has_years": one.bridge is not None and one.bridge.has_years}

    def act(self, movement: Movement, data: dict[str, Any]) -> Movement:
        return actions.change_movement(movement, by=self.request.user, **data)


class WithdrawMovement(OfMovement):
    form_class = ReasonForm
    title = "Withdraw the movement"
    introduction = "What it explained is open again. It stays in history."
    button = "Withdraw the movement"
    done = "The movement is withdrawn."

    def act(self, movement: Movement, data: dict[str, Any]) -> Movement:
        return actions.withdraw_movement(movement, by=self.request.user, **data)
