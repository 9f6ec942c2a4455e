"""Files and functions stay short enough to read; over the limit a noun is missing."""

import ast
from statistics import median

from .sizes import FILE, FUNCTION, MEDIAN, TEMPLATE, TEST, functions, long_functions, too_long
from .sources import app_modules, parsed, python_files, read, templates


def test_modules_and_tests_stay_short() -> None:
    found = []
    for path in python_files():
        found += too_long(read(path), str(path), TEST if path.parts[0] == "tests" else FILE)
    assert not found, "\n".join(found)


def test_templates_stay_short() -> None:
    found = [line for path in templates() for line in too_long(read(path), str(path), TEMPLATE)]
    assert not found, "\n".join(found)


def test_functions_stay_short() -> None:
    found = [line for path in python_files() for line in long_functions(parsed(path), str(path))]
    assert not found, "\n".join(found)


def test_the_median_function_is_a_few_lines() -> None:
    lines = [length for path in app_modules() for _, length in functions(parsed(path))]
    assert median(lines) <= MEDIAN


# The rules above, tried on sources that break them.


def function_of(lines: int) -> ast.Module:
    return ast.parse("class A:\n    def long(self):\n" + "        x = 1\n" * (lines - 1))


def test_a_function_over_the_limit_is_named() -> None:
    assert long_functions(function_of(FUNCTION + 1), "a.py") == ["a.py: long has 41 lines"]


def test_a_function_at_the_limit_is_fine() -> None:
    assert not long_functions(function_of(FUNCTION), "a.py")


def test_a_file_over_its_limit_is_named() -> None:
    assert too_long("x = 1\n" * (FILE + 1), "a.py", FILE) == ["a.py has 301 lines, more than 300"]
    assert not too_long("x = 1\n" * FILE, "a.py", FILE)
