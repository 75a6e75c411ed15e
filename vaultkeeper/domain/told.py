"""Which of the user's own news a contact has heard (RULES.md, told)."""

from collections.abc import Iterable
from datetime import date

from vaultkeeper.domain.event import News
from vaultkeeper.domain.summary import Summary

_FRESH = 183  # days: after half a year it is news no more


def untold(summary: Summary, news: Iterable[News], today: date) -> list[News]:
    """The news of the last half year that no #news entry since has told, oldest first."""
    told = max((t.date for t in summary.until(today) if "news" in t.kinds), default=date.min)
    return [item for item in fresh(news, today) if item.day > told]


def fresh(news: Iterable[News], today: date) -> list[News]:
    """The news that is still news, oldest first."""
    return [item for item in news if item.day <= today and (today - item.day).days <= _FRESH]
