"""`doctor` finds and offers again what other programs made of our writes: late saves, erased entries, runs that
were stopped (FORMAT.md section 8.3)."""

import os
import time
from pathlib import Path
from typing import BinaryIO

import pytest
from conftest import VaultFolder

from vaultkeeper.app import recover

JANE = "People/Jane Doe.md"
TEXT = "---\ntier: A\nspecial_dates:\n  - 2019-09-01 started\n---\n# Jane\n\n## Log\n\n- 2026-01-01 call: first\n"
WELL = "All is well.\n"
WEEK = 7 * 86400


@pytest.fixture
def note(vault: VaultFolder) -> Path:
    return vault.write(JANE, TEXT)


def state(home: Path, name: str) -> Path:
    [folder] = (home / "state/vaultkeeper").iterdir()
    return folder / name


def problems(vault: VaultFolder) -> list[dict[str, str]]:
    found = vault.run("doctor", "--json")
    assert found.code == (3 if found.json["problems"] else 0)
    listed: list[dict[str, str]] = found.json["problems"]
    return listed


# -- an entry that a blind save erased ------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "and more of mine\n", "- 2026-11-23 coffee: quite another thing\n"])
def test_an_erased_entry_is_told_and_added_again(vault: VaultFolder, note: Path, typed: str) -> None:
    vault.ok("log", "jane", "-m", "call: she got the job #congrats")
    logged = note.read_text()
    note.write_text(TEXT + typed)  # by an editor that had read it before
    assert "1 problem in the vault: vk doctor" in vault.ok("list").err
    [problem] = problems(vault)
    assert problem["path"] == JANE
    assert problem["message"].endswith("? 2026-11-23 call: she got the job #congrats")
    command = "vk log 'People/Jane Doe.md' -m '2026-11-23 call: she got the job #congrats' adds it again"
    assert problem["mend"].startswith(command)
    vault.ok("log", JANE, "-m", "2026-11-23 call: she got the job #congrats")
    assert problems(vault) == []
    if not typed:
        assert note.read_text() == logged


def test_all_of_them_at_once(vault: VaultFolder, note: Path) -> None:
    vault.write("People/Sam Lee.md", "")
    said = [
        "call: one\nwith a line more",
        "email out with [[Sam Lee]]: two",
        "14:30 : three",
        "in: four",
        "coffee",
    ]
    for text in said:
        vault.ok("log", "jane", "-m", text)
    vault.ok("log", "sam", "-m", "call: five", "--date", "2026-10-01")
    before = (note.read_text(), vault.read("People/Sam Lee.md"))
    note.write_text(TEXT)
    vault.write("People/Sam Lee.md", "typed\n")
    assert len(problems(vault)) == 6
    shown = vault.run("doctor", "--recover", "--dry-run")
    assert "+- 2026-11-23 call: one\n+    with a line more" in shown.out
    assert len(problems(vault)) == 6
    recovered = vault.ok("doctor", "--recover")
    assert f"wrote {JANE}" in recovered.err
    assert (note.read_text(), problems(vault)) == (before[0], [])
    vault.ok("undo")
    assert note.read_text() == TEXT
    assert problems(vault) == []  # told once, and settled


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("she got the job", "she got a job, in Berlin"),
        ("2026-11-23 call", "2026-11-22 call"),
        ("- 2026-11-23 call", "* **2026-11-23** call"),
        ("#congrats", ""),
    ],
)
def test_a_corrected_entry_is_none(vault: VaultFolder, note: Path, old: str, new: str) -> None:
    vault.ok("log", "jane", "-m", "call: she got the job #congrats")
    text = note.read_text()
    assert old in text
    note.write_text(text.replace(old, new))
    assert problems(vault) == []


def test_what_we_took_out_ourselves_is_none(vault: VaultFolder, note: Path) -> None:
    vault.ok("log", "jane", "-m", "call: a mistake")
    vault.ok("undo")
    assert problems(vault) == []
    vault.ok("undo", "2")  # there again
    note.write_text(TEXT)
    assert len(problems(vault)) == 1


def test_what_a_person_took_out_is_let_go(vault: VaultFolder, note: Path) -> None:
    vault.ok("log", "jane", "-m", "call: a mistake")
    note.write_text(TEXT)
    assert vault.run("doctor", "--forget", "--dry-run").code == 3
    assert vault.ok("doctor", "--forget").err == WELL
    assert vault.ok("list").err == ""
    vault.ok("log", "jane", "-m", "call: another")
    note.write_text(TEXT)
    assert len(problems(vault)) == 1


def test_a_note_that_is_moved_or_removed_lacks_nothing(vault: VaultFolder, note: Path) -> None:
    vault.ok("log", "jane", "-m", "call: x")
    note.rename(note.with_name("Jane Roe.md"))
    assert problems(vault) == []


def test_a_date_in_the_front_matter_is_no_entry(vault: VaultFolder, note: Path) -> None:
    vault.ok("set", "jane", "special_dates+=2020-06-12 wedding")
    note.write_text(TEXT)
    assert problems(vault) == []


def test_an_entry_that_a_tick_logged(example: VaultFolder) -> None:
    example.ok("index")
    before = example.read(JANE)
    due = example.read("Keep in touch/Due this week.md").decode()
    assert "- [ ] [[Jane Doe]]" in due
    example.write("Keep in touch/Due this week.md", due.replace("- [ ] [[Jane Doe]]", "- [x] [[Jane Doe]]"))
    example.ok("index")
    assert example.read(JANE) != before
    example.write(JANE, before)
    assert [problem["path"] for problem in problems(example)] == [JANE]


def test_after_a_week_nothing_is_told(
    vault: VaultFolder, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.ok("log", "jane", "-m", "call: x")
    note.write_text(TEXT)
    real = time.time
    for days, told in ((6.9, 1), (7.1, 0)):
        monkeypatch.setattr(time, "time", lambda days=days: real() + days * 86400)
        assert len(problems(vault)) == told


def test_every_command_looks_at_the_newest_steps_only(
    vault: VaultFolder, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recover, "_RECENT", 2)
    for number in range(3):
        vault.ok("log", "jane", "-m", f"call: {number}")
    note.write_text(TEXT)
    assert "2 problems" in vault.ok("list").err
    assert len(problems(vault)) == 3


# -- a save that went into the old file -----------------------------------------------------------


@pytest.fixture
def late(vault: VaultFolder, note: Path) -> BinaryIO:
    """The note, open in another program from before we wrote it."""
    handle = note.open("r+b", buffering=0)
    vault.ok("log", "jane", "-m", "call: ours")
    return handle


def write_late(handle: BinaryIO, data: bytes) -> None:
    with handle:
        handle.seek(0)
        handle.truncate()
        handle.write(data)
        os.utime(handle.fileno())  # now, of whatever clock the file system has


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps nobody's handle across a replace")
def test_a_late_save_is_told_and_put_beside_the_note(vault: VaultFolder, note: Path, late: BinaryIO) -> None:
    ours = note.read_bytes()
    assert vault.ok("list").err == ""
    write_late(late, TEXT.encode() + b"typed late\n")
    assert note.read_bytes() == ours
    assert "1 problem in the vault" in vault.ok("list").err
    [problem] = problems(vault)
    assert problem["path"] == JANE
    kept = Path(problem["message"].rsplit(" ", 1)[1])
    assert kept.read_bytes().endswith(b"typed late\n")
    assert "typed late" in vault.run("doctor", "--recover", "--dry-run").out
    vault.run("doctor", "--recover")
    [copy] = [file for file in note.parent.iterdir() if file != note]
    assert copy.read_bytes() == TEXT.encode() + b"typed late\n"
    assert note.read_bytes() == ours
    [problem] = problems(vault)
    assert "looks like a conflict copy of People/Jane Doe.md" in problem["message"]
    copy.unlink()
    assert problems(vault) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps nobody's handle across a replace")
@pytest.mark.parametrize("data", [TEXT.encode() + b"late\n", b"\xff not a text\n"])
def test_a_late_save_is_let_go(vault: VaultFolder, home: Path, late: BinaryIO, data: bytes) -> None:
    write_late(late, data)
    assert len(problems(vault)) == 1
    if not data.isascii():
        assert vault.run("doctor", "--recover").code == 3  # kept, and told
    assert vault.ok("doctor", "--forget").err == WELL
    assert any(file.read_bytes() == data for file in state(home, "displaced").iterdir())


@pytest.mark.usefixtures("note")
def test_what_is_displaced_goes_after_a_week(
    vault: VaultFolder, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.ok("log", "jane", "-m", "call: x")
    assert len(list(state(home, "displaced").iterdir())) == 2
    later = time.time() + WEEK + 1
    monkeypatch.setattr(time, "time", lambda: later)
    vault.ok("list")
    assert len(list(state(home, "displaced").iterdir())) == 2  # a reading command only looks
    vault.ok("index")
    assert list(state(home, "displaced").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps nobody's handle across a replace")
def test_a_late_save_that_sets_the_time_back_is_found_before_it_goes(
    vault: VaultFolder, late: BinaryIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.fstat(late.fileno()).st_mtime_ns
    late.write(b"LATE")
    os.utime(late.fileno(), ns=(before, before))
    late.close()
    assert problems(vault) == []
    later = time.time() + WEEK + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert len(problems(vault)) == 1
    assert "1 problem in the vault" in vault.ok("list").err
    vault.run("doctor", "--recover")
    assert any(b"LATE" in file.read_bytes() for file in (vault.root / "People").iterdir())
    assert vault.run("doctor", "--forget").code == 3  # the conflict copy


def test_index_tells_it_as_well(vault: VaultFolder, note: Path) -> None:
    vault.ok("log", "jane", "-m", "call: x")
    vault.ok("index")
    note.write_text(TEXT)
    told = vault.run("index", "--json")
    assert told.code == 3
    assert [problem["path"] for problem in told.json["problems"]] == [JANE]


@pytest.mark.usefixtures("note")
def test_looking_takes_no_lock(vault: VaultFolder, home: Path) -> None:
    from vaultkeeper.storage.files import Files

    vault.ok("log", "jane", "-m", "call: x")
    with Files(vault.root, state(home, "lock").parent).lock():
        assert vault.ok("list").err == ""


def test_a_note_that_cannot_be_written_stops_no_other(vault: VaultFolder, note: Path) -> None:
    vault.write("People/Sam Lee.md", "")
    vault.ok("log", "jane", "-m", "call: one")
    vault.ok("log", "sam", "-m", "call: two")
    note.write_text(TEXT.replace("tier: A", "tier: [A"))
    vault.write("People/Sam Lee.md", "typed\n")
    recovered = vault.run("doctor", "--recover")
    assert recovered.code == 3
    assert b"call: two" in vault.read("People/Sam Lee.md")
    assert "call: one" in recovered.err
    note.write_text(TEXT)
    vault.ok("doctor", "--recover")
    assert "call: one" in note.read_text()


def test_no_command_reads_a_large_step(
    vault: VaultFolder, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.ok("log", "jane", "-m", "call: one")
    vault.ok("log", "jane", "-m", f"call: {'two ' * 1000}")
    vault.ok("log", "jane", "-m", "call: three")
    note.write_text(TEXT)
    monkeypatch.setattr(recover, "_SMALL", 1000)
    assert "1 problem in the vault" in vault.ok("list").err
    assert len(problems(vault)) == 3
