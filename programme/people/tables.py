from __future__ import annotations

from typing import Any

from django.utils.html import format_html_join

from programme.foundation import tables


class PeopleTable(tables.BaseTable):
    """Posts with the roles they hold today. Rows are profiles with ``user.held_today`` fetched."""

    post = tables.LinkColumn("Post", width=44)
    roles = tables.TextColumn("Roles today", accessor="user__held_today", width=70)
    number = tables.TextColumn("Number", accessor="number", width=10)
    state = tables.TagColumn("State", accessor="state")

    def render_roles(self, value: list[Any]) -> Any:
        if not value:
            return "None"
        return format_html_join("", "<div>{}</div>", ((str(one),) for one in value))

    def value_roles(self, value: list[Any]) -> str:
        return "; ".join(str(one) for one in value)
