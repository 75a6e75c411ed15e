"""example-vault: the demo, the fixture of the transcripts, and documentation. It must be in good order."""

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import Any

import pytest

LINK = re.compile(r"\[\[([^\]|#^]*)")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.M | re.S)
NOBODY_YET = "Hanna Vogt"  # met at an event, and without a note so far


@pytest.fixture
def notes(example: Any) -> dict[str, str]:
    """Path → text, of all notes but the templates."""
    found = {
        path.relative_to(example.root).as_posix(): path.read_text("utf-8")
        for path in sorted(example.root.rglob("*.md"))
    }
    return {path: text for path, text in found.items() if not path.startswith("Templates/")}


def test_it_indexes_without_a_problem(example: Any) -> None:
    index = example.json("index")
    assert index["problems"] == []
    assert index["contacts"] >= 30
    assert index["contacts"] == index["added"]
    assert "Keep in touch/Due this week.md" in index["written"]
    assert example.json("doctor")["problems"] == []


def test_a_second_index_writes_nothing(example: Any) -> None:
    example.ok("index")
    before = example.snapshot()
    again = example.json("index")
    assert again["written"] == []
    assert again["unchanged"] == again["contacts"]
    assert example.snapshot() == before


def test_index_changes_no_note_of_the_user(example: Any) -> None:
    def files() -> dict[str, bytes]:
        return {
            path.relative_to(example.root).as_posix(): path.read_bytes()
            for path in example.root.rglob("*")
            if path.is_file()
        }

    before = files()
    example.ok("index")
    after = files()
    assert {path: after[path] for path in before} == before
    assert {PurePosixPath(path).parts[0] for path in after.keys() - before.keys()} == {"Keep in touch"}


def test_reading_commands_write_nothing(example: Any) -> None:
    before = example.snapshot()
    for words in (
        "due",
        "due --brief",
        "list",
        "show jane",
        "search gripper",
        "matches",
        "who --for robotics",
    ):
        example.ok(*words.split(" "))
    assert example.snapshot() == before


def test_every_link_leads_to_a_note_but_the_one_that_is_meant_not_to(notes: dict[str, str]) -> None:
    known = {name for path in notes for name in (path[:-3], PurePosixPath(path).stem)}
    links = {
        (path, link.strip()) for path, text in notes.items() for link in LINK.findall(CODE.sub("", text))
    }
    assert len(links) > 50
    assert {(path, link) for path, link in links if link not in known} == {
        ("Journal/2026-11-21.md", NOBODY_YET)
    }


def test_it_shows_every_kind_of_contact(example: Any) -> None:
    contacts = example.json("list")["contacts"]
    assert Counter(contact["warmth"] for contact in contacts).keys() == {"hot", "warm", "cold"}
    assert {contact["tier"] for contact in contacts} == {"A", "B", "C", "D", None}
    assert {contact["status"] for contact in contacts} >= {"active", "new", "paused", "dormant", "archived"}


def test_the_agenda_of_its_week_has_every_reason_to_be_seen(example: Any) -> None:
    due = example.json("due", "--all")
    reasons = {item["reason"] for item in due["items"]}
    assert reasons >= {
        *("follow-up", "thank-you", "meeting", "nudge", "birthday", "special-date"),
        *("event", "cadence", "drifting"),
    }
    assert all(item["detail"] for item in due["items"])
    assert all(item["suggestion"] for item in due["items"] if item["contact"])
    on_top = example.json("due")
    assert on_top["quota"] == 5
    assert on_top["later"]


@pytest.mark.parametrize("weeks", range(1, 54, 4))
def test_any_week_of_the_year_to_come_has_an_agenda(example: Any, weeks: int) -> None:
    from datetime import date, timedelta

    day = date(2026, 11, 23) + timedelta(weeks=weeks)
    assert example.json("due", today=day.isoformat())["items"]
