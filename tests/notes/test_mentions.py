"""Links that count for nobody: where they are seen, and where not (FORMAT.md sections 4 and 6)."""

import pytest

from vaultkeeper.notes.note import read_note
from vaultkeeper.notes.reading import Reading

JOURNAL = Reading(daily_folder="Journal")
DAY = "Journal/2026-11-20.md"


def mentioned(text: str, path: str = DAY) -> list[tuple[str, int, str]]:
    return [(m.target, m.line, m.text) for m in read_note(text, path, JOURNAL).asides]


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ("slides for [[Jane Doe]] are out", ["Jane Doe"]),
        ("- the gripper of [[Jane Doe|Jane]], as [[Sam Lee]] says", ["Jane Doe", "Sam Lee"]),
        ("- [x] the book for [[Jane Doe]]", ["Jane Doe"]),
        ("about [Jane](People/Jane%20Doe.md)", ["People/Jane Doe.md"]),
        ("coffee with [[Jane Doe]]: like [[Sam Lee]], and [[Jane Doe]] again", ["Sam Lee"]),
        ("coffee with [[Jane Doe]]: her new job", []),
        ("Called [[Jane Doe]] about [[Sam Lee]]", ["Sam Lee"]),
        ("- [ ] write to [[Jane Doe]]", []),
        ("> as [[Jane Doe]] says", []),
        ("![[Jane Doe]]", []),
        ("%% [[Jane Doe]] %%", []),
        ("[the web](https://jane.example)", []),
        ("nobody", []),
    ],
)
def test_in_a_dated_note_every_link_beside_those_that_count(line: str, targets: list[str]) -> None:
    assert [target for target, _, _ in mentioned(f"# Friday\n\n{line}\n")] == targets


def test_code_and_front_matter_are_not_looked_at() -> None:
    assert mentioned('---\nup: "[[Jane Doe]]"\n---\n```\n[[Jane Doe]]\n```\n- for [[Sam Lee]]\n') == [
        ("Sam Lee", 7, "for [[Sam Lee]]")
    ]


def test_in_a_log_the_links_in_the_words() -> None:
    text = "## Log\n- 2026-11-20 call with [[Ana]]: of [[Sam Lee]] and [[Ana]]\n    and of [[Tom]]\n"
    assert mentioned(text, "People/Jane.md") == [
        (target, 2, "of [[Sam Lee]] and [[Ana]] / and of [[Tom]]") for target in ("Sam Lee", "Tom")
    ]


def test_a_note_without_a_day_mentions_nobody() -> None:
    assert mentioned("about [[Jane Doe]]", "Projects/Lab.md") == []


def test_where_dated_notes_are_not_read_neither_are_mentions() -> None:
    reading = Reading(daily_folder="Journal", daily_count="off")
    assert read_note("of [[Jane Doe]]", DAY, reading).asides == ()
