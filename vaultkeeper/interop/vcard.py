"""vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as phones and mail programs write them.

Pictures, sounds and keys are left out. Of what a card says twice, the preferred one (PREF) comes first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vaultkeeper.domain.anniversary import parse_anniversary
from vaultkeeper.domain.card import FAMILY, Card, compose_name, make_values, part_links
from vaultkeeper.domain.naming import plain
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.content_line import ContentLine, read_content_lines, split_value, unescape
from vaultkeeper.interop.encoding import decode
from vaultkeeper.interop.format import Asked, Parsed, Source

_NO_YEAR = 1604  # what Apple writes where it has none, with X-APPLE-OMIT-YEAR
_DATE = re.compile(r"(\d{4}|--)-?(\d\d)-?(\d\d)(?:[T ].*)?")
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")
_OWN_GROUPS = frozenset({"mycontacts", "starred", "my contacts"})
_UNLABELLED = {"ANNIVERSARY": "anniversary", "X-ANNIVERSARY": "anniversary", "X-ABDATE": ""}
_LEAST_PREFERRED = 100
_KINDS = ("KIND", "X-ADDRESSBOOKSERVER-KIND")


@dataclass(slots=True)
class _Open:
    """A card being read; `depth` counts cards within it (AGENT)."""

    line: int
    lines: dict[str, list[ContentLine]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[str, str] = field(default_factory=dict)
    depth: int = 0


def parse(sources: Iterable[Source], asked: Asked) -> Parsed:
    cards: list[Card] = []
    problems: list[Problem] = []
    skipped: dict[str, int] = defaultdict(int)
    said: list[str] = []
    rows, known = 0, False
    for source in sources:
        text, told = decode(source.stream.read(), source.name, asked.encoding)
        said += [told] if told else []
        for found in _cards(text, source.name, problems):
            known = True
            if found is None:
                continue
            rows += 1
            card, reason = _read(found, source.name, problems)
            if card is not None:
                cards.append(card)
            else:
                skipped[reason] += 1
        if not known:
            raise VaultkeeperError(f"{source.name}: no BEGIN:VCARD found: is it a vCard file?")
    return Parsed(tuple(cards), rows, tuple(problems), dict(skipped), tuple(dict.fromkeys(said)))


def _cards(text: str, name: str, problems: list[Problem]) -> Iterator[_Open | None]:
    """Each whole card; None for one that is cut off, which is told."""
    card: _Open | None = None
    last = ""
    for line in read_content_lines(text):
        kind = line.value.strip().upper() if line.name in ("BEGIN", "END") else ""
        if line.name == "BEGIN" and kind == "VCARD":
            if card is not None and last == "AGENT":
                card.depth += 1
            else:
                if card is not None:
                    problems.append(_cut_off(card, name))
                    yield None
                card = _Open(line.line)
        elif card is None:
            continue
        elif line.name == "END" and kind == "VCARD":
            if card.depth:
                card.depth -= 1
            else:
                yield card
                card = None
        elif not line.good and not card.depth:
            message = f"not a line of a vCard: {plain(line.value)[:40]!r}; it is left out"
            problems.append(Problem(name, line.line, message))
        elif not card.depth:
            card.lines[line.name].append(line)
            if line.name == "X-ABLABEL":
                card.groups[line.group] = line.value
        last = line.name
    if card is not None:
        problems.append(_cut_off(card, name))
        yield None


def _cut_off(card: _Open, name: str) -> Problem:
    return Problem(name, card.line, "this card is cut off: it has no END:VCARD; it is left out")


def _read(card: _Open, name: str, problems: list[Problem]) -> tuple[Card | None, str]:
    """The card, or why it is none."""
    lines = card.lines
    kinds = {line.value.strip().casefold() for key in _KINDS for line in lines[key]}
    if "group" in kinds:
        return None, "lists of people"
    companies = [split_value(line.value, ";")[0] for line in lines["ORG"]]
    whole = _name(lines) or plain(next(iter(companies), ""))
    if not whole:
        return None, "without a name"
    linkedin, links = _links(lines)
    values = make_values(
        aliases=_several(lines["NICKNAME"]),
        company=companies,
        title=[unescape(line.value) for line in lines["TITLE"] or lines["ROLE"]],
        email=[unescape(line.value) for line in _preferred(lines["EMAIL"])],
        phone=[_phone(line.value) for line in _preferred(lines["TEL"])],
        address=_addresses(lines["ADR"]),
        location=_places(lines["ADR"]),
        linkedin=linkedin,
        links=links,
        tags=[text for text in _several(lines["CATEGORIES"]) if text.casefold() not in _OWN_GROUPS],
        interests=_several([*lines["INTEREST"], *lines["X-INTEREST"], *lines["HOBBY"]]),
        family=[f"{name}, {tie}" for name, tie in _relations(card) if tie in FAMILY],
        birthday=[day for line in lines["BDAY"][:1] if (day := _day(line, name, problems))],
        special_dates=_special_dates(card, name, problems),
    )
    uid = next((plain(unescape(line.value)) for line in lines["UID"]), "")
    remarks = [text for line in lines["NOTE"] for text in unescape(line.value).splitlines() if text.strip()]
    return Card(card.line, whole, values, uid, remarks=tuple(remarks)), ""


def _name(lines: Mapping[str, list[ContentLine]]) -> str:
    """FN, or N put together: family; given; additional; prefixes; suffixes."""
    for line in lines["FN"]:
        if whole := plain(unescape(line.value)):
            return whole
    for line in lines["N"]:
        family, given, additional, _, suffix = [*split_value(line.value, ";"), "", "", "", "", ""][:5]
        return compose_name(f"{given} {additional}", f"{family} {suffix}")
    return ""


def _preferred(lines: list[ContentLine]) -> list[ContentLine]:
    def rank(line: ContentLine) -> int:
        written = next(iter(line.parameters.get("PREF", ())), "")
        return int(written) if written.isdecimal() else 1 if line.is_a("pref") else _LEAST_PREFERRED

    return sorted(lines, key=rank)


def _several(lines: list[ContentLine]) -> list[str]:
    return [text for line in lines for text in split_value(line.value, ",")]


def _phone(value: str) -> str:
    """A `tel:` address (RFC 3966) as a person writes it."""
    bare = unescape(value).strip()
    return re.sub(r";ext=", " ext ", bare[4:], flags=re.I) if bare[:4].casefold() == "tel:" else bare


def _links(lines: Mapping[str, list[ContentLine]]) -> tuple[str, list[str]]:
    """The LinkedIn profile, and the other pages."""
    profile, found = "", []
    for line in (*lines["X-SOCIALPROFILE"], *lines["SOCIALPROFILE"], *lines["URL"]):
        text = unescape(line.value).strip()
        if line.is_a("linkedin") and text and not profile:
            profile = text if "/" in text else f"https://www.linkedin.com/in/{text.removeprefix('x-apple:')}"
        elif text.startswith(("http", "www.")) or line.name == "URL":
            found.append(text)
    return part_links(found, profile)


def _addresses(lines: list[ContentLine]) -> list[str]:
    """`Street, 12345 Town, Country` of those that name a street or a post box."""
    found = []
    for line in lines:
        box, more, street, town, region, code, country = _parts(line)
        if box or more or street:
            place = " ".join(filter(None, (code, town)))
            found.append(", ".join(filter(None, (street, more, box, place, region, country))))
    return found


def _places(lines: list[ContentLine]) -> list[str]:
    """`Town, Country` of those that name no street; else of the first that does."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for line in _preferred(lines):
        box, more, street, town, region, _, country = _parts(line)
        if place := ", ".join(filter(None, (town or region, country))):
            found[bool(box or more or street)].append(place)
    return found[False] or found[True][:1]


def _parts(line: ContentLine) -> list[str]:
    return [plain(part) for part in [*split_value(line.value, ";"), *[""] * 7][:7]]


def _day(line: ContentLine, name: str, problems: list[Problem]) -> str:
    """ISO, without a year where the card has none (`--0517`, or Apple's 1604)."""
    written = unescape(line.value).strip()
    match = _DATE.fullmatch(written)
    if match is not None:
        no_year = match[1] == "--" or int(match[1]) == _NO_YEAR
        try:
            day = f"{match[2]}-{match[3]}" if no_year else f"{match[1]}-{match[2]}-{match[3]}"
            return parse_anniversary(day).iso()
        except ValueError:
            pass
    if written:
        said = f"{line.name}: {plain(written)!r} is no day; it is left out"
        problems.append(Problem(name, line.line, said))
    return ""


def _label(card: _Open, line: ContentLine) -> str:
    """What Apple's programs call the line: of their own labels the word."""
    label = unescape(card.groups.get(line.group, "")) if line.group else ""
    return _APPLE_LABEL.sub(lambda m: m[1].lower(), label)


def _relations(card: _Open) -> Iterator[tuple[str, str]]:
    """(name, what they are); a card that is only pointed to has no name here."""
    for line in card.lines["X-ABRELATEDNAMES"]:
        yield unescape(line.value), _label(card, line).lower()
    for line in card.lines["RELATED"]:
        if "text" in map(str.casefold, line.parameters.get("VALUE", ())):
            yield from ((unescape(line.value), tie.casefold()) for tie in line.parameters.get("TYPE", ()))


def _special_dates(card: _Open, name: str, problems: list[Problem]) -> list[str]:
    found = []
    for key in _UNLABELLED:
        for line in card.lines[key]:
            label = _label(card, line)
            if day := _day(line, name, problems):
                found.append(f"{day} {label or _UNLABELLED[key]}".strip())
    return found
