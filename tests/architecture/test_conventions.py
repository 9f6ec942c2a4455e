"""The house rules that keep files guessable, times true and writes in one place."""

import ast
from pathlib import Path

from .conventions import (
    NAMELESS,
    clock_readings,
    inline_code,
    personal_paths,
    unsigned_actions,
    writes,
)
from .sources import app_modules, committed_or_new, parsed, read, templates, without_comments

# Leases, heartbeats, the pacing of mail, and what is remembered for a while measure real time, which the
# illustration does not stop.
REAL_TIME = {"calendar", "jobs", "job_records", "mail", "mail_records", "sent_forms", "tallies"}
THIN = {"views", "tables", "figures", "sheets", "tasks", "forms", "urls", "context", "middleware"}
CODE = {".py", ".html", ".scss", ".js", ".mjs", ".typ", ".conf", ".toml", ".yaml", ".yml", ".json"}
TEXT = CODE | {".md", ".txt", ""}


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [str(p) for p in app_modules() if NAMELESS & {part.removesuffix(".py") for part in p.parts}]
    assert not found, found


def test_only_the_calendar_reads_the_clock() -> None:
    found = []
    for path in app_modules():
        if path.parts[:2] != ("programme", "foundation") or path.stem not in REAL_TIME:
            found += clock_readings(parsed(path), str(path))
    assert not found, "\n".join(found)


def test_thin_modules_never_write() -> None:
    found = []
    for path in app_modules():
        if THIN & {part.removesuffix(".py") for part in path.parts}:
            found += writes(parsed(path), str(path))
    assert not found, "\n".join(found)


def test_every_action_asks_who_and_why() -> None:
    found = []
    for path in app_modules():
        if "actions" in {part.removesuffix(".py") for part in path.parts}:
            found += unsigned_actions(parsed(path), str(path))
    assert not found, "\n".join(found)


def test_templates_hold_no_code_or_style_of_their_own() -> None:
    found = []
    for path in templates():
        text = without_comments(read(path))
        found += inline_code(text, str(path), standalone="packs" in path.parts)
    assert not found, "\n".join(found)


def test_no_file_names_a_folder_of_one_machine() -> None:
    texts = [path for path in committed_or_new() if path.suffix in TEXT and "architecture" not in path.parts]
    found = [line for path in texts for line in personal_paths(read(path), str(path))]
    assert not found, "\n".join(found)


# The rules above, tried on sources that break them.


def test_a_clock_reading_is_found_however_it_is_written() -> None:
    for source in (
        "from django.utils import timezone\nx = timezone.now()",
        "field = DateField(default=timezone.now)",
        "x = datetime.date.today()",
        "x = datetime.datetime.now(UTC)",
        "from django.utils.timezone import now",
    ):
        assert clock_readings(ast.parse(source), "a.py"), source
    assert not clock_readings(ast.parse("x = calendar.now(), calendar.today()"), "a.py")


def test_a_write_is_found_however_it_is_written() -> None:
    for source in (
        "Project.objects.create(name='x')",
        "Project.objects.visible_to(user).filter(pk=1).update(name='x')",
        "form.save()",
        "project.record(by=user, reason='x')",
        "form.instance.save(update_fields=['x'])",
        "from ..actions import activities\nactivity.withdraw(by=user, reason='x')",
        "from ..actions import activities\nactivities.found(ref).withdraw(by=user, reason='x')",
        "from ..models import activities\nactivities.withdraw(by=user, reason='x')",
    ):
        assert writes(ast.parse(source), "views.py"), source
    for source in (
        "context.update(x=1)",
        "super().save()",
        "actions.rename(project, by=user, reason='x')",
        "from ..actions import activities\nactivities.withdraw(activity, by=user, reason='x')",
    ):
        assert not writes(ast.parse(source), "views.py"), source


def test_an_action_without_who_or_why_is_found() -> None:
    for source in (
        "def move(project, *, by): ...",
        "def move(project, by, reason): ...",
        "def move(project, *, reason): ...",
        "def move(project, stage, *, by, reason): ...",
    ):
        assert unsigned_actions(ast.parse(source), "actions.py"), source
    for source in ("def move(project, *, stage, by, reason): ...", "def _row(pk): ..."):
        assert not unsigned_actions(ast.parse(source), "actions.py"), source


def test_inline_code_in_a_template_is_found() -> None:
    for template in (
        "<script>alert(1)</script>",
        "<p style='color: red'>",
        "<style>p {}</style>",
        '<a href="x" onclick="y()">',
        "<a href='javascript:x'>",
    ):
        assert inline_code(template, "a.html"), template
    assert not inline_code(
        '<script src="/static/portal.js" defer></script><p class="style">on x = 1</p>', "a.html"
    )


def test_a_personal_folder_is_found() -> None:
    for text in ("see /home/alex/portal", "path = '/Users/alex'", "cd /root/x", r"C:\Users\alex"):
        assert personal_paths(text, "a.md"), text
    for text in ("https://example.org/home/page", 'href="/portal/home/"', "{{ base }}/root/"):
        assert not personal_paths(text, "a.md"), text


def test_a_nameless_module_would_be_found() -> None:
    assert NAMELESS & {part.removesuffix(".py") for part in Path("programme/plan/utils.py").parts}
