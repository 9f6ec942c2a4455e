"""The drawing process: kept, replaced when it dies, limited in time, and never left behind."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.template import Context, Template

from programme.foundation import drawing
from programme.foundation.cells import Column
from programme.foundation.drawing import Drawing, NotDrawn
from programme.foundation.figures import Figure
from tests.programme.foundation.test_figures import savings

BAR = {
    "data": {"values": [{"a": 1}]},
    "mark": "bar",
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "portal.settings"}


@pytest.fixture
def board():
    board = Drawing()
    yield board
    board.end()


def wait_for(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until, "it did not happen within 10 seconds"
        time.sleep(0.02)


def gone(pid):
    return not Path(f"/proc/{pid}").exists()


def test_the_same_process_draws_again_and_is_replaced_when_it_has_died(board):
    first = board.ask(spec=BAR)
    pid = board.process.pid
    assert board.ask(spec=BAR) == first
    assert board.process.pid == pid
    board.process.kill()
    board.process.wait()
    assert board.ask(spec=BAR) == first
    assert board.process.pid != pid


def test_threads_share_it_and_each_gets_its_own_drawing(board):
    drawn = {}
    specs = {width: {**BAR, "width": width} for width in (100, 200, 300, 400)}
    threads = [
        threading.Thread(target=lambda w=w, s=s: drawn.update({w: board.ask(spec=s)}))
        for w, s in specs.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(drawn[width] == board.ask(spec=spec) for width, spec in specs.items())
    assert len(set(drawn.values())) == len(specs)


def test_what_cannot_be_drawn_is_said_and_the_process_goes_on(board):
    with pytest.raises(NotDrawn):
        board.ask(svg="this is no drawing", scale=2)
    pid = board.process.pid
    assert board.ask(spec=BAR).startswith(b"<svg")
    assert board.process.pid == pid


def test_a_drawing_that_takes_too_long_ends_its_process_and_the_next_is_drawn(board):
    board.ask(spec=BAR)
    endless = {**BAR, "data": {"sequence": {"start": 0, "stop": 50_000_000, "as": "a"}}}
    began = time.monotonic()
    with pytest.raises(NotDrawn, match="too long"):
        board.ask(spec=endless, seconds=1)
    assert time.monotonic() - began < 8
    assert board.process is None
    assert board.ask(spec=BAR).startswith(b"<svg")


def test_nothing_is_told_to_it_that_the_portal_keeps_secret(board, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for the drawing process")
    board.ask(spec=BAR)
    assert b"SECRET_KEY" not in Path(f"/proc/{board.process.pid}/environ").read_bytes()


def test_ending_it_leaves_nothing_behind(board):
    board.ask(spec=BAR)
    pid = board.process.pid
    board.end()
    board.end()
    assert gone(pid)


def test_a_forked_child_draws_with_a_process_of_its_own_and_leaves_its_parents_alone(board):
    code = """
import os
from programme.foundation import drawing
BAR = {"data": {"values": [{"a": 1}]}, "mark": "bar"}
first, theirs = drawing.svg(BAR), drawing.DRAWING.process.pid
if (child := os.fork()) == 0:
    same = drawing.svg(BAR) == first and drawing.DRAWING.process.pid != theirs
    drawing.DRAWING.end()
    os._exit(0 if same else 1)
assert os.waitpid(child, 0)[1] == 0
assert drawing.svg(BAR) == first and drawing.DRAWING.process.pid == theirs
"""
    ended = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("end", ["", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_it_ends_with_its_parent_however_that_ends(end):
    code = f"""
from programme.foundation import drawing
drawing.svg({BAR!r})
print(drawing.DRAWING.process.pid, flush=True)
{end}
"""
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", code]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert not ended.stderr
    wait_for(lambda: gone(int(ended.stdout)))


def test_this_process_never_loads_the_drawing_engine():
    code = """
import sys
import portal.wsgi
from programme.foundation.figures import Figure
from portal.packs import rendering, tabular
print([name for name in ("vl_convert", "typst") if name in sys.modules])
"""
    asked = [sys.executable, "-c", code]
    said = subprocess.run(
        asked, env={**os.environ, **ENVIRONMENT}, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_a_page_shows_the_words_and_the_table_where_the_picture_cannot_be_drawn(monkeypatch, caplog):
    monkeypatch.setattr(drawing, "COMMAND", ("false",))
    monkeypatch.setattr(drawing, "DRAWING", Drawing())
    figure = savings()
    monkeypatch.setattr("programme.foundation.figures.DRAWING", "a drawing nobody has kept")
    page = Template("{% load portal_charts %}{% chart figure %}").render(Context({"figure": figure}))
    assert figure.summary in page
    assert "Show as a table" in page
    assert ">950<" in page
    assert "<svg" not in page
    assert "could not be drawn" in caplog.text


def test_a_figure_that_cannot_be_drawn_is_not_tried_again_for_some_minutes(monkeypatch, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    tried = []

    def hang(spec):
        tried.append(spec)
        raise NotDrawn("The drawing took too long.")

    monkeypatch.setattr(drawing, "svg", hang)
    figure = Figure("Title", "What it shows.", (Column("Year"),), (("2022/23",),), lambda width: BAR)
    for _ in range(3):
        with pytest.raises(NotDrawn, match="too long"):
            figure.svg(900)
    assert len(tried) == 1

    cache.clear()  # as it is after those minutes
    monkeypatch.undo()
    assert figure.svg(900).startswith("<svg")
