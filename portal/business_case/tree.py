"""A YAML file as a tree in which every value knows its line; nothing clever in the file is accepted.

No aliases, anchors or tags, no key twice, no depth beyond need, at most one megabyte: what is left is plain
data that a person can check against the document.
"""

from __future__ import annotations

from pathlib import Path

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one is ten times as fast
LARGEST = 1_000_000
DEEPEST = 12


class FactsRefused(ValueError):
    """The facts cannot be loaded. Says in which file, at which line and place, and why."""

    def __init__(self, file: str, place: str, line: int, reason: str):
        self.file, self.place, self.line, self.reason = file, place, line, reason
        where = [file, f"line {line}" if line else "", place]
        super().__init__(f"{', '.join(part for part in where if part)}: {reason}")


def read(path: Path) -> yaml.MappingNode:
    """The file's top mapping. Raises :class:`FactsRefused`."""
    text = _text(path)
    try:
        _refuse_cleverness(text, path.name)
        root = yaml.compose(text, LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise FactsRefused(path.name, "", line, f"this is not YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise FactsRefused(path.name, "", 0, f"this is not YAML: {error}.") from error
    if not isinstance(root, yaml.MappingNode):
        raise FactsRefused(path.name, "", 1, "the file must hold fields with names.")
    return root


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise FactsRefused(str(path), "", 0, f"it cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise FactsRefused(path.name, "", 0, "it is larger than one megabyte, which facts never are.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FactsRefused(path.name, "", line, "it is not text in UTF-8.") from error


def _refuse_cleverness(text: str, name: str) -> None:
    """Before the tree is built: an alias can stand for a billion values, and depth can exhaust the stack."""
    depth = 0
    for event in yaml.parse(text, LOADER):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FactsRefused(name, "", line, "anchors and aliases are not accepted; write the value out.")
        if getattr(event, "tag", None):
            raise FactsRefused(name, "", line, f"the tag {event.tag[:40]} is not accepted.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise FactsRefused(name, "", line, f"it is nested deeper than {DEEPEST} levels.")
