"""The index: what the notes say, in SQLite with full text. A cache: deleting it loses nothing.

The one door to SQL. It lives in the platform's cache folder, keyed by the vault's real path. One of another
version, or one that cannot be read, is made anew without a word; also where that shows only in the midst of
a command. Writing takes no fsync.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from vaultkeeper import __version__
from vaultkeeper.storage.codec import Damaged, decode, dump, encode, load, shape
from vaultkeeper.storage.database import VERSION, as_ours, connect, discard

if TYPE_CHECKING:
    from vaultkeeper.domain.event import Event, News
    from vaultkeeper.domain.mention import Mention
    from vaultkeeper.domain.place import Problem
    from vaultkeeper.domain.summary import Summary
    from vaultkeeper.storage.row import Row, Told

Stamp = tuple[int, ...]
# What was seen of a file: its stamp, a digest of its bytes, and whether the stamp may hide a later change.
Seen = tuple[Stamp, bytes, bool]

P = ParamSpec("P")
T = TypeVar("T")


def _question(ask: "Callable[Concatenate[Index, P], T]") -> "Callable[Concatenate[Index, P], T]":
    """Asked again, of an index made anew and filled, where this one turns out to be damaged."""

    @wraps(ask)
    def answer(self: "Index", /, *args: P.args, **kwargs: P.kwargs) -> T:
        def once() -> T:
            with as_ours(self._file):
                return ask(self, *args, **kwargs)

        try:
            return once()
        except Damaged:
            refill, self.refill = self.refill, None
            if refill is None:
                raise
            self.rebuild()
            refill()
            return once()

    return answer


class Index:
    """An open index. Use `open_index`. `refill` brings it up to date once it was made anew, where one can."""

    def __init__(self, file: Path, mark: str) -> None:
        self._file, self._mark = file, mark
        self.refill: Callable[[], object] | None = None
        self._db = connect(file, mark)

    def rebuild(self) -> None:
        """Starts anew, with nothing in it."""
        self.close()
        discard(self._file)
        self._db = connect(self._file, self._mark)

    # --- what was seen of the files

    @_question
    def seen(self) -> dict[str, Seen]:
        """Path → what was seen of every note at the last refresh."""
        stamps, kept = self._meta("stamps"), self._meta("digests")
        if stamps is None or kept is None:
            return {}
        digests, doubtful = kept
        doubted = frozenset(doubtful)
        return {path: (stamp, digests[path], path in doubted) for path, stamp in stamps.items()}

    @_question
    def has_seen(self, stamps: Mapping[str, Stamp]) -> bool:
        """Whether just these notes were there at the last refresh, beyond doubt: a quick question."""
        return self._meta("in doubt") is False and self._meta("stamps") == stamps

    def _meta(self, key: str) -> Any:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else load(row[0])

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction; another process's comes before or after it. Raises Damaged."""
        with as_ours(self._file):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()

    def put_seen(self, seen: dict[str, Seen]) -> None:
        doubtful = [path for path, (_, _, doubt) in seen.items() if doubt]
        for key, value in (
            ("stamps", {path: stamp for path, (stamp, _, _) in seen.items()}),
            ("digests", ({path: digest for path, (_, digest, _) in seen.items()}, doubtful)),
            ("in doubt", bool(doubtful)),
        ):
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, dump(value)))

    # --- answers, kept until the notes change

    @_question
    def kept(self, name: str, mark: str) -> Any:
        """The answer that was kept under this name and mark; None where there is none, or where the index was
        written to since. The mark tells all that the answer depends on beside the index."""
        sql = "SELECT value FROM kept WHERE name = ? AND mark = ?"
        row = self._db.execute(sql, (name, f"{__version__} {mark}")).fetchone()
        return None if row is None else load(row[0])

    @_question
    def keep(self, name: str, mark: str, answer: Any) -> None:
        """A plain value, as `codec.dump` takes it; in place of the last one of that name."""
        row = (name, f"{__version__} {mark}", dump(answer))
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)

    def _forget_answers(self) -> None:
        self._db.execute("DELETE FROM kept")

    @_question
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

    # --- writing notes

    def remove(self, path: str) -> set[str]:
        """Takes a note out; gives the link keys whose contacts may now be told less."""
        row = self._db.execute("SELECT id, key FROM note WHERE path = ?", (path,)).fetchone()
        if row is None:
            return set()
        number, key = row
        self._forget_answers()
        touched = {key} | self._mentions_of(number)
        for table, column in (
            ("note", "id"),
            ("contact", "id"),
            ("name", "id"),
            ("mention", "id"),
            ("aside", "id"),
            ("event", "id"),
            ("news", "id"),
            ("found", "id"),
            ("body", "rowid"),
        ):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))
        return touched

    def _mentions_of(self, number: int) -> set[str]:
        return {key for (key,) in self._db.execute("SELECT key FROM mention WHERE id = ?", (number,))}

    def put(self, row: "Row") -> None:
        """Puts a note in that is not there; a contact's `summary` is for now that of its own note alone."""
        from vaultkeeper.domain.summary import summarise
        from vaultkeeper.storage import row as kinds

        problems = encode(row.problems, kinds.PROBLEMS) if row.problems else None
        self._forget_answers()
        db = self._db
        number = db.execute(
            "INSERT INTO note (path, key, problems, interactions, follow_ups) VALUES (?, ?, ?, ?, ?)",
            (
                row.path,
                row.key,
                problems,
                encode(row.interactions, kinds.INTERACTIONS) if row.interactions else None,
                encode(row.follow_ups, kinds.FOLLOW_UPS) if row.follow_ups else None,
            ),
        ).lastrowid
        if row.mentions:
            db.executemany("INSERT INTO mention VALUES (?, ?)", [(key, number) for key in row.mentions])
        if row.asides:
            asides = [(key, number, encode(mention, kinds.MENTION)) for key, mention in row.asides]
            db.executemany("INSERT INTO aside VALUES (?, ?, ?)", asides)
        if row.event is not None:
            db.execute("INSERT INTO event VALUES (?, ?)", (number, encode(row.event, kinds.EVENT)))
        if row.news:
            db.execute("INSERT INTO news VALUES (?, ?)", (number, encode(row.news, kinds.NEWS)))
        if row.contact is None:
            return
        contact = encode(row.contact, kinds.CONTACT)
        own = summarise(row.contact, row.interactions, row.follow_ups)
        db.execute(
            "INSERT INTO contact VALUES (?, ?, ?, ?, ?, ?)",
            (number, row.contact.name, contact, *kinds.summed_up(own), dump(row.properties)),
        )
        db.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?, ?)",
            [(name, number, whole) for name, whole in row.names],
        )
        db.execute("INSERT INTO body (rowid, text) VALUES (?, ?)", (number, row.text))

    def put_summary(self, path: str, summary: "Summary") -> None:
        from vaultkeeper.storage.row import summed_up

        self._db.execute(
            "UPDATE contact SET touches = ?, promises = ? WHERE id = (SELECT id FROM note WHERE path = ?)",
            (*summed_up(summary), path),
        )
        self._db.execute("DELETE FROM found WHERE id = (SELECT id FROM note WHERE path = ?)", (path,))

    # --- reading

    @_question
    def paths_of(self, key: str) -> list[str]:
        """The notes that a link with this key may lead to."""
        return [path for (path,) in self._db.execute("SELECT path FROM note WHERE key = ?", (key,))]

    @_question
    def twins(self) -> dict[str, int]:
        """Key → how many notes a link with it may lead to, where these are several."""
        sql = "SELECT key, count(*) FROM note GROUP BY key HAVING count(*) > 1"
        return dict(self._db.execute(sql).fetchall())

    @_question
    def contacts_of(self, keys: Iterable[str]) -> list[str]:
        """The paths of the contacts that links with these keys may lead to."""
        found = []
        for key in keys:
            found += self._db.execute(
                "SELECT path FROM note JOIN contact USING (id) WHERE key = ?", (key,)
            ).fetchall()
        return [path for (path,) in found]

    @_question
    def mentioned(self) -> set[str]:
        """Every key by which some note counts for another's contact."""
        return {key for (key,) in self._db.execute("SELECT DISTINCT key FROM mention")}

    @_question
    def unknown_keys(self) -> set[str]:
        """The keys by which notes link to somebody of whom there is no note."""
        sql = "SELECT DISTINCT key FROM mention WHERE key NOT IN (SELECT key FROM note)"
        return {key for (key,) in self._db.execute(sql)}

    def mentioning_any(self, keys: Iterable[str]) -> "list[Told]":
        """As `mentioning`, for many keys; each note once."""
        found = {told.path: told for key in keys for told in self.mentioning(key)}
        return [found[path] for path in sorted(found)]

    @_question
    def mentioning(self, key: str) -> "list[Told]":
        """The notes with entries or promises that count for others linked by this key."""
        return self._told("id IN (SELECT id FROM mention WHERE key = ?)", key)

    @_question
    def mentioning_somebody(self) -> "list[Told]":
        """The notes with entries or promises that count for others, whoever they are."""
        return self._told("id IN (SELECT id FROM mention WHERE key <> ?)", "")

    @_question
    def asides(self, key: str) -> "list[Mention]":
        """The mentions by links with this key, by day: they count for nobody."""
        from vaultkeeper.storage.row import MENTION

        rows = self._db.execute("SELECT mention FROM aside WHERE key = ?", (key,))
        found: list[Mention] = [decode(data, MENTION) for (data,) in rows]
        return sorted(found, key=lambda mention: (mention.day, mention.path, mention.line))

    @_question
    def count_asides(self) -> dict[str, int]:
        """Key → how many mentions there are by links with it."""
        return dict(self._db.execute("SELECT key, count(*) FROM aside GROUP BY key").fetchall())

    @_question
    def told(self, path: str) -> "Told":
        """What the note at `path` tells; nothing where there is none."""
        from vaultkeeper.storage.row import Told

        found = self._told("path = ?", path)
        return found[0] if found else Told(path, (), ())

    def _told(self, where: str, value: str) -> "list[Told]":
        from vaultkeeper.storage.row import told_of

        sql = f"SELECT path, interactions, follow_ups FROM note WHERE {where} ORDER BY path"
        return [told_of(*row) for row in self._db.execute(sql, (value,))]

    @_question
    def summary(self, path: str) -> "Summary | None":
        """The summary of the contact whose note is at `path`."""
        from vaultkeeper.storage.row import summary_of

        sql = "SELECT contact, touches, promises FROM note JOIN contact USING (id) WHERE path = ?"
        row = self._db.execute(sql, (path,)).fetchone()
        return None if row is None else summary_of(*row)

    @_question
    def properties_of(self, path: str) -> dict[str, object]:
        """The front matter's own keys and values of one contact's note."""
        sql = "SELECT properties FROM note JOIN contact USING (id) WHERE path = ?"
        row = self._db.execute(sql, (path,)).fetchone()
        return {} if row is None else load(row[0])

    @_question
    def summaries(self) -> "list[Summary]":
        from vaultkeeper.storage.row import summary_of

        rows = self._db.execute("SELECT contact, touches, promises FROM contact ORDER BY id")
        return [summary_of(*row) for row in rows]

    @_question
    def events(self) -> "list[Event]":
        from vaultkeeper.domain.event import Event

        return [decode(data, Event) for (data,) in self._db.execute("SELECT event FROM event ORDER BY id")]

    @_question
    def news(self) -> "list[News]":
        """The user's own news, oldest first."""
        from vaultkeeper.storage.row import NEWS

        rows = self._db.execute("SELECT news FROM news").fetchall()
        news = (item for (data,) in rows for item in decode(data, NEWS))
        return sorted(news, key=lambda item: item.day)

    @_question
    def properties(self) -> dict[str, dict[str, object]]:
        """Path → the front matter's own keys and values, of every contact."""
        rows = self._db.execute("SELECT path, properties FROM note JOIN contact USING (id)")
        return {path: load(data) for path, data in rows}

    @_question
    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM contact").fetchone()[0])

    @_question
    def problems(self) -> "list[Problem]":
        from vaultkeeper.domain.place import Problem

        rows = self._db.execute("SELECT problems FROM note WHERE problems IS NOT NULL")
        return sorted(problem for (data,) in rows for problem in decode(data, tuple[Problem, ...]))

    @_question
    def problems_of(self, path: str) -> "list[Problem]":
        from vaultkeeper.domain.place import Problem

        row = self._db.execute("SELECT problems FROM note WHERE path = ?", (path,)).fetchone()
        return list(decode(row[0], tuple[Problem, ...])) if row and row[0] else []

    @_question
    def named(self, folded: str, *, how: str) -> list[tuple[str, str]]:
        """(name, path) of contacts: `how` is "whole", "prefix" (of a name or of a word of it) or "part"."""
        where, values = {
            "whole": ("folded = ? AND whole", (folded,)),
            "prefix": ("folded >= ? AND folded < ?", (folded, f"{folded}\U0010ffff")),
            "part": ("whole AND instr(folded, ?)", (folded,)),
        }[how]
        rows = self._db.execute(
            "SELECT DISTINCT contact.name, path FROM name JOIN contact USING (id) JOIN note USING (id)"
            f" WHERE {where} ORDER BY path",
            values,
        )
        return rows.fetchall()

    @_question
    def all_names(self) -> list[tuple[str, str]]:
        """(name, path) of every contact, by name."""
        sql = "SELECT name, path FROM contact JOIN note USING (id) ORDER BY name, path"
        return self._db.execute(sql).fetchall()

    @_question
    def search(self, query: str, limit: int) -> list[tuple[str, str, str]]:
        """(name, path, text) of the contacts' notes that match an FTS5 query, best first."""
        rows = self._db.execute(
            "SELECT name, path, text FROM body JOIN contact ON contact.id = body.rowid JOIN note USING (id)"
            " WHERE body MATCH ? ORDER BY rank, path LIMIT ?",
            (query, limit),
        )
        return rows.fetchall()

    def close(self) -> None:
        self._db.close()


def open_index(folder: Path, digest: str) -> Index:
    """The index in `folder`; `digest` stands for the config that parsing depends on.

    Empty where there is none yet, or where it was made under another digest.
    """
    file, mark = folder / "index.sqlite3", f"{VERSION} {digest}"
    try:
        return Index(file, mark)
    except Damaged:
        discard(file)
        return Index(file, mark)
