"""The rhythm two people fell into, and drifting from it: RULES.md, derived facts, and `drifting`."""

import pytest
from hypothesis import given

from domain.make import MONDAY, POLICY, TODAY, agenda, ago, ahead, histories, names, policy, summary, touch
from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.reason.drifting import say_gap
from vaultkeeper.domain.rhythm import is_drifting, rhythm
from vaultkeeper.domain.summary import Summary


def every(gap: int, times: int, silent: int = 0, head: str = "call") -> list[Touch]:
    """Contact on `times` days, each `gap` days after the one before; the last `silent` days ago."""
    return [touch(ago(silent + gap * n), head) for n in range(times)]


@pytest.mark.parametrize(
    ("known", "gap"),
    [
        pytest.param(summary(), None, id="nothing"),
        pytest.param(summary(*every(10, 4)), None, id="three gaps"),
        pytest.param(summary(*every(10, 5)), 10, id="four gaps"),
        pytest.param(summary(*every(5, 5)), None, id="four gaps in 20 days"),
        pytest.param(summary(*every(5, 5), touch(ago(21))), 5, id="in 21 days"),
        pytest.param(summary(*every(10, 5), *every(10, 5)), 10, id="twice on a day is one day"),
        pytest.param(summary(*every(10, 4), *every(10, 4, head="email in")), None, id="however many a day"),
        pytest.param(summary(*every(10, 5), touch(ahead(30), "lunch")), 10, id="planned ones don't count"),
        pytest.param(
            summary(*every(10, 12), *every(1, 20, silent=200)), 10, id="the last 12 days of contact"
        ),
        pytest.param(summary(*(touch(ago(d)) for d in (0, 1, 8, 38, 58))), 13.5, id="between the middle two"),
        pytest.param(summary(*(touch(ago(d)) for d in (0, 1, 8, 38, 58, 158))), 20, id="the middle one"),
        pytest.param(summary(*every(10, 5, head="in")), 10, id="in any direction"),
    ],
)
def test_rhythm(known: Summary, gap: float | None) -> None:
    assert rhythm(known, POLICY, TODAY) == gap


@pytest.mark.parametrize(
    ("gap", "first", "last"),
    [
        pytest.param(6, 15, 90, id="every 6 days: 14 days at least, 90 at least"),
        pytest.param(7, 15, 90, id="weekly: 14 days either way"),
        pytest.param(8, 17, 96, id="every 8 days: two gaps, twelve gaps"),
        pytest.param(30, 61, 360, id="monthly"),
    ],
)
def test_drifting_begins_and_ends(gap: int, first: int, last: int) -> None:
    days = [n for n in range(400) if is_drifting(summary(*every(gap, 6, silent=n)), POLICY, TODAY)]
    assert days == list(range(first, last + 1))


def test_nobody_drifts_without_a_rhythm() -> None:
    assert not is_drifting(summary(*every(10, 4, silent=50)), POLICY, TODAY)


def test_drifting_goes_by_the_configs_numbers() -> None:
    known = summary(*every(10, 6, silent=25))
    assert is_drifting(known, POLICY, TODAY)
    assert not is_drifting(known, policy(drifting_gaps=3), TODAY)
    assert not is_drifting(known, policy(drifting_last_gaps=2, drifting_last_days=20), TODAY)


@given(histories(back=120))
def test_said_another_way(touches: list[Touch]) -> None:
    known = summary(*touches)
    days: list[int] = []
    for day in range(121):  # from today back
        if len(days) < 12 and any((TODAY - t.date).days == day for t in touches):
            days.append(day)
    gaps = sorted(days[n + 1] - days[n] for n in range(len(days) - 1))
    expected = None
    if len(gaps) >= 4 and sum(gaps) >= 21:
        half = len(gaps) // 2
        expected = gaps[half] if len(gaps) % 2 else (gaps[half - 1] + gaps[half]) / 2
    assert rhythm(known, POLICY, TODAY) == expected
    silent = days[0] if days else 0
    long = expected is not None and silent > 14 and silent > 2 * expected
    over = expected is not None and silent > 90 and silent > 12 * expected
    assert is_drifting(known, POLICY, TODAY) == (long and not over)


WEEKLY_UNTIL_LATELY = every(7, 8, silent=30)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        pytest.param(summary(*WEEKLY_UNTIL_LATELY), "drifting", id="without a cadence"),
        pytest.param(summary(*WEEKLY_UNTIL_LATELY, tier="C"), "drifting", id="where the cadence is far off"),
        pytest.param(summary(*WEEKLY_UNTIL_LATELY, no_cadence=True), "drifting", id="where none is wanted"),
        pytest.param(summary(*WEEKLY_UNTIL_LATELY, tier="A"), "cadence", id="the cadence says it already"),
    ],
)
def test_drifting_speaks_where_the_cadence_says_nothing_yet(known: Summary, reason: str) -> None:
    assert [item.reason for item in agenda([known]).items] == [reason]


def test_the_reason_says_how_it_used_to_be() -> None:
    item = agenda([summary(*every(7, 8, silent=30))]).items[0]
    assert item.detail == "quiet since 26 October; you used to be in touch about every week"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "about every day"),
        (2, "about every 2 days"),
        (7, "about every week"),
        (10, "about every 10 days"),
        (14, "about every 2 weeks"),
        (30, "about every month"),
        (42, "about every 6 weeks"),
        (61, "about every 2 months"),
        (365, "about every 12 months"),
    ],
)
def test_gaps_in_words(days: int, words: str) -> None:
    assert say_gap(days) == words


def test_drifting_is_as_of_the_weeks_first_day() -> None:
    """Silent for 14 days on the Monday, for more on the days after: not in this week, in the next."""
    for silent, first in ((14, 7), (15, 0)):
        known = summary(*(touch(ago(silent + 7 * n, MONDAY), "call") for n in range(6)))
        listed = [n for n in range(14) if names(agenda([known], ahead(n, MONDAY)), "drifting")]
        assert listed == list(range(first, 14))
