"""What `make run` says to the person at the terminal.

laptop.py port-free   end with a sentence if something already listens on PORT
laptop.py announce    wait until the portal answers, then print its address and the demo sign-ins
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

PORT = os.environ.get("PORT", "8000")
PATIENCE = 90  # seconds: a slow laptop on its first start


def port_free() -> None:
    """Refuse a port that is not a number or that another program has taken."""
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {PORT!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError as error:
            sys.exit(
                f"Port {PORT} cannot be used ({error.strerror}). Stop the program that has it (perhaps the "
                f"portal is already running), or choose another: make run PORT={min(int(PORT) + 1, 65535)}"
            )


def answers() -> bool:
    """Whether the portal gives any answer at all; /healthz says 503 until the worker has been seen."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=5)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def announce() -> None:
    """Speak once the portal answers; fall silent if the processes are stopped before."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell starts what runs in the background deaf to Ctrl-C
    starter = os.getppid()
    deadline = time.monotonic() + PATIENCE
    while not answers():
        if os.getppid() != starter:
            return
        if time.monotonic() > deadline:
            sys.exit(f"The portal has not answered within {PATIENCE} seconds; the lines above may say why.")
        time.sleep(0.2)
    # Only now, so as not to take a small machine's time from the web process that is starting.
    sign_ins = subprocess.run(
        [sys.executable, "manage.py", "show_sign_ins"], capture_output=True, text=True, check=False
    )
    print(f"\n{sign_ins.stdout or sign_ins.stderr}", file=sys.stderr)
    print("The portal is running; Ctrl-C stops it.\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    verbs = {"port-free": port_free, "announce": announce}
    verbs[sys.argv[1]]()
