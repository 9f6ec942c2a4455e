"""``/gallery/``: every component that pages are made of, in its states, with realistic content."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation.permissions import PermissionRequired

from . import gallery_forms, gallery_risks, gallery_samples


class Gallery(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """The gallery. It reads no record: all it shows is made up here."""

    permission = "portal.view_home"
    template_name = "gallery/index.html"
    sections: ClassVar[tuple[tuple[str, str], ...]] = (
        ("heading", "Title of a page"),
        ("waiting", "Waiting list"),
        ("figures", "Figures and their sources"),
        ("ratings", "Ratings and states"),
        ("charts", "Charts"),
        ("risks", "Matrix of risks"),
        ("cards", "Workstreams"),
        ("tables", "Tables"),
        ("lists", "Filters, pages and exports"),
        ("records", "Facts, tabs and line of sight"),
        ("history", "History and timeline"),
        ("notices", "Notices and banners"),
        ("jobs", "Long tasks and confirmation"),
        ("forms", "Forms"),
        ("errors", "When something goes wrong"),
    )

    def get(self, request: Any) -> Any:
        """The whole gallery on one page."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pages = Paginator(range(1, 301), 25)
        sections = [
            {"slug": slug, "title": title, "template": f"gallery/{slug}.html"}
            for slug, title in self.sections
        ]
        return super().get_context_data(
            sections=sections,
            sample=gallery_samples.SAMPLES,
            charts=gallery_samples.charts(),
            matrices=gallery_risks.samples(),
            page=pages.page(6),
            numbers=list(pages.get_elided_page_range(6, on_each_side=1, on_ends=1)),
            empty_form=gallery_forms.ExampleForm(),
            wrong_form=gallery_forms.wrong(),
            filters_form=gallery_forms.ExampleFilters(),
            filters_form_open=gallery_forms.ExampleFilters(prefix="open"),
            fixed_clock={"fixed": gallery_samples.TODAY},
            **kwargs,
        )
