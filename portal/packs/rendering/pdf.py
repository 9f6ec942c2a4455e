"""The pack as PDF/UA-1: tagged, titled, in English, the same bytes whenever it is drawn."""

import json
import re
import textwrap
import unicodedata
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.packs.blocks import Document
from portal.packs.rendering.display import displayed
from portal.packs.rendering.templates import TEMPLATES, template_file

if TYPE_CHECKING:
    import typst

# Typst is imported where it prints: web processes read this module and never print.
STANDARD = "ua-1"
PAGE_WIDTH, TALLEST = 170, 205  # millimetres for a drawing: the width of the text, and a page less its words
LONGEST_TEXT, LONGEST_CELL = 4000, 600
LONGEST_WORD = 26
IN_FULL = "… (in full in the workbook)"
LONG_MONTH = re.compile(r"(?<= )([A-Z][a-z]{2})[a-z]+(?= )")
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
LARGEST, LETTERS_ACROSS = 9.0, 96  # points, and how many such letters fit across the page
LINE, HIGHEST_ROW = 1.2, 600  # a line in sizes of its letters, and points of a page below a table's header
SIZES = ((5, LARGEST), (7, 8.5), (9, 7.5), (99, 6.5))  # up to so many columns, so many points


MAIN_FONT = frozenset(map(chr, range(0x20, 0x17F))) - frozenset(map(chr, range(0x7F, 0xA0)))


class NotDrawn(RuntimeError):
    """The PDF could not be drawn; the message says why."""


def draw(document: Document, digest: str) -> bytes:
    """The PDF. Characters that no font has are named in words rather than left out.

    Typst's shaping of text can break down on rare mixtures of scripts. The pack must be drawn all the
    same, so a second attempt keeps to Latin letters. Raises NotDrawn if that fails too.
    """
    import typst

    plain = _pattern(MAIN_FONT | set("–—‘’“”…−•≤≥"))
    for missing in (_covered(document.template), plain):
        try:
            return _drawn(document, digest, missing)
        except typst.TypstError as error:
            reason = str(error)
        except BaseException as panic:  # a panic of Typst's is not an Exception
            if type(panic).__module__ != "pyo3_runtime":
                raise
            reason = str(panic)
    raise NotDrawn(f"The PDF could not be drawn: {reason}")


def _drawn(document: Document, digest: str, missing: re.Pattern[str]) -> bytes:
    import typst

    pack = _laid_out(document, displayed(document, digest), missing)
    moment = datetime.combine(date.fromisoformat(document.as_at), time(12), UTC)
    return typst.compile(
        template_file(document.template, "pack.typ"),
        root=TEMPLATES,
        font_paths=_fonts(template_file(document.template, "fonts")),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"pack": json.dumps(pack, ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=moment,
    )


@cache
def _fonts(folder: Path) -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


@cache
def _covered(template: str) -> re.Pattern[str]:
    """What the template's fonts cannot draw: its coverage list holds ranges of hexadecimal numbers."""
    ranges = template_file(template, "fonts/coverage.txt").read_text().split()
    return re.compile("[^\n" + "".join(_range(*entry.split("-")) for entry in ranges) + "]+")


def _range(first: str, last: str = "") -> str:
    return rf"\U{int(first, 16):08X}-\U{int(last or first, 16):08X}"


def _pattern(letters: Collection[str]) -> re.Pattern[str]:
    return re.compile("[^\n" + "".join(map(re.escape, sorted(letters))) + "]+")


def _laid_out(document: Document, pack: dict[str, Any], missing: re.Pattern[str]) -> dict[str, Any]:
    """What only paper needs: the cover's facts, widths, sizes, and the rows that stay in the workbook."""
    pack["day"] = [int(part) for part in document.as_at.split("-")]
    facts = [("Pack", f"{pack['number']}, version {pack['version']}"), ("Variant", pack["variant"])]
    facts += [("What changed", pack["correction"])] if pack["correction"] else []
    facts += [("Issued", pack["issued"])] if pack["issued"] else []
    pack["cover"] = [{"label": label, "value": value, "source": ""} for label, value in facts]
    pack["tall"] = False
    for section in pack["sections"]:
        for block in section["blocks"]:
            if block["type"] == "table":
                _fit(block)
            elif block["type"] == "chart":
                _fit(block["table"])
                block["width"] = _width(block["svg"])
                del block["narrow"]
            pack["tall"] |= _is_tall(block.get("table", block))
    return _drawable(pack, missing)


def _fit(table: dict[str, Any]) -> None:
    """Cut a table to the rows that are printed, and share the width by what its columns hold."""
    rows, printed = table["rows"], table.pop("print_rows")
    kept = table["rows"] = rows[:printed]
    table["rest"] = ""
    if len(rows) > printed:
        table["rest"] = (
            f"The first {printed:,} of {len(rows):,} rows are printed. "
            f"All of them stand in the workbook, sheet {table['number']}."
        )
    table["size"] = next(points for columns, points in SIZES if len(table["columns"]) <= columns)
    for place, column in enumerate(table["columns"]):
        for row in kept:
            row[place] = _cell(column["kind"], row[place], len(table["columns"]))
    _share(table["columns"], kept, room=LETTERS_ACROSS * LARGEST / table["size"])


def _is_tall(block: dict[str, Any]) -> bool:
    """Whether a row of a table may be taller than a page, and must be broken lest its end be cut off."""
    if "columns" not in block:
        return False
    size, shares = block["size"], [column["share"] for column in block["columns"]]
    across = 0.8 * LETTERS_ACROSS * LARGEST / size  # broad letters need more room
    widths = [max(1, int(across * share / sum(shares)) - 1) for share in shares]
    most = HIGHEST_ROW / (LINE * size)
    return any(
        _lines(words, width) > most
        for row in block["rows"]
        for words, width in zip(row, widths, strict=True)
        if words.count("\n") + 2 * len(words) / width > most
    )


def _lines(words: str, width: int) -> int:
    return sum(len(textwrap.wrap(line, width)) or 1 for line in words.split("\n"))


def _share(columns: list[dict[str, Any]], rows: list[list[str]], *, room: float) -> None:
    """Share the width, in letters: each column its longest word, what is left by how much it would like."""
    least, liked = [], []
    for place, column in enumerate(columns):
        cells = [row[place] for row in rows]
        word = max((len(word) for words in (column["title"], *cells) for word in words.split()), default=1)
        lengths = sorted(map(len, cells)) or [1]
        usual = lengths[-1] if lengths[-1] <= 60 else min(lengths[int((len(lengths) - 1) * 0.95)], 80)
        whole = lengths[-1] if column["kind"] != "text" or lengths[-1] <= 10 else 0
        least.append(max(whole, min(word, 16)) + 2)
        liked.append(max(usual + 2 - least[-1], 0.5))
    spare = max(room - sum(least), 0)
    for column, need, like in zip(columns, least, liked, strict=True):
        natural = need + min(spare, sum(liked)) * like / sum(liked)
        column["share"] = column["share"] * room / 100 if column["share"] else round(natural, 2)


def _cell(kind: str, words: str, columns: int) -> str:
    """Short months where many columns stand side by side; no cell that fills pages by itself."""
    if kind == "date" and columns > 5:
        return LONG_MONTH.sub(r"\1", words)
    return words if len(words) <= LONGEST_CELL else words[:LONGEST_CELL] + IN_FULL


def _width(svg: str) -> float:
    """Millimetres: the whole width of the text, or less where the drawing would be taller than a page."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    if not size or not float(size[1]) or not float(size[2]):
        return PAGE_WIDTH
    return round(min(PAGE_WIDTH, TALLEST * float(size[1]) / float(size[2])), 2)


def _drawable(value: Any, missing: re.Pattern[str], key: str = "") -> Any:
    """Every string as the fonts can draw it, with places where a very long word may break."""
    if isinstance(value, dict):
        return {name: _drawable(item, missing, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_drawable(item, missing, key) for item in value]
    if not isinstance(value, str):
        return value
    text = value if value.isascii() else missing.sub(_named, value)
    if key in ("svg", "digest"):
        return text
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + IN_FULL
    return LONG_WORD.sub(
        lambda word: "\u200b".join(re.findall(".{1,8}", word[0])), text.replace("\t", "    ")
    )


def _named(run: re.Match[str]) -> str:
    """Words for characters without a picture: [grinning face], [hebrew text]."""
    said: list[str] = []
    for letter in run[0]:
        name, category = unicodedata.name(letter, ""), unicodedata.category(letter)
        if category in ("Cf", "Mn", "Me", "Zs", "Cc"):
            words = " " if category in ("Zs", "Cc") else ""
        elif category.startswith("S") or not name:
            words = f"[{name.lower() or f'U+{ord(letter):04X}'}]"
        else:
            words = f"[{name.split()[0].lower()} text]"
        if words and (not said or said[-1] != words or category.startswith("S")):
            said.append(words)
    return "".join(said)
