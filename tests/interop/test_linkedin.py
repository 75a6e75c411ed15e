"""Connections.csv, in every form that is met."""

import pytest

from tests.interop.reading import read, told, values
from vaultkeeper.errors import VaultkeeperError

PREAMBLE = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing. You will only \
see email addresses for connections who have allowed it, ""see"" https://www.linkedin.com/psettings/privacy/email."

"""
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
JANE = (
    "Jane,Doe,https://www.linkedin.com/in/jane-doe,jane@globex.example,Globex,Head of Robotics,12 Mar 2025\n"
)
ALL = {
    "company": "Globex",
    "title": "Head of Robotics",
    "email": "jane@globex.example",
    "linkedin": "https://www.linkedin.com/in/jane-doe",
    "connected": "2025-03-12",
}
OTHER_HEADERS = [
    "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n",
    "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connexion le\n",
    "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,En relation depuis le\n",
    "Имя,Фамилия,URL,Адрес эл. почты,Компания,Должность,Дата установления контакта\n",
    "Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Conectado el\n",
    "名,姓,URL,メールアドレス,会社,役職,接続日\n",
    "Ime,Prezime,URL,E-adresa,Tvrtka,Radno mjesto,Povezani dana\n",
]


@pytest.mark.parametrize("preamble", ["", PREAMBLE, "\ufeff", "\ufeff" + PREAMBLE])
@pytest.mark.parametrize("header", [HEADER, *OTHER_HEADERS])
def test_a_connection_under_any_header(preamble: str, header: str) -> None:
    parsed = read("linkedin", preamble + header + JANE)
    (card,) = parsed.cards
    assert (card.name, values(card), card.headline) == ("Jane Doe", ALL, "Head of Robotics, Globex")
    assert card.line == (preamble + header).count("\n") + 1
    assert (parsed.rows, parsed.problems) == (1, ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_in_any_encoding(encoding: str) -> None:
    data = (HEADER + JANE.replace("Jane,Doe", "Jürgen,Groß")).encode(encoding)
    assert read("linkedin", data).cards[0].name == "Jürgen Groß"


def test_saved_by_a_german_spreadsheet() -> None:
    text = (OTHER_HEADERS[0] + JANE.replace("12 Mar 2025", "12.03.2025")).replace(",", ";")
    assert values(read("linkedin", text).cards[0]) == ALL


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Last Name,Email Address,Company,Position,Connected On\n",
        "Vorname,Nachname,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n",
    ],
)
def test_the_older_form_without_profiles(header: str) -> None:
    card = read("linkedin", header + JANE.replace("https://www.linkedin.com/in/jane-doe,", "")).cards[0]
    assert values(card) == {key: text for key, text in ALL.items() if key != "linkedin"}


def test_rows_of_those_who_left_are_counted_and_no_problem() -> None:
    parsed = read("linkedin", HEADER + ",,,,,,01 Jan 2020\n" + JANE)
    assert len(parsed.cards) == 1
    assert sum(parsed.skipped.values()) == 1
    assert not parsed.problems


def test_bad_rows_are_told_with_their_lines_and_the_rest_is_read() -> None:
    rows = (
        ",,https://www.linkedin.com/in/nobody,,,,\n"
        "Ana,Ruiz,https://www.linkedin.com/in/ana,,Globex,CTO,32 Foo 2024\n"
        'Bad "quote,Row,,,,,\n' + JANE
    )
    parsed = read("linkedin", HEADER + rows, file="Connections.csv")
    assert told(parsed) == [
        "Connections.csv:4: a quote in this row is never closed, or stands within a cell; the row is left out",
        "Connections.csv:2: this connection has no name; the row is left out",
        "Connections.csv:3: '32 Foo 2024' is not a date; Ana Ruiz is imported without it",
    ]
    assert [card.name for card in parsed.cards] == ["Ana Ruiz", "Jane Doe"]


def test_a_truncated_file_gives_its_whole_rows() -> None:
    parsed = read("linkedin", HEADER + JANE + JANE[:40])
    assert len(parsed.cards) == 1
    assert told(parsed) == ["F:3: 3 cells where the header has 7 (cut off?); the row is left out"]


@pytest.mark.parametrize("text", ["", "Name,Age\nJane,3\n", "{}", "First Name,Last Name\nJane,Doe\n"])
def test_another_file_is_an_error(text: str) -> None:
    with pytest.raises(VaultkeeperError, match="F:1: no header `First Name,Last Name"):
        read("linkedin", text)


def test_family_first_and_unspaced_in_han() -> None:
    assert read("linkedin", HEADER + JANE.replace("Jane,Doe", "伟,王")).cards[0].name == "王伟"


def test_a_table_of_other_columns_is_read_by_their_names() -> None:
    header = "First Name,Last Name,Phone,Email Address,Company,Position,Birthday\n"
    (card,) = read("linkedin", header + "Jane,Doe,123,jane@x.example,Globex,CTO,1980-01-02\n").cards
    assert values(card) == {"company": "Globex", "title": "CTO", "email": "jane@x.example"}
