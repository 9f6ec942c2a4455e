"""What editors of news do not need is not in their way. Wagtail reads this file by its name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

MENU = {"explorer", "images", "documents", "reports"}
REPORTS = {"site-history", "aging-pages"}


@hooks.register("construct_main_menu")
def keep_what_is_used(request: HttpRequest, items: list[Any]) -> None:
    """Pages, pictures, documents and reports."""
    items[:] = [item for item in items if item.name in MENU]


@hooks.register("construct_reports_menu")
def keep_reports_that_say_something(request: HttpRequest, items: list[Any]) -> None:
    """Who did what, and what has not been looked at for long."""
    items[:] = [item for item in items if item.name in REPORTS]


@hooks.register("insert_global_admin_js")
def start_date_boxes() -> str:
    """Wagtail starts these by inline scripts, which our content security policy refuses."""
    return format_html('<script src="{}"></script>', static("cms/date_boxes.js"))
