"""How gunicorn serves the portal, on a laptop and in production.

WEB_BIND (default 127.0.0.1 and PORT), WEB_WORKERS (2) and WEB_THREADS (4) come from the environment.
"""

import os
from pathlib import Path

bind = os.environ.get("WEB_BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
worker_class = "gthread"
timeout = 60  # long work is a job for the worker process, never a request
graceful_timeout = 10
accesslog = None  # addresses people visit are not kept here; nginx keeps what an operator asks for
loglevel = "warning"
max_requests = 0
control_socket_disable = True

# A worker touches this file to say that it lives: in memory, so that a slow disk does not kill it.
_memory = Path("/dev/shm")  # noqa: S108 (a heartbeat file, made by gunicorn with a random name)
worker_tmp_dir = str(_memory) if os.access(_memory, os.W_OK) else None
