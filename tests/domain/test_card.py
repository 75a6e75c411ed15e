"""Cards: values cleaned, words made harmless, traces made one a day, filters."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkeeper.domain.card import (
    Card,
    Trace,
    as_tag,
    compose_name,
    harmless,
    join_cards,
    make_values,
    one_a_day,
    remark,
)
from vaultkeeper.notes.entry import read_kinds
from vaultkeeper.notes.links import find_links
from vaultkeeper.notes.task import read_task

DAY = date(2026, 7, 1)


def test_values_are_of_one_line_unique_and_in_the_order_of_a_note() -> None:
    values = make_values(
        email=("J@x.example", "j@x.example", " "),
        company="Glo\nbex ",
        tags=("Book club", "#b", "12"),
        own="x",
    )
    assert values == {
        "company": ("Glo bex",),
        "email": ("J@x.example",),
        "tags": ("Book-club", "b"),
        "own": ("x",),
    }
    assert [*values] == ["company", "email", "tags", "own"]


@pytest.mark.parametrize(
    ("text", "tag"),
    [("Book club", "Book-club"), ("#a/b", "a/b"), ("C++", "C"), ("12", ""), ("!", ""), ("ä ö", "ä-ö")],
)
def test_tags(text: str, tag: str) -> None:
    assert as_tag(text) == tag


def test_names() -> None:
    assert compose_name(" Jane ", "van  Doe") == "Jane van Doe"
    assert compose_name("伟", "王") == "王伟"
    assert compose_name("", "") == ""


@given(st.text(max_size=200))
def test_a_stranger_s_words_do_nothing_in_a_log(text: str) -> None:
    line = harmless(text)
    assert not read_kinds(line)
    assert not find_links(line)
    assert read_task(f"- {line}") is None
    assert len(line.splitlines()) <= 1
    assert len(line) <= 101
    assert "%%" not in line and "`" not in line and "<" not in line
    assert harmless(line) == line


@given(st.text(max_size=200))
def test_a_remark_is_no_task(text: str) -> None:
    assert read_task(f"- {remark(text)}") is None
    assert remark(remark(text)) == remark(text)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("- [ ] buy", "\\[ ] buy"),
        ("* - likes tea", "likes tea"),
        ("# Head", "\\# Head"),
        ("#tag and words", "#tag and words"),
        ("```python", "\\```python"),
        ("> said", "\\> said"),
        ("-5 degrees", "-5 degrees"),
        ("[[Sam Lee]]'s boss", "[[Sam Lee]]'s boss"),
    ],
)
def test_a_remark_begins_nothing(text: str, item: str) -> None:
    assert remark(text) == item


def test_one_a_day_channel_and_direction() -> None:
    traces = [
        Trace(DAY, "email", "out", "first", "09:00"),
        Trace(DAY, "email", "out", "second", "10:00"),
        Trace(DAY, "email", "in", "answer"),
        Trace(date(2026, 6, 1), "email", "out", "before"),
        Trace(DAY, "meeting", "both", "plan"),
        Trace(DAY, "meeting", "both", "review", "14:00"),
        Trace(DAY, "meeting", "both", "plan", "15:00"),
    ]
    assert [(t.day.month, t.channel, t.direction, t.text) for t in one_a_day(traces)] == [
        (6, "email", "out", "before"),
        (7, "email", "in", "answer"),
        (7, "meeting", "both", "plan; review"),
        (7, "email", "out", "first (2 messages)"),
    ]


def test_cards_of_one_person_are_one() -> None:
    one = Card(3, "Jane Doe", make_values(email="j@x.example", company="Globex"), remarks=("a",))
    two = Card(
        9, "Jane Doe", make_values(email=("J@X.example", "jd@x.example"), company="Acme", title="CTO"), "u"
    )
    joined = join_cards([one, two])
    assert joined.values == make_values(email=("j@x.example", "jd@x.example"), company="Globex", title="CTO")
    assert (joined.line, joined.uid, joined.remarks) == (3, "u", ("a",))


def test_filters() -> None:
    card = Card(1, "Jane Doe", make_values(company="Glöbex GmbH", connected="2024-05-01"))
    assert card.has("company", "globex gmbh")
    assert card.has("company", "globex*")
    assert not card.has("company", "globex")
    assert card.has("email", "") and not card.has("company", "")
    assert card.has("name", "*doe")
    assert card.since(date(2024, 5, 1)) == card
    assert card.since(date(2024, 5, 2)) is None
    told = Card(1, "X", traces=(Trace(DAY, None, None, "a"), Trace(date(2020, 1, 1), None, None, "b")))
    since = told.since(DAY)
    assert since is not None and [t.text for t in since.traces] == ["a"]
    assert told.since(date(2026, 8, 1)) is None
    assert Card(1, "Nobody knows when").since(DAY) is not None
