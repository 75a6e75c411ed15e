"""Two notes of one person made into one: properties united, logs in order, nothing left behind."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vaultkeeper.domain.contact import KEYS
from vaultkeeper.domain.naming import fold
from vaultkeeper.errors import UnsafeNote
from vaultkeeper.notes.fields import key_in_note
from vaultkeeper.notes.front_matter import parse, split
from vaultkeeper.notes.front_matter_edit import add_item, set_value
from vaultkeeper.notes.insert import insert_lines
from vaultkeeper.notes.log import LogReader
from vaultkeeper.notes.merge_items import Items, all_tell, merge_items, read_items
from vaultkeeper.notes.outline import Outline, outline
from vaultkeeper.notes.reading import Reading

_LISTS = frozenset({"list", "anniversaries"})
_SEVERAL = frozenset({"email", "phone", "address", "links", "network"})
_OWN = frozenset({"name", "uid", "last_contact", "next_contact"})


class Clash(NamedTuple):
    """A key of which the two notes hold different single values."""

    key: str
    kept: str
    other: str


def clashes(one: str, other: str, reading: Reading) -> list[Clash]:
    """What has to be chosen; `one`'s values are kept where nobody chooses."""
    mine, theirs = parse(one, "")[0], parse(other, "")[0]
    found = []
    for key, values in theirs.texts.items():
        ours = _our_key(key, reading)
        held = mine.texts.get(key_in_note(ours, mine, reading.keys), ())
        if _is_list(ours, theirs.properties.get(key)) or ours in _OWN or not values or not held:
            continue
        if ours == "status" and values[0] == "new":
            continue
        if fold(held[0]) != fold(values[0]):
            found.append(Clash(ours, held[0], values[0]))
    return found


def unite_notes(
    one: str, other: str, path: str, other_name: str, reading: Reading, chosen: Mapping[str, str]
) -> str:
    """`one` with all that `other` says beside it. `chosen`: key → value for clashes decided for the other.

    Raises UnsafeNote where an entry or a promise of either would not be there any more.
    """
    text = _unite_properties(one, other, path, reading, chosen)
    text = add_item(text, "aliases", other_name, path) if other_name else text
    for heading in (reading.follow_ups, reading.heading):
        text = _unite_section(text, other, path, heading, reading)
    rest = _rest(other, reading)
    if rest:
        lines = text.split("\n")
        at = len(lines) - 1 if lines[-1] == "" and len(lines) > 1 else len(lines)
        insert_lines(lines, at, ["", f"## From {other_name or 'the other note'}", "", *rest])
        text = "\n".join(lines)
    _check(text, (one, other), reading)
    return text


def _our_key(key: str, reading: Reading) -> str:
    return next((ours for ours, spellings in reading.keys.items() if key in spellings), key)


def _is_list(key: str, value: object) -> bool:
    return key in _SEVERAL or KEYS.get(key) in _LISTS or isinstance(value, list)


def _unite_properties(one: str, other: str, path: str, reading: Reading, chosen: Mapping[str, str]) -> str:
    theirs = parse(other, "")[0]
    text = one
    for key, values in theirs.texts.items():
        ours = _our_key(key, reading)
        mine = parse(text, path)[0]
        written = key_in_note(ours, mine, reading.keys)
        if (ours in _OWN and ours != "uid") or not values or (ours == "status" and values[0] == "new"):
            continue
        held = mine.texts.get(written, ())
        if ours in chosen:
            text = set_value(text, written, chosen[ours], path)
        elif not held:
            several = len(values) > 1 or isinstance(theirs.properties.get(key), list)
            text = set_value(text, written, list(values) if several else values[0], path)
        elif _is_list(ours, theirs.properties.get(key)):
            known = {fold(value) for value in held}
            for value in values:
                if fold(value) not in known:
                    text = add_item(text, written, value, path)
    return _with_nested(text, other, path)


def _with_nested(text: str, other: str, path: str) -> str:
    """`text` with the nested values of `other`, as they stand there. Raises UnsafeNote where they differ."""
    theirs, lines = parse(other, "")[0], other.split("\n")
    ends = sorted([*theirs.lines.values(), other.count("\n", 0, split(other).end) + 1])
    for key in [key for key in theirs.properties if key not in theirs.texts]:
        mine = parse(text, path)[0].properties
        if key in mine and mine[key] != theirs.properties[key]:
            raise UnsafeNote(f"both notes have a nested {key!r}; make one of them by hand first")
        if key in mine:
            continue
        first = theirs.lines[key]
        last = next(end for end in ends if end > first)
        added = "".join(f"{line}\n" for line in lines[first - 1 : last - 1])
        block = split(text)
        added = added if block.present else f"---\n{added}---\n"
        text = text[: block.end] + added + text[block.end :]
        after = parse(text, path)[0].properties
        if after != {**mine, key: theirs.properties[key]}:
            raise UnsafeNote(f"the nested {key!r} can't be taken over surely; do it by hand first")
    return text


def _unite_section(text: str, other: str, path: str, heading: str, reading: Reading) -> str:
    """The items of both as one set in order; where a section is more than items, theirs come after ours."""
    theirs = _section(outline(other, parse(other, "")[0].body), heading)
    if not any(line.strip() for line in theirs):
        return text
    note = outline(text, parse(text, path)[0].body)
    found = note.section(heading)
    if found is None:
        lines = text.split("\n")
        at = len(lines) - 1 if lines[-1] == "" and len(lines) > 1 else len(lines)
        insert_lines(lines, at, ["", f"## {heading}", "", *_trimmed(theirs)])
        return "\n".join(lines)
    start, end = found[0].last + 1, found[1]
    mine = [line.rstrip("\r") for line in note.lines[start:end]]
    parts = read_items(mine), read_items(theirs)
    if parts[0] is not None and parts[1] is not None and all_tell(parts[0]) and all_tell(parts[1]):
        merged, clean = merge_items(Items((), 0), parts[0], parts[1], reading.newest_first)
        if clean:
            crlf = any(line.endswith("\r") for line in note.lines[:start])
            note.lines[start:end] = [f"{line}\r" for line in merged] if crlf else merged
            return "\n".join(note.lines)
    insert_lines(note.lines, note.last_filled(start, end) + 1, _trimmed(theirs))
    return "\n".join(note.lines)


def _section(note: Outline, heading: str) -> list[str]:
    found = note.section(heading)
    return [line.rstrip("\r") for line in note.lines[found[0].last + 1 : found[1]]] if found else []


def _trimmed(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return kept


def _rest(other: str, reading: Reading) -> list[str]:
    """What the other note says outside its front matter, its promises and its log."""
    note = outline(other, parse(other, "")[0].body)
    taken: set[int] = set(range(note.body))
    for heading in (reading.follow_ups, reading.heading):
        if found := note.section(heading):
            taken |= set(range(found[0].at, found[1]))
    return _trimmed([line.rstrip("\r") for at, line in enumerate(note.lines) if at not in taken])


def _check(text: str, notes: Sequence[str], reading: Reading) -> None:
    said = _said(text, reading)
    for note in notes:
        missing = _said(note, reading) - said
        if missing:
            raise UnsafeNote(f"the two notes cannot be made one without losing {sorted(missing)[0]!r}")


def _said(text: str, reading: Reading) -> set[str]:
    note = outline(text, parse(text, "")[0].body)
    log = LogReader(note, "", reading.heading, reading.channels).read()
    entries = {f"{e.date} {e.channel} {e.direction} {e.text}" for e in log.interactions}
    return entries | {f"{p.text} {p.due} {p.state}" for p in log.follow_ups}
