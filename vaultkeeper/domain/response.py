"""Who answers (RULES.md, derived facts): unresponsive contacts, and the share of messages answered."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary


def unanswered_run(touches: tuple[Touch, ...]) -> list[date]:
    """The distinct days of the latest entries that ask for an answer, with none since the first of them."""
    run: set[date] = set()
    for touch in reversed(touches):
        if touch.direction != "out":
            run.discard(touch.date)
            break
        if touch.asks_for_answer:
            run.add(touch.date)
    return sorted(run)


def is_unresponsive(summary: Summary, policy: Policy, today: date) -> bool:
    """3 or more such days in a row, the first at least 42 days before today."""
    touches = summary.until(today)
    if not touches or touches[-1].direction != "out":
        return False
    run = unanswered_run(touches)
    rules = policy.rules
    return len(run) >= rules.unresponsive_entries and (today - run[0]).days >= rules.unresponsive_days


def answered(touches: tuple[Touch, ...], policy: Policy) -> tuple[int, int]:
    """(answered, asked for an answer): an `in` or `both` within 30 days of the entry answers it."""
    replies = reply_days(touches)
    asks = [t.date for t in touches if t.asks_for_answer]
    return sum(is_answered(day, replies, policy) for day in asks), len(asks)


def reply_days(touches: tuple[Touch, ...]) -> list[date]:
    """The days of what the contact made (`in`, `both`), in order."""
    return [t.date for t in touches if t.direction in ("in", "both")]


def is_answered(day: date, replies: Sequence[date], policy: Policy) -> bool:
    """Whether one of the `replies` (in order) came on `day` or within 30 days of it."""
    first = bisect_left(replies, day)
    return first < len(replies) and (replies[first] - day).days <= policy.rules.answer_days


def response_rate(summary: Summary, policy: Policy, today: date) -> float | None:
    """The share of entries asking for an answer that got one; None where there were none."""
    got, asks = answered(summary.until(today), policy)
    return got / asks if asks else None
