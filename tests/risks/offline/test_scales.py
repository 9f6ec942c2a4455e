"""Scales that are not ours: of four steps, of six, of letters, in one cell; asked, and never guessed."""

import pytest

from risks.models import ColumnMapping, Risk
from risks.offline.scales import by_scale, halves, step_of

pytestmark = pytest.mark.django_db

FOUR = [
    ["Risk Ref", "Risk Description", "Vulnerability", "Trigger", "Consequence", "Likelihood (1-4)",
     "Impact (1-4)"],
    ["CR1", "Budget gap", "Little reserve", "A late settlement", "Services stop", 4, 3],
    ["CR2", "Cyber attack", "Old servers", "A message", "No systems", 2, 4],
]  # fmt: skip
SIX = [
    ["Corporate risk register", None, None, None, None, None, None, None],
    ["Risk", "Gross", None, None, "Net", None, None, "Owner"],
    [None, "Likelihood", "Impact", "Score", "Likelihood", "Impact", "Score", None],
    ["Flood", "A", "IV", "A IV", "C", "III", "C III", "Somebody"],
    ["Fire", "F", "I", "F I", "F", "I", "F I", "Nobody we know"],
]
ONE_CELL = [
    ["Risk", "Current score", "Target"],
    ["Loss of staff", "4x3=12", "L2 I3"],
    ["Loss of data", "2 × 5 (10) Amber", "1 x 5"],
    ["Loss of trust", "TBC", None],
]


@pytest.fixture
def manager(sign_in, programme_manager):
    return sign_in(programme_manager)


@pytest.fixture
def look(manager, digital, send, foreign, chosen):
    """``look(rows, **own) -> answer``: a foreign register, its columns as guessed, and some choices."""

    def post(rows, merged=(), words=None, **own):
        page = send(manager, foreign(rows, merged))
        address = page.request["PATH_INFO"]
        first = manager.post(address, chosen(page, digital.scope, **own), follow=True)
        if words is None or "form" not in first.context or not hasattr(first.context["form"], "meant"):
            return first
        form = first.context["form"]
        said = {name: str(dict(words)[pair]) for name, pair in form.meant.items() if pair in dict(words)}
        return manager.post(address, chosen(first, digital.scope, **own) | said, follow=True)

    return post


def scores():
    """Each risk's current and inherent score."""
    fields = ("title", "current_likelihood", "current_impact", "inherent_likelihood", "inherent_impact")
    return {title: tuple(steps) for title, *steps in Risk.objects.values_list(*fields)}


def test_numbers_are_taken_as_ours_only_when_somebody_says_so(look, said, manager):
    answer = look(FOUR, steps_likelihood="", steps_impact="")
    assert answer.status_code == 422
    page = said(answer)
    assert "Say whether the steps of its likelihood are the same as here" in page
    assert "Found: 3, 4. A scale of four or six steps is another than ours." in page


def test_a_scale_of_four_steps_is_translated_number_by_number(look, said, manager, apply):
    own = {"steps_likelihood": "otherwise", "steps_impact": "otherwise"}
    asked = look(FOUR, **own)
    assert asked.status_code == 422
    assert "Say what likelihood “4” means, from 1 to 5" in said(asked)
    words = {("likelihood", "2"): 2, ("likelihood", "4"): 5, ("impact", "3"): 4, ("impact", "4"): 5}
    apply(manager, look(FOUR, words=words, **own))
    assert scores() == {"Budget gap": (5, 4, None, None), "Cyber attack": (2, 5, None, None)}


def test_several_columns_of_text_follow_each_other_with_their_headings(look, manager, apply):
    apply(manager, look(FOUR))
    risk = Risk.objects.get(title="Budget gap")
    assert risk.cause == "Vulnerability: Little reserve\n\nTrigger: A late settlement"
    assert (risk.effect, risk.source_place) == ("Services stop", "CR1")


def test_two_rows_of_headings_tell_gross_from_net(look, said, manager, apply):
    merged = ["A1:H1", "A2:A3", "B2:D2", "E2:G2", "H2:H3"]
    letters = {("likelihood", letter): step for letter, step in zip("acf", (1, 3, 5), strict=True)}
    words = letters | {("impact", "iv"): 5, ("impact", "iii"): 3, ("impact", "i"): 1}
    preview = look(SIX, merged, words=words)
    assert "2 are new" in said(preview)
    assert "Columns that are not taken: Gross Score, Net Score, Owner." in said(preview)
    apply(manager, preview)
    assert scores() == {"Flood": (3, 3, 1, 5), "Fire": (5, 1, 5, 1)}


def test_cells_merged_among_the_risks_are_still_refused(look, said):
    rows = [["Risk", "Likelihood", "Impact", "Theme"], ["A", 1, 2, "Money"], ["B", 1, 3, None]]
    assert "Cell D2:D3: Merged cells." in said(look(rows, ["D2:D3"]))


def test_a_score_in_one_cell_is_two_values_in_the_order_that_was_said(look, said, manager, apply):
    answer = look(ONE_CELL)
    assert "Columns that are not taken: Current score, Target." in said(answer), (
        "which comes first is not guessed"
    )
    own = {"column_1": "current_both", "column_2": "target_turned"}
    asked = look(ONE_CELL, **own)
    assert "Say what likelihood “tbc” means" in said(asked)
    apply(manager, look(ONE_CELL, words={("likelihood", "tbc"): 0}, **own))
    staff, data, trust = Risk.objects.order_by("ref")
    assert (staff.current_likelihood, staff.current_impact) == (4, 3)
    assert (staff.target_likelihood, staff.target_impact) == (3, 2)
    assert (data.current_likelihood, data.current_impact, trust.is_scored) == (2, 5, False)


def test_what_contradicts_itself_or_says_one_thing_only_is_refused_at_its_cell(look, said):
    rows = [["Risk", "Score now"], ["A", "4x3=13"], ["B", 12], ["C", "2x2"]]
    page = said(look(rows, words={}, column_1="current_both"))
    assert "Cell B2, Score now: “4x3=13” contradicts itself: 4 × 3 is 12, and not 13." in page
    assert "Cell B3, Score now: “12” does not say both likelihood and impact, as 4x3 does." in page


def test_both_halves_are_not_said_twice(look, said):
    answer = look([["Risk", "Likelihood", "Impact", "Score"], ["A", 1, 2, "1x2"]], column_3="current_both")
    assert "is both halves: leave the other columns of it out" in said(answer)


def test_our_words_among_others_are_asked_too(look, said):
    """The third of four steps, say, may be called likely."""
    rows = [["Risk", "Likelihood", "Impact"], ["A", "Likely", 1], ["B", "Quite likely", 2]]
    page = said(look(rows))
    assert "Say what likelihood “quite likely” means" in page
    assert "Likelihood “likely” means" in page


def test_what_was_said_of_both_scales_at_once_still_holds_for_both():
    assert by_scale({"dire": 5}) == {"likelihood": {"dire": 5}, "impact": {"dire": 5}}
    assert by_scale({"impact": {"dire": 5}}) == {"likelihood": {}, "impact": {"dire": 5}}


def test_kept_choices_keep_how_numbers_go(look, manager, send, foreign):
    look(FOUR, save_as="Four steps")
    assert ColumnMapping.objects.get().words == {"likelihood": {"1 to 5": 5}, "impact": {"1 to 5": 5}}
    again = send(manager, foreign(FOUR)).context["form"]
    assert (again["steps_likelihood"].value(), again["steps_impact"].value()) == ("1 to 5", "1 to 5")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4x3=12", ("4", "3")),
        ("4 X 3", ("4", "3")),
        ("L4 I3", ("4", "3")),
        ("L=4, I=3 (12)", ("4", "3")),
        ("Likelihood 4 x Impact 3 = 12 High", ("4", "3")),
        ("D2", ("d", "2")),
        ("C III", ("c", "iii")),
        ("Likely × Major (16)", ("likely", "major")),
        ("Almost certain / Minor", ("almost certain", "minor")),
        ("12", None),
        ("Amber", None),
        ("", None),
    ],
)
def test_a_score_in_one_cell_is_read_as_people_write_it(text, found):
    assert halves(text) == found
    assert halves(text, turned=True) == (found and (found[1], found[0]))


def test_once_numbers_were_said_one_by_one_no_other_number_means_anything():
    assert step_of("4", {}, {"6": 5}) is None
    assert (step_of("6", {}, {"6": 5}), step_of("4", {}, {"1 to 5": 5}), step_of("4", {}, {})) == (5, 4, 4)


def test_words_that_could_be_ours_are_ours_only_when_somebody_says_so(look, said, manager, apply):
    """Minor, moderate and major may be all the steps there are."""
    rows = [["Risk", "Likelihood", "Impact"], ["A", "Likely", "Minor"], ["B", "Possible", "Major"]]
    page = said(look(rows, steps_impact=""))
    assert "Say whether the steps of its impact are the same as here" in page
    assert "Found: minor, major." in page
    words = {("impact", "minor"): 2, ("impact", "major"): 5}
    apply(manager, look(rows, words=words, steps_impact="otherwise"))
    assert scores() == {"A": (4, 2, None, None), "B": (3, 5, None, None)}


def test_what_was_not_said_one_by_one_is_asked_and_not_taken_as_ours():
    ours = {"likely": 4}
    assert step_of("Likely", ours, {}) == step_of("Likely", ours, {"1 to 5": 5}) == 4
    assert step_of("Likely", ours, {"dire": 5}) is step_of("3", ours, {"dire": 5}) is None
