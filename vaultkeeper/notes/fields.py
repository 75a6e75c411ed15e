"""Front matter read into a contact: our keys, their other spellings, and what is wrong with a value."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from vaultkeeper.domain.anniversary import Anniversary, parse_anniversary
from vaultkeeper.domain.contact import KEYS, STATUSES, Contact
from vaultkeeper.domain.duration import parse_duration
from vaultkeeper.domain.place import Problem
from vaultkeeper.notes.entry import read_date
from vaultkeeper.notes.front_matter import FrontMatter
from vaultkeeper.notes.reading import Reading

_SPLIT = {
    "tags": re.compile(r"[,\s]+"),
    **dict.fromkeys(("aliases", "relationship", "interests"), re.compile(r",")),
}
_ALWAYS = frozenset({"active", "paused"})
_LONGEST_NAME, _MOST_ALIASES = 200, 100  # characters; names of one person
_LONGEST_MESSAGE = 300  # characters


def key_in_note(key: str, front_matter: FrontMatter, keys: Mapping[str, tuple[str, ...]]) -> str:
    """The spelling of our `key` that the note uses: ours, or the first other one that is present."""
    present = front_matter.properties
    if key not in present:
        for other in keys.get(key, ()):
            if other in present:
                return other
    return key


def read_contact(
    front_matter: FrontMatter, path: str, reading: Reading
) -> tuple[Contact, tuple[Problem, ...]]:
    """The contact that a front matter describes; a value that can't be read is a problem, and left out."""
    stem = path.rsplit("/", 1)[-1][:-3]
    reader = _Reader(front_matter, path, reading, {"name": stem})
    values, found, others = reader.values, front_matter.texts, reading.keys
    for key, read in _READERS.items():
        written, texts = key, found.get(key)
        if texts is None and key in others:
            written = key_in_note(key, front_matter, others)
            texts = found.get(written)
        if texts:
            read(reader, key, written, texts)
    if "title" in values:
        values["title"] = tuple([t for t in values["title"] if t not in (stem, values["name"])])
    if found.get("prm-paused", ())[:1] == ("true",):
        values.setdefault("status", "paused")
    return Contact(path, **values), tuple(reader.problems)


class _Reader:
    """Reads one front matter: each key's value into `values`, or what is wrong with it into `problems`, so
    that the Contact's default stands."""

    def __init__(
        self, front_matter: FrontMatter, path: str, reading: Reading, values: dict[str, Any]
    ) -> None:
        self.front_matter, self.path, self.reading, self.values = front_matter, path, reading, values
        self.problems: list[Problem] = []

    def texts(self, key: str, written: str, texts: tuple[str, ...]) -> None:
        splitter = _SPLIT.get(key)
        if splitter and len(texts) == 1 and isinstance(self.front_matter.properties.get(written), str):
            texts = tuple(splitter.split(texts[0]))
        if key == "tags":
            texts = tuple([text.removeprefix("#") for text in texts])
        found = tuple([text for text in map(str.strip, texts) if text])
        self.values[key] = self._names(written, found) if key == "aliases" else found

    def line(self, key: str, written: str, texts: tuple[str, ...]) -> None:
        line = " ".join(texts[0].split())
        if key == "tier":
            self._check_tier(written, texts[0])
        if key != "name" or self._names(written, (line,)):
            self.values[key] = line

    def cadence(self, key: str, written: str, texts: tuple[str, ...]) -> None:
        if texts[0].strip().lower() in ("none", "never", "no"):
            self.values["no_cadence"] = True
        else:
            self.one(key, written, texts, parse_duration)

    def one(self, key: str, written: str, texts: tuple[str, ...], read: Callable[[str], object]) -> None:
        try:
            self.values[key] = read(texts[0])
        except ValueError as error:
            self._problem(written, 0, f"{written}: {error}")

    def each(self, key: str, written: str, texts: tuple[str, ...], read: Callable[[str], object]) -> None:
        found = []
        for number, text in enumerate(texts):
            try:
                found.append(read(text))
            except ValueError as error:
                self._problem(written, number, f"{written}: {error}")
        self.values[key] = tuple(found)

    def _names(self, written: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those that somebody can be called: each further word of a name is one to be found by."""
        kept = tuple(name for name in names if len(name) <= _LONGEST_NAME)[:_MOST_ALIASES]
        if len(kept) < len(names):
            bounds = f"names of over {_LONGEST_NAME} characters, or more than {_MOST_ALIASES}"
            self._problem(written, 0, f"{written}: {bounds}, are not used")
        return kept

    def _check_tier(self, written: str, tier: str) -> None:
        known = self.reading.tiers
        if written != "tier" or tier in known:
            return
        if tier.casefold() not in {name.casefold() for name in known}:
            self._problem(written, 0, f"unknown tier {tier!r}; the config has {', '.join(known)}")

    def _problem(self, written: str, item: int, message: str) -> None:
        lines = self.front_matter.item_lines.get(written, ())
        line = lines[item] if item < len(lines) else self.front_matter.lines.get(written, 1)
        message = message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"
        self.problems.append(
            Problem(self.path, line, message, mend=f"Correct `{written}` in the front matter.")
        )


def _day(text: str) -> date:
    dated = read_date(text.strip())
    if dated is None:
        raise ValueError(f"{text!r} is not a date such as 2026-11-20")
    if dated.day is None:
        raise ValueError(f"{text!r}: there is no such day")
    return dated.day


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 3:
        raise ValueError(f"{text!r} is not a number from 0 to 3")
    return number


def _status(text: str) -> str:
    status = text.strip().lower()
    if status not in STATUSES:
        raise ValueError(f"{text!r} is not one of {', '.join(STATUSES)}")
    return status


# How each kind of key is read.
_READ: Mapping[str, Callable[[_Reader, str, str, tuple[str, ...]], None]] = {
    "text": _Reader.texts,
    "list": _Reader.texts,
    "line": _Reader.line,
    "link": _Reader.line,
    "cadence": _Reader.cadence,
    "date": partial(_Reader.one, read=_day),
    "number": partial(_Reader.one, read=_number),
    "status": partial(_Reader.one, read=_status),
    "anniversary": partial(_Reader.one, read=parse_anniversary),
    "anniversaries": partial(_Reader.each, read=parse_anniversary),
}
_READERS = {key: _READ[kind] for key, kind in KEYS.items() if key != "next_contact"}


def contact_fields(contact: Contact) -> dict[str, object]:
    """Our keys with what was read of them, as JSON values; keys that the note lacks are left out."""
    fields: dict[str, object] = {}
    for key, kind in KEYS.items():
        value = getattr(contact, key, None)
        if key == "cadence" and contact.no_cadence:
            value = "none"
        if value in (None, "", ()) or (kind == "number" and not value):
            continue
        fields[key] = _json(value, kind)
    return fields


def _json(value: object, kind: str) -> object:
    if type(value) is tuple:
        items = [_json(item, kind) for item in value]
        return items[0] if kind == "text" and len(items) == 1 else items
    if isinstance(value, Anniversary):
        return f"{value.iso()} {value.label}".strip()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, (str, int)) else str(value)
