"""Who answers: RULES.md, derived facts (unresponsive, response rate)."""

from datetime import timedelta

import pytest
from hypothesis import given

from domain.make import POLICY, TODAY, ago, ahead, histories, policy, summary, touch
from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.response import is_unresponsive, response_rate
from vaultkeeper.domain.summary import Summary

IN_VAIN = [touch(ago(42)), touch(ago(20)), touch(ago(5))]


def outs(*days: int, head: str = "email") -> list[Touch]:
    return [touch(ago(day), head) for day in days]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(summary(), False, id="nothing written"),
        pytest.param(summary(*outs(42, 20, 5)), True, id="three, the first 42 days ago"),
        pytest.param(summary(*outs(41, 20, 5)), False, id="the first 41 days ago"),
        pytest.param(summary(*outs(42, 5)), False, id="two"),
        pytest.param(summary(*outs(42, 42, 42, 5)), False, id="four, on two days"),
        pytest.param(summary(*outs(900, 42, 41, 40)), True, id="more than three"),
        pytest.param(summary(*outs(41, 20, 5), touch(ahead(1))), False, id="a planned one doesn't count"),
        *(
            pytest.param(summary(*outs(42, 20, 5, head=head)), asks, id=f"by {head}")
            for head, asks in [
                *((head, True) for head in ("email", "message", "letter", "linkedin")),
                *((head, False) for head in ("card", "comment", "social", "intro", "touch", "")),
                *((head, True) for head in ("card out", "social out", "call out", "coffee out", "out")),
            ]
        ),
        *(
            pytest.param(summary(*IN_VAIN, touch(ago(4), head)), over, id=f"then {head or 'contact'}")
            for head, over in [
                *((head, False) for head in ("email in", "in", "call", "email both", "touch", "")),
                *((head, True) for head in ("card", "comment", "email")),
            ]
        ),
        pytest.param(summary(*IN_VAIN, touch(ago(42), "in")), False, id="an answer on the first one's day"),
        pytest.param(summary(*IN_VAIN, touch(ago(43), "in")), True, id="an answer before the first"),
        pytest.param(summary(*outs(90, 80, 42, 20), touch(ago(60), "in")), False, id="two since the answer"),
        pytest.param(
            summary(*outs(90, 80, 42, 20, 3), touch(ago(60), "in")), True, id="three since the answer"
        ),
    ],
)
def test_unresponsive(known: Summary, expected: bool) -> None:
    assert is_unresponsive(known, POLICY, TODAY) == expected


def test_unresponsive_goes_by_the_configs_numbers() -> None:
    known = summary(*outs(30, 5))
    assert is_unresponsive(known, policy(unresponsive_entries=2, unresponsive_days=30), TODAY)
    assert not is_unresponsive(known, policy(unresponsive_entries=2, unresponsive_days=31), TODAY)


@given(histories())
def test_unresponsive_said_another_way(touches: list[Touch]) -> None:
    """By days: those that end a silence, then those on which an answer was asked for and none came."""
    heard = [(TODAY - t.date).days for t in touches if t.direction in ("in", "both", None)]
    asked = {(TODAY - t.date).days for t in touches if t.asks_for_answer}
    in_vain = {day for day in asked if not heard or day < min(heard)}
    expected = len(in_vain) >= 3 and max(in_vain) >= 42
    assert is_unresponsive(summary(*touches), POLICY, TODAY) == expected


@pytest.mark.parametrize(
    ("known", "rate"),
    [
        pytest.param(summary(), None, id="nothing asked"),
        pytest.param(summary(touch(ago(40), "card"), touch(ago(39), "in")), None, id="nothing that asks"),
        pytest.param(summary(*outs(40)), 0.0, id="no answer"),
        pytest.param(summary(*outs(40), touch(ago(10), "in")), 1.0, id="answered on day 30"),
        pytest.param(summary(*outs(41), touch(ago(10), "in")), 0.0, id="answered on day 31"),
        pytest.param(summary(*outs(40), touch(ago(40), "in")), 1.0, id="answered on the day"),
        pytest.param(summary(*outs(40), touch(ago(41), "in")), 0.0, id="heard from the day before"),
        pytest.param(summary(*outs(40), touch(ago(30), "call")), 1.0, id="a call answers"),
        pytest.param(summary(*outs(40), touch(ago(30), "touch")), 0.0, id="a touch doesn't"),
        pytest.param(summary(*outs(40, 35), touch(ago(30), "in")), 1.0, id="one answer to two mails"),
        pytest.param(summary(*outs(200, 100, 40, 5), touch(ago(39), "in")), 0.25, id="one in four"),
        pytest.param(summary(*outs(5), touch(ahead(1), "lunch")), 0.0, id="a planned lunch is no answer yet"),
    ],
)
def test_response_rate(known: Summary, rate: float | None) -> None:
    assert response_rate(known, POLICY, TODAY) == rate


@given(histories())
def test_response_rate_said_another_way(touches: list[Touch]) -> None:
    answers = {t.date for t in touches if t.direction in ("in", "both")}
    asked = [t.date for t in touches if t.asks_for_answer]
    got = [day for day in asked if {day + timedelta(days=n) for n in range(31)} & answers]
    expected = len(got) / len(asked) if asked else None
    assert response_rate(summary(*touches), POLICY, TODAY) == expected
