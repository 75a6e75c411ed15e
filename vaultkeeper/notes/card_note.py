"""A card put into a contact's note: its values, its remarks and its traces; all other bytes stay."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from vaultkeeper.domain.card import Card, Trace, one_a_day, remark
from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.domain.contact import KEYS
from vaultkeeper.domain.filling import Filling, Given, fill, held
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.memory import KEY, Memory, replaced
from vaultkeeper.errors import UnsafeNote
from vaultkeeper.notes.entry import read_head, write_entry
from vaultkeeper.notes.fields import key_in_note, read_contact
from vaultkeeper.notes.front_matter import parse, split
from vaultkeeper.notes.front_matter_edit import add_item, set_value
from vaultkeeper.notes.insert import add_entries, add_follow_up
from vaultkeeper.notes.log import LogReader
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.reading import Reading
from vaultkeeper.notes.yaml_scalar import written

Value = str | int | float | list[str]
Key = tuple[date, str | None, str | None]

REMARKS = "Notes"  # the section that remarks go to
_LISTS = frozenset(key for key, kind in KEYS.items() if kind in ("list", "anniversaries")) | {KEY}
_SPOKEN = tuple(channel for channel, direction in DIRECTIONS.items() if direction == "both")


def make_note(text: str, path: str, card: Card, memory: Memory, reading: Reading) -> str:
    """The note `text`, as a template gives it, filled from `card`."""
    values = {key: _value(key, texts) for key, texts in card.values.items()}
    if card.uid:
        values["uid"] = card.uid
    text = add_values(text, {**values, KEY: [str(memory)]}, path, reading)
    text = _with_remarks(text, path, card.remarks, reading)
    return with_traces(text, path, settle(card.traces, reading), reading)


def fill_note(text: str, path: str, given: Given, reading: Reading) -> str:
    """`text` with what `given` adds to its front matter and remarks."""
    filling = plan_filling(text, path, given, reading)
    if filling.memory is None:
        return text
    text = add_values(text, {key: _value(key, texts) for key, texts in filling.new.items()}, path, reading)
    for key, texts in filling.added.items():
        place = key_in_note(key, parse(text, path)[0], reading.keys)
        for item in texts:
            text = add_item(text, place, item, path)
    for key, texts in filling.instead.items():
        place = key_in_note(key, parse(text, path)[0], reading.keys)
        text = set_value(text, place, _value(key, texts), path)
    memories = parse(text, path)[0].texts.get(KEY, ())
    text = set_value(text, KEY, replaced(memories, filling.memory), path)
    return _with_remarks(text, path, filling.remarks, reading)


def plan_filling(text: str, path: str, given: Given, reading: Reading) -> Filling:
    """What `given` adds to the note."""
    front_matter, _ = parse(text, path)
    contact, _ = read_contact(front_matter, path, reading)
    lines = {line.strip().removeprefix("- ") for line in text[front_matter.body :].splitlines()}
    return fill(given, contact, held(front_matter.properties, reading.keys), lines)


def add_values(text: str, values: Mapping[str, Value], path: str, reading: Reading) -> str:
    """`text` with `values` (our keys) in its front matter, in one splice for all that it lacks.

    Raises UnsafeNote where the result would not be read as just that.
    """
    before, problems = parse(text, path)
    places = {key: key_in_note(key, before, reading.keys) for key in values}
    missing = {key: value for key, value in values.items() if places[key] not in before.properties}
    block = split(text)
    indented = text[block.start : block.start + 1] in (" ", "\t")
    if problems or indented:
        missing = {}
    lines: list[str] = []
    for key, value in missing.items():
        if not isinstance(value, list):
            lines.append(f"{written(key)}: {written(value)}")
        else:
            lines += [f"{written(key)}:", *(f"  - {written(item)}" for item in value)]
    if lines:
        lines = lines if block.present else ["---", *lines, "---"]
        example = text.find("\n", max(block.end - 1, 0))
        newline = "\r\n" if example > 0 and text[example - 1] == "\r" else "\n"
        new = text[: block.end] + "".join(line + newline for line in lines) + text[block.end :]
        _check_values(text[before.body :], {**before.properties, **missing}, new, path)
        text = new
    for key, value in values.items():
        if key not in missing:
            text = set_value(text, places[key], value, path)
    return text


def _check_values(body: str, properties: Mapping[str, object], new: str, path: str) -> None:
    after, problems = parse(new, path)
    if problems or repr(after.properties) != repr(properties) or new[after.body :] != body:
        raise UnsafeNote(f"{path}: its front matter can't be added to surely; the note is left as it is")


def _value(key: str, texts: Sequence[str]) -> Value:
    """As `set` writes it: a list where the key is one, or where there are several; a number as such."""
    if KEYS.get(key) == "number":
        number = float(texts[0])
        return int(number) if number.is_integer() else number
    several = key in _LISTS or len(texts) > 1
    return list(texts) if several else texts[0]


def _with_remarks(text: str, path: str, remarks: Iterable[str], reading: Reading) -> str:
    """Each as an item of the section Notes, which is made above the promises."""
    lines = [f"- {remark(line)}" for line in remarks]
    for line in lines:
        body = parse(text, path)[0].body
        above = reading.follow_ups if outline(text, body).section(reading.follow_ups) else reading.heading
        text = add_follow_up(text, body, line, REMARKS, above)
    return text


def settle(traces: Iterable[Trace], reading: Reading) -> list[Trace]:
    """One a day, channel and direction; a channel that a text begins with, and the direction that the log's
    grammar gives each, filled in: what reading the written entry gives."""
    settled = []
    for trace in traces:
        if trace.channel is None:
            head = read_head(trace.text, reading.channels)
            trace = trace._replace(channel=head.channel, direction=head.direction, text=head.text)
        elif trace.direction is None:
            trace = trace._replace(direction=reading.channels.get(trace.channel))
        settled.append(trace)
    return one_a_day(settled)


def lacking(traces: Iterable[Trace], known: Collection[Key]) -> list[Trace]:
    """Those of which there is no entry yet; an exchange stands for both directions, and a meeting of any
    kind for the calendar's."""
    return [trace for trace in traces if not _is_known(trace, known)]


def _is_known(trace: Trace, known: Collection[Key]) -> bool:
    day, channel, _ = trace.key
    if trace.key in known or (day, channel, "both") in known:
        return True
    return channel == "meeting" and any((day, spoken, "both") in known for spoken in _SPOKEN)


def keys_of(interactions: Iterable[Interaction]) -> frozenset[Key]:
    return frozenset((entry.date, entry.channel, entry.direction) for entry in interactions)


def with_traces(
    text: str, path: str, traces: Sequence[Trace], reading: Reading, elsewhere: Collection[Key] = ()
) -> str:
    """`text` with an entry for each of the settled `traces` that has none in its log or `elsewhere`.

    Raises UnsafeNote where an entry would not be read back.
    """
    if not traces:
        return text
    body = parse(text, path)[0].body
    before = _interactions(text, body, path, reading)
    new = lacking(traces, keys_of(before) | frozenset(elsewhere))
    if not new:
        return text
    entries = [(_entry(trace, reading), "") for trace in new]
    after = add_entries(text, body, entries, reading.heading, reading.newest_first)
    if len(_interactions(after, body, path, reading)) != len(before) + len(new):
        raise UnsafeNote(
            f"{path}: entries at the end of its {reading.heading} section would not be read back"
            " (an unclosed code fence?); the note is left as it is"
        )
    return after


def _entry(trace: Trace, reading: Reading) -> str:
    own = reading.channels.get(trace.channel) if trace.channel else None
    implied = trace.direction == own and own not in ("in", "out")
    return write_entry(
        trace.day,
        trace.text,
        reading.channels,
        time=trace.time,
        channel=trace.channel,
        direction=None if implied else trace.direction,
    )


def _interactions(text: str, body: int, path: str, reading: Reading) -> Sequence[Interaction]:
    note = outline(text, body)
    return LogReader(note, path, reading.heading, reading.channels).read().interactions
