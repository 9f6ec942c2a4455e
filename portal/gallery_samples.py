"""What the gallery shows: made up, but of the length, the tone and the awkwardness of the real thing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message

from programme.foundation import charts as drawn
from programme.foundation.figures import Figure

TODAY = date(2022, 11, 30)
LONG = (
    "Review of every council process that a resident, a business or a partner starts, beginning with those "
    "that cost the most to answer by telephone and ending with those that nobody has counted yet"
)
SOURCE = {
    "document": "Transforming East Herts business case",
    "place": "section 1, table 2",
    "as_at": date(2022, 7, 6),
    "basis": "Estimate",
    "price_base": "Nominal",
    "confirmed": "Head of Strategic Finance and Property",
}

SAMPLES: dict[str, Any] = {
    "long": LONG,
    "today": TODAY,
    "source": SOURCE,
    "trail": [{"label": "Programme", "url": "#"}, {"label": "Digital", "url": "#"}],
    "waiting": [
        {
            "label": "Vote: re-baseline the CRM’s first service",
            "url": "#",
            "meta": "Item 5 · paper of 12 pages",
        },
        {
            "label": "Vote: approve the Support hub outline case",
            "url": "#",
            "meta": "Item 6 · exempt, paragraph 3",
        },
        {"label": "Read the pack for 20 December", "url": "#", "meta": "version 2 · 14 things changed"},
    ],
    "waiting_long": [{"label": LONG, "url": "#", "meta": "Draft saved on 29 November 2022 at 16:40"}],
    "figures": [
        {"label": "Approved, deliverable", "value": "£1.404m", "source": SOURCE},
        {"label": "Forecast, deliverable", "value": "£1.358m", "meaning": "£46,000 slipped to 2025/26"},
        {"label": "Claimed so far", "value": "£0.135m", "meaning": "2 claims wait for finance"},
        {"label": "Verified by finance", "value": "£0.110m", "meaning": "at 30 November 2022"},
    ],
    "figures_unknown": [
        {"label": "Stated in section 1", "value": "£1,240,000", "source": SOURCE},
        {"label": "Difference, not explained", "value": "−£36,000", "meaning": "open since 6 July 2022"},
        {"label": "Cost of the new system", "value": "", "meaning": "no quote yet"},
    ],
    "cards": [
        {
            "title": "Agile & Sustainable",
            "rating": "green",
            "change": "same",
            "facts": [("Projects", "6"), ("Milestones due in 30 days", "3"), ("Savings forecast", "£1.054m")],
        },
        {
            "title": "Commercial",
            "rating": "amber",
            "change": "improved from Red",
            "facts": [("Projects", "3"), ("Milestones due in 30 days", "1"), ("Savings forecast", "£0.250m")],
        },
        {
            "title": "Digital",
            "rating": "red",
            "change": "worsened from Amber",
            "facts": [("Projects", "5"), ("Milestones due in 30 days", "2"), ("Savings forecast", "")],
        },
    ],
    "columns": ["Category", "Approved", "Forecast", "Verified"],
    "rows": [
        ["Shared services", "900", "860", "80"],
        ["Simpler processes", "480", "440", "30"],
        ["New income", "210", "210", "0"],
        {"cells": ["Total", "1,590", "1,510", "110"], "total": True},
    ],
    "milestone_columns": ["Milestone", "Owner", "Approved", "Forecast", "Confidence", "Highest risk"],
    "milestone_rows": [
        [
            {"text": "CRM live for bulky waste", "url": "#"},
            "Head of Customer Services",
            {"text": "1 December 2022", "date": True},
            {"text": "16 January 2023", "date": True, "late": True},
            {"text": "Amber", "rating": "amber"},
            {"text": "Possible × Major, 12", "band": "high"},
        ],
        [
            {"text": LONG, "url": "#"},
            "Not named",
            "Not known",
            "Not known",
            {"text": "Not rated", "rating": "none"},
            {"text": "", "band": ""},
        ],
    ],
    "facts": [
        {"key": "Owner", "value": "Head of Customer Services", "action": {"label": "Change", "url": "#"}},
        {"key": "Stage", "value": "Discovery", "action": {"label": "Move", "url": "#"}},
        {"key": "Cost, one-off", "value": "£96,000", "source": SOURCE},
        {"key": "Savings a year", "value": ""},
        {"key": "Purpose", "value": LONG},
    ],
    "tabs": [
        {"label": "Summary", "url": "#", "current": True},
        {"label": "Plan", "url": "#"},
        {"label": "Benefits", "url": "#"},
        {"label": "Decisions", "url": "#"},
        {"label": "History", "url": "#"},
    ],
    "sight": [
        {"level": "Corporate priority", "label": "Enabling our communities", "url": "#"},
        {"level": "Workstream", "label": "Digital", "url": "#"},
        {"level": "Project", "label": "DIG-01 Customer contact", "url": "#", "detail": "in discovery"},
        {"level": "Milestone", "label": "CRM live for bulky waste", "detail": "16 January 2023"},
    ],
    "changes": [
        SimpleNamespace(
            kind="changed",
            who="Workstream lead, Digital",
            when=datetime(2022, 11, 14, 9, 30, tzinfo=UTC),
            recorded=datetime(2022, 11, 14, 9, 30, tzinfo=UTC),
            reason="The supplier has moved its start by six weeks.",
            fields=[
                {"label": "Forecast", "old": "1 December 2022", "new": "16 January 2023"},
                {"label": "Confidence", "old": "Green", "new": "Amber"},
                {"label": "Note", "old": "", "new": LONG},
            ],
        ),
        SimpleNamespace(
            kind="created",
            who="Programme manager",
            when=datetime(2022, 7, 6, 12, 0, tzinfo=UTC),
            recorded=datetime(2022, 7, 8, 8, 15, tzinfo=UTC),
            reason="From the business case.",
            fields=[],
        ),
    ],
    "events": [
        {"title": "Report to the Executive", "url": "#", "date": date(2022, 7, 12), "who": "Chief Executive"},
        {"title": "Programme Board", "date": date(2022, 11, 15), "words": "Three decisions, one deferred."},
        {"title": "Support hub opens", "date": ""},
    ],
    "warnings": [
        {
            "title": "DIG-02 is rated Green",
            "words": "with a milestone 19 days overdue.",
            "url": "#",
            "label": "Plan",
        },
        {"title": "R-004 is past its review", "words": "by 12 days."},
    ],
    "paragraphs": [1, 2, 4],
    "messages": [
        Message(messages.SUCCESS, "The forecast is now 16 January 2023. The board sees it in the next pack."),
        Message(
            messages.ERROR, "The pack could not be issued: the disk of the portal is full. Nothing was lost."
        ),
    ],
    "choices": [
        {"label": "Year", "url": "#", "current": True},
        {"label": "Category", "url": "#"},
        {"label": "Workstream", "url": "#"},
    ],
    "chosen": [("Workstream", "Digital"), ("Due before", "31 March 2023")],
}


def charts() -> dict[str, Figure]:
    """The pictures of the gallery; drawn once and then taken from the cache."""
    years = ("2022/23", "2023/24", "2024/25")

    def by_year(*thousands: int) -> dict[str, Decimal | None]:
        return {year: Decimal(amount * 1000) for year, amount in zip(years, thousands, strict=True)}

    savings = drawn.stacked_bars_by_year(
        title="Savings by year",
        summary="£110,000 of £140,000 is verified for 2022/23; later years rest on forecasts.",
        series=[
            drawn.Series("Verified", by_year(110, 0, 0)),
            drawn.Series("Claimed, not verified", by_year(25, 210, 0)),
            drawn.Series("Still forecast", by_year(0, 430, 720)),
        ],
        years=years,
        marks={"2022/23": Decimal(140_000), "2023/24": Decimal(700_000), "2024/25": Decimal(750_000)},
        axis_title="£000, new in year",
    )
    return {
        "savings": savings,
        "milestones": _milestones(),
        "bridge": _bridge(),
        "layers": _layers(),
        "course": _course(),
        "tornado": _tornado(),
    }


def _milestones() -> Figure:
    rows = [
        ("CRM live for bulky waste", date(2022, 12, 1), date(2023, 1, 16), False),
        ("Revised fees in budget", date(2023, 2, 22), date(2023, 2, 22), False),
        ("Support hub business case", date(2023, 3, 31), date(2023, 6, 16), False),
        ("Consultation on staffing", date(2022, 11, 18), date(2022, 11, 18), True),
    ]
    return drawn.gantt(
        title="Next milestones",
        summary="Two of four forecasts are later than approved.",
        rows=[
            drawn.PlanRow(name, kind="milestone", approved_finish=was, finish=is_now, done=done)
            for name, was, is_now, done in rows
        ],
        today=TODAY,
    )


def _course() -> Figure:
    years = [f"20{n}/{n + 1}" for n in range(22, 30)]
    planned = (-240, -610, -420, 60, 540, 1_020, 1_500, 1_980)
    late = (-240, -690, -770, -580, -100, 380, 860, 1_340)

    def course(name: str, thousands: tuple[int, ...], crosses: str) -> drawn.Course:
        amounts = (Decimal(amount * 1000) for amount in thousands)
        return drawn.Course(name, dict(zip(years, amounts, strict=True)), crosses)

    return drawn.cumulative_lines(
        title="Running total of savings less costs",
        summary="As planned it stays above nought from 2025/26; a year late from 2027/28.",
        courses=[course("As planned", planned, "2025/26"), course("A year late", late, "2027/28")],
    )


def _tornado() -> Figure:
    swings = [("Shared services with two neighbours", 1_440, 2_520), ("Redundancy", 2_260, 1_700)]
    swings += [("Simpler processes", 1_790, 2_170), ("New income from letting", 1_900, 2_060)]
    return drawn.tornado_bars(
        title="What the net gain leans on most",
        summary="Shared services move it the most: from £1.980m to £1.440m with 20 % less of them.",
        swings=[drawn.SwingBar(name, Decimal(a * 1000), Decimal(b * 1000)) for name, a, b in swings],
        middle=Decimal(1_980_000),
        lower="20 % lower",
        higher="20 % higher",
    )


def _bridge() -> Figure:
    steps = [
        ("Stated in the plan", 2_480, "figure"),
        ("Scope: parking is counted elsewhere", -240, "step"),
        ("New: a grant nobody knew of", 96, "step"),
        ("Not explained", 72, "rest"),
        ("Sum of the lines", 2_408, "figure"),
    ]
    return drawn.waterfall(
        title="From the headline to the lines",
        summary="£144,000 less is explained; £72,000 more is not.",
        falls=[drawn.Fall(name, Decimal(amount * 1000), kind) for name, amount, kind in steps],
    )


def _layers() -> Figure:
    rows = [
        ("2022/23", (90, 120, 115), 130, "Deliverable"),
        ("2023/24", (None, None, 560), 610, "Deliverable"),
        ("2022/23", (0, 15, 40), 40, "Aspirational"),
        ("2023/24", (None, None, -20), None, "Aspirational"),
    ]
    return drawn.layered_bars(
        title="Verified, claimed and forecast",
        summary="£90,000 of £120,000 claimed is verified; more is claimed than was forecast.",
        layers=["Verified", "Claimed", "Forecast"],
        rows=[
            drawn.LayeredRow(name, tuple(_thousand(one) for one in amounts), _thousand(mark), group)
            for name, amounts, mark, group in rows
        ],
        axis_title="£000, new in year",
    )


def _thousand(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount * 1000)
