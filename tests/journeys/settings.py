"""The portal's own settings; only its collected static files lie with the data, not in the repository, and
passwords are hashed cheaply, since a dozen people sign in."""

from portal.settings import *  # noqa: F403 (settings are Django's one customary star import)
from portal.settings import DATA_DIR

STATIC_ROOT = DATA_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
