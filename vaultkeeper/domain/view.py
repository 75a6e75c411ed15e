"""What an agenda looks at: a day, the days ahead, the week."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from vaultkeeper.domain.duration import days_after, week_start
from vaultkeeper.domain.policy import Policy

if TYPE_CHECKING:
    from vaultkeeper.domain.summary import Summary

Outcomes = Callable[[str], tuple[date, ...]]


class View(NamedTuple):
    """What an agenda looks at: the days `first` to `last`, both inclusive, as known on `today`.

    `week` is the first day of the week it is made for. `due` looks from today on; the note Due this week
    looks at its week, whenever in it it is made. `outcomes` gives the days on which an #outcome was noted
    with somebody, by `link_key`: how an introduction went may stand on either side. None knows of none.
    """

    today: date
    first: date
    last: date
    week: date
    policy: Policy
    outcomes: Outcomes | None = None

    @property
    def week_end(self) -> date:
        return days_after(self.week, 6)

    def of_week(self) -> "View":
        """The same day's view of the whole week: what holds through the week is seen from here."""
        return self._replace(first=self.week, last=days_after(self.week, self.policy.rules.window_days))

    def measured(self, summary: "Summary") -> date:
        """The day by which spans are measured: today; for the note of a week its first day, or that of the
        contact's latest entry since, so that the note says the same all week."""
        last = summary.last(self.today)
        return self.first if last is None else max(self.first, last.date)

    def on_first_day(self) -> "View":
        """As it stands on the week's first day; for summaries as they were when it began."""
        return self._replace(today=self.week)

    def after_week(self) -> "View":
        """As it will be known on the week's last day, if nothing more happens; an outcome noted in the week
        leaves what it answers its place."""

        def before(key: str) -> tuple[date, ...]:
            return tuple(day for day in self.outcomes_of(key) if day < self.week)

        return self.of_week()._replace(today=self.week_end, outcomes=before)

    def outcomes_of(self, key: str) -> tuple[date, ...]:
        return self.outcomes(key) if self.outcomes is not None else ()

    def knowing(self, outcomes: Iterable[tuple[str, tuple[date, ...]] | None]) -> "View":
        """With the outcomes that all the contacts tell of, as `outcome.outcome_of` gives each one's."""
        found: dict[str, tuple[date, ...]] = {}
        for key, days in filter(None, outcomes):
            found[key] = (*found.get(key, ()), *days)
        return self._replace(outcomes=lambda key: found.get(key, ()))


def view_from_today(policy: Policy, today: date, days: int | None = None) -> View:
    """`days` ahead of today; by default RULES.md's window."""
    span = policy.rules.window_days if days is None else days
    return View(today, today, days_after(today, span), week_start(today, policy.week_day), policy)


def view_of_week(policy: Policy, today: date) -> View:
    return view_from_today(policy, today).of_week()
