"""Many notes written at once keep what one note's writing promises, and wait for the disk once."""

import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from vaultkeeper.errors import NotWritten
from vaultkeeper.storage import batch
from vaultkeeper.storage import files as door
from vaultkeeper.storage.files import Files
from vaultkeeper.storage.platform import syncs_at_once

OLD = "old\r\n"
COUNT = 40

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such thing")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    (tmp_path / "vault" / "People").mkdir(parents=True)
    return Files(tmp_path / "vault", tmp_path / "state", pause=lambda _seconds: None)


@pytest.fixture
def at_once(files: Files) -> None:
    if not syncs_at_once(files.root):
        pytest.skip("this file system is not written at once")


def strays(files: Files) -> list[Path]:
    return list(files.root.rglob(".vk-*"))


def some(files: Files, count: int = COUNT) -> dict[str, str]:
    """So many notes of old text, and what each is to hold."""
    paths = [f"People/{number:02}.md" for number in range(count)]
    for path in paths:
        (files.root / path).write_bytes(OLD.encode())
    return dict.fromkeys(paths, f"{OLD}new\n")


def edit_all(files: Files, texts: dict[str, str]) -> None:
    for path in texts:
        files.edit(path, lambda text: f"{text}new\n")


class Waits:
    """The calls that make a file or wait for the disk, in their order; a `rename` puts a note in place."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []
        patch.setattr(os, "fsync", self._noting("fsync", os.fsync))
        patch.setattr(batch, "sync_file_system", self._noting("all", batch.sync_file_system))
        for name in ("move", "place"):
            patch.setattr(door.exchange, name, self._noting("rename", getattr(door.exchange, name)))

    def _noting(self, name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object) -> object:
            self.seen.append(name)
            return real(*args)

        return call


@pytest.mark.usefixtures("at_once")
def test_many_notes_wait_for_the_disk_once(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = some(files)
    made = {f"New/{path}": "made" for path in texts}
    waits = Waits(monkeypatch)
    with files.together(texts | made):
        edit_all(files, texts)
        for path, text in made.items():
            files.write(path, text, None)
    assert waits.seen == [
        "all",
        *["rename"] * 2 * COUNT,
        "fsync",
        "fsync",
    ]  # the files first, two folders last
    assert {path: files.read(path).text for path in texts | made} == texts | made
    assert strays(files) == []


@pytest.mark.usefixtures("at_once")
def test_names_in_many_folders_are_waited_for_once(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"People/{number}/note.md": "made" for number in range(COUNT)}
    waits = Waits(monkeypatch)
    with files.together(texts):
        for path, text in texts.items():
            files.write(path, text, None)
    assert waits.seen == ["all", *["rename"] * COUNT, "all"]


def test_a_few_notes_are_waited_for_one_by_one(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = some(files, 3)
    waits = Waits(monkeypatch)
    with files.together(texts):
        edit_all(files, texts)
    assert waits.seen == [*["fsync", "rename"] * 3, "fsync"]


@pytest.mark.parametrize("fails", [False, True])
def test_where_it_cannot_be_done_at_once_each_note_is_waited_for(
    files: Files, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    def no_such_call(_folder: Path) -> None:
        raise OSError("Input/output error")

    for module in (door, batch):
        monkeypatch.setattr(module, "syncs_at_once", lambda _folder: fails)
    monkeypatch.setattr(batch, "sync_file_system", no_such_call)
    texts = some(files)
    waits = Waits(monkeypatch)
    with files.together(texts):
        edit_all(files, texts)
    seen = [wait for wait in waits.seen if wait != "all"]
    assert seen == [*["fsync", "rename"] * COUNT, "fsync"]
    assert {path: files.read(path).text for path in texts} == texts
    assert strays(files) == []


@pytest.mark.usefixtures("at_once")
def test_a_note_saved_meanwhile_is_done_over(files: Files) -> None:
    texts = some(files)
    with files.together(texts):
        (files.root / "People/07.md").write_bytes(b"theirs\n")
        edit_all(files, texts)
    assert files.read("People/07.md").text == "theirs\nnew\n"
    assert files.read("People/08.md").text == texts["People/08.md"]
    assert strays(files) == []


@posix
@pytest.mark.usefixtures("at_once")
def test_a_mode_changed_meanwhile_stays(files: Files) -> None:
    texts = some(files)
    (files.root / "People/05.md").chmod(0o600)
    with files.together(texts):
        (files.root / "People/06.md").chmod(0o640)
        edit_all(files, texts)
    modes = [stat.S_IMODE((files.root / f"People/0{n}.md").stat().st_mode) for n in (5, 6)]
    assert modes == [0o600, 0o640]
    assert {path: files.read(path).text for path in texts} == texts


def test_what_stops_halfway_leaves_each_note_old_or_new(files: Files) -> None:
    texts = some(files)
    with suppress(KeyboardInterrupt), files.together(texts):
        for number, path in enumerate(texts):
            if number == 20:
                raise KeyboardInterrupt
            files.edit(path, lambda text: f"{text}new\n")
    now = [files.read(path).text for path in texts]
    assert now == [*["old\r\nnew\n"] * 20, *[OLD] * 20]
    assert strays(files) == []


@posix
def test_what_cannot_be_written_is_told_at_its_turn(files: Files) -> None:
    outside = files.root.parent / "outside.md"
    outside.write_text("theirs")
    texts = some(files)
    (files.root / "People/03.md").unlink()
    (files.root / "People/03.md").symlink_to(outside)
    with (
        pytest.raises(NotWritten, match=r"People/03\.md: not written: it leads out of the vault"),
        files.together(texts),
    ):
        edit_all(files, texts)
    assert files.read("People/02.md").text == texts["People/02.md"]
    assert files.read("People/04.md").text == OLD
    assert outside.read_text() == "theirs"
    assert strays(files) == []


def test_removals_wait_for_their_folder_once(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = some(files)
    waits = Waits(monkeypatch)
    with files.together({}):
        for path in texts:
            files.remove(path, files.read(path))
    assert waits.seen == ["fsync"]
    assert not any((files.root / "People").iterdir())
    assert {kept.path for kept in files.displaced()} == set(texts)


@pytest.mark.skipif(sys.platform != "linux", reason="known of Linux's file systems alone")
def test_only_a_known_file_system_is_written_at_once() -> None:
    assert not syncs_at_once(Path("/proc"))
    assert not syncs_at_once(Path("/no/such/folder"))
