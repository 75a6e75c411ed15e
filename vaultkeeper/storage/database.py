"""The database under the index: its tables, how it is opened and made, what its errors mean.

One of another version, or one that cannot be read, is made anew without a word. Writing takes no fsync.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from os import unlink

from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.storage.codec import Damaged

VERSION = 14
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE kept (name TEXT PRIMARY KEY, mark TEXT, value BLOB) WITHOUT ROWID;
CREATE TABLE note (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, key TEXT, problems BLOB, interactions BLOB, follow_ups BLOB,
    digest BLOB);
CREATE INDEX note_key ON note (key);
CREATE INDEX note_problems ON note (id) WHERE problems IS NOT NULL;
CREATE TABLE contact (
    id INTEGER PRIMARY KEY, name TEXT, contact BLOB, touches BLOB, promises BLOB, properties BLOB);
CREATE TABLE fold (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE found (name TEXT, id INTEGER, value BLOB, PRIMARY KEY (name, id)) WITHOUT ROWID;
CREATE TABLE ranked (
    name TEXT, list TEXT, rank BLOB, id INTEGER, PRIMARY KEY (name, list, rank, id)) WITHOUT ROWID;
CREATE TABLE change (at INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER UNIQUE);
CREATE INDEX contact_name ON contact (name);
CREATE TABLE event (id INTEGER PRIMARY KEY, event BLOB);
CREATE TABLE news (id INTEGER PRIMARY KEY, news BLOB);
CREATE TABLE name (folded TEXT, id INTEGER, whole INTEGER, PRIMARY KEY (folded, id, whole)) WITHOUT ROWID;
CREATE INDEX name_id ON name (id);
CREATE TABLE mention (
    key TEXT, id INTEGER, interactions BLOB, follow_ups BLOB, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE INDEX mention_id ON mention (id);
CREATE TABLE aside (key TEXT, id INTEGER, mention BLOB);
CREATE INDEX aside_key ON aside (key);
CREATE INDEX aside_id ON aside (id);
CREATE VIRTUAL TABLE body USING fts5 (text, tokenize = "unicode61 remove_diacritics 2");
INSERT INTO body (body, rank) VALUES ('hashsize', 4194304);
"""

# Each change of a contact is numbered anew, for the folds that have been made already.
_TRIGGER = """
CREATE TRIGGER contact_{event} AFTER {event} ON contact WHEN EXISTS (SELECT 1 FROM fold)
BEGIN INSERT OR REPLACE INTO change (id) VALUES ({row}.id); END"""

# What a new index would not help against: another process's lock, a full disk, a folder that is not ours.
_NOT_DAMAGE = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM),
    }
)


@contextmanager
def as_ours(file: str) -> Iterator[None]:
    """SQLite's errors as ours: Damaged, or VaultkeeperError where a new index would not help."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # our own mistakes
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_DAMAGE:
            raise VaultkeeperError(f"{file}: the index cannot be used: {error}") from error
        raise Damaged(f"{file}: the index is damaged: {error}") from error


def connect(file: str, mark: str) -> sqlite3.Connection:
    with as_ours(file):
        connection = sqlite3.connect(file, timeout=30, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = OFF")
            if _mark(connection) != mark:
                _make(connection, mark)
        except BaseException:
            connection.close()
            raise
        return connection


def _mark(connection: sqlite3.Connection) -> str | None:
    if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()[0]:
        return None
    row = connection.execute("SELECT value FROM meta WHERE key = 'mark'").fetchone()
    return None if row is None else row[0]


def _make(connection: sqlite3.Connection, mark: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if _mark(connection) != mark:  # else another process has made, and perhaps filled, it meanwhile
        _drop_all(connection)
        for statement in _SCHEMA.split(";\n"):
            connection.execute(statement)
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
            connection.execute(_TRIGGER.format(event=event, row=row))
        connection.execute("INSERT INTO meta VALUES ('mark', ?)", (mark,))
    connection.execute("COMMIT")


def _drop_all(connection: sqlite3.Connection) -> None:
    sql = "SELECT type, name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    for kind, name in connection.execute(f"{sql} AND name NOT LIKE 'body_%' ORDER BY name").fetchall():
        connection.execute(f'DROP {kind} IF EXISTS "{name}"')


def discard(file: str) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        try:
            unlink(f"{file}{suffix}")
        except FileNotFoundError:
            continue
        except OSError as error:
            raise VaultkeeperError(f"{file}: damaged, and cannot be removed: {error.strerror}") from error
