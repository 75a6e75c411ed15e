"""Whom a review picks, in what order, and the tier it proposes (RULES.md, Review)."""

from datetime import date
from typing import Any

import pytest

from domain.make import TODAY, ago, ahead, policy, summary, touch
from vaultkeeper.domain.review import Pick, by_contact, pick_review, propose_tier, reviewer, what_worked
from vaultkeeper.domain.summary import Summary

INTEREST = policy(companies_of_interest=("Globex",))


def picks(*summaries: Summary, rules: Any = INTEREST) -> list[Pick]:
    return pick_review(summaries, rules, TODAY, lambda text: text.replace("[[", "").replace("]]", ""))


def names(*summaries: Summary) -> list[tuple[str, str]]:
    return [(pick.summary.contact.name, pick.why) for pick in picks(*summaries)]


# --- triage


def test_the_order_of_triage() -> None:
    """Messages, companies of interest, goals, whatever else is told of them, name."""
    written = [touch(ago(9), "email in"), touch(ago(8), "linkedin")]
    found = names(
        summary(name="Zoe"),
        summary(name="Ada"),
        summary(touch(ago(5), "call"), touch(ago(6), "coffee"), name="talks"),
        summary(name="one goal", goals=("move",)),
        summary(name="two goals", goals=("move", "speak")),
        summary(name="globex", company=("[[globex]]",)),
        summary(*written[:1], name="one message"),
        summary(*written, name="two messages", status="new"),
        summary(touch(ahead(3), "email"), name="planned"),
    )
    assert [name for name, _ in found] == [
        *("two messages", "one message", "globex", "two goals", "one goal", "talks", "Ada", "planned", "Zoe"),
    ]
    assert {why for _, why in found} == {"untriaged"}


@pytest.mark.parametrize(
    ("facts", "picked"),
    [
        ({}, True),
        ({"tier": "A"}, False),
        ({"tier": "A", "status": "new"}, True),
        ({"cadence": "3w"}, False),
        ({"no_cadence": True}, False),
        ({"status": "paused"}, False),
        ({"status": "dormant"}, False),
        ({"status": "archived"}, False),
        ({"status": "deceased"}, False),
        ({"snooze_until": ahead(1)}, False),
        ({"snooze_until": TODAY}, True),
        ({"relationship": ("mentor",)}, False),
    ],
)
def test_who_is_triaged(facts: dict[str, Any], picked: bool) -> None:
    rules = policy(relationships={"mentor": "B"})
    assert bool(picks(summary(**facts), rules=rules)) == picked


@pytest.mark.parametrize(
    ("answers", "tier"),
    [
        ((3, 3, 3), "A"),
        ((3, 2, 2), "A"),
        ((2, 2, 2), "B"),
        ((3, 1, 1), "B"),
        ((2, 1, 1), "C"),
        ((1, 1, 1), "C"),
        ((1, 1, 0), "D"),
        ((0, 0, 0), "D"),
    ],
)
def test_the_tier_that_answers_propose(answers: tuple[int, ...], tier: str) -> None:
    assert propose_tier(answers, ["A", "B", "C", "D"]) == tier


def test_few_tiers_or_none() -> None:
    assert propose_tier((0, 0, 0), ["close", "far"]) == "far"
    assert propose_tier((3, 3, 3), ["close", "far"]) == "close"
    assert propose_tier((3, 3, 3), []) == ""


def test_answers_in_the_note_propose_at_once() -> None:
    (pick,) = picks(summary(goal_fit=3, openness=2, learn_from=1))
    assert (pick.tier, pick.detail) == ("B", "no tier yet; by your answers, tier B")


def test_what_a_card_says_of_somebody_new() -> None:
    person = summary(
        touch(date(2026, 10, 14), "linkedin"),
        status="new",
        title=("CTO",),
        company=("[[Globex]]",),
        goals=("move into robotics",),
    )
    assert picks(person)[0].detail == (
        "imported, not looked at yet; CTO, Globex (a company of interest); "
        "for your goal: move into robotics; last linkedin 14 October"
    )


# --- those who have a tier


def test_who_did_not_answer() -> None:
    silent = summary(*(touch(ago(day), "email") for day in (60, 40, 20)), tier="B")
    assert [(pick.why, pick.detail) for pick in picks(silent)] == [
        ("unresponsive", "no answer to your last 3 messages since 26 September; move on, for now?")
    ]


def spread(count: int, *, over: int = 360, start: int = 3) -> list[Any]:
    """So many calls over so many days."""
    return [touch(ago(start + n * over // max(count, 1)), "call") for n in reversed(range(count))]


@pytest.mark.parametrize(
    ("tier", "touches", "proposes", "asks"),
    [
        ("C", spread(6), "B", "6 touches in a year; every 6 months asks for 2. Raise?"),
        ("C", spread(5), "", ""),
        ("A", spread(38, over=362), "", "38 touches in a year; every 3 weeks asks for 17. Raise?"),
        ("A", [touch(ago(500), "call"), *spread(5, over=60)], "B", "5 touches in a year; every 3 weeks asks for 17. Lower?"),
        ("A", [touch(ago(500), "call"), *spread(6, over=60)], "", ""),
        ("B", [touch(ago(500), "call"), touch(ago(2), "call")], "C", "1 touch in a year; every 2 months asks for 6. Lower?"),
        ("B", [touch(ago(200), "call"), touch(ago(2), "call")], "", ""),  # known for too short a time
        ("A", [touch(ago(400), "call")], "B", "no touch of yours since 21 October 2025; every 3 weeks is asked for. Lower, or let go?"),
        ("D", [touch(ago(1000), "call")], "", ""),
        ("D", [touch(ago(1100), "call")], "", "no touch of yours since 21 November 2023; every year is asked for. Lower, or let go?"),
        ("D", [touch(ago(1100), "call"), touch(ago(9), "email in")], "", "no touch of yours since 21 November 2023; every year is asked for. Lower, or let go?"),
    ],
)  # fmt: skip
def test_whose_priority_shifted(tier: str, touches: list[Any], proposes: str, asks: str) -> None:
    """Touches given against the tier held: an `in` is none of the user's."""
    found = [pick for pick in picks(summary(*touches, tier=tier)) if pick.why == "priority"]
    assert [(pick.tier, pick.detail) for pick in found] == ([(proposes, asks)] if asks else [])


def test_one_card_a_contact() -> None:
    """Whoever is let go on a card is not asked for on another."""
    weekly = [touch(ago(30 + 7 * n), "call") for n in reversed(range(12))]
    omar, new = summary(*weekly, name="Omar", tier="C"), summary(name="New")
    found = picks(omar, new)
    assert [(p.summary.contact.name, p.why) for p in found] == [
        *(("New", "untriaged"), ("Omar", "priority"), ("Omar", "drifting")),
    ]
    assert [[pick.why for pick in card] for card in by_contact(found)] == [
        ["untriaged"],
        ["priority", "drifting"],
    ]


# --- what worked


def test_what_worked_in_the_last_quarter() -> None:
    sam = summary(touch(ago(50), "call", "outcome"), touch(ago(9), "email in", "helped"), name="Sam")
    ana = summary(touch(ago(91), "call", "outcome"), name="Ana")
    old = summary(touch(ago(92), "call", "helped"), name="Old")
    plan = summary(touch(ahead(1), "call", "helped"), name="Plan")
    reviewed = map(reviewer(INTEREST, TODAY, str), [old, ana, plan, sam])
    found = what_worked([one for one in reviewed if one is not None])
    assert [(w.name, w.day, w.what) for w in found] == [
        ("Sam", ago(9), "helped you"),
        ("Ana", ago(91), "an outcome"),
    ]
