"""The portal's WSGI application, served by gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402 (needs Django ready, which the application makes it)

from . import startup  # noqa: E402

startup.refuse_unfit()

# What is loaded now stays as long as the process. Left to the garbage collector it was looked through again
# with every second page, which took up to a quarter of a list's time.
get_resolver().url_patterns  # noqa: B018 (reading it loads every view)
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
