"""One portal in a process of its own, which loads itself and opens pages as it is told, a line of JSON each.

Two of these stand side by side while the sizes are compared, so that what else the machine does falls on
both. Pages go through the whole WSGI application: middleware, session and person included.
"""

import io
import json
import os
import sys
import time
from collections import Counter
from contextlib import ExitStack
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
django.setup()

from django.conf import settings  # noqa: E402 (Django must be ready)
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from portal.wsgi import application  # noqa: E402
from tests.bench import addresses, pack_work, pictures, register_work, schedules, sizes, world  # noqa: E402
from tests.bench.addresses import routes  # noqa: E402


class Visitor:
    """Answers requests such as ``{"do": "visit", "who": "sro", "address": "/", "times": 5}``."""

    def __init__(self) -> None:
        self.application = application
        self.sessions: dict[str, str] = {}

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        do = asked.pop("do")
        return getattr(self, do)(**asked)

    def load(self, size: str) -> dict[str, Any]:
        """Business case, people of the demonstration, and the made-up programme."""
        began = time.perf_counter()
        for command in ("load_business_case", "load_demo_people"):
            call_command(command, verbosity=0, stdout=io.StringIO())
        world.World(sizes.SIZES[size]).fill()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        return {"seconds": time.perf_counter() - began}

    def places(self) -> dict[str, str]:
        return world.places()

    def not_there(self) -> dict[str, Any]:
        missing = {page.name for page in routes.not_there(addresses.PAGES, world.places())}
        return {"pages": sorted(missing)}

    def not_measured(self) -> dict[str, Any]:
        return {"routes": routes.not_measured(addresses.PAGES, world.places())}

    def change(self) -> dict[str, Any]:
        """Somebody revises a forecast, its benefit and a risk: what is kept is worked out anew at the next
        visit."""
        from benefits.models import BenefitAmount
        from programme.people.models import User
        from risks.models import Risk

        places = world.places()
        found = BenefitAmount.objects.filter(kind="forecast", line__ref=places["line"])
        risk = Risk.objects.get(ref=places["risk"])
        risk.controls = f"A weekly call with the supplier, the {risk.version}th."
        amount = found.select_related("line__benefit")[0]
        amount.amount += 1
        amount.line.benefit.description = f"Expected to bring {amount.amount}."
        for record in (amount, amount.line.benefit, risk):
            record.record(by=User.objects.installer(), reason="Measured")
        return {}

    def schedule(self) -> dict[str, Any]:
        return schedules.critical_path()

    def pictures(self, who: str) -> dict[str, Any]:
        return pictures.a_new_question(lambda address: self.visit(who, address, 1))

    def pack(self) -> dict[str, Any]:
        return pack_work.costs()

    def register(self) -> dict[str, Any]:
        return register_work.costs()

    def pack_asked(self) -> dict[str, Any]:
        return pack_work.ask()

    def pack_state(self, job: int) -> dict[str, Any]:
        return pack_work.state(job)

    def session(self, who: str) -> str:
        """The cookie of a signed-in browser."""
        if who not in self.sessions:
            from programme.people.models import User

            client = Client()
            client.force_login(User.objects.get(username=who))
            self.sessions[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
        return self.sessions[who]

    def cookie(self, who: str) -> dict[str, Any]:
        return {"cookie": f"{settings.SESSION_COOKIE_NAME}={self.session(who)}"}

    def visit(self, who: str, address: str, times: int) -> dict[str, Any]:
        """Opens a page so many times; seconds of each.

        ``cost`` is the processor's time, which other programs on the machine disturb far less. A database
        server's own time is not in it, so with PostgreSQL it is the time that passed.
        """
        environ = self._environ(who, address)
        seconds, cost, size, status = [], [], 0, ""
        for _ in range(times):
            began, busy = time.perf_counter(), time.process_time()
            status, size = self._open(dict(environ))
            cost.append(time.process_time() - busy)
            seconds.append(time.perf_counter() - began)
        if connection.vendor != "sqlite":
            cost = seconds
        return {"status": status, "bytes": size, "seconds": seconds, "cost": cost}

    def count(self, who: str, address: str) -> dict[str, Any]:
        """Opens a page once and counts its queries; those asked more than once are named."""
        asked: Counter[str] = Counter()

        def counting(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            asked[sql] += 1
            return execute(sql, params, many, context)

        with ExitStack() as watching:
            watching.enter_context(connection.execute_wrapper(counting))
            status, _ = self._open(self._environ(who, address))
        repeated = [f"{times} × {sql[:300]}" for sql, times in asked.most_common(3) if times > 1]
        return {"status": status, "queries": sum(asked.values()), "repeated": repeated}

    def _environ(self, who: str, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={self.session(who)}",
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def _open(self, environ: dict[str, Any]) -> tuple[str, int]:
        heard: list[str] = []
        response = self.application(environ, lambda status, headers, trouble=None: heard.append(status))
        size = sum(map(len, response))
        response.close()
        return heard[0], size


def main() -> None:
    answers, sys.stdout = sys.stdout, sys.stderr  # whatever prints must not disturb the conversation
    visitor = Visitor()
    for line in sys.stdin:
        json.dump(visitor.answer(json.loads(line)), answers)
        answers.write("\n")
        answers.flush()


if __name__ == "__main__":
    main()
