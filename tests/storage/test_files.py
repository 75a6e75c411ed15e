"""What writing a note promises (FORMAT.md section 8), on this system and with its exchange taken away."""

import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from vaultkeeper.errors import ChangedUnderneath, NotFound, NotWritten, UnsafeNote
from vaultkeeper.storage import batch, exchange
from vaultkeeper.storage import files as door
from vaultkeeper.storage.files import Files
from vaultkeeper.storage.platform import wait
from vaultkeeper.storage.scan import ScanRules, scan
from vaultkeeper.storage.snapshot import LIMIT

WEEK = 7 * 86400
PATH = "People/Jane Doe.md"
OLD = b"# Jane\r\n\n- 2026-11-20 call: caught up"

not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything"
)
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="a kill is tried in a forked process")
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such thing")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    note = tmp_path / "vault" / PATH
    note.parent.mkdir(parents=True)
    note.write_bytes(OLD)
    return tmp_path / "vault"


@pytest.fixture
def note(vault: Path) -> Path:
    return vault / PATH


@pytest.fixture(params=["exchange", "in steps"])
def files(vault: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Files:
    if request.param == "in steps":
        monkeypatch.setattr(exchange, "_system_call", lambda: None)
    return new_files(vault)


def new_files(vault: Path) -> Files:
    return Files(vault, vault.parent / "state", pause=lambda _seconds: None)


def strays(vault: Path) -> list[str]:
    return [file.name for file in vault.rglob(".vk-*")]


def add(line: str) -> Callable[[str], str]:
    return lambda text: f"{text}\n{line}"


def save(file: Path, data: bytes) -> None:
    """As Obsidian and vim do: a new file in the old one's place."""
    beside = file.with_name(f".{file.name}.editor")
    beside.write_bytes(data)
    beside.replace(file)


def save_in_place(file: Path, data: bytes) -> None:
    """As nano and many others do: the file is cut to nothing and written anew."""
    file.write_bytes(data)


both_ways = pytest.mark.parametrize("save", [save, save_in_place])


# -- reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [b"", b"a\r\nb\rc\n", b"\xef\xbb\xbf---\n", "Zoe\u0308".encode(), b"no newline", b"\0", b"x" * 70_000],
)
def test_bytes_come_and_go_as_they_are(files: Files, note: Path, data: bytes) -> None:
    note.write_bytes(data)
    text = files.read(PATH).text
    assert text.encode() == data
    files.write(PATH, text + "é\r\n", files.read(PATH))
    assert note.read_bytes() == data + "é\r\n".encode()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"\xff\xfea\0", "1: not UTF-8 (byte 0xff at column 1)"),
        (b"a\nb\n\xc3\xa9\xe9t\xe9", "3: not UTF-8 (byte 0xe9 at column 2)"),
        (b"cut off \xe2\x82", "1: not UTF-8 (byte 0xe2 at column 9)"),
    ],
)
def test_text_that_is_not_utf8(files: Files, note: Path, data: bytes, where: str) -> None:
    note.write_bytes(data)
    with pytest.raises(UnsafeNote) as caught:
        files.edit(PATH, add("x"))
    assert str(caught.value) == f"{PATH}:{where}"
    assert note.read_bytes() == data


def test_what_is_too_large(files: Files, note: Path) -> None:
    os.truncate(note, LIMIT)
    assert len(files.read(PATH).data) == LIMIT
    os.truncate(note, LIMIT + 1024**2)
    with pytest.raises(UnsafeNote, match=r"9\.0 MB is too large"):
        files.read(PATH)


@posix
def test_what_is_no_ordinary_file(files: Files, vault: Path) -> None:
    os.mkfifo(vault / "pipe.md")
    for path in ("pipe.md", "People"):
        with pytest.raises(UnsafeNote, match="not an ordinary file"):
            files.read(path)
    (vault / "loop.md").symlink_to("loop.md")
    with pytest.raises(UnsafeNote, match="cannot be read"):
        files.read("loop.md")


@pytest.mark.parametrize("path", ["missing.md", "missing/x.md", f"{PATH}/x.md"])
def test_what_is_not_there(files: Files, path: str) -> None:
    with pytest.raises(NotFound):
        files.read(path)


@pytest.mark.parametrize("path", ["", "/etc/passwd", "..", "../x.md", "People/../../x.md", "a\0.md"])
def test_paths_that_are_none_of_the_vault(files: Files, path: str) -> None:
    snapshot = files.read(PATH)
    for attempt in (
        lambda: files.read(path),
        lambda: files.write(path, "x", None),
        lambda: files.write(path, "x", snapshot),
        lambda: files.remove(path, snapshot),
    ):
        with pytest.raises(NotWritten, match="not a path in the vault"):
            attempt()


# -- what stays --------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_mode_stays(files: Files, note: Path, mode: int) -> None:
    note.chmod(mode)
    files.edit(PATH, add("x"))
    assert stat.S_IMODE(note.stat().st_mode) == mode


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="root alone may give files away")
def test_owner_stays(files: Files, note: Path) -> None:
    os.chown(note, 1234, 4321)
    files.edit(PATH, add("x"))
    assert (note.stat().st_uid, note.stat().st_gid) == (1234, 4321)


@posix
def test_owner_that_may_not_be_kept_stops_nothing(
    files: Files, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_handle: int, _owner: int, _group: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refuse)
    files.edit(PATH, add("x"))
    assert note.read_bytes() == OLD + b"\nx"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes from Python here")
def test_extended_attributes_stay(files: Files, note: Path) -> None:
    try:
        os.setxattr(note, "user.colour", b"green")
    except OSError:
        pytest.skip("no extended attributes on this file system")
    files.edit(PATH, add("x"))
    assert os.getxattr(note, "user.colour") == b"green"


def test_link_stays_and_its_target_is_written(files: Files, vault: Path) -> None:
    (vault / "link.md").symlink_to(PATH)
    files.edit("link.md", add("x"))
    assert (vault / "link.md").is_symlink()
    assert (vault / PATH).read_bytes() == OLD + b"\nx"


def test_nothing_outside_is_written_through_a_link(files: Files, vault: Path) -> None:
    outside = vault.parent / "outside"
    outside.mkdir()
    (outside / "x.md").write_text("theirs")
    (vault / "note.md").symlink_to(outside / "x.md")
    (vault / "folder").symlink_to(outside)
    (vault / "dangling").symlink_to(vault.parent / "nowhere")
    for path in ("note.md", "folder/x.md"):
        with pytest.raises(NotWritten, match="out of the vault"):
            files.edit(path, add("x"))
    for path in ("folder/new.md", "folder/new/new.md", "dangling/new.md"):
        with pytest.raises(NotWritten, match="out of the vault"):
            files.write(path, "x", None)
    with pytest.raises(NotWritten, match="out of the vault"):
        files.remove("folder/x.md", files.read("folder/x.md"))
    assert sorted(outside.rglob("*")) == [outside / "x.md"]
    assert (outside / "x.md").read_text() == "theirs"
    assert not (vault.parent / "nowhere").exists()


def test_vault_itself_may_be_behind_a_link(vault: Path) -> None:
    (vault.parent / "way").symlink_to(vault)
    new_files(vault.parent / "way").edit(PATH, add("x"))
    assert (vault / PATH).read_bytes() == OLD + b"\nx"


@posix
def test_other_hard_link_keeps_the_old_text(files: Files, note: Path) -> None:
    backup = note.parent.parent / "backup"
    os.link(note, backup)
    files.edit(PATH, add("x"))
    assert backup.read_bytes() == OLD
    assert note.stat().st_nlink == 1


@not_root
def test_read_only_note_is_left_alone(files: Files, note: Path) -> None:
    note.chmod(0o444)
    with pytest.raises(NotWritten, match="read-only"):
        files.edit(PATH, add("x"))


@not_root
def test_read_only_folder_is_told(files: Files, note: Path) -> None:
    note.parent.chmod(0o555)
    try:
        with pytest.raises(NotWritten, match="Permission denied"):
            files.edit(PATH, add("x"))
    finally:
        note.parent.chmod(0o755)


# -- writing -----------------------------------------------------------------------------------


def test_equal_bytes_are_not_written(files: Files, note: Path) -> None:
    before = files.read(PATH)
    assert files.edit(PATH, lambda text: text).after == before == files.read(PATH)
    assert note.read_bytes() == OLD
    assert files.displaced() == []


def test_what_write_gives_is_what_reading_and_scanning_give(files: Files, vault: Path) -> None:
    snapshot = files.write("new.md", "x", None)
    for text in ("y", "z"):
        assert files.read("new.md") == snapshot
        assert scan(vault, ScanRules()).notes["new.md"] == snapshot.stamp
        snapshot = files.write("new.md", text, snapshot)


def test_text_without_utf8_form(files: Files) -> None:
    with pytest.raises(NotWritten, match="no UTF-8 form"):
        files.write("new.md", "\udce9", None)


def test_new_note_makes_its_folders(files: Files, vault: Path) -> None:
    files.write("Me/deep/News.md", "x", None)
    assert (vault / "Me/deep/News.md").read_bytes() == b"x"
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((vault / "Me/deep/News.md").stat().st_mode) == 0o666 & ~umask
    assert strays(vault) == []


@pytest.mark.parametrize("there", ["file", "folder", "broken link"])
def test_new_note_never_takes_the_place_of_another(files: Files, vault: Path, there: str) -> None:
    new = vault / "new.md"
    if there == "file":
        new.write_text("theirs")
    elif there == "folder":
        new.mkdir()
    else:
        new.symlink_to("nowhere.md")
    with pytest.raises(NotWritten, match="there is one already"):
        files.write("new.md", "ours", None)
    assert not new.is_file() or new.read_text() == "theirs"
    assert strays(vault) == []
    with pytest.raises(NotWritten):
        files.write(f"{PATH}/new.md", "a note is no folder", None)


def test_new_note_where_there_are_no_hard_links(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_old: Path, _new: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(exchange, "_system_call", lambda: None)
    monkeypatch.setattr(os, "link", refuse)
    files = new_files(vault)
    files.write("new.md", "x", None)
    assert files.edit("new.md", add("y")).after.data == (vault / "new.md").read_bytes() == b"x\ny"
    with pytest.raises(NotWritten, match="there is one already"):
        files.write("new.md", "z", None)
    assert strays(vault) == []


@both_ways
def test_note_that_was_saved_since_it_was_read(
    files: Files, note: Path, save: Callable[[Path, bytes], None]
) -> None:
    snapshot = files.read(PATH)
    save(note, b"theirs")
    for attempt in (lambda: files.write(PATH, "ours", snapshot), lambda: files.remove(PATH, snapshot)):
        with pytest.raises(ChangedUnderneath):
            attempt()
    assert note.read_bytes() == b"theirs"
    assert files.displaced() == []


def test_note_that_is_gone_since_it_was_read(files: Files, note: Path) -> None:
    snapshot = files.read(PATH)
    note.unlink()
    for attempt in (lambda: files.write(PATH, "ours", snapshot), lambda: files.remove(PATH, snapshot)):
        with pytest.raises(ChangedUnderneath):
            attempt()
    assert not note.exists()
    with pytest.raises(NotFound):
        files.edit(PATH, add("x"))


def test_touched_note_is_the_same_note(files: Files, note: Path) -> None:
    snapshot = files.read(PATH)
    os.utime(note, (1, 1))
    files.write(PATH, "ours", snapshot)
    assert note.read_bytes() == b"ours"


def test_remove_keeps_the_bytes_outside(files: Files, note: Path) -> None:
    files.remove(PATH, files.read(PATH))
    assert list(note.parent.iterdir()) == []
    assert [(kept.path, kept.data) for kept in files.displaced()] == [(PATH, OLD)]


def test_remove_of_a_link_leaves_its_target(files: Files, vault: Path) -> None:
    (vault / "link.md").symlink_to(PATH)
    files.remove("link.md", files.read("link.md"))
    assert not (vault / "link.md").is_symlink()
    assert (vault / PATH).read_bytes() == OLD


# -- races -------------------------------------------------------------------------------------


class Competitor:
    """Saves in the instant before each exchange, as often as it has something to save."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path, bytes], None]) -> None:
        self.saves: list[bytes] = []
        self.save = save
        real = exchange.exchange

        def raced(new: Path, there: Path) -> None:
            if self.saves:
                self.save(there, self.saves.pop(0))
            real(new, there)

        monkeypatch.setattr(exchange, "exchange", raced)


@pytest.fixture(params=[save, save_in_place])
def competitor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Competitor:
    return Competitor(monkeypatch, request.param)


def test_save_in_the_last_instant_goes_back(files: Files, note: Path, competitor: Competitor) -> None:
    competitor.saves = [b"theirs"]
    with pytest.raises(ChangedUnderneath):
        files.write(PATH, "ours", files.read(PATH))
    assert note.read_bytes() == b"theirs"
    assert files.recover(time.time()) == []


def test_edit_does_its_change_over_on_the_newer_text(
    files: Files, note: Path, vault: Path, competitor: Competitor
) -> None:
    competitor.saves = [OLD + b"\ntheirs"]
    edit = files.edit(PATH, add("ours"))
    assert edit.before.data == OLD + b"\ntheirs"
    assert edit.after.data == note.read_bytes() == OLD + b"\ntheirs\nours"
    assert files.recover(time.time()) == []
    assert strays(vault) == []


def test_save_while_another_is_put_back_is_the_one_that_stays(
    files: Files, note: Path, competitor: Competitor
) -> None:
    competitor.saves = [b"first", b"second", b"third"]
    with pytest.raises(ChangedUnderneath):
        files.write(PATH, "ours", files.read(PATH))
    assert note.read_bytes() == b"third"
    assert b"first" in [kept.data for kept in files.recover(time.time())]  # saved over ours: so not by us


def test_editor_that_read_ours_in_the_instant_it_stood_there(
    files: Files, note: Path, competitor: Competitor
) -> None:
    competitor.saves = [b"theirs"]
    with pytest.raises(ChangedUnderneath):
        files.write(PATH, "ours", files.read(PATH))
    save(note, b"ours, and more")
    assert [(kept.path, kept.data) for kept in files.recover(time.time())] == [(PATH, b"theirs")]


def test_each_save_that_was_out_for_an_instant_is_kept(
    files: Files, note: Path, competitor: Competitor
) -> None:
    competitor.saves = [b"first", b"second"]
    with pytest.raises(ChangedUnderneath):
        files.write(PATH, "ours", files.read(PATH))
    save(note, b"of an editor that read neither")
    assert {kept.data for kept in files.recover(time.time())} >= {b"first", b"second"}


@both_ways
def test_edit_gives_up_in_the_end(
    files: Files, note: Path, vault: Path, save: Callable[[Path, bytes], None]
) -> None:
    def change(text: str) -> str:
        save(note, text.encode() + b"\ntheirs")
        return f"{text}\nours"

    with pytest.raises(ChangedUnderneath, match="again and again"):
        files.edit(PATH, change)
    assert note.read_bytes() == OLD + b"\ntheirs" * 8
    assert strays(vault) == []


def test_save_while_it_is_being_removed(
    files: Files, note: Path, monkeypatch: pytest.MonkeyPatch, vault: Path
) -> None:
    snapshot = files.read(PATH)
    real = os.rename

    def raced(old: Path, new: Path) -> None:
        if Path(old) == note:
            save(note, b"theirs")
        real(old, new)

    monkeypatch.setattr(os, "rename", raced)
    with pytest.raises(ChangedUnderneath):
        files.remove(PATH, snapshot)
    assert note.read_bytes() == b"theirs"
    assert strays(vault) == []


def test_half_written_note_is_waited_for(vault: Path, note: Path) -> None:
    looks: list[bytes] = []

    def pause(_seconds: float) -> None:
        looks.append(note.read_bytes())
        if len(looks) == 3:
            note.write_bytes(b"whole")

    note.write_bytes(b"")
    edit = Files(vault, vault.parent / "state", pause).edit(PATH, add("ours"))
    assert (len(looks), edit.before.data, note.read_bytes()) == (3, b"whole", b"whole\nours")


def test_note_cut_short_between_two_attempts_is_waited_for(vault: Path, note: Path) -> None:
    def change(text: str) -> str:
        if text.encode() == OLD:
            note.write_bytes(OLD[:5])
        return f"{text}\nours"

    def pause(seconds: float) -> None:
        if seconds:
            note.write_bytes(OLD + b"\ntheirs")

    Files(vault, vault.parent / "state", pause).edit(PATH, change)
    assert note.read_bytes() == OLD + b"\ntheirs\nours"


def test_note_that_is_empty_for_good_is_not_waited_for_long(vault: Path, note: Path) -> None:
    waited: list[float] = []
    note.write_bytes(b"")
    Files(vault, vault.parent / "state", waited.append).edit(PATH, add("ours"))
    assert note.read_bytes() == b"\nours"
    assert 0.1 <= sum(waited) <= 0.6


def test_note_that_never_settles_is_waited_for_two_seconds(vault: Path, note: Path) -> None:
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        os.utime(note, (len(waited), len(waited)))

    note.write_bytes(b"")
    Files(vault, vault.parent / "state", pause).edit(PATH, add("ours"))
    assert sum(waited) == pytest.approx(2)


# -- late writes -------------------------------------------------------------------------------


def test_late_write_through_an_old_handle_is_recovered(files: Files, note: Path) -> None:
    with note.open("r+b") as handle:
        files.edit(PATH, add("ours"))
        assert files.recover(time.time()) == []
        handle.write(b"# Late")
        handle.flush()
        assert note.read_bytes() == OLD + b"\nours"
        late = files.recover(time.time())
        assert [(kept.path, kept.data) for kept in late] == [(PATH, b"# Late" + OLD[6:])]
        assert files.recover(time.time() + 2 * WEEK) == late, "told until it is dealt with"
        files.forget(late[0])
        assert files.recover(time.time()) == []
        handle.write(b", later")
        handle.flush()
        assert len(files.recover(time.time())) == 1


def test_late_write_that_the_note_has_too_is_no_news(files: Files, note: Path) -> None:
    with note.open("ab") as handle:
        files.edit(PATH, add("ours"))
        handle.write(b"\nlate")
    save(note, note.read_bytes() + b"\nlate")
    assert files.recover(time.time()) == []


def test_displaced_are_kept_for_seven_days(files: Files, vault: Path) -> None:
    os.utime(vault / PATH, (1, 1))  # last edited long ago, displaced now
    files.edit(PATH, add("ours"))
    now = time.time()
    files.recover(now + WEEK - 60)
    assert [kept.data for kept in files.displaced()] == [OLD]
    files.recover(now + WEEK + 60)
    assert files.displaced() == []
    assert list((vault.parent / "state/displaced").iterdir()) == []


def test_state_on_another_file_system(files: Files, note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.rename
    saves = [b"late", b"later"]

    def across(old: Path, new: Path) -> None:
        if Path(old).parent != Path(new).parent:
            if saves:  # into the file that is about to be copied out
                Path(old).write_bytes(saves.pop(0))
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        real(old, new)

    monkeypatch.setattr(os, "rename", across)
    files.edit(PATH, add("ours"))
    assert [kept.data for kept in files.recover(time.time())] == [b"late"]
    assert strays(note.parent) == []


def test_state_on_another_file_system_is_compared_before_the_original_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = exchange.Shelf(tmp_path / "state")
    out = tmp_path / exchange.temporary_name()
    out.write_bytes(b"read")
    shelf.announce(out, PATH, b"read")

    def across(_old: Path, _new: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    real = Path.write_bytes

    def then_late(file: Path, data: bytes) -> int:
        if file.parent == shelf.folder and data == b"read":
            real(out, b"late")
        return real(file, data)

    monkeypatch.setattr(os, "rename", across)
    monkeypatch.setattr(Path, "write_bytes", then_late)
    shelf.put_away(out)
    assert [kept.data for kept in shelf] == [b"late"]
    assert not out.exists()


# -- when it fails -----------------------------------------------------------------------------

STEPS = ("open", "write", "fchown", "fchmod", "fsync", "mkdir", "link", "rename", "replace", "unlink")


class Fault:
    """Fails at the nth call of all that touch the disk, before or after it is done."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, nth: int, fail: Callable[[], None], late: bool
    ) -> None:
        self.left = nth
        self.at = ""
        for name in STEPS:
            monkeypatch.setattr(os, name, self.failing(name, getattr(os, name), fail, late))
        sync = self.failing("syncfs", batch.sync_file_system, fail, late)
        monkeypatch.setattr(batch, "sync_file_system", sync)
        call = exchange._system_call()
        if call:
            failing = self.failing("exchange", call, fail, late)
            monkeypatch.setattr(exchange, "_system_call", lambda: failing)

    def failing(
        self, name: str, real: Callable[..., object], fail: Callable[[], None], late: bool
    ) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            self.left -= 1
            if self.left:
                return real(*args, **options)
            self.at = name
            try:
                return real(*args, **options) if late else None
            finally:
                fail()

        return call


def disk_full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupt() -> None:
    raise KeyboardInterrupt


def killed() -> None:
    os._exit(9)


def write_together(files: Files) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(door, "FEW", 1)
        with files.together({PATH: f"{OLD.decode()}\nours", "new/new.md": "ours"}):
            files.edit(PATH, add("ours"))
            files.write("new/new.md", "ours", None)


ACTIONS: dict[str, Callable[[Files], object]] = {
    "together": write_together,
    "edit": lambda files: files.edit(PATH, add("ours")),
    "create": lambda files: files.write("new/new.md", "ours", None),
    "remove": lambda files: files.remove(PATH, files.read(PATH)),
}


def every_fault(files: Files, note: Path, action: str, run: Callable[[int], str]) -> None:
    """Runs the action with a fault at its first step, its second, … until it has no more steps."""
    new = note.parent.parent / "new/new.md"
    outcomes: dict[str, set[bytes | None]] = {
        "together": {OLD, OLD + b"\nours"},
        "edit": {OLD, OLD + b"\nours"},
        "create": {OLD},
        "remove": {OLD, None},
    }
    for nth in range(1, 100):
        at = run(nth)
        now = note.read_bytes() if note.exists() else None
        assert now in outcomes[action], f"fault at step {nth}, {at}"
        assert not new.exists() or new.read_bytes() == b"ours"
        folders = scan(files.root, ScanRules()).untidy
        files.tidy(folders)
        assert strays(files.root) == []
        assert files.recover(time.time()) == []
        note.write_bytes(OLD)
        new.unlink(missing_ok=True)
        if not at:
            assert nth > 5
            return
    raise AssertionError("never done")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("late", [False, True])
def test_interrupted_anywhere(files: Files, note: Path, action: str, late: bool) -> None:
    def run(nth: int) -> str:
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, nth, interrupt, late)
            with suppress(KeyboardInterrupt):
                ACTIONS[action](files)
        if fault.at not in ("rename", "replace", "unlink"):  # it was not the clearing up that failed
            assert strays(files.root) == []
        return fault.at

    every_fault(files, note, action, run)


@pytest.mark.parametrize("action", ACTIONS)
def test_disk_full_anywhere(files: Files, note: Path, action: str) -> None:
    def run(nth: int) -> str:
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, nth, disk_full, False)
            with suppress(NotWritten, UnsafeNote):
                ACTIONS[action](files)
        if fault.at not in ("rename", "replace", "unlink"):
            assert strays(files.root) == []
        return fault.at

    every_fault(files, note, action, run)


@forks
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("late", [False, True])
def test_killed_anywhere(files: Files, note: Path, action: str, late: bool) -> None:
    def run(nth: int) -> str:
        child = os.fork()
        if not child:
            try:
                Fault(pytest.MonkeyPatch(), nth, killed, late)
                ACTIONS[action](files)
                os._exit(0)
            finally:
                os._exit(1)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert code in (0, 9)
        return "kill" if code else ""

    every_fault(files, note, action, run)


@pytest.mark.parametrize(
    ("code", "message"),
    [(errno.ENOSPC, "No space left"), (errno.EROFS, "Read-only"), (errno.EACCES, "Permission")],
)
def test_what_fails_is_told(
    files: Files, note: Path, monkeypatch: pytest.MonkeyPatch, code: int, message: str
) -> None:
    def fail(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NotWritten, match=f"^{PATH}: not written: {message}"):
        files.edit(PATH, add("ours"))
    assert note.read_bytes() == OLD


def test_interrupted_before_the_replace_keeps_nothing_of_the_note_that_stays(
    vault: Path, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_system_call", lambda: None)
    files = new_files(vault)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", lambda _old, _new: interrupt())
        with pytest.raises(KeyboardInterrupt):
            files.edit(PATH, add("ours"))
    save_in_place(note, b"theirs")
    assert b"theirs" not in [kept.data for kept in files.displaced()]


@forks
def test_save_displaced_by_a_run_that_was_killed_is_recovered(vault: Path) -> None:
    """The worst instant: a save came out, and nobody is left to put it back."""
    real = exchange.exchange

    def raced(new: Path, there: Path) -> None:
        save(there, b"theirs")
        real(new, there)
        os._exit(9)

    child = os.fork()
    if not child:
        try:
            pytest.MonkeyPatch().setattr(exchange, "exchange", raced)
            new_files(vault).edit(PATH, add("ours"))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    files = new_files(vault)
    assert len(strays(vault)) == 1
    files.tidy(scan(vault, ScanRules()).untidy)
    assert strays(vault) == []
    assert [(kept.path, kept.data) for kept in files.recover(time.time())] == [(PATH, b"theirs")]


def test_tidy_takes_only_what_is_ours(files: Files, vault: Path) -> None:
    ours = vault / "People" / exchange.temporary_name()
    for file in (ours, vault / "People/.vk-notes.tmp", vault / "People/.vkrc"):
        file.write_text("x")
    files.tidy(["People", "missing", "../elsewhere"])
    assert sorted(strays(vault)) == [".vk-notes.tmp"]
    assert [kept.data for kept in files.displaced()] == [b"x"]
    assert files.recover(time.time()) == []


# -- other processes ---------------------------------------------------------------------------

EDITOR = """
import os, sys, time
path, way = sys.argv[1:]
n = 0
while sys.stdin.read(1):
    began = time.monotonic_ns()
    if way == "append":
        with open(path, "a") as note:
            note.write(f"\\ntheirs {n}.")
    else:
        with open(path) as note:
            text = note.read()
        if way == "in place":
            with open(path, "w") as note:
                note.write(f"{text}\\ntheirs {n}.")
        else:
            with open(path + ".new", "w") as note:
                note.write(f"{text}\\ntheirs {n}.")
            os.replace(path + ".new", path)
    print(n, began, time.monotonic_ns(), flush=True)
    n += 1
"""

VAULTKEEPER = """
import sys
from pathlib import Path
from vaultkeeper.storage.files import Files
root, state, path, who = sys.argv[1:]
files = Files(Path(root), Path(state))
for n in range(40):
    files.edit(path, lambda text: f"{text}\\n{who} {n}.")
"""


@pytest.fixture
def editor(note: Path, way: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Reads, adds a line and saves, once for each byte that it is sent; blindly, as editors do."""
    command = [sys.executable, "-c", EDITOR, str(note), way]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


class Unseen(bytes):
    """Note text that compares as if it were what we expect."""

    def __ne__(self, _other: object) -> bool:
        return False

    __eq__, __hash__ = bytes.__eq__, bytes.__hash__


@pytest.mark.skipif(exchange._system_call() is None, reason="only an exchange loses no save at all")
@pytest.mark.parametrize("way", ["append", "in place", "rename"])
@pytest.mark.parametrize("last_look", [True, False])
def test_no_save_is_lost_between_two_processes(
    vault: Path,
    note: Path,
    editor: "subprocess.Popen[bytes]",
    way: str,
    last_look: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not last_look:  # so that every race is fought out in the exchange
        look = Files._now
        monkeypatch.setattr(Files, "_now", lambda files, path: Unseen(look(files, path) or b""))
    assert editor.stdin and editor.stdout
    send = editor.stdin.fileno()
    files = Files(vault, vault.parent / "state", pause=lambda seconds: wait(seconds / 10))
    saves: list[list[bytes]] = []
    ours: dict[str, tuple[int, int]] = {}
    sent = calls = 0

    def change(text: str) -> str:
        nonlocal calls, sent
        if calls < 3:  # so many saves while we write: the fewer, the more often we had to begin again
            sent += os.write(send, b"x" * (3 - calls))
        calls += 1
        return f"{text}\nours {len(ours)}."

    for n in range(60):
        calls, began = 0, time.monotonic_ns()
        files.edit(PATH, change)
        ours[f"ours {n}."] = began, time.monotonic_ns()
        saves += [editor.stdout.readline().split() for _ in range(sent - len(saves))]

    lines = set(note.read_text().splitlines())
    recovered = {line for kept in files.recover(time.time()) for line in kept.data.decode().splitlines()}
    assert sent >= 180
    assert {f"theirs {n}." for n in range(sent)} <= lines | recovered
    for line, (began, ended) in ours.items():
        # An editor that had read the note before we wrote, and saves it after, erases our line.
        blindly = any(int(read) < ended and began < int(saved) for _, read, saved in saves)
        assert line in lines | recovered or (blindly and way != "append")
    assert strays(vault) == []


def test_nothing_is_written_while_another_vaultkeeper_writes(files: Files, vault: Path, note: Path) -> None:
    snapshot = files.read(PATH)
    with new_files(vault).lock():
        for attempt in (
            lambda: files.write(PATH, "ours", snapshot),
            lambda: files.write("new.md", "ours", None),
            lambda: files.remove(PATH, snapshot),
            lambda: files.tidy(["People"]),
        ):
            with pytest.raises(NotWritten, match="another vaultkeeper is writing"):
                attempt()
    assert note.read_bytes() == OLD


def test_lock_may_be_held_over_many_writes(files: Files, vault: Path) -> None:
    with files.lock(), files.lock():
        files.edit(PATH, add("ours"))
        with pytest.raises(NotWritten), new_files(vault).lock():
            pass
    with new_files(vault).lock():
        pass


def test_no_edit_is_lost_between_two_vaultkeepers(vault: Path, note: Path) -> None:
    arguments = [sys.executable, "-c", VAULTKEEPER, str(vault), str(vault.parent / "state"), PATH]
    both = [subprocess.Popen([*arguments, who]) for who in ("one", "two")]
    assert [process.wait(60) for process in both] == [0, 0]
    assert sorted(note.read_bytes().removeprefix(OLD).split()) == sorted(
        word.encode() for who in ("one", "two") for n in range(40) for word in (who, f"{n}.")
    )
