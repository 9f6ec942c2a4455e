"""What tests about benefits share."""

import datetime

import pytest


@pytest.fixture
def on_30_november(db: None) -> None:
    """2022/23 has begun, and no later year."""
    from programme.foundation.models import Clock

    Clock(pk=1, fixed_on=datetime.date(2022, 11, 30)).save()
