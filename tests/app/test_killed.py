"""A command that is killed while it writes (SIGKILL, at any call to the system) leaves each note old or new,
and can be run again or taken back. The long run: make test-long."""

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import VaultFolder

from vaultkeeper.app import change, regenerate, undo

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the command is killed in a forked process")

NOTES = 24  # enough that they are written as a batch
DUE = "Keep in touch/Due this week.md"
SET = ("set", "--where", "kind=x", "tier=A")


@pytest.fixture
def many(vault: VaultFolder) -> VaultFolder:
    for number in range(NOTES):
        vault.write(f"People/P {number:02}.md", f"---\nkind: x\n---\nnote {number}\n")
    vault.ok("list")
    return vault


def put_back(vault: VaultFolder, old: dict[str, bytes]) -> None:
    """As before, the state folder too: what is kept there makes a command's calls more."""
    for path in texts(vault).keys() - old.keys():
        (vault.root / path).unlink()
    for path, data in old.items():
        vault.write(path, data)
    shutil.rmtree(os.environ["XDG_STATE_HOME"])


def texts(vault: VaultFolder) -> dict[str, bytes]:
    """All that Obsidian would show."""
    files = (file for file in vault.root.rglob("*") if file.is_file() and not file.name.startswith(".vk-"))
    return {str(file.relative_to(vault.root)): file.read_bytes() for file in files}


def strays(vault: VaultFolder) -> list[Path]:
    return list(vault.root.rglob(".vk-*"))


class Calls:
    """Counts the calls to the system, before and after each, and kills this very process at the nth."""

    def __init__(self, nth: int = 0) -> None:
        self.nth, self.count = nth, 0

    def __call__(self, _frame: object, event: str, called: Any) -> None:
        if event in ("c_call", "c_return") and getattr(called, "__module__", "") in ("posix", "_io"):
            self.count += 1
            if self.count == self.nth:
                os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def while_writing(self) -> Iterator[None]:
        """Only between the first word in the journal and the last."""
        with pytest.MonkeyPatch.context() as patch:
            modules = ((change, "write"), (undo, "write"), (undo, "write_undo"), (regenerate, "write"))
            for module, name in modules:
                patch.setattr(module, name, self._watched(getattr(module, name)))
            yield

    def _watched(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            before = sys.getprofile()
            sys.setprofile(self)
            try:
                return real(*args, **options)
            finally:
                sys.setprofile(before)

        return call


def forked(vault: VaultFolder, command: tuple[str, ...], nth: int = 0) -> int:
    """Runs the command in a process of its own. Gives how many calls it made; 0 where it was killed."""
    there, here = os.pipe()
    child = os.fork()
    if not child:
        try:
            calls = Calls(nth)
            with calls.while_writing():
                code = vault.run(*command).code
            os.write(here, str(calls.count).encode())
            os._exit(code)
        finally:
            os._exit(99)
    os.close(here)
    with os.fdopen(there, "rb") as pipe:
        count = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL)
    assert (code == 0) == bool(count)
    return int(count or 0)


def moments(vault: VaultFolder, command: tuple[str, ...], kills: int, seed: int) -> list[int]:
    """So many moments of the command, anywhere in it."""
    total = forked(vault, command)
    assert total > kills
    return sorted(random.Random(seed).sample(range(1, total + 1), kills))


def check_whole(vault: VaultFolder, old: dict[str, bytes], new: dict[str, bytes]) -> int:
    """How many notes are written; each is the old one or the new one, and nothing else is there."""
    now = texts(vault)
    for path in {*old, *new, *now}:
        assert now.get(path) in (old.get(path), new.get(path)), path
    return sum(now.get(path) != old.get(path) for path in {*old, *new})


def check_next_run(vault: VaultFolder, written: int, total: int) -> None:
    """It tidies up, and tells what stopped halfway."""
    told = vault.run("list")
    assert told.code == 0
    assert strays(vault) == []
    assert ("1 problem in the vault" in told.err) == (0 < written < total)
    assert (f"({written} of {total} written)" in vault.run("doctor").err) == (0 < written < total)


def kill_set(many: VaultFolder, kills: int) -> None:
    old = texts(many)
    many.ok(*SET)  # loads all modules: a fork of this process makes the same calls each time
    put_back(many, old)
    nths = moments(many, SET, kills, seed=1)
    put_back(many, old)
    new = {path: text.replace(b"kind: x\n", b"kind: x\ntier: A\n") for path, text in old.items()}
    seen = set()
    for number, nth in enumerate(nths):
        assert forked(many, SET, nth) == 0
        written = check_whole(many, old, new)
        seen.add(written)
        check_next_run(many, written, NOTES)
        if number % 2 and written:
            many.ok("undo")
        else:
            many.ok(*SET)
            assert texts(many) == new
            assert many.run("doctor").err == "All is well.\n"
            put_back(many, old)
        assert texts(many) == old
        assert many.run("doctor").err == "All is well.\n"
        put_back(many, old)
    assert len(seen) > min(kills, NOTES) / 2  # the kills were not all in one place


def kill_add(vault: VaultFolder, kills: int) -> None:
    add = ("add", "Zed Zulu", "--tier", "A")
    vault.ok("list")
    old = texts(vault)
    vault.ok(*add)
    put_back(vault, old)
    nths = moments(vault, add, kills, seed=2)
    new = dict(old)
    for nth in nths:
        put_back(vault, old)
        assert forked(vault, add, nth) == 0
        path = "People/Zed Zulu.md"
        if written := path in texts(vault):
            new[path] = vault.read(path)
            assert b"tier: A" in new[path]
        check_whole(vault, old, new)
        check_next_run(vault, int(written), 1)
        if not written:
            vault.ok(*add)
        vault.ok("undo")
        assert texts(vault) == old


def kill_undo(many: VaultFolder, kills: int) -> None:
    """An undo that was killed is gone on with; the command before it stays."""
    start = texts(many)

    def prepare() -> tuple[dict[str, bytes], dict[str, bytes]]:
        put_back(many, start)
        many.ok("log", "P 00", "-m", "call: stays")
        old = texts(many)
        many.ok(*SET)
        return old, texts(many)

    prepare()
    many.ok("undo")
    prepare()
    for nth in moments(many, ("undo",), kills, seed=3):
        old, new = prepare()
        assert forked(many, ("undo",), nth) == 0
        check_whole(many, new, old)
        assert many.run("list").code == 0
        assert strays(many) == []
        assert many.run("undo", "2").code in (0, 5)  # 5 where all of it was done
        assert texts(many) == old
        assert "call: stays" in many.ok("undo").err
        assert texts(many) == start


def kill_take_in(vault: VaultFolder, kills: int) -> None:
    """What the next run finds is taken in once: neither lost, nor twice."""
    people = [f"People/P {number}.md" for number in range(4)]
    for path in people:
        vault.write(path, "---\ntier: A\n---\n## Log\n\n- 2026-01-01 call: first\n")
    vault.ok("index")
    due = vault.read(DUE).decode()
    for number, words in enumerate((" call: she moved", "", "\n    - coffee: the new job")):
        line = next(line for line in due.split("\n") if line.startswith(f"- [ ] [[P {number}]]"))
        due = due.replace(line, f"{line.replace('[ ]', '[x]')}{words}")
    vault.write(DUE, due)
    old = texts(vault)
    vault.ok("index")
    new = texts(vault)
    put_back(vault, old)
    nths = moments(vault, ("index",), kills, seed=4)
    assert texts(vault) == new
    for nth in nths:
        put_back(vault, old)
        assert forked(vault, ("index",), nth) == 0
        check_whole(vault, old, new)
        vault.ok("index")
        assert {path: text for path, text in texts(vault).items() if "Kept" not in path} == new
        assert strays(vault) == []


def test_killed_while_it_writes_many_notes(many: VaultFolder) -> None:
    kill_set(many, 12)


def test_killed_while_it_makes_a_note(vault: VaultFolder) -> None:
    kill_add(vault, 4)


def test_killed_while_it_undoes(many: VaultFolder) -> None:
    kill_undo(many, 4)


def test_killed_while_it_takes_in_ticks(vault: VaultFolder) -> None:
    kill_take_in(vault, 4)


@pytest.mark.long
def test_killed_200_times(many: VaultFolder) -> None:
    kill_set(many, 120)


@pytest.mark.long
def test_killed_often_while_it_makes_a_note(vault: VaultFolder) -> None:
    kill_add(vault, 30)


@pytest.mark.long
def test_killed_often_while_it_undoes(many: VaultFolder) -> None:
    kill_undo(many, 50)


@pytest.mark.long
def test_killed_often_while_it_takes_in_ticks(vault: VaultFolder) -> None:
    kill_take_in(vault, 50)
