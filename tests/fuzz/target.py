"""What is fuzzed: each target reads bytes, and raises where a promise is broken. `make fuzz` looks for such bytes with
atheris; `test_found` tries those that were found, and Hypothesis looks for some more."""

import contextlib
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO

from vaultkeeper.config import parse_config
from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.domain.memory import Memory
from vaultkeeper.domain.naming import fold, name_key, safe_stem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.format import FORMATS, Asked, Source
from vaultkeeper.notes.card_note import make_note
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import add_item, remove_key, set_value
from vaultkeeper.notes.generated import compose, digest_of, read_generated
from vaultkeeper.notes.insert import add_entry, add_follow_up
from vaultkeeper.notes.merge import merge_notes
from vaultkeeper.notes.note import read_note
from vaultkeeper.notes.reading import Reading
from vaultkeeper.notes.relink import relink
from vaultkeeper.notes.spoken import read_day, read_said
from vaultkeeper.notes.task import cancel, move, read_task, tick
from vaultkeeper.notes.ticks import read_ticks

TODAY = date(2026, 11, 23)
PATH = "People/X.md"
READING = Reading(tags=("person",))
PARTED = "\f"
"""Parts a text into several, where a target takes more than one."""


def fuzz_note(text: str) -> None:
    """Reading never raises, whatever kind of note it is."""
    for path in (PATH, "2026-11-20.md", "Events/X.md", "Me/News.md", "a.md"):
        for problem in read_note(text, path, READING).problems:
            assert problem.path == path
            assert 1 <= problem.line <= text.count("\n") + 1


def fuzz_front_matter(text: str) -> None:
    """A value that is set stands there afterwards, and the rest of the note is as it was."""
    before, problems = parse(text, PATH)
    for change, expected in (
        (partial(set_value, text, "tier", "B"), ("B",)),
        (partial(add_item, text, "tags", "new"), (*before.texts.get("tags", ()), "new")),
        (partial(remove_key, text, "tier"), None),
    ):
        try:
            after = change(PATH)
        except VaultkeeperError:
            continue
        assert not problems
        found, wrong = parse(after, PATH)
        assert not wrong
        assert after[found.body :] == text[before.body :] or not before.properties
        key = "tags" if (expected and len(expected) > 1) or expected == ("new",) else "tier"
        assert found.texts.get(key) == expected or (expected and set(found.texts[key]) == set(expected))
        others = {name for name in (*before.properties, *found.properties) if name != key}
        assert all(repr(found.properties.get(name)) == repr(before.properties.get(name)) for name in others)


def fuzz_log(text: str) -> None:
    """Lines are added, and no other line changes."""
    body = parse(text, PATH)[0].body
    for newest_first in (False, True):
        after = add_entry(text, body, "2026-11-20 call: x", "more", "Log", newest_first)
        _check_kept(text, add_follow_up(after, body, "- [ ] do it", "Follow-ups", "Log"))


def _check_kept(before: str, after: str) -> None:
    lines = iter(_lines(after))
    assert all(line in lines for line in _lines(before))


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.removeprefix("\ufeff").removesuffix("\n").split("\n")]


def fuzz_task(text: str) -> None:
    """A promise that is ticked, moved or given up is read as such."""
    for line in text.split("\n"):
        task = read_task(line)
        if task is None:
            continue
        done, moved, gone = (
            read_task(tick(line, TODAY)),
            read_task(move(line, TODAY)),
            read_task(cancel(line, TODAY)),
        )
        assert done is not None and done.state == "done"
        assert moved is not None and (moved.due == TODAY or moved.mark != " ")
        assert gone is not None and gone.state == "cancelled"


def fuzz_take_in(text: str) -> None:
    """A generated note, as written and as a person has left it."""
    original, _, typed = text.partition(PARTED)
    ticks = read_ticks(typed, digest_of(original), original, DIRECTIONS)
    read_ticks(typed, digest_of(original), None, DIRECTIONS)
    assert not (ticks.lines or ticks.nested) or typed != original or "[" in original
    note = read_generated(compose(original, "2026-11-20"))
    assert note is not None and note.body == original.replace("\r\n", "\n")


def fuzz_merge(text: str) -> None:
    """What both sides have stays; where only one has changed, it is theirs or ours as it is."""
    base, _, rest = text.partition(PARTED)
    ours, _, theirs = rest.partition(PARTED)
    merged = merge_notes(base, ours, theirs, READING, _merge_lines)
    assert merge_notes(base, ours, base, READING, _merge_lines).text == ours
    assert merge_notes(base, base, theirs, READING, _merge_lines).text == theirs
    assert merged.clean or "<<<<<<<" in merged.text


def _merge_lines(base: str, ours: str, theirs: str, size: int, show_base: bool) -> str:
    """The whole text is one place, so that no git is needed."""
    if ours == theirs or base in (ours, theirs):
        return ours if base != ours else theirs
    shown = f"{'|' * size} base\n{base}" if show_base else ""
    return f"{'<' * size} ours\n{ours}{shown}{'=' * size}\n{theirs}{'>' * size} theirs\n"


def fuzz_words(text: str) -> None:
    """What a person types: names, spoken dates, entries; and links that a new name changes."""
    with contextlib.suppress(VaultkeeperError):  # a day that does not exist
        read_said(text, DIRECTIONS, TODAY)
    for back in (False, True):
        with contextlib.suppress(VaultkeeperError):
            read_day(text, TODAY, back=back)
    assert fold(fold(text)) == fold(text)
    name_key(text)
    stem = safe_stem(text)
    assert safe_stem(stem) == stem and len(stem.encode()) <= 120 and "/" not in stem
    assert relink(text, lambda _: False, "People/New.md", 1) == text
    relink(text, lambda _: True, "People/New.md", 2)


def fuzz_config(text: str) -> None:
    """Read, or refused by its line."""
    try:
        parse_config(text)
    except VaultkeeperError as error:
        assert str(error).startswith("vaultkeeper.toml:")


def fuzz_import(name: str, data: bytes) -> None:
    """A bad row is a problem; of a card a note can be made that is read again."""
    source = Source("F", BytesIO(data))
    asked = Asked(TODAY, ("me@example.org",), columns={"name": "Name"} if name == "csv" else {})
    try:
        parsed = FORMATS[name].parse([source], asked)
    except VaultkeeperError:
        return
    for card in parsed.cards:
        try:
            text = make_note("---\n---\n\n# X\n", PATH, card, Memory("x", ()), READING)
        except VaultkeeperError:
            continue
        assert not [problem for problem in read_note(text, PATH, READING).problems if problem.unsafe]


def _on_text(target: Callable[[str], None], data: bytes) -> None:
    target(data.decode("utf-8", "replace"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    name: partial(_on_text, target)
    for name, target in {
        "note": fuzz_note,
        "front-matter": fuzz_front_matter,
        "log": fuzz_log,
        "task": fuzz_task,
        "take-in": fuzz_take_in,
        "merge": fuzz_merge,
        "words": fuzz_words,
        "config": fuzz_config,
    }.items()
} | {f"import-{name}": partial(fuzz_import, name) for name in FORMATS}
