"""`undo`: what a command wrote is taken back, all of it or nothing."""

import errno
from pathlib import Path

import pytest
from conftest import VaultFolder

from vaultkeeper.storage import exchange

JANE, DUE = "People/Jane Doe.md", "Keep in touch/Due this week.md"
ALL = ("set", "--where", "tier=A", "interests+=chess")

COMMANDS = {
    "log": ("log", "jane", "-m", "call: she got the job\nand more"),
    "log with others": ("log", "jane", "Sam Lee", "-m", "coffee", "--follow-up", "Send it"),
    "set": ("set", "jane", "tier=C", "birthday=", "interests+=chess"),
    "set many": ALL,
    "add": ("add", "Zed Zulu", "--tier", "A", "--log", "call: hello"),
    "follow-up": ("follow-up", "jane", "Send the plan", "--due", "friday"),
    "snooze": ("snooze", "jane", "2w"),
    "pause": ("pause", "jane"),
    "intro": ("intro", "jane", "Sam Lee"),
    "rename": ("rename", "jane", "Jane Roe"),
    "merge": ("merge", "jane", "Sam Lee"),
    "eject": ("templates", "eject", "contact.md"),
    "add mentioned": ("add", "--mentioned"),
    "done": ("done", "jane", "hiring"),
    "draft": ("draft", "jane", "--as", "check-in", "--yes"),
    "news": ("news", "I moved"),
    "event": ("event", "add", "A Conference", "--date", "2026-12-01"),
    "event prep": ("event", "prep", "PyCon 2026"),
    "obsidian": ("obsidian", "setup"),
}


def texts(vault: VaultFolder) -> dict[str, bytes]:
    files = (file for file in vault.root.rglob("*") if file.is_file())
    return {str(file.relative_to(vault.root)): file.read_bytes() for file in files}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_taken_back(example: VaultFolder, command: str) -> None:
    before = texts(example)
    example.run(*COMMANDS[command])
    after = texts(example)
    assert after != before
    undone = example.ok("undo")
    assert texts(example) == before
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert {line.strip() for line in undone.err.splitlines()[1:]} == changed


def test_a_merge_of_two_people_is_taken_back(vault: VaultFolder) -> None:
    vault.write("People/Jane Doe.md", "---\ntier: A\n---\n## Log\n\n- 2026-01-01 call: one\n")
    vault.write("People/J Doe.md", "---\nphone: '1'\n---\n## Log\n\n- 2026-01-02 call: two\n")
    vault.write("Plan.md", "Ask [[J Doe]].\n")
    before = texts(vault)
    vault.ok("merge", "Jane Doe", "J Doe")
    assert not (vault.root / "People/J Doe.md").exists()
    assert b"[[Jane Doe" in vault.read("Plan.md")
    vault.ok("undo")
    assert texts(vault) == before


def test_an_import_is_taken_back(example: VaultFolder, tmp_path: Path) -> None:
    file = tmp_path / "cards.vcf"
    people = ("FN:Jane Doe\nTEL:+49 30 1", *(f"FN:New {name}" for name in ("Nora", "Ned")))
    file.write_text("".join(f"BEGIN:VCARD\nVERSION:4.0\n{person}\nEND:VCARD\n" for person in people))
    before = texts(example)
    example.run("import", "vcard", str(file))
    assert len(texts(example)) == len(before) + 2
    example.ok("undo")
    assert texts(example) == before


def test_one_after_the_other(vault: VaultFolder) -> None:
    note = vault.write(JANE, "")
    states = [b""]
    for number in range(4):
        vault.ok("log", "jane", "-m", f"call: {number}")
        states.append(note.read_bytes())
    while states[1:]:
        assert note.read_bytes() == states.pop()
        assert f"call: {len(states) - 1}" in vault.ok("undo").err
    assert note.read_bytes() == b""
    nothing = vault.run("undo")
    assert (nothing.code, nothing.out) == (1, "")
    assert "nothing to undo" in nothing.err


@pytest.mark.parametrize(
    "shape", ["\ufeff# Jane\r\n\r\ntext", "text", "a\rb\n\n\n", "---\ntier: A # x\n---\n"]
)
def test_byte_for_byte(vault: VaultFolder, shape: str) -> None:
    note = vault.write(JANE, shape)
    vault.ok("log", "jane", "-m", "call: x")
    vault.ok("set", "jane", "tier=B")
    vault.ok("undo")
    vault.ok("undo")
    assert note.read_bytes() == shape.encode()


def test_declined_where_a_note_has_changed_since(example: VaultFolder) -> None:
    example.ok(*ALL)
    assert len(example.json("undo", "--list")["steps"][0]["paths"]) > 1
    with (example.root / JANE).open("ab") as note:
        note.write(b"typed since\n")
    before = example.snapshot()
    declined = example.run("undo")
    assert (declined.code, declined.out) == (5, "")
    assert f"changed since: {JANE}\n" in declined.err
    assert example.snapshot() == before


def test_a_later_step_in_the_way_is_named(vault: VaultFolder) -> None:
    note = vault.write(JANE, "text")
    vault.ok("set", "jane", "tier=A")
    vault.ok("log", "jane", "-m", "call: x")
    declined = vault.run("undo", "1")
    assert declined.code == 5
    assert "vk undo 2" in declined.err
    vault.ok("undo", "2")
    vault.ok("undo", "1")
    assert note.read_bytes() == b"text"


def test_a_new_note_that_was_written_in_stays(vault: VaultFolder) -> None:
    vault.ok("add", "Jane Doe")
    note = vault.root / JANE
    note.write_bytes(note.read_bytes() + b"typed")
    assert vault.run("undo").code == 5
    assert note.read_bytes().endswith(b"typed")


def test_a_note_that_is_gone_is_not_made_again(vault: VaultFolder) -> None:
    note = vault.write(JANE, "text")
    vault.ok("log", "jane", "-m", "call: x")
    note.unlink()
    assert vault.run("undo").code == 5
    assert not note.exists()


def test_what_was_taken_back_by_hand(vault: VaultFolder) -> None:
    note = vault.write(JANE, "text")
    vault.ok("log", "jane", "-m", "call: first")
    before = note.read_bytes()
    vault.ok("log", "jane", "-m", "call: second")
    note.write_bytes(before)
    declined = vault.run("undo")
    assert declined.code == 5
    assert "nothing of it is left" in declined.err
    assert note.read_bytes() == before
    vault.ok("undo", "1")


def test_an_undo_is_undone_by_its_number(vault: VaultFolder) -> None:
    note = vault.write(JANE, "text")
    vault.ok("log", "jane", "-m", "call: x")
    logged = note.read_bytes()
    vault.ok("add", "Sam Lee")
    added = vault.read("People/Sam Lee.md")
    vault.ok("undo")
    vault.ok("undo")
    assert not (vault.root / "People/Sam Lee.md").exists()
    assert vault.run("undo").code == 1
    assert vault.run("undo", "1").code == 5  # undone already
    vault.ok("undo", "3")
    vault.ok("undo", "4")
    assert (note.read_bytes(), vault.read("People/Sam Lee.md")) == (logged, added)
    vault.ok("undo")  # once more as if they had never been undone
    vault.ok("undo")
    assert note.read_bytes() == b"text"


def test_no_such_step(vault: VaultFolder) -> None:
    missing = vault.run("undo", "7")
    assert missing.code == 1
    assert "no step 7" in missing.err
    assert vault.run("undo", "0").code == 2


def tick(vault: VaultFolder, name: str) -> str:
    """The generated note with a tick on a contact's line."""
    text = vault.read(DUE).decode()
    assert f"- [ ] [[{name}]]" in text
    vault.write(DUE, text.replace(f"- [ ] [[{name}]]", f"- [x] [[{name}]]"))
    return name


def test_what_index_took_in_is_undone_by_its_number(example: VaultFolder) -> None:
    example.ok("index")
    before = texts(example)
    tick(example, "Jane Doe")
    assert example.json("index")["harvested"] == 1
    logged, made = example.read(JANE), example.read(DUE)
    assert logged != before[JANE]
    assert example.run("undo").code == 1  # nothing was run by hand
    [step] = example.json("undo", "--list")["steps"]
    assert (step["command"].split()[0], step["by_hand"], step["paths"]) == ("index", False, [JANE])
    example.ok("undo", str(step["step"]))
    assert example.read(JANE) == before[JANE]
    assert example.read(DUE) == made  # the next index makes it anew
    assert example.json("index")["harvested"] == 0
    assert example.read(JANE) == before[JANE]


def test_index_alone_is_no_step(example: VaultFolder) -> None:
    example.ok("index")
    assert example.json("undo", "--list") == {"steps": []}


def test_the_list(vault: VaultFolder) -> None:
    vault.write(JANE, "text")
    vault.write("People/Sam Lee.md", "text")
    vault.ok("log", "jane", "-m", "call: hi\x07")
    vault.ok("set", "--where", "tier=", "tier=A")
    vault.ok("undo")
    first, second, third = vault.ok("undo", "--list").out.splitlines()
    assert first.split("\t")[2:] == ["vk log jane -m 'call: hi\\x07'", JANE]
    assert second.split("\t")[3:] == ["2 notes", "undone"]
    assert third.split("\t")[2:] == ["vk undo 2", "2 notes", "by its number only"]
    assert vault.ok("undo", "--list", "--limit", "1").out.splitlines() == [third]
    newest, *_ = vault.json("undo", "--list")["steps"]
    assert {key: newest[key] for key in ("step", "command", "by_hand", "state")} == {
        "step": 3,
        "command": "undo 2",
        "by_hand": False,
        "state": "done",
    }
    assert newest["paths"] == [JANE, "People/Sam Lee.md"]


def test_dry_run_and_json(vault: VaultFolder) -> None:
    note = vault.write(JANE, "text\n")
    vault.ok("log", "jane", "-m", "call: x")
    vault.ok("add", "Sam Lee")
    logged = vault.snapshot()
    shown = vault.ok("undo", "--dry-run").out
    assert "--- a/People/Sam Lee.md" in shown
    assert "+++ /dev/null" in shown
    assert vault.snapshot() == logged
    assert vault.json("undo") == {"step": 2, "command": "add 'Sam Lee'", "written": ["People/Sam Lee.md"]}
    assert "-- [" not in vault.ok("undo", "-n").out
    vault.ok("undo")
    assert note.read_bytes() == b"text\n"


def test_a_link_stays_a_link(vault: VaultFolder) -> None:
    target = vault.write("Elsewhere/Jane.md", "text")
    (vault.root / "People").mkdir()
    (vault.root / JANE).symlink_to(target)
    vault.ok("log", JANE, "-m", "call: x")
    vault.ok("undo")
    assert target.read_bytes() == b"text"
    assert (vault.root / JANE).is_symlink()


# -- a command of many notes that stops halfway ---------------------------------------------------


@pytest.fixture
def many(vault: VaultFolder) -> VaultFolder:
    for number in range(10):
        vault.write(f"People/P {number}.md", f"note {number}\n")
    return vault


def stop_at(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException, *, late: bool = False) -> None:
    """The write of that note fails, before or after it is done."""
    real = exchange.exchange

    def failing(new: Path, there: Path) -> None:
        if there.name != name:
            real(new, there)
            return
        if late:
            real(new, there)
        raise error

    monkeypatch.setattr(exchange, "exchange", failing)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
    ],
)
def test_halfway_by_an_error(
    many: VaultFolder, monkeypatch: pytest.MonkeyPatch, error: OSError, told: str
) -> None:
    before = texts(many)
    with monkeypatch.context() as patch:
        stop_at(patch, "P 7.md", error)
        failed = many.run("set", "--where", "tier=", "tier=A")
    assert failed.code == 5
    assert f"People/P 7.md: not written: {told}" in failed.err
    assert "written before it: People/P 0.md, " in failed.err
    assert "and 2 more; vk undo takes that back" in failed.err
    assert len([1 for path, text in texts(many).items() if text != before[path]]) == 7
    many.ok("undo")
    assert texts(many) == before
    many.ok("set", "--where", "tier=", "tier=A")  # or run again
    assert all(b"tier: A" in text for path, text in texts(many).items() if path.startswith("People"))


@pytest.mark.parametrize("late", [False, True])
def test_halfway_by_ctrl_c(many: VaultFolder, monkeypatch: pytest.MonkeyPatch, late: bool) -> None:
    before = texts(many)
    with monkeypatch.context() as patch:
        stop_at(patch, "P 3.md", KeyboardInterrupt(), late=late)
        stopped = many.run("set", "--where", "tier=", "tier=A")
    assert stopped.code == 130
    assert "stopped: written before it: People/P 0.md, " in stopped.err
    assert len(many.json("undo", "--list")["steps"][0]["paths"]) == 3 + late
    many.ok("undo")
    assert texts(many) == before


def test_nothing_written_says_nothing_of_undo(many: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        stop_at(patch, "P 0.md", OSError(errno.EACCES, "Permission denied"))
        failed = many.run("set", "P 0", "tier=A")
    assert (failed.code, "undo" in failed.err) == (5, False)
    assert many.json("undo", "--list") == {"steps": []}


def test_where_the_journal_cannot_be_written_no_note_is(many: VaultFolder, home: Path) -> None:
    many.ok("list")
    [state] = (home / "state/vaultkeeper").iterdir()
    (state / "undo").write_text("a file in its place")
    before = texts(many)
    failed = many.run("set", "--where", "tier=", "tier=A")
    assert failed.code == 5
    assert "nothing is written: the undo journal" in failed.err
    assert texts(many) == before


def test_a_note_that_cannot_be_read_now(vault: VaultFolder) -> None:
    note = vault.write(JANE, "text")
    vault.ok("log", "jane", "-m", "call: x")
    note.write_bytes(b"\xff")
    declined = vault.run("undo")
    assert (declined.code, f"changed since: {JANE}\n" in declined.err) == (5, True)


def test_a_later_step_that_is_undone_is_not_in_the_way(vault: VaultFolder) -> None:
    note = vault.write(JANE, "text")
    vault.ok("log", "jane", "-m", "call: x")
    vault.ok("set", "jane", "tier=A")
    vault.ok("undo")
    note.write_bytes(note.read_bytes() + b"typed")
    assert "take back" not in vault.run("undo").err


def test_of_many_notes_the_first_are_named(vault: VaultFolder) -> None:
    for number in range(25):
        vault.write(f"People/{number:02}.md", "---\nkind: x\n---\n")
    vault.ok("set", "--where", "kind=x", "tier=A")
    told = vault.ok("undo").err.splitlines()
    assert (len(told), told[-1]) == (22, "  … and 5 more")
