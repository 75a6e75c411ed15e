"""What the index keeps beside the notes: what was seen of their files; answers, until something changes."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from vaultkeeper import __version__
from vaultkeeper.storage.codec import decode, dump, encode, load, shape
from vaultkeeper.storage.opened import Opened, question

if TYPE_CHECKING:
    from vaultkeeper.domain.summary import Summary

Stamp = tuple[int, ...]
# What was seen of a file: its stamp, a digest of its bytes, and whether the stamp may hide a later change.
Seen = tuple[Stamp, bytes, bool]

T = TypeVar("T")


class Keeping(Opened):
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

    @question
    def of_each(self, name: str, mark: str, kind: type[T], make: "Callable[[Summary], T | None]") -> list[T]:
        """What `make` gives of each contact's summary, None left out, by the age of their notes in the index.

        Kept a contact at a time, until their summary changes; all of it until the mark does, which tells all
        that it depends on beside the summary. `kind` is a type as `codec.encode` takes it.
        """
        mark = f"{__version__} {shape(kind)} {mark}"
        if not self._is_filled(name, mark):
            with self.writing():
                self._fill(name, mark, kind, make)
        sql = "SELECT value FROM found WHERE name = ? AND value IS NOT NULL ORDER BY id"
        return [decode(value, kind) for (value,) in self._db.execute(sql, (name,))]

    def _is_filled(self, name: str, mark: str) -> bool:
        """Nothing is found of whom there is no contact: so it is enough to count."""
        kept = self._db.execute("SELECT value FROM meta WHERE key = ?", (f"found {name}",)).fetchone()
        found = self._db.execute("SELECT count(*) FROM found WHERE name = ?", (name,)).fetchone()
        there = self._db.execute("SELECT count(*) FROM contact").fetchone()
        return (kept, found) == ((mark,), there)

    def _fill(self, name: str, mark: str, kind: type[T], make: "Callable[[Summary], T | None]") -> None:
        from vaultkeeper.storage.row import summary_of

        db, key = self._db, f"found {name}"
        if db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone() != (mark,):
            db.execute("DELETE FROM found WHERE name = ?", (name,))
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, mark))
        missing = db.execute("SELECT id FROM contact EXCEPT SELECT id FROM found WHERE name = ?", (name,))
        for (number,) in missing.fetchall():
            sql = "SELECT contact, touches, promises FROM contact WHERE id = ?"
            made = make(summary_of(*db.execute(sql, (number,)).fetchone()))
            value = None if made is None else encode(made, kind)
            db.execute("INSERT INTO found VALUES (?, ?, ?)", (name, number, value))
