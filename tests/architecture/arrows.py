"""Which app may stand on which: imports, templates and foreign keys all point down."""

import ast
import re
from collections.abc import Iterator, Mapping

# Everything an app stands on, itself left out. Whatever is not named here may not be used.
_FOUNDATION: set[str] = set()
_PEOPLE = {"foundation"}
_PORTFOLIO = _PEOPLE | {"people"}
_PLAN = _PORTFOLIO | {"portfolio"}
_TRIO = _PLAN | {"plan"}
_PROGRAMME = _TRIO | {"board", "reporting", "performance"}
STANDS_ON: dict[str, set[str]] = {
    "foundation": _FOUNDATION,
    "people": _PEOPLE,
    "portfolio": _PORTFOLIO,
    "plan": _PLAN,
    "performance": _TRIO,
    "board": _TRIO,
    "reporting": _TRIO | {"board"},  # an update says whether the last board saw it
    "risks": _PROGRAMME,
    "benefits": _PROGRAMME | {"risks"},
    "cms": _PROGRAMME | {"risks", "benefits"},
    "portal": _PROGRAMME | {"risks", "benefits", "cms"},
}


def app_of(module: str) -> str | None:
    """The app a dotted module belongs to: ``programme.plan.models`` → ``plan``; None for others' code."""
    parts = module.split(".")
    name = parts[1] if parts[0] == "programme" and len(parts) > 1 else parts[0]
    return name if name in STANDS_ON else None


def may_use(user: str, used: str) -> bool:
    return user == used or used in STANDS_ON[user]


def imported_modules(tree: ast.AST, module: str, *, is_package: bool = False) -> Iterator[str]:
    """Every module that ``module`` imports, at its top or inside a function, relative imports resolved."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".") + ([""] if is_package else [])
                base = ".".join([*parts[: -node.level], *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model" and node.args:
            # apps.get_model("plan", "Activity") is an import by another name.
            yield str(getattr(node.args[0], "value", "")).split(".")[0]


def import_violations(tree: ast.AST, module: str, *, is_package: bool = False) -> list[str]:
    """What ``module`` imports against the arrows, in words."""
    user = app_of(module)
    if user is None:
        return []
    imported = {app_of(name) for name in imported_modules(tree, module, is_package=is_package)}
    return [
        f"{module} ({user}) imports {used}"
        for used in sorted(filter(None, imported))
        if not may_use(user, used)
    ]


# The frame of every page: any app's template may extend and include it.
FRAME = ("base.html", "components", "records", "tables", "django", "django_tables2")


def app_of_template(name: str) -> str | None:
    """The app whose page a template is: ``plan/activity.html`` → ``plan``; the roof's own are portal's."""
    top = name.split("/")[0]
    if top in FRAME or top in STANDS_ON:
        return top if top in STANDS_ON else None
    return "portal"


_TAG = re.compile(r"{%-?\s*(load|include|extends|url)\s+(.*?)\s*-?%}", re.DOTALL)
_QUOTED = re.compile(r"""^(["'])(.+?)\1""")


def template_references(text: str) -> Iterator[tuple[str, str]]:
    """(tag, name) for every library loaded, template used and address named in a template."""
    for tag, arguments in _TAG.findall(text):
        if tag == "load":
            words = arguments.split()
            libraries = words[words.index("from") + 1 :] if "from" in words else words
            yield from (("load", word) for word in libraries)
        elif quoted := _QUOTED.match(arguments):
            yield tag, quoted.group(2)


def template_violations(
    name: str, text: str, *, libraries: Mapping[str, str], addresses: Mapping[str, str]
) -> list[str]:
    """What a template uses against the arrows.

    ``libraries`` maps a tag library to its module; ``addresses`` maps a URL's namespace, or the name of
    a URL without one, to the app that owns it. The frame stands under every page, so it knows foundation.
    """
    user = app_of_template(name)
    if name == "base.html" or name.startswith("components/"):
        user = "portal" if name == "base.html" else "foundation"
    if user is None:
        return []
    found = []
    for tag, reference in template_references(text):
        used = {
            "load": lambda r: app_of(libraries.get(r, "")),
            "url": lambda r: addresses.get(r.split(":")[0]),
        }.get(tag, app_of_template)(reference)
        if used and not may_use(user, used):
            found.append(f"templates/{name} ({user}) has {{% {tag} {reference} %}} of {used}")
    return found
