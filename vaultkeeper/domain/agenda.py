"""The agenda: who is due, and why, one item a contact and reason, within the week's quota (RULES.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.capacity import Waiting, choose
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.gathering import vault_items
from vaultkeeper.domain.item import Agenda, Item
from vaultkeeper.domain.priority import Priority, priority
from vaultkeeper.domain.reason import REASONS, View
from vaultkeeper.domain.reason.follow_up import promise_day
from vaultkeeper.domain.reason.just_because import just_because
from vaultkeeper.domain.status import is_snoozed, reasons_left
from vaultkeeper.domain.summary import Summary

CHOSEN_RANK = 60  # of cadence, drifting, just-because: after all that always shows


_Placed = tuple[tuple[int, date, Priority], Item]


class _Found(NamedTuple):
    """A contact's items: those that always show, and those that wait to be chosen, by rank.

    `week` has the day of each reason that always shows at some time of the week, whatever today is; `began`
    those that did so before this week's touches; `promised` is that a promise or a meeting is of this week.
    """

    summary: Summary
    fixed: list[tuple[int, Item]]
    waiting: list[tuple[int, Item]]
    week: dict[str, date]
    began: dict[str, date]
    promised: bool

    def waits(self, beyond: frozenset[str]) -> Waiting:
        """`beyond` are those whose thank-you can wait: it takes no place."""
        put_off = {"thank-you"} if self.summary.contact.path in beyond else set[str]()
        fixed, busy = self.promised or bool(self.began.keys() - put_off), bool(self.week.keys() - put_off)
        return Waiting(self.summary, fixed, busy, [item for _, item in self.waiting])


def make_agenda(
    summaries: Iterable[Summary], view: View, events: Sequence[Event] = (), *, quota: bool = True
) -> Agenda:
    """Without `quota` nobody is left for later.

    What always shows is looked up in the view. The rest is chosen as of the week's first day and holds
    through the week: those touched since drop out, and nobody takes their place. A contact stands in
    `items` or in `later`, never in both; what of theirs was not chosen is silent while they are listed.
    """
    known = list(summaries)
    view = view.knowing(known)
    before, after = view.before_week(), view.after_week()
    found = [_find(summary, view, before, after) for summary in known]
    beyond = _thanks_beyond(found, view)
    waiting = [f.waits(beyond) for f in found]
    chosen = choose(waiting, view, view.policy.quota if quota else None)
    now: list[_Placed] = []
    later: list[_Placed] = []
    for f, waits in zip(found, waiting, strict=True):
        path = f.summary.contact.path
        awake = path not in chosen.gone and not is_snoozed(f.summary, view.today)
        if not (f.fixed or (f.waiting and awake)):
            continue
        order = priority(f.summary, view.policy, view.today)
        for rank, item in f.fixed:
            there = later if quota and item.reason == "thank-you" and path in beyond else now
            there.append(((rank, item.due, order), item))
        there = now if waits.fixed or path in chosen.paths else later
        for rank, item in f.waiting if awake else ():
            there.append(((rank, date.max, order), item))
    for summary in just_because(known, view, chosen):
        item = Item("just-because", view.week, "no reason but that it has been a while", summary)
        now.append(((CHOSEN_RANK, date.max, priority(summary, view.policy, view.today)), item))
    now.sort(key=lambda pair: pair[0])
    later.sort(key=lambda pair: pair[0])
    listed = {order[2] for order, _ in now}
    items = _among([item for _, item in now], vault_items(known, view, events))
    left = tuple(item for order, item in later if order[2] not in listed)
    done = sum(any(t.by_user and t.date >= view.week for t in s.until(view.today)) for s in known)
    return Agenda(view, view.policy.quota, tuple(items), left, done)


def _find(summary: Summary, view: View, before: View, after: View) -> _Found:
    """What shows is looked up as of today, what waits as of the day before the week."""
    policy = view.policy
    fixed = _look(summary, view, reasons_left(summary, policy, view.today), fixed=True)
    left = reasons_left(summary, policy, before.today, awake_by=view.week_end)
    waiting = _look(summary, before, left, fixed=False)
    left = reasons_left(summary, policy, after.today)
    week = began = {item.reason: item.due for _, item in _look(summary, after, left, fixed=True)}
    if (undone := _undone(summary, view)) is not summary:
        began = {item.reason: item.due for _, item in _look(undone, after, left, fixed=True)}
    meets = any(item.reason == "meeting" and item.due <= view.week_end for _, item in fixed)
    return _Found(summary, fixed, waiting, week, began, meets or _kept_promise(summary, after))


def _look(
    summary: Summary, view: View, left: frozenset[str] | None, *, fixed: bool
) -> list[tuple[int, Item]]:
    return [
        (reason.rank, Item(reason.code, due.day, due.detail, summary))
        for reason in REASONS
        if reason.fixed == fixed
        and (left is None or reason.code in left)
        and (due := reason.find(summary, view)) is not None
    ]


def _undone(summary: Summary, view: View) -> Summary:
    """As if this week's touches had not been: what they saw to took its place of the quota before."""
    if not any(view.week <= touch.date for touch in summary.until(view.today)[-1:]):
        return summary
    return replace(
        summary, touches=tuple(t for t in summary.touches if not view.week <= t.date <= view.today)
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


def _thanks_beyond(found: Iterable[_Found], view: View) -> frozenset[str]:
    """The contacts whose thank-you can wait: all but the newest 5."""
    thanks = [(f.week["thank-you"], f.summary.contact.path) for f in found if "thank-you" in f.week]
    thanks.sort(key=lambda pair: (-pair[0].toordinal(), pair[1]))
    return frozenset(path for _, path in thanks[view.policy.rules.thank_you_most :])


def _among(items: list[Item], of_vault: list[Item]) -> list[Item]:
    """The items that are nobody's stand after the fixed ones, a look back last of all."""
    chosen = ("cadence", "drifting", "just-because")
    at = next((i for i, item in enumerate(items) if item.reason in chosen), len(items))
    back = [item for item in of_vault if item.reason == "review"]
    return [*items[:at], *(item for item in of_vault if item not in back), *items[at:], *back]


__all__ = ["Agenda", "make_agenda"]
