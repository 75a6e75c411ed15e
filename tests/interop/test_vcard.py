"""vCards as phones, mail programs and address books write them."""

import pytest

from tests.interop.reading import read, told, values
from vaultkeeper.errors import VaultkeeperError


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


FOUR = card(
    "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
    "FN:Jane Doe",
    "N:Doe;Jane;Q.;Dr.;",
    "NICKNAME:JD,Janey",
    "ORG:Globex\\, Inc.;Robotics",
    "TITLE:Head of Robotics",
    "EMAIL;TYPE=home:jane@home.example",
    "EMAIL;TYPE=work;PREF=1:jane@globex.example",
    'TEL;VALUE=uri;TYPE="voice,home":tel:+49-170-1234567;ext=5',
    'ADR;LABEL="Weg 1\\n10115 Berlin":;;Weg 1;Berlin;;10115;Germany',
    "URL:https://www.linkedin.com/in/jane-doe",
    "URL:https://jane.example",
    "BDAY:19900517",
    "ANNIVERSARY:--0612",
    "CATEGORIES:Book club,friends",
    "HOBBY:sailing",
    "NOTE:Met in Berlin\\nLikes tea\\; and coffee",
    "PHOTO:data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ",
    "X-UNKNOWN:whatever",
    version="4.0",
)


def test_version_4() -> None:
    (jane,) = read("vcard", FOUR).cards
    assert (jane.name, jane.uid) == ("Jane Doe", "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1")
    assert values(jane) == {
        "aliases": ["JD", "Janey"],
        "company": "Globex, Inc.",
        "title": "Head of Robotics",
        "email": ["jane@globex.example", "jane@home.example"],
        "phone": "+49-170-1234567 ext 5",
        "address": "Weg 1, 10115 Berlin, Germany",
        "location": "Berlin, Germany",
        "links": "https://jane.example",
        "linkedin": "https://www.linkedin.com/in/jane-doe",
        "tags": ["Book-club", "friends"],
        "birthday": "1990-05-17",
        "special_dates": "06-12 anniversary",
        "interests": "sailing",
    }
    assert jane.remarks == ("Met in Berlin", "Likes tea; and coffee")


def test_apple_s_3_with_groups_labels_and_no_year() -> None:
    (sam,) = read(
        "vcard",
        card(
            "N:Lee;Sam;;;",
            "FN:Sam Lee",
            "item1.EMAIL;type=INTERNET;type=pref:sam@lee.example",
            "item1.X-ABLabel:_$!<Other>!$_",
            "item2.X-ABDATE;type=pref:2015-09-01",
            "item2.X-ABLabel:_$!<Anniversary>!$_",
            "item3.X-ABDATE:2019-01-02",
            "item3.X-ABLabel:Started at Acme",
            "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-17",
            "X-SOCIALPROFILE;type=linkedin:http://www.linkedin.com/in/sam-lee",
            "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/4gIoSUNDX1BST0ZJTEUAAQEAAAIYAAAA",
            " AAIQAABtbnRyUkdCIFhZWiAAAAAAAAAAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            " AAAAAAAAAAAAAAAAAAEAAPbWAAEAAAAA0y0=",
        ),
    ).cards
    assert values(sam) == {
        "email": "sam@lee.example",
        "linkedin": "http://www.linkedin.com/in/sam-lee",
        "birthday": "05-17",
        "special_dates": ["2015-09-01 anniversary", "2019-01-02 Started at Acme"],
    }


QUOTED = card(
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr.;",
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Dr. J=C3=B6rg M=C3=",
    "=BCller",
    "TEL;CELL:0170 555",
    "TEL;WORK;PREF:030 555",
    "ORG;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:B=FCro=3B Haus;IT",
    "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=",
    "two",
    "BDAY:1980-01-02T00:00:00Z",
    "PHOTO;JPEG;BASE64:",
    "/9j/4AAQSkZJRgABAQAAAQABAAD",
    "AAAAAAAAAAAAAAAAAAEAAPbWAAE=",
    "",
    version="2.1",
)


@pytest.mark.parametrize("text", [QUOTED, QUOTED.replace("\r\n", "\n")])
def test_version_2_1_with_quoted_printable(text: str) -> None:
    parsed = read("vcard", text)
    (joerg,) = parsed.cards
    assert joerg.name == "Dr. Jörg Müller"
    assert values(joerg) == {
        "company": "Büro; Haus",
        "phone": ["030 555", "0170 555"],
        "birthday": "1980-01-02",
    }
    assert joerg.remarks == ("one", "two")
    assert not parsed.problems


def test_a_folded_line_is_one() -> None:
    (one,) = read(
        "vcard", card("FN:Jane", "  Doe", "NOTE:a long", " er note", "EMAIL:j@", "\tx.example")
    ).cards
    assert (one.name, one.remarks, one.values["email"]) == ("Jane Doe", ("a longer note",), ("j@x.example",))


def test_without_fn_the_parts_of_the_name_and_without_any_the_company() -> None:
    parsed = read("vcard", card("N:Doe;Jane;;Dr.;"), card("ORG:Acme Dentists"), card("EMAIL:x@y.example"))
    assert [one.name for one in parsed.cards] == ["Jane Doe", "Acme Dentists"]
    assert parsed.skipped == {"without a name": 1}


def test_lists_of_people_are_nobody() -> None:
    parsed = read("vcard", card("FN:Friends", "KIND:group", version="4.0") + FOUR)
    assert ([one.name for one in parsed.cards], parsed.skipped) == (["Jane Doe"], {"lists of people": 1})


def test_an_agent_within_a_card_is_not_another() -> None:
    parsed = read("vcard", card("FN:Boss", "AGENT:", card("FN:Agent").strip(), "EMAIL:boss@x.example"))
    assert [(one.name, one.values["email"]) for one in parsed.cards] == [("Boss", ("boss@x.example",))]


def test_what_is_wrong_is_told_with_its_line_and_costs_no_other_card() -> None:
    text = card("FN:A", "what is this?", "BDAY:1990-02-30", "EMAIL:a@x.example") + card("FN:B").replace(
        "END:VCARD\r\n", ""
    )
    parsed = read("vcard", text + FOUR + "BEGIN:VCARD\r\nFN:cut", file="all.vcf")
    assert [one.name for one in parsed.cards] == ["A", "Jane Doe"]
    assert sorted(told(parsed), key=lambda line: int(line.split(":")[1])) == [
        "all.vcf:4: not a line of a vCard: 'what is this?'; it is left out",
        "all.vcf:5: BDAY: '1990-02-30' is no day; it is left out",
        "all.vcf:8: this card is cut off: it has no END:VCARD; it is left out",
        "all.vcf:33: this card is cut off: it has no END:VCARD; it is left out",
    ]


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_another_file_is_an_error(text: str) -> None:
    with pytest.raises(VaultkeeperError, match="F: no BEGIN:VCARD found"):
        read("vcard", text)


@pytest.mark.parametrize(
    ("written", "birthday"),
    [
        ("BDAY:1990-05-17", "1990-05-17"),
        ("BDAY;VALUE=date:19900517", "1990-05-17"),
        ("BDAY:--0517", "05-17"),
        ("BDAY:--05-17", "05-17"),
        ("BDAY;VALUE=DATE-TIME:1990-05-17T12:00:00Z", "1990-05-17"),
        ("bday:--0229", "02-29"),
    ],
)
def test_birthdays(written: str, birthday: str) -> None:
    assert read("vcard", card("FN:A", written)).cards[0].values["birthday"] == (birthday,)


def test_family_by_name() -> None:
    (card,) = read(
        "vcard",
        "BEGIN:VCARD\nVERSION:4.0\nFN:Jane\nRELATED;TYPE=spouse;VALUE=text:Tom\\, Jr.\n"
        "RELATED;TYPE=child:urn:uuid:1\nRELATED;TYPE=friend;VALUE=text:Ann\n"
        "item1.X-ABRELATEDNAMES;type=pref:Ida\nitem1.X-ABLabel:_$!<Daughter>!$_\n"
        "item2.X-ABRELATEDNAMES:Max\nitem2.X-ABLabel:_$!<Assistant>!$_\nEND:VCARD\n",
    ).cards
    assert values(card) == {"family": ["Ida, daughter", "Tom, Jr., spouse"]}
