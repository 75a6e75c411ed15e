"""Front matter read into a contact: our keys, their other spellings, and what is wrong with a value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from vaultkeeper.domain.anniversary import Anniversary, parse_anniversary
from vaultkeeper.domain.contact import KEYS, STATUSES, Contact
from vaultkeeper.domain.duration import Duration, parse_duration
from vaultkeeper.domain.place import Problem
from vaultkeeper.notes.entry import read_date
from vaultkeeper.notes.front_matter import FrontMatter
from vaultkeeper.notes.reading import Reading

T = TypeVar("T")
_SPLIT = {
    "tags": re.compile(r"[,\s]+"),
    **dict.fromkeys(("aliases", "relationship", "interests"), re.compile(r",")),
}
_ALWAYS = frozenset({"active", "paused"})
_LONGEST_NAME, _MOST_ALIASES = 200, 100  # characters; names of one person
_LONGEST_MESSAGE = 300  # characters


def key_in_note(key: str, front_matter: FrontMatter, keys: Mapping[str, tuple[str, ...]]) -> str:
    """The spelling of our `key` that the note uses: ours, or the first other one that is present."""
    if key in front_matter.texts or key in front_matter.properties:
        return key
    return next((other for other in keys.get(key, ()) if other in front_matter.properties), key)


def read_contact(
    front_matter: FrontMatter, path: str, reading: Reading
) -> tuple[Contact, tuple[Problem, ...]]:
    """The contact that a front matter describes; a value that can't be read is a problem, and left out."""
    reader = _Reader(front_matter, path, reading)
    stem = path.rsplit("/", 1)[-1][:-3]
    values: dict[str, Any] = {"name": stem}
    for key, kind in KEYS.items():
        if key != "next_contact" and (key in front_matter.texts or key in reading.keys):
            values |= reader.read(key, kind)
    values["title"] = tuple(t for t in values.get("title", ()) if t not in (stem, values["name"]))
    if reader.says("prm-paused", "true"):
        values.setdefault("status", "paused")
    return Contact(path=path, **values), tuple(reader.problems)


@dataclass(slots=True)
class _Reader:
    front_matter: FrontMatter
    path: str
    reading: Reading
    problems: list[Problem] = field(default_factory=list)

    def says(self, key: str, value: str) -> bool:
        return self.front_matter.texts.get(key, ("",))[:1] == (value,)

    def read(self, key: str, kind: str) -> dict[str, Any]:
        """{} where the key is missing or unreadable, so that the Contact's default stands."""
        written = key_in_note(key, self.front_matter, self.reading.keys)
        texts = self.front_matter.texts.get(written, ())
        if not texts:
            return {}
        match kind:
            case "text" | "list":
                found = self._texts(key, written, texts)
                return {key: self._names(written, found) if key == "aliases" else found}
            case "date":
                day = self._one(written, texts, _day)
                return {} if day is None else {key: day}
            case "anniversary":
                when = self._one(written, texts, parse_anniversary)
                return {} if when is None else {key: when}
            case "anniversaries":
                return {key: self._each(written, texts, parse_anniversary)}
            case "cadence":
                return self._cadence(written, texts)
            case "number":
                number = self._one(written, texts, _number)
                return {} if number is None else {key: number}
            case "status":
                status = self._one(written, texts, _status)
                return {} if status is None else {key: status}
        if key == "tier":
            self._check_tier(written, texts[0])
        line = " ".join(texts[0].split())
        return {key: line} if key != "name" or self._names(written, (line,)) else {}

    def _names(self, written: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Those that somebody can be called: each further word of a name is one to be found by."""
        kept = tuple(name for name in names if len(name) <= _LONGEST_NAME)[:_MOST_ALIASES]
        if len(kept) < len(names):
            bounds = f"names of over {_LONGEST_NAME} characters, or more than {_MOST_ALIASES}"
            self._problem(written, 0, f"{written}: {bounds}, are not used")
        return kept

    def _texts(self, key: str, written: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        splitter = _SPLIT.get(key)
        if splitter and len(texts) == 1 and isinstance(self.front_matter.properties.get(written), str):
            texts = tuple(splitter.split(texts[0]))
        if key == "tags":
            texts = tuple(text.removeprefix("#") for text in texts)
        return tuple(text.strip() for text in texts if text.strip())

    def _cadence(self, written: str, texts: tuple[str, ...]) -> dict[str, Any]:
        if texts[0].strip().lower() in ("none", "never", "no"):
            return {"no_cadence": True}
        cadence: Duration | None = self._one(written, texts, parse_duration)
        return {} if cadence is None else {"cadence": cadence}

    def _check_tier(self, written: str, tier: str) -> None:
        known = self.reading.tiers
        if written == "tier" and tier.casefold() not in {name.casefold() for name in known}:
            self._problem(written, 0, f"unknown tier {tier!r}; the config has {', '.join(known)}")

    def _one(self, written: str, texts: tuple[str, ...], read: Callable[[str], T]) -> T | None:
        found = self._each(written, texts[:1], read)
        return found[0] if found else None

    def _each(self, written: str, texts: tuple[str, ...], read: Callable[[str], T]) -> tuple[T, ...]:
        found = []
        for number, text in enumerate(texts):
            try:
                found.append(read(text))
            except ValueError as error:
                self._problem(written, number, f"{written}: {error}")
        return tuple(found)

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
