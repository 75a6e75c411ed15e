"""Notes into the index: those that changed are read, and whom they tell of is summed up anew.

A part of `refresh`, and apart from it since most commands find nothing changed and need no reader.
"""

from collections.abc import Callable, Sequence

from vaultkeeper.app.gather import sum_up
from vaultkeeper.app.read import Read, reading
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.link import link_key
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.scan import Stamp

_GRAIN = 2_000_000_000  # ns: the coarsest clock of a common filesystem (FAT)


class Update:
    """One transaction's worth of change: the notes of a scan into the index."""

    def __init__(self, vault: Vault, index: Index, now: int, full: bool) -> None:
        self._vault, self._index, self._now, self._full = vault, index, now, full
        self._before = index.stamps()
        self._doubtful: list[str] = []
        self._keys: set[str] = set()
        self._put: set[str] = set()
        self._let_go: set[str] = set()
        self._counts = {"added": 0, "modified": 0, "removed": 0}

    def run(self, notes: dict[str, Stamp], progress: Callable[[int, int], None] | None) -> dict[str, int]:
        for path in self._before.keys() - notes.keys():
            self._counts["removed"] += self._remove(path)
        seen = {} if self._full else self._before
        changed = {path for path, stamp in notes.items() if seen.get(path) != stamp}
        todo = sorted(changed.union(path for path in self._index.doubtful() if path in notes))
        known = self._index.digests_of(path for path in todo if path in seen)
        done = 0
        with reading(self._vault, todo, len(changed), known, notes) as some:
            for read in some:
                self._take(read, notes)
                done += len(read)
                if progress is not None:
                    progress(done, len(todo))
        self._sum_up()
        self._index.put_seen(notes, self._doubtful)
        return self._counts

    def _take(self, read: Sequence[Read], stamps: dict[str, Stamp]) -> None:
        records = []
        for path, failed, record in read:
            stamp = stamps[path]
            if failed or max(stamp[0], stamp[3]) > self._now - _GRAIN:
                self._doubtful.append(path)
            if record is None:
                continue
            was_contact = path in self._before and self._remove(path)
            records.append(record)
            key = record.note[1]
            self._put.add(key)
            self._keys |= {key, *(other for other, *_ in record.mentions)}
            if record.contact is not None:
                self._counts["modified" if was_contact else "added"] += 1
            elif was_contact:
                self._counts["removed"] += 1
        self._index.put(records)

    def _remove(self, path: str) -> bool:
        """Whether it was a contact's."""
        gone, was_contact = self._index.remove(path)
        self._keys |= gone
        self._let_go |= gone - {link_key(path)}
        return was_contact

    def _sum_up(self) -> None:
        """Contacts that other notes count for, or did before, are summed up anew."""
        mentioned = self._index.mentioned(self._keys) | self._let_go
        keys = {key for key in self._keys if key in mentioned or key not in self._put}
        self._index.put_summaries(summary for key in keys for summary in sum_up(self._index, key))
