"""Cold, warm, hot: RULES.md, derived facts."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.make import POLICY, TODAY, ago, ahead, histories, policy, summary, touch
from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import WARMTHS, warmth


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param(summary(), "cold", id="nothing known"),
        pytest.param(summary(touch(ago(30), "call")), "hot", id="a call, day 30"),
        pytest.param(summary(touch(ago(31), "call")), "warm", id="a call, day 31"),
        pytest.param(summary(touch(ago(30), "email both")), "hot", id="an exchange of mails"),
        pytest.param(
            summary(touch(ago(30)), touch(ago(1), "email in")), "hot", id="out and in, both within 30"
        ),
        pytest.param(summary(touch(ago(31)), touch(ago(1), "email in")), "warm", id="the out too old"),
        pytest.param(summary(touch(ago(1)), touch(ago(31), "email in")), "warm", id="the in too old"),
        pytest.param(summary(touch(ago(1)), touch(ago(2), "call out")), "warm", id="out alone"),
        pytest.param(summary(touch(ago(1), "email in")), "warm", id="in alone"),
        pytest.param(summary(touch(ago(1), "touch"), touch(ago(2), "in")), "warm", id="a touch is no out"),
        pytest.param(summary(touch(ago(1), "card"), touch(ago(2), "in")), "hot", id="a card is"),
        pytest.param(summary(touch(ago(90))), "warm", id="a mail, day 90"),
        pytest.param(summary(touch(ago(91))), "cold", id="a mail, day 91"),
        pytest.param(summary(touch(ago(90), "touch")), "warm", id="a touch, day 90"),
        pytest.param(summary(met=ago(90)), "warm", id="met, day 90"),
        pytest.param(summary(met=ago(91)), "cold", id="met, day 91"),
        pytest.param(summary(touch(ago(200)), met=ago(5)), "warm", id="met since"),
        pytest.param(summary(met=ahead(1)), "cold", id="not met yet"),
        pytest.param(summary(connected=ago(1)), "cold", id="a LinkedIn connection is neither"),
        pytest.param(summary(touch(ahead(1), "call")), "cold", id="a planned call is none yet"),
        pytest.param(summary(touch(TODAY, "call")), "hot", id="today"),
        pytest.param(
            summary(touch(date(2025, 11, 25)), tier="D"), "warm", id="within the cadence, its last day"
        ),
        pytest.param(summary(touch(date(2025, 11, 24)), tier="D"), "cold", id="the cadence over by a day"),
        pytest.param(summary(met=date(2025, 11, 25), tier="D"), "warm", id="met, within the cadence"),
        pytest.param(summary(touch(ago(90)), tier="A"), "warm", id="a shorter cadence changes nothing"),
        pytest.param(summary(touch(ago(91)), tier="A"), "cold", id="nor beyond 90 days"),
        pytest.param(summary(touch(ago(91)), tier="D", no_cadence=True), "cold", id="no cadence"),
        pytest.param(
            summary(touch(ago(91)), tier="D", cadence="2w"), "cold", id="one's own instead of the tier's"
        ),
    ],
)
def test_warmth(known: Summary, expected: str) -> None:
    assert warmth(known, POLICY, TODAY) == expected


def test_the_thresholds_are_the_configs() -> None:
    assert warmth(summary(touch(ago(11), "call")), policy(hot_days=10), TODAY) == "warm"
    assert warmth(summary(touch(ago(11), "call")), policy(hot_days=10, warm_days=10), TODAY) == "cold"


@given(histories(), st.none() | st.integers(0, 400), st.sampled_from(["", "A", "C", "D"]))
def test_said_another_way(touches: list[Touch], met: int | None, tier: str) -> None:
    facts: dict[str, Any] = {} if met is None else {"met": ago(met)}
    span = {"": 90, "A": 90, "C": 184, "D": 365}[tier]  # 6m back from 25 November is 25 May: 184 days
    days = [(TODAY - t.date).days for t in touches]
    near = [t.direction for t, d in zip(touches, days, strict=True) if d <= 30]
    signs = "".join({"out": "o", "in": "i", "both": "oi", None: ""}[direction] for direction in near)
    days += [] if met is None else [met]
    otherwise = "warm" if any(d <= span for d in days) else "cold"
    expected = "hot" if {"o", "i"} <= set(signs) else otherwise
    found = warmth(summary(*touches, tier=tier, **facts), POLICY, TODAY)
    assert found == expected
    assert found in WARMTHS
