"""`stats` and the figures of `report`: what came of it, over any period."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from vaultkeeper.app.listing import Filter, choose
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.domain.statistics import Resolve, Statistics, make_statistics
from vaultkeeper.domain.summary import Summary
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.links import find_links, unlinked
from vaultkeeper.storage.index import Index

YEAR = 365  # days of the default period, today among them


def read_statistics(
    vault: Vault, index: Index, chosen: Filter, since: date | None, until: date | None, today: date
) -> Statistics:
    """Of the contacts that the filter lets through; see `count`. Raises BadInput."""
    return count(vault, index, choose(vault, index, chosen, today), since, until, today)


def count(
    vault: Vault,
    index: Index,
    summaries: Sequence[Summary],
    since: date | None,
    until: date | None,
    today: date,
) -> Statistics:
    """From `since` to `until`, both inclusive; by default the 365 days up to `until`, which is today. Raises
    BadInput where the period ends before it begins."""
    last = min(until or today, today)
    first = since or days_after(last, 1 - YEAR)
    if first > (until or today):
        raise BadInput(f"the period would begin on {first}, after its end on {until or today}")
    return make_statistics(summaries, vault.policy, first, last, today, contact_finder(index), unlinked)


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
