"""Facts files that are wrong are refused with file, line, place and reason."""

from pathlib import Path

import pytest

from portal.business_case.loading import FACTS
from portal.business_case.parsing import parse
from portal.business_case.tree import FactsRefused

RIGHT = FACTS.read_text(encoding="utf-8")


def refusal(tmp_path: Path, text: str | bytes) -> FactsRefused:
    file = tmp_path / "facts.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(FactsRefused) as refused:
        parse(file)
    return refused.value


def changed(old: str, new: str) -> str:
    assert RIGHT.count(old) >= 1, old
    return RIGHT.replace(old, new, 1)


SERVICE = "2023/24: 150000, 2024/25: 450000}"
# What stands in the file, what it is changed to, where that is refused and why.
WRONG = [
    ("      stated_total: 600000\n", "", "benefits.lines[1]", "the field “stated_total” is missing"),
    ("  version: Final\n", "", "document", "the field “version” is missing"),
    ("  version: Final", "  version: Final\n  colour: red", "document.colour", "no field “colour”"),
    (
        SERVICE,
        "2022/24: 150000, 2024/25: 450000}",
        "benefits.lines[1].profile.2022/24",
        "“2022/24” is not a financial year",
    ),
    (
        SERVICE,
        "2023-24: 150000, 2024/25: 450000}",
        "benefits.lines[1].profile.2023-24",
        "write the financial year as 2023/24",
    ),
    (
        "{2022/23: null, 2023/24: 150000,",
        "{2023/24: 150000,",
        "benefits.lines[1].profile",
        "the field “2022/23” is missing; write null",
    ),
    (
        "{2022/23: null, 2023/24: 150000,",
        "{2022/23: null, 2021/22: 0, 2023/24: 150000,",
        "benefits.lines[1].profile.2021/22",
        "the table has no year 2021/22",
    ),
    (
        SERVICE,
        "2023/24: 150001, 2024/25: 450000}",
        "benefits.lines[1].stated_total",
        "its years come to £600,001, but £600,000 is stated",
    ),
    (
        "2023/24: 850000, 2024/25: 950000}",
        "2023/24: 850000, 2024/25: 950001}",
        "benefits.stated_total.profile.2024/25",
        "the lines come to £950,000, but £950,001 is stated",
    ),
    ("    total: 1950000", "    total: 1937000", "benefits.stated_total.total", "£1,950,000, but £1,937,000"),
    ("amount: 29000", "amount: 30000", "investment.stated_total", "£1,603,000, but £1,602,000"),
    ("2024/25: 461000}", "2024/25: 462000}", "payback.net.2024/25", "benefit less cost come to £461,000"),
    ("cost: 1623000", "cost: 1602000", "payback.total.cost", "£1,623,000, but £1,602,000"),
    ("net: 314000", "net: 315000", "payback.total.net", "£314,000, but £315,000"),
    ("amount: 128000", "amount: -128000", "investment.lines[1].amount", "-128000 is below 0"),
    ("amount: 128000", "amount: 128000.5", "investment.lines[1].amount", "not a whole number"),
    ("amount: 128000", 'amount: "128000"', "investment.lines[1].amount", "not a whole number"),
    ("amount: 128000", "amount: 0200", "investment.lines[1].amount", "not a whole number"),
    ("amount: 128000", "amount: 1e9", "investment.lines[1].amount", "not a whole number"),
    ("amount: 128000", "amount: null", "investment.lines[1].amount", "a whole number is needed"),
    ("amount: 128000", "amount: [128000]", "investment.lines[1].amount", "a whole number is needed"),
    ("amount: 128000", "amount: 9999999999999", "investment.lines[1].amount", "not a whole number"),
    ("dated: 2022-07-04", "dated: 4 July 2022", "document.dated", "write it like 2022-07-04"),
    ("dated: 2022-07-04", "dated: 2022-02-30", "document.dated", "“2022-02-30” is not a date"),
    ("review: 2023-07-04", "review: 2022-07-04", "exemption.review", "not after the document’s date"),
    ("paragraphs: [1, 2, 4]", "paragraphs: [1, 8]", "exemption.paragraphs[1]", "numbered 1 to 7"),
    ("paragraphs: [1, 2, 4]", "paragraphs: []", "exemption.paragraphs", "at least one paragraph"),
    ("paragraphs: [1, 2, 4]", "paragraphs: 1", "exemption.paragraphs", "a list is needed"),
    (
        "category: income_generation",
        "category: luck",
        "benefits.lines[2].category",
        "“luck” is not one of staff",
    ),
    ("      exempt: true\n", "      exempt: yes\n", "benefits.lines[0].exempt", "neither true nor false"),
    (
        "belongs_to: AGS-05",
        "belongs_to: AGS-99",
        "benefits.lines[0].belongs_to",
        "“AGS-99” is not in the file",
    ),
    ("    home: commercial", "    home: comercial", "workstrands[0].home", "“comercial” is not in the file"),
    ("ref: DIG-02", "ref: DIG-01", "projects[1].ref", "“DIG-01” stands here twice"),
    ("ref: DIG-02", "ref: dig 02", "projects[1].ref", "not written like DIG-01"),
    ("{ref: DIG-01, note:", "{ref: DIG-05, note:", "projects[4].needs[0].ref", "“DIG-05” is not in the file"),
    ("role: member", "role: chair", "programme_board.seats[1].role", "a body has one chair"),
    ("ref: COM-01-M02", "ref: COM-02-M02", "projects[11].milestones[1].ref", "milestones of COM-01 begin"),
    ("amount: 1706000, covers", "covers", "stated_figures[0]", "one of amount, percent and date"),
    ("percent: 10", "percent: 10, amount: 1", "stated_figures[17]", "one of amount, percent and date"),
    ("from_figure: F-012", "from_figure: F-019", "reconciliations[7].from_figure", "no stated amount of the"),
    ("to_figure: F-013", "to_figure: F-099", "reconciliations[7].to_figure", "no stated amount of the file"),
    ("from_figure: F-012, ", "", "reconciliations[7]", "one of from_figure and from_computed is needed"),
    ("to_computed: inferred", "to_computed: guessed", "reconciliations[10].to_computed", "is not one of"),
    ("ref: R-011", "ref: R-010", "reconciliations[10].ref", "“R-010” stands here twice"),
    ("better: up, baseline: 92", "baseline: 92", "measures[3]", "the field “better” is missing"),
    ("better: up, baseline: 92", "better: more, baseline: 92", "measures[3].better", "not one of up, down"),
    ("baseline: 92, ", "", "measures[3]", "a baseline, a target or both"),
    ("baseline: 92", "baseline: 92 %", "measures[3].baseline", "not a whole number"),
    ("baseline: 75, ", "target: 9, ", "measures[1].baseline_qualifier", "no baseline that it could qualify"),
    ("ref: R-005, title: Disr", "ref: R-004, title: Disr", "risks[4].ref", "“R-004” stands here twice"),
    ("ref: R-005, title: Disr", "ref: M-004, title: Disr", "risks[4].ref", "not written like R-001"),
    ("title: IT delays, where: section 7", "title: IT delays", "risks[2]", "the field “where” is missing"),
    ("ref: M-005", "ref: M-004", "measures[4].ref", "“M-004” stands here twice"),
    ("ref: M-005", "ref: B-005", "measures[4].ref", "not written like M-001"),
    ("baseline: 92", "baseline: 92, belongs_to: X-01", "measures[3].belongs_to", "“X-01” is not in the file"),
    ("name: Be Commercial", "name: ' '", "workstreams[1].name", "words are needed here"),
    ("name: Be Commercial", 'name: "Be\\x07Commercial"', "workstreams[1].name", "control characters"),
    ("name: Be Commercial", "name: " + "x" * 10_000, "workstreams[1].name", "10,000 characters; at most 120"),
]


@pytest.mark.parametrize(("old", "new", "place", "reason"), WRONG)
def test_a_wrong_fact_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, place: str, reason: str
) -> None:
    refused = refusal(tmp_path, changed(old, new))
    assert refused.file == "facts.yaml"
    assert refused.place == place
    assert reason in refused.reason
    assert str(refused).startswith(f"facts.yaml, line {refused.line}, {place}: ")


def test_the_line_is_that_of_the_wrong_value(tmp_path: Path) -> None:
    text = changed("amount: 128000", "amount: -128000")
    line = next(n for n, words in enumerate(text.splitlines(), 1) if "-128000" in words)
    assert refusal(tmp_path, text).line == line


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must hold fields with names"),
        ("- a\n- b\n", "must hold fields with names"),
        ("a: [1, 2", "not YAML"),
        ("a: 1\x00", "not YAML"),
        (b"a: \xff\xfe", "not text in UTF-8"),
        ("document: {title: a, title: b}", "“title” is given twice"),
        ("document: {[a]: b}", "the name of a field must be a word"),
        ("document: &d {title: a}\norganisation: *d", "anchors and aliases are not accepted"),
        ("document: !!python/object/apply:os.system [ls]", "the tag tag:yaml.org,2002:python"),
        ("document: " + "[" * 5_000, "deeper than 12 levels"),
        ("# " + "x" * 1_000_001, "larger than one megabyte"),
        ("a: 1\n---\nb: 2\n", "not YAML"),
    ],
)
def test_a_file_that_is_not_plain_facts_is_refused(tmp_path: Path, text: str | bytes, reason: str) -> None:
    assert reason in refusal(tmp_path, text).reason


def test_a_bomb_of_aliases_is_refused_at_once(tmp_path: Path) -> None:
    lines = [
        "a: &a [x, x]",
        *(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    ]
    refused = refusal(tmp_path, "\n".join(lines))
    assert (refused.line, refused.reason) == (1, "anchors and aliases are not accepted; write the value out.")


def test_a_staffing_line_is_exempt_unless_the_file_decides_otherwise(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text(changed("      exempt: true\n", ""))
    assert parse(file).benefits.lines[0].is_exempt
    file.write_text(changed("      exempt: true\n", "      exempt: false\n"))
    assert not parse(file).benefits.lines[0].is_exempt
    assert not parse(file).benefits.lines[1].is_exempt
