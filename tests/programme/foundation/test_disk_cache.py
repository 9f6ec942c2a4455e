"""The cache in files keeps what it can, and a page does not fail where it cannot."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import override_settings
from django.utils.module_loading import import_string

BACKEND = "programme.foundation.disk_cache.DiskCache"


def cache_in(folder):
    return import_string(BACKEND)(str(folder), {})


def block(folder):
    """From now on nothing can be kept there, nor read."""
    folder.rmdir()
    folder.write_text("in the way")


def test_the_portal_uses_it():
    assert settings.CACHES["default"]["BACKEND"] == BACKEND


def test_it_keeps_and_forgets(tmp_path):
    cache = cache_in(tmp_path)
    cache.set("plan", {"ahead": 3})
    assert cache.get("plan") == {"ahead": 3}
    cache.delete("plan")
    assert cache.get("plan") is None


def test_what_cannot_be_kept_is_made_again_and_said_in_the_log(tmp_path, caplog):
    cache = cache_in(tmp_path / "cache")
    block(tmp_path / "cache")
    cache.set("plan", {"ahead": 3})
    assert cache.get("plan") is None
    assert "could not keep" in caplog.text


@pytest.mark.urls("portal.urls")
def test_a_page_with_pictures_is_answered_where_nothing_can_be_kept(tmp_path, staff, sign_in, caplog):
    folder = tmp_path / "cache"
    with override_settings(CACHES={"default": {"BACKEND": BACKEND, "LOCATION": str(folder)}}):
        caches["default"].get("anything")
        block(folder)
        assert sign_in(staff).get("/gallery/").status_code == 200
    assert "could not keep" in caplog.text
