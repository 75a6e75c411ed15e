"""What is worked out of each contact's summary, kept until that contact changes: folds.

A fold's values stand in the index a contact each, with the lists that each is in and its rank there, and with
a count over all of them. So what changed is worked out anew, and who comes first, or how many there are, is
known without a look at the others. Who has changed is told by the table `change`, which triggers fill.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from vaultkeeper import __version__
from vaultkeeper.storage.codec import decode, dump, encode, load, shape, sortable
from vaultkeeper.storage.opened import Opened, question

if TYPE_CHECKING:
    from vaultkeeper.domain.summary import Summary

T = TypeVar("T")
_SOME = 200  # contacts held at a time
MANY = 5000  # contacts; for fewer, to start workers takes longer
Rank = tuple[str, tuple[Any, ...]]  # a list, and the place in it: numbers, days and texts
_State = tuple[str, int, dict[Hashable, int]]

# Whose values tell of a contact by this key: they introduced the two, or noted that somebody did.
_SPREAD = """
INSERT OR REPLACE INTO change (id) SELECT id FROM contact WHERE id IN (
    SELECT id FROM mention WHERE key = ?1
    UNION SELECT id FROM note WHERE key IN (
        SELECT key FROM mention WHERE id IN (SELECT id FROM mention WHERE key = ?1)
        UNION SELECT key FROM mention WHERE id IN (SELECT id FROM note WHERE key = ?1)))"""


def _in_no_list(_: Any) -> Iterable[Rank]:
    return ()


def _uncounted(_: Any) -> Iterable[Hashable]:
    return ()


class Fold(NamedTuple, Generic[T]):
    """What `make` gives of a summary, None for nothing; `mark` tells all that it depends on beside it.

    `kind` is its type, as `codec.encode` takes it. `ranks`: the lists that a value stands in. `counts`: what
    is counted of it, plain values, or a mapping to whole numbers. `tells_of`: where the values of other folds
    go by this one's, the key of a link to its contact: it tells of those who were introduced to them.
    `word`: one that stands in some touch of whomever there is a value of; "" for none. What can be pickled is
    shared among the cores.
    """

    name: str
    mark: str
    kind: type[T]
    make: "Callable[[Summary], T | None]"
    ranks: Callable[[T], Iterable[Rank]] = _in_no_list
    counts: Callable[[T], Iterable[Hashable] | Mapping[Hashable, int]] = _uncounted
    tells_of: Callable[[T], str] | None = None
    word: str = ""


class Prepared(Generic[T]):
    """What `prepare` makes of the arguments, for the `make` of a fold: sent to a worker, it is made there."""

    def __init__(self, prepare: "Callable[..., Callable[[Summary], T | None]]", *arguments: Any) -> None:
        self._from = prepare, *arguments
        self._make = prepare(*arguments)

    def __call__(self, summary: "Summary") -> T | None:
        return self._make(summary)

    def __reduce__(self) -> tuple[Any, ...]:
        return Prepared, self._from


class Folding(Opened):
    """The part of an open index that works something out of each contact."""

    @question
    def of_each(self, fold: Fold[T]) -> list[T]:
        """Every value, by the age of their notes in the index."""
        self._ready(fold)
        rows = self._db.execute("SELECT value FROM found WHERE name = ? ORDER BY id", (fold.name,))
        return [decode(value, fold.kind) for (value,) in rows]

    @question
    def among(self, fold: Fold[T], lists: Mapping[str, int]) -> list[T]:
        """The values in any of the `lists`: of each the first so many, by rank; -1: all. None twice."""
        self._ready(fold)
        sql = (
            "SELECT id, value FROM"
            " (SELECT id FROM ranked WHERE name = ?1 AND list = ?2 ORDER BY rank LIMIT ?3)"
            " JOIN found USING (id) WHERE name = ?1"
        )
        found: dict[int, bytes] = {}
        for name, most in lists.items():
            found.update(self._db.execute(sql, (fold.name, name, most)).fetchall())
        return [decode(value, fold.kind) for value in found.values()]

    @question
    def spoken_of(self, fold: Fold[T], name: str) -> list[T]:
        """The values in the list of those whom asides of other notes speak of."""
        self._ready(fold)
        sql = (
            "SELECT value FROM (SELECT DISTINCT note.id FROM aside CROSS JOIN note USING (key)) AS spoken"
            " CROSS JOIN found ON found.name = ?1 AND found.id = spoken.id"
        )
        found = [decode(value, fold.kind) for (value,) in self._db.execute(sql, (fold.name,))]
        return [value for value in found if name in dict(fold.ranks(value))]

    @question
    def total(self, fold: Fold[Any]) -> Counter[Any]:
        """How often each thing is counted, over all the values; the name of a list: how many are in it."""
        return Counter(self._ready(fold)[2])

    @question
    def recall(self, name: str) -> tuple[int, dict[str, Any]]:
        """The time of asking, for `memorise`; and what was memorised, by the paths of contacts: of those who
        have not changed since."""
        now, state = self._latest(), self._state(name)
        if state is None or state[0] != __version__:
            return now, {}
        _, at, known = state
        changed = self._db.execute("SELECT path FROM change JOIN note USING (id) WHERE at > ?", (at,))
        gone = {path for (path,) in changed}
        return now, {path: value for path, value in known.items() if path not in gone}

    @question
    def memorise(self, name: str, asked: int, values: Mapping[str, Any]) -> None:
        """Plain values, by the paths of the contacts they were made of since `asked`; in place of what was
        kept by this name."""
        with self.writing():
            self._put_state(name, (__version__, asked, dict(values)))

    @question
    def ready(self, *folds: Fold[Any]) -> None:
        """Their values follow all that has changed. Folds that none of the others go by are best made ready
        together: then each contact is looked at once for all that are new."""
        self._states(folds)

    # --- keeping up

    def _ready(self, fold: Fold[Any]) -> _State:
        """Its state, once it is up to date."""
        return self._states((fold,))[fold.name]

    def _states(self, folds: Iterable[Fold[Any]]) -> dict[str, _State]:
        marks = {fold: f"{__version__} {shape(fold.kind)} {fold.mark}" for fold in folds}
        states: dict[str, _State] = {fold.name: self._state(fold.name) for fold in marks}
        late = [fold for fold in marks if (states[fold.name] or ())[:2] != (marks[fold], self._latest())]
        if late:
            with self.writing():
                known = {fold: self._state(fold.name) for fold in late}
                new = {fold: marks[fold] for fold in late if (known[fold] or ("",))[0] != marks[fold]}
                states |= self._fill(new)
                states |= {fold.name: self._follow(fold, known[fold]) for fold in late if fold not in new}
                for fold in late:
                    self._put_state(fold.name, states[fold.name])
        return states

    def _state(self, name: str) -> Any:
        row = self._db.execute("SELECT value FROM fold WHERE name = ?", (name,)).fetchone()
        return None if row is None else load(row[0])

    def _put_state(self, name: str, state: tuple[Any, ...]) -> None:
        self._db.execute("INSERT OR REPLACE INTO fold VALUES (?, ?)", (name, dump(state)))

    def _latest(self) -> int:
        """The number of the last change."""
        return int(self._db.execute("SELECT coalesce(max(at), 0) FROM change").fetchone()[0])

    def _fill(self, folds: Mapping[Fold[Any], str]) -> dict[str, _State]:
        """Folds and their marks. Of many contacts they are worked out by workers, one a core."""
        if not folds:
            return {}
        from vaultkeeper.storage.worker import Workers, how_many

        db, now = self._db, self._latest()
        for fold in folds:
            for table in ("found", "ranked"):
                db.execute(f"DELETE FROM {table} WHERE name = ?", (fold.name,))
        words = {fold.word.encode() for fold in folds}
        word = words.pop() if len(words) == 1 else b""
        whose = "FROM contact WHERE ?1 = x'' OR instr(touches, ?1)"
        count = db.execute(f"SELECT count(*) {whose}", (word,)).fetchone()[0]
        contacts = db.execute(f"SELECT id, contact, touches, promises {whose} ORDER BY id", (word,))
        parts = iter(partial(contacts.fetchmany, _SOME), [])
        totals: list[Counter[Hashable]] = [Counter() for _ in folds]
        known = tuple(folds)
        with Workers(how_many() if count >= MANY else 0, __name__, serve.__name__, known) as workers:
            for made in workers.each(parts, partial(_make, known)):
                for one, total in zip(made, totals, strict=True):
                    self._insert(one)
                    total.update(one.total)
        whole = zip(folds.items(), totals, strict=True)
        return {fold.name: (mark, now, dict(total)) for (fold, mark), total in whole}

    def _follow(self, fold: Fold[Any], state: _State) -> _State:
        """The values of those who changed, in place of their old ones."""
        from vaultkeeper.storage.row import summary_of

        db, (mark, at, known) = self._db, state
        total, now = Counter(known), self._latest()
        for (number,) in db.execute("SELECT id FROM change WHERE at > ?", (at,)).fetchall():
            row = db.execute(
                "SELECT value FROM found WHERE name = ? AND id = ?", (fold.name, number)
            ).fetchone()
            before = None if row is None else decode(row[0], fold.kind)
            row = db.execute(
                "SELECT contact, touches, promises FROM contact WHERE id = ?", (number,)
            ).fetchone()
            after = None if row is None else fold.make(summary_of(*row))
            if before == after:
                continue
            if before is not None:
                self._take(fold, number, before, total)
            if after is not None:
                made = _made(fold, [(number, after)])
                self._insert(made)
                total.update(made.total)
            if fold.tells_of is not None:
                keys = {fold.tells_of(value) for value in (before, after) if value is not None}
                db.executemany(_SPREAD, [(key,) for key in keys])
        return mark, now, {what: count for what, count in total.items() if count}

    def _insert(self, made: "_Made") -> None:
        """Values of contacts that have none."""
        self._db.executemany("INSERT INTO found VALUES (?, ?, ?)", made.found)
        self._db.executemany("INSERT INTO ranked VALUES (?, ?, ?, ?)", made.ranked)

    def _take(self, fold: Fold[T], number: int, value: T, total: Counter[Any]) -> None:
        ranks = list(fold.ranks(value))
        total.subtract([name for name, _ in ranks])
        total.subtract(fold.counts(value))
        whose = fold.name, number
        self._db.execute("DELETE FROM found WHERE name = ? AND id = ?", whose)
        sql = "DELETE FROM ranked WHERE name = ? AND id = ? AND list = ? AND rank = ?"
        self._db.executemany(sql, [(*whose, name, sortable(rank)) for name, rank in ranks])


class _Made(NamedTuple):
    """Rows of the tables `found` and `ranked`, and what they count."""

    found: list[tuple[str, int, bytes]]
    ranked: list[tuple[str, str, bytes, int]]
    total: Counter[Any]


def _made(fold: Fold[T], values: Iterable[tuple[int, T]]) -> _Made:
    made = _Made([], [], Counter())
    for number, value in values:
        ranks = list(fold.ranks(value))
        made.total.update([name for name, _ in ranks])
        made.total.update(fold.counts(value))
        made.found.append((fold.name, number, encode(value, fold.kind)))
        made.ranked.extend((fold.name, name, sortable(rank), number) for name, rank in ranks)
    return made


def _make(folds: Sequence[Fold[Any]], contacts: Iterable[tuple[Any, ...]]) -> list[_Made]:
    """Of each fold, from the rows of some contacts."""
    from vaultkeeper.storage.row import summary_of

    known = [(number, summary_of(*parts)) for number, *parts in contacts]
    found = ([(number, fold.make(summary)) for number, summary in known] for fold in folds)
    return [
        _made(fold, [one for one in values if one[1] is not None])
        for fold, values in zip(folds, found, strict=True)
    ]


def serve() -> None:
    """What a worker runs."""
    from vaultkeeper.storage.worker import work

    work(lambda folds: partial(_make, folds))


__all__ = ["Fold", "Folding", "Prepared", "Rank"]
