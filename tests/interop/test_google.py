"""Google's CSV in both forms."""

import pytest

from tests.interop.reading import read, told, values
from vaultkeeper.errors import VaultkeeperError

NEW = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,"
    "Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,"
    "Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Relation 1 - Label,Relation 1 - Value,"
    "Custom Field 1 - Label,Custom Field 1 - Value\n"
)
NEW_JANE = (
    'Jane,Q.,Doe,,,,Dr.,,JD,,Globex,CTO,R&D,1990-05-17,"Met in ""Berlin""\nLikes tea",https://x/photo.jpg,'
    "* myContacts ::: Book club ::: * starred,* Work,jane@globex.example ::: jd@globex.example,Home,"
    'jane@home.example,Mobile,+49 170 1234567 ::: +49 30 555,Home,"Weg 1\n10115 Berlin",Weg 1,Berlin,,,10115,Germany,,'
    "Profile,https://www.linkedin.com/in/jane-doe,Anniversary, --06-12,Spouse,Tom ::: Tim,T-Shirt,M\n"
)
OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Name Prefix,Name Suffix,Nickname,Birthday,Notes,Photo,"
    "Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,"
    "Organization 1 - Name,Organization 1 - Title,Website 1 - Type,Website 1 - Value\n"
)
OLD_JANE = (
    "Jane Doe,Jane,,Doe,,,,,--05-17,,,* My Contacts ::: Climbing,* ,jane@globex.example,Mobile,+1 555 0100,,"
    "Globex,CTO,,https://jane.example\n"
)


def test_the_present_form() -> None:
    (card,) = read("google", NEW + NEW_JANE).cards
    assert card.name == "Jane Q. Doe"
    assert values(card) == {
        "aliases": "JD",
        "company": "Globex",
        "title": "CTO",
        "email": ["jane@globex.example", "jd@globex.example", "jane@home.example"],
        "phone": ["+49 170 1234567", "+49 30 555"],
        "address": "Weg 1, 10115 Berlin",
        "location": "Berlin, Germany",
        "linkedin": "https://www.linkedin.com/in/jane-doe",
        "tags": "Book-club",
        "family": ["Tom, spouse", "Tim, spouse"],
        "birthday": "1990-05-17",
        "special_dates": "06-12 anniversary",
    }
    assert card.remarks == ('Met in "Berlin"', "Likes tea", "t-shirt: M")


def test_the_older_form() -> None:
    (card,) = read("google", OLD + OLD_JANE).cards
    assert card.name == "Jane Doe"
    assert values(card) == {
        "company": "Globex",
        "title": "CTO",
        "email": "jane@globex.example",
        "phone": "+1 555 0100",
        "links": "https://jane.example",
        "tags": "Climbing",
        "birthday": "05-17",
    }


def test_a_company_is_called_by_its_name_and_an_address_alone_is_nobody() -> None:
    blank = ["" for _ in NEW.split(",")]
    company, nobody = [*blank], [*blank]
    company[10], nobody[18] = "Acme Dentists", "x@y.example"
    parsed = read("google", NEW + "\n".join(",".join(row) for row in (company, nobody)) + "\n")
    assert [card.name for card in parsed.cards] == ["Acme Dentists"]
    assert (parsed.rows, parsed.skipped) == (2, {"without a name": 1})


def test_a_bad_birthday_is_told_and_the_rest_kept() -> None:
    parsed = read("google", NEW + NEW_JANE.replace("1990-05-17", "1990-02-30"))
    assert told(parsed) == ["F:2: birthday: '1990-02-30': there is no such day; it is left out"]
    assert "birthday" not in parsed.cards[0].values
    assert parsed.cards[0].name == "Jane Q. Doe"


def test_another_csv_is_an_error() -> None:
    with pytest.raises(VaultkeeperError, match="as Google Contacts exports it; it begins with: a,b"):
        read("google", "a,b\n1,2\n")
