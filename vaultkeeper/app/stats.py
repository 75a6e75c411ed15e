"""`stats` and the figures of `report`: what came of it, over any period."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from vaultkeeper.app.listing import Filter, choose
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.domain.statistics import Resolve, Statistics, make_statistics
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.tally import Counts
from vaultkeeper.domain.week import Week
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.links import find_links, unlinked
from vaultkeeper.storage.index import Index

YEAR = 365  # days of the default period, today among them


def read_statistics(
    vault: Vault, index: Index, chosen: Filter, since: date | None, until: date | None, today: date
) -> Statistics:
    """Of the contacts that the filter lets through, in the period; kept until something changes. Raises
    BadInput."""
    first, last = period(since, until, today)
    mark = repr((chosen, first, last, today, vault.policy))
    kept = index.kept("stats", mark)
    if kept is not None:
        return _restored(*kept)
    found = count(vault, index, choose(vault, index, chosen, today), first, last, today)
    index.keep("stats", mark, _plain(found))
    return found


def period(since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """From `since` to `until`, both inclusive, or to `today` where that is earlier; by default the 365 days
    up to then. Raises BadInput where the period ends before it begins."""
    last = min(until or today, today)
    first = since or days_after(last, 1 - YEAR)
    if first > (until or today):
        raise BadInput(f"the period would begin on {first}, after its end on {until or today}")
    return first, last


def count(
    vault: Vault, index: Index, summaries: Sequence[Summary], first: date, last: date, today: date
) -> Statistics:
    """Of these contacts, from `first` to `last`, both inclusive."""
    return make_statistics(summaries, vault.policy, first, last, today, contact_finder(index), unlinked)


def _plain(found: Statistics) -> tuple[object, ...]:
    """As the index keeps it."""
    return (
        *(found.since.toordinal(), found.until.toordinal(), tuple(found.total), found.reached),
        {name: {value: tuple(c) for value, c in groups.items()} for name, groups in found.by.items()},
        {name: tuple(counts) for name, counts in found.without.items()},
        tuple((day.toordinal(), one, other) for day, one, other in found.introductions),
        *(found.warmth, found.moves, found.newly_known),
        tuple((week.first.toordinal(), week.contacts) for week in found.weeks),
        *(found.streak, found.load, found.quota),
        {day.toordinal(): number for day, number in found.days.items()},
    )


def _restored(*kept: Any) -> Statistics:
    """The statistics of which `_plain` made this."""
    since, until, total, reached, by, without, introduced, warmths, moves, new, *more = kept
    weeks, streak, load, quota, days = more
    day = date.fromordinal
    return Statistics(
        *(day(since), day(until), Counts(*total), reached),
        {name: {value: Counts(*c) for value, c in groups.items()} for name, groups in by.items()},
        {name: Counts(*counts) for name, counts in without.items()},
        tuple((day(number), one, other) for number, one, other in introduced),
        *(warmths, moves, new),
        tuple(Week(day(first), number) for first, number in weeks),
        *(streak, load, quota),
        {day(number): touches for number, touches in days.items()},
    )


def contact_finder(index: Index) -> Resolve:
    """(link, in brackets or without, path of the note it stands in) → the contact's path, or None."""
    contacts = {path for _, path in index.all_names()}
    paths_of = cache(index.paths_of)

    def find(target: str, source: str) -> str | None:
        links = find_links(target)
        target = links[0].target if links else target
        found = resolve_link(target, source, paths_of(link_key(target)))
        return found if found in contacts else None

    return find
