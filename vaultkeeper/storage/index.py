"""The index: what the notes say, in SQLite with full text. A cache: deleting it loses nothing.

The one door to SQL. It lives in the platform's cache folder, keyed by the vault's real path. One of another
version, or one that cannot be read, is made anew without a word; also where that shows only in the midst of
a command. Writing takes no fsync.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from vaultkeeper.storage.codec import Damaged, decode, dump, encode, load
from vaultkeeper.storage.database import VERSION, discard
from vaultkeeper.storage.keeping import Keeping, Seen, Stamp
from vaultkeeper.storage.opened import question

if TYPE_CHECKING:
    from vaultkeeper.domain.event import Event, News
    from vaultkeeper.domain.mention import Mention
    from vaultkeeper.domain.place import Problem
    from vaultkeeper.domain.summary import Summary
    from vaultkeeper.storage.row import Row, Told


class Index(Keeping):
    """An open index. Use `open_index`."""

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

    @question
    def paths_of(self, key: str) -> list[str]:
        """The notes that a link with this key may lead to."""
        return [path for (path,) in self._db.execute("SELECT path FROM note WHERE key = ?", (key,))]

    @question
    def twins(self) -> dict[str, int]:
        """Key → how many notes a link with it may lead to, where these are several."""
        sql = "SELECT key, count(*) FROM note GROUP BY key HAVING count(*) > 1"
        return dict(self._db.execute(sql).fetchall())

    @question
    def contacts_of(self, keys: Iterable[str]) -> list[str]:
        """The paths of the contacts that links with these keys may lead to."""
        found = []
        for key in keys:
            found += self._db.execute(
                "SELECT path FROM note JOIN contact USING (id) WHERE key = ?", (key,)
            ).fetchall()
        return [path for (path,) in found]

    @question
    def mentioned(self) -> set[str]:
        """Every key by which some note counts for another's contact."""
        return {key for (key,) in self._db.execute("SELECT DISTINCT key FROM mention")}

    @question
    def unknown_keys(self) -> set[str]:
        """The keys by which notes link to somebody of whom there is no note."""
        sql = "SELECT DISTINCT key FROM mention WHERE key NOT IN (SELECT key FROM note)"
        return {key for (key,) in self._db.execute(sql)}

    def mentioning_any(self, keys: Iterable[str]) -> "list[Told]":
        """As `mentioning`, for many keys; each note once."""
        found = {told.path: told for key in keys for told in self.mentioning(key)}
        return [found[path] for path in sorted(found)]

    @question
    def mentioning(self, key: str) -> "list[Told]":
        """The notes with entries or promises that count for others linked by this key."""
        return self._told("id IN (SELECT id FROM mention WHERE key = ?)", key)

    @question
    def mentioning_somebody(self) -> "list[Told]":
        """The notes with entries or promises that count for others, whoever they are."""
        return self._told("id IN (SELECT id FROM mention WHERE key <> ?)", "")

    @question
    def asides(self, key: str) -> "list[Mention]":
        """The mentions by links with this key, by day: they count for nobody."""
        from vaultkeeper.storage.row import MENTION

        rows = self._db.execute("SELECT mention FROM aside WHERE key = ?", (key,))
        found: list[Mention] = [decode(data, MENTION) for (data,) in rows]
        return sorted(found, key=lambda mention: (mention.day, mention.path, mention.line))

    @question
    def count_asides(self) -> dict[str, int]:
        """Key → how many mentions there are by links with it."""
        return dict(self._db.execute("SELECT key, count(*) FROM aside GROUP BY key").fetchall())

    @question
    def told(self, path: str) -> "Told":
        """What the note at `path` tells; nothing where there is none."""
        from vaultkeeper.storage.row import Told

        found = self._told("path = ?", path)
        return found[0] if found else Told(path, (), ())

    def _told(self, where: str, value: str) -> "list[Told]":
        from vaultkeeper.storage.row import told_of

        sql = f"SELECT path, interactions, follow_ups FROM note WHERE {where} ORDER BY path"
        return [told_of(*row) for row in self._db.execute(sql, (value,))]

    @question
    def summary(self, path: str) -> "Summary | None":
        """The summary of the contact whose note is at `path`."""
        from vaultkeeper.storage.row import summary_of

        sql = "SELECT contact, touches, promises FROM note JOIN contact USING (id) WHERE path = ?"
        row = self._db.execute(sql, (path,)).fetchone()
        return None if row is None else summary_of(*row)

    @question
    def properties_of(self, path: str) -> dict[str, object]:
        """The front matter's own keys and values of one contact's note."""
        sql = "SELECT properties FROM note JOIN contact USING (id) WHERE path = ?"
        row = self._db.execute(sql, (path,)).fetchone()
        return {} if row is None else load(row[0])

    @question
    def summaries(self) -> "list[Summary]":
        from vaultkeeper.storage.row import summary_of

        rows = self._db.execute("SELECT contact, touches, promises FROM contact ORDER BY id")
        return [summary_of(*row) for row in rows]

    @question
    def events(self) -> "list[Event]":
        from vaultkeeper.domain.event import Event

        return [decode(data, Event) for (data,) in self._db.execute("SELECT event FROM event ORDER BY id")]

    @question
    def news(self) -> "list[News]":
        """The user's own news, oldest first."""
        from vaultkeeper.storage.row import NEWS

        rows = self._db.execute("SELECT news FROM news").fetchall()
        news = (item for (data,) in rows for item in decode(data, NEWS))
        return sorted(news, key=lambda item: item.day)

    @question
    def properties(self) -> dict[str, dict[str, object]]:
        """Path → the front matter's own keys and values, of every contact."""
        rows = self._db.execute("SELECT path, properties FROM note JOIN contact USING (id)")
        return {path: load(data) for path, data in rows}

    @question
    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM contact").fetchone()[0])

    @question
    def problems(self) -> "list[Problem]":
        from vaultkeeper.domain.place import Problem

        rows = self._db.execute("SELECT problems FROM note WHERE problems IS NOT NULL")
        return sorted(problem for (data,) in rows for problem in decode(data, tuple[Problem, ...]))

    @question
    def problems_of(self, path: str) -> "list[Problem]":
        from vaultkeeper.domain.place import Problem

        row = self._db.execute("SELECT problems FROM note WHERE path = ?", (path,)).fetchone()
        return list(decode(row[0], tuple[Problem, ...])) if row and row[0] else []

    @question
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

    @question
    def all_names(self) -> list[tuple[str, str]]:
        """(name, path) of every contact, by name."""
        sql = "SELECT name, path FROM contact JOIN note USING (id) ORDER BY name, path"
        return self._db.execute(sql).fetchall()

    @question
    def search(self, query: str, limit: int) -> list[tuple[str, str, str]]:
        """(name, path, text) of the contacts' notes that match an FTS5 query, best first."""
        rows = self._db.execute(
            "SELECT name, path, text FROM body JOIN contact ON contact.id = body.rowid JOIN note USING (id)"
            " WHERE body MATCH ? ORDER BY rank, path LIMIT ?",
            (query, limit),
        )
        return rows.fetchall()


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


__all__ = ["Index", "Seen", "Stamp", "open_index"]
