"""A benefit and its lines through the forms: what is accepted, what is refused and in which words."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from benefits.models import Benefit, BenefitLine
from tests.register import decide
from tests.savings import EXEMPT
from tests.words import together

__all__ = ["decide"]
pytestmark = pytest.mark.django_db

LINE = {
    "name": "Shared reception",
    "category": "service_redesign",
    "kind": "cash_releasing_efficiency",
    "deliverability": "deliverable",
    "frequency": "recurring",
    "source_document": "Savings plan",
    "source_as_at_day": "4 July 2022",
    "basis": "estimate",
    "price_base": "nominal",
    "classification": "internal",
}


@pytest.fixture(autouse=True)
def end_of_november(db: None) -> None:
    """The clock stands on 30 November 2022, in the financial year 2022/23."""
    from programme.foundation.models import Clock

    Clock(pk=1, fixed_on=datetime.date(2022, 11, 30)).save()


# Said anew with every forecast.
SAID = {"source_document": "Quote of the supplier", "source_as_at_day": "28/11/2022", "basis": "quote"}


def send(client: Any, record: Any, verb: str, **typed: Any) -> Any:
    said = SAID if verb == "forecast" else {}
    return client.post(f"{record.get_absolute_url()}{verb}/", {"version": record.version, **said, **typed})


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def again(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


@pytest.fixture
def lead(lead_agile, sign_in):
    return sign_in(lead_agile)


@pytest.fixture
def office(programme_manager, sign_in):
    return sign_in(programme_manager)


@pytest.fixture
def estate(make_project, agile):
    return make_project(agile, "AGS-06")


@pytest.fixture
def reception(benefit, agile, lead_agile, measure) -> Benefit:
    shown_by = measure(baseline=40, target=20)
    facts = {"owner": lead_agile, "measure": shown_by, "method": "Minutes from arrival to answer."}
    return benefit("B-001", "Quicker answers", home=agile, lines=[{"name": "Shared reception"}], **facts)


class TestAdding:
    def test_a_lead_adds_a_benefit_to_their_workstream(self, lead, lead_agile, agile):
        answer = lead.post(
            "/benefits/add/", {"name": "Fewer visits", "place": agile.scope_id, "classification": "internal"}
        )

        new = Benefit.objects.get()
        assert answer.headers["Location"] == "/benefits/B-001/?tab=lines"
        assert (new.ref, new.scope, new.status) == ("B-001", agile.scope, "identified")
        assert lead.get("/benefits/add/").context["form"].initial["owner"] == lead_agile

    def test_the_home_can_be_a_project_named_by_its_reference(self, lead, agile, make_project):
        make_project(agile, "AGS-06")
        lead.post(
            "/benefits/add/",
            {"name": "Less space", "place": "project", "project": "ags-06", "classification": "internal"},
        )
        assert Benefit.objects.get().scope.key == "ags-06"

    def test_a_project_manager_adds_to_their_own_project_alone(self, pm_crm, estate, sign_in):
        client, typed = sign_in(pm_crm), {"name": "One record", "classification": "internal"}
        assert "place" not in client.get("/benefits/add/").context["form"].fields
        assert client.post("/benefits/add/", typed | {"project": "AGS-06"}).status_code == 422
        assert client.post("/benefits/add/", typed | {"project": "DIG-01"}).status_code == 302

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({}, "Choose the place that keeps the benefit"),
            ({"place": "project"}, "Give the reference of the project that keeps the benefit"),
            ({"place": "project", "project": "DIG-01"}, "You may not add benefits to it"),
            ({"place": "project", "project": "NOT-01"}, "There is no project NOT-01 that you may see"),
            ({"starts_day": "1/4/2024", "ends_day": "1/4/2023"}, "The end cannot be before the start"),
            ({"starts_day": "1/4/1980"}, "Starts must lie between 1990 and 2099"),
        ],
    )
    def test_a_wrong_home_or_wrong_dates_are_told_at_the_field(self, lead, crm, typed, said):
        answer = lead.post("/benefits/add/", {"name": "X", "classification": "internal"} | typed)
        assert answer.status_code == 422
        assert said in words(answer)
        assert not Benefit.objects.exists()

    def test_nobody_without_the_grant_adds_one(self, auditor, finance, sign_in):
        assert sign_in(auditor).get("/benefits/add/").status_code == 403
        assert sign_in(finance).get("/benefits/add/").status_code == 403

    def test_a_line_takes_the_next_reference_and_leads_on_to_its_forecast(self, lead, reception):
        answer = send(lead, reception, "lines/add", **LINE)
        assert answer.headers["Location"] == "/benefits/B-001/lines/B-001-L2/forecast/"

    def test_what_cannot_be_quantified_yet_gives_a_reason_instead(self, lead, reception):
        send(lead, reception, "lines/add", **LINE, not_quantified_because="No quote yet.")
        page = words(lead.get("/benefits/B-001/lines/B-001-L2/"))
        assert "Not quantified yet:</strong> No quote yet." in page

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"category": "staffing_redesign"}, "Staffing lines are exempt by default"),
            ({"category": "non_financial"}, "What is not financial releases no cash"),
            ({"fte": "two"}, "Full-time equivalents must be a number, such as 2.5"),
            ({"budget_code": "=A1"}, "A budget code has letters, figures"),
            ({"price_base": "real"}, "Real prices need their year"),
        ],
    )
    def test_a_line_that_breaks_a_rule_is_refused_at_the_field(self, lead, reception, typed, said):
        answer = send(lead, reception, "lines/add", **LINE | typed)
        assert answer.status_code == 422
        assert said in words(answer)

    def test_a_staffing_line_starts_exempt_and_may_be_opened_on_purpose(self, lead, reception):
        form = lead.get("/benefits/B-001/lines/add/?category=staffing_redesign").context["form"]
        assert form.initial["classification"] == "exempt"
        assert form.initial["exempt_paragraphs"] == [1, 2, 4]
        staffing = LINE | {"category": "staffing_redesign", "not_exempt": "on"}
        assert send(lead, reception, "lines/add", **staffing).status_code == 302

    def test_lines_of_an_exempt_benefit_are_exempt(self, lead, benefit, agile):
        secret = benefit("B-002", home=agile, **EXEMPT)
        assert "Its benefit is exempt" in words(send(lead, secret, "lines/add", **LINE))


class TestProfiles:
    @pytest.fixture
    def saving(self, reception) -> BenefitLine:
        return reception.lines.get()

    @pytest.mark.parametrize(
        ("typed", "pounds"),
        [("£1,250,000.00", "1250000"), ("(1,250)", "-1250"), ("1.25m", "1250000")],
    )
    def test_a_forecast_understands_what_people_paste(self, lead, saving, typed, pounds):
        assert send(lead, saving, "forecast", year_2023=typed, reason="Quote came").status_code == 302
        assert [(str(one.year), one.amount) for one in saving.amounts.all()] == [("2023/24", Decimal(pounds))]

    @pytest.mark.parametrize("year", ["2030-31", "30/31"])
    def test_another_year_is_named_as_people_write_it(self, lead, saving, year):
        send(lead, saving, "forecast", other_year=year, other_amount="5", reason="Later")
        assert str(saving.amounts.get().year) == "2030/31"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"year_2023": "1,25"}, "“1,25” is not an amount in pounds"),
            ({"other_year": "2022/24", "other_amount": "5"}, "“2022/24” is not a financial year"),
            ({"other_year": "2030/31"}, "Give the amount of 2030/31"),
            ({"other_amount": "5"}, "Say which year this amount is of"),
            ({"other_year": "2023/24", "other_amount": "5"}, "2023/24 has a box of its own above"),
            ({"year_2023": "5", "reason": ""}, "Say why"),
        ],
    )
    def test_what_is_not_understood_is_kept_and_told_at_the_box(self, lead, saving, typed, said):
        answer = send(lead, saving, "forecast", **{"reason": "Quote came"} | typed)
        assert answer.status_code == 422
        assert said in words(answer)
        assert not saving.amounts.exists()

    def test_a_forecast_names_its_own_source_and_who_confirmed_it(self, lead, lead_agile, saving):
        """What was approved keeps the source it was stated in."""
        saving.source_place = "page 12"
        saving.record(by=lead_agile, reason="Looked up")
        send(lead, saving, "forecast", year_2023="5", reason="Quote came")
        source = dict(again(saving).forecast_source_lines)
        assert source["Source"] == "Quote of the supplier"
        assert (str(source["As at"]), source["Basis"]) == ("2022-11-28", "Quote")
        assert source["Confirmed by"] == lead_agile
        assert "Place" not in source
        assert dict(again(saving).source_lines)["Place"] == "page 12"
        page = words(lead.get(saving.get_absolute_url()))
        assert "Quote of the supplier" in page
        assert "28 November 2022" in page

    def test_the_source_of_before_is_shown_but_its_day_is_asked_anew(self, lead, saving):
        form = lead.get(f"{saving.get_absolute_url()}forecast/").context["form"]
        assert form.initial["source_as_at"] == saving.source_as_at, "the first forecast is the line's own"
        send(lead, saving, "forecast", year_2023="5", reason="Quote came")
        page = lead.get(f"{saving.get_absolute_url()}forecast/")
        form = page.context["form"]
        assert form.initial["source_document"] == "Quote of the supplier"
        assert form.initial["basis"] == "quote"
        assert "source_as_at" not in form.initial
        assert "The forecast until now was as at 28 November 2022." in words(page)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"source_as_at_day": ""}, "As at must be filled in"),
            ({"source_as_at_day": "1/12/2022"}, "As at cannot be in the future"),
            ({"source_document": " "}, "Source must be filled in"),
            ({"basis": "hunch"}, "Select a valid choice"),
        ],
    )
    def test_a_forecast_without_its_source_or_day_is_refused(self, lead, saving, typed, said):
        answer = send(lead, saving, "forecast", **{"year_2023": "5", "reason": "Quote came"} | typed)
        assert answer.status_code == 422
        assert said in words(answer)
        assert not saving.amounts.exists()

    def test_a_year_outside_the_benefit_is_refused_by_name(self, lead, reception, saving):
        reception.starts, reception.ends = datetime.date(2022, 4, 1), datetime.date(2024, 3, 31)
        reception.record(by=reception.owner, reason="Dates settled")
        answer = send(lead, saving, "forecast", other_year="2025/26", other_amount="5", reason="Later")
        assert "2025/26 begins after the benefit ends on 31 March 2024." in words(answer)
        assert not saving.amounts.exists()

    def test_dates_that_would_leave_amounts_outside_are_refused(self, lead, reception, saving):
        send(lead, saving, "forecast", year_2023="5", reason="Quote came")
        typed = {"name": "X", "place": "as-now", "classification": "internal", "reason": "Shorter"}
        answer = send(lead, reception, "change", **typed, ends_day="31/3/2023")
        assert "2023/24 begins after the benefit ends on 31 March 2023." in words(answer)

    def test_a_forecast_gives_a_figure_to_what_had_none(self, lead, saving):
        saving.not_quantified_because = "No quote yet."
        saving.record(by=saving.benefit.owner, reason="No quote")
        send(lead, saving, "forecast", year_2023="5", reason="Quote came")
        assert again(saving).is_quantified

    def test_approving_names_a_decision_and_the_first_time_stays_as_the_original(
        self, office, saving, decide
    ):
        first, second = decide("TB-2022-001"), decide("TB-2022-002")
        assert "Decision that approves these amounts must be chosen" in words(
            send(office, saving, "approved", year_2023="100", reason="Board")
        )
        send(office, saving, "approved", year_2023="100", decision=first.pk, reason="Board")
        send(office, again(saving), "approved", year_2023="80", decision=second.pk, reason="Board again")
        amounts = {(one.kind, one.amount, one.decision) for one in saving.amounts.all()}
        assert amounts == {("original", 100, first), ("approved", 80, second)}

    def test_only_the_programme_office_approves_and_only_on_a_decision_that_approves(
        self, lead, office, saving, decide
    ):
        assert lead.get(f"{saving.get_absolute_url()}approved/").status_code == 403
        rejected = decide("TB-2022-003", outcome="rejected")
        answer = send(office, saving, "approved", year_2023="100", decision=rejected.pk, reason="Board")
        assert answer.status_code == 422

    def test_two_who_change_a_forecast_at_once_do_not_overwrite_each_other(self, lead, saving):
        send(lead, saving, "forecast", year_2023="5", reason="First")
        assert send(lead, saving, "forecast", year_2023="7", reason="Second").status_code == 409
        assert saving.amounts.get().amount == 5


class TestGap:
    @pytest.fixture
    def saving(self, benefit, agile, lead_agile) -> BenefitLine:
        one = benefit("B-001", home=agile, owner=lead_agile, lines=[{"approved": {"2022/23": 100}}])
        return one.lines.get()

    def parts(self, line: BenefitLine) -> list[tuple[str, str, Decimal, str]]:
        rows = line.gap_parts.live()
        return [(one.kind, str(one.from_year), one.amount, one.reason) for one in rows]

    def test_a_moved_forecast_is_classified_at_once_and_shown_for_checking(self, lead, saving):
        answer = send(lead, saving, "forecast", year_2022="40", year_2023="60", reason="Late supplier")
        assert answer.headers["Location"].endswith("/gap/")
        assert self.parts(saving) == [("slipped", "2022/23", Decimal(-60), "Late supplier")]
        assert "£60 slipped from 2022/23 to 2023/24" in words(lead.get(saving.get_absolute_url()))

    def test_what_a_second_move_leaves_alone_keeps_its_reason(self, lead, saving):
        send(lead, saving, "forecast", year_2022="40", year_2023="60", reason="Late supplier")
        send(lead, again(saving), "forecast", year_2022="40", year_2023="70", reason="A better price")
        assert self.parts(saving) == [
            ("slipped", "2022/23", Decimal(-60), "Late supplier"),
            ("exceeded", "2023/24", Decimal(10), "A better price"),
        ]

    def test_whoever_knows_better_says_what_became_of_it(self, lead, saving):
        send(lead, saving, "forecast", year_2022="40", year_2023="60", reason="Late supplier")
        lost = {
            "part_0_kind": "lost",
            "part_0_amount": "60",
            "part_0_from": "2022",
            "part_0_why": "Contract ended",
        }
        more = {"part_1_kind": "exceeded", "part_1_amount": "60", "part_1_from": "2023"}
        answer = send(lead, again(saving), "gap", **lost, **more, reason="Two things")
        assert answer.status_code == 302
        assert self.parts(saving) == [
            ("lost", "2022/23", Decimal(-60), "Contract ended"),
            ("exceeded", "2023/24", Decimal(60), ""),
        ]

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"part_0_amount": "60"}, "Say what happened to this amount"),
            ({"part_0_amount": "60", "part_0_kind": "lost"}, "Say in which year"),
            (
                {"part_0_amount": "60", "part_0_kind": "slipped", "part_0_from": "2022"},
                "Say to which other year it moved",
            ),
            (
                {"part_0_amount": "50", "part_0_kind": "lost", "part_0_from": "2022"},
                together(
                    "the forecast differs from what was first approved by −£60; these parts come to −£50."
                ),
            ),
        ],
    )
    def test_parts_that_do_not_sum_to_the_gap_are_refused(self, lead, saving, typed, said):
        send(lead, saving, "forecast", year_2022="40", reason="Late supplier")
        answer = send(lead, again(saving), "gap", **typed, reason="Two things")
        assert answer.status_code == 422
        assert said in words(answer)
        assert self.parts(saving) == [("lost", "2022/23", Decimal(-60), "Late supplier")]
