"""The agenda: who is due, and why, one item a contact and reason, within the week's quota (RULES.md)."""

from collections.abc import Iterable, Sequence
from datetime import date

from vaultkeeper.domain.capacity import choose, fill
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.finding import ALWAYS, LONGEST, SILENT, WAITING, Finding, Found, finder, lists_of
from vaultkeeper.domain.gathering import Known, Locals, vault_items
from vaultkeeper.domain.item import Agenda, Item
from vaultkeeper.domain.outcome import outcome_of
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.priority import Priority
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.summary import Summary

CHOSEN_RANK = 60  # of cadence, drifting, just-because: after all that always shows

_Placed = tuple[tuple[int, date, Priority], Item]


def make_agenda(
    summaries: Iterable[Summary], view: View, events: Sequence[Event] = (), *, quota: bool = True
) -> Agenda:
    """As `draw_up`, of contacts that are all there; `view` needs to know of no outcome."""
    known = list(summaries)
    find = finder(view.knowing(map(outcome_of, known)))
    findings = [found for found in map(find, known) if found is not None]
    return draw_up(findings, view, Known(known, view), events, quota=quota)


def needed(policy: Policy, later: int) -> dict[str, int]:
    """How many of each list of `finding.lists_of`, from its first on (-1: all), make the agenda's items, and
    the first `later` contacts of those left for later."""
    hellos = policy.rules.just_because_spread * policy.quota
    return {ALWAYS: -1, WAITING: policy.quota + later + 1, LONGEST: 1, SILENT: hellos}


def draw_up(
    findings: Sequence[Finding],
    view: View,
    people: Locals,
    events: Sequence[Event] = (),
    *,
    quota: bool = True,
    waiting: int = 0,
) -> Agenda:
    """Of what `finder` found in the view. Its contacts are known by path and name alone; the `people` are
    asked for where an event or an occasion wants to know more. Without `quota` nobody is left for later.

    The `findings` may be those `needed` alone; `waiting` is then how many there are on the whole of WAITING.

    What always shows is looked up in the view. The rest is chosen as of the week's first day and holds
    through the week: those touched since drop out, and nobody takes their place. A contact stands in
    `items` or in `later`, never in both; what of theirs was not chosen is silent while they are listed.
    """
    beyond = _thanks_beyond(findings, view)
    chosen = choose(findings, view, view.policy.quota if quota else None, beyond)
    now: list[_Placed] = []
    later: list[_Placed] = []
    for finding in findings:
        for found in finding.fixed:
            waits = quota and found.reason == "thank-you" and finding.path in beyond
            (later if waits else now).append(_place(finding, found, found.day))
        if finding.waiting and not (finding.touched or finding.snoozed):
            there = now if finding.path in chosen.holding or finding.path in chosen.paths else later
            there += [_place(finding, found, date.max) for found in finding.waiting]
    hello = Found("just-because", CHOSEN_RANK, view.week, "no reason but that it has been a while")
    now += [_place(finding, hello, date.max) for finding in fill(findings, view, chosen)]
    now.sort(key=lambda pair: pair[0])
    later.sort(key=lambda pair: pair[0])
    listed = {order[2] for order, _ in now}
    items = _among([item for _, item in now], vault_items(people, view, events))
    left = tuple(item for order, item in later if order[2] not in listed)
    known = sum(name == WAITING for f in findings for name, _ in lists_of(f)) if waiting else 0
    done = sum(f.reached for f in findings)
    return Agenda(view, view.policy.quota, tuple(items), left, done, max(waiting - known, 0))


def _place(finding: Finding, found: Found, by: date) -> _Placed:
    item = Item(found.reason, found.day, found.detail, finding.path, finding.name)
    if found.reason == "follow-up":
        item = item._replace(promises=finding.promises)
    return (found.rank, by, finding.order), item


def _thanks_beyond(findings: Iterable[Finding], view: View) -> frozenset[str]:
    """The contacts whose thank-you can wait: all but the newest 5."""
    thanks = [(-day.toordinal(), f.path) for f in findings if (day := f.thanks_on) is not None]
    return frozenset(path for _, path in sorted(thanks)[view.policy.rules.thank_you_most :])


def _among(items: list[Item], of_vault: list[Item]) -> list[Item]:
    """The items that are nobody's stand after the fixed ones, a look back last of all."""
    chosen = ("cadence", "drifting", "just-because")
    at = next((i for i, item in enumerate(items) if item.reason in chosen), len(items))
    back = [item for item in of_vault if item.reason == "review"]
    return [*items[:at], *(item for item in of_vault if item not in back), *items[at:], *back]


__all__ = ["Agenda", "draw_up", "make_agenda"]
