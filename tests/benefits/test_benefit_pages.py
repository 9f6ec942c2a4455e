"""The registers and the pages of benefits and lines: who sees what, then and now, in how many queries."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from benefits.actions import lines, profiles
from benefits.models import LineReference
from programme.foundation.calendar import LONDON
from programme.foundation.money import FinancialYear
from programme.people.readable_history import readable_at
from tests.cast import written
from tests.savings import EXEMPT
from tests.words import together

pytestmark = pytest.mark.django_db
NOW = datetime.date(2022, 11, 30)
SAID: dict[str, Any] = {"source_document": "Savings plan", "source_as_at": NOW}


@pytest.fixture(autouse=True)
def end_of_november(db: None) -> None:
    """The clock stands on 30 November 2022."""
    from programme.foundation.models import Clock

    Clock(pk=1, fixed_on=NOW).save()


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def postage(benefit, digital, lead_digital):
    line = {"name": "Less postage", "approved": {"2022/23": 30_000}, "forecast": {"2023/24": 30_000}}
    return benefit("B-001", "Digital letters", home=digital, owner=lead_digital, lines=[line])


@pytest.fixture
def posts(benefit, agile):
    line = {"name": "Seven posts in planning", "category": "staffing_redesign", "approved": {"2022/23": 1}}
    return benefit("B-002", "Fewer managers", home=agile, lines=[line | EXEMPT], **EXEMPT)


class TestRegister:
    def test_every_line_stands_with_its_money_and_its_benefits_owner(self, finance, sign_in, postage, posts):
        page = words(sign_in(finance).get("/benefits/list/"))
        assert "2 benefit lines" in page
        assert all(word in page for word in ("Less postage", "Seven posts", "£30,000", "Lead for Be Digital"))

    def test_what_is_exempt_is_not_there_nor_counted_for_others(self, lead_digital, sign_in, postage, posts):
        client = sign_in(lead_digital)
        for address in ("/benefits/list/", "/benefits/list/benefits/", "/benefits/list/?q=planning"):
            page = words(client.get(address))
            assert "Seven posts" not in page
            assert "Fewer managers" not in page
        assert "1 benefit line<" in words(client.get("/benefits/list/"))
        for form in ("csv", "xlsx"):
            answer = client.get(f"/benefits/list/?format={form}&columns=all")
            assert b"Seven posts" not in b"".join(answer.streaming_content)

    @pytest.mark.parametrize("address", ["", "lines/B-002-L1/", "change/", "lines/B-002-L1/forecast/"])
    def test_the_pages_of_what_is_exempt_are_not_found(self, lead_digital, sign_in, posts, address):
        assert sign_in(lead_digital).get(f"/benefits/B-002/{address}").status_code == 404

    def test_staff_see_no_register(self, staff, sign_in, postage):
        client = sign_in(staff)
        assert client.get("/benefits/list/").status_code == 403
        assert client.get("/benefits/B-001/").status_code in {403, 404}

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("workstream=digital", 1),
            ("workstream=commercial", 0),
            ("category=staffing_redesign", 1),
            ("kind=income", 0),
            ("deliverability=deliverable", 3),
            ("status=identified", 3),
            ("unquantified=true", 1),
            ("unquantified=false", 2),
            ("project=DIG-01", 0),
            ("q=postage", 1),
        ],
    )
    def test_filters_narrow_the_lines(
        self, finance, sign_in, commercial, postage, posts, benefit, query, number
    ):
        benefit("B-003", lines=[{"not_quantified_because": "No quote yet."}])
        found = sign_in(finance).get(f"/benefits/list/?{query}")
        assert found.context["count"] == number

    def test_a_workstream_that_has_a_share_finds_the_benefit(self, finance, sign_in, commercial, postage):
        from benefits.models import BenefitShare

        written(BenefitShare(benefit=postage, workstream=commercial, percent=100))
        client = sign_in(finance)
        for part in ("", "benefits/"):
            assert client.get(f"/benefits/list/{part}?workstream=commercial").context["count"] == 1

    def test_a_benefit_without_lines_stands_in_the_register_of_benefits(self, finance, sign_in, benefit):
        benefit("B-004", "Happier visitors")
        client = sign_in(finance)
        assert "Happier visitors" in words(client.get("/benefits/list/benefits/"))
        assert client.get("/benefits/list/").context["count"] == 0

    def test_what_cannot_be_quantified_says_so_instead_of_a_figure(self, finance, sign_in, benefit):
        benefit("B-003", lines=[{"not_quantified_because": "No quote yet."}])
        client = sign_in(finance)
        assert "Not quantified" in words(client.get("/benefits/list/"))
        rows = b"".join(client.get("/benefits/list/?columns=all&format=csv").streaming_content).decode()
        assert "No quote yet." in rows

    def test_the_number_of_queries_does_not_depend_on_the_rows(
        self, finance, sign_in, benefit, django_assert_max_num_queries
    ):
        for number in range(1, 12):
            benefit(f"B-{number:03}", lines=[{"approved": {"2022/23": 1}}, {}])
        client = sign_in(finance)
        for address in ("/benefits/list/", "/benefits/list/benefits/"):
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200


class TestPages:
    @pytest.mark.parametrize(
        "tab",
        [
            "",
            "?tab=lines",
            "?tab=claims",
            "?tab=history",
            "?as_at=2022-11-30",
            "?tab=lines&as_at=2022-11-30",
            "lines/B-001-L1/",
            "lines/B-001-L1/?tab=history",
        ],
    )
    def test_a_benefit_with_many_lines_asks_no_more(
        self, finance, sign_in, benefit, line, measure, django_assert_max_num_queries, tab
    ):
        many = benefit("B-001", measure=measure(baseline=1), lines=[{"approved": {"2022/23": 1}}] * 15)
        written(LineReference(line=many.lines.first(), kind="contract", reference="C-17"))
        client = sign_in(finance)
        with django_assert_max_num_queries(25):
            assert client.get(f"/benefits/B-001/{tab}").status_code == 200

    def test_the_summary_says_what_is_missing(self, finance, sign_in, benefit):
        benefit("B-001", lines=[{}])
        page = words(sign_in(finance).get("/benefits/B-001/"))
        for title in ("No owner.", "No measure.", "No method.", "No figures.", "No enabling milestone."):
            assert title in page
        assert "B-001-L1 neither brings an amount nor says why there is none." in page

    def test_a_benefit_that_nobody_shared_out_counts_for_its_home(
        self, finance, sign_in, benefit, digital, crm, programme_scope
    ):
        """Only the programme's own counts for no workstream, and only that is warned of."""
        said = {
            "B-001": (digital, "All of it counts for Be Digital, its home.", False),
            "B-002": (crm, "All of it counts for Be Digital, the workstream of its home.", False),
            "B-003": (programme_scope, "Nobody has said which workstreams it counts for.", True),
        }
        client = sign_in(finance)
        for ref, (home, sentence, warned) in said.items():
            benefit(ref, home=home, lines=[{}])
            page = words(client.get(f"/benefits/{ref}/"))
            assert sentence in page
            assert ("Not shared out." in page) is warned

    def test_a_project_that_is_kept_back_does_not_say_where_it_lies(
        self, lead_agile, sign_in, benefit, make_project, commercial
    ):
        benefit("B-001", home=make_project(commercial, "COM-05", **EXEMPT))
        page = words(sign_in(lead_agile).get("/benefits/B-001/"))
        assert "All of it counts for the workstream of its home." in page

    def test_a_line_shows_its_years_their_source_and_what_became_of_the_gap(
        self, lead_digital, sign_in, postage
    ):
        line = postage.lines.get()
        profiles.forecast(
            line, amounts={FinancialYear(2023): 30_000}, **SAID, by=lead_digital, reason="Supplier late"
        )
        for address in ("/benefits/B-001/?tab=lines", "/benefits/B-001/lines/B-001-L1/"):
            page = words(sign_in(lead_digital).get(address))
            assert "£30,000 slipped from 2022/23 to 2023/24" in page
            assert together("−£30,000") in page
            assert "Savings plan" in page

    def test_a_past_day_shows_the_line_as_it_stood(self, lead_digital, sign_in, postage):
        line = postage.lines.get()
        profiles.forecast(line, amounts={FinancialYear(2024): 5}, **SAID, by=lead_digital, reason="Later")
        lines.change(line, name="Hardly any postage", by=lead_digital, reason="Renamed")
        client = sign_in(lead_digital)
        for address in ("/benefits/B-001/lines/B-001-L1/?", "/benefits/B-001/?tab=lines&"):
            then = words(client.get(f"{address}as_at=2022-07-31"))
            assert "Less postage" in then
            assert "2024/25" not in then
            assert "2024/25" in words(client.get(address))

    def test_a_past_day_keeps_back_what_was_exempt_then(
        self, group_member, programme_manager, sign_in, posts
    ):
        line = posts.lines.get()
        for one in (posts, line):
            one.classification = "internal"
            one.exempt_paragraphs, one.exempt_reason, one.exempt_review = [], "", None
            one.record(by=programme_manager, reason="Staff have been told")
        client = sign_in(group_member)
        assert client.get("/benefits/B-002/").status_code == 200
        assert client.get("/benefits/B-002/?as_at=2022-07-31").status_code == 404
        assert client.get("/benefits/B-002/lines/B-002-L1/?as_at=2022-07-31").status_code == 404

    def test_a_line_that_was_exempt_then_is_kept_back_of_a_benefit_that_was_not(
        self, group_member, programme_manager, sign_in, benefit, agile
    ):
        told = benefit("B-003", home=agile, lines=[{"name": "Seven posts", **EXEMPT}]).lines.get()
        opened = {"classification": "internal", "exempt_paragraphs": []}
        lines.change(told, **opened, by=programme_manager, reason="Staff have been told")
        client = sign_in(group_member)
        assert "Seven posts" in words(client.get("/benefits/B-003/?tab=lines"))
        assert "Seven posts" not in words(client.get("/benefits/B-003/?tab=lines&as_at=2022-07-31"))

        was_readable = readable_at(told, group_member)
        assert was_readable(datetime.datetime(2022, 7, 31, 12, tzinfo=LONDON)) is False
        assert was_readable(datetime.datetime(2022, 11, 30, 13, tzinfo=LONDON)) is True
        assert readable_at(told, programme_manager)(datetime.datetime(2022, 7, 31, 12, tzinfo=LONDON))

    def test_posts_are_seen_only_by_those_who_read_exempt_material_there(
        self, finance, lead_agile, lead_digital, sign_in, postage
    ):
        line = postage.lines.get()
        for kind, reference in (("post", "PL-0042"), ("contract", "C-0017")):
            lines.refer(line, kind=kind, reference=reference, by=lead_digital, reason="From the ledger")
        for viewer, sees in ((finance, True), (lead_digital, True), (lead_agile, False)):
            for address in ("lines/B-001-L1/", "?tab=lines", "lines/B-001-L1/?tab=history"):
                page = words(sign_in(viewer).get(f"/benefits/B-001/{address}"))
                assert ("PL-0042" in page) == sees
        assert "C-0017" in words(sign_in(lead_agile).get("/benefits/B-001/lines/B-001-L1/"))

    def test_a_benefit_owner_keeps_their_own_and_no_other(self, person, digital, sign_in, postage, posts):
        owner = person("owner", "Head of Post", ("benefit_owner", digital.scope))
        posts.owner = owner
        posts.record(by=owner, reason="Given to the post")
        client = sign_in(owner)
        assert client.get("/benefits/B-002/lines/B-002-L1/forecast/").status_code == 200
        assert client.get("/benefits/B-002/lines/B-002-L1/approved/").status_code == 403
        assert client.get("/benefits/B-001/lines/B-001-L1/forecast/").status_code == 403

    def test_a_home_that_may_not_be_known_of_is_not_named(
        self, lead_digital, sign_in, benefit, make_project, agile
    ):
        benefit("B-001", home=make_project(agile, "AGS-05", "Secret transition", **EXEMPT))
        client = sign_in(lead_digital)
        for address in ("/benefits/B-001/", "/benefits/list/benefits/"):
            page = words(client.get(address))
            assert "Secret transition" not in page
            assert "AGS-05" not in page.replace('value="AGS-05"', "")
        assert client.get("/benefits/list/benefits/?project=AGS-05").context["count"] == 0

    @pytest.mark.parametrize(
        "address",
        [
            "change/",
            "shares/",
            "milestones/add/",
            "withdraw/",
            "status/",
            "lines/add/",
            "lines/B-001-L1/change/",
            "lines/B-001-L1/forecast/",
            "lines/B-001-L1/references/add/",
            "lines/B-001-L1/withdraw/",
        ],
    )
    def test_the_auditor_reads_all_and_changes_nothing(
        self, auditor, lead_digital, sign_in, postage, address
    ):
        assert sign_in(auditor).get(f"/benefits/B-001/{address}").status_code == 403
        assert sign_in(lead_digital).get(f"/benefits/B-001/{address}").status_code == 200
