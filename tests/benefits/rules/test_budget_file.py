"""Reading budgets from a CSV: as finance systems write it, and nothing that is doubtful."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules import budget_file
from benefits.rules.budget_file import Unreadable
from programme.foundation.csv_files import SHOWN
from programme.foundation.money import FinancialYear

HEAD = "Code,Year,Amount,Name\n"


def read(text: str) -> list[budget_file.Row]:
    return budget_file.read(text.encode())


def refused(data: str | bytes) -> list[str]:
    with pytest.raises(Unreadable) as found:
        budget_file.read(data.encode() if isinstance(data, str) else data)
    return found.value.sentences


def test_a_plain_file_is_read() -> None:
    first, second = read(f'{HEAD}CS100,2022/23,"1,250,000.50",Customer services\nHR-2,2023-24,(400),\n')
    assert first == budget_file.Row(
        2, "CS100", FinancialYear(2022), Decimal("1250000.50"), "Customer services"
    )
    assert (second.code, second.year, second.amount, second.name) == ("HR-2", FinancialYear(2023), -400, "")


@pytest.mark.parametrize(
    "head",
    [
        "\ufeffBudget Code,Financial year,Budget (£)",
        "COST_CENTRE;FY;amount",
        "Account code\tYear\tValue",
        " code , year , pounds ",
    ],
)
def test_headings_go_by_their_usual_names(head: str) -> None:
    mark = next(sign for sign in ",;\t" if sign in head)
    (row,) = read(f"{head}\n{mark.join(['CS100', '22/23', '£50k'])}\n")
    assert (row.code, row.year, row.amount) == ("CS100", FinancialYear(2022), 50_000)


def test_columns_that_mean_nothing_here_and_empty_rows_are_passed_over() -> None:
    (row,) = read("Officer,Year,Code,Amount\n,,,\n\nHead of HR,2022/23,CS100,5\n , , ,\n")
    assert (row.number, row.code) == (4, "CS100")


def test_what_a_spreadsheet_wraps_is_unwrapped_and_no_formula_is_a_code() -> None:
    (row,) = read(f'{HEAD}"=""00123""",2022/23,5,"=HYPERLINK(""http://a"")"\n')
    assert row.code == "00123"
    assert row.name.startswith("=HYPERLINK")  # a text: every export of it is marked as one
    assert "no budget code" in refused(f"{HEAD}=1+1,2022/23,5,\n")[0]


def test_every_problem_is_named_with_its_row_and_column() -> None:
    text = f'{HEAD}CS100,2022/24,5,\n,2022/23,"1,25",\nCS300,,,\nCS400,2022/23,5\n'
    assert refused(text) == [
        "Row 2, year: “2022/24” is not a financial year; write it like 2022/23.",
        "Row 3, code: There is no budget code.",
        "Row 3, amount: “1,25” is not an amount in pounds; write it like 1,250,000 or 1.25m.",
        "Row 4, year: There is no financial year; write it like 2022/23.",
        "Row 4, amount: There is no amount; write 0 where the budget is nothing.",
    ]


def test_a_code_and_year_stand_once() -> None:
    (words,) = refused(f"{HEAD}CS100,2022/23,5,\nCS200,2022/23,5,\ncs100,22/23,6,\n")
    assert words == "Row 4, code: cs100 has a budget for 2022/23 already, in row 2. Keep one of them."


def test_an_amount_whose_comma_splits_it_is_not_read_as_two_cells() -> None:
    assert "more cells than headings" in refused("Code,Year,Amount\nCS100,2022/23,1,250\n")[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"  \n\n", "The file is empty"),
        (HEAD.encode(), "no budgets below the headings"),
        (b"PK\x03\x04\x14\x00", "This is a workbook, not a CSV"),
        (b"\xd0\xcf\x11\xe0\xa1", "This is a workbook, not a CSV"),
        (b"%PDF-1.7", "not a CSV"),
        ("Code,Year\nCS100,2022/23".encode("utf-16"), "UTF-16"),
        (f"{HEAD}CS1,2022/23,£5,".encode("cp1252"), "not in the encoding UTF-8: see row 2"),
        (b"Code,Year\nCS100,2022/23\n", "There is no column amount"),
        (b"<html><body>Sign in</body></html>", "There is no column code or year or amount"),
        (b"Code,Year,Amount,Budget\nA,2022/23,1,2\n", "Two columns could be the amount"),
        (b"Code,Year,Budget \xc2\xa3000\nA,2022/23,1\n", "not in thousands"),
        (b'Code,Year,Amount\n"CS100,2022/23,1\n', "quotation mark"),
        (b"x" * (budget_file.MOST_BYTES + 1), "larger than 1 MB"),
    ],
)
def test_what_is_no_file_of_budgets_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    assert words in refused(data)[0]


def test_too_many_rows_and_too_many_problems_are_cut_short() -> None:
    rows = "".join(f"C{number},2022/23,1,\n" for number in range(budget_file.MOST_ROWS + 1))
    assert "can hold 10,000 budgets" in refused(HEAD + rows)[0]
    bad = refused(HEAD + "".join(f"C{number},2022/23,x,\n" for number in range(500)))
    assert (len(bad), bad[-1]) == (SHOWN + 1, "And 450 more like these.")


def test_five_thousand_rows_are_read() -> None:
    rows = "".join(f'CC{number:05},2023/24,"{number},000",Cost centre\n' for number in range(1, 1_000))
    rows += "".join(f"CD{number:05},2023/24,{number},Cost centre\n" for number in range(4_001))
    assert len(read(HEAD + rows)) == 5_000


def test_long_names_and_signs_that_cannot_be_shown_are_refused() -> None:
    assert "at most 120" in refused(f"{HEAD}CS1,2022/23,5,{'x' * 121}\n")[0]
    assert "U+0007" in refused(f"{HEAD}CS1,2022/23,5,a\x07b\n")[0]


@given(st.binary(max_size=300))
def test_no_bytes_at_all_bring_it_down(data: bytes) -> None:
    with suppress(Unreadable):
        assert budget_file.read(data)


codes = st.from_regex(r"[A-Z]{2}[0-9]{3}", fullmatch=True)
budgets = st.dictionaries(
    st.tuples(codes, st.integers(2000, 2050)), st.decimals(-(10**9), 10**9, places=2), max_size=30, min_size=1
)


@given(budgets)
def test_what_is_written_is_read_again(known: dict[tuple[str, int], Decimal]) -> None:
    text = HEAD + "".join(
        f'{code},{FinancialYear(year)},"{amount:,}",\n' for (code, year), amount in known.items()
    )
    assert {(row.code, row.year.start): row.amount for row in read(text)} == known
