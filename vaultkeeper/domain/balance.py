"""Giving and asking (RULES.md, derived facts): pay it forward before you ask."""

from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary

GIVES = frozenset({"gave", "intro"})
ANSWERS = frozenset({"helped", "declined"})


class Balance(NamedTuple):
    """`open_asks` are the days of asks that nothing answered yet, oldest first.

    `refused` counts the asks in a row, from the latest back, that were declined or stayed open for 30 days.
    """

    gave: int
    asked: int
    last_gave: date | None
    last_asked: date | None
    open_asks: tuple[date, ...]
    refused: int


def balance(summary: Summary, policy: Policy, today: date) -> Balance:
    """#gave and #intro against #asked; #helped or #declined closes the oldest open ask."""
    gave: list[date] = []
    asks: list[date] = []
    outcome: dict[int, str] = {}
    for touch in summary.until(today):
        kinds = touch.kinds
        if not kinds:
            continue
        if not GIVES.isdisjoint(kinds):
            gave.append(touch.date)
        if "asked" in kinds:
            asks.append(touch.date)
        if asks and not ANSWERS.isdisjoint(kinds):
            oldest = next((i for i in range(len(asks)) if i not in outcome), None)
            if oldest is not None:
                outcome[oldest] = "helped" if "helped" in kinds else "declined"
    old = days_after(today, -policy.rules.ask_open_days)
    refused = 0
    for i in reversed(range(len(asks))):
        if outcome.get(i) == "declined" or (i not in outcome and asks[i] < old):
            refused += 1
        elif i in outcome:
            break
    return Balance(
        len(gave),
        len(asks),
        gave[-1] if gave else None,
        asks[-1] if asks else None,
        tuple(day for i, day in enumerate(asks) if i not in outcome),
        refused,
    )


def ask_from(summary: Summary, policy: Policy, today: date) -> date | None:
    """The day from which the last ask is long enough ago; None where there was none lately."""
    last = balance(summary, policy, today).last_asked
    if last is None:
        return None
    day = days_after(last, policy.rules.ask_every_days)
    return day if day > today else None


def may_ask(summary: Summary, policy: Policy, today: date, *, cold: bool) -> bool:
    """Whether an ask is welcome: at most one in 60 days, never where asks exceed gives, never of a cold
    contact, never after 2 declined or unanswered ones (RULES.md, what each line suggests)."""
    now = balance(summary, policy, today)
    rules = policy.rules
    return (
        not cold
        and now.asked <= now.gave
        and now.refused < rules.ask_most_refused
        and (now.last_asked is None or (today - now.last_asked).days >= rules.ask_every_days)
    )
