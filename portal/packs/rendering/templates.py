"""Where the frozen print templates stand. Nothing of the settings or the environment has a say.

A template that packs were issued with is not edited. A later one holds the files that it changes, and draws
by those of the template before it for the rest.
"""

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "packs"
FOLLOWS = {"v2": "v1"}


def template_directories(template: str) -> list[Path]:
    """The folder of one template and of those that it follows, the nearest first."""
    found = [TEMPLATES / template]
    while template in FOLLOWS:
        template = FOLLOWS[template]
        found.append(TEMPLATES / template)
    return found


def template_file(template: str, name: str) -> Path:
    """One of its files: the documents, the style sheet, the fonts and the list of what they can draw."""
    return next(path for folder in template_directories(template) if (path := folder / name).exists())
