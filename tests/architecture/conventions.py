"""House rules that can be read from one file's source."""

import ast
import re
from collections.abc import Iterator

# Names that say nothing about what is inside.
NAMELESS = {"utils", "util", "helpers", "helper", "misc", "common", "selectors", "services", "managers"}
NAMELESS |= {"registry", "signals"}  # nor do the house's ways of working: no registries, no domain signals

CLOCK_READINGS = {
    "timezone.now",
    "timezone.localdate",
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
}
WRITES_OF_MANAGERS = {
    "create",
    "get_or_create",
    "update_or_create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "bulk_record",
}
WRITES_OF_RECORDS = {"save", "record", "withdraw", "bulk_record"}


def dotted_name(node: ast.AST) -> str:
    """``timezone.now`` of that attribute; calls are read through: ``x.objects.filter.update``."""
    if isinstance(node, ast.Call):
        return dotted_name(node.func)
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def clock_readings(tree: ast.AST, where: str) -> list[str]:
    """Where a module asks the machine for the time instead of the portal's clock."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            name = ".".join(dotted_name(node).split(".")[-2:])
            if name in CLOCK_READINGS:
                found.append(f"{where}:{node.lineno} reads {name}")
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            hidden = [alias.name for alias in node.names if f"timezone.{alias.name}" in CLOCK_READINGS]
            found += [f"{where}:{node.lineno} imports {name}" for name in hidden]
    return found


def modules_of_actions(tree: ast.AST) -> list[list[str]]:
    """Names, each as a chain of one, under which a module knows modules of actions."""
    return [
        [alias.asname or alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[-1] == "actions"
        for alias in node.names
    ]


def writes(tree: ast.AST, where: str) -> list[str]:
    """Where a module writes to the database itself instead of calling an action.

    ``activities.withdraw(activity, ...)`` calls one, where ``activities`` is imported from the app's actions.
    """
    found = []
    actions = modules_of_actions(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            chain = dotted_name(node.func).split(".")
            through_manager = "objects" in chain and chain[-1] in WRITES_OF_MANAGERS
            through_record = (
                chain[-1] in WRITES_OF_RECORDS and chain[0] != "super" and chain[:-1] not in actions
            )
            if through_manager or through_record:
                found.append(f"{where}:{node.lineno} writes with {'.'.join(chain)}()")
    return found


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def unsigned_actions(tree: ast.Module, where: str) -> list[str]:
    """Actions that can be called without saying who and why, or with more than the record by position."""
    found = []
    for function in public_functions(tree):
        keywords = {argument.arg for argument in function.args.kwonlyargs}
        missing = [name for name in ("by", "reason") if name not in keywords]
        if missing:
            found.append(f"{where}: {function.name} does not ask for {' and '.join(missing)} by keyword")
        if len(function.args.posonlyargs + function.args.args) > 1:
            found.append(f"{where}: {function.name} takes more than its record by position")
    return found


INLINE = {
    "a script of its own": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a script address": re.compile(r"javascript:", re.I),
}


def inline_code(template: str, where: str, *, standalone: bool = False) -> list[str]:
    """What the content security policy would refuse to run or apply.

    A ``standalone`` file, an issued pack, carries its own style element, since it is read without the portal.
    """
    found = {what for what, pattern in INLINE.items() if pattern.search(template)}
    return [f"{where} has {what}" for what in sorted(found - ({"a style element"} if standalone else set()))]


# Folders that only one person's machine has. Addresses such as https://example/home/ do not count.
PERSONAL = re.compile(r"(?<![\w./%>})-])(?:/(?:home|Users)/[a-z]|/root/|/work/)|[A-Z]:\\Users", re.I)


def personal_paths(text: str, where: str) -> list[str]:
    found = PERSONAL.search(text)
    return [f"{where} names a folder of one machine: {found.group()}"] if found else []
