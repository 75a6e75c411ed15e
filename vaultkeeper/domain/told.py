"""Which of the user's own news a contact has heard (RULES.md, told)."""

from collections.abc import Iterable
from datetime import date

from vaultkeeper.domain.event import News
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary


def untold(summary: Summary, news: Iterable[News], policy: Policy, today: date) -> list[News]:
    """The news of the last year that no #news entry dated after it has told, oldest first."""
    told = last_told(summary, today)
    return [item for item in fresh(news, policy, today) if item.day >= told]


def last_told(summary: Summary, today: date) -> date:
    """The day of the last #news entry: what is older was told. The calendar's first day for none."""
    return max((t.date for t in summary.until(today) if "news" in t.kinds), default=date.min)


def fresh(news: Iterable[News], policy: Policy, today: date) -> list[News]:
    """What is still news, oldest first."""
    return [item for item in news if item.day <= today and (today - item.day).days <= policy.rules.news_days]
