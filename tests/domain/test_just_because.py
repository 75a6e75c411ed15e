"""`just-because`: fills the week's quota when little is due (RULES.md, what the agenda lists)."""

from collections import Counter
from datetime import date, timedelta

import pytest

from domain.make import MONDAY, agenda, ago, ahead, names, promise, summary, touch
from domain.vaults import first_day
from vaultkeeper.domain.summary import Summary

FIRST_MONDAY = date(1970, 1, 5)


def silent(count: int, today: date = MONDAY) -> list[Summary]:
    """The first one longest; none of them due."""
    return [
        summary(touch(ago(100 + count - n, today), "call"), name=f"{n:02}", tier="D") for n in range(count)
    ]


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        pytest.param(summary(touch(ago(100, MONDAY), "call"), tier="D"), True, id="a tier"),
        pytest.param(
            summary(touch(ago(100, MONDAY), "call"), relationship=("mentor",)), True, id="a relationship"
        ),
        pytest.param(summary(touch(ago(100, MONDAY), "call")), False, id="neither"),
        pytest.param(summary(touch(ago(100, MONDAY), "call"), tier="Q"), False, id="an unknown tier"),
        pytest.param(summary(relationship=("mentor",)), True, id="never in touch"),
        pytest.param(summary(relationship=("mentor",), met=ago(100, MONDAY)), True, id="met long ago"),
        pytest.param(
            summary(relationship=("mentor",), met=ago(15, MONDAY)), True, id="met 14 days before the week"
        ),
        pytest.param(summary(relationship=("mentor",), met=ahead(9, MONDAY)), False, id="not met yet"),
        pytest.param(
            summary(touch(ago(15, MONDAY), "call"), tier="D"), True, id="silent 14 days on the Sunday"
        ),
        pytest.param(
            summary(touch(ago(14, MONDAY), "call"), tier="D"), False, id="silent 13 days on the Sunday"
        ),
        pytest.param(
            summary(touch(ago(100, MONDAY), "call"), tier="D", no_cadence=True),
            False,
            id="who wants no cadence",
        ),
        pytest.param(summary(touch(ago(100, MONDAY), "call"), tier="A"), False, id="who is due anyway"),
        pytest.param(
            summary(touch(ago(100, MONDAY), "call"), tier="D", follow_ups=[promise(due=MONDAY)]),
            False,
            id="who is listed anyway",
        ),
    ],
)
def test_who_may_be_thought_of(known: Summary, listed: bool) -> None:
    """With so many before them that the week's turn is theirs."""
    before = [
        summary(touch(date(2000, 1, n + 1), "call"), name=str(n), tier="D", cadence="99y") for n in range(4)
    ]
    found = [names(agenda([*before[:n], known], MONDAY), "just-because") for n in range(4)]
    assert ("Jane Doe" in {who for week in found for who in week}) == listed


@pytest.mark.parametrize("week_day", range(7))
@pytest.mark.parametrize("quota", [1, 5, 8])
def test_four_weeks_see_all_of_the_first_four_quotas_once_each(week_day: int, quota: int) -> None:
    first = first_day(week_day)
    vault = silent(4 * quota + 3, first)
    seen = Counter[str]()
    for week in range(4):
        found = names(
            agenda(vault, ahead(7 * week + 3, first), week_day=week_day, quota=quota), "just-because"
        )
        assert len(found) == quota
        seen.update(found)
    assert seen == {f"{n:02}": 1 for n in range(4 * quota)}


def test_the_turn_is_the_weeks_number() -> None:
    """Week by week for years: of the twenty, those whose rank is the number of weeks since 1970, by fours."""
    for n in range(220):
        monday = ahead(7 * n, date(2024, 1, 1))
        turn = (monday - FIRST_MONDAY) // timedelta(days=7) % 4
        found = names(agenda(silent(30, monday), monday), "just-because")
        assert sorted(found) == [f"{rank:02}" for rank in range(turn, 20, 4)]


@pytest.mark.parametrize(("due", "left"), [(0, 5), (1, 4), (4, 1), (5, 0), (9, 0)])
def test_it_fills_what_the_quota_leaves(due: int, left: int) -> None:
    late = [summary(touch(ago(30, MONDAY), "call"), name=f"due {n}", tier="A") for n in range(due)]
    made = agenda([*late, *silent(20)], MONDAY)
    assert len(names(made, "just-because")) == left
    assert len(names(made)) == 5


@pytest.mark.parametrize(("head", "left"), [("call", 3), ("email", 3), ("email in", 4)])
def test_those_touched_since_drop_out_and_nobody_takes_their_place(head: str, left: int) -> None:
    vault = silent(20)
    thursday = ahead(3, MONDAY)
    before = names(agenda(vault, thursday), "just-because")
    other = summary(touch(ahead(1, MONDAY), head), name="other")
    number = int(before[2])
    vault[number] = summary(*vault[number].touches, touch(thursday, head), name=before[2], tier="D")
    after = names(agenda([*vault, other], thursday), "just-because")
    assert set(after) < set(before)
    assert before[2] not in after
    assert len(after) == left


def test_it_asks_for_no_reason() -> None:
    items = agenda(silent(20), MONDAY).items
    assert {(item.reason, item.due, item.detail) for item in items} == {
        ("just-because", MONDAY, "no reason but that it has been a while")
    }
