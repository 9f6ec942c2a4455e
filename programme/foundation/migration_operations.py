"""Creating many tables in one step of a migration."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState


class CreateModels(Operation):
    """Creates the models of an app together.

    Django draws every related model anew after each ``CreateModel``; with a history table beside every
    record, each pointing at the person, that made an empty database take minutes. Together they are
    drawn once.
    """

    def __init__(self, operations: Sequence[CreateModel]):
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        keys = []
        for operation in self.operations:
            key = app_label, operation.name_lower
            state.models[key] = ModelState(
                app_label,
                operation.name,
                list(operation.fields),
                dict(operation.options),
                tuple(operation.bases),
                list(operation.managers),
            )
            keys.append(key)
        if "apps" in state.__dict__:
            state.reload_models(keys)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create models {', '.join(operation.name for operation in self.operations)}"
