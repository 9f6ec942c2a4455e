"""End well only if the portal's /healthz says that what is asked about is well.

    healthy.py database     web asks this about itself: it answers, and reaches its database
    healthy.py everything   worker and scheduler: a worker has been seen within the last minutes, which takes
                            both, since the scheduler asks for the task that a worker is seen by

WEB_ADDRESS says where the web process listens.
"""

import json
import os
import sys
import urllib.error
import urllib.request

address = os.environ.get("WEB_ADDRESS", "http://web:8000")
host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
request = urllib.request.Request(f"{address}/healthz", headers={"Host": host})  # noqa: S310
try:
    with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310
        status, found = answer.status, json.load(answer)
except urllib.error.HTTPError as trouble:  # 503 still says which part is not well
    status, found = trouble.code, json.load(trouble)
print(found)
well = found["database"] == "ok" if sys.argv[1] == "database" else status == 200
sys.exit(0 if well else 1)
