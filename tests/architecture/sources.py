"""Where the portal's own files are, for the tests that read them as text."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP = ("portal", "cms", "benefits", "risks", "programme")


def is_app_file(path: Path) -> bool:
    return path.parts[0] in TOP


@cache
def committed_or_new() -> tuple[Path, ...]:
    """Every file that is in the repository or would be with the next commit, relative to its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(path for line in listed.stdout.splitlines() if (ROOT / (path := Path(line))).is_file())


def python_files(*, migrations: bool = False) -> list[Path]:
    """The portal's Python modules and its tests'; migrations are written by Django."""
    return [
        p for p in committed_or_new() if p.suffix == ".py" and (migrations or "migrations" not in p.parts)
    ]


def app_modules() -> list[Path]:
    return [path for path in python_files() if is_app_file(path)]


def templates() -> list[Path]:
    return [p for p in committed_or_new() if p.suffix in {".html", ".typ"} and "templates" in p.parts]


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(read(path), filename=str(path))


def without_comments(template: str) -> str:
    """A template's text without what Django or the browser never reads."""
    template = re.sub(r"{%\s*comment\b.*?{%\s*endcomment\s*%}", "", template, flags=re.DOTALL)
    return re.sub(r"{#.*?#}|<!--.*?-->", "", template, flags=re.DOTALL)


def dotted(path: Path) -> str:
    """``programme/plan/models/__init__.py`` as Python names it: ``programme.plan.models``."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")
