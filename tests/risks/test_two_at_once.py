"""Two people review one risk at the same moment: one review is taken, the other is told and loses nothing."""

from __future__ import annotations

from functools import partial

from risks.models import Review, Risk
from risks.rules.scoring import Score
from tests.threads import at_once, one_database
from tests.words import words_of

PAGE = "/risks/R-001/review/"


def test_of_two_who_review_at_once_one_wins_and_the_other_is_told(
    real_transactions, make_risk, category, sign_in, lead_digital, programme_manager, tmp_path
):
    make_risk("R-001", (3, 4), category=category("Finance", 25), owner=lead_digital)
    reviews = {"lead": (sign_in(lead_digital), 2), "office": (sign_in(programme_manager), 5)}
    shown = {who: client.get(PAGE).context["version"] for who, (client, _) in reviews.items()}

    def review(who):
        client, likelihood = reviews[who]
        typed = {"current_likelihood": likelihood, "current_impact": 4, "reason": f"Seen by the {who}"}
        answer = client.post(PAGE, typed | {"version": shown[who]})
        return [(who, answer.status_code, words_of(answer.content.decode()))]

    with one_database(tmp_path):
        done = at_once(*(partial(review, who) for who in reviews))
        ((risk, written),) = at_once(lambda: [(Risk.objects.get(), list(Review.objects.all()))])
    (winner, taken, _), (loser, refused, page) = sorted(done, key=lambda one: one[1])
    assert (taken, refused) == (302, 409)
    assert risk.current == Score(reviews[winner][1], 4)
    assert risk.version == shown[winner] + 1
    assert [one.words for one in written] == [f"Seen by the {winner}"]
    assert "Somebody else changed this while you had it open" in page
    assert f"Seen by the {winner}" in page
    assert f"Seen by the {loser}" in page
