"""Who is who."""

from typing import Any

import pytest

from vaultkeeper.domain.address import email_key, phone_key, profile_key
from vaultkeeper.domain.card import Card, make_values
from vaultkeeper.domain.matching import Assignment, assign
from vaultkeeper.domain.memory import remember
from vaultkeeper.domain.naming import name_key
from vaultkeeper.domain.person import Person

JANE = "https://www.linkedin.com/in/jane-doe"


def person(path: str, **known: Any) -> Person:
    return Person(
        path,
        tuple(known.get("names", (path,))),
        frozenset(map(email_key, known.get("email", ()))),
        frozenset(map(phone_key, known.get("phone", ()))),
        profile_key(known.get("linkedin", "")),
        known.get("uid", ""),
        tuple(known.get("company", ())),
        tuple(known.get("imported", ())),
    )


def card(name: str, line: int = 1, uid: str = "", **values: Any) -> Card:
    return Card(line, name, make_values(**values), uid)


def of(cards: list[Card], *persons: Person, by_name: bool = True) -> Assignment:
    return assign(cards, persons, "test", by_name=by_name)


def whom(one: Card, *persons: Person, by_name: bool = True) -> object:
    """The path and by what; the paths it could be; or None for somebody new."""
    found = of([one], *persons, by_name=by_name)
    if found.unclear:
        return found.unclear[0][1].paths
    return (found.groups[0].path, found.groups[0].how) if found.groups[0].path else None


@pytest.mark.parametrize(
    ("one", "known", "how"),
    [
        (card("X", uid="URN:UUID:Ab-1"), {"uid": "ab-1"}, "uid"),
        (card("X", linkedin=JANE + "/?trk=1"), {"linkedin": JANE}, "profile"),
        (card("X", email="JANE@x.example"), {"email": ["jane@x.example"]}, "email"),
        (card("Dr. Doe, Jane"), {"names": ["Jane Doe"]}, "name"),
        (card("Jané  DOE, PhD, CISSP"), {"names": ["Jane Doe"]}, "name"),
        (card("Jane Doe (She/Her)"), {"names": ["J", "jane doe"]}, "name"),
        (card("Jane Roe"), {"names": ["Jane Doe"]}, None),
        (card("Jane"), {"names": ["Jane Doe"]}, None),
        (card("", email="x@y.example"), {"names": [""]}, None),
        (card("X", email="info@acme.example"), {"email": ["info@acme.example"]}, None),
        (
            card("Acme", email="info@acme.example"),
            {"names": ["ACME"], "email": ["info@acme.example"]},
            "email",
        ),
    ],
)
def test_by_what_somebody_is_known(one: Card, known: dict[str, Any], how: str | None) -> None:
    assert whom(one, person("P", **known), person("Q", names=["Somebody Else"])) == (how and ("P", how))


def test_the_stronger_mark_decides() -> None:
    one = card("Jane Doe", email="jane@x.example", linkedin=JANE, uid="u")
    by_name = person("N", names=["Jane Doe"])
    by_email = person("E", email=["jane@x.example"])
    by_profile = person("P", linkedin=JANE)
    by_uid = person("U", uid="u")
    assert whom(one, by_name, by_email, by_profile, by_uid) == ("U", "uid")
    assert whom(one, by_name, by_email, by_profile) == ("P", "profile")
    assert whom(one, by_name, by_email) == ("E", "email")
    assert whom(one, by_name) == ("N", "name")


def test_several_are_named_and_nobody_is_chosen() -> None:
    twins = person("A", names=["John Smith"]), person("B", names=["Smith, John"])
    assert whom(card("John Smith"), *twins) == ("A", "B")
    shared = person("A", email=["x@y.example"]), person("B", email=["x@y.example"])
    assert whom(card("C", email="x@y.example"), *shared) == ("A", "B")


@pytest.mark.parametrize(
    "known",
    [
        {"company": ["ACME"]},
        {"phone": ["0170 1234567"]},
        {"imported": [str(remember([card("John Smith", company="Acme", phone="+49 170 1234567")], "test"))]},
    ],
)
def test_what_else_is_known_tells_namesakes_apart(known: dict[str, Any]) -> None:
    one = card("John Smith", company="Acme", phone="+49 170 1234567")
    namesake = person("B", names=["John Smith"], company=["Globex"])
    assert whom(one, person("A", names=["John Smith"], **known), namesake) in (("A", "name"), ("A", "import"))


def test_another_profile_is_another_person_unless_at_the_same_company() -> None:
    known = person("P", names=["John Smith"], linkedin="https://linkedin.com/in/js1", company=["Acme"])
    other = "https://linkedin.com/in/js2"
    assert whom(card("John Smith", linkedin=other, company="Globex"), known) is None
    assert whom(card("John Smith", linkedin=other), known) is None
    assert whom(card("John Smith", linkedin=other, company="acme"), known) == ("P", "name")


def test_somebody_who_moved_is_still_the_same() -> None:
    known = person("P", names=["Jane Doe"], company=["Globex"])
    assert whom(card("Jane Doe", company="Initech", linkedin=JANE), known) == ("P", "name")


def test_without_names_only_marks_count() -> None:
    known = person("P", names=["Jane Doe"], email=["jane@x.example", "jd@x.example"])
    assert whom(card("Jane Doe"), known, by_name=False) is None
    both = of([card("", email="jane@x.example"), card("", email="jd@x.example")], known, by_name=False)
    assert [(group.path, len(group.cards)) for group in both.groups] == [("P", 2)]


def test_a_renamed_note_is_known_by_what_was_imported() -> None:
    one = card("Grace Hopper", location="Paris")
    renamed = person("P", names=["The Admiral"], imported=[str(remember([one], "test"))])
    assert whom(one, renamed) == ("P", "import")
    assert whom(card("Grace Hopper", location="Rome"), renamed) == ("P", "import")
    assert whom(card("Ada Lovelace"), renamed) is None


@pytest.mark.parametrize(
    ("cards", "people"),
    [
        ([card("John Smith", company="Acme"), card("John Smith", company="Globex")], 2),
        ([card("John Smith", email="a@x.example"), card("John Smith", email="b@y.example")], 2),
        ([card("John Smith", linkedin=JANE), card("John Smith", linkedin=JANE + "2")], 2),
        ([card("John Smith", email="a@x.example"), card("John Smith", phone="1234567")], 1),
        ([card("John Smith", email="a@x.example"), card("Smith John", email="A@x.example")], 1),
        ([card("Anna Doe", email="does@x.example"), card("Bob Doe", email="does@x.example")], 2),
        ([card("John Smith"), card("John Smith")], 1),
    ],
)
def test_new_people_of_one_file(cards: list[Card], people: int) -> None:
    assert len(of(cards).groups) == people


def test_an_address_that_a_couple_shares_tells_neither() -> None:
    anna = person("Anna", names=["Anna Doe"], email=["does@x.example"])
    cards = [card("Anna Doe", email="does@x.example"), card("Bob Doe", email="does@x.example")]
    assert [(g.path, g.cards[0].name) for g in of(cards, anna).groups] == [
        ("Anna", "Anna Doe"),
        ("", "Bob Doe"),
    ]


def test_two_of_a_name_leave_open_who_the_note_is_about() -> None:
    john = person("P", names=["John Smith"])
    cards = [card("John Smith", 1, company="Acme"), card("John Smith", 2, company="Globex")]
    found = of(cards, john)
    assert [one.line for one, _ in found.unclear] == [1, 2]
    assert {match.paths for _, match in found.unclear} == {("P",)}
    assert not found.groups


def test_where_one_of_them_is_known_by_more_the_other_is_new() -> None:
    john = person("P", names=["John Smith"], email=["a@x.example"])
    cards = [card("John Smith", 1, email="b@y.example"), card("John Smith", 2, email="a@x.example")]
    assert [(g.path, g.cards[0].line) for g in of(cards, john).groups] == [("", 1), ("P", 2)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Jürgen Groß", "GROSS, Jurgen"),
        ("Dr. Ing. Jane Q. Doe", "jane q doe"),
        ("Jean-Luc O’Brien", "Jean Luc OBrien"),
        ("Łukasz Żak, M.Sc.", "lukasz zak"),
        ('Robert "Bob" Hill (Acme)', "Robert Hill"),
        ("van der Berg, Jan", "Jan van der Berg"),
    ],
)
def test_names_that_are_one(one: str, two: str) -> None:
    assert name_key(one) == name_key(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Jack Ma", "Jack"), ("John Smith Jr", "John Smith"), ("Doe, JANE", "Doe"), ("Ana", "Anna")],
)
def test_names_that_are_two(one: str, two: str) -> None:
    assert name_key(one) != name_key(two)
