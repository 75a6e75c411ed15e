"""Contacts that are likely one person: the same address, or nearly the same name (for `doctor`)."""

from collections import defaultdict
from collections.abc import Iterable

from vaultkeeper.domain.address import email_key, phone_key, profile_key
from vaultkeeper.domain.company import company_key
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.naming import fold

_NEAR = 92  # per cent alike, of 100


def find_doubles(contacts: Iterable[Contact]) -> list[tuple[Contact, Contact, str]]:
    """(one, other, why), by path; each pair once. Namesakes with other addresses, companies or profiles are
    two."""
    known = sorted(contacts, key=lambda contact: contact.path)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, contact in enumerate(known):
        for key in filter(None, map(email_key, contact.email)):
            groups["the same address", key].append(number)
        if contact.linkedin and (profile := profile_key(contact.linkedin)):
            groups["the same profile", profile].append(number)
        words = fold(contact.name).split()
        for word in {words[-1], words[0]} if len(words) > 1 else ():
            groups["nearly the same name", word].append(number)
    found: dict[tuple[int, int], str] = {}
    for (why, _), numbers in groups.items():
        for at, one in enumerate(numbers):
            for other in numbers[at + 1 :]:
                if why != "nearly the same name" or _alike(known[one], known[other]):
                    found.setdefault((one, other), why)
    return [(known[one], known[other], why) for (one, other), why in sorted(found.items())]


def _alike(one: Contact, other: Contact) -> bool:
    profiles = {profile_key(one.linkedin), profile_key(other.linkedin)} - {""}
    if len(profiles) > 1:
        return False
    mine, theirs = (" ".join(sorted(fold(c.name).split())) for c in (one, other))
    if mine != theirs:
        if abs(len(mine) - len(theirs)) > 3:
            return False
        from rapidfuzz import fuzz

        if fuzz.ratio(mine, theirs) < _NEAR:
            return False
    apart = (
        (email_key, one.email, other.email),
        (company_key, one.company, other.company),
        (phone_key, one.phone, other.phone),
    )
    return not any(a and b and {*map(key, a)}.isdisjoint(map(key, b)) for key, a, b in apart)
