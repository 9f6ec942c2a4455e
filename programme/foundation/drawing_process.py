"""The process that draws: started by ``drawing.py`` as ``python -m programme.foundation.drawing_process``.

It holds the engine that draws charts (V8, more than 100 MB), knows neither Django nor the database, and
ends when its input ends.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import vl_convert

from programme.foundation.drawing import read_message, write_message

FONT_DIRECTORY = Path(__file__).resolve().parent / "fonts"
VEGA_LITE = "6.1"


def drawn(question: dict[str, Any]) -> bytes:
    """A Vega-Lite specification as SVG (UTF-8), or an SVG as PNG. Raises ValueError or RuntimeError."""
    if "spec" in question:
        svg: str = vl_convert.vegalite_to_svg(question["spec"], vl_version=VEGA_LITE, allowed_base_urls=[])
        return svg.encode()
    png: bytes = vl_convert.svg_to_png(question["svg"], scale=question["scale"])
    return png


def answer(question: dict[str, Any]) -> bytes:
    try:
        return b"+" + drawn(question)
    except (ValueError, RuntimeError) as error:
        return b"-" + str(error).encode(errors="replace")


def serve(questions: int, answers: int) -> None:
    """Answer until nobody asks. The alarm ends this process when a drawing takes too long."""
    while (message := read_message(questions)) is not None:
        question = json.loads(message)
        signal.alarm(question["seconds"])
        write_message(answers, answer(question))
        signal.alarm(0)


if __name__ == "__main__":
    vl_convert.register_font_directory(str(FONT_DIRECTORY))
    answers_only = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever the engine prints is no answer
    serve(sys.stdin.fileno(), answers_only)
