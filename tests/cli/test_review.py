"""`review` at the terminal: a card, a key; every choice a plain edit that can be undone."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import click
import pytest
from conftest import TODAY, VaultFolder

import vaultkeeper.cli.keys as keys_module

JANE, SAM, TOM = "People/Jane Doe.md", "People/Sam Lee.md", "People/Tom Becker.md"
Keys = Callable[..., str]


@pytest.fixture
def people(vault: VaultFolder) -> VaultFolder:
    """Two nobody has looked at, one who does not answer."""
    vault.write("vaultkeeper.toml", 'goals = ["move into robotics"]\n')
    vault.write(
        JANE, "---\nstatus: new # imported\ncompany: Globex\n---\n\n## Log\n\n- 2026-11-02 email in: hello\n"
    )
    vault.write(SAM, "---\ncompany: Acme\n---\n")
    silent = "".join(f"- 2026-{month:02}-01 email: hi\n" for month in (7, 8, 9))
    vault.write(TOM, f"---\ntier: B\n---\n\n## Log\n\n- 2026-06-01 call: fine\n{silent}")
    return vault


@pytest.fixture
def press(people: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Runs `review` with these keys, each pressed on its own; what is typed as a line too."""

    def run(*keys: str, args: tuple[str, ...] = (), today: str = TODAY) -> str:
        def read_keys() -> str:
            key = next(waiting)
            if key == "^C":
                raise KeyboardInterrupt
            return key

        waiting: Iterator[str] = iter(keys)
        monkeypatch.setattr(keys_module, "read_keys", read_keys)
        monkeypatch.setattr(click, "prompt", lambda *_, **__: next(waiting))
        done = people.run("review", *args, terminal="in out err", today=today)
        assert done.code == 0, done
        assert next(waiting, None) is None, "keys were left over"
        return done.out

    return run


def test_the_three_questions_propose_a_tier(people: VaultFolder, press: Keys) -> None:
    said = press("3", "2", "2", "\r", "q")
    assert "You are after: move into robotics." in said
    assert "What worked" in said
    for words in ("bear on what you are after", "open do they seem", "keep learning from them"):
        assert words in said
    assert "2026-11-02 email: hello" in said
    assert "Enter tier A" in said
    assert people.read(JANE).decode() == (
        "---\ncompany: Globex\ngoal_fit: 3\nopenness: 2\nlearn_from: 2\ntier: A\n---\n\n"
        "## Log\n\n- 2026-11-02 email in: hello\n"
    )


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("t", "c"), "tier: C"),
        (("t", "-"), "cadence: none"),
        (("s", "w"), "snooze_until: 2026-11-30"),
        (("s", "q"), "snooze_until: 2027-02-23"),
        (("p",), "status: paused"),
        (("g",), "status: dormant"),
    ],
)
def test_a_key_each_without_the_questions(
    people: VaultFolder, press: Keys, keys: tuple[str, ...], line: str
) -> None:
    """Each is one edit of the note, and one step of undo."""
    before = people.read(SAM)
    press("n", *keys, "q")
    assert people.read(SAM).decode() == f"---\ncompany: Acme\n{line}\n---\n"
    people.ok("undo")
    assert people.read(SAM) == before


def test_next_changes_nothing(people: VaultFolder, press: Keys) -> None:
    before = people.snapshot()
    assert "That was everybody." in press("n", "n", "n")
    assert people.snapshot() == before


def test_log_and_draft_stay_with_the_card(people: VaultFolder, press: Keys) -> None:
    said = press("l", "call yesterday: she got the job #congrats", "d", "l", "", "t", "b", "q")
    assert "- 2026-11-22 call: she got the job #congrats" in people.read(JANE).decode()
    assert "tier: B" in people.read(JANE).decode()
    assert "Dear Jane," in said
    assert people.read(SAM) == b"---\ncompany: Acme\n---\n"


def test_what_cannot_be_logged_is_told_and_the_card_stays(people: VaultFolder, press: Keys) -> None:
    press("l", "call 2026-13-45: no such day", "n", "q")
    people.write(JANE, people.read(JANE) + b"<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    before = people.read(JANE)
    press("p", "q", args=("--again",))
    assert people.read(JANE) == before


def test_it_goes_on_where_it_stopped(press: Keys) -> None:
    assert "1 of 3  Jane Doe" in press("n", "q")
    again = press("n", "^C")
    assert "1 looked at before" in again
    assert "1 of 2  Sam Lee" in again
    assert "1 of 1  Tom Becker" in press("n")
    assert "1 of 3  Jane Doe" in press("q"), "after the last card it begins anew"


def test_it_begins_anew_when_asked_or_after_a_month(press: Keys) -> None:
    press("n", "q")
    assert "1 of 3  Jane Doe" in press("n", "q", args=("--again",))
    assert "1 of 2  Sam Lee" in press("q", today="2026-12-20")
    assert "1 of 3  Jane Doe" in press("q", today="2026-12-30")


def test_a_question_taken_back(people: VaultFolder, press: Keys) -> None:
    """Ctrl-C and any other key at a second question choose nothing."""
    before = people.snapshot()
    press("s", "^C", "t", "z", "q")
    assert people.snapshot() == before


def test_other_keys_do_nothing(people: VaultFolder, press: Keys) -> None:
    before = people.snapshot()
    press("z", "\x1b[A", "7", "é", "q")
    assert people.snapshot() == before


def test_keys_typed_ahead_are_pressed_one_by_one(people: VaultFolder, press: Keys) -> None:
    press("322\rt", "clcall: hi\rnq")
    assert "tier: A" in people.read(JANE).decode()
    assert "tier: C" in people.read(SAM).decode()
    assert "- 2026-11-23 call: hi" in people.read(TOM).decode()


def test_one_kind_and_not_too_many(press: Keys) -> None:
    assert "1 of 1  Tom Becker" in press("q", args=("--only", "unresponsive"))
    assert "1 of 2  Jane Doe" in press("n", "n", args=("--limit", "2"))
    assert "1 of 1  Tom Becker" in press("q")


def test_a_sitting_is_as_long_as_one_can_do(people: VaultFolder, press: Keys) -> None:
    """Of an import of hundreds, twenty at a time."""
    for number in range(40):
        people.write(f"People/New {number:02}.md", "---\nstatus: new\n---\n")
    said = press(*["n"] * 20)
    assert "20 of 20" in said
    assert "vk review goes on with 23 more" in said
    assert "1 of 20" in press("q")
    assert "1 of 23" in press("q", args=("--limit", "99"))


def test_tiers_of_any_name_have_a_key_each(people: VaultFolder, press: Keys) -> None:
    people.write("vaultkeeper.toml", '[tiers]\nclose = "2w"\ncalm = "3m"\n"1" = "1y"\n')
    press("t", "2", "q")
    assert "tier: calm" not in people.read(JANE).decode()
    press("t", "1", "q", args=("--again",))
    assert "tier: calm" in people.read(JANE).decode()


def test_nobody_to_look_at(vault: VaultFolder) -> None:
    done = vault.run("review", terminal="in out err")
    assert (done.code, done.out) == (0, "")
    assert "Nobody to look at" in done.err


def test_in_a_pipe_and_in_json(people: VaultFolder) -> None:
    assert people.ok("review").out.splitlines() == [
        f"Jane Doe\tuntriaged\timported, not looked at yet; Globex; last email 2 November\t{JANE}",
        f"Sam Lee\tuntriaged\tno tier yet; Acme\t{SAM}",
        f"Tom Becker\tunresponsive\tno answer to your last 3 messages since 1 July; move on, for now?\t{TOM}",
    ]
    assert people.json("review", "--limit", "1") == {
        "items": [
            {
                "contact": "Jane Doe",
                "path": JANE,
                "why": "untriaged",
                "detail": "imported, not looked at yet; Globex; last email 2 November",
            }
        ]
    }


def test_on_a_real_terminal(people: VaultFolder) -> None:
    """The program itself, its keys read from a pseudo-terminal."""
    pty = pytest.importorskip("pty", reason="no pseudo-terminals here")
    ours, theirs = pty.openpty()
    where = ("--vault", str(people.root), "--today", TODAY)
    command = [sys.executable, "-m", "vaultkeeper", *where, "review"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"}
    )
    os.close(theirs)
    try:
        _wait_for(ours, "after?")
        os.write(ours, b"322\r")
        _wait_for(ours, "2 of 3")
        os.write(ours, b"q")
        _wait_for(ours, "Stopped")
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert "tier: A" in people.read(JANE).decode()
    assert people.read(SAM) == b"---\ncompany: Acme\n---\n"


def _wait_for(terminal: int, words: str) -> None:
    """Until the words are on the screen; half a minute at most."""
    screen, end = "", time.monotonic() + 30
    while words not in screen:
        ready, _, _ = select.select([terminal], [], [], max(end - time.monotonic(), 0))
        assert ready, screen
        screen += os.read(terminal, 4096).decode("utf-8", "replace")


def test_of_strangers_the_most_mentioned_come_first(vault: VaultFolder) -> None:
    vault.write("vaultkeeper.toml", '[daily_notes]\nfolder = "Journal"\n')
    for name in ("Ana", "Ben", "Cem"):
        vault.write(f"People/{name}.md", "")
    vault.write("People/Dan.md", "## Log\n- 2026-11-20 call: of [[Cem]]\n")
    vault.write("Journal/2026-11-20.md", "the talk of [[Cem]]\n\nand [[Ben]]\n")
    assert [item["contact"] for item in vault.json("review")["items"]] == ["Cem", "Ben", "Dan", "Ana"]
    vault.ok("index")
    note = vault.read("Keep in touch/Review.md").decode()
    assert [line[4:7] for line in note.splitlines() if line.startswith("- [[")] == [
        "Cem",
        "Ben",
        "Dan",
        "Ana",
    ]
