"""Pictures: never without words and data, safe inside a page, the same every time."""

import re
import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from defusedxml import ElementTree

from programme.foundation.cells import Column
from programme.foundation.charts import (
    LayeredRow,
    PlanRow,
    Series,
    gantt,
    layered_bars,
    stacked_bars_by_year,
)
from programme.foundation.figures import DARK, LIGHT, MIDDLE, Figure

YEARS = ["2022/23", "2023/24", "2024/25"]
TODAY = date(2022, 11, 30)


def savings(**more):
    lines = {
        "Staffing redesign": [150_000, 450_000, 500_000],
        "Service redesign and cost avoidance": [None, 150_000, 450_000],
        "Income generation": [None, 250_000, None],
    }
    series = [
        Series(name, {year: Decimal(a) for year, a in zip(YEARS, amounts, strict=True) if a is not None})
        for name, amounts in lines.items()
    ]
    words = {
        "title": "Savings by category and year",
        "summary": "New savings of £150,000, then £850,000 and £950,000.",
    }
    return stacked_bars_by_year(series=series, years=YEARS, **words, **more)


def plan(*rows, today=TODAY):
    return gantt(
        title="Plan", summary="One milestone is 46 days later than approved.", rows=rows, today=today
    )


def layered(*rows, layers=("Verified", "Claimed", "Forecast")):
    words = {"title": "Savings", "summary": "£110,000 of £135,000 claimed is verified."}
    return layered_bars(layers=layers, rows=rows, **words)


PART = LayeredRow("2022/23", (Decimal(110_000), Decimal(135_000), Decimal(130_000)), Decimal(150_000))
AHEAD = LayeredRow("2023/24", (None, None, Decimal(-90_000)))


MILESTONE = PlanRow(
    "CRM live for bulky waste",
    kind="milestone",
    approved_finish=date(2022, 12, 16),
    finish=date(2023, 1, 31),
    critical=True,
    link="/projects/DIG-01/plan/",
)
ACTIVITY = PlanRow(
    "Procure the CRM",
    approved_start=date(2022, 7, 18),
    approved_finish=date(2022, 9, 30),
    start=date(2022, 7, 18),
    finish=date(2022, 10, 14),
    done=True,
)


def drawn(figure, width=900, **more):
    return ElementTree.fromstring(figure.svg(width, **more))


@pytest.mark.parametrize(
    "missing",
    [{"title": " "}, {"summary": ""}, {"rows": ()}, {"columns": ()}, {"rows": (("a", "b"),)}],
)
def test_a_figure_without_words_or_data_cannot_exist(missing):
    parts = {
        "title": "A",
        "summary": "B",
        "columns": (Column("x"),),
        "rows": (("1",),),
        "spec": lambda width: {},
    }
    with pytest.raises(ValueError, match=r"summary|data"):
        Figure(**parts | missing)


@pytest.mark.parametrize("width", [340, 900])
@pytest.mark.parametrize(
    "figure", [savings(), plan(ACTIVITY, MILESTONE), layered(PART, AHEAD)], ids=["bars", "plan", "layers"]
)
def test_a_picture_may_stand_in_a_page_under_the_strictest_policy(figure, width):
    svg = figure.svg(width)
    root = ElementTree.fromstring(svg)
    assert root.get("width") == str(width)
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"style", "script", "foreignObject", "image", "use"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_a_picture_is_named_and_described_by_ids_of_its_own():
    figure = savings()
    roots = [drawn(figure), drawn(figure, 340)]
    ids = [element.get("id") for root in roots for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    title, description = roots[0][0], roots[0][1]
    assert roots[0].get("role") == "img"
    assert (roots[0].get("aria-labelledby"), title.text) == (title.get("id"), figure.title)
    assert (roots[0].get("aria-describedby"), description.text) == (description.get("id"), figure.summary)


def test_a_picture_drawn_in_another_process_is_the_same(tmp_path):
    code = """
import hashlib
from tests.programme.foundation.test_figures import savings
print(hashlib.sha256(savings().svg(340).encode() + savings().png(340)).hexdigest())
"""

    def digest(cache):
        surroundings = {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATA_DIR": str(tmp_path / cache)}
        command = [sys.executable, "-c", code]
        return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True).stdout

    assert digest("first") == digest("second")


def test_links_stay_in_the_portal_and_can_be_left_out():
    root = drawn(plan(ACTIVITY, MILESTONE))
    links = [element.get("href") for element in root.iter() if element.tag.endswith("}a")]
    assert links == ["/projects/DIG-01/plan/"]
    assert root.get("role") == "group"
    assert "<a" not in plan(MILESTONE).svg(900, links=False)


@pytest.mark.parametrize(
    "link", ["https://elsewhere.example/", "javascript:alert(1)", "//elsewhere.example", "x y"]
)
def test_a_link_that_leaves_the_portal_is_dropped(link):
    svg = plan(PlanRow("A", kind="milestone", finish=TODAY, link=link)).svg(900)
    assert "href" not in svg
    assert "elsewhere" not in svg


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a\x00b\ud800", "x" * 10_000, "😀 مشروع", "{{ 7 }}", "'+alert(1)+'"]
)
def test_names_that_people_type_are_only_words(name):
    root = drawn(plan(PlanRow(name, kind="milestone", finish=TODAY)))
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert [element for element in root.iter() if element.text and element.text[0] == name[0]]


def test_the_table_of_the_bars_keeps_unknown_apart_from_nought():
    figure = savings(marks={"2022/23": Decimal(150_000)})
    assert figure.rows[0] == ("2022/23", Decimal(150_000), None, None, Decimal(150_000), Decimal(150_000))
    assert figure.rows[1][-1] is None
    assert [column.kind for column in figure.columns] == ["text", *["thousands"] * 5]


def test_bars_say_their_totals_and_what_was_approved():
    texts = "".join(drawn(savings()).itertext())
    assert all(total in texts for total in ("150", "850", "950"))
    assert "approved 850" in "".join(drawn(savings(marks={"2023/24": Decimal(850_000)})).itertext())


def test_series_that_could_not_be_told_apart_are_refused():
    same = [Series("A", {}), Series("A", {})]
    for series in ([], same, [Series(str(n), {}) for n in range(5)]):
        with pytest.raises(ValueError, match="told apart"):
            stacked_bars_by_year(title="T", summary="S", series=series, years=YEARS)


def test_layers_say_what_was_approved_and_keep_unknown_apart_from_nought():
    figure = layered(PART, AHEAD)
    assert [column.title for column in figure.columns] == [
        *("Year", "Approved", "Forecast", "Claimed", "Verified")
    ]
    assert figure.rows[1] == ("2023/24", None, Decimal(-90_000), None, None)
    for width in (350, 900):
        texts = "".join(drawn(figure, width).itertext())
        assert "approved 150" in texts
        assert "2023/24" in texts
        assert "Verified" in texts


def test_a_layer_in_front_is_thinner_than_the_one_behind_it_so_that_none_is_hidden():
    bars = re.findall(r'd="M[\d.]+,[\d.]+h[\d.]+v([\d.]+)h[^"]*" fill="([^"]+)"', layered(PART).svg(900))
    assert [(round(float(height)), shade) for height, shade in bars] == [
        (22, LIGHT),
        (14, MIDDLE),
        (6, DARK),
    ]


@pytest.mark.parametrize("layers", [(), ("A", "A"), tuple("ABCDE")])
def test_layers_that_could_not_be_told_apart_are_refused(layers):
    with pytest.raises(ValueError, match="told apart"):
        layered(layers=layers)
    with pytest.raises(ValueError, match="an amount for each layer"):
        layered(LayeredRow("A", (None,)))


def test_what_is_late_is_said_in_words_and_days():
    assert "46 days later" in "".join(drawn(plan(MILESTONE)).itertext())
    overdue = PlanRow(
        "Model fees", start=date(2022, 9, 5), approved_finish=date(2022, 11, 29), finish=date(2022, 11, 29)
    )
    assert "1 day overdue" in "".join(drawn(plan(overdue)).itertext())
    assert overdue.state(TODAY) == "late"
    assert overdue.state(date(2022, 11, 29)) == "on time"


def test_the_critical_row_has_an_outline_and_a_word_in_the_key():
    critical = plan(MILESTONE).svg(900)
    assert 'stroke="#0b0c0c" stroke-width="2.5"' in critical
    assert "thick outline: critical" in critical
    assert "critical" not in plan(ACTIVITY).svg(900).replace("summary", "")


def test_the_table_of_the_plan_says_what_the_picture_shows():
    figure = plan(PlanRow("DIG-01", kind="group"), ACTIVITY, MILESTONE)
    assert [row[0] for row in figure.rows] == ["Procure the CRM", "CRM live for bulky waste"]
    assert figure.rows[1][6:] == (46, "Late", "Critical")
    assert figure.rows[0][7] == "Done"


def test_a_plan_without_dates_is_refused():
    with pytest.raises(ValueError, match="date"):
        plan(PlanRow("A", kind="milestone"))


def test_an_unknown_kind_of_row_is_refused():
    with pytest.raises(ValueError, match="kind of row"):
        PlanRow("A", kind="project")


def test_on_a_phone_the_picture_is_drawn_again_not_shrunk():
    narrow, wide = plan(ACTIVITY, MILESTONE).svg(340), plan(ACTIVITY, MILESTONE).svg(900)
    sizes = [{int(size) for size in re.findall(r'font-size="(\d+)"', svg)} for svg in (narrow, wide)]
    assert sizes[0] == sizes[1]
    assert min(sizes[0]) >= 12
