"""Seals: a pack becomes canonical bytes with a digest, and can be opened only if nothing changed.

The bytes are JSON in UTF-8 with sorted keys, no spaces and composed text (NFC); the digest is their
SHA-256. What is rendered, now or years later, is rendered from these bytes alone.
"""

import hashlib
import json
import types
import typing
import unicodedata
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from portal.packs import blocks
from portal.packs.blocks import Document
from portal.packs.texts import InvalidPack

CELLS = tuple[str | None, ...]
BLOCKS = {kind.TYPE: kind for kind in typing.get_args(blocks.Block)}


@dataclass(frozen=True)
class Sealed:
    """A pack's bytes and their digest (64 hexadecimal digits), kept together for ever."""

    data: bytes
    digest: str


def seal(document: Document) -> Sealed:
    """The document as bytes that no longer change, with their digest."""
    data = canonical(to_plain(document))
    return Sealed(data, digest(data))


def open_sealed(data: bytes, expected: str | None = None) -> Document:
    """The document in sealed bytes. Raises InvalidPack if they are damaged or not of the digest expected."""
    if expected is not None and digest(data) != expected:
        raise InvalidPack("The sealed data does not match its digest: it has been changed or damaged.")
    try:
        plain = json.loads(data, parse_float=_no_floats, parse_constant=_no_floats)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InvalidPack(f"The sealed data cannot be read: {error}.") from None
    return from_plain(plain)


def canonical(plain: Any) -> bytes:
    """Plain data as the one sequence of bytes that stands for it. Refuses floats."""
    text = json.dumps(
        _composed(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def to_plain(value: Any) -> Any:
    """A document or block as dicts, lists, strings, whole numbers, booleans and None."""
    if value is None or type(value) is str:  # as nearly everything is: the cells of tables
        return value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        plain = {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
        return {"type": value.TYPE, **plain} if hasattr(value, "TYPE") else plain
    return value


def from_plain(plain: Any) -> Document:
    """The document in plain data. Raises InvalidPack at what is missing, unknown or of the wrong type."""
    return _read(Document, plain, "pack")


def _composed(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_composed(key): _composed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_composed(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise InvalidPack(f"A pack cannot hold {type(value).__name__}: amounts are strings of whole pence.")


def _no_floats(text: str) -> Any:
    raise InvalidPack(f"The sealed data holds the number {text}: amounts are strings of whole pence.")


def _read(kind: Any, plain: Any, place: str) -> Any:
    """Plain data as ``kind``: a block, a tuple of kinds, or a simple type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        if not isinstance(plain, list):
            raise InvalidPack(f"At {place} a list was expected.")
        if arguments[0] == CELLS:  # the many rows of a table, read without a word about each cell
            return tuple(_cells(item, f"{place}, {n}") for n, item in enumerate(plain, 1))
        return tuple(_read(arguments[0], item, f"{place}, {n}") for n, item in enumerate(plain, 1))
    if origin in (types.UnionType, typing.Union):
        return _read_union(arguments, plain, place)
    if is_dataclass(kind):
        return _read_block(kind, plain, place)
    if type(plain) is not kind:
        raise InvalidPack(f"At {place} {kind.__name__} was expected, not {type(plain).__name__}.")
    return plain


def _cells(plain: Any, place: str) -> tuple[str | None, ...]:
    if not isinstance(plain, list) or not set(map(type, plain)) <= {str, type(None)}:
        raise InvalidPack(f"At {place} a row of strings was expected.")
    return tuple(plain)


def _read_union(kinds: tuple[Any, ...], plain: Any, place: str) -> Any:
    if type(None) in kinds:
        return None if plain is None else _read(kinds[0], plain, place)
    name = plain.get("type") if isinstance(plain, dict) else None
    if name not in BLOCKS:
        raise InvalidPack(f"At {place} “{name}” is not a kind of block; known are {', '.join(BLOCKS)}.")
    return _read_block(BLOCKS[name], plain, place)


def _read_block(kind: Any, plain: Any, place: str) -> Any:
    if not isinstance(plain, dict):
        raise InvalidPack(f"At {place} a {kind.__name__.lower()} was expected.")
    known = _fields(kind)
    if hasattr(kind, "TYPE"):
        if plain.get("type") != kind.TYPE:
            raise InvalidPack(f"At {place} a {kind.TYPE} was expected, not {plain.get('type')}.")
        plain = {name: item for name, item in plain.items() if name != "type"}
    if unknown := set(plain) - set(known):
        raise InvalidPack(f"At {place} nobody knows {', '.join(sorted(unknown))}.")
    read = {name: _read(known[name], item, f"{place}, {name}") for name, item in plain.items()}
    try:
        return kind(**read)
    except TypeError as error:
        raise InvalidPack(f"At {place} something is missing: {error}.") from None


@cache
def _fields(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
