"""The portal's WSGI application, served by gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from . import startup  # noqa: E402 (needs Django ready, which the application makes it)

startup.refuse_unfit()
