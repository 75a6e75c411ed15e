"""What the index keeps beside the notes: what was seen of their files; answers, until something changes."""

from collections.abc import Mapping
from typing import Any

from vaultkeeper import __version__
from vaultkeeper.storage.codec import dump, load
from vaultkeeper.storage.folding import Folding
from vaultkeeper.storage.opened import question

Stamp = tuple[int, ...]
# What was seen of a file: its stamp, a digest of its bytes, and whether the stamp may hide a later change.
Seen = tuple[Stamp, bytes, bool]


class Keeping(Folding):
    """The part of an open index that remembers."""

    # --- what was seen of the files

    @question
    def seen(self) -> dict[str, Seen]:
        """Path → what was seen of every note at the last refresh."""
        stamps, kept = self._meta("stamps"), self._meta("digests")
        if stamps is None or kept is None:
            return {}
        digests, doubtful = kept
        doubted = frozenset(doubtful)
        return {path: (stamp, digests[path], path in doubted) for path, stamp in stamps.items()}

    @question
    def has_seen(self, stamps: Mapping[str, Stamp]) -> bool:
        """Whether just these notes were there at the last refresh, beyond doubt: a quick question."""
        if self._meta("in doubt") is not False:
            return False
        # The same bytes are the same stamps, and quicker to compare; the scan may come in another order.
        return self._raw("stamps") == dump(stamps, alike=True) or self._meta("stamps") == stamps

    def _meta(self, key: str) -> Any:
        raw = self._raw(key)
        return None if raw is None else load(raw)

    def _raw(self, key: str) -> bytes | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def put_seen(self, seen: dict[str, Seen]) -> None:
        """In the order of the scan."""
        doubtful = [path for path, (_, _, doubt) in seen.items() if doubt]
        for key, value in (
            ("stamps", {path: stamp for path, (stamp, _, _) in seen.items()}),
            ("digests", ({path: digest for path, (_, digest, _) in seen.items()}, doubtful)),
            ("in doubt", bool(doubtful)),
        ):
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, dump(value, alike=True)))

    # --- answers, kept until the notes change

    @question
    def kept(self, name: str, mark: str) -> Any:
        """The answer that was kept under this name and mark; None where there is none, or where the index was
        written to since. The mark tells all that the answer depends on beside the index."""
        sql = "SELECT value FROM kept WHERE name = ? AND mark = ?"
        row = self._db.execute(sql, (name, f"{__version__} {mark}")).fetchone()
        return None if row is None else load(row[0])

    @question
    def keep(self, name: str, mark: str, answer: Any) -> None:
        """A plain value, as `codec.dump` takes it; in place of the last one of that name."""
        row = (name, f"{__version__} {mark}", dump(answer))
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)

    def _forget_answers(self) -> None:
        self._db.execute("DELETE FROM kept")
