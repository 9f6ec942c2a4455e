"""The portal's own settings, with the one empty page that all others are measured against."""

from portal.settings import *  # noqa: F403 (every setting of the portal)

ROOT_URLCONF = "tests.bench.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # signing in is not what is measured

LOGGING["loggers"] = {"django.request": {"level": "CRITICAL"}}  # noqa: F405 (a refusal is in the table)
