"""The undo journal: what it keeps, for how long, and what a killed run leaves in it."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultkeeper.errors import NotWritten, VaultkeeperError
from vaultkeeper.storage import undo
from vaultkeeper.storage.undo import DONE, OPEN, UNDONE, Journal, Splice, digest, splice_of

texts = st.none() | st.lists(st.sampled_from(["a", "b", "- é", "", "\r"]), max_size=8).map("\n".join)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "undo")


def put(journal: Journal, label: str, *splices: Splice, at: float = 0.0) -> None:
    with journal.step(label, at, splices) as done:
        done += splices


def splice(name: str = "a", after: str = "x\ny") -> Splice:
    return splice_of(f"People/{name}.md", "x", after)


# -- one change --------------------------------------------------------------------------------


@given(texts, texts)
@example("a\n- b", "a\n- b\n- b")
@example("a", "a\n")
@example("", "\r\n")
def test_a_change_is_taken_back(before: str | None, after: str | None) -> None:
    kept = splice_of("x.md", before, after)
    assert kept.taken_back(after) == before


@given(texts, texts)
def test_what_is_kept_is_whole_lines(before: str | None, after: str | None) -> None:
    kept = splice_of("x.md", before, after)
    assert before is None or kept.at == 0 or before[kept.at - 1] == "\n"
    for text, piece in ((before, kept.old), (after, kept.new)):
        if text is not None and piece:
            end = kept.at + len(piece)
            assert text[kept.at : end] == piece
            assert end == len(text) or text[end - 1] == "\n"


def test_a_line_more_keeps_that_line_alone() -> None:
    text = "".join(f"line {n}\n" for n in range(1000))
    kept = splice_of("x.md", text, text.replace("line 500\n", "line 500\nnew\n"))
    assert (kept.old, kept.new) == ("", "new\n")


def test_of_a_new_note_no_text_is_kept() -> None:
    kept = splice_of("x.md", None, "a whole note")
    assert (kept.old, kept.new, kept.taken_back("a whole note")) == ("", "", None)


def test_another_text_is_not_touched() -> None:
    assert splice_of("x.md", "a", "b").taken_back("c") == "c"


def test_a_damaged_splice_gives_no_text() -> None:
    kept = splice_of("x.md", "a\nb", "a\nc")
    with pytest.raises(ValueError, match="damaged"):
        Splice(kept.path, kept.before, kept.after, kept.at, "other", kept.new).taken_back("a\nc")


def test_above_the_body() -> None:
    note = "---\ntier: A\n---\nbody\n"
    assert splice_of("x.md", note, note.replace("A", "B"), body=16).above_body
    assert not splice_of("x.md", note, f"{note}more\n", body=16).above_body


# -- the journal -------------------------------------------------------------------------------


def test_steps_newest_first(journal: Journal) -> None:
    put(journal, "log jane", splice(), at=1.5)
    put(journal, "index", splice("b"), splice("c"), at=2.5)
    newest, oldest = journal.steps()
    assert (oldest.number, oldest.label, oldest.at, oldest.state, oldest.by_hand) == (
        1,
        "log jane",
        1.5,
        DONE,
        True,
    )
    assert (newest.number, newest.by_hand, list(newest.by_path())) == (
        2,
        False,
        ["People/b.md", "People/c.md"],
    )
    assert newest.splices == (splice("b"), splice("c"))
    assert journal.find(1) == oldest


@pytest.mark.parametrize("label", ["index", "index --full", "watch", "undo 3"])
def test_nobody_ran_these_by_hand(journal: Journal, label: str) -> None:
    put(journal, label, splice())
    assert not next(journal.steps()).by_hand


def test_one_command_is_one_step_however_often_it_writes(journal: Journal) -> None:
    for name in "abc":
        put(journal, "review", splice(name))
    put(Journal(journal._folder), "review", splice("d"))
    assert [[s.path for s in step.splices] for step in journal.steps()] == [
        ["People/d.md"],
        ["People/a.md", "People/b.md", "People/c.md"],
    ]


def test_what_was_done_counts_not_what_was_planned(journal: Journal) -> None:
    with journal.step("set", 0.0, [splice("a"), splice("b")]) as done:
        done.append(splice("a", after="raced"))
    assert next(journal.steps()).splices == (splice("a", after="raced"),)


@pytest.mark.parametrize("joined", [False, True])
def test_a_command_that_fails_keeps_what_it_did(journal: Journal, joined: bool) -> None:
    if joined:
        put(journal, "set", splice("first"))
    with suppress(KeyboardInterrupt), journal.step("set", 0.0, [splice("a"), splice("b")]) as done:
        done.append(splice("a"))
        raise KeyboardInterrupt
    [step] = journal.steps()
    assert [s.path for s in step.splices] == [*(["People/first.md"] if joined else []), "People/a.md"]
    assert step.state == DONE


def test_a_command_that_wrote_nothing_is_no_step(journal: Journal) -> None:
    with suppress(KeyboardInterrupt), journal.step("set", 0.0, [splice()]):
        raise KeyboardInterrupt
    put(journal, "log")
    assert list(journal.steps()) == []


def test_marks(journal: Journal) -> None:
    put(journal, "log", splice())
    journal.mark(1, UNDONE)
    assert journal.find(1).state == UNDONE
    put(journal, "log", splice())  # the first is closed: another step
    assert [step.number for step in journal.steps()] == [2, 1]


def test_no_such_step(journal: Journal) -> None:
    with pytest.raises(VaultkeeperError, match="no step 7"):
        journal.find(7)


def test_only_the_owner_may_read_it(journal: Journal) -> None:
    put(journal, "log", splice())
    modes = [stat.S_IMODE(file.stat().st_mode) for file in (journal._folder, *journal._folder.iterdir())]
    assert modes == [0o700, 0o600] or os.name == "nt"


def test_text_of_any_kind(journal: Journal) -> None:
    strange = splice_of("People/Zoë \u2028.md", "a", "a\n\u2028\x85\r\n")
    put(journal, "log \udcff", strange)
    [step] = journal.steps()
    assert (step.label, step.splices) == ("log \udcff", (strange,))


def test_no_text_that_cannot_be_written_stops_it() -> None:
    assert digest("\ud800")


# -- bounds ------------------------------------------------------------------------------------


def test_so_many_steps_are_kept(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "KEPT", 3)
    for number in range(5):
        put(journal, f"log {number}", splice())
    assert [step.number for step in journal.steps()] == [5, 4, 3]


def test_so_many_bytes_are_kept(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "KEPT_BYTES", 3_000)
    monkeypatch.setattr(undo, "_PRUNED_EVERY", 1)
    for number in range(5):
        put(journal, f"log {number}", splice(after="x" * 1_000))
    assert len(list(journal.steps())) == 3
    put(journal, "large", splice(after="x" * 10_000))
    put(journal, "small", splice())
    assert [step.label for step in journal.steps()] == ["small", "large"]
    put(journal, "small again", splice())
    assert [step.label for step in journal.steps()] == ["small again", "small"]


def test_now_and_then_is_often_enough(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "KEPT_BYTES", 3_000)
    for number in range(50):
        put(journal, f"log {number}", splice(after="x" * 1_000))
    assert 3 <= len(list(journal.steps())) < 20


# -- when it fails -----------------------------------------------------------------------------


def killed(journal: Journal, *splices: Splice, label: str = "set") -> None:
    """A step of a run that was killed at once."""
    context = journal.step(label, 0.0, splices)
    context.__enter__()
    open_file = next(journal._folder.glob("*.open"))
    data = open_file.read_bytes()
    with suppress(KeyboardInterrupt):
        context.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    for file in journal._folder.glob(f"{open_file.stem}.*"):
        file.unlink()
    open_file.write_bytes(data)


def test_a_killed_run_leaves_its_plan(journal: Journal) -> None:
    killed(journal, splice("a"), splice("b"))
    [step] = journal.steps()
    assert (step.state, step.splices) == (OPEN, (splice("a"), splice("b")))
    put(Journal(journal._folder), "set", splice("c"))
    assert [step.state for step in journal.steps()] == [DONE, OPEN]


def test_every_cut_of_a_step_is_readable_or_left_out(journal: Journal) -> None:
    killed(journal, splice("a"), splice("b"))
    [file] = journal._folder.iterdir()
    data = file.read_bytes()
    for end in range(len(data)):
        file.write_bytes(data[:end])
        steps = list(journal.steps())
        assert [step.splices for step in steps] in ([], [()])
        if not steps:
            with pytest.raises(VaultkeeperError, match="no step 1"):
                journal.find(1)


def test_foreign_files_are_left_alone(journal: Journal) -> None:
    put(journal, "log", splice())
    for name in (".DS_Store", "notes.txt", "7.done", "00000009.tmp"):
        (journal._folder / name).write_text("{}")
    (journal._folder / "00000009.done").write_text("not JSON")
    put(journal, "log more", splice())
    assert [(step.label, step.number) for step in journal.steps()] == [("log more", 10), ("log", 1)]
    assert (journal._folder / "notes.txt").exists()


def test_where_it_cannot_be_written_nothing_is_done(journal: Journal) -> None:
    journal._folder.write_text("a file in its place")
    with (
        pytest.raises(NotWritten, match=r"the undo journal.* cannot be written"),
        journal.step("log", 0, [splice()]),
    ):
        raise AssertionError("nothing may be written now")


@pytest.mark.parametrize("joined", [False, True])
def test_disk_full(journal: Journal, monkeypatch: pytest.MonkeyPatch, joined: bool) -> None:
    if joined:
        put(journal, "log", splice("before"))
    real = os.open

    def half(*args: object) -> int:
        handle = real(*args)  # type: ignore[arg-type]
        os.write(handle, b'{"plan')
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", half)
        with pytest.raises(NotWritten, match="No space left"), journal.step("log", 0.0, [splice()]):
            raise AssertionError("nothing may be written now")
    put(journal, "log after", splice("after"))
    steps = [(step.state, [s.path for s in step.splices]) for step in journal.steps()]
    assert steps == [(DONE, ["People/after.md"]), *([(DONE, ["People/before.md"])] if joined else [])]
