"""Where the frozen print templates stand. Nothing of the settings or the environment has a say."""

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "packs"


def template_directory(template: str) -> Path:
    """The folder of one template: its documents, its fonts, and the list of what the fonts can draw."""
    return TEMPLATES / template
