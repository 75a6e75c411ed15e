"""We log while another program saves the same note, blindly, as editors do: no save is lost, and every entry is
there or told by `doctor`. The long run: make test-long."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from conftest import VaultFolder

from vaultkeeper.app.change import write
from vaultkeeper.app.log import LogRequest, plan_log
from vaultkeeper.app.refresh import refresh
from vaultkeeper.app.vault import open_vault
from vaultkeeper.storage import exchange
from vaultkeeper.storage.files import Files
from vaultkeeper.storage.platform import wait
from vaultkeeper.storage.snapshot import Snapshot

pytestmark = pytest.mark.skipif(
    exchange._system_call() is None, reason="only an exchange loses no save at all"
)

PATH = "People/Jane Doe.md"
TODAY = date(2026, 11, 23)
EDITOR = """
import os, sys
path, way = sys.argv[1:]
n = 0
while sys.stdin.read(1):
    with open(path) as note:
        text = note.read()
    text = f"{text}theirs {n}.\\n"
    if way == "in place":
        with open(path, "w") as note:
            note.write(text)
    else:
        with open(path + ".new", "w") as note:
            note.write(text)
        os.replace(path + ".new", path)
    print(n, flush=True)
    n += 1
"""


@pytest.fixture
def note(vault: VaultFolder) -> Path:
    return vault.write(PATH, "# Jane\n\n## Log\n\n- 2026-01-01 call: first\n\n# More\n\n")


@pytest.fixture
def editor(note: Path, request: pytest.FixtureRequest) -> Iterator["subprocess.Popen[bytes]"]:
    """Reads, adds a line and saves, once for each byte that it is sent."""
    command = [sys.executable, "-c", EDITOR, str(note), request.param]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


class RacedFiles(Files):
    """Has the editor save four times an entry: as often as it takes while we write, the rest afterwards."""

    def __init__(self, vault: VaultFolder, state: Path, send: int) -> None:
        super().__init__(vault.root, state, pause=lambda seconds: wait(seconds / 20))
        self._send, self._left = send, 0

    @contextmanager
    def raced(self) -> Iterator[None]:
        self._left = 4
        self._save(1)
        yield
        self._save(self._left)

    def write(self, path: str, new: str | bytes, expected: Snapshot | None) -> Snapshot:
        self._save(min(self._left, max(1, self._left - 1)))  # two, then one
        return super().write(path, new, expected)

    def _save(self, times: int) -> None:
        self._left -= times
        os.write(self._send, b"x" * times)


def race(vault: VaultFolder, note: Path, editor: "subprocess.Popen[bytes]", entries: int) -> str:
    """Gives the figures."""
    assert editor.stdin and editor.stdout
    raced = open_vault(vault.root, exact=True)
    files = RacedFiles(vault, raced.state, editor.stdin.fileno())
    vars(raced)["files"] = files  # in the place of those that it would open
    for number in range(entries):
        with files.raced(), raced.index() as index:
            refresh(raced, index)
            logged = plan_log(raced, index, LogRequest([PATH], f"call: ours {number}."), TODAY)
            assert write(raced, logged.changes, f"log {number}") == [PATH]
    editor.stdin.close()
    saves = len(editor.stdout.readlines())
    assert saves == 4 * entries

    lines = set(note.read_text().splitlines())
    late = raced.files.recover(time.time())
    kept = {line for displaced in late for line in displaced.data.decode().splitlines()}
    assert {f"theirs {n}." for n in range(saves)} <= lines | kept
    told = vault.run("doctor").err
    ours = [f"2026-11-23 call: ours {n}." for n in range(entries)]
    assert [entry for entry in ours if f"- {entry}" not in lines and f"? {entry}\n" not in told] == []
    assert told.count("in the old file") == len(late)

    vault.run("doctor", "--recover")
    assert {f"- {entry}" for entry in ours} <= set(note.read_text().splitlines())
    everywhere = "".join(file.read_text() for file in note.parent.iterdir()).splitlines()
    assert {f"theirs {n}." for n in range(saves)} <= set(everywhere)
    assert "gone" not in vault.run("doctor").err
    assert not list(vault.root.rglob(".vk-*"))
    stayed = sum(f"- {entry}" in lines for entry in ours)
    return (
        f"{saves} saves, 0 lost ({len(late)} kept as late ones and told); {entries} entries,"
        f" {stayed} there and {entries - stayed} erased by a blind save, told, and added again"
    )


@pytest.mark.parametrize("editor", ["in place", "rename"], indirect=True)
def test_racing_an_editor(vault: VaultFolder, note: Path, editor: "subprocess.Popen[bytes]") -> None:
    race(vault, note, editor, 25)


@pytest.mark.long
@pytest.mark.parametrize("editor", ["in place", "rename"], indirect=True)
def test_racing_an_editor_that_saves_2000_times(
    vault: VaultFolder,
    note: Path,
    editor: "subprocess.Popen[bytes]",
    record_property: Callable[[str, object], None],
) -> None:
    record_property("raced", race(vault, note, editor, 500))
