"""What counts for one contact, from all the notes that tell of them."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction, unite
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.row import Told

_T = TypeVar("_T", Interaction, FollowUp)


def gather(index: Index, path: str) -> tuple[list[Interaction], list[FollowUp]]:
    """What counts for the contact at `path`: their own note's entries and promises, and those of other
    notes that name them as a participant. A talk noted twice stands once."""
    own = index.told(path)
    key = link_key(path)
    candidates = index.paths_of(key)
    entries, promises = list(own.interactions), list(own.follow_ups)
    for other in index.mentioning(key):
        if other.path != path:
            entries += _naming(path, key, candidates, other, other.interactions)
            found = _naming(path, key, candidates, other, other.follow_ups)
            promises += [promise._replace(own=False) for promise in found]
    return unite(path, entries), promises


def _naming(path: str, key: str, candidates: list[str], other: Told, things: Iterable[_T]) -> Iterator[_T]:
    """Those of `things` in the note `other` whose participants hold the contact at `path`."""
    for thing in things:
        for target in thing.participants:
            if link_key(target) == key and resolve_link(target, other.path, candidates) == path:
                yield thing
                break
