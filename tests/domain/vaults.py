"""Random vaults for the agenda's tests: as Hypothesis strategies, and bigger ones by a seed."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from domain.make import TODAY, contact, promise, touch
from domain.oracle import TIERS
from vaultkeeper.domain.duration import Duration, week_start
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary

HEADS = ("email", "email", "email in", "call", "touch", "card")
STATUSES = ("active",) * 8 + ("paused", "new")


def policy(quota: int, week_day: int) -> Policy:
    tiers = {name: Duration(days, "d") for name, days in TIERS.items()}
    return Policy(tiers=tiers, quota=quota, week_day=week_day)


def first_day(week_day: int) -> date:
    return week_start(TODAY, week_day)


def person(number: int, first: date, facts: dict[str, Any]) -> Summary:
    """`facts` in days from the week's first day, back or (promise, birthday) ahead."""

    def day(offset: int | None) -> date | None:
        return None if offset is None else first + timedelta(days=offset)

    touches = sorted(
        (touch(first - timedelta(days=back), head, *kinds) for back, head, *kinds in facts["touches"]),
        key=lambda t: t.date,
    )
    known = contact(
        f"{'CDAB'[number % 4]}{number:03}",
        tier=facts["tier"],
        goal_fit=facts["fit"],
        status=facts["status"],
        met=day(facts["met"]),
        birthday=day(facts["birthday"]),
        snooze_until=day(facts["snooze"]),
        relationship=("x",) if facts["related"] else (),
    )
    owed = [promise(due=day(facts["promise"]))] if facts["promise"] is not None else []
    return Summary(known, tuple(touches), tuple(owed))


def people(
    first: date, *, newest: int, snoozed: bool = False, rich: bool = False, most: int = 12
) -> st.SearchStrategy[list[Summary]]:
    """Touches up to `newest` days before the week's first day (negative: within the week); `rich` ones ask,
    help and thank."""
    back, head = st.integers(newest, 160), st.sampled_from(HEADS)
    kind = st.sampled_from(["asked", "asked", "helped", "thanks", "gave"])
    some = st.tuples(back, head, kind) | st.tuples(back, head) if rich else st.tuples(back, head)
    touches = st.lists(some, max_size=7)
    often = st.builds(
        lambda back, gap, head: [(back + gap * n, head) for n in range(7)],
        st.integers(max(newest, 10), 60),
        st.integers(4, 20),
        st.sampled_from(HEADS),
    )
    one = st.fixed_dictionaries(
        {
            "tier": st.sampled_from(["A", "B", "C", "C", ""]),
            "fit": st.integers(0, 2),
            "status": st.sampled_from(STATUSES),
            "touches": touches | often,
            "met": st.none() | st.none() | st.integers(-200, 0) | st.integers(-18, 0),
            "promise": st.none() | st.none() | st.none() | st.integers(-20, 20),
            "birthday": st.none() | st.none() | st.integers(-10, 18),
            "snooze": st.none() | st.integers(-5, 12) if snoozed else st.none(),
            "related": st.booleans(),
        }
    )
    vault = st.lists(one, min_size=1, max_size=most)
    return vault.map(lambda found: [person(number, first, facts) for number, facts in enumerate(found)])


def crowd(seed: int, count: int, first: date, *, newest: int) -> Sequence[Summary]:
    """Many people, of whom most have something to wait for."""
    dice = Random(seed)

    def maybe(chance: float, low: int, high: int) -> int | None:
        return dice.randint(low, high) if dice.random() < chance else None

    def facts() -> dict[str, Any]:
        gap, back = dice.randint(3, 30), dice.randint(max(newest, 0), 120)
        now = [(dice.randint(newest, 0), dice.choice(HEADS))] if newest < 0 and dice.random() < 0.1 else []
        return {
            "tier": dice.choice("ABBCCC ").strip(),
            "fit": dice.randint(0, 2),
            "status": dice.choice(STATUSES),
            "touches": now + [(back + gap * n, dice.choice(HEADS)) for n in range(dice.randint(0, 7))],
            "met": maybe(0.1, -200, 0),
            "promise": maybe(0.03, -20, 20),
            "birthday": maybe(0.05, -10, 18),
            "snooze": None,
            "related": dice.random() < 0.5,
        }

    return [person(number, first, facts()) for number in range(count)]
