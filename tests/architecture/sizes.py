"""How long files and functions are."""

import ast
from collections.abc import Iterator

FILE, TEST, TEMPLATE, FUNCTION = 300, 400, 150, 40
MEDIAN = 12  # the best-read codebases keep the median function near 8 lines


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """(name, lines) of every function and method, counted from ``def`` to its last line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def long_functions(tree: ast.AST, where: str) -> list[str]:
    return [f"{where}: {name} has {lines} lines" for name, lines in functions(tree) if lines > FUNCTION]


def too_long(text: str, where: str, limit: int) -> list[str]:
    lines = len(text.splitlines())
    return [f"{where} has {lines} lines, more than {limit}"] if lines > limit else []
