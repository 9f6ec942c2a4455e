"""Addresses of news.

Wagtail asks for addresses by two names: ``wagtail_serve`` with a page's path in the tree, and
``wagtaildocs_serve`` with a document's number and file name.
"""

from django.urls import include, path, re_path
from wagtail.admin import urls as wagtail_admin
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import files, gate, views

decorate_urlpatterns(wagtail_admin.urlpatterns, gate.editors_only)

urlpatterns = [
    re_path(r"^(news/)$", views.NewsList.as_view(), name="wagtail_serve"),
    re_path(r"^(news/([-\w]+)/)$", views.News.as_view(), name="wagtail_serve"),
    path("media/<path:name>", files.Picture.as_view(), name="picture"),
    re_path(r"^documents/(\d{1,9})/([^/]+)$", files.DocumentFile.as_view(), name="wagtaildocs_serve"),
    path("cms/login/", gate.SignInInstead.as_view(), name="cms-sign-in"),
    path("cms/account/", gate.Account.as_view(), name="cms-account"),
    path("cms/", include(wagtail_admin)),
]
