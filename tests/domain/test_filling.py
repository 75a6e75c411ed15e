"""What a card adds to what a note says."""

from datetime import date
from typing import Any

import pytest

from tests.domain.make import contact
from vaultkeeper.domain.anniversary import parse_anniversary
from vaultkeeper.domain.card import Card, make_values
from vaultkeeper.domain.filling import Filling, Given, Move, fill, held
from vaultkeeper.domain.memory import last_move, read_memory, remember, replaced

TODAY = date(2026, 11, 23)


def jane(**values: Any) -> Card:
    said = make_values(**values)
    job = ", ".join(text for key in ("title", "company") for text in said.get(key, ()))
    return Card(1, "Jane Doe", said, headline=job)


def filling(card: Card, *, overwrite: bool = False, imported: Card | None = None, **known: Any) -> Filling:
    """`card` against a note that says `known`, and was imported as `imported` before."""
    properties = {key: value if isinstance(value, tuple) else (str(value),) for key, value in known.items()}
    if imported is not None:
        properties["imported"] = (str(remember([imported], "linkedin")),)
    return fill(given(card, overwrite=overwrite), contact(**known), properties)


def given(card: Card, *, overwrite: bool = False) -> Given:
    return Given((card,), remember([card], "linkedin"), TODAY, overwrite)


def test_what_the_note_lacks_is_new_and_lists_are_joined() -> None:
    found = filling(
        jane(
            company="Globex",
            email=("J@x.example", "jd@x.example"),
            phone="0170 1234567",
            tags="a",
            birthday="05-17",
        ),
        email=("j@x.example",),
        phone=("+49 170 1234567",),
        tags=("A", "b"),
    )
    assert found.new == {"company": ("Globex",), "birthday": ("05-17",)}
    assert found.added == {"email": ("jd@x.example",)}
    assert found.memory is not None and not found.instead and not found.differing


def test_what_the_user_has_stays_unless_overwritten() -> None:
    card = jane(company="Initech", location="Rome")
    kept = filling(card, company=("Globex",), location=("Paris",))
    assert kept.differing == {"company": ("Initech",), "location": ("Rome",)}
    assert not kept.keys
    over = filling(card, company=("Globex",), location=("Paris",), overwrite=True)
    assert over.instead == {"company": ("Initech",), "location": ("Rome",)}


@pytest.mark.parametrize(
    ("key", "said", "known"),
    [
        ("company", "Globex GmbH", ("globex",)),
        ("company", "Globex", ("Globex GmbH",)),
        ("location", "berlin", ("Berlin, Germany",)),
        ("linkedin", "http://de.linkedin.com/in/jane/", "https://www.linkedin.com/in/jane"),
        ("birthday", "1990-05-17", parse_anniversary("05-17")),
        ("birthday", "05-17", parse_anniversary("1990-05-17")),
    ],
)
def test_two_spellings_of_one_value(key: str, said: str, known: Any) -> None:
    assert not filling(jane(**{key: said}), **{key: known}).differing


@pytest.mark.parametrize(
    ("key", "said", "known"),
    [
        ("title", "Lead Engineer", "Engineer"),
        ("company", "Globex Ventures", "Globex"),
        ("location", "Bern", "Berlin"),
    ],
)
def test_two_values(key: str, said: str, known: str) -> None:
    assert filling(jane(**{key: said}), **{key: (known,)}).differing == {key: (said,)}


def test_a_page_is_known_by_its_whole_address_and_a_profile_is_no_other_page() -> None:
    pages = ("https://x.example/?id=1", "http://www.x.example/?id=2", "https://l.example/in/jane")
    found = filling(
        jane(links=pages), linkedin="https://l.example/in/jane/", links=("https://x.example/?id=2",)
    )
    assert found.added == {"links": ("https://x.example/?id=1",)}
    assert not filling(jane(links=pages[2:]), linkedin="https://l.example/in/jane")


def test_a_value_that_cannot_be_read_is_the_user_s_all_the_same() -> None:
    found = fill(given(jane(birthday="05-17")), contact(), {"birthday": ("in spring",)})
    assert not found.new


def test_how_one_knows_a_friend_is_not_linkedin_s_to_say() -> None:
    assert not filling(jane(network="LinkedIn", status="new"), company=("x",))


def test_a_move_is_told_once() -> None:
    globex = jane(company="Globex", title="CTO")
    initech = jane(company="Initech", title="CTO")
    assert filling(globex, imported=globex, company=("Globex",), title=("CTO",)).move is None
    moved = filling(initech, imported=globex, company=("Globex",), title=("CTO",))
    assert moved.move == Move("CTO, Globex", "CTO, Initech")
    assert moved.memory is not None and not moved.keys
    assert str(moved.memory).endswith(" 2026-11-23: CTO, Initech")  # since when it is news
    assert filling(initech, imported=initech, company=("Globex",), title=("CTO",)) == Filling()


def test_the_day_of_a_move_stays_until_the_next_one() -> None:
    moved = filling(jane(company="Initech"), company=("Globex",)).memory
    assert moved is not None and moved.moved == TODAY
    later = given(jane(company="Initech", email="j@x.example"))._replace(today=date(2027, 1, 1))
    filled = fill(later, contact(company=("Globex",)), {"company": ("Globex",), "imported": (str(moved),)})
    assert filled.new == {"email": ("j@x.example",)}
    assert filled.memory is not None and filled.memory.moved == TODAY


def test_a_user_who_knew_first_is_told_nothing() -> None:
    globex, initech = jane(company="Globex", title="CTO"), jane(company="Initech", title="CTO")
    assert filling(globex, imported=globex, company=("Initech",), title=("CTO",)) == Filling()
    assert not filling(initech, imported=globex, company=("Initech",), title=("CTO",))


def test_the_first_import_tells_where_note_and_card_differ() -> None:
    assert filling(jane(company="Initech"), company=("Globex",)).move == Move("Globex", "Initech")


def test_what_was_imported_before_is_not_brought_back() -> None:
    card = jane(company="Globex", email="j@x.example", phone="1")
    assert not filling(card, imported=card, company=("Globex",))
    assert filling(card, imported=jane(company="Globex"), company=("Globex",)).new


def test_remarks_that_the_note_has_are_not_added() -> None:
    card = Card(1, "Jane", remarks=("one", "two"))
    assert fill(given(card), contact(), {}, {"one"}).remarks == ("two",)
    assert not fill(given(card), contact(), {}, {"one", "two"})


def test_other_spellings_of_keys_are_ours() -> None:
    properties = {"org": "Globex", "emails": ["a@x", "b@x"], "empty": None, "n": 3}
    assert held(properties, {"company": ("org",), "email": ("emails",)}) == {
        "company": ("Globex",),
        "email": ("a@x", "b@x"),
        "n": ("3",),
    }


def test_memories() -> None:
    one = remember([jane(company="Globex: a, b", linkedin="https://linkedin.com/in/j")], "linkedin")
    assert read_memory(["friends 1: X", str(one)], "linkedin") == one
    assert read_memory(["linkedin-messages 1"], "linkedin") is None
    dated = one._replace(moved=TODAY)
    assert read_memory([str(dated)], "linkedin") == dated
    merged = read_memory([str(one), "linkedin abc: X"], "linkedin")
    assert merged is not None and merged.digests == (*one.digests, "abc") and merged.words == one.words
    two = remember([Card(1, "Jane")], "linkedin")
    assert two.words == "Jane"
    assert replaced(["google 1", str(one), "odd"], two) == ["google 1", "odd", str(two)]


def test_the_latest_change_of_job_that_an_import_found() -> None:
    lines = ["google 1: CTO, Acme", "linkedin 2 2026-11-20: CEO, Globex", "vcard 3 2025-01-01: CFO, Hooli"]
    assert last_move(lines) == (date(2026, 11, 20), "CEO, Globex")
    assert last_move(lines[:1]) is None
    assert last_move(["", "odd", "linkedin 2 2026-11-20"]) is None
