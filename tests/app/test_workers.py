"""Many notes are read, and much is worked out, by several processes: the index is the same, whatever becomes
of them."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import VaultFolder

from vaultkeeper.app import read
from vaultkeeper.storage import folding, worker
from vaultkeeper.storage.codec import Damaged, load

ODD = {
    "People/Bad.md": b"---\ntier: \xff\n---\n",
    "People/Sam Lee (conflicted copy 2026-11-01).md": b"---\ntier: B\n---\n",
    "People/Not closed.md": b"---\ntier: A\n",
}
TABLES = (
    "meta",
    "note",
    "contact",
    "name",
    "mention",
    "aside",
    "event",
    "news",
    "body",
    "found",
    "ranked",
    "fold",
)


@pytest.fixture(autouse=True)
def some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "_SOME", 7)
    monkeypatch.setattr(folding, "_SOME", 5)
    monkeypatch.setattr(worker, "cores", lambda: 3)


@pytest.fixture
def odd(example: VaultFolder) -> VaultFolder:
    for path, data in ODD.items():
        example.write(path, data)
    return example


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that were started, where a single note or contact is many."""
    monkeypatch.setattr(read, "MANY", 1)
    monkeypatch.setattr(folding, "MANY", 1)
    known: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def popen(*args: object, **options: object) -> subprocess.Popen[bytes]:
        known.append(real(*args, **options))  # type: ignore[call-overload]
        return known[-1]

    monkeypatch.setattr(worker.subprocess, "Popen", popen)
    return known


def anew(vault: VaultFolder, home: Path) -> tuple[object, ...]:
    """What is told, and what is in an index made anew."""
    shutil.rmtree(home / "cache", ignore_errors=True)
    done = vault.run("index", "--json")
    (file,) = home.rglob("index.sqlite3")
    with closing(sqlite3.connect(file)) as raw:
        tables = [raw.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES]
    return done, [[list(map(read_value, row)) for row in rows] for rows in tables]


def read_value(value: object) -> object:
    """As it was put: bytes that say the same may be others."""
    try:
        return load(value) if isinstance(value, bytes) else value
    except Damaged:  # of a digest, or a rank
        return value


def with_one(vault: VaultFolder, home: Path) -> tuple[object, ...]:
    """As `anew`, by one process, when the generated notes are there."""
    vault.run("index")
    return anew(vault, home)


def test_what_is_told_and_kept_is_the_same(
    odd: VaultFolder, home: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    expected = with_one(odd, home)
    started = request.getfixturevalue("started")
    real, answers = worker._Worker.ask, list[object]()
    monkeypatch.setattr(worker._Worker, "ask", lambda self: answers.append(real(self)) or answers[-1])
    assert anew(odd, home) == expected
    for module in (read.__name__, folding.__name__):
        assert sum(module in str(process.args) for process in started) >= 3
    assert None not in answers
    assert None not in {process.poll() for process in started}


def test_one_note_changed_is_read_by_none(odd: VaultFolder, started: list[object]) -> None:
    odd.run("index")
    odd.run("index")
    read.MANY = 2
    started.clear()
    odd.write("People/New.md", "")
    assert "1 added" in odd.run("index").err
    assert not started


@pytest.mark.parametrize(
    "python",
    [
        "",  # a program that brings its own Python along does not tell where it is
        "/nowhere/python",
        shutil.which("false") or "",
        shutil.which("yes") or "",  # has much to say, and none of it is an answer
    ],
)
def test_where_none_can_be_had_one_reads_all(
    odd: VaultFolder, home: Path, monkeypatch: pytest.MonkeyPatch, python: str
) -> None:
    expected = with_one(odd, home)
    monkeypatch.setattr(read, "MANY", 1)
    monkeypatch.setattr(folding, "MANY", 1)
    monkeypatch.setattr(sys, "executable", python)
    assert anew(odd, home) == expected


@pytest.mark.parametrize("after", [0, 1, 3, 20])
def test_one_that_is_killed_is_made_up_for(
    odd: VaultFolder, home: Path, monkeypatch: pytest.MonkeyPatch, after: int, request: pytest.FixtureRequest
) -> None:
    expected = with_one(odd, home)
    started = request.getfixturevalue("started")
    real, asked = worker._Worker.ask, list[object]()

    def ask(self: worker._Worker) -> object:
        if len(asked) == after:
            started[-1].kill()
        asked.append(self)
        return real(self)

    monkeypatch.setattr(worker._Worker, "ask", ask)
    assert anew(odd, home) == expected


STOPPED = """
import os, signal, sys
from vaultkeeper.app import read, update
from vaultkeeper.cli.main import main
from vaultkeeper.storage import folding, worker
read.MANY, read._SOME, worker.cores = 1, 2, lambda: 2
worker.subprocess.DEVNULL = None  # so that what the workers complain of is heard
end, take = sys.argv.pop(), update.Update._take
def stop(self, *args):
    os.kill(os.getpid(), getattr(signal, end))
    take(self, *args)
update.Update._take = stop
main()
"""


@pytest.mark.skipif(not hasattr(os, "getpgid"), reason="signals of Linux and macOS")
@pytest.mark.parametrize(("end", "code"), [("SIGINT", 130), ("SIGKILL", -9)])
def test_stopped_in_the_midst_it_leaves_nothing_behind(
    odd: VaultFolder, home: Path, end: str, code: int
) -> None:
    expected = with_one(odd, home)
    shutil.rmtree(home / "cache")
    command = [sys.executable, "-c", STOPPED, "--vault", str(odd.root), "index", end]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)  # till no worker is there
    assert done.returncode == code
    assert code < 0 or done.stderr.strip() == "stopped"
    assert odd.run("index", "--json").out == expected[0].out  # type: ignore[attr-defined]
