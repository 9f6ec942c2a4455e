"""How mail goes out, from one address in the environment; without it nothing leaves the machine."""

import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import settings as own


@pytest.fixture
def read(monkeypatch, tmp_path):
    """``read(EMAIL_URL="…") -> dict``: the settings as this environment gives them."""

    def with_environment(**environment):
        for name in ("EMAIL_URL", "EMAIL_FROM", "SITE_URL", "PRODUCTION", "DATABASE_URL", "PORT"):
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"DATA_DIR": str(tmp_path)} | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(own.__file__)

    return with_environment


def test_on_a_laptop_each_message_is_a_file(read, tmp_path):
    found = read()
    assert found["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert found["EMAIL_FILE_PATH"] == tmp_path / "mail"
    assert (found["SITE_URL"], found["DEFAULT_FROM_EMAIL"]) == ("http://localhost:8000", "portal@localhost")


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://programme:p%40ss@mail.example", 587, False, True),
        ("smtps://programme:p%40ss@mail.example", 465, True, False),
        ("smtp+plain://programme:p%40ss@mail.example:2525", 2525, False, False),
    ],
)
def test_a_mail_server_is_named_in_one_address(read, url, port, ssl, tls):
    found = read(EMAIL_URL=url)
    assert found["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example", port)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("programme", "p@ss")
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (ssl, tls)


@pytest.mark.parametrize("url", ["mail.example:587", "https://mail.example", "smtp://", "smtp:mail.example"])
def test_an_address_that_is_none_stops_the_portal(read, url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        read(EMAIL_URL=url)


def test_in_production_links_begin_with_the_first_host_unless_said(read):
    production = {
        "PRODUCTION": "1",
        "ALLOWED_HOSTS": ".programme.example, other.example",
        "SECRET_KEY": "0123456789abcdef" * 4,
    }
    found = read(**production)
    assert found["SITE_URL"] == "https://programme.example"
    assert found["DEFAULT_FROM_EMAIL"] == "portal@programme.example"
    said = read(**production, SITE_URL="https://council.example/", EMAIL_FROM="office@council.example")
    assert (said["SITE_URL"], said["DEFAULT_FROM_EMAIL"]) == (
        "https://council.example",
        "office@council.example",
    )
