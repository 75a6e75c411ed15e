"""What the generated notes tell of one contact, whoever else there is: the Dashboard adds these up.

Plain values that the index may keep until the contact's notes, the view or the policy change.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from vaultkeeper.domain.coming import coming
from vaultkeeper.domain.done import done_this_week
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.reason.follow_up import say_promise
from vaultkeeper.domain.rhythm import is_drifting
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import warmth
from vaultkeeper.domain.week import load, weeks_of

AHEAD_DAYS = 27  # of the Dashboard, after the week's first day: four weeks
_PICTURED = 53 * 7  # days: a year of whole weeks


class Dated(NamedTuple):
    """A day of a contact's, in words."""

    reason: str
    day: date
    detail: str


class Glance(NamedTuple):
    """`weeks`: as `week.weeks_of` counts them from the view's. `days`: those of touches in the last year.
    `soon` is what lies ahead after the view, up to the end of the next week; `ahead` in four weeks from this
    one on. `warmth` is empty for the deceased."""

    path: str
    name: str
    warmth: str
    load: float
    weeks: tuple[int, ...]
    days: tuple[date, ...]
    quiet_since: date | None
    soon: tuple[Dated, ...]
    ahead: tuple[Dated, ...]
    promises: tuple[str, ...]
    done: tuple[Dated, ...]


def glance(summary: Summary, view: View) -> Glance:
    """As of the end of the view's week, with the touches known today: the same all week."""
    policy, contact = view.policy, summary.contact
    known = summary.until(view.today)
    lately = summary if known is summary.touches else summary._replace(touches=known)
    living = contact.status != "deceased"
    drifts = is_drifting(lately, policy, view.week) and reasons_left(lately, policy, view.today) is None
    since = days_after(view.week_end, -_PICTURED)
    ahead = coming([summary], view, view.week, days_after(view.week, AHEAD_DAYS))
    return Glance(
        contact.path,
        contact.name,
        warmth(lately, policy, view.week_end) if living else "",
        load([lately], policy, view.week) if living else 0.0,
        weeks_of(summary, view.week, view.today),
        tuple([touch.date for touch in known if touch.date > since]),
        lately.touches[-1].date if living and drifts else None,
        _dated(coming([summary], view, *next_week(view))),
        _dated(ahead),
        tuple(say_promise(promise, view.week) for promise in summary.open_follow_ups) if living else (),
        _dated(done_this_week([summary], view)),
    )


TOLD, NEAR = "told", "near"


def lists_of(glance: Glance) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Those of whom more is said than goes into the sums: on the Dashboard TOLD, in the other notes NEAR."""
    if glance.ahead or glance.promises or glance.quiet_since is not None:
        yield TOLD, ()
    if glance.soon or glance.done:
        yield NEAR, ()


def counts_of(glance: Glance) -> Iterator[Hashable]:
    """What the sums are made of: a word for each of the fields, and its value."""
    if glance.warmth:
        yield "warmth", glance.warmth
    yield "load", glance.load
    for week in glance.weeks:
        yield "week", week
    for day in glance.days:
        yield "day", day.toordinal()


class Sums(NamedTuple):
    """How often each value is found among all the glances."""

    warmth: Counter[str]
    load: Counter[float]
    weeks: Counter[int]
    days: Counter[date]


def sums_of(counts: Iterable[tuple[Hashable, int]]) -> Sums:
    """Of the counts of `counts_of`; others may be among them."""
    found: dict[str, Counter[Any]] = {
        "warmth": Counter(),
        "load": Counter(),
        "week": Counter(),
        "day": Counter(),
    }
    for what, number in counts:
        match what:
            case (("warmth" | "load" | "week") as kind, value):
                found[kind][value] = number
            case ("day", int(day)):
                found["day"][date.fromordinal(day)] = number
    return Sums(*found.values())


def next_week(view: View) -> tuple[date, date]:
    """The days after the view's last, up to the end of the week after this: both inclusive."""
    return days_after(view.last, 1), days_after(view.week, 13)


def items_of(told: Iterable[tuple[Glance, Iterable[Dated]]]) -> list[Item]:
    """Items by day, of contacts that are known by path and name alone."""
    found = [(one.day, one.reason, who.path, one.detail, who.name) for who, dated in told for one in dated]
    return [Item(reason, day, detail, path, name) for day, reason, path, detail, name in sorted(found)]


def _dated(items: Iterable[Item]) -> tuple[Dated, ...]:
    return tuple([Dated(item.reason, item.due, item.detail) for item in items])
