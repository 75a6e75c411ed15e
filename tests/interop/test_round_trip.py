"""What goes out comes in again: every text that both sides know, whatever the user wrote."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.interop.reading import read
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.card import make_values, part_links
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.naming import plain
from vaultkeeper.interop.csv_export import safe_cell, write_csv
from vaultkeeper.interop.vcard_export import write_vcard

BOTH = (
    "company",
    "title",
    "email",
    "phone",
    "address",
    "location",
    "linkedin",
    "links",
    "tags",
    "aliases",
    "interests",
)

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=90).map(plain).filter(bool)
web = st.from_regex(r"https://[a-z]{1,9}\.example/[A-Za-z0-9_~%,;:=&?-]{0,90}", fullmatch=True)
profile = st.from_regex(r"https://www\.linkedin\.com/in/[a-z0-9-]{1,30}", fullmatch=True)


def several(texts: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(texts, max_size=3, unique_by=str.casefold).map(tuple)


@st.composite
def days(draw: st.DrawFn, *, labels: bool) -> Anniversary:
    day = draw(st.dates(date(1900, 1, 1), date(2099, 12, 31)).filter(lambda d: d.year != 1604))
    label = draw(st.just("") | words) if labels else ""
    return Anniversary(day.month, day.day, draw(st.sampled_from([None, day.year])), label)


contacts = st.builds(
    Contact,
    path=st.just("People/X.md"),
    name=words,
    **dict.fromkeys(
        ("company", "title", "phone", "address", "location", "aliases", "interests"), several(words)
    ),
    email=several(st.emails()),
    linkedin=st.just("") | profile | web,
    links=several(web),
    tags=several(st.from_regex(r"[a-z][a-z0-9/-]{0,20}[a-z]", fullmatch=True)),
    birthday=st.none() | days(labels=False),
    special_dates=st.lists(days(labels=True), max_size=3).map(tuple),
)


def told_of(contact: Contact) -> dict[str, tuple[str, ...]]:
    """As a card tells it."""
    texts: dict[str, Any] = {key: getattr(contact, key) for key in BOTH}
    texts["linkedin"], texts["links"] = part_links(contact.links, contact.linkedin)
    texts["birthday"] = contact.birthday.iso() if contact.birthday else ""
    texts["special_dates"] = [f"{day.iso()} {day.label}".strip() for day in contact.special_dates]
    return make_values(**texts)


@pytest.mark.parametrize("version", ["4.0", "3.0"])
@given(several_contacts=st.lists(contacts, min_size=1, max_size=3))
def test_vcard(version: str, several_contacts: list[Contact]) -> None:
    text = "".join(write_vcard(contact, f"uid-{n}", version) for n, contact in enumerate(several_contacts))
    parsed = read("vcard", text)
    assert parsed.problems == ()
    assert [card.name for card in parsed.cards] == [contact.name for contact in several_contacts]
    assert [dict(card.values) for card in parsed.cards] == [told_of(contact) for contact in several_contacts]
    assert [card.uid for card in parsed.cards] == [f"uid-{n}" for n in range(len(several_contacts))]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@given(
    cell=st.text(
        st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n"), max_size=50
    ).map(str.strip)
)
def test_csv(cell: str) -> None:
    """A cell that begins as a formula does is not one in a spreadsheet, and comes in as it was."""
    (card,) = read("csv", write_csv(["name", "location"], [{"name": f"{cell}x", "location": cell}])).cards
    assert card.name == plain(f"{cell}x")
    assert card.values == make_values(location=cell)
    assert not safe_cell(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
