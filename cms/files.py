"""Pictures and documents of news. No folder of uploads is open: every file is asked for by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.contenttypes.models import ContentType
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve
from wagtail.images.models import Rendition
from wagtail.models import ReferenceIndex

from programme.foundation.permissions import PermissionRequired

from .models import NewsPage

if TYPE_CHECKING:
    from programme.people.models import User


def may_open(request: HttpRequest, upload: Any) -> bool:
    """Whether an image or document may be opened: by an editor all, by a reader what published news shows."""
    user = cast("User", request.user)
    if user.has_perm("wagtailadmin.access_admin"):
        return True
    news = ContentType.objects.get_for_model(NewsPage)
    pages = ReferenceIndex.get_references_to(upload).filter(content_type=news)
    shown_on = [int(number) for number in pages.values_list("object_id", flat=True)]
    return NewsPage.objects.visible_to(user).filter(pk__in=shown_on).exists()


class Picture(PermissionRequired):
    """``/media/images/…``: a picture in the size that a page shows. Originals are not served."""

    permission = "portal.view_home"

    def get(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """The file; 404 where there is none or where no published news shows it."""
        rendition = get_object_or_404(Rendition.objects.select_related("image"), file=name)
        if not may_open(request, rendition.image):
            raise Http404
        try:
            return FileResponse(rendition.file.open("rb"))
        except FileNotFoundError:
            raise Http404 from None


class DocumentFile(PermissionRequired):
    """``/documents/3/name.pdf``: a file that news links to."""

    permission = "portal.view_home"

    def get(self, request: HttpRequest, number: str, name: str) -> HttpResponseBase:
        """The file, as a download; 404 as for pictures."""
        document = get_object_or_404(get_document_model(), pk=number)
        if not may_open(request, document):
            raise Http404
        return serve(request, document.pk, name)
