"""The week's quota: who of those waiting is chosen, as of the week's first day (RULES.md, Capacity)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from vaultkeeper.domain.finding import Finding
from vaultkeeper.domain.view import View

_FIRST_MONDAY = date(1970, 1, 5)


class Chosen(NamedTuple):
    """Paths: of those shown now, of those touched since the week began, of those who have a place of the
    quota or wait for one; `free` places are left over; `holding` have a place before anybody is chosen."""

    paths: frozenset[str]
    gone: frozenset[str]
    taken: frozenset[str]
    holding: frozenset[str]
    free: int


def choose(findings: Sequence[Finding], view: View, quota: int | None, beyond: frozenset[str]) -> Chosen:
    """`quota` None chooses everybody; `beyond` are those whose thank-you can wait, and takes no place.

    What always shows takes its places first, and so does everybody whom the user touched this week. The
    others come by priority as of the week's first day; one place of a quota of two or more is kept for the
    longest waiting contact of the lower tiers, even where it is the only one left. Nobody moves up when a
    chosen one is done.
    """
    gone = frozenset(f.path for f in findings if f.touched)
    holding = frozenset(f.path for f in findings if f.promised or _shows(f, f.began, beyond))
    busy = {f.path for f in findings if f.reached or _shows(f, (w.reason for w in f.week), beyond)}
    queue = sorted((f for f in findings if f.waiting and f.path not in holding), key=lambda f: f.order)
    queued = {f.path for f in queue}
    fixed = holding | (busy - queued)
    taken = fixed | queued
    if quota is None:
        free = max(view.policy.quota - len(taken), 0)
        return Chosen(frozenset(queued - gone), gone, taken, holding, free)
    places = max(quota - len(fixed), 0)
    chosen = _pick(queue, places) if quota > 1 else queue[:places]
    left = [f.path for f in chosen if f.path not in gone]
    now = frozenset(left[: max(places - len(busy & queued), 0)])
    return Chosen(now, gone, taken, holding, max(places - len(chosen), 0))


def fill(findings: Sequence[Finding], view: View, chosen: Chosen) -> list[Finding]:
    """Those for whom a hello just because has a place that is left over.

    Of the first 4 quotas of them, by silence as of the day before the week, a fourth is taken each week, by
    rank, so that four weeks see everybody; those touched since drop out.
    """
    if not chosen.free:
        return []
    spread = view.policy.rules.just_because_spread
    silent = [(f.silent_since, f.order[-2:], f) for f in findings if f.silent_since is not None]
    ranked = [f for *_, f in sorted(silent, key=lambda one: one[:2])][: spread * view.policy.quota]
    turn = (view.week - _FIRST_MONDAY).days // 7 % spread
    found = [f for f in ranked[turn::spread] if f.path not in chosen.taken][: chosen.free]
    return [f for f in found if not (f.touched or f.snoozed)]


def _shows(finding: Finding, reasons: Iterable[str], beyond: frozenset[str]) -> bool:
    return any(not (reason == "thank-you" and finding.path in beyond) for reason in reasons)


def _pick(queue: Sequence[Finding], places: int) -> list[Finding]:
    """Of `queue`, by priority. The kept place stands first, so that it is the last to be given up.

    Where nobody of a lower tier waits it is for one who was never spoken with: of an overfull first tier,
    too, everybody's turn comes.
    """
    kept = [f for f in queue if f.tier_rank > 0] or [f for f in queue if f.waits_since == date.min]
    if not kept:
        return list(queue[:places])
    longest = min(kept, key=lambda f: f.waits_since)
    return [longest, *(f for f in queue if f is not longest)][:places]
