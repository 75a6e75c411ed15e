"""Which note is a contact, and all that one says (FORMAT.md section 2)."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.event import News
from vaultkeeper.notes.note import Note, conflict_markers, read_note
from vaultkeeper.notes.reading import Reading

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

JANE = "People/Jane Doe.md"
FULL = """\
---
name: Dr Jane Doe
met: 2024-09-14
birthday: 1981-02-30
---

- [ ] Send the plan 📅 2026-11-30

## Log

- 2026-11-20 call with [[Sam Lee]]: hiring #gave
- 2026-13-01 email: x
"""


def kind(path: str, front_matter: str = "", body: str = "", **reading: object) -> str:
    text = f"---\n{front_matter}\n---\n{body}" if front_matter else body
    return read_note(text, path, Reading(**reading)).kind  # type: ignore[arg-type]


def test_a_contact_s_note_is_read_whole() -> None:
    note = read_note(FULL, JANE, Reading())
    assert note.contact is not None
    assert (note.path, note.kind, note.contact.name) == (JANE, "contact", "Dr Jane Doe")
    assert note.contact.met == date(2024, 9, 14)
    assert note.properties == {"name": "Dr Jane Doe", "met": "2024-09-14", "birthday": "1981-02-30"}
    assert [(entry.line, entry.text, entry.participants) for entry in note.interactions] == [
        (11, "hiring #gave", ("Sam Lee",))
    ]
    assert [(task.line, task.text, task.due) for task in note.follow_ups] == [
        (7, "Send the plan", date(2026, 11, 30))
    ]
    assert [(problem.line, problem.unsafe) for problem in note.problems] == [(4, False), (12, False)]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param(FULL.replace("\n", "\r\n"), FULL, id="Windows lines"),
        pytest.param(f"\ufeff{FULL}", FULL, id="a byte order mark"),
        pytest.param(FULL.rstrip("\n"), FULL, id="no final newline"),
    ],
)
def test_the_note_s_bytes_may_be_of_any_make(text: str, same: str) -> None:
    assert read_note(text, JANE, Reading()) == read_note(same, JANE, Reading())


@pytest.mark.parametrize(
    ("path", "front_matter", "expected"),
    [
        pytest.param("People/Jane.md", "", "contact", id="in the folder"),
        pytest.param("People/Family/Deep/Leo.md", "", "contact", id="deep in it"),
        pytest.param("people/Jane.md", "", "contact", id="case of the folder"),
        pytest.param("Peoples/Jane.md", "", "other", id="another folder"),
        pytest.param("Old/People/Jane.md", "", "other", id="a folder of that name elsewhere"),
        pytest.param("Jane.md", "", "other", id="at the top"),
        pytest.param("People/People.md", "", "other", id="named like its folder"),
        pytest.param("People/Family/family.md", "", "other", id="named like its folder, deep"),
        pytest.param("People/Family/People.md", "", "contact", id="named like another folder"),
        pytest.param("People/Jane.md", "type: contact", "contact", id="its type"),
        pytest.param("People/Jane.md", "type: project", "other", id="another type"),
        pytest.param("People/Jane.md", "type:", "contact", id="an empty type"),
        pytest.param("People/Jane.md", "generated_by: vaultkeeper", "other", id="generated"),
        pytest.param(
            "People/Jane.md", "generated_by: vaultkeeper\ntype: contact", "other", id="generated both"
        ),
        pytest.param("People/People.md", "type: contact", "contact", id="type wins over the name"),
        pytest.param("Notes/Jane.md", "type: contact", "contact", id="type, anywhere"),
        pytest.param("Notes/Jane.md", "type: Person", "contact", id="person, in any case"),
        pytest.param("Notes/Jane.md", "type: [idea, contact]", "contact", id="one of several types"),
        pytest.param("Notes/Jane.md", "type: idea", "other", id="another type, anywhere"),
        pytest.param("Notes/Jane.md", "categories: People", "contact", id="categories as text"),
        pytest.param("Notes/Jane.md", 'categories: "[[People]]"', "contact", id="categories as a link"),
        pytest.param("Notes/Jane.md", "categories: [[People]]", "contact", id="a link without quotes"),
        pytest.param(
            "Notes/Jane.md",
            'categories:\n  - "[[Work]]"\n  - "[[Categories/People|P]]"',
            "contact",
            id="one of",
        ),
        pytest.param("Notes/Jane.md", 'categories: "[[People I like]]"', "other", id="another category"),
        pytest.param("Notes/Jane.md", "tags: contact", "other", id="tags make none by default"),
    ],
)
def test_which_note_is_a_contact(path: str, front_matter: str, expected: str) -> None:
    assert kind(path, front_matter) == expected


@pytest.mark.parametrize(
    ("path", "folders", "expected"),
    [
        ("Contacts/Jane.md", ("People", "Contacts"), "contact"),
        ("Work/People/Jane.md", ("Work/People",), "contact"),
        ("Work/Jane.md", ("Work/People",), "other"),
        ("Jane.md", ("",), "contact"),
        ("Deep/Jane.md", (".",), "contact"),
        ("Bu\u0308ro/Jane.md", ("B\u00fcro",), "contact"),
        ("BÜRO/Jane.md", ("büro",), "contact"),
        ("Bu\u0308ro/B\u00fcro.md", ("B\u00fcro",), "other"),
    ],
)
def test_the_folders_of_the_config(path: str, folders: tuple[str, ...], expected: str) -> None:
    assert kind(path, people=folders) == expected


@pytest.mark.parametrize(
    ("front_matter", "body", "expected"),
    [
        ("tags: contact", "", "contact"),
        ("tags: [a, Contact]", "", "contact"),
        ("tags:\n  - '#contact'", "", "contact"),
        ("tags: a, contact", "", "contact"),
        ("tags: contact/work", "", "contact"),
        ("tags: contacts", "", "other"),
        ("tags: a/contact", "", "other"),
        ("", "words #contact", "contact"),
        ("", "#Contact/work", "contact"),
        ("", "a#contact", "other"),
        ("", "#contact-list", "other"),
        ("tags: contact\ngenerated_by: x", "", "other"),
    ],
)
def test_the_tags_of_the_config(front_matter: str, body: str, expected: str) -> None:
    assert kind("Notes/Jane.md", front_matter, body, tags=("#contact",)) == expected


def test_the_config_s_log() -> None:
    text = "## Diary\n- 2026-11-20 padel: x\n"
    (entry,) = read_note(text, JANE, Reading(heading="Diary", channels={"padel": "both"})).interactions
    assert (entry.channel, entry.direction) == ("padel", "both")


def test_the_user_s_own_news_are_nobody_s_contact() -> None:
    note = read_note("## Log\n- 2026-11-20 I move to Berlin\n", "me/news.md", Reading())
    assert (note.kind, note.contact, note.news) == (
        "news",
        None,
        (News(date(2026, 11, 20), "I move to Berlin"),),
    )


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("- [ ] Send [[Jane Doe]] the plan 📅 2026-11-30", id="a wikilink"),
        pytest.param(
            "- [ ] Send [Jane](../People/Jane%20Doe.md) the plan 📅 2026-11-30", id="a Markdown link"
        ),
        pytest.param("    1. [ ] Send [[Jane Doe]] the plan, by 2026-11-30", id="numbered, indented"),
    ],
)
def test_a_promise_elsewhere_counts_for_those_it_links_to(line: str) -> None:
    note = read_note(f"words\n{line}\n```\n{line}\n```\n- [ ] Buy milk\n", "Projects/X.md", Reading())
    (task,) = note.follow_ups
    assert (note.kind, task.line, task.due, task.own) == ("other", 2, date(2026, 11, 30), False)
    assert [target.rsplit("/", 1)[-1].removesuffix(".md") for target in task.participants] == ["Jane Doe"]


CONFLICT = "words\n<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(CONFLICT, 2, id="in the body"),
        pytest.param(CONFLICT.replace("\n", "\r\n"), 2, id="Windows lines"),
        pytest.param(CONFLICT.replace("=======", "||||||| base\nold\n======="), 2, id="diff3"),
        pytest.param(f"Title\n=======\n\n{CONFLICT}", 5, id="under a setext heading of seven signs"),
    ],
)
def test_a_note_with_git_s_markers_is_not_written(text: str, line: int) -> None:
    (problem,) = conflict_markers(text, JANE)
    assert (problem.path, problem.line, problem.unsafe) == (JANE, line, True)
    assert problem in read_note(text, JANE, Reading()).problems


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Title\n=======\n",
        "a <<<<<<< b >>>>>>> c\n=======\n",
        "<<<<<<< HEAD\nwords\n",
        "<<<<<<< HEAD\nwords\n>>>>>>> other\n",
        ">>>>>>> other\n=======\n<<<<<<< HEAD\n",
        "> <<<<<<< HEAD\n=======\n>>>>>>> other\n",
    ],
)
def test_what_is_no_conflict(text: str) -> None:
    assert conflict_markers(text, JANE) == ()


def test_a_note_that_cannot_be_read_surely_is_still_read_as_far_as_it_goes() -> None:
    note = read_note("---\na: 1\na: 2\n---\n\n## Log\n- 2026-11-20 x\n", JANE, Reading())
    assert [problem.unsafe for problem in note.problems] == [True]
    assert [entry.line for entry in note.interactions] == [7]


PIECE = st.sampled_from(
    [
        *(
            "---\n",
            "name: x\n",
            "type: contact\n",
            "type: event\n",
            "date: 2026-11-20\n",
            "date:\n",
            "tags: [a]\n",
        ),
        *(
            'people: "[[Jane]]"\n',
            "birthday: 02-30\n",
            "cadence: 0\n",
            "generated_by: x\n",
            "a: [\n",
            "? - b\n",
        ),
        *(
            "## Log\n",
            "- 2026-11-20 call: x\n",
            "- [ ] [[Jane]] y 📅 2026-11-31\n",
            "```\n",
            "### 2026-11-20\n",
        ),
        *(
            "<<<<<<< a\n",
            "=======\n",
            ">>>>>>> b\n",
            "Called [[Jane]] about it\n",
            "- coffee with [[Jane]]: x\n",
        ),
        *("[[Jane]] called\n", "\ufeff", "\r", "\0", "[[", "    ", "\n"),
    ]
)
PATHS = st.sampled_from(
    ["People/Jane.md", "X.md", "Events/E.md", "Me/News.md", "2026-11-20.md", "People/People.md", "People/.md"]
)


@settings(STEADY, max_examples=300)
@given(st.lists(PIECE | st.text(max_size=8), max_size=15).map("".join), PATHS)
def test_any_text_is_read(text: str, path: str) -> None:
    note = read_note(text, path, Reading(tags=("a",)))
    assert isinstance(note, Note)
    assert (note.contact is not None) == (note.kind == "contact")
    lines = text.count("\n") + 1
    places = [*note.interactions, *note.follow_ups, *note.problems]
    assert all(place.path == path and 1 <= place.line <= lines for place in places)
