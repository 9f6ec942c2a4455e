"""The portal's own settings for a server that a test starts: no migrations, plain static files."""

from portal.settings import *  # noqa: F403 (every setting of the portal)


class WithoutMigrations(dict):
    """Tables are made from the models at once, as the rest of the suite does."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


MIGRATION_MODULES = WithoutMigrations()
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
