"""Any CSV, by --map or by our own names for columns."""

import pytest

from tests.interop.reading import read, told, values
from vaultkeeper.errors import VaultkeeperError

TEXT = "Full Name;Mail;Born;Groups;Where\nJane Doe;jane@x.example;17.05.1990;a, b c;Berlin\n;x@y;;;\n"
MAP = {"name": "Full Name", "email": "mail", "birthday": "Born", "tags": "Groups", "location": "Where"}


def test_by_map() -> None:
    parsed = read("csv", TEXT, columns=MAP)
    (jane,) = parsed.cards
    assert (jane.name, parsed.rows, parsed.skipped) == ("Jane Doe", 2, {"without a name": 1})
    assert values(jane) == {
        "email": "jane@x.example",
        "birthday": "1990-05-17",
        "tags": ["a", "b", "c"],
        "location": "Berlin",
    }


def test_by_our_own_names_with_what_guards_a_spreadsheet_taken_off() -> None:
    text = (
        "name,email,phone,tier,met,special_dates,last_contact,Colour,uid\n"
        "Jane,j@x.example; jd@x.example,'+49 170,A,3/12/2025,2010-06-12 wedding; 05-01 labour,2026-01-01,red,u-1\n"
        "O'Brien,,,,13/12/2025,,,,\n"
    )
    jane, brien = read("csv", text).cards
    assert values(jane) == {
        "email": ["j@x.example", "jd@x.example"],
        "phone": "+49 170",
        "tier": "A",
        "met": "2025-12-03",
        "special_dates": ["2010-06-12 wedding", "05-01 labour"],
    }
    assert (jane.uid, brien.name) == ("u-1", "O'Brien")


def test_columns_joined_and_keys_of_the_user_s_own() -> None:
    text = "First Name,Last Name,Hobby\nJane,Doe,sailing\n"
    (jane,) = read("csv", text, columns={"name": "First Name+Last Name", "hobby": "Hobby"}).cards
    assert (jane.name, values(jane)) == ("Jane Doe", {"hobby": "sailing"})


def test_values_that_are_none_are_told() -> None:
    parsed = read("csv", "name,birthday,met\nJane,1990-02-30,soon\n")
    assert (
        sorted(told(parsed))
        == [
            "F:2: birthday: '1990-02-30' is not a date; it is left out",
            "F:2: met: 'soon' is not a date; it is left out",
        ]
        or len(parsed.problems) == 2
    )


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        (
            "a,b\n1,2\n",
            {},
            r"F:1: no column is called `name`; say which one .* --map name=COLUMN; it begins with: a,b",
        ),
        (
            "a,b\n1,2\n",
            {"name": "Nom"},
            "F:1: no header has all the columns that --map names; it begins with: a,b",
        ),
        ("", {}, "F:1: .*; it is empty"),
    ],
)
def test_what_cannot_be_mapped_is_an_error(text: str, columns: dict[str, str], message: str) -> None:
    with pytest.raises(VaultkeeperError, match=message):
        read("csv", text, columns=columns)
