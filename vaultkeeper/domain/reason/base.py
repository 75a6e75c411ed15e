"""The shape that every reason of the agenda has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from vaultkeeper.domain.duration import week_start
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary


@dataclass(frozen=True, slots=True)
class View:
    """What an agenda looks at: the days `first` to `last`, both inclusive, as known on `today`.

    `due` looks from today on; the note Due this week looks at its week, whenever in it it is made.
    """

    today: date
    first: date
    last: date
    policy: Policy

    @property
    def week(self) -> date:
        """The first day of the week that holds `today`."""
        return week_start(self.today, self.policy.week_day)

    @property
    def week_end(self) -> date:
        return self.week + timedelta(days=6)


def view_from_today(policy: Policy, today: date, days: int | None = None) -> View:
    span = policy.rules.window_days if days is None else days
    return View(today, today, today + timedelta(days=span), policy)


def view_of_week(policy: Policy, today: date) -> View:
    first = week_start(today, policy.week_day)
    return View(today, first, first + timedelta(days=policy.rules.window_days), policy)


@dataclass(frozen=True, slots=True)
class Due:
    """One contact is due for one reason, on `day`; `detail` says why in words that stay true this week."""

    day: date
    detail: str


@dataclass(frozen=True, slots=True)
class Reason:
    """`find` gives a Due where the reason holds. `rank` orders the agenda. `fixed` ones always show and
    take their place of the quota; the others are chosen by priority as of the week's first day."""

    code: str
    rank: int
    fixed: bool
    find: Callable[[Summary, View], Due | None]
