"""Creating or changing many tables in one step of a migration."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field, Index, Model


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


class ChangeTables(Operation):
    """Adds and alters fields and adds indexes of several tables together, for the same reason.

    ``added`` and ``altered`` name model, field name and field; ``indexes`` model and index. SQLite remakes a
    whole table for every column that may not be empty; a column with a plain default needs no more than
    being added. It is not undone: what was entered since would be lost.
    """

    reversible = False

    def __init__(
        self,
        added: Sequence[tuple[str, str, Field]],
        altered: Sequence[tuple[str, str, Field]] = (),
        indexes: Sequence[tuple[str, Index]] = (),
    ):
        self.added, self.altered, self.indexes = added, altered, indexes

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        keys = []
        for model, name, field in (*self.added, *self.altered):
            keys.append((app_label, model))
            state.models[app_label, model].fields[name] = field
        for model, index in self.indexes:
            keys.append((app_label, model))
            options = state.models[app_label, model].options
            options["indexes"] = [*options.get("indexes", []), index]
        if "apps" in state.__dict__:
            state.reload_models(dict.fromkeys(keys))

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name, field, _ in self.added:
            model = to_state.apps.get_model(app_label, name)
            _add_column(schema_editor, model, model._meta.get_field(field))
        # Before anything is altered: where SQLite remakes a table for that, it makes the indexes anew.
        for name, index in self.indexes:
            schema_editor.add_index(to_state.apps.get_model(app_label, name), index)
        for name, field, _ in self.altered:
            model = to_state.apps.get_model(app_label, name)
            before = from_state.apps.get_model(app_label, name)._meta.get_field(field)
            schema_editor.alter_field(model, before, model._meta.get_field(field))

    def describe(self) -> str:
        changed = (f"{field} of {model}" for model, field, _ in (*self.added, *self.altered))
        return f"Add or alter {', '.join(changed)}"


def _add_column(schema_editor: BaseDatabaseSchemaEditor, model: type[Model], field: Field) -> None:
    if field.null or schema_editor.connection.vendor != "sqlite":
        schema_editor.add_field(model, field)
        return
    definition, values = schema_editor.column_sql(model, field, include_default=True)
    names = {
        "table": schema_editor.quote_name(model._meta.db_table),
        "column": schema_editor.quote_name(field.column),
        "definition": definition,
    }
    schema_editor.execute(schema_editor.sql_create_column % names, values or None)
