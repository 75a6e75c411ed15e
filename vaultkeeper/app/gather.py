"""What counts for one contact, from all the notes that tell of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction, unite
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.domain.summary import Summary, summarise
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.row import Told

_T = TypeVar("_T", Interaction, FollowUp)


def gather(index: Index, path: str) -> tuple[list[Interaction], list[FollowUp]]:
    """What counts for the contact at `path`: their own note's entries and promises, and those of other
    notes that name them as a participant. A talk noted twice stands once."""
    key = link_key(path)
    entries, promises = _counting(index.told(path), index.mentioning(key), index.paths_of(key))
    return unite(path, entries), promises


def sum_up(index: Index, key: str) -> Iterator[Summary]:
    """Those of the contacts that links with this key may lead to."""
    known, mentions = index.namesakes(key), index.mentioning(key)
    paths = [own.path for own, _ in known]
    for own, contact in known:
        if contact is not None:
            yield summarise(contact, *_counting(own, mentions, paths))


def _counting(
    own: Told, mentions: Sequence[Told], candidates: Sequence[str]
) -> tuple[list[Interaction], list[FollowUp]]:
    """`mentions` are by links that lead to one of the `candidates`."""
    entries, promises = list(own.interactions), list(own.follow_ups)
    for other in mentions:
        if other.path != own.path:
            entries += _naming(own.path, candidates, other.path, other.interactions)
            found = _naming(own.path, candidates, other.path, other.follow_ups)
            promises += [promise._replace(own=False) for promise in found]
    return entries, promises


def _naming(path: str, candidates: Sequence[str], source: str, things: Iterable[_T]) -> Iterator[_T]:
    """Those of `things` in the note `source` whose participants hold the contact at `path`."""
    key = link_key(path)
    for thing in things:
        for target in thing.participants:
            if link_key(target) == key and resolve_link(target, source, candidates) == path:
                yield thing
                break
