"""Reconciliations as people work on them: the list, the bridge, movements, the sign-off of what is left."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benefits.models import Movement, Reconciliation, StatedFigure
from programme.people.models import User
from tests.words import together

pytestmark = pytest.mark.django_db
Reader = Callable[[str], User]
SignIn = Callable[[User], Client]
LIST = "/benefits/reconciliation/"
BY_YEAR = f"{LIST}R-010/"
GAP = f"{LIST}R-008/"
STEP = {
    "kind": "scope",
    "amount": "1,000,000",
    "year": "",
    "words": "Section 6 counts 2025/26 as well.",
    "reason": "From the medium-term plan, table 3",
}


@pytest.fixture
def finance(reader: Reader, sign_in: SignIn) -> Client:
    return sign_in(reader("finance"))


@pytest.fixture
def sro(reader: Reader, sign_in: SignIn) -> Client:
    return sign_in(reader("sro"))


def send(client: Client, address: str, **data: object) -> Any:
    """Fills the form at ``address`` as its page gives it, and sends it; the page that follows."""
    form = client.get(address)
    assert form.status_code == 200, form.status_code
    hidden = {name: value for name in ("version", "once") if (value := form.context.get(name)) is not None}
    residual = {"residual": form.context["form"].initial.get("residual")}
    given = hidden | {key: value for key, value in residual.items() if value} | data
    return client.post(address, given, follow=True)


def sign_off(client: Client, address: str = GAP, reason: str = "The second is a year later") -> Any:
    return send(client, f"{address}sign-off/", reason=reason)


def test_the_list_says_how_they_stand(sro: Client) -> None:
    page = sro.get(LIST).content.decode()
    for words in (
        "12 of 12 are open",
        together("+£3,000 in 2022/23, −£23,000 in 2023/24"),
        together("−£227,000"),
        "<svg",
    ):
        assert words in page, words
    rows = b"".join(sro.get(f"{LIST}?format=csv").streaming_content).decode()
    assert "R-008,Budget gap: section 1 against section 6,2600000,3600000,1000000,0," in rows


@pytest.mark.parametrize("column", ["difference", "-explained", "standing", "-start"])
def test_the_list_sorts_by_what_it_works_out(sro: Client, column: str) -> None:
    assert sro.get(f"{LIST}?sort={column}").status_code == 200


def test_others_read_of_two_and_never_hear_of_the_rest(reader: Reader, sign_in: SignIn) -> None:
    lead = sign_in(reader("lead-digital"))
    page = lead.get(LIST).content.decode()
    assert "2 of 2 are open" in page
    for withheld in ("12,990", "1,706", "R-001", "Service redesign", "Add a reconciliation"):
        assert withheld not in page, withheld
    assert lead.get(GAP).status_code == 200
    for hidden in (BY_YEAR, f"{LIST}R-011/", f"{LIST}R-010/movements/add/", f"{LIST}figures/F-001/"):
        assert lead.get(hidden).status_code == 404, hidden
    for refused in (f"{GAP}movements/add/", f"{GAP}sign-off/", f"{LIST}add/", f"{LIST}figures/add/"):
        assert lead.get(refused).status_code == 403, refused


def test_staff_see_no_page_of_it(reader: Reader, sign_in: SignIn) -> None:
    staff = sign_in(reader("staff"))
    assert staff.get(LIST).status_code == 403
    assert staff.get(GAP).status_code == 404


def test_the_sro_signs_off_and_does_not_keep_movements(sro: Client) -> None:
    assert sro.get(f"{GAP}movements/add/").status_code == 403
    assert sro.get(f"{GAP}sign-off/").status_code == 200


def test_the_page_shows_both_figures_with_their_sources_and_what_is_left(sro: Client) -> None:
    page = sro.get(BY_YEAR).content.decode()
    for words in (
        together("−£177,000"),
        "£454,000",
        "£461,000",
        together("−£174,000"),
        "Left unexplained",
        "Open; £33,000 counting every year without its sign",
        "section 6, payback table",
        "No movement explains any of it yet.",
    ):
        assert words in page, words


def test_the_ten_year_gain_stands_beside_every_way_of_working_it_out(sro: Client) -> None:
    for ref in ("R-011", "R-012"):
        page = sro.get(f"{LIST}{ref}/").content.decode()
        for words in ("£12,991,000", "£13,069,000", "£14,037,500", "£15,006,000", "mixes two totals"):
            assert words in page, words


def test_a_movement_explains_a_difference_and_stands_in_the_bridge(finance: Client) -> None:
    page = send(finance, f"{GAP}movements/add/", **STEP).content.decode()
    for words in (
        "The movement is added.",
        "is explained",
        "Section 6 counts 2025/26 as well.",
        together("+£1,000,000"),
    ):
        assert words in page, words
    assert "Sign off what is left" not in page
    history = finance.get(f"{GAP}?tab=history").content.decode()
    assert "From the medium-term plan, table 3" in history


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "0"}, "A movement of nothing explains nothing"),
        ({"amount": "1,25"}, "is not an amount in pounds"),
        ({"amount": ""}, "Give the amount of the movement"),
        ({"kind": "magic"}, "Select a valid choice"),
        ({"words": ""}, "Say what the movement is"),
        ({"reason": ""}, "Say why"),
        ({"year": "2022/24"}, "is not a financial year"),
    ],
)
def test_a_movement_typed_wrongly_is_refused_at_its_field(
    finance: Client, wrong: dict[str, str], words: str
) -> None:
    answer = send(finance, f"{GAP}movements/add/", **(STEP | wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Movement.objects.exists()


def test_between_figures_with_years_a_movement_names_its_year(finance: Client) -> None:
    answer = send(finance, f"{BY_YEAR}movements/add/", **STEP)
    assert "Say which year this movement is about" in answer.content.decode()
    typed = STEP | {"amount": "(23,000)", "year": "23/24"}
    page = send(finance, f"{BY_YEAR}movements/add/", **typed).content.decode()
    assert together("+£3,000 in 2022/23, +£7,000 in 2024/25") in page


def test_a_movement_is_changed_and_withdrawn_with_a_reason(finance: Client) -> None:
    send(finance, f"{GAP}movements/add/", **STEP)
    movement = Movement.objects.get()
    address = f"{GAP}movements/{movement.pk}/"
    send(finance, address, **(STEP | {"amount": "900,000", "reason": "The plan was revised"}))
    assert together("+£100,000") in finance.get(GAP).content.decode()
    assert finance.get(f"{LIST}R-009/movements/{movement.pk}/").status_code == 404
    send(finance, f"{address}withdraw/", reason="It was counted twice")
    page = finance.get(GAP).content.decode()
    assert "No movement explains any of it yet." in page
    assert "It was counted twice" in finance.get(f"{GAP}?tab=history").content.decode()


def test_what_is_left_is_signed_off_with_a_reason(sro: Client) -> None:
    page = sign_off(sro).content.decode()
    for words in ("Signed off by", "The second is a year later", "is not explained, and is signed off"):
        assert words in page, words
    assert "11 of 12 are open" in sro.get(LIST).content.decode()


def test_a_sign_off_needs_its_reason(sro: Client) -> None:
    assert "Say why the rest is accepted" in sign_off(sro, reason=" ").content.decode()


def test_nobody_signs_for_something_else_than_they_saw(sro: Client) -> None:
    data = {"version": 1, "residual": '{"": 5000}', "reason": "As I saw it"}
    answer = sro.post(f"{GAP}sign-off/", data)
    assert answer.status_code == 422
    assert together("By now this is left: +£1,000,000") in answer.content.decode()
    answer = sro.post(f"{GAP}sign-off/", data | {"residual": "[1]"})
    assert "did not say what was left" in answer.content.decode()
    assert Reconciliation.objects.get(ref="R-008").signed_by is None


def test_a_sign_off_falls_away_where_everybody_sees_it_when_a_figure_moves(
    sro: Client, installation: User
) -> None:
    sign_off(sro)
    gap = StatedFigure.objects.get(ref="F-013")
    gap.amount = Decimal(3_500_000)
    gap.record(by=installation, reason="The plan was revised")
    page = sro.get(GAP).content.decode()
    assert "The sign-off no longer holds." in page
    assert together("accepted +£1,000,000 in all") in page
    assert together("+£900,000 is left by now") in page
    assert "The sign-off of R-008 no longer holds." in sro.get(LIST).content.decode()
    gap.amount = Decimal(3_600_000)
    gap.record(by=installation, reason="It was not, after all")
    assert "no longer holds" not in sro.get(GAP).content.decode()


def test_a_sign_off_is_taken_back_with_a_reason(sro: Client) -> None:
    sign_off(sro)
    send(sro, f"{GAP}take-back/", reason="The year was wrong")
    assert Reconciliation.objects.get(ref="R-008").signed_residual is None
    assert "12 of 12 are open" in sro.get(LIST).content.decode()


def test_what_is_explained_is_not_signed_off(finance: Client) -> None:
    send(finance, f"{GAP}movements/add/", **STEP)
    answer = sign_off(finance)
    assert "Nothing is left to sign off" in answer.content.decode()


def test_a_reconciliation_shows_itself_as_it_stood(finance: Client) -> None:
    send(finance, f"{GAP}movements/add/", **STEP)
    page = finance.get(f"{GAP}?as_at=2022-07-04").content.decode()
    assert "As it stood on" in page
    assert "Section 6 counts" not in page
    assert "Add a movement" not in page
    assert finance.get(f"{GAP}?as_at=2022-07-03").status_code == 404


def test_two_figures_are_set_against_each_other_and_exempt_where_either_is(finance: Client) -> None:
    data = {"title": "Income against the lines", "note": "", "reason": "Asked for by the board"}
    send(finance, f"{LIST}add/", from_figure="F-011", to_figure="computed:lines_approved", **data)
    new = Reconciliation.objects.get(title=data["title"])
    assert (new.ref, new.classification, new.exempt_paragraphs) == ("R-013", "exempt", [1, 2, 4])
    assert together("+£1,700,000") in finance.get(new.get_absolute_url()).content.decode()
    send(finance, f"{LIST}add/", from_figure="F-011", to_figure="F-014", **(data | {"title": "Open"}))
    assert Reconciliation.objects.get(title="Open").classification == "internal"


def test_a_figure_is_not_reconciled_with_itself_nor_with_a_date(finance: Client) -> None:
    data = {"title": "A", "note": "", "reason": "Trying"}
    same = send(finance, f"{LIST}add/", from_figure="F-011", to_figure="F-011", **data)
    assert "not reconciled with itself" in same.content.decode()
    date = send(finance, f"{LIST}add/", from_figure="F-011", to_figure="F-019", **data)
    assert "Select a valid choice" in date.content.decode()


def test_a_reconciliation_is_changed_and_withdrawn(finance: Client) -> None:
    send(finance, f"{GAP}change/", title="The gap, twice", note="See the plan.", reason="Plainer")
    assert "The gap, twice" in finance.get(GAP).content.decode()
    send(finance, f"{GAP}withdraw/", reason="Settled elsewhere")
    assert "11 of 11 are open" in finance.get(LIST).content.decode()
    assert "Withdrawn." in finance.get(GAP).content.decode()
    assert (
        "is not changed any more"
        in send(finance, f"{GAP}change/", title="A", note="", reason="B").content.decode()
    )


def test_the_pages_ask_few_queries(sro: Client) -> None:
    for address, most in ((LIST, 12), (BY_YEAR, 25), (f"{LIST}R-011/", 25), (f"{LIST}figures/", 12)):
        sro.get(address)
        with CaptureQueriesContext(connection) as asked:
            sro.get(address)
        assert len(asked) <= most, (address, len(asked))


def test_the_history_of_what_lies_at_the_programme_is_not_everybodys(reader: Reader, sign_in: SignIn) -> None:
    lead = sign_in(reader("lead-digital"))
    assert "History" not in lead.get(GAP).content.decode()
    assert lead.get(f"{GAP}?tab=history").status_code == 403


def test_the_list_is_narrowed_by_how_they_stand_and_by_words(sro: Client) -> None:
    sign_off(sro)
    for query, refs in (("standing=signed-off", ["R-008"]), ("q=ten+YEARS", ["R-011", "R-012"])):
        lines = b"".join(sro.get(f"{LIST}?{query}&format=csv").streaming_content).decode()
        assert [line[:5] for line in lines.splitlines()[1:]] == refs
    assert (
        "R-001" not in sro.get(f"{LIST}?standing=signed-off", headers={"HX-Request": "true"}).content.decode()
    )
    assert sro.get(f"{LIST}?standing=magic&format=csv").status_code == 400
    assert "11 of 12 are open" in sro.get(f"{LIST}?standing=signed-off").content.decode()
