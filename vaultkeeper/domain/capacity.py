"""The week's quota: who of those waiting is chosen, as of the week's first day (RULES.md, Capacity)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.cadence import next_contact
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.priority import priority, tier_rank
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.summary import Summary


class Waiting(NamedTuple):
    """A contact as the quota sees them: `fixed` where something of theirs always shows this week, `busy`
    where it came up in the week; `items` wait to be chosen."""

    summary: Summary
    fixed: bool
    busy: bool
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Chosen:
    """`paths` of those shown now; `gone` of those touched since the week began; `free` places left over."""

    paths: frozenset[str]
    gone: frozenset[str]
    free: int
    taken: frozenset[str]


def choose(waiting: Sequence[Waiting], view: View, quota: int | None) -> Chosen:
    """`quota` None chooses everybody.

    What always shows takes its places first, and so does everybody whom the user touched this week. The
    others come by priority as of the day before the week; one place of a quota of two or more is kept for the
    longest waiting contact of the lower tiers, even where it is the only one left. Nobody moves up when a
    chosen one is done.
    """
    gone = frozenset(w.summary.contact.path for w in waiting if _since(w.summary, view, by_user=False))
    busy = {w.summary.contact.path for w in waiting if w.busy or _since(w.summary, view, by_user=True)}
    queue = [w.summary for w in waiting if w.items and not w.fixed]
    queued = {summary.contact.path for summary in queue}
    taken = {w.summary.contact.path for w in waiting if w.fixed} | (busy - queued)
    before = view.before_week().today
    queue.sort(key=lambda summary: priority(summary, view.policy, before))
    if quota is None:
        everybody = frozenset(queued - gone)
        return Chosen(
            everybody, gone, max(view.policy.quota - len(taken | queued), 0), frozenset(taken | queued)
        )
    places = max(quota - len(taken), 0)
    chosen = _pick(queue, places, view) if quota > 1 else queue[:places]
    left = [summary for summary in chosen if summary.contact.path not in gone]
    now = left[: max(places - len(busy & queued), 0)]
    paths = frozenset(summary.contact.path for summary in now)
    return Chosen(paths, gone, max(places - len(chosen), 0), frozenset(taken | queued))


def _pick(queue: Sequence[Summary], places: int, view: View) -> list[Summary]:
    """Of `queue`, by priority. The kept place stands first, so that it is the last to be given up.

    Where nobody of a lower tier waits it is for one who was never spoken with: of an overfull first tier,
    too, everybody's turn comes.
    """
    before = view.before_week().today
    since = [(_waiting_since(summary, view, before), summary) for summary in queue]
    kept = [pair for pair in since if tier_rank(pair[1], view.policy) > 0]
    kept = kept or [pair for pair in since if pair[0] == date.min]
    if not kept:
        return list(queue[:places])
    longest = min(kept, key=lambda pair: pair[0])[1]
    return [longest, *(summary for summary in queue if summary is not longest)][:places]


def _waiting_since(summary: Summary, view: View, before: date) -> date:
    """Nobody waits longer than those never spoken with."""
    never = date.min if summary.last(before) is None else view.week
    return next_contact(summary, view.policy, before) or never


def _since(summary: Summary, view: View, *, by_user: bool) -> bool:
    """Whether there was a touch from the week's first day to today."""
    return any(t.date >= view.week and (t.by_user or not by_user) for t in summary.until(view.today))
