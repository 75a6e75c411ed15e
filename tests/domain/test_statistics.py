"""Figures of a period: tables counted by hand, and a second, plodding count over random networks."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.make import HEADS, POLICY, TODAY, ago, ahead, policy, summary, touch
from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.statistics import (
    DIMENSIONS,
    Statistics,
    make_statistics,
    rate_of,
    warmth_over,
)
from vaultkeeper.domain.summary import Summary, first_known
from vaultkeeper.domain.tally import Counts
from vaultkeeper.domain.warmth import warmth

YEAR = ago(364)


def stats(
    *known: Summary, since: date = YEAR, until: date = TODAY, today: date = TODAY, rules: Policy = POLICY
) -> Statistics:
    paths = {s.contact.path for s in known}
    names = {path.removeprefix("People/").removesuffix(".md"): path for path in paths}
    return make_statistics(known, rules, since, until, today, lambda target, _: names.get(target))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("email", Counts(1, out=1, asks=1)),
        ("email in", Counts(1, made_in=1)),
        ("email both", Counts(1, both=1)),
        ("call", Counts(1, both=1)),
        ("coffee out", Counts(1, out=1, asks=1)),  # `out` by hand asks for an answer
        ("card", Counts(1, out=1)),  # a card does not
        ("comment", Counts(1, out=1)),
        ("touch", Counts(1, undirected=1)),
        ("", Counts(1, undirected=1)),
        ("in", Counts(1, made_in=1)),
    ],
)
def test_one_entry_counts_by_its_direction(said: str, expected: Counts) -> None:
    assert stats(summary(touch(ago(3), said))).total == expected


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (YEAR, 1),
        (YEAR - timedelta(days=1), 0),
        (TODAY, 1),
        (ahead(1), 0),
    ],
)
def test_the_period_s_days_are_both_inclusive_and_plans_count_nowhere(day: date, counted: int) -> None:
    known = summary(touch(day, "call", "helped"))
    found = stats(known, until=ahead(30))
    assert found.until == TODAY
    assert (found.total.touches, found.total.outcomes, found.reached, sum(found.days.values())) == (
        counted,
    ) * 4
    assert found.by["channel"].keys() == ({"call"} if counted else set())


@pytest.mark.parametrize(
    ("answers", "answered"),
    [
        ((ago(60), "email in"), 1),  # the same day
        ((ago(30), "call"), 1),  # 30 days on
        ((ago(29), "email in"), 0),  # 31
        ((ago(61), "email in"), 0),  # before
        ((ago(50), "touch"), 0),  # says nothing of who
        ((ahead(1), "call"), 0),
    ],
)
def test_an_answer_is_an_in_or_both_within_thirty_days(answers: tuple[date, str], answered: int) -> None:
    found = stats(summary(touch(ago(60)), touch(*answers)))
    assert (found.total.asks, found.total.answered) == (1, answered)
    assert found.total.response_rate == answered


def test_an_answer_may_come_after_the_period_but_not_after_today() -> None:
    known = summary(touch(ago(60)), touch(ago(40), "email in"))
    assert stats(known, until=ago(50)).total.answered == 1
    assert stats(known, until=ago(50), today=ago(45)).total.answered == 0


def test_without_an_ask_there_is_no_rate() -> None:
    assert stats(summary(touch(ago(1), "call"))).total.response_rate is None


@pytest.mark.parametrize(("out", "rate"), [(19, None), (20, 0.5), (21, 10 / 21)])
def test_by_channel_a_rate_is_told_from_twenty_out_on(out: int, rate: float | None) -> None:
    asked = [touch(ago(200 + n)) for n in range(out)]
    answered = [summary(ask, touch(ask.date, "in"), name=f"P{n}") for n, ask in enumerate(asked[:10])]
    found = stats(*answered, *(summary(ask, name=f"Q{n}") for n, ask in enumerate(asked[10:])))
    email = found.by["channel"]["email"]
    assert rate_of("channel", email, POLICY) == rate
    assert rate_of("network", email, POLICY) == 10 / out
    assert rate_of("channel", email, policy(rate_least_out=1)) == 10 / out


def test_groups_by_hand() -> None:
    ana = summary(
        touch(ago(10), "call", "helped", "gave"),
        touch(ago(20), "email", "asked"),
        touch(ago(400), "call"),
        name="Ana",
        network=("LinkedIn", "rowing"),
        relationship=("Mentor",),
        tier="a",
        goals=("robots",),
        company=("Globex",),
        location=("Berlin", "BERLIN"),
    )
    ben = summary(touch(ago(5), "email in"), name="Ben", network=("linkedin",), relationship=("mentor",))
    eve = summary(name="Eve", network=("LinkedIn",), relationship=("mentor",))
    found = stats(ana, ben, eve)
    of_ana = Counts(1, out=1, both=1, asks=1, answered=1, outcomes=1)
    assert found.total == Counts(3, out=1, made_in=1, both=1, asks=1, answered=1, outcomes=1)
    assert found.reached == 2
    assert found.by["network"] == {"LinkedIn": found.total, "rowing": of_ana}
    assert found.by["relationship"] == {"mentor": found.total}
    assert found.by["tier"] == {"A": of_ana}
    assert found.by["goal"] == {"robots": of_ana}
    assert found.by["company"] == {"Globex": of_ana}
    assert found.by["location"] == {"BERLIN": of_ana}
    assert found.by["channel"] == {
        "email": Counts(2, out=1, made_in=1, asks=1, answered=1),
        "call": Counts(1, both=1, outcomes=1),
    }
    assert found.by["kind"] == {
        "asked": Counts(1, out=1, asks=1, answered=1),
        "gave": Counts(1, both=1, outcomes=1),
        "helped": Counts(1, both=1, outcomes=1),
    }
    assert found.without["tier"] == Counts(2, made_in=1)
    assert found.without["kind"] == Counts(1, made_in=1)
    assert found.without["network"] == Counts()


def test_a_tier_may_come_from_the_relationship() -> None:
    found = stats(summary(relationship=("mentor",)), rules=policy(relationships={"mentor": "B"}))
    assert found.by["tier"].keys() == {"B"}


def test_an_introduction_counts_once_a_pair() -> None:
    def intro(day: date, *others: str) -> Touch:
        return touch(day, "call", "intro")._replace(introduced=others)

    ana = summary(intro(ago(9), "Ben"), intro(ago(5), "Ben"), intro(ago(400), "Eve"), name="Ana")
    ben = summary(intro(ago(9), "Ana"), intro(ago(2), "Nobody yet"), name="Ben")
    eve = summary(intro(ago(3), "Ana", "Ben", "Eve"), name="Eve")
    found = stats(ana, ben, eve)
    assert found.introductions == (
        (ago(9), "People/Ana.md", "People/Ben.md"),
        (ago(3), "People/Ana.md", "People/Eve.md"),
        (ago(3), "People/Ben.md", "People/Eve.md"),
    )
    assert found.by["kind"]["intro"].touches == 5


def test_the_deceased_are_counted_but_not_in_warmth_moves_and_load() -> None:
    gone = summary(touch(ago(100), "call"), tier="A", status="deceased")
    found = stats(gone)
    assert found.total.contacts == found.total.touches == found.reached == 1
    assert found.warmth == {"hot": 0, "warm": 0, "cold": 0}
    assert (found.moves, found.load) == ({}, 0)
    assert warmth_over([gone], POLICY, [TODAY]) == [(TODAY, {"hot": 0, "warm": 0, "cold": 0})]


def test_moves_between_the_day_before_the_period_and_its_end() -> None:
    risen = summary(touch(ago(10), "call"), name="Ana")
    kept = summary(touch(ago(110), "call"), touch(ago(50), "email"), name="Ben")
    cooled = summary(touch(ago(110), "call"), name="Eve")
    by_tier = summary(touch(ago(400), "email"), name="Zoe", tier="D")
    found = stats(risen, kept, cooled, by_tier, since=ago(99))
    assert found.moves == {("cold", "hot"): 1, ("hot", "warm"): 1, ("hot", "cold"): 1, ("warm", "cold"): 1}
    assert found.warmth == {"hot": 1, "warm": 1, "cold": 2}


def test_newly_known_by_meeting_connection_or_first_touch() -> None:
    people = [
        summary(name="A", met=ago(3)),
        summary(name="B", connected=ago(3)),
        summary(touch(ago(3)), name="C"),
        summary(touch(ago(3)), name="D", met=ago(900)),
        summary(name="E", met=ahead(3)),
        summary(name="F"),
    ]
    assert stats(*people).newly_known == 3
    assert [first_known(s, TODAY) for s in people[3:]] == [ago(900), None, None]


def test_weeks_are_whole_and_the_streak_ends_with_the_last() -> None:
    monday = date(2026, 11, 23)
    days = [monday + timedelta(days=n) for n in (0, -1, -7, -8, -14, -22)]  # weeks 0, -1, -1, -2, -2, -4
    people = [summary(*(touch(day, "call") for day in days), touch(monday - timedelta(weeks=6), "in"))]
    found = stats(*people, since=monday - timedelta(days=33), rules=policy(quota=1))
    assert [week.contacts for week in found.weeks] == [1, 0, 1, 1, 1]
    assert found.weeks[0].first == monday - timedelta(weeks=4)  # that of the first touch
    assert (found.streak, found.weeks_met, found.quota) == (3, 4, 1)
    assert stats(*people, until=ago(7), rules=policy(quota=1)).streak == 2
    assert stats(*people, rules=policy(quota=2)).streak == 0


def test_load_is_what_the_active_ask_a_week() -> None:
    people = [
        summary(name="A", cadence="7d"),
        summary(name="B", cadence="2w"),
        summary(name="C", cadence="7d", status="paused"),
        summary(name="D"),
    ]
    assert stats(*people).load == 1.5


def test_nobody_and_the_first_day_of_all() -> None:
    found = stats(since=date.min)
    assert found.total == Counts()
    assert (found.streak, found.load, found.newly_known, found.introductions) == (0, 0, 0, ())
    assert [week.contacts for week in found.weeks] == [0]


# --- a second count, written to be plain and slow

VALUES = ("", "LinkedIn", "linkedin", "Café", "cafe", "rowing")
PEOPLE = st.lists(
    st.tuples(
        st.lists(
            st.tuples(
                st.integers(-5, 120),
                st.sampled_from(HEADS),
                st.lists(st.sampled_from(("gave", "asked", "helped", "outcome", "intro")), max_size=2),
            ),
            max_size=8,
        ),
        st.lists(st.sampled_from(VALUES), max_size=3),
        st.sampled_from(("", "A", "b", "D")),
        st.sampled_from(("active", "paused", "archived", "deceased")),
        st.none() | st.integers(-3, 150),
    ),
    max_size=6,
)


def _people(drawn: Sequence[tuple[object, ...]]) -> list[Summary]:
    made = []
    for number, (log, values, tier, status, met) in enumerate(drawn):
        touches = [
            touch(ago(days), head, *dict.fromkeys(kinds))._replace(
                introduced=(f"P{(number + days) % 4}",) if "intro" in kinds else ()
            )
            for days, head, kinds in log  # type: ignore[attr-defined]
        ]
        facts = {"network": tuple(values), "goals": tuple(values[:1]), "tier": tier, "status": status}  # type: ignore[index, call-overload]
        made.append(summary(*touches, name=f"P{number}", met=None if met is None else ago(met), **facts))  # type: ignore[arg-type]
    return made


def _plain(pairs: Sequence[tuple[Summary, Touch]], contacts: int) -> Counts:
    def count(condition: str) -> int:
        return sum(eval(condition, {"t": t, "s": s, "answered": _answered}) for s, t in pairs)

    return Counts(
        contacts,
        out=count("t.direction == 'out'"),
        made_in=count("t.direction == 'in'"),
        both=count("t.direction == 'both'"),
        undirected=count("t.direction is None"),
        asks=count("t.asks_for_answer"),
        answered=count("t.asks_for_answer and answered(s, t)"),
        outcomes=count("'helped' in t.kinds or 'outcome' in t.kinds"),
    )


def _answered(known: Summary, ask: Touch) -> bool:
    for reply in known.touches:
        if (
            reply.direction in ("in", "both")
            and reply.date <= TODAY
            and 0 <= (reply.date - ask.date).days <= 30
        ):
            return True
    return False


@given(PEOPLE, st.integers(0, 130), st.integers(-10, 130))
def test_every_figure_is_that_of_a_plain_count(drawn: list[tuple[object, ...]], back: int, end: int) -> None:
    since, until = ago(max(back, end)), ago(min(back, end))
    last = min(until, TODAY)
    people = _people(drawn)
    found = stats(*people, since=since, until=until)
    inside = [(s, t) for s in people for t in s.touches if since <= t.date <= last]
    assert found.total == _plain(inside, len(people))
    assert found.reached == len({s.contact.path for s, _ in inside})
    assert sum(found.days.values()) == len(inside)
    belongs = {
        "network": lambda s: {fold(v) for v in s.contact.network},
        "goal": lambda s: {fold(v) for v in s.contact.goals},
        "tier": lambda s: {s.contact.tier.lower()},
    }
    for dimension, values in belongs.items():
        keys = {key for s in people for key in values(s) if key}
        expected = {
            key: _plain([p for p in inside if key in values(p[0])], sum(key in values(s) for s in people))
            for key in keys
        }
        assert {fold(value): counts for value, counts in found.by[dimension].items()} == expected
        none = [s for s in people if not values(s) - {""}]
        assert found.without[dimension] == _plain([p for p in inside if p[0] in none], len(none))
    for dimension, of_touch in (("channel", lambda t: (t.channel,)), ("kind", lambda t: t.kinds)):
        keys = {value for _, t in inside for value in of_touch(t) if value}
        assert found.by[dimension] == {
            key: _plain(
                [p for p in inside if key in of_touch(p[1])],
                len({s.contact.path for s, t in inside if key in of_touch(t)}),
            )
            for key in keys
        }
    for pair in ("warmth", "moves"):
        living = [s for s in people if s.contact.status != "deceased"]
        before, after = since - timedelta(days=1), max(last, since - timedelta(days=1))
        moves = [(warmth(s, POLICY, before), warmth(s, POLICY, after)) for s in living]
        if pair == "moves":
            assert found.moves == {move: moves.count(move) for move in moves}
        else:
            assert found.warmth == {
                name: [m[1] for m in moves].count(name) for name in ("hot", "warm", "cold")
            }
    names = {s.contact.name: s.contact.path for s in people}
    pairs = {
        frozenset((s.contact.path, names[other]))
        for s, t in inside
        for other in t.introduced
        if other in names and names[other] != s.contact.path
    }
    assert {frozenset(two) for _, *two in found.introductions} == pairs
    assert len(found.introductions) == len(pairs)


@given(PEOPLE, st.integers(1, 3))
def test_the_weeks_and_the_streak_are_those_of_a_plain_count(
    drawn: list[tuple[object, ...]], quota: int
) -> None:
    people = _people(drawn)
    found = stats(*people, since=ago(90), rules=policy(quota=quota))

    def reached(monday: date) -> int:
        days = {monday + timedelta(days=n) for n in range(7)}
        return sum(
            any(t.date in days and t.date <= TODAY and t.direction != "in" for t in s.touches) for s in people
        )

    assert [week.contacts for week in found.weeks] == [reached(week.first) for week in found.weeks]
    assert all(week.first.weekday() == 0 for week in found.weeks)
    this = date(2026, 11, 23)
    count = 0
    while reached(this - timedelta(weeks=count + 1)) >= quota:
        count += 1
    assert found.streak == count + (reached(this) >= quota)


@given(PEOPLE)
def test_the_order_of_the_contacts_changes_no_figure(drawn: list[tuple[object, ...]]) -> None:
    people = _people(drawn)
    one, other = stats(*people), stats(*reversed(people))
    assert one == other._replace(load=one.load)
    assert one.load == pytest.approx(other.load)
    assert [list(one.by[d]) for d in DIMENSIONS] == [list(other.by[d]) for d in DIMENSIONS]
