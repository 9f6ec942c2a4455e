"""Drawing outside this process: a web worker that drew by itself would hold the drawing engine for good.

The first drawing starts one process beside this one (``drawing_process.py``). It is kept for the next
drawing, replaced when it has died, and ends with this process, however that ends, because its input ends.
A message between the two is four bytes that tell its length, and so many bytes: a question is JSON, an
answer is ``+`` and the drawing, or ``-`` and why there is none.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

SECONDS = 20  # for one drawing; the usual one takes a tenth of a second, the first one of a process two
ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "programme.foundation.drawing_process")
TOLD = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")  # it reads what people typed, so it is told no secrets


class NotDrawn(RuntimeError):
    """There is no drawing; the message says why. The figure's words and table stand without it."""


class Drawing:
    """The drawing process of this process, shared by its threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, **question: Any) -> bytes:
        """The answer to one question. Raises NotDrawn where there is none or it takes too long."""
        message = json.dumps({"seconds": SECONDS, **question}).encode()
        with self.lock:
            answer = self._answer(message)
        if answer is None:
            raise NotDrawn("The drawing took too long, or the drawing process was ended.")
        if answer[:1] != b"+":
            raise NotDrawn(answer[1:].decode(errors="replace"))
        return answer[1:]

    def _answer(self, message: bytes) -> bytes | None:
        process = self._running()
        to, back = _pipes(process)
        answer = None
        try:
            write_message(to.fileno(), message)
            answer = read_message(back.fileno())
        except BrokenPipeError:
            pass
        finally:
            if answer is None:  # what is half said cannot be taken up again
                process.kill()
                self._end()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process and self.process.poll() is not None:
            self._end()
        if not self.process:
            # In a session of its own: Ctrl+C in a terminal is for the portal, which may want a last drawing.
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                COMMAND,
                bufsize=0,
                cwd=ROOT,
                env={name: os.environ[name] for name in TOLD if name in os.environ},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        return self.process

    def end(self) -> None:
        """End the drawing process, if there is one; the next drawing starts another."""
        with self.lock:
            self._end()

    def _end(self) -> None:
        process, self.process = self.process, None
        if process:
            _hang_up(process)
            try:
                process.wait(1)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def forget(self) -> None:
        """In a forked child: the parent's drawing process and the lock its threads hold are not ours."""
        process, self.process, self.lock = self.process, None, threading.Lock()
        if process:
            process.returncode = 0  # the parent waits for it
            _hang_up(process)


def _pipes(process: subprocess.Popen[bytes]) -> list[IO[bytes]]:
    """What it reads from, and what it answers by."""
    return [pipe for pipe in (process.stdin, process.stdout) if pipe]


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    for pipe in _pipes(process):
        pipe.close()


def read_message(pipe: int) -> bytes | None:
    """The next message, or None where the other side has gone."""
    length = _read(pipe, 4)
    return length and _read(pipe, int.from_bytes(length, "big"))


def _read(pipe: int, length: int) -> bytes | None:
    pieces = []
    while length:
        piece = os.read(pipe, min(length, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def write_message(pipe: int, message: bytes) -> None:
    """Raises BrokenPipeError where the other side has gone."""
    rest = memoryview(len(message).to_bytes(4, "big") + message)
    while rest:
        rest = rest[os.write(pipe, rest) :]


DRAWING = Drawing()
atexit.register(DRAWING.end)
os.register_at_fork(after_in_child=DRAWING.forget)


def svg(spec: dict[str, Any]) -> str:
    """A Vega-Lite specification as SVG. Raises NotDrawn."""
    return DRAWING.ask(spec=spec).decode()


def png(drawing: str, *, scale: int) -> bytes:
    """An SVG as PNG. Raises NotDrawn."""
    return DRAWING.ask(svg=drawing, scale=scale)
