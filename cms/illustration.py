"""Made-up news for the illustration: what staff would have read while its story went on."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.text import slugify

from programme.people.models import User
from programme.portfolio.models import Workstream

from .models import NewsIndexPage, NewsPage
from .tree import establish

NEWS = Path(__file__).with_name("illustration.yaml")


@transaction.atomic
def publish(*, by: User, until: datetime.date) -> list[NewsPage]:
    """Publishes the made-up news dated ``until`` and before, each marked as illustrative.

    What is there already, by its address, is left alone; gives the pages that were added. Wagtail's history
    says ``by`` and the real time. Raises ``ValidationError`` where a page breaks a rule of its form.
    """
    establish()
    index = NewsIndexPage.objects.get()
    added = []
    for one in yaml.safe_load(NEWS.read_text()):
        slug = slugify(one["title"])
        if one["date"] <= until and not NewsPage.objects.filter(slug=slug).exists():
            added.append(_publish(index, slug, one, by))
    return added


def _publish(index: NewsIndexPage, slug: str, one: dict[str, Any], by: User) -> NewsPage:
    page = NewsPage(
        slug=slug,
        title=one["title"],
        date=one["date"],
        introduction=one["introduction"],
        workstream=Workstream.objects.filter(slug=one.get("workstream", "")).first(),
        body=[(kind, value) for block in one["body"] for kind, value in block.items()],
        illustrative=True,
        owner=by,
        live=False,
    )
    page.body.stream_block.clean(page.body)
    index.add_child(instance=page)
    page.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    return page
