from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_save

WAGTAILS_OWN = ("wagtail", "cms", "taggit")


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "News"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keeps records out of Wagtail's index of references: it is no business of a page's usage report
        which project names which decision, and every saved record would be written there as well.

        This app stands before Wagtail in ``INSTALLED_APPS``, so this is settled when Wagtail looks.
        """
        for model in apps.get_models(include_auto_created=True):
            if not model.__module__.startswith(WAGTAILS_OWN):
                model.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
        self._forget_what_changed()

    def _forget_what_changed(self) -> None:
        """A drawn page names pictures, files and other pages by their addresses."""
        from .kept import forget

        for label in ("wagtailimages.Image", "wagtaildocs.Document", "cms.NewsPage", "cms.NewsIndexPage"):
            for signal in (post_save, post_delete):
                signal.connect(forget, sender=label, weak=False, dispatch_uid=f"forget news: {label}")
