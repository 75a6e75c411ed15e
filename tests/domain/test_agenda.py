"""The agenda as a whole: its order, its window, one item a contact and reason (RULES.md)."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.make import MONDAY, TODAY, agenda, ago, ahead, names, promise, summary, touch, view
from domain.vaults import first_day, people, policy
from vaultkeeper.domain.agenda import draw_up, make_agenda, needed
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.finding import WAITING, finder, lists_of
from vaultkeeper.domain.gathering import Known
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.reason import REASONS
from vaultkeeper.domain.reason.base import view_of_week
from vaultkeeper.domain.summary import Summary


def test_promises_meetings_thanks_nudges_dates_then_the_rest() -> None:
    vault = [
        summary(*(touch(ago(50 + 10 * n), "call") for n in range(6)), name="quiet", no_cadence=True),
        summary(name="late", tier="C"),
        summary(name="advent", tags=("x",)),
        summary(name="founder", special_dates=(Anniversary(11, 27),)),
        summary(name="born", birthday=ahead(1)),
        summary(touch(ago(200), "call"), touch(ago(20), "email", "asked"), name="asked"),
        summary(name="met", met=ago(1)),
        summary(touch(ahead(1), "lunch"), name="lunch"),
        summary(name="owed", follow_ups=[promise(due=ahead(6))]),
    ]
    made = agenda(vault, quota=20, occasions=(Anniversary(11, 29, None, "Advent #x"),))
    assert [(item.reason, item.name) for item in made.items if item.path] == [
        ("follow-up", "owed"),
        ("meeting", "lunch"),
        ("thank-you", "met"),
        ("nudge", "asked"),
        ("birthday", "born"),
        ("special-date", "founder"),
        ("occasion", "advent"),
        ("cadence", "late"),
        ("drifting", "quiet"),
    ]


def test_the_rest_is_in_the_order_of_priority_whatever_its_reason() -> None:
    drifting = [touch(ago(50 + 10 * n), "call") for n in range(6)]
    vault = [
        summary(touch(ago(23), "call"), name="b", tier="A"),
        summary(*drifting, name="c", tier="C"),
        summary(touch(ago(70), "call"), name="a", tier="A"),
        summary(name="d", tier="D"),
    ]
    assert names(agenda(vault), "cadence", "drifting") == ["a", "b", "c", "d"]
    silent = [summary(touch(ago(99), "call"), name=f"e{n}", tier="A", cadence="9y") for n in range(4)]
    (thought_of,) = names(agenda([*vault[1:], *silent]), "just-because")
    assert names(agenda([*vault[1:], *silent])) == ["a", thought_of, "c", "d"]


def test_what_always_shows_is_by_date_then_by_priority() -> None:
    vault = [
        summary(name="c", birthday=ahead(2), tier="B"),
        summary(name="b", birthday=ahead(2), tier="A"),
        summary(name="a", birthday=ahead(3), tier="A"),
        summary(name="d", special_dates=(Anniversary(11, 26),)),
    ]
    assert names(agenda(vault, quota=9), "birthday", "special-date") == ["d", "b", "c", "a"]


def test_reasons_have_names_of_their_own_and_ranks_in_the_order_they_are_listed_in() -> None:
    codes = [reason.code for reason in REASONS]
    assert len(set(codes)) == len(codes)
    assert [reason.rank for reason in REASONS] == sorted(reason.rank for reason in REASONS)
    assert {reason.code for reason in REASONS if not reason.fixed} == {"cadence", "drifting"}


def test_one_item_a_contact_and_reason() -> None:
    busy = summary(
        touch(ahead(1), "lunch"),
        touch(ahead(2), "call"),
        follow_ups=[promise(due=TODAY), promise(due=ahead(1)), promise(made=ago(3))],
        special_dates=(Anniversary(11, 26), Anniversary(11, 27)),
        birthday=ahead(3),
        tier="A",
    )
    found = [item.reason for item in agenda([busy]).items]
    assert sorted(found) == ["birthday", "cadence", "follow-up", "meeting", "special-date"]


@pytest.mark.parametrize(("due", "days"), [(ahead(3), 0), (TODAY, 0), (ago(1), 1), (ago(400), 400)])
def test_overdue_days_count_from_the_due_day_and_never_below_none(due: date, days: int) -> None:
    assert Item("cadence", due, "").overdue_days(TODAY) == days


@pytest.mark.parametrize(("days", "last"), [(None, 7), (0, 0), (1, 1), (30, 30), (3660, 3660)])
def test_the_window_is_from_today_on_both_ends_inclusive(days: int | None, last: int) -> None:
    seen = view(TODAY, days)
    assert (seen.first, seen.last, seen.today) == (TODAY, ahead(last), TODAY)
    assert seen.week == MONDAY


@pytest.mark.parametrize(("week_day", "offset"), [*product(range(7), range(0, 7, 3))])
def test_the_weeks_view_is_the_same_all_week(week_day: int, offset: int) -> None:
    rules = view(TODAY, week_day=week_day).policy
    first = view(TODAY, week_day=week_day).week
    seen = view_of_week(rules, first + timedelta(days=offset))
    assert (seen.week, seen.first, seen.last) == (first, first, first + timedelta(days=7))
    assert seen.week_end == first + timedelta(days=6)


def test_the_calendars_last_days_have_an_agenda_too() -> None:
    for offset in range(20):
        today = date.max - timedelta(days=offset)
        assert names(agenda([summary(touch(date(9999, 1, 1)), tier="A", birthday=(12, 31))], today))


def test_nobody_at_all() -> None:
    made = agenda([])
    assert (made.items, made.later, made.quota) == ((), (), 5)


def test_the_agenda_depends_on_nothing_but_what_it_is_given() -> None:
    vault = [summary(name=f"{n}", tier="B", met=ago(n)) for n in range(20)]
    seen = view()
    assert make_agenda(vault, seen) == make_agenda(vault, seen)
    assert make_agenda(vault, seen).later == make_agenda(reversed(vault), seen).later
    assert make_agenda(vault, seen).items == make_agenda(reversed(vault), seen).items


def test_how_many_were_reached_this_week() -> None:
    vault = [
        summary(touch(MONDAY), name="wrote"),
        summary(touch(TODAY, "call"), touch(MONDAY), name="twice"),
        summary(touch(MONDAY, "in"), name="heard from"),
        summary(touch(ago(1, MONDAY)), name="last week"),
        summary(touch(ahead(1), "lunch"), name="to come"),
    ]
    assert agenda(vault).done == 2


@given(
    people(first_day(0), newest=-6, snoozed=True, rich=True, most=30), st.integers(1, 4), st.integers(0, 3)
)
def test_the_first_of_each_list_are_enough(vault: list[Summary], quota: int, later: int) -> None:
    """Who stands in the agenda, and the first whom it leaves for later, are known without the others."""
    seen = view_of_week(policy(quota, 0), TODAY)
    findings = [found for found in map(finder(seen), vault) if found is not None]
    ranked = [(name, rank, found) for found in findings for name, rank in lists_of(found)]
    some = {
        found.path: found
        for name, most in needed(seen.policy, later).items()
        for *_, found in sorted(one for one in ranked if one[0] == name)[: most if most >= 0 else None]
    }
    waiting = sum(name == WAITING for name, *_ in ranked)
    whole = draw_up(findings, seen, Known(vault, seen))
    made = draw_up([*some.values()], seen, Known(vault, seen), waiting=waiting)
    assert (made.items, made.done) == (whole.items, whole.done)
    left, expected = (list(dict.fromkeys(item.path for item in one.later)) for one in (made, whole))
    assert left[:later] == expected[:later]
    assert len(left) + made.beyond == len(expected)
