"""The index follows the vault: what changed is read, what did not is not, and a cache is all that it is."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import VaultFolder

from vaultkeeper.app import refresh as module
from vaultkeeper.app.refresh import Refreshed, refresh
from vaultkeeper.app.vault import open_vault
from vaultkeeper.storage.files import Files
from vaultkeeper.storage.scan import Scan, ScanRules, scan
from vaultkeeper.storage.snapshot import Snapshot

OLD = 1_700_000_000  # seconds of the epoch: far beyond the clock's grain
GRAIN = 2_000_000_000  # ns: the coarsest clock of a common file system (FAT)


def note(*entries: str, tier: str = "A") -> str:
    return f"---\ntier: {tier}\n---\n## Log\n" + "".join(f"- {entry}\n" for entry in entries)


@pytest.fixture
def people(vault: VaultFolder) -> VaultFolder:
    """Jane, who had a call, and Sam and Ana, who had none; all saved long ago."""
    vault.write("People/Jane Doe.md", note("2026-11-01 call: hello"))
    vault.write("People/Sam Lee.md", note())
    vault.write("People/Ana Ruiz.md", note())
    age(vault)
    return vault


def age(vault: VaultFolder) -> None:
    for file in vault.root.rglob("*.md"):
        os.utime(file, (OLD, OLD))


def update(vault: VaultFolder, *, full: bool = False) -> Refreshed:
    opened = open_vault(vault.root, exact=True)
    with opened.index() as index:
        return refresh(opened, index, full=full)


def counts(vault: VaultFolder) -> tuple[int, int, int, int]:
    """(added, modified, removed, unchanged) of bringing the index up to date."""
    done = update(vault)
    return done.added, done.modified, done.removed, done.unchanged


def days(vault: VaultFolder, name: str) -> list[str]:
    return [entry["date"] for entry in vault.run("show", name, "--json").json["interactions"]]


def index_file(home: Path) -> Path:
    (file,) = home.rglob("index.sqlite3")
    return file


def test_first_all_are_added_then_none(people: VaultFolder) -> None:
    assert counts(people) == (3, 0, 0, 0)
    assert counts(people) == (0, 0, 0, 3)


def test_full_reads_all_again(people: VaultFolder) -> None:
    update(people)
    done = update(people, full=True)
    assert (done.contacts, done.added, done.modified) == (3, 0, 3)


def test_only_what_changed_is_read(people: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = time.time_ns() + 86400 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: tomorrow)
    update(people)
    read: list[str] = []
    real = Files.read

    def watched(self: Files, path: str) -> Snapshot:
        read.append(path)
        return real(self, path)

    monkeypatch.setattr(Files, "read", watched)
    update(people)
    assert read == []
    people.write("People/Jane Doe.md", note("2026-11-02 call: again"))
    people.write("People/New Guy.md", note())
    update(people)
    assert read == ["People/Jane Doe.md", "People/New Guy.md"]


def test_a_touched_note_with_the_same_bytes_is_no_change(people: VaultFolder) -> None:
    update(people)
    os.utime(people.root / "People/Jane Doe.md", (OLD + 9, OLD + 9))
    assert counts(people) == (0, 0, 0, 3)


Change = Callable[[VaultFolder], object]


@pytest.mark.parametrize(
    ("change", "expected", "names"),
    [
        (
            lambda v: v.write("People/Jane Doe.md", note("2026-11-02 call: x")),
            (0, 1, 0, 2),
            ["Ana Ruiz", "Jane Doe", "Sam Lee"],
        ),
        (lambda v: v.write("People/Zed.md", ""), (1, 0, 0, 3), ["Ana Ruiz", "Jane Doe", "Sam Lee", "Zed"]),
        (lambda v: (v.root / "People/Sam Lee.md").unlink(), (0, 0, 1, 2), ["Ana Ruiz", "Jane Doe"]),
        (
            lambda v: (v.root / "People/Sam Lee.md").rename(v.root / "People/Samuel Lee.md"),
            (1, 0, 1, 2),
            ["Ana Ruiz", "Jane Doe", "Samuel Lee"],
        ),
        (
            lambda v: (v.root / "People").rename(v.root / "Elsewhere"),
            (0, 0, 3, 0),
            [],
        ),
        (
            lambda v: v.write("People/Sam Lee.md", "---\ntype: place\n---\n"),
            (0, 0, 1, 2),
            ["Ana Ruiz", "Jane Doe"],
        ),
        (
            lambda v: v.write("Elsewhere/Bo.md", "---\ntype: contact\n---\n"),
            (1, 0, 0, 3),
            ["Ana Ruiz", "Bo", "Jane Doe", "Sam Lee"],
        ),
        (lambda v: v.write("Elsewhere/Bo.md", "nobody"), (0, 0, 0, 3), ["Ana Ruiz", "Jane Doe", "Sam Lee"]),
        (
            lambda v: v.write(".trash/Bo.md", "---\ntype: contact\n---\n"),
            (0, 0, 0, 3),
            ["Ana Ruiz", "Jane Doe", "Sam Lee"],
        ),
    ],
)
def test_changes(people: VaultFolder, change: Change, expected: tuple[int, ...], names: list[str]) -> None:
    update(people)
    change(people)
    assert counts(people) == expected
    assert [found["contact"] for found in people.json("list")["contacts"]] == names
    assert counts(people) == (0, 0, 0, len(names))


def test_an_edit_that_keeps_size_and_mtime_is_seen(people: VaultFolder) -> None:
    update(people)
    people.write("People/Jane Doe.md", note("2026-11-09 call: hello"))
    os.utime(people.root / "People/Jane Doe.md", (OLD, OLD))
    assert days(people, "jane") == ["2026-11-09"]


def coarse(root: Path, skip: ScanRules) -> Scan:
    """A file system whose clock ticks once in two seconds, and tells no ctime."""
    found = scan(root, skip)
    for path, (mtime, size, _, _) in found.notes.items():
        found.notes[path] = (mtime // GRAIN * GRAIN, size, 0, 0)
    return found


def test_an_edit_within_the_clock_s_grain_is_seen(
    people: VaultFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stamp is the same to the last digit: what was saved a moment before it was read is read again."""
    now = OLD * 1_000_000_000
    monkeypatch.setattr(module, "scan", coarse)
    monkeypatch.setattr(time, "time_ns", lambda: now + 1_500_000_000)
    update(people)
    people.write("People/Jane Doe.md", note("2026-11-09 call: hello"))
    os.utime(people.root / "People/Jane Doe.md", (OLD, OLD))
    assert days(people, "jane") == ["2026-11-09"]


def test_beyond_the_grain_the_stamp_is_trusted(people: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test above tests something; no real file system with ctime is as blind."""
    now = OLD * 1_000_000_000
    monkeypatch.setattr(module, "scan", coarse)
    monkeypatch.setattr(time, "time_ns", lambda: now + 4_500_000_000)
    update(people)
    people.write("People/Jane Doe.md", note("2026-11-09 call: hello"))
    os.utime(people.root / "People/Jane Doe.md", (OLD, OLD))
    assert days(people, "jane") == ["2026-11-01"]


def test_a_time_in_the_future_hides_nothing(people: VaultFolder) -> None:
    file = people.root / "People/Jane Doe.md"
    os.utime(file, (OLD * 3, OLD * 3))
    update(people)
    file.write_bytes(note("2026-11-09 call: hello").encode())
    os.utime(file, (OLD * 3, OLD * 3))
    assert days(people, "jane") == ["2026-11-09"]


# --- the index is a cache


def answers(vault: VaultFolder) -> list[str]:
    commands = (["list"], ["show", "jane"], ["show", "sam"], ["search", "hello"], ["due"], ["doctor"])
    results = [vault.run(*command, "--json") for command in commands]
    assert not [result.err for result in results if result.err]
    return [result.out for result in results]


def test_deleting_the_index_loses_nothing(people: VaultFolder, home: Path) -> None:
    before = answers(people)
    index_file(home).unlink()
    assert answers(people) == before


@pytest.mark.parametrize("spoil", ["garbage", "", "SQLite format 3\0 and then nothing of the kind"])
def test_a_spoilt_index_is_made_anew_without_a_word(people: VaultFolder, home: Path, spoil: str) -> None:
    before = answers(people)
    index_file(home).write_text(spoil)
    assert answers(people) == before
    index_file(home).write_text(spoil)
    done = people.run("log", "jane", "-m", "call: x")
    assert done.code == 0
    assert len(done.err.splitlines()) == 2  # what was logged, and when next: nothing else


@pytest.fixture(params=[0, 1], ids=["just saved", "saved long ago"])
def days_later(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was saved a moment ago is read again, which mends an index by the way; a day later it is not."""
    then = time.time_ns() + request.param * 86400 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: then)


@pytest.mark.usefixtures("days_later")
def test_an_index_spoilt_in_its_middle_is_made_anew_without_a_word(people: VaultFolder, home: Path) -> None:
    before = answers(people)
    file = index_file(home)
    good = file.read_bytes()
    for page in range(4096, len(good), 4096):
        file.write_bytes(good[:page] + b"\xa5" * 4096 + good[page + 4096 :])
        assert answers(people) == before, page
        assert people.read("People/Jane Doe.md") == note("2026-11-01 call: hello").encode()


@pytest.mark.usefixtures("days_later")
def test_a_command_that_writes_through_a_spoilt_index_writes_once(people: VaultFolder, home: Path) -> None:
    answers(people)
    file = index_file(home)
    good = file.read_bytes()
    text = note("2026-11-01 call: hello")
    for page in range(4096, len(good), 4096):
        file.write_bytes(good[:page] + b"\xa5" * 4096 + good[page + 4096 :])
        people.write("People/Jane Doe.md", text)
        people.ok("log", "jane", "-m", "coffee: x")
        assert people.read("People/Jane Doe.md").decode() == f"{text}- 2026-11-23 coffee: x\n"


def test_a_config_that_parsing_depends_on_rebuilds(people: VaultFolder) -> None:
    assert days(people, "jane") == ["2026-11-01"]
    people.write("vaultkeeper.toml", "[log]\nheading = 'Diary'\n")
    assert days(people, "jane") == []
    people.write("vaultkeeper.toml", "[contacts]\nfolders = ['Nowhere']\n")
    assert people.json("list") == {"contacts": []}
    people.write("vaultkeeper.toml", "[tiers]\nclose = '1w'\n")
    assert people.run("index").code == 3  # tier A is unknown now
    people.write("vaultkeeper.toml", "")
    assert days(people, "jane") == ["2026-11-01"]
    assert people.run("index").code == 0


def test_a_config_that_only_the_rules_read_does_not(people: VaultFolder) -> None:
    update(people)
    people.write("vaultkeeper.toml", "[week]\nquota = 1\n")
    assert counts(people) == (0, 0, 0, 3)


def test_a_vault_has_its_index_by_its_real_path(people: VaultFolder, home: Path, tmp_path: Path) -> None:
    update(people)
    (tmp_path / "link").symlink_to(people.root)
    assert counts(VaultFolder(tmp_path / "link")) == (0, 0, 0, 3)
    assert index_file(home)
    other = VaultFolder(tmp_path / "other")
    other.write("vaultkeeper.toml", "")
    assert counts(other) == (0, 0, 0, 0)
    assert len(list(home.rglob("index.sqlite3"))) == 2


def test_the_index_is_kept_outside_the_vault(people: VaultFolder) -> None:
    before = people.snapshot()
    update(people)
    assert people.snapshot() == before


def test_a_cache_folder_that_cannot_be_made_is_told(
    people: VaultFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    done = people.run("list")
    assert done.code != 0
    assert done.out == ""
    assert f"{tmp_path / 'file'}" in done.err
    assert "cannot be made" in done.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_cache_folder_is_told(people: VaultFolder, home: Path) -> None:
    update(people)
    file = index_file(home)
    people.write("People/New.md", "")
    file.chmod(0o400)
    file.parent.chmod(0o500)
    try:
        done = people.run("list")
        assert done.code == 1
        assert "the index cannot be used" in done.err
    finally:
        file.parent.chmod(0o700)


@pytest.mark.parametrize("commands", [("index", "index"), ("list", "due"), ("index", "list")])
def test_two_processes_at_once(example: VaultFolder, commands: tuple[str, str]) -> None:
    """From no index at all, and none sees half of it."""
    program = [sys.executable, "-m", "vaultkeeper", "--vault", str(example.root), "--today", "2026-11-23"]
    runs = [subprocess.Popen([*program, command, "--json"], stdout=subprocess.PIPE) for command in commands]
    said = [(run.communicate()[0].decode(), run.returncode) for run in runs]
    assert [code for _, code in said] == [0, 0]
    for (out, _), command in zip(said, commands, strict=True):
        if command != "index":
            assert out == example.run(command, "--json").out
    assert example.json("list")["contacts"]


# --- what other notes tell of a contact


@pytest.fixture
def talk(people: VaultFolder) -> VaultFolder:
    """Jane's note tells of a lunch with Sam, too."""
    people.write("People/Jane Doe.md", note("2026-11-01 call: hello", "2026-11-05 lunch with [[Sam Lee]]: x"))
    update(people)
    return people


def test_an_interaction_counts_for_its_participants_from_one_place(talk: VaultFolder) -> None:
    (entry,) = talk.json("show", "sam")["interactions"]
    assert (entry["date"], entry["path"], entry["line"]) == ("2026-11-05", "People/Jane Doe.md", 6)
    assert entry["with"] == ["Jane Doe"]
    assert talk.json("show", "sam")["last_contact"] == "2026-11-05"
    assert days(talk, "ana") == []
    assert [entry["with"] for entry in talk.json("show", "jane")["interactions"]] == [[], ["Sam Lee"]]


def test_a_mention_counts_for_nobody(talk: VaultFolder) -> None:
    talk.write("People/Jane Doe.md", note("2026-11-05 lunch: talked of [[Sam Lee]]"))
    assert days(talk, "sam") == []


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("2026-11-07 lunch with [[Sam Lee]]: later", ["2026-11-07"]),
        ("2026-11-05 lunch: alone", []),
        ("2026-11-05 lunch with [[Ana Ruiz]]: x", []),
        ("2026-11-05 lunch with [[Ana Ruiz]] and [[Sam Lee]]: x", ["2026-11-05"]),
        ("2026-11-05 lunch with [[People/Sam Lee|Sammy]]: x", ["2026-11-05"]),
        ("2026-11-05 lunch with [[sam lee#Log]]: x", ["2026-11-05"]),
        ("2026-11-05 lunch with [Sam](People/Sam%20Lee.md): x", ["2026-11-05"]),
        ("2026-11-05 lunch with [[Elsewhere/Sam Lee]]: x", []),
    ],
)
def test_it_follows_the_entry(talk: VaultFolder, entry: str, expected: list[str]) -> None:
    talk.write("People/Jane Doe.md", note(entry))
    assert days(talk, "sam") == expected


def test_it_goes_with_the_note_that_told_it(talk: VaultFolder) -> None:
    (talk.root / "People/Jane Doe.md").unlink()
    assert days(talk, "sam") == []
    assert talk.json("show", "sam")["last_contact"] is None


def test_it_stays_when_the_participant_s_own_note_changes(talk: VaultFolder) -> None:
    talk.write("People/Sam Lee.md", note("2026-11-20 call: own"))
    assert days(talk, "sam") == ["2026-11-05", "2026-11-20"]
    talk.write("People/Sam Lee.md", note(tier="B"))
    assert days(talk, "sam") == ["2026-11-05"]


def test_it_follows_a_rename_and_its_links(talk: VaultFolder) -> None:
    (talk.root / "People/Sam Lee.md").rename(talk.root / "People/Samuel Lee.md")
    assert days(talk, "samuel") == []  # as in Obsidian, until the link follows
    talk.write("People/Jane Doe.md", note("2026-11-05 lunch with [[Samuel Lee]]: x"))
    assert days(talk, "samuel") == ["2026-11-05"]


def test_it_follows_a_note_into_another_folder(talk: VaultFolder) -> None:
    (talk.root / "People/Old").mkdir()
    (talk.root / "People/Sam Lee.md").rename(talk.root / "People/Old/Sam Lee.md")
    assert days(talk, "sam") == ["2026-11-05"]


def test_a_contact_made_after_the_entry_has_it(people: VaultFolder) -> None:
    people.write("People/Jane Doe.md", note("2026-11-05 lunch with [[Priya Nair]]: x"))
    update(people)
    people.write("People/Priya Nair.md", note())
    assert days(people, "priya") == ["2026-11-05"]


def test_a_twin_nearer_to_the_entry_takes_it_and_gives_it_back(talk: VaultFolder) -> None:
    """`[[Sam Lee]]` leads to the note in the same folder, then to the one of the shortest path."""
    head = "---\ntype: contact\n---\n"
    talk.write("Work/Bo.md", f"{head}## Log\n- 2026-11-06 call with [[Sam Lee]]: y\n")
    assert days(talk, "People/Sam Lee") == ["2026-11-05", "2026-11-06"]
    talk.write("Work/Sam Lee.md", head)
    assert days(talk, "People/Sam Lee") == ["2026-11-05"]
    assert days(talk, "Work/Sam Lee") == ["2026-11-06"]
    (talk.root / "Work/Sam Lee.md").unlink()
    assert days(talk, "People/Sam Lee") == ["2026-11-05", "2026-11-06"]


def test_a_twin_that_is_nobody_s_note_takes_it_too(talk: VaultFolder) -> None:
    """A link leads where Obsidian says, be there a contact or not."""
    (talk.root / "People/Old").mkdir()
    (talk.root / "People/Sam Lee.md").rename(talk.root / "People/Old/Sam Lee.md")
    assert days(talk, "sam") == ["2026-11-05"]
    talk.write("People/Sam Lee.md", "---\ntype: place\n---\nA restaurant.\n")
    assert days(talk, "sam") == []
    (talk.root / "People/Sam Lee.md").unlink()
    assert days(talk, "sam") == ["2026-11-05"]


def test_a_twin_changed_in_the_same_run_keeps_nothing_alive(talk: VaultFolder) -> None:
    """The entry goes while another Sam Lee is saved: the first one's summary must not stay as it was."""
    talk.write("People/Work/Sam Lee.md", note())
    assert talk.json("show", "People/Sam Lee")["last_contact"] == "2026-11-05"
    talk.write("People/Jane Doe.md", note())
    talk.write("People/Work/Sam Lee.md", note(tier="C"))
    assert talk.json("show", "People/Sam Lee")["last_contact"] is None


@pytest.mark.parametrize(
    ("theirs", "ours", "expected"),
    [
        # (Jane's entry with Sam, Sam's own, what stands in Sam's history)
        ("05 lunch with [[Sam Lee]]: x #gave", "05 lunch: y #news", [("y #news", ["news", "gave"])]),
        ("05 lunch with [[Sam Lee]]: x", "05 lunch: y", [("y", [])]),
        ("05 lunch with [[Sam Lee]]: x", "05 call: y", [("x", []), ("y", [])]),
        ("05 lunch with [[Sam Lee]]: x", "06 lunch: y", [("x", []), ("y", [])]),
    ],
)
def test_the_same_talk_noted_twice_counts_once(
    people: VaultFolder, theirs: str, ours: str, expected: list[tuple[str, list[str]]]
) -> None:
    people.write("People/Jane Doe.md", note(f"2026-11-{theirs}"))
    people.write("People/Sam Lee.md", note(f"2026-11-{ours}"))
    told = people.json("show", "sam")["interactions"]
    assert sorted((entry["text"], entry["kinds"]) for entry in told) == sorted(expected)


def test_two_talks_of_one_day_in_one_note_are_two(people: VaultFolder) -> None:
    people.write("People/Sam Lee.md", note("2026-11-05 call: x", "2026-11-05 call: y"))
    assert days(people, "sam") == ["2026-11-05", "2026-11-05"]


def test_a_promise_under_an_entry_is_made_to_its_participants_too(people: VaultFolder) -> None:
    people.write(
        "People/Jane Doe.md", note("2026-11-05 lunch with [[Sam Lee]]: x\n    - [ ] Send both the notes")
    )
    for name in ("sam", "jane"):
        (promise,) = people.json("show", name)["follow_ups"]
        assert (promise["text"], promise["path"], promise["line"]) == (
            "Send both the notes",
            "People/Jane Doe.md",
            6,
        )
    people.ok("done", "sam")
    assert "- [x] Send both the notes ✅ 2026-11-23" in people.read("People/Jane Doe.md").decode()
    assert people.json("show", "jane")["follow_ups"] == []
    assert people.json("show", "sam")["follow_ups"] == []
