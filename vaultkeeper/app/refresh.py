"""Bringing the index up to date with the vault: every command begins with it (FORMAT.md section 1).

Only notes whose stamp changed are read. A stamp taken within two seconds of the file's own time may hide a
later change of the same size: such a note is read again next time, and its digest decides.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction, unite
from vaultkeeper.domain.link import link_key, resolve_link
from vaultkeeper.domain.place import Problem
from vaultkeeper.storage.codec import Damaged
from vaultkeeper.storage.index import Index, Seen, Told
from vaultkeeper.storage.scan import Stamp, scan

_T = TypeVar("_T", Interaction, FollowUp)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Counts of contacts' notes, and what is wrong in the vault (config and scan included)."""

    contacts: int
    added: int
    modified: int
    removed: int
    problems: tuple[Problem, ...]

    @property
    def unchanged(self) -> int:
        return self.contacts - self.added - self.modified


def refresh(vault: Vault, index: Index, progress: Progress | None = None, *, full: bool = False) -> Refreshed:
    """Reads what changed since the last time into `index`; all of it with `full`, or where it is damaged."""
    index.refill = None
    try:
        refreshed = _refresh(vault, index, progress, full)
    except Damaged:
        index.rebuild()
        refreshed = _refresh(vault, index, progress, full)
    index.refill = lambda: _refresh(vault, index, None, False)
    return refreshed


def _refresh(vault: Vault, index: Index, progress: Progress | None, full: bool) -> Refreshed:
    now = time.time_ns()
    found = scan(vault.root, vault.scan_rules())
    if found.untidy:
        vault.files.tidy(found.untidy)
    seen = {} if full else index.seen()
    counts = {"added": 0, "modified": 0, "removed": 0}
    if full or _differs(found.notes, seen):
        from vaultkeeper.app.update import Update

        with index.writing():
            seen = index.seen()
            counts = Update(vault, index, seen, now, full).run(found.notes, progress)
    problems = sorted((*vault.config.problems, *found.problems, *index.problems()))
    return Refreshed(index.count(), **counts, problems=tuple(problems))


def _differs(notes: dict[str, Stamp], seen: dict[str, Seen]) -> bool:
    if len(notes) != len(seen):
        return True
    for path, stamp in notes.items():
        before = seen.get(path)
        if before is None or before[0] != stamp or before[2]:
            return True
    return False


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
            promises += [replace(promise, own=False) for promise in found]
    return unite(path, entries), promises


def _naming(path: str, key: str, candidates: list[str], other: Told, things: Iterable[_T]) -> Iterator[_T]:
    """Those of `things` in the note `other` whose participants hold the contact at `path`."""
    for thing in things:
        for target in thing.participants:
            if link_key(target) == key and resolve_link(target, other.path, candidates) == path:
                yield thing
                break
