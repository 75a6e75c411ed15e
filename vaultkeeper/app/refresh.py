"""Bringing the index up to date with the vault: every command begins with it (FORMAT.md section 1).

Only notes whose stamp changed are read. A stamp taken within two seconds of the file's own time may hide a
later change of the same size: such a note is read again next time, and its digest decides.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.place import Problem
from vaultkeeper.storage.codec import Damaged
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.scan import scan

Progress = Callable[[int, int], None]


class Refreshed(NamedTuple):
    """Counts of contacts' notes, and what is wrong in the vault (config and scan included)."""

    contacts: int
    added: int
    modified: int
    removed: int
    problems: tuple[Problem, ...]

    @property
    def found(self) -> int:
        """How many contacts' notes had changed."""
        return self.added + self.modified + self.removed

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
    found = scan(vault.folder, vault.scan_rules())
    if found.untidy:
        vault.files.tidy(found.untidy)
    counts = {"added": 0, "modified": 0, "removed": 0}
    if full or not index.has_seen(found.notes):
        from vaultkeeper.app.update import Update

        with index.writing():
            counts = Update(vault, index, now, full).run(found.notes, progress)
    problems = sorted((*vault.config.problems, *found.problems, *index.problems()))
    return Refreshed(index.count(), **counts, problems=tuple(problems))
