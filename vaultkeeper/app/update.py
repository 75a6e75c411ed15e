"""Notes into the index: those that changed are read, and whom they tell of is summed up anew.

A part of `refresh`, and apart from it since most commands find nothing changed and need no reader.
"""

from collections.abc import Callable, Sequence

from vaultkeeper.app.gather import sum_up
from vaultkeeper.app.read import Read, reading
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.link import link_key
from vaultkeeper.storage.index import Index, Seen
from vaultkeeper.storage.scan import Stamp

_GRAIN = 2_000_000_000  # ns: the coarsest clock of a common filesystem (FAT)


class Update:
    """One transaction's worth of change: the notes of a scan into the index."""

    def __init__(self, vault: Vault, index: Index, seen: dict[str, Seen], now: int, full: bool) -> None:
        self._vault, self._index, self._seen, self._now, self._full = vault, index, seen, now, full
        self._keys: set[str] = set()
        self._put: set[str] = set()
        self._let_go: set[str] = set()
        self._counts = {"added": 0, "modified": 0, "removed": 0}

    def run(self, notes: dict[str, Stamp], progress: Callable[[int, int], None] | None) -> dict[str, int]:
        for path in [path for path in self._seen if path not in notes]:
            self._counts["removed"] += self._remove(path)
            del self._seen[path]
        seen = {} if self._full else self._seen
        changed = {path for path, stamp in notes.items() if path not in seen or seen[path][0] != stamp}
        todo = sorted(changed.union(path for path, (_, _, doubtful) in seen.items() if doubtful))
        known = {path: seen[path][1] for path in todo if path in seen}
        done = 0
        with reading(self._vault, todo, len(changed), known, notes) as some:
            for read in some:
                self._take(read, notes)
                done += len(read)
                if progress is not None:
                    progress(done, len(todo))
        self._sum_up()
        self._index.put_seen({path: self._seen[path] for path in notes})
        return self._counts

    def _take(self, read: Sequence[Read], stamps: dict[str, Stamp]) -> None:
        records = []
        for path, digest, failed, record in read:
            stamp, is_known = stamps[path], path in self._seen
            doubtful = failed or max(stamp[0], stamp[3]) > self._now - _GRAIN
            self._seen[path] = (stamp, digest, doubtful)
            if record is None:
                continue
            was_contact = is_known and self._remove(path)
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
        mentioned = self._index.mentioned() | self._let_go
        keys = {key for key in self._keys if key in mentioned or key not in self._put}
        self._index.put_summaries(summary for key in keys for summary in sum_up(self._index, key))
