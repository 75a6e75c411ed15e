"""What the rules find for one contact, whoever else there is: the agenda chooses among these (RULES.md).

Plain values that the index may keep until the contact's notes, the view or the policy change.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.cadence import next_contact
from vaultkeeper.domain.priority import Priority, priority, tier_rank
from vaultkeeper.domain.reason import REASONS
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.reason.follow_up import due_promises, promise_day, say_promise
from vaultkeeper.domain.reason.just_because import just_because_since
from vaultkeeper.domain.status import is_snoozed, reasons_left
from vaultkeeper.domain.summary import Summary


class Found(NamedTuple):
    """One reason of a contact's: its code, its rank in the agenda, the day it asks for, and why in words."""

    reason: str
    rank: int
    day: date
    detail: str


class Finding(NamedTuple):
    """A contact's reasons: `fixed` always show, `waiting` wait to be chosen.

    `week` has those that always show at some time of the week, whatever today is; `began` those that did so
    before this week's touches. `promised`: a promise or a meeting is of this week. `touched`: there was a
    touch since the week began, `reached`: one by the user. `order` is their priority on the week's first
    day. `silent_since` is set for those whom a hello just because may find. `promises` are those due, in
    words.
    """

    path: str
    name: str
    fixed: tuple[Found, ...]
    waiting: tuple[Found, ...]
    week: tuple[Found, ...]
    began: tuple[str, ...]
    promised: bool
    snoozed: bool
    touched: bool
    reached: bool
    order: Priority
    tier_rank: int
    waits_since: date
    silent_since: date | None
    promises: tuple[str, ...]

    @property
    def thanks_on(self) -> date | None:
        """The day of the thank-you that shows this week."""
        return next((found.day for found in self.week if found.reason == "thank-you"), None)


def finder(view: View) -> Callable[[Summary], Finding | None]:
    """What finds out about one contact after the other; None where there is nothing to say in this view.

    What shows is looked up as of today, what waits as of the week's first day, before anything was
    noted in it.
    """
    policy, first, after = view.policy, view.on_first_day(), view.after_week()

    def find(summary: Summary) -> Finding | None:
        lately = [touch for touch in summary.until(view.today) if touch.date >= view.week]
        then = _undone(summary, view) if lately else summary
        fixed = _look(summary, view, reasons_left(summary, policy, view.today), fixed=True)
        left = reasons_left(then, policy, view.week, awake_by=view.week_end)
        waiting = _look(then, first, left, fixed=False)
        silent_since = None if left is not None else just_because_since(then, view)
        left = reasons_left(summary, policy, after.today)
        week = began = _look(summary, after, left, fixed=True)
        if lately:
            began = _look(then, after, left, fixed=True)
        promised = any(found.reason == "meeting" and found.day <= view.week_end for found in fixed)
        promised = promised or _kept_promise(summary, after)
        if not (fixed or waiting or week or began or promised or lately or silent_since):
            return None
        return Finding(
            summary.contact.path,
            summary.contact.name,
            fixed,
            waiting,
            week,
            tuple([found.reason for found in began]),
            promised,
            is_snoozed(summary, view.today),
            bool(lately),
            any(touch.by_user for touch in lately),
            priority(then, policy, view.week),
            tier_rank(summary, policy),
            _waits_since(then, view),
            silent_since,
            tuple([say_promise(promise, view.week) for _, promise in due_promises(summary, view)]),
        )

    return find


ALWAYS, WAITING, LONGEST, SILENT = "always", "waiting", "longest", "silent"


def lists_of(finding: Finding) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The lists that the agenda is drawn up from, and the rank in each.

    ALWAYS has all those of whom it may say something whoever else there is. Of the others, who can but be
    chosen: WAITING in the order of the queue; LONGEST in that of the place kept for the longest waiting (of
    lower tiers, then those never spoken with); SILENT in that of a hello just because.
    """
    f = finding
    if f.fixed or f.week or f.began or f.promised or f.snoozed or f.touched or f.reached:
        yield ALWAYS, ()
        return
    if f.waiting:
        yield WAITING, f.order
        if f.tier_rank > 0 or f.waits_since == date.min:
            yield LONGEST, (f.tier_rank == 0, f.waits_since, *f.order)
    if f.silent_since is not None:
        yield SILENT, (f.silent_since, *f.order[-2:])


def _look(summary: Summary, view: View, left: frozenset[str] | None, *, fixed: bool) -> tuple[Found, ...]:
    return tuple(
        [
            Found(reason.code, reason.rank, due.day, due.detail)
            for reason in REASONS
            if reason.fixed == fixed
            and (left is None or reason.code in left)
            and (due := reason.find(summary, view)) is not None
        ]
    )


def _undone(summary: Summary, view: View) -> Summary:
    """As they were when the week began: without this week's touches."""
    return summary._replace(
        touches=tuple(t for t in summary.touches if not view.week <= t.date <= view.today)
    )


def _kept_promise(summary: Summary, after: View) -> bool:
    """A promise ticked this week took its place of the quota; it is not given away again."""
    return any(
        f.done_on is not None
        and f.done_on >= after.week
        and (day := promise_day(f, after)) is not None
        and day <= after.last
        for f in summary.follow_ups
    )


def _waits_since(then: Summary, view: View) -> date:
    """Nobody waits longer than those never spoken with."""
    never = date.min if then.last(view.week) is None else view.week
    return next_contact(then, view.policy, view.week) or never
