"""The generated notes are two-way: what a person ticks and types there is taken in, exactly once."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import VaultFolder

DUE = "Keep in touch/Due this week.md"
MONDAY = "2026-11-23"
JANE = """---
tier: A
---

## Follow-ups

- [ ] Send the hiring plan 📅 2026-11-26

## Log

- 2026-10-20 coffee: she is moving to Berlin
"""
LINE = "- [ ] [[Jane Doe]]: every 3 weeks, last coffee 20 October"
PROMISE = "    - [ ] Send the hiring plan, by Thursday 26 November"


@pytest.fixture
def week(vault: VaultFolder) -> VaultFolder:
    """Jane is due, and was promised something; the note of the week is written."""
    vault.write("People/Jane Doe.md", JANE)
    vault.ok("index", today=MONDAY)
    assert LINE in due(vault)
    assert PROMISE in due(vault)
    return vault


def due(vault: VaultFolder) -> str:
    return vault.read(DUE).decode()


def jane(vault: VaultFolder) -> str:
    return vault.read("People/Jane Doe.md").decode()


def edit(vault: VaultFolder, old: str, new: str, *, day: str = "2026-11-24", path: str = DUE) -> None:
    """What a person does in the note, saved at noon of `day`."""
    text = vault.read(path).decode()
    assert old in text
    file = vault.write(path, text.replace(old, new))
    noon = datetime.fromisoformat(f"{day}T12:00").timestamp()
    os.utime(file, (noon, noon))


def added(vault: VaultFolder) -> list[str]:
    """The lines of Jane's note that were not there before."""
    return [line for line in jane(vault).split("\n") if line not in JANE.split("\n")]


TICK = LINE.replace("[ ]", "[x]")


@pytest.mark.parametrize(
    ("new", "entries"),
    [
        pytest.param(TICK, ["- 2026-11-24 touch"], id="a bare tick, on the day it was saved"),
        pytest.param(f"{TICK} ✅ 2026-11-23", ["- 2026-11-23 touch"], id="the date of the Tasks plugin"),
        pytest.param(LINE.replace("[ ]", "[X]"), ["- 2026-11-24 touch"], id="a capital X"),
        pytest.param(
            f"{TICK} call: she got the job #congrats",
            ["- 2026-11-24 call: she got the job #congrats"],
            id="words at the end of the line",
        ),
        pytest.param(
            f"{TICK} call: she got the job ✅ 2026-11-23",
            ["- 2026-11-23 call: she got the job"],
            id="words before the plugin's date",
        ),
        pytest.param(
            f"{TICK}\n    - [ ] call: she got the job",
            ["- 2026-11-24 call: she got the job"],
            id="words with the box that an editor puts before a new line",
        ),
        pytest.param(
            f"{TICK}\n    - [x] call: she got the job ✅ 2026-11-24",
            ["- 2026-11-24 call: she got the job"],
            id="such a box, ticked",
        ),
        pytest.param(
            f"{TICK}\n    email out: sent the plan",
            ["- 2026-11-24 email out: sent the plan"],
            id="words on a new line",
        ),
        pytest.param(
            f"{TICK}\n    - email in: she thanked me #thanks",
            ["- 2026-11-24 email in: she thanked me #thanks"],
            id="words with a bullet",
        ),
        pytest.param(
            f"{TICK}\n\tshe sends regards", ["- 2026-11-24 she sends regards"], id="words without a channel"
        ),
        pytest.param(
            f"{TICK}\n    call: she got the job\n    and moves in May",
            ["- 2026-11-24 call: she got the job", "    and moves in May"],
            id="words that go on",
        ),
        pytest.param(
            f"{TICK} [completion:: 2026-11-23]", ["- 2026-11-23 touch"], id="a date as Dataview has it"
        ),
        pytest.param(
            f"{TICK}: call: she got the job", ["- 2026-11-24 call: she got the job"], id="words after a colon"
        ),
        pytest.param(
            f"{TICK}\n\n    call: she got the job\n",
            ["- 2026-11-24 call: she got the job"],
            id="words between blank lines",
        ),
        pytest.param(
            f"{TICK}\n    call: yes\n    email out: sent it",
            ["- 2026-11-24 call: yes", "- 2026-11-24 email out: sent it"],
            id="two entries",
        ),
    ],
)
def test_a_ticked_line_is_logged(week: VaultFolder, new: str, entries: list[str]) -> None:
    edit(week, LINE, new)
    result = week.json("index", today="2026-11-25")
    assert result["harvested"] == len([entry for entry in entries if entry.startswith("-")])
    assert added(week) == entries
    assert "[x]" not in due(week).split("Done this week")[0]
    assert not (week.root / "Keep in touch/Kept").exists()
    again = week.json("index", today="2026-11-25")
    assert (again["harvested"], again["written"]) == (0, [])
    assert added(week) == entries


def test_what_was_done_stays_visible_for_the_week(week: VaultFolder) -> None:
    edit(week, LINE, f"{TICK} call: she got the job")
    week.ok("index", today="2026-11-25")
    done = due(week).split("## Done this week")[1]
    assert "- [[Jane Doe]]: call, Tuesday 24 November" in done
    assert "[ ]" not in done
    assert "[x]" not in done


def test_a_ticked_promise_is_ticked_where_it_lives_and_logs_nothing(week: VaultFolder) -> None:
    edit(week, PROMISE, PROMISE.replace("[ ]", "[x]"))
    assert week.json("index", today="2026-11-25")["harvested"] == 1
    assert jane(week) == JANE.replace("- [ ] Send", "- [x] Send").replace(
        "📅 2026-11-26", "📅 2026-11-26 ✅ 2026-11-24"
    )


def test_a_promise_is_put_off_a_week_or_given_up(week: VaultFolder) -> None:
    edit(week, PROMISE, PROMISE.replace("[ ]", "[>]"))
    week.ok("index", today="2026-11-25")
    assert jane(week) == JANE.replace("📅 2026-11-26", "📅 2026-12-03")
    edit(week, "- [[Jane Doe]]: Send", "- [[Jane Doe]]: Send", day="2026-11-25")  # listed under Next week
    week.ok("set", "jane", "tier=A", today="2026-11-25")
    week.ok("index", today="2026-11-30")
    edit(
        week,
        "- [ ] Send the hiring plan, by Thursday 3 December",
        "- [-] Send the hiring plan",
        day="2026-12-01",
    )
    week.ok("index", today="2026-12-01")
    assert "- [-] Send the hiring plan 📅 2026-12-03 ❌ 2026-12-01" in jane(week)


@pytest.mark.parametrize("between", [" ", "\n        ", "\n        - "])
def test_words_beside_a_ticked_promise_are_logged(week: VaultFolder, between: str) -> None:
    ticked = PROMISE.replace("[ ]", "[x]")
    edit(week, PROMISE, f"{ticked}{between}email out: sent it #gave")
    assert week.json("index", today="2026-11-25")["harvested"] == 2
    assert added(week) == [
        "- [x] Send the hiring plan 📅 2026-11-26 ✅ 2026-11-24",
        "- 2026-11-24 email out: sent it #gave",
    ]
    assert week.json("index", today="2026-11-25")["written"] == []


@pytest.mark.parametrize(
    "text", ["[[Jane Doe]]: call about the plan", "[[Jane Doe]]", "[[Jane Doe]] the plan"]
)
def test_a_promise_that_begins_with_a_link_is_a_promise(week: VaultFolder, text: str) -> None:
    week.write("Plan.md", f"- [ ] {text} 📅 2026-11-27\n- [ ] Ask [[Jane Doe]] 📅 2026-11-28\n")
    week.ok("index", today=MONDAY)
    edit(week, f"    - [ ] {text}, by", f"    - [x] {text}, by")
    edit(week, "    - [ ] Ask [[Jane Doe]], by", "    - [x] Ask [[Jane Doe]], by")
    week.ok("index", today="2026-11-25")
    assert week.read("Plan.md").decode() == (
        f"- [x] {text} 📅 2026-11-27 ✅ 2026-11-24\n- [x] Ask [[Jane Doe]] 📅 2026-11-28 ✅ 2026-11-24\n"
    )
    assert added(week) == []


@pytest.mark.parametrize("indent", ["\t", "  ", " " * 8])
def test_an_editors_own_indents_are_nothing_typed(week: VaultFolder, indent: str) -> None:
    week.write("People/Jane Doe.md", JANE.replace("Send the", "Call: the"))
    week.ok("index", today=MONDAY)
    week.write(DUE, due(week).replace("    ", indent))
    edit(week, LINE, f"{TICK}\n{indent}call: she got the job")
    edit(week, f"{indent}- [ ] Call: the", f"{indent}- [x] Call: the")
    week.ok("index", today="2026-11-25")
    assert "- [x] Call: the hiring plan 📅 2026-11-26 ✅ 2026-11-24\n" in jane(week)
    assert jane(week).endswith("Berlin\n- 2026-11-24 call: she got the job\n")
    assert not (week.root / "Keep in touch/Kept").exists()


def test_a_tick_for_a_note_that_cannot_be_written_is_kept(week: VaultFolder) -> None:
    broken = JANE.replace("tier: A\n", "tier: A\ntier: B\n")
    week.write("People/Jane Doe.md", broken)
    edit(week, LINE, f"{TICK} call: she got the job")
    typed = week.read(DUE)
    result = week.run("index", "--json", today="2026-11-25")
    assert (result.code, result.json["harvested"], jane(week)) == (3, 0, broken)
    assert "People/Jane Doe.md:3: what was ticked for them is not taken in: duplicate key" in result.err
    assert week.read("Keep in touch/Kept/Due this week 2026-11-25.md") == typed


def test_a_new_task_under_a_tick_is_no_words(week: VaultFolder) -> None:
    edit(week, LINE, f"{TICK}\n    - [ ] send her the article")
    week.ok("index", today="2026-11-25")
    assert added(week) == ["- 2026-11-24 touch"]
    assert b"the article" in week.read("Keep in touch/Kept/Due this week 2026-11-25.md")


def test_contacts_lines_may_stand_under_one_another(week: VaultFolder) -> None:
    week.write("People/Sam Lee.md", "")
    edit(week, LINE, f"{TICK}\n    - [x] [[Sam Lee]]: there too\n        coffee: all three of us")
    week.ok("index", today="2026-11-25")
    assert added(week) == ["- 2026-11-24 touch"]
    assert week.read("People/Sam Lee.md").decode().endswith("- 2026-11-24 coffee: all three of us\n")


def test_words_beside_a_promise_and_a_tick_of_its_contact_are_one_entry(week: VaultFolder) -> None:
    edit(week, PROMISE, f"{PROMISE.replace('[ ]', '[x]')} email out: sent it")
    edit(week, LINE, TICK)
    week.ok("index", today="2026-11-25")
    assert [line for line in added(week) if "Send the" not in line] == ["- 2026-11-24 email out: sent it"]


@pytest.mark.parametrize("mark", [">", "-"])
@pytest.mark.parametrize("old", [LINE, PROMISE])
def test_words_beside_what_is_no_contact_are_kept(week: VaultFolder, mark: str, old: str) -> None:
    edit(week, old, f"{old.replace('[ ]', f'[{mark}]')} she is ill")
    typed = week.read(DUE)
    week.ok("index", today="2026-11-25")
    assert week.read("Keep in touch/Kept/Due this week 2026-11-25.md") == typed
    assert "touch" not in jane(week)


def test_a_line_of_ones_own_is_taken_in_like_ours(week: VaultFolder) -> None:
    week.write("People/Sam Lee.md", "")
    edit(week, LINE, f"{LINE}\n- [x] [[Sam Lee]] coffee: met on the stairs")
    week.ok("index", today="2026-11-25")
    assert week.read("People/Sam Lee.md").decode().endswith("- 2026-11-24 coffee: met on the stairs\n")


def test_a_week_more_for_one_who_is_snoozed_for_less(vault: VaultFolder) -> None:
    vault.write("People/Jane Doe.md", JANE.replace("tier: A", "tier: A\nsnooze_until: 2026-11-26"))
    vault.ok("index", today=MONDAY)
    edit(vault, "- [ ] [[Jane Doe]]", "- [>] [[Jane Doe]]")
    waiting = vault.read(DUE)
    vault.ok("index", today="2026-11-25")
    assert "snooze_until: 2026-12-01" in jane(vault)
    once = jane(vault)
    vault.write(DUE, waiting)
    vault.ok("index", today="2026-11-28")
    assert jane(vault) == once


def test_a_line_can_wait_a_week(week: VaultFolder) -> None:
    edit(week, LINE, LINE.replace("[ ]", "[>]"))
    week.ok("index", today="2026-11-25")
    assert added(week) == ["snooze_until: 2026-12-01"]


def test_a_round_is_skipped_by_one_cadence(week: VaultFolder) -> None:
    edit(week, LINE, LINE.replace("[ ]", "[-]"))
    week.ok("index", today="2026-11-25")
    assert added(week) == ["snooze_until: 2026-12-15"]


def test_a_skipped_birthday_is_skipped_to_the_day_after(vault: VaultFolder) -> None:
    vault.write("People/Tom Becker.md", '---\nbirthday: "--11-28"\n---\n')
    vault.ok("index", today=MONDAY)
    edit(vault, "- [ ] [[Tom Becker]]", "- [-] [[Tom Becker]]")
    vault.ok("index", today="2026-11-25")
    assert b"snooze_until: 2026-11-29" in vault.read("People/Tom Becker.md")


def test_a_skipped_promise_alone_is_skipped_to_the_day_after_it(vault: VaultFolder) -> None:
    vault.write("People/Tom Becker.md", "- [ ] Send the book 📅 2026-11-27\n")
    vault.ok("index", today=MONDAY)
    edit(vault, "- [ ] [[Tom Becker]]", "- [-] [[Tom Becker]]")
    vault.ok("index", today="2026-11-25")
    assert b"snooze_until: 2026-11-28" in vault.read("People/Tom Becker.md")


def test_what_else_was_typed_is_kept_whole(week: VaultFolder) -> None:
    edit(week, LINE, f"{TICK}\n\nMy own scribble.\n")
    typed = week.read(DUE)
    week.ok("index", today="2026-11-25")
    assert week.read("Keep in touch/Kept/Due this week 2026-11-25.md") == typed
    assert "scribble" not in due(week)
    assert added(week) == ["- 2026-11-24 touch"]


def test_words_under_a_line_that_is_not_ticked_wait(week: VaultFolder) -> None:
    edit(week, LINE, f"{LINE}\n    call: she is in a hurry")
    week.ok("index", today="2026-11-25")
    assert added(week) == []
    assert "in a hurry" in week.read("Keep in touch/Kept/Due this week 2026-11-25.md").decode()


def test_a_tick_arrives_after_the_week_has_turned(week: VaultFolder) -> None:
    """Ticked on the phone on Sunday evening; the laptop has made the next week's note meanwhile."""
    old = week.read(DUE)
    week.ok("index", today="2026-11-30")
    week.write(DUE, old)
    edit(week, LINE, f"{TICK} ✅ 2026-11-29", day="2026-11-30")
    week.ok("index", today="2026-11-30")
    assert added(week) == ["- 2026-11-29 touch"]
    assert "# 30 November" in due(week)


def test_both_devices_take_it_in(week: VaultFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each indexes its own copy of the ticked note; then the contact's note arrives by sync."""
    edit(week, LINE, f"{TICK} call: she got the job")
    ticked = week.read(DUE)
    week.ok("index", today="2026-11-25")
    logged = jane(week)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other cache"))
    week.write(DUE, ticked)
    noon = datetime.fromisoformat("2026-11-25T12:00").timestamp()
    os.utime(week.root / DUE, (noon, noon))
    week.ok("index", today="2026-11-26")
    assert jane(week) == logged


def test_a_device_that_did_not_write_the_note_tells_words_by_their_form(
    week: VaultFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(week, LINE, f"{TICK} call: she got the job\n    email out: sent it")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other state"))
    week.ok("index", today="2026-11-25")
    assert added(week) == ["- 2026-11-24 call: she got the job", "- 2026-11-24 email out: sent it"]
    assert not (week.root / "Keep in touch/Kept").exists()


def test_a_crash_between_the_contact_and_the_note(week: VaultFolder) -> None:
    """The contact's note is written first: the tick is still there, and taken in no second time."""
    edit(week, LINE, f"{TICK} call: she got the job")
    ticked = week.read(DUE)
    week.ok("index", today="2026-11-25")
    once = jane(week)
    week.write(DUE, ticked)
    os.utime(week.root / DUE, (datetime.fromisoformat("2026-11-24T12:00").timestamp(),) * 2)
    assert week.json("index", today="2026-11-25")["harvested"] == 0
    assert jane(week) == once


@pytest.mark.parametrize(
    "name",
    [
        "Due this week.sync-conflict-20261124-101500-ABCDEFG.md",
        "Due this week (Conflicted copy phone 202611241015).md",
        "Due this week (Anna's conflicted copy 2026-11-24).md",
        "Due this week 2.md",
        "Due this week (1).md",
        "Due this week-LAPTOP.md",
    ],
)
def test_a_conflict_copy_is_taken_in_and_removed(week: VaultFolder, name: str) -> None:
    shutil.copy(week.root / DUE, week.root / "Keep in touch" / name)
    edit(week, LINE, f"{TICK} call: from the phone", path=f"Keep in touch/{name}")
    week.ok("index", today="2026-11-25")
    assert added(week) == ["- 2026-11-24 call: from the phone"]
    assert not (week.root / "Keep in touch" / name).exists()
    assert not (week.root / "Keep in touch/Kept").exists()


def test_a_tick_in_the_note_and_its_copy_counts_once(week: VaultFolder) -> None:
    edit(week, LINE, TICK)
    copy = "Keep in touch/Due this week.sync-conflict-20261124-101500-ABCDEFG.md"
    week.write(copy, week.read(DUE))
    os.utime(week.root / copy, (datetime.fromisoformat("2026-11-24T13:00").timestamp(),) * 2)
    week.ok("index", today="2026-11-25")
    assert added(week) == ["- 2026-11-24 touch"]


def test_a_bare_tick_here_and_words_there_are_one_entry(week: VaultFolder) -> None:
    copy = "Keep in touch/Due this week.sync-conflict-20261124-101500-ABCDEFG.md"
    week.write(copy, week.read(DUE))
    edit(week, LINE, TICK)
    edit(week, LINE, f"{TICK} call: from the phone", path=copy)
    week.ok("index", today="2026-11-25")
    assert added(week) == ["- 2026-11-24 call: from the phone"]


def test_other_commands_say_that_ticks_wait_and_write_nothing(week: VaultFolder) -> None:
    edit(week, LINE, TICK)
    before = week.snapshot()
    result = week.run("due", today="2026-11-25")
    assert "vk index takes them in" in result.err
    assert week.snapshot() == before


def test_a_tick_for_somebody_without_a_note_is_told_and_kept(week: VaultFolder) -> None:
    edit(week, LINE, f"{LINE}\n- [x] [[Nobody Here]]: call: hi")
    result = week.run("index", today="2026-11-25")
    assert result.code == 3
    assert "Nobody Here" in result.err
    assert (week.root / "Keep in touch/Kept").exists()


def test_a_choice_of_the_review_is_a_plain_edit(vault: VaultFolder) -> None:
    vault.write("People/Priya Nair.md", "---\nstatus: new # from the import\ncompany: Globex\n---\n")
    vault.ok("index", today=MONDAY)
    review = "Keep in touch/Review.md"
    edit(vault, "    - [ ] tier B", "    - [x] tier B", path=review)
    vault.ok("index", today="2026-11-25")
    assert vault.read("People/Priya Nair.md") == b"---\ncompany: Globex\ntier: B\n---\n"
    assert "Priya" not in vault.read(review).decode()


def test_a_choice_of_the_review_is_taken_back_by_its_step(vault: VaultFolder) -> None:
    note = "---\nstatus: new # from the import\ncompany: Globex\n---\n"
    vault.write("People/Priya Nair.md", note)
    vault.ok("index", today=MONDAY)
    edit(vault, "    - [ ] let go", "    - [x] let go", path="Keep in touch/Review.md")
    vault.ok("index", today="2026-11-25")
    assert b"status: dormant" in vault.read("People/Priya Nair.md")
    step = next(line.split()[0] for line in vault.ok("undo", "--list").out.splitlines() if "index" in line)
    vault.ok("undo", step)
    assert vault.read("People/Priya Nair.md").decode() == note


@pytest.mark.parametrize(
    ("choice", "line"), [("pause 3m", "snooze_until: 2027-02-24"), ("let go", "status: dormant")]
)
def test_other_choices(vault: VaultFolder, choice: str, line: str) -> None:
    vault.write("People/Priya Nair.md", "---\ncompany: Globex\n---\n")
    vault.ok("index", today=MONDAY)
    edit(vault, f"    - [ ] {choice}", f"    - [x] {choice}", path="Keep in touch/Review.md")
    vault.ok("index", today="2026-11-25")
    assert vault.read("People/Priya Nair.md").decode() == f"---\ncompany: Globex\n{line}\n---\n"


def test_a_template_of_the_users_own_is_read_back_too(vault: VaultFolder) -> None:
    vault.write("People/Jane Doe.md", JANE)
    vault.write(
        "Templates/vaultkeeper/due-this-week.md",
        "# Mine\n{% for g in groups %}{% for e in g.entries %}"
        "* [ ] {{ e.link }}, call her?\n{% endfor %}{% endfor %}",
    )
    vault.ok("index", today=MONDAY)
    edit(vault, "* [ ] [[Jane Doe]], call her?", "* [x] [[Jane Doe]], call her? video: all well")
    vault.ok("index", today="2026-11-25")
    assert "- 2026-11-24 video: all well" in jane(vault)


def test_line_ends_of_another_system_are_no_change(week: VaultFolder) -> None:
    edit(week, LINE, TICK)
    week.write(DUE, week.read(DUE).replace(b"\n", b"\r\n"))
    os.utime(week.root / DUE, (datetime.fromisoformat("2026-11-24T12:00").timestamp(),) * 2)
    week.ok("index", today="2026-11-25")
    assert added(week) == ["- 2026-11-24 touch"]
    assert not (week.root / "Keep in touch/Kept").exists()
