"""The agenda: who is due, and why, one item a contact and reason, within the week's quota (RULES.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.capacity import Waiting, choose
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.gathering import vault_items
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.priority import Priority, priority
from vaultkeeper.domain.reason import REASONS, Reason, View
from vaultkeeper.domain.reason.just_because import just_because
from vaultkeeper.domain.status import reasons_left
from vaultkeeper.domain.summary import Summary

JUST_BECAUSE = 60


@dataclass(frozen=True, slots=True)
class Agenda:
    """`items` for this week, in order; `later` what the quota left for another one, complete."""

    view: View
    quota: int
    items: tuple[Item, ...]
    later: tuple[Item, ...] = ()


class _Found(NamedTuple):
    """A contact's items: those that always show, and those that wait to be chosen, by rank."""

    summary: Summary
    fixed: list[tuple[int, Item]]
    waiting: list[tuple[int, Item]]
    in_week: bool


def make_agenda(
    summaries: Iterable[Summary], view: View, events: Sequence[Event] = (), *, quota: bool = True
) -> Agenda:
    """Without `quota` nobody is left for later.

    What always shows is looked up in the view. The rest is chosen as of the week's first day and holds
    through the week: those touched since drop out, and nobody takes their place.
    """
    known = list(summaries)
    found = [_find(summary, view) for summary in known]
    thanks_later = _thanks_beyond(found, view) if quota else set()
    waiting = [Waiting(f.summary, bool(f.fixed) or f.in_week, [item for _, item in f.waiting]) for f in found]
    chosen = choose(waiting, view, None if not quota else view.policy.quota)
    now: list[tuple[tuple[int, date, Priority], Item]] = []
    later: list[tuple[tuple[int, date, Priority], Item]] = []
    for f in found:
        order = priority(f.summary, view.policy, view.today)
        path = f.summary.contact.path
        for rank, item in f.fixed:
            there = later if item.reason == "thank-you" and path in thanks_later else now
            there.append(((rank, item.due, order), item))
        if f.waiting and path not in chosen.gone:
            shown = bool(f.fixed) or path in chosen.paths
            for rank, item in f.waiting:
                (now if shown else later).append(((rank, date.max, order), item))
    for summary in just_because(known, view, chosen):
        item = Item("just-because", view.week, "no reason but that it has been a while", summary)
        now.append(((JUST_BECAUSE, date.max, priority(summary, view.policy, view.today)), item))
    now.sort(key=lambda pair: pair[0])
    later.sort(key=lambda pair: pair[0])
    items = _among([item for _, item in now], vault_items(known, view, events))
    return Agenda(view, view.policy.quota, tuple(items), tuple(item for _, item in later))


def _find(summary: Summary, view: View) -> _Found:
    left = reasons_left(summary, view.policy, view.today)
    if left is not None and not left:
        return _Found(summary, [], [], False)
    week, before = view.of_week(), view.before_week()
    fixed: list[tuple[int, Item]] = []
    waiting: list[tuple[int, Item]] = []
    in_week = False
    for reason in REASONS:
        if left is not None and reason.code not in left:
            continue
        if reason.fixed:
            if due := reason.find(summary, view):
                fixed.append((reason.rank, Item(reason.code, due.day, due.detail, summary)))
            in_week = in_week or _holds(reason, summary, view, week)
        elif due := reason.find(summary, before):
            waiting.append((reason.rank, Item(reason.code, due.day, due.detail, summary)))
    return _Found(summary, fixed, waiting, in_week or _kept_promise(summary, view))


def _holds(reason: Reason, summary: Summary, view: View, week: View) -> bool:
    return view != week and reason.find(summary, week) is not None


def _kept_promise(summary: Summary, view: View) -> bool:
    """A promise ticked this week took its place of the quota; it is not given away again."""
    return any(
        f.done_on is not None
        and f.due is not None
        and view.week <= f.done_on
        and f.due <= view.of_week().last
        for f in summary.follow_ups
    )


def _thanks_beyond(found: Iterable[_Found], view: View) -> set[str]:
    """The contacts whose thank-you can wait: all but the newest 5."""
    thanks = [
        (item.due, f.summary.contact.path) for f in found for _, item in f.fixed if item.reason == "thank-you"
    ]
    thanks.sort(key=lambda pair: (-pair[0].toordinal(), pair[1]))
    return {path for _, path in thanks[view.policy.rules.thank_you_most :]}


def _among(items: list[Item], of_vault: list[Item]) -> list[Item]:
    """The items that are nobody's stand after the fixed ones, a look back last of all."""
    chosen = ("cadence", "drifting", "just-because")
    at = next((i for i, item in enumerate(items) if item.reason in chosen), len(items))
    back = [item for item in of_vault if item.reason == "review"]
    return [*items[:at], *(item for item in of_vault if item not in back), *items[at:], *back]
