"""News: pages are words, records are facts. A page may point at a workstream; no record knows its pages.

Pages are Wagtail's: their revisions and the log of who published what are Wagtail's own history, beside the
governed history of records. Nothing here is tracked, and no tracked record is edited here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q, prefetch_related_objects
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PagePermissionTester
from wagtail.query import PageQuerySet
from wagtail.search import index

from programme.foundation import calendar
from programme.portfolio.models import Workstream

from .blocks import BodyBlock

if TYPE_CHECKING:
    from django.http import HttpRequest

    from programme.people.models import User

ON_A_PAGE = 10


class OpenPage(PagePermissionTester):
    """What an editor may do with news. Who reads it is no setting of a page: everybody who is signed in."""

    def can_set_view_restrictions(self) -> bool:
        return False


class FixedPage(OpenPage):
    """What an editor may do with a page that the portal's addresses rest on: change its words, no more."""

    def can_unpublish(self) -> bool:
        return False

    can_delete = can_move = can_copy = lambda self, *_, **__: False


class RootPage(Page):
    """Holds the tree. Readers never see it: ``/`` is the portal's own home."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.NewsIndexPage"]
    max_count = 1
    is_creatable = False

    class Meta:
        verbose_name = "root of the pages"

    def permissions_for_user(self, user: User) -> FixedPage:
        return FixedPage(user, self)


class NewsPageQuerySet(PageQuerySet):
    def visible_to(self, user: User) -> NewsPageQuerySet:
        """Published news, for whoever may see home; of a workstream they may not see, none."""
        if not user.has_perm("portal.view_home"):
            return self.none()
        workstreams = Workstream.objects.visible_to(user).values("pk")
        return self.live().filter(Q(workstream=None) | Q(workstream__in=workstreams))

    def newest(self) -> NewsPageQuerySet:
        """Newest first, without the words of the page."""
        return self.order_by("-date", "-pk").select_related("workstream").defer("body")


class NewsIndexPage(Page):
    """``/news/``: all news, newest first. Made once, with the installation."""

    introduction = models.CharField(max_length=250, blank=True)

    content_panels = [FieldPanel("title"), FieldPanel("introduction")]
    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    parent_page_types = ["cms.RootPage"]
    subpage_types = ["cms.NewsPage"]
    max_count = 1
    is_creatable = False
    template = "cms/news_index.html"

    class Meta:
        verbose_name = "list of news"

    def permissions_for_user(self, user: User) -> FixedPage:
        return FixedPage(user, self)

    def get_context(self, request: HttpRequest, *arguments: Any, **options: Any) -> dict[str, Any]:
        """``news``: one page of the list (``?page=2``); ``may_write``: whether to offer editing."""
        rows = NewsPage.objects.child_of(self).visible_to(request.user).newest()
        news = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
        numbers = news.paginator.get_elided_page_range(news.number, on_each_side=1, on_ends=1)
        return super().get_context(request) | {
            "news": news,
            "numbers": list(numbers),
            "may_write": request.user.has_perm("wagtailadmin.access_admin"),
            "write_address": f"/cms/pages/add/cms/newspage/{self.pk}/",
        }


class NewsPageForm(WagtailAdminPageForm):
    """Offers the workstreams that the editor may see."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if "workstream" in self.fields:
            self.fields["workstream"].queryset = Workstream.objects.visible_to(self.for_user).live()


class NewsPage(Page):
    """One piece of news, at ``/news/its-own-words/``."""

    date = models.DateField("date of the news", default=calendar.today)
    workstream = models.ForeignKey(
        Workstream,
        null=True,
        blank=True,
        related_name="+",
        on_delete=models.PROTECT,
        help_text="Leave it empty for news of the whole programme.",
    )
    introduction = models.TextField(max_length=300, help_text="The news in two sentences; the list shows it.")
    body = StreamField(BodyBlock(), blank=True)
    illustrative = models.BooleanField("made up for the illustration", default=False, editable=False)

    objects = PageManager.from_queryset(NewsPageQuerySet)()

    base_form_class = NewsPageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("workstream"),
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    promote_panels = [FieldPanel("slug")]
    settings_panels = [PublishingPanel()]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    show_in_menus_default = False
    template = "cms/news_page.html"

    class Meta:
        verbose_name = "news"
        verbose_name_plural = "news"
        indexes = [models.Index(fields=["-date"])]

    def permissions_for_user(self, user: User) -> OpenPage:
        return OpenPage(user, self)

    def get_context(self, request: HttpRequest, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Reads the sizes of all pictures at once, so that queries do not grow with them."""
        pictures = [block.value["image"] for block in self.body if block.block_type == "picture"]
        prefetch_related_objects([picture for picture in pictures if picture], "renditions")
        return super().get_context(request) | {
            "trail": [{"label": "News", "url": "/news/"}],
            "may_write": request.user.has_perm("wagtailadmin.access_admin"),
        }
