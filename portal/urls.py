"""Every address of the portal. Addresses are nouns and stay."""

from django.urls import URLPattern, URLResolver, include, path

from programme.foundation import exports

from . import brand, gallery, health, jobs_pages, sign_in
from . import help as help_pages
from .pages import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.Home.as_view(), name="home"),
    path("sign-in/", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign-out"),
    path("password/", sign_in.OwnPassword.as_view(), name="own-password"),
    path("brand.css", brand.BrandSheet.as_view(), name="brand"),
    path("benefits/", include("benefits.urls")),
    path("", include("risks.urls")),
    path("", include("programme.portfolio.urls")),
    path("plan/", include("programme.plan.urls")),
    path("", include("programme.performance.urls")),
    path("", include("portal.pages.urls")),
    path("board/packs/", include("portal.packs.urls")),
    path("gallery/", gallery.Gallery.as_view(), name="gallery"),
    path("healthz", health.Health.as_view(), name="health"),
    *jobs_pages.urlpatterns,
    path("jobs/<int:pk>/file/", exports.ExportFile.as_view(), name="job-file"),
    path("", include("programme.people.urls")),
    path("help/", help_pages.Help.as_view(), name="help"),
    path("help/accessibility/", help_pages.Accessibility.as_view(), name="accessibility"),
    path("", include("cms.urls")),
]

handler400 = "portal.last_resort.bad_request"
handler500 = "portal.last_resort.server_error"
