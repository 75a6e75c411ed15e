import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.summary import Summary, summarise
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.storage import database, folding, worker
from vaultkeeper.storage import index as module
from vaultkeeper.storage.codec import Damaged
from vaultkeeper.storage.folding import Fold
from vaultkeeper.storage.index import Index, open_index
from vaultkeeper.storage.row import Row, Told, record_of

JANE = Contact("People/Jane Doe.md", "Jane Doe", aliases=("JD",))
CALL = Interaction(date(2026, 11, 1), JANE.path, 7, "hello", channel="call", direction="both")
PLAN = FollowUp("Send the plan", JANE.path, 4)
ODD = Problem(JANE.path, 2, "odd")


def jane(**more: object) -> Row:
    """Her note, as it is put into the index."""
    values: dict[str, object] = {
        "problems": (ODD,),
        "contact": JANE,
        "properties": {"tier": "A"},
        "interactions": (CALL,),
        "follow_ups": (PLAN,),
        "names": (("jane doe", True), ("doe", False), ("jd", True)),
        "text": "a talk about Zürich",
    }
    return Row(JANE.path, "jane doe", **(values | more))  # type: ignore[arg-type]


@contextmanager
def opened(folder: Path, digest: str = "d") -> Iterator[Index]:
    with closing(open_index(folder, digest)) as index:
        yield index


def fill(index: Index, *rows: Row) -> None:
    with index.writing():
        index.put([record_of(row) for row in rows or (jane(),)])
        index.put_seen({JANE.path: (1, 2, 3)}, [])


def test_what_is_put_is_found_after_closing(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        fill(index)
    with opened(tmp_path) as index:
        assert index.stamps() == {JANE.path: (1, 2, 3)}
        assert index.summary(JANE.path) == summarise(JANE, [CALL], [PLAN])
        assert index.summaries() == [summarise(JANE, [CALL], [PLAN])]
        assert index.told(JANE.path) == Told(JANE.path, (CALL,), (PLAN,))
        assert index.problems() == index.problems_of(JANE.path) == [ODD]
        assert index.properties() == {JANE.path: {"tier": "A"}}
        assert index.properties_of(JANE.path) == {"tier": "A"}
        assert (index.count(), index.all_names()) == (1, [("Jane Doe", JANE.path)])
        assert index.paths_of("jane doe") == [JANE.path]
        assert index.namesakes("jane doe") == [(Told(JANE.path, (CALL,), (PLAN,)), JANE)]
        assert index.search('"zurich"', 5) == [("Jane Doe", JANE.path, "a talk about Zürich")]


def test_what_is_not_there(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        assert (index.stamps(), index.summary("x.md"), index.summaries()) == ({}, None, [])
        assert (index.properties_of("x.md"), index.problems_of("x.md")) == ({}, [])
        assert index.told("x.md") == Told("x.md", (), ())
        with index.writing():
            assert index.remove("x.md") == (set(), False)


def test_removing_leaves_no_trace(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        lunch = CALL._replace(participants=("Sam Lee", "People/Sam Lee"))
        fill(index, jane(interactions=(CALL, lunch)))
        assert index.mentioning("sam lee") == [Told(JANE.path, (lunch,), ())]
        with index.writing():
            assert index.remove(JANE.path) == ({"jane doe", "sam lee"}, True)
        assert (index.count(), index.problems(), index.mentioned()) == (0, [], set())
        assert (index.mentioning("sam lee"), index.paths_of("jane doe")) == ([], [])
        assert (index.named("jd", how="whole"), index.search('"zurich"', 5)) == ([], [])


@pytest.mark.parametrize(
    ("typed", "how", "found"),
    [
        ("jane doe", "whole", True),
        ("jd", "whole", True),
        ("doe", "whole", False),
        ("do", "prefix", True),
        ("jane d", "prefix", True),
        ("ane", "prefix", False),
        ("ane d", "part", True),
        ("oe", "part", True),
        ("%", "part", False),
        ("_", "part", False),
        ("jane doe\U0010ffff", "prefix", False),
    ],
)
def test_names(tmp_path: Path, typed: str, how: str, found: bool) -> None:
    with opened(tmp_path) as index:
        fill(index)
        assert index.named(typed, how=how) == ([("Jane Doe", JANE.path)] if found else [])


def test_a_failed_transaction_leaves_what_was(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        fill(index)
        with pytest.raises(ZeroDivisionError), index.writing():
            index.remove(JANE.path)
            raise ZeroDivisionError
        assert index.count() == 1


def test_another_config_begins_anew(tmp_path: Path) -> None:
    with opened(tmp_path, "one") as index:
        fill(index)
    with opened(tmp_path, "one") as index:
        assert index.count() == 1
    with opened(tmp_path, "two") as index:
        assert (index.count(), index.stamps(), index.all_names()) == (0, {}, [])
        fill(index)


def test_another_version_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as index:
        fill(index)
    monkeypatch.setattr(module, "VERSION", database.VERSION + 1)
    with opened(tmp_path) as index:
        assert (index.count(), index.stamps()) == (0, {})


def test_an_older_schema_begins_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "index.sqlite3")) as old:
        old.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB, other)")
        old.execute("INSERT INTO meta VALUES ('mark', 'long ago', 1)")
        old.execute("CREATE TABLE note (something)")
        old.execute("CREATE TABLE forgotten (x)")
        old.execute("CREATE VIRTUAL TABLE body USING fts5 (other)")
        old.commit()
    with opened(tmp_path) as index:
        fill(index)
        assert index.search('"zurich"', 5)


def whole(folder: Path) -> bytes:
    """The bytes of a filled index."""
    with opened(folder) as index:
        fill(index, jane(), *(Row(f"n{n}.md", f"n{n}", text="x" * 50) for n in range(200)))
    return (folder / "index.sqlite3").read_bytes()


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "zero length": lambda _: b"",
    "garbage": lambda _: b"garbage" * 4000,
    "garbage behind a good head": lambda data: data[:16] + b"\xa5" * 9000,
    "cut in a page": lambda data: data[:5001],
    "cut short": lambda data: data[: len(data) // 2],
    "only the head": lambda data: data[:100],
    "zeros": lambda data: bytes(len(data)),
    "a text file": lambda _: b"# not a database\n" * 300,
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_file_is_made_anew(tmp_path: Path, name: str) -> None:
    data = whole(tmp_path)
    (tmp_path / "index.sqlite3").write_bytes(SPOILT[name](data))
    with opened(tmp_path) as index:
        index.refill = lambda: fill(index)
        if not index.stamps():  # as refresh does
            fill(index)
        assert index.summaries() == [summarise(JANE, [CALL], [PLAN])]
        assert index.search('"zurich"', 5)


def refill(index: Index, filled: list[int]) -> None:
    fill(index)
    filled.append(1)


def test_each_question_mends_a_page_that_is_spoilt(tmp_path: Path) -> None:
    """Every page in turn, but the first: what opening does not see, the question that meets it does."""
    data = whole(tmp_path)
    file = tmp_path / "index.sqlite3"
    mended = 0
    for page in range(4096, len(data), 4096):
        for rubbish in (bytes(4096), b"\xa5" * 4096):
            file.write_bytes(data[:page] + rubbish + data[page + 4096 :])
            with opened(tmp_path) as index:
                filled: list[int] = []
                index.refill = partial(refill, index, filled)
                if not index.stamps():
                    fill(index)
                assert index.summaries() == [summarise(JANE, [CALL], [PLAN])]
                assert index.all_names() == [("Jane Doe", JANE.path)]
                assert index.told(JANE.path).interactions == (CALL,)
                assert index.problems() == [ODD]
                assert index.search('"zurich"', 5) == [("Jane Doe", JANE.path, "a talk about Zürich")]
                mended += len(filled)
    assert mended


WRITING = {"rebuild", "writing", "put", "put_seen", "put_summaries", "remove", "close"}


def test_every_question_is_asked_again_of_a_new_index() -> None:
    members = {name: value for part in reversed(Index.mro()) for name, value in vars(part).items()}
    public = {name: value for name, value in members.items() if not name.startswith("_")}
    plain = {name for name, value in public.items() if not hasattr(value, "__wrapped__")}
    assert plain == WRITING - {"writing"}  # a context manager is wrapped, too


def test_a_spoilt_value_is_told_where_nothing_can_fill_the_index(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        fill(index)
    with closing(sqlite3.connect(tmp_path / "index.sqlite3")) as raw:
        raw.execute("UPDATE meta SET value = x'0102030405' WHERE key = 'stamps'")
        raw.execute("UPDATE contact SET touches = 'text'")
        raw.commit()
    with opened(tmp_path) as index:
        with pytest.raises(Damaged):
            index.stamps()
        with pytest.raises(Damaged):
            index.summaries()


def test_a_folder_in_the_index_s_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite3").mkdir()
    with pytest.raises(VaultkeeperError, match=r"index\.sqlite3: the index cannot be used: "):
        open_index(tmp_path, "d")


def test_another_s_lock_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file, **kw: connect(file, **(kw | {"timeout": 0})))
    with opened(tmp_path) as one, opened(tmp_path) as other:
        fill(one)
        with one.writing():
            with pytest.raises(VaultkeeperError, match="locked") as caught, other.writing():
                pass
            assert not isinstance(caught.value, Damaged)
        assert other.count() == 1


def test_two_that_open_at_once_make_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that comes second must not throw away what the first has put in meanwhile."""
    real = database._make
    late: list[Index] = []

    def overtaken(connection: sqlite3.Connection, mark: str) -> None:
        monkeypatch.setattr(database, "_make", real)
        late.append(open_index(tmp_path, "d"))
        fill(late[0])
        real(connection, mark)

    monkeypatch.setattr(database, "_make", overtaken)
    with opened(tmp_path) as index:
        assert index.count() == 1
    late[0].close()


def test_processes_that_write_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from vaultkeeper.storage.index import open_index; from vaultkeeper.storage.row import Row, record_of\n"
        "index = open_index(Path(sys.argv[1]), 'd')\n"
        "for n in range(30):\n"
        "    with index.writing():\n"
        "        index.put([record_of(Row(f'{sys.argv[2]} {n}.md', 'key'))])\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], stderr=subprocess.PIPE)
        for name in ("a", "b")
    ]
    assert [(run.communicate()[1], run.returncode) for run in runs] == [(b"", 0)] * 2
    with opened(tmp_path) as index:
        assert len(index.paths_of("key")) == 60


class Seen(NamedTuple):
    """What is kept of each contact in the tests below."""

    name: str
    days: tuple[date, ...]


def days_of(asked: list[str], mark: str = "m") -> Fold[Seen]:
    """Each in the list of their first day's year, the latest last; the touches are counted."""

    def make(summary: Summary) -> Seen | None:
        asked.append(summary.contact.name)
        days = tuple(touch.date for touch in summary.touches)
        return Seen(summary.contact.name, days) if days else None

    def lists(seen: Seen) -> list[tuple[str, tuple[object, ...]]]:
        return [(str(seen.days[0].year), (seen.days[-1], seen.name))]

    return Fold("days", mark, Seen, make, lists, lambda seen: ["touch"] * len(seen.days))


def test_what_cannot_be_told_to_a_worker_is_made_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "MANY", 1)
    monkeypatch.setattr(worker, "cores", lambda: 2)
    asked: list[str] = []
    with opened(tmp_path) as index:
        fill(index)
        assert index.of_each(days_of(asked)) == [Seen("Jane Doe", (CALL.date,))]
        assert asked == ["Jane Doe"]


def test_what_is_made_of_each_contact_is_made_once(tmp_path: Path) -> None:
    sam = Contact("People/Sam.md", "Sam")
    asked: list[str] = []
    fold = days_of(asked)
    with opened(tmp_path) as index:
        fill(index, jane(), jane_is(sam))
        assert index.of_each(fold) == [Seen("Jane Doe", (CALL.date,))]
        assert sorted(asked) == ["Jane Doe", "Sam"]
    with opened(tmp_path) as index:
        asked.clear()
        assert index.of_each(fold) == [Seen("Jane Doe", (CALL.date,))]
        assert not asked
        with index.writing():
            index.put_summaries([summarise(sam, [CALL], [])])
        assert index.of_each(fold) == [Seen("Jane Doe", (CALL.date,)), Seen("Sam", (CALL.date,))]
        assert asked == ["Sam"]
        with index.writing():
            index.remove(JANE.path)
        assert index.of_each(fold) == [Seen("Sam", (CALL.date,))]
        assert index.of_each(days_of(asked, "another day")) == [Seen("Sam", (CALL.date,))]
        assert asked == ["Sam", "Sam"]


def test_lists_and_counts_follow_what_changes(tmp_path: Path) -> None:
    people = [Contact(f"People/{name}.md", name) for name in "abc"]
    fold = days_of([])
    known: dict[str, list[date]] = {}

    def check(index: Index) -> None:
        ours = [Seen(name, tuple(days)) for name, days in known.items() if days]
        for year in ("2025", "2026"):
            there = [seen for seen in ours if str(seen.days[0].year) == year]
            there.sort(key=lambda seen: (seen.days[-1], seen.name))
            assert index.among(fold, {year: -1}) == there
            assert index.among(fold, {year: 1}) == there[:1]
            assert index.total(fold)[year] == len(there)
        assert index.total(fold)["touch"] == sum(len(seen.days) for seen in ours)

    with opened(tmp_path) as index:
        fill(index, *map(jane_is, people))
        check(index)
        for name, *days in (
            ("a", date(2026, 1, 2)),
            ("b", date(2026, 1, 1), date(2026, 3, 1)),
            ("c", date(2025, 1, 1)),
            ("a", date(2025, 5, 1), date(2026, 3, 1)),
            ("b",),
            ("c", date(2026, 2, 1)),
        ):
            (person,) = [one for one in people if one.name == name]
            entries = [CALL._replace(date=day, path=person.path) for day in days]
            known[name] = days
            with index.writing():
                index.put_summaries([summarise(person, entries, [])])
            check(index)
        with index.writing():
            index.remove("People/a.md")
        del known["a"]
        check(index)


def test_what_was_memorised_is_forgotten_where_the_contact_changes(tmp_path: Path) -> None:
    sam = Contact("People/Sam.md", "Sam")
    with opened(tmp_path) as index:
        fill(index, jane(), jane_is(sam))
        asked, nothing = index.recall("advice")
        assert nothing == {}
        index.memorise("advice", asked, {JANE.path: "call", sam.path: "write"})
        with index.writing():
            index.put_summaries([summarise(sam, [CALL], [])])
        asked, known = index.recall("advice")
        assert known == {JANE.path: "call"}
        with index.writing():
            index.remove(JANE.path)
            index.put([record_of(jane())])
        index.memorise("advice", asked, known)
        assert index.recall("advice")[1] == {}


def jane_is(contact: Contact) -> Row:
    """Somebody else, with nothing in the note."""
    return Row(contact.path, contact.name.lower(), contact=contact, properties={})


def test_an_answer_of_before_another_process_wrote_is_not_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as index, opened(tmp_path) as other:
        assert index.kept("due", "today") is None
        with other.writing():
            other.put_seen({}, [])
        index.keep("due", "today", "old")
        assert index.kept("due", "today") is None
        index.keep("due", "today", "new")
        assert index.kept("due", "today") == "new"
