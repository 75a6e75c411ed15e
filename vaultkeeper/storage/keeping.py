"""What the index keeps beside the notes: what was seen of their files; answers, until something changes."""

from collections.abc import Iterable, Mapping
from typing import Any

from vaultkeeper import __version__
from vaultkeeper.storage.codec import dump, load
from vaultkeeper.storage.folding import Folding
from vaultkeeper.storage.opened import question

Stamp = tuple[int, ...]


class Keeping(Folding):
    """The part of an open index that remembers."""

    def __init__(self, file: str, mark: str) -> None:
        super().__init__(file, mark)
        self._asked: dict[str, int] = {}

    # --- what was seen of the files

    @question
    def stamps(self) -> dict[str, Stamp]:
        """Path → the stamp of every note at the last refresh."""
        stamps: dict[str, Stamp] = self._meta("stamps") or {}
        return stamps

    @question
    def doubtful(self) -> list[str]:
        """The notes whose stamps may hide a later change."""
        return list(self._meta("in doubt") or ())

    @question
    def digests_of(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Path → a digest of its bytes, of those of the notes that were there at the last refresh."""
        sql = "SELECT path, digest FROM note WHERE path = ?"
        rows = (self._db.execute(sql, (path,)).fetchone() for path in paths)
        return dict(row for row in rows if row is not None)

    @question
    def has_seen(self, stamps: Mapping[str, Stamp]) -> bool:
        """Whether just these notes were there at the last refresh, beyond doubt: a quick question."""
        if self._meta("in doubt") != []:
            return False
        # The same bytes are the same stamps, and quicker to compare; the scan may come in another order.
        return self._raw("stamps") == dump(stamps, alike=True) or self._meta("stamps") == stamps

    def _meta(self, key: str) -> Any:
        raw = self._raw(key)
        return None if raw is None else load(raw)

    def _raw(self, key: str) -> bytes | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def put_seen(self, stamps: Mapping[str, Stamp], doubtful: Iterable[str]) -> None:
        """In the order of the scan."""
        for key, value in (("stamps", stamps), ("in doubt", list(doubtful))):
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, dump(value, alike=True)))

    # --- answers, kept until the notes change

    @question
    def kept(self, name: str, mark: str) -> Any:
        """The answer that was kept under this name and mark; None where there is none, or where the index was
        written to since. The mark tells all that the answer depends on beside the index."""
        sql = "SELECT value FROM kept WHERE name = ? AND mark = ?"
        row = self._db.execute(sql, (name, f"{__version__} {mark}")).fetchone()
        if row is None:
            self._asked[name] = self._others_wrote()
        return None if row is None else load(row[0])

    @question
    def keep(self, name: str, mark: str, answer: Any) -> None:
        """A plain value, as `codec.dump` takes it; in place of the last one of that name. Not kept where
        another process wrote since it was asked for: it may be an answer of before."""
        row = (name, f"{__version__} {mark}", dump(answer))
        with self.writing():
            now = self._others_wrote()
            if self._asked.get(name, now) == now:
                self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)

    def _others_wrote(self) -> int:
        """Another number where another connection has written."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _forget_answers(self) -> None:
        self._db.execute("DELETE FROM kept")
