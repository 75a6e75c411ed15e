"""LinkedIn's Connections.csv: people, what they do, and since when they are connections.

The header stands below a preamble of notes, or on top; with the column URL, or (older) without; in the
language of the account. Its columns are known by their names in the commoner languages, and in any other by
their places: of seven the third holds profile pages.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from vaultkeeper.domain.address import is_linkedin
from vaultkeeper.domain.card import Card, compose_name, make_values
from vaultkeeper.domain.naming import fold
from vaultkeeper.domain.place import Problem
from vaultkeeper.interop.format import Asked, Parsed, Source
from vaultkeeper.interop.spelled_date import date_reader
from vaultkeeper.interop.table import Row, open_table

ReadDay = Callable[[str], date]

_NEW = ("first", "last", "url", "email", "company", "title", "connected")
_OLD = ("first", "last", "email", "company", "title", "connected")
_ENOUGH = 3  # names known, to tell the others by their places
_EXPECTED = "no header `First Name,Last Name,URL,…`, as LinkedIn's Connections.csv has it"
_COLUMNS = {
    "first": "first name, vorname, prenom, nombre, nome, voornaam, fornamn, fornavn, etunimi, imie, ad, имя",
    "last": "last name, nachname, nom, nom de famille, apellidos, cognome, sobrenome, apelido, achternaam,"
    " efternamn, etternavn, efternavn, sukunimi, nazwisko, soyad, soyadi, фамилия",
    "url": "url, profile url, profil-url, url do perfil, url del perfil",
    "email": "email address, e-mail address, email, e-mail, e-mail-adresse, adresse e-mail, e-mailadres,"
    " direccion de correo electronico, correo electronico, indirizzo email, indirizzo e-mail,"
    " endereco de e-mail, e-postadress, e-postadresse, e-mailadresse, adres e-mail, e-posta adresi",
    "company": "company, unternehmen, firma, entreprise, societe, empresa, azienda, bedrijf, foretag,"
    " virksomhed, bedrift, yritys, sirket, компания",
    "title": "position, job title, title, poste, cargo, puesto, posizione, functie, befattning, stilling,"
    " stanowisko, unvan, должность",
    "connected": "connected on, verbunden am, vernetzt am, kontakt seit, date de connexion, connexion le,"
    " connecte le, conectado el, fecha de conexion, collegato il, data di collegamento, conectado em,"
    " verbonden op, kontakt sedan",
}
_FIELDS = {name: field for field, names in _COLUMNS.items() for name in names.split(", ")}


def parse(sources: Iterable[Source], asked: Asked) -> Parsed:
    cards: list[Card] = []
    problems: list[Problem] = []
    rows = nameless = 0
    said: list[str] = []
    for source in sources:
        table = open_table(source, asked, _fields, _EXPECTED)
        said += table.said
        problems += table.problems
        read_day = date_reader(row.cells.get("connected", "") for row in table.rows)
        for row in table.rows:
            card, wrong = _card(row, source.name, read_day)
            problems += wrong
            rows += 1
            if card is not None:
                cards.append(card)
            elif not wrong:
                nameless += 1
    skipped = {"without a name, as LinkedIn gives those who left it": nameless} if nameless else {}
    return Parsed(tuple(cards), rows, tuple(problems), skipped, tuple(said))


def _fields(header: Sequence[str], below: Sequence[str]) -> Sequence[str] | None:
    """What the columns are: by their places, where none of the known names says otherwise; else by names."""
    names = [_FIELDS.get(fold(cell), "") for cell in header]
    pages = "url" in names or (is_linkedin((*below, "", "", "")[2]) and not is_linkedin((*header, "")[2]))
    for form, likely in ((_NEW, pages), (_OLD, sum(map(bool, names)) >= _ENOUGH)):
        agree = all(name in ("", field) for name, field in zip(names, form, strict=False))
        if likely and agree and len(header) == len(form):
            return form
    if {"first", "last"} <= set(names) and {"connected", "url", "company"} & set(names):
        return [name or cell for name, cell in zip(names, header, strict=True)]
    return None


def _card(row: Row, name: str, read_day: ReadDay) -> tuple[Card | None, list[Problem]]:
    cells = row.cells
    whole = compose_name(cells.get("first", ""), cells.get("last", ""))
    if not whole:
        if cells.get("url") or cells.get("email"):
            return None, [Problem(name, row.line, "this connection has no name; the row is left out")]
        return None, []
    problems, connected = [], ""
    if written := cells.get("connected", ""):
        try:
            connected = read_day(written).isoformat()
        except ValueError:
            message = f"{written!r} is not a date; {whole} is imported without it"
            problems.append(Problem(name, row.line, message))
    values = make_values(
        company=cells.get("company", ""),
        title=cells.get("title", ""),
        email=cells.get("email", ""),
        linkedin=cells.get("url", ""),
        connected=connected,
    )
    job = ", ".join(text for key in ("title", "company") for text in values.get(key, ()))
    return Card(row.line, whole, values, headline=job), problems
