"""`meeting`: a future entry of the log (RULES.md, what the agenda lists)."""

import pytest

from domain.make import agenda, ago, ahead, names, summary, touch
from vaultkeeper.domain.summary import Summary


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        pytest.param(summary(touch(ahead(1), "lunch")), True, id="tomorrow"),
        pytest.param(summary(touch(ahead(7), "call")), True, id="at the window's end"),
        pytest.param(summary(touch(ahead(8), "call")), False, id="a day beyond"),
        pytest.param(summary(touch(ahead(0), "lunch")), False, id="today: it is in the log"),
        pytest.param(summary(touch(ago(1), "lunch")), False, id="yesterday"),
        pytest.param(summary(touch(ahead(2), "")), True, id="without a channel"),
    ],
)
def test_which_meetings_are_listed(known: Summary, listed: bool) -> None:
    assert (names(agenda([known]), "meeting") == ["Jane Doe"]) == listed


def test_two_are_one_item_with_the_first_ones_day() -> None:
    made = agenda([summary(touch(ahead(5), "call"), touch(ahead(2), "lunch"), touch(ahead(20), "coffee"))])
    (item,) = made.items
    assert item.due == ahead(2)
    assert item.detail == "lunch Friday 27 November; call Monday 30 November"
