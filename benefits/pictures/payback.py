"""The pictures of payback: running totals with the year they come to stay above nought, and the tornado."""

from __future__ import annotations

from programme.foundation.charts import Course, SwingBar, cumulative_lines, tornado_bars
from programme.foundation.figures import Figure

from ..reading.payback_answer import SHORT, Answer, Result
from ..rules.tornado import SWING
from ..words.payback import whole_pounds


def running_totals(one: Answer) -> Figure | None:
    """Both results' running totals, the lines' first; None where there is neither."""
    results = [result for result in (one.lines, one.stated) if result and not result.lacks_costs]
    if not results:
        return None
    return cumulative_lines(
        title="Running total of savings less costs",
        summary=" ".join(_course_in_words(result) for result in results),
        courses=[_course(result) for result in results],
    )


def leanings(result: Result) -> Figure | None:
    """Which lines the net gain leans on most; None where nothing adds to it, or no cost is known."""
    if not result.tornado or result.lacks_costs:
        return None
    gain = result.appraisal.net_gain
    first = result.tornado[0]
    percent = f"{SWING:f}\N{NO-BREAK SPACE}%"
    return tornado_bars(
        title=f"What the net gain leans on most: {SHORT[result.name].lower()}",
        summary=f"{_named(first.line.ref, first.line.name)} moves it the most: from {whole_pounds(gain)} to "
        f"{whole_pounds(first.lower)} with it {percent} lower, and to {whole_pounds(first.higher)} with it "
        f"{percent} higher, all else as it is.",
        swings=[
            SwingBar(_named(one.line.ref, one.line.name), one.lower, one.higher) for one in result.tornado
        ],
        middle=gain,
        lower=f"{percent} lower",
        higher=f"{percent} higher",
        axis_title="£000, net gain",
    )


def _named(ref: str, name: str) -> str:
    return f"{ref} {name}" if "-" in ref else name


def _course(result: Result) -> Course:
    found = result.appraisal
    amounts = {str(year): sum_ for year, sum_ in zip(found.years, found.cumulative, strict=True)}
    return Course(result.name, amounts, str(found.payback or ""))


def _course_in_words(result: Result) -> str:
    found = result.appraisal
    lowest = min(found.cumulative)
    deepest = f" after its lowest, {whole_pounds(lowest)}," if lowest < 0 else ""
    last = f"{whole_pounds(found.net_gain)} at the end of {found.years[-1]}"
    if found.payback:
        return f"{result.name}:{deepest} above nought for good from {found.payback}; {last}."
    return f"{result.name}:{deepest} not above nought for good within these years; {last}."
