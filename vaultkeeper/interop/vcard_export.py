"""Contacts as vCards: 4.0 (RFC 6350), or 3.0 (RFC 2426) for programs that know no other.

Names, addresses and days go out; the log, health and what only this vault means do not.
"""

from uuid import NAMESPACE_URL, uuid5

from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.contact import Contact
from vaultkeeper.interop.fold import escape, lines_of

VERSIONS = ("4.0", "3.0")
PRODUCT = "PRODID:-//vaultkeeper//EN"
"""The line by which a card is known for one of ours that no other program has changed since."""


def stable_uid(path: str, uid: str = "") -> str:
    """The note's own `uid`, else one made from its path: the same at every export."""
    return uid or f"urn:uuid:{uuid5(NAMESPACE_URL, f'vaultkeeper:{path}')}"


def write_vcard(contact: Contact, uid: str = "", version: str = "4.0") -> str:
    """One card, with CRLF line ends; the same bytes for the same contact."""
    given, _, family = contact.name.rpartition(" ")
    lines = [
        "BEGIN:VCARD",
        f"VERSION:{version}",
        PRODUCT,
        f"UID:{escape(stable_uid(contact.path, uid))}",
        f"FN:{escape(contact.name)}",
        f"N:{escape(family)};{escape(given)};;;",
        *_list("NICKNAME", contact.aliases),
        *(f"ORG:{escape(company)}" for company in contact.company),
        *(f"TITLE:{escape(title)}" for title in contact.title),
        *(f"EMAIL:{escape(email)}" for email in contact.email),
        *(f"TEL:{escape(phone)}" for phone in contact.phone),
        *_addresses(contact),
        *_profile(contact.linkedin),
        *(f"URL:{_uri(link)}" for link in contact.links),
        *_list("CATEGORIES", contact.tags),
        *_list("INTEREST" if version == "4.0" else "X-INTEREST", contact.interests),
        *([f"BDAY:{_day(contact.birthday, version)}"] if contact.birthday is not None else []),
        *_special_dates(contact, version),
        "END:VCARD",
    ]
    return lines_of(*lines)


def _list(name: str, values: tuple[str, ...]) -> list[str]:
    return [f"{name}:{','.join(map(escape, values))}"] if values else []


def _addresses(contact: Contact) -> list[str]:
    """`address` stands in the street, `location` in the locality of a place without one."""
    streets = [f"ADR:;;{escape(address)};;;;" for address in contact.address]
    return streets + [f"ADR:;;;{escape(place)};;;" for place in contact.location]


def _profile(address: str) -> list[str]:
    """As the network's page, for programs that know such; and as a page like others."""
    return [f"X-SOCIALPROFILE;TYPE=linkedin:{_uri(address)}", f"URL:{_uri(address)}"] if address else []


def _uri(text: str) -> str:
    return "".join(char for char in text if char.isprintable())


def _day(day: Anniversary, version: str) -> str:
    """4.0 writes `--0517` where there is no year; 3.0 knows none, and 1604 is what programs take for it."""
    if day.year is not None:
        return f"{day.year:04}{day.month:02}{day.day:02}" if version == "4.0" else day.iso()
    return f"--{day.month:02}{day.day:02}" if version == "4.0" else f"1604-{day.month:02}-{day.day:02}"


def _special_dates(contact: Contact, version: str) -> list[str]:
    """With their labels, in the form that address books share."""
    lines = []
    for number, when in enumerate(contact.special_dates, 1):
        lines.append(f"item{number}.X-ABDATE:{_day(when, version)}")
        if when.label:
            lines.append(f"item{number}.X-ABLABEL:{escape(when.label)}")
    return lines
