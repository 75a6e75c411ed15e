"""The index: what the notes say, in SQLite with full text. A cache: deleting it loses nothing.

The one door to SQL. It lives in the platform's cache folder, keyed by the vault's real path. One of another
version, or one that cannot be read, is made anew without a word; also where that shows only in the midst of
a command. Writing takes no fsync.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from os.path import join
from typing import TYPE_CHECKING

from vaultkeeper.storage.codec import Damaged, decode, load
from vaultkeeper.storage.database import VERSION, discard
from vaultkeeper.storage.keeping import Keeping, Stamp
from vaultkeeper.storage.opened import question

if TYPE_CHECKING:
    from vaultkeeper.domain.contact import Contact
    from vaultkeeper.domain.event import Event, News
    from vaultkeeper.domain.mention import Mention
    from vaultkeeper.domain.place import Problem
    from vaultkeeper.domain.summary import Summary
    from vaultkeeper.storage.row import Record, Told

_SOME = 200  # rows written in one go
# Where a note leaves its traces, and by which column.
_TABLES = {
    **dict.fromkeys(("note", "contact", "name", "mention", "aside", "event", "news"), "id"),
    "body": "rowid",
}


class Index(Keeping):
    """An open index. Use `open_index`."""

    # --- writing notes

    def remove(self, path: str) -> tuple[set[str], bool]:
        """Takes a note out; gives the link keys whose contacts may now be told less, and whether it was a
        contact's."""
        row = self._db.execute("SELECT id, key FROM note WHERE path = ?", (path,)).fetchone()
        if row is None:
            return set(), False
        number, key = row
        self._forget_answers()
        mentions = self._db.execute("SELECT key FROM mention WHERE id = ?", (number,)).fetchall()
        gone = {
            table: self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,)).rowcount
            for table, column in _TABLES.items()
        }
        return {key, *(key for (key,) in mentions)}, gone["contact"] > 0

    def put(self, records: "Sequence[Record]") -> None:
        """Puts notes in that are not there; a contact's summary is for now that of its own note alone."""
        if not records:
            return
        self._forget_answers()
        first = self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM note").fetchone()[0]
        notes = list(enumerate(records, first))
        contacts = [(number, one, one.contact) for number, one in notes if one.contact is not None]
        rows: dict[str, Iterable[tuple[object, ...]]] = {
            "note VALUES (?, ?, ?, ?, ?, ?, ?)": ((number, *one.note) for number, one in notes),
            "mention VALUES (?, ?, ?, ?)": (
                (key, number, *counting) for number, one in notes for key, *counting in one.mentions
            ),
            "aside VALUES (?, ?, ?)": (
                (key, number, said) for number, one in notes for key, said in one.asides
            ),
            "event VALUES (?, ?)": ((number, one.event) for number, one in notes if one.event),
            "news VALUES (?, ?)": ((number, one.news) for number, one in notes if one.news),
            "contact VALUES (?, ?, ?, ?, ?, ?)": ((number, *contact) for number, _, contact in contacts),
            "name VALUES (?, ?, ?)": (
                (name, number, whole) for number, one, _ in contacts for name, whole in one.names
            ),
            "body (rowid, text) VALUES (?, ?)": ((number, one.text) for number, one, _ in contacts),
        }
        for into, values in rows.items():
            self._db.executemany(f"INSERT INTO {into}", values)

    def put_summaries(self, summaries: "Iterable[Summary]") -> None:
        """In place of those that were there. They may be made as they are put: no more than some are held."""
        from vaultkeeper.storage.row import summed_up

        of_path = "id = (SELECT id FROM note WHERE path = ?)"
        rows = ((*summed_up(summary), summary.contact.path) for summary in summaries)
        while some := list(islice(rows, _SOME)):
            self._db.executemany(f"UPDATE contact SET touches = ?, promises = ? WHERE {of_path}", some)

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
    def namesakes(self, key: str) -> "list[tuple[Told, Contact | None]]":
        """As `paths_of`: what each of the notes tells, and whose it is, where it is a contact's."""
        from vaultkeeper.storage.row import CONTACT, told_of

        rows = self._db.execute(
            "SELECT contact, path, interactions, follow_ups FROM note LEFT JOIN contact USING (id)"
            " WHERE key = ?",
            (key,),
        )
        return [(told_of(*told), decode(contact, CONTACT) if contact else None) for contact, *told in rows]

    @question
    def mentioned(self, keys: set[str] | None = None) -> set[str]:
        """Those of the `keys`, or of all, by which some note counts for another's contact."""
        if keys is None or len(keys) > _SOME:
            known = {key for (key,) in self._db.execute("SELECT DISTINCT key FROM mention")}
            return known if keys is None else known & keys
        sql = "SELECT 1 FROM mention WHERE key = ?"
        return {key for key in keys if self._db.execute(sql, (key,)).fetchone()}

    @question
    def unknown_keys(self) -> set[str]:
        """The keys by which notes link to somebody of whom there is no note."""
        sql = "SELECT DISTINCT key FROM mention WHERE key NOT IN (SELECT key FROM note)"
        return {key for (key,) in self._db.execute(sql)}

    @question
    def mentioning(self, key: str) -> "list[Told]":
        """The entries and promises that count for others linked by this key, of each note that has any."""
        from vaultkeeper.storage.row import told_of

        rows = self._db.execute(
            "SELECT path, mention.interactions, mention.follow_ups FROM mention JOIN note USING (id)"
            " WHERE mention.key = ? ORDER BY path",
            (key,),
        )
        return [told_of(*row) for row in rows]

    @question
    def mentioning_somebody(self) -> "list[Told]":
        """The notes with entries or promises that count for others, whoever they are: all that they tell."""
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
        found = (
            "SELECT note.id, path, rank FROM body JOIN note ON note.id = body.rowid"
            " WHERE body MATCH ? ORDER BY rank, path LIMIT ?"
        )
        rows = self._db.execute(
            f"SELECT name, path, text FROM ({found}) AS found JOIN contact USING (id)"
            " JOIN body ON body.rowid = found.id ORDER BY found.rank, path",
            (query, limit),
        )
        return rows.fetchall()


def open_index(folder: str, digest: str) -> Index:
    """The index in `folder`; `digest` stands for the config that parsing depends on.

    Empty where there is none yet, or where it was made under another digest.
    """
    file, mark = join(folder, "index.sqlite3"), f"{VERSION} {digest}"
    try:
        return Index(file, mark)
    except Damaged:
        discard(file)
        return Index(file, mark)


__all__ = ["Index", "Stamp", "open_index"]
