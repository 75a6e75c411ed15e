"""The week's quota: RULES.md, Capacity. What is chosen, against an oracle; that it holds through the week."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.make import (
    CHOSEN,
    MONDAY,
    agenda,
    ago,
    ahead,
    contact,
    later,
    names,
    promise,
    summary,
    touch,
    touched,
)
from domain.oracle import Lines, Oracle
from domain.vaults import HEADS, crowd, first_day, people, policy
from vaultkeeper.domain.agenda import Agenda, make_agenda
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.reason.base import view_from_today, view_of_week
from vaultkeeper.domain.summary import Summary

WEEK_DAYS = st.integers(0, 6)
OFFSETS = st.integers(0, 6)
QUOTAS = st.integers(1, 7)


def lines(items: Iterable[Item]) -> Lines:
    return {(item.name, item.reason) for item in items if item.path}


def chosen(made: Agenda) -> Lines:
    return {line for line in lines(made.items) if line[1] in CHOSEN}


def due(vault: Iterable[Summary], today: date, rules: Policy, *, everything: bool = False) -> Agenda:
    return make_agenda(vault, view_from_today(rules, today), quota=not everything)


def check_against_the_oracle(vault: list[Summary], first: date, offset: int, rules: Policy) -> None:
    today = first + timedelta(days=offset)
    vault = [s._replace(touches=tuple(t for t in s.touches if t.date <= today)) for s in vault]
    made, told = due(vault, today, rules), Oracle(vault, today, first, rules.quota)
    assert lines(made.items) == told.items
    assert lines(made.later) == told.later
    listed = [(item.name, item.reason) for item in made.items if item.path]
    assert len(listed) == len(set(listed)), "one item a contact and reason"
    assert not {name for name, _ in listed} & {name for name, _ in lines(made.later)}
    assert len({name for name, _ in chosen(made)} - told.holds) <= max(rules.quota - len(told.holds), 0)
    everything = due(vault, today, rules, everything=True)
    assert not everything.later
    assert lines(made.items) | lines(made.later) <= lines(everything.items)
    assert {name for name, _ in lines(everything.items)} == {
        name for name, _ in lines(made.items + made.later)
    }


@settings(max_examples=250, deadline=None)
@given(st.data(), WEEK_DAYS, OFFSETS, QUOTAS)
def test_the_week_is_what_the_rules_say(data: st.DataObject, week_day: int, offset: int, quota: int) -> None:
    first = first_day(week_day)
    vault = data.draw(people(first, newest=-6))
    check_against_the_oracle(vault, first, offset, policy(quota, week_day))


@pytest.mark.parametrize("seed", range(24))
def test_in_bigger_vaults_too(seed: int) -> None:
    week_day = seed % 7
    first = first_day(week_day)
    vault = list(crowd(seed, 60 + 10 * seed, first, newest=-6))
    for offset, quota in ((0, 5), (3, 12), (6, 40)):
        check_against_the_oracle(vault, first, offset, policy(quota, week_day))


def through_the_week(vault: list[Summary], first: date, rules: Policy) -> list[Lines]:
    return [chosen(due(vault, first + timedelta(days=n), rules)) for n in range(7)]


@settings(max_examples=150, deadline=None)
@given(st.data(), WEEK_DAYS, QUOTAS)
def test_the_choice_holds_on_every_day_of_the_week(data: st.DataObject, week_day: int, quota: int) -> None:
    """Whatever thank-yous, nudges, dates and promises come up on one of them."""
    first = first_day(week_day)
    vault = data.draw(people(first, newest=1, rich=True))
    occasions = (Anniversary(first.month, first.day, None, "Day #x"), Anniversary(12, 5, None, "Advent #y"))
    rules = policy(quota, week_day)._replace(occasions=occasions)
    found = through_the_week(vault, first, rules)
    assert found == [found[0]] * 7


@pytest.mark.parametrize("week_day", range(7))
def test_the_choice_holds_in_a_big_vault_whatever_day_the_week_begins_on(week_day: int) -> None:
    first = first_day(week_day)
    vault = list(crowd(week_day, 150, first, newest=1))
    for quota in (5, 30):
        found = through_the_week(vault, first, policy(quota, week_day))
        assert found == [found[0]] * 7
        assert found[0]


@settings(max_examples=100, deadline=None)
@given(st.data(), WEEK_DAYS, OFFSETS, QUOTAS, st.integers(0, 30))
def test_the_choice_is_the_same_however_far_one_looks(
    data: st.DataObject, week_day: int, offset: int, quota: int, days: int
) -> None:
    """And in the week's note, whose window is another."""
    first, rules = first_day(week_day), policy(quota, week_day)
    vault, today = data.draw(people(first, newest=1)), first + timedelta(days=offset)
    expected = chosen(due(vault, today, rules))
    assert chosen(make_agenda(vault, view_from_today(rules, today, days))) == expected
    assert chosen(make_agenda(vault, view_of_week(rules, today))) == expected


KINDS = st.sampled_from([(), ("helped",), ("thanks",), ("asked",)])


@settings(max_examples=200, deadline=None)
@given(st.data(), WEEK_DAYS, OFFSETS, QUOTAS, st.sampled_from(HEADS), KINDS)
def test_who_is_touched_drops_out_and_nobody_moves_up(
    data: st.DataObject, week_day: int, offset: int, quota: int, head: str, kinds: tuple[str, ...]
) -> None:
    first, rules = first_day(week_day), policy(quota, week_day)
    vault, today = data.draw(people(first, newest=1, rich=True)), first + timedelta(days=offset)
    before = chosen(due(vault, today, rules))
    number = data.draw(st.integers(0, len(vault) - 1))
    met = vault[number].contact.name
    vault[number] = touched(vault[number], touch(today, head, *kinds))
    listed = met in {who for who, _ in before}
    for later_day in range(offset, 7):
        after = chosen(due(vault, first + timedelta(days=later_day), rules))
        if listed:
            assert after == {line for line in before if line[0] != met}
        else:
            assert after <= before, "another touch takes a place, and gives none"


@settings(max_examples=100, deadline=None)
@given(st.data(), WEEK_DAYS, OFFSETS, QUOTAS)
def test_a_promise_kept_gives_its_place_to_nobody(
    data: st.DataObject, week_day: int, offset: int, quota: int
) -> None:
    first, rules = first_day(week_day), policy(quota, week_day)
    vault, today = data.draw(people(first, newest=1)), first + timedelta(days=offset)
    number = data.draw(st.integers(0, len(vault) - 1))
    one = promise(due=first + timedelta(days=data.draw(st.integers(-9, 7))))
    undated = promise(made=first - timedelta(days=data.draw(st.integers(0, 9))))
    owed = data.draw(st.sampled_from([one, undated]))
    vault[number] = vault[number]._replace(follow_ups=(owed,))
    before = chosen(due(vault, today, rules))
    vault[number] = vault[number]._replace(follow_ups=(owed._replace(state="done", done_on=today),))
    assert chosen(due(vault, today, rules)) == before


@settings(max_examples=150, deadline=None)
@given(st.data(), WEEK_DAYS, QUOTAS)
def test_one_whose_snooze_ends_in_the_week_comes_back_and_pushes_nobody_out(
    data: st.DataObject, week_day: int, quota: int
) -> None:
    first, rules = first_day(week_day), policy(quota, week_day)
    vault = data.draw(people(first, newest=1, snoozed=True))
    awake_on = {s.contact.name: s.contact.snooze_until or date.min for s in vault}
    found = through_the_week(vault, first, rules)
    for n, lines_then in enumerate(found):
        today = first + timedelta(days=n)
        assert lines_then == {(who, why) for who, why in found[6] if awake_on[who] <= today}


# By tables: a Monday, the default tiers and quota.


def waiting(count: int, tier: str = "B", late: int = 10, start: str = "") -> list[Summary]:
    """`count` contacts, all late, the first a day more than the next."""
    span = {"A": 21, "B": 61, "C": 184}[tier]
    return [
        summary(touch(ago(span + late + count - n, MONDAY), "touch"), name=f"{start or tier}{n}", tier=tier)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("always", "places"),
    [(0, 5), (1, 4), (4, 1), (5, 0), (9, 0)],
)
def test_what_always_shows_takes_its_places(always: int, places: int) -> None:
    owed = [summary(name=f"owed {n}", follow_ups=[promise(due=MONDAY)]) for n in range(always)]
    made = agenda([*owed, *waiting(8, "A")], MONDAY)
    assert names(made, "cadence") == [f"A{n}" for n in range(places)]
    assert later(made) == [f"A{n}" for n in range(places, 8)]
    assert len(names(made, "follow-up")) == always


def test_one_who_always_shows_brings_the_cadence_along() -> None:
    vault = waiting(8, "A")
    vault[7] = vault[7]._replace(follow_ups=(promise(due=MONDAY),))
    assert names(agenda(vault, MONDAY), "cadence") == ["A0", "A1", "A2", "A3", "A7"]


@pytest.mark.parametrize(
    ("head", "places"), [("email", 3), ("call", 3), ("touch", 3), ("comment", 3), ("email in", 5), ("in", 5)]
)
def test_those_touched_this_week_take_theirs_but_for_an_in(head: str, places: int) -> None:
    others = [summary(touch(MONDAY, head), name=f"other {n}") for n in range(2)]
    assert len(names(agenda([*others, *waiting(8, "A")], ahead(1, MONDAY)), "cadence")) == places


def test_a_touch_of_the_week_before_takes_none() -> None:
    others = [summary(touch(ago(1, MONDAY)), name=f"other {n}") for n in range(2)]
    assert len(names(agenda([*others, *waiting(8, "A")], MONDAY), "cadence")) == 5


@pytest.mark.parametrize(
    ("quota", "upper", "lower", "shown"),
    [
        pytest.param(5, 8, 3, ["A0", "A1", "A2", "A3", "C0"], id="one place is kept"),
        pytest.param(2, 8, 3, ["A0", "C0"], id="of two as well"),
        pytest.param(1, 8, 3, ["A0"], id="of one there is none to keep"),
        pytest.param(5, 8, 0, ["A0", "A1", "A2", "A3", "A4"], id="nobody there to keep it for"),
        pytest.param(5, 3, 8, ["A0", "A1", "A2", "C0", "C1"], id="chosen anyway"),
        pytest.param(12, 8, 3, [*(f"A{n}" for n in range(8)), "C0", "C1", "C2"], id="room for all"),
    ],
)
def test_one_place_is_kept_for_the_longest_waiting_of_the_lower_tiers(
    quota: int, upper: int, lower: int, shown: list[str]
) -> None:
    assert (
        names(agenda([*waiting(upper, "A"), *waiting(lower, "C")], MONDAY, quota=quota), "cadence") == shown
    )


@pytest.mark.parametrize(
    ("always", "shown"),
    [
        (0, ["A0", "A1", "A2", "A3", "C0"]),
        (2, ["A0", "A1", "C0"]),
        (3, ["A0", "C0"]),
        (4, ["C0"]),
        (5, []),
        (9, []),
    ],
)
def test_the_kept_place_is_the_last_that_a_full_week_takes(always: int, shown: list[str]) -> None:
    owed = [summary(name=f"owed {n}", follow_ups=[promise(due=MONDAY)]) for n in range(always)]
    assert names(agenda([*owed, *waiting(8, "A"), *waiting(3, "C")], MONDAY), "cadence") == shown


def test_of_those_never_spoken_with_the_one_who_matters_most_has_the_kept_place() -> None:
    never = [summary(name=f"never {n}", tier="D", goal_fit=n) for n in range(3)]
    assert names(agenda([*waiting(8, "A"), *never], MONDAY), "cadence")[-1] == "never 2"


def test_the_longest_waiting_is_who_was_due_first_not_who_is_most_late() -> None:
    """B0 is 50 days late of 61, C0 60 days late of 184; and one never spoken with waits longer still."""
    tops = waiting(5, "A")
    b, c = waiting(1, "B", late=49)[0], waiting(1, "C", late=59)[0]
    assert names(agenda([*tops, b, c], MONDAY), "cadence") == ["A0", "A1", "A2", "A3", "C0"]
    never = summary(name="never", tier="C")
    assert names(agenda([*tops, b, c, never], MONDAY), "cadence") == ["A0", "A1", "A2", "A3", "never"]


def test_when_another_touch_takes_a_place_the_kept_one_stays() -> None:
    vault = [*waiting(8, "A"), *waiting(3, "C"), summary(touch(MONDAY), name="other")]
    assert names(agenda(vault, MONDAY), "cadence") == ["A0", "A1", "A2", "C0"]


def test_what_does_not_fit_waits_in_the_order_of_priority() -> None:
    made = agenda([*waiting(3, "C"), *waiting(4, "B"), *waiting(4, "A")], MONDAY, quota=2)
    assert later(made) == ["A1", "A2", "A3", "B1", "B2", "B3", "C0", "C1", "C2"]


def test_without_the_quota_everybody_is_listed() -> None:
    made = agenda([*waiting(3, "C"), *waiting(4, "A")], MONDAY, quota=2, everything=True)
    assert names(made, "cadence") == ["A0", "A1", "A2", "A3", "C0", "C1", "C2"]
    assert not made.later
    assert made.quota == 2


def test_a_birthday_that_comes_into_sight_changes_nothing_in_the_choice() -> None:
    """A5 waits; from Thursday on their birthday shows, without the cadence, and pushes nobody out."""
    vault = waiting(7, "A")
    vault[5] = vault[5]._replace(
        contact=vault[5].contact._replace(birthday=contact(birthday=ahead(10, MONDAY)).birthday)
    )
    for n in range(7):
        made = agenda(vault, ahead(n, MONDAY))
        assert names(made, "cadence") == ["A0", "A1", "A2", "A3", "A4"]
        assert names(made, "birthday") == (["A5"] if n >= 3 else [])
        assert later(made) == (["A6"] if n >= 3 else ["A5", "A6"])


def test_a_birthday_of_the_week_past_or_to_come_holds_its_place_all_week() -> None:
    """A6's cadence shows along with it, on the days after it too."""
    vault = waiting(7, "A")
    vault[6] = vault[6]._replace(
        contact=vault[6].contact._replace(birthday=contact(birthday=ahead(1, MONDAY)).birthday)
    )
    for n in range(7):
        made = agenda(vault, ahead(n, MONDAY))
        assert names(made, "cadence") == ["A0", "A1", "A2", "A3", "A6"]
        assert names(made, "birthday") == (["A6"] if n <= 1 else [])


@pytest.mark.parametrize(("due", "shown"), [(-30, 4), (7, 4), (8, 5)])
def test_a_promise_kept_this_week_keeps_its_place_if_it_was_due_by_then(due: int, shown: int) -> None:
    kept = promise(due=ahead(due, MONDAY), state="done", done_on=MONDAY)
    vault = [summary(name="kept", follow_ups=[kept]), *waiting(8, "A")]
    for n in range(7):
        assert len(names(agenda(vault, ahead(n, MONDAY)), "cadence")) == shown
    assert len(names(agenda(vault, ahead(7, MONDAY)), "cadence")) == 5


@pytest.mark.parametrize("on", [0, 1])
def test_wishes_sent_give_the_place_to_nobody(on: int) -> None:
    """C0 waits longest of the lower tiers, and has a birthday, which is seen to."""
    vault = [*waiting(8, "A"), *waiting(2, "C")]
    born = contact(birthday=ahead(2, MONDAY)).birthday
    vault[8] = vault[8]._replace(contact=vault[8].contact._replace(birthday=born))
    assert names(agenda(vault, MONDAY), "cadence") == ["A0", "A1", "A2", "C0", "C1"]
    vault[8] = touched(vault[8], touch(ahead(on, MONDAY), "card"))
    for n in range(on, 7):
        assert names(agenda(vault, ahead(n, MONDAY))) == ["A0", "A1", "A2", "C1"]


def test_one_who_turns_unresponsive_in_the_week_is_listed_to_its_end() -> None:
    """The 42 days are over on Wednesday."""
    outs = [touch(ago(days, MONDAY)) for days in (40, 30, 25)]
    vault = [summary(*outs, name="mute", tier="A"), *waiting(5, "A")]
    for n in range(7):
        assert "mute" in names(agenda(vault, ahead(n, MONDAY), quota=6), "cadence")
    assert "mute" not in names(agenda(vault, ahead(7, MONDAY), quota=6), "cadence")


def test_a_lunch_in_the_week_takes_one_place_before_and_after_it() -> None:
    guest = summary(touch(ago(300, MONDAY), "call"), touch(ahead(2, MONDAY), "lunch"), name="guest")
    vault = [guest, *waiting(7, "A")]
    for n in range(7):
        assert names(agenda(vault, ahead(n, MONDAY)), "cadence") == ["A0", "A1", "A2", "A3"]


# A burst: two hundred people at once.


def imported(**facts: object) -> dict[str, Summary]:
    connected = ago(400, MONDAY)
    return {f"P{n:03}": summary(name=f"P{n:03}", connected=connected, **facts) for n in range(200)}


def test_an_import_of_new_contacts_asks_for_nothing() -> None:
    vault = imported(status="new", tier="B").values()
    for n in range(14):
        made = agenda(vault, ahead(n, MONDAY))
        assert not made.items + made.later


def live_through(vault: dict[str, Summary], weeks: int) -> list[list[str]]:
    """Who is listed in each week; all of them are written to on its Wednesday."""
    listed = []
    for week in range(weeks):
        wednesday = ahead(7 * week + 2, MONDAY)
        listed.append(names(agenda(vault.values(), wednesday)))
        for name in listed[-1]:
            vault[name] = touched(vault[name], touch(wednesday, "card"))
        if week % 10 == 0:
            assert not names(agenda(vault.values(), ahead(1, wednesday)), *CHOSEN)
    return listed


@pytest.mark.parametrize(("tier", "weeks"), [("D", 40), ("C", 97), ("B", 168)])
def test_a_burst_is_spread_over_the_weeks_and_everybodys_turn_comes(tier: str, weeks: int) -> None:
    """Where the tier asks for more than the quota gives, too: 200 every two months are 23 a week."""
    listed = live_through(imported(tier=tier), weeks)
    assert all(len(names_then) == 5 for names_then in listed)
    assert len(set().union(*listed)) == 200


def test_twenty_new_ones_of_the_first_tier_all_have_their_turn_in_four_weeks() -> None:
    """Though the tier asks for seven a week: nobody comes again before those who have waited all along."""
    vault = {f"P{n:02}": summary(name=f"P{n:02}", tier="A") for n in range(20)}
    listed = live_through(vault, 12)
    assert all(len(names_then) == 5 for names_then in listed)
    for week in range(9):
        assert len(set().union(*listed[week : week + 4])) == 20


def test_of_an_overfull_first_tier_everybodys_turn_comes_too() -> None:
    listed = live_through({f"P{n:02}": summary(name=f"P{n:02}", tier="A") for n in range(40)}, 25)
    assert all(len(names_then) == 5 for names_then in listed)
    assert len(set().union(*listed)) == 40


def test_a_burst_leaves_room_for_those_who_matter_more() -> None:
    vault = imported(tier="C") | {"Ana": summary(touch(ago(60, MONDAY), "call"), name="Ana", tier="A")}
    assert names(agenda(vault.values(), MONDAY), "cadence")[0] == "Ana"
    assert len(names(agenda(vault.values(), MONDAY))) == 5


def test_a_burst_of_people_met_thanks_the_newest_five_and_leaves_the_rest_for_later() -> None:
    """A conference: sixty people met on one day, all of tier C."""
    vault = [summary(name=f"P{n:02}", met=ago(1, MONDAY), tier="C") for n in range(60)]
    made = agenda(vault, MONDAY)
    assert len(names(made, "thank-you")) == 5
    assert names(made) == names(made, "thank-you")
    assert len(later(made)) == 55
