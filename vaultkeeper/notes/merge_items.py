"""Log entries and tasks of three versions of a note merged as sets, in order.

An item is a list item with what is indented under it, or a dated heading with its text. What either side
added is there once; what either side took away is gone; what both changed differently is a conflict, marked
around that one item. Where both added in one place, their items stand by date.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from vaultkeeper.notes.entry import day_of, read_date
from vaultkeeper.notes.log import ITEM
from vaultkeeper.notes.task import TASK, cancel, read_task, tick
from vaultkeeper.notes.weave import pick, weave

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_STAMP = re.compile(r"[ \t]*(?:✅|❌)\ufe0f?[ \t]*(\d{4}-\d{2}-\d{2})")
_BOX = re.compile(r"^\[.\][ \t]+")
_ALIKE = 0.6  # of 1: the same item, changed
_MOST = 10_000_000  # pairs of characters, of items compared by their words


class Item(NamedTuple):
    """`lines` without the blank lines after it, of which there are `gap`."""

    lines: tuple[str, ...]
    gap: int

    @property
    def said(self) -> tuple[str, ...]:
        """By which two items are the same."""
        return tuple(line.rstrip() for line in self.lines)

    @property
    def task(self) -> str | None:
        """A task's text without its fields: by this it is known again when it was ticked."""
        task = read_task(self.lines[0])
        return task.text if task is not None and task.text else None

    @property
    def day(self) -> date | None:
        heading, item = _HEADING.fullmatch(self.lines[0]), ITEM.fullmatch(self.lines[0])
        text = heading[1] if heading else item[2] if item else ""
        dated = read_date(_BOX.sub("", text))
        return dated.day if dated is not None else None


class Items(NamedTuple):
    """A part of a note that is nothing but items, after `lead` blank lines."""

    items: tuple[Item, ...]
    lead: int

    @property
    def tail(self) -> int:
        return self.items[-1].gap if self.items else 0


def read_items(lines: Sequence[str]) -> Items | None:
    """None where there is anything else than items, blank lines, and lines that belong to an item."""
    headings = [match[1] for line in lines if (match := _HEADING.fullmatch(line))]
    by_heading = bool(headings)
    if not all(read_date(heading) for heading in headings):
        return None
    begins = _HEADING.fullmatch if by_heading else _begins_item
    starts = [at for at, line in enumerate(lines) if begins(line)]
    first = starts[0] if starts else len(lines)
    if any(line.strip() for line in lines[:first]):
        return None
    items = []
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        last = end
        while not lines[last - 1].strip():
            last -= 1
        if not by_heading and any(line[:1] not in (" ", "\t", "") for line in lines[start + 1 : last]):
            return None
        items.append(Item(tuple(lines[start:last]), end - last))
    return Items(tuple(items), first)


def _begins_item(line: str) -> bool:
    match = ITEM.fullmatch(line)
    return match is not None and len(match[1].expandtabs(4)) < 2


def all_tell(items: Items) -> bool:
    """Whether each is a task or dated, and so at home in a set; other lists are text."""
    return all(item.task is not None or item.day is not None for item in items.items)


def merge_items(base: Items, ours: Items, theirs: Items, newest_first: bool) -> tuple[list[str], bool]:
    """The lines, and whether there is no conflict among them. `newest_first` where the dates don't tell."""
    merge = _Merge(base, ours, theirs)
    shown: list[tuple[Sequence[str], int]] = []
    clean = True
    most = Counter(item.said for item in ours.items) | Counter(item.said for item in theirs.items)
    for number in weave(merge.base, merge.ours, merge.theirs, merge.order(newest_first)):
        lines, fine = merge.outcome(number)
        said = tuple(line.rstrip() for line in lines)
        clean = clean and fine
        if lines and (
            said not in most or most[said] > 0
        ):  # what came there is, here, another one changed to it
            most.subtract([said])
            shown.append((lines, merge.gap(number)))
    out = [""] * pick(base.lead, ours.lead, theirs.lead)
    for lines, gap in shown[:-1]:
        out += [*lines, *[""] * gap]
    for lines, _ in shown[-1:]:
        out += [*lines, *[""] * pick(base.tail, ours.tail, theirs.tail)]
    return out, clean


class _Merge:
    """The items of three versions under common numbers: the same, or the same but changed, has one."""

    def __init__(self, base: Items, ours: Items, theirs: Items) -> None:
        self._parts = base, ours, theirs
        self.base = list(range(len(base.items)))
        self._versions: dict[int, list[Item | None]] = {
            number: [item, None, None] for number, item in enumerate(base.items)
        }
        known = dict(enumerate(base.items))
        numbers = [_match_same(known, side.items) for side in (ours, theirs)]
        self._match_twins(numbers)
        for found, side in zip(numbers, (ours, theirs), strict=True):
            _match_alike(known, side.items, found)
        self.ours, self.theirs = (self._number(found, place) for place, found in enumerate(numbers, 1))

    def _match_twins(self, numbers: Sequence[dict[int, int]]) -> None:
        """What both sides added, word for word, is one item."""
        waiting: dict[object, list[int]] = {}
        for at, item in enumerate(self._parts[2].items):
            if at not in numbers[1]:
                waiting.setdefault(item.said, []).append(at)
        for at, item in enumerate(self._parts[1].items):
            if at not in numbers[0] and waiting.get(item.said):
                numbers[0][at] = numbers[1][waiting[item.said].pop(0)] = self._new()

    def _new(self) -> int:
        self._versions[len(self._versions)] = [None, None, None]
        return len(self._versions) - 1

    def _number(self, found: Mapping[int, int], place: int) -> list[int]:
        numbers = []
        for at, item in enumerate(self._parts[place].items):
            numbers.append(found[at] if at in found else self._new())
            self._versions[numbers[-1]][place] = item
        return numbers

    def order(self, newest_first: bool) -> Callable[[int, int], bool]:
        """By date; an undated item goes with the one above it. Both sides find the same order."""
        keys: dict[int, tuple[int, tuple[str, ...]]] = {}
        for numbers, place in ((self.theirs, 2), (self.ours, 1)):
            day = 0
            for number in numbers:
                item = self._versions[number][place]
                assert item is not None
                day = item.day.toordinal() if item.day is not None else day
                keys[number] = day, item.said
        days = [keys[number][0] for number in self.ours if keys[number][0]]
        if days and days[0] != days[-1]:
            newest_first = days[0] > days[-1]

        def is_first(one: int, other: int) -> bool:
            (day, said), (other_day, other_said) = keys[one], keys[other]
            return said < other_said if day == other_day else (day > other_day) == newest_first

        return is_first

    def outcome(self, number: int) -> tuple[Sequence[str], bool]:
        """The item's lines, none where it is gone; with markers, and False, in a conflict."""
        base, ours, theirs = self._versions[number]
        said = [item and item.said for item in (base, ours, theirs)]
        if said[1] == said[2] or said[0] == said[2]:
            return (ours.lines if ours else ()), True
        if said[0] == said[1]:
            return (theirs.lines if theirs else ()), True
        if base and ours and theirs and (both := _merge_one(base, ours, theirs)):
            return both, True
        return conflict(ours.lines if ours else (), theirs.lines if theirs else ()), False

    def gap(self, number: int) -> int:
        """Blank lines after an item that another follows: what came last in its version tells nothing."""
        for place in (1, 2):
            item, side = self._versions[number][place], self._parts[place].items
            if item is not None and item is not side[-1]:
                return item.gap
        gaps = [item.gap for part in self._parts for item in part.items[:-1]]
        by_heading = any(_HEADING.fullmatch(part.items[0].lines[0]) for part in self._parts if part.items)
        return max(gaps, default=int(by_heading))


def conflict(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    return ["<<<<<<< ours", *ours, "=======", *theirs, ">>>>>>> theirs"]


_KNOWN_BY: tuple[Callable[[Item], object], ...] = (lambda item: item.said, lambda item: item.task)


def _match_same(known: Mapping[int, Item], items: Sequence[Item]) -> dict[int, int]:
    """Place among `items` → number of the known item that it is: unchanged, or the same task."""
    numbers: dict[int, int] = {}
    left = dict(known)
    for key in _KNOWN_BY:
        waiting: dict[object, list[int]] = {}
        for number, item in left.items():
            waiting.setdefault(key(item), []).append(number)
        for at, item in enumerate(items):
            same = waiting.get(key(item)) if at not in numbers and key(item) is not None else None
            if same:
                numbers[at] = same.pop(0)
                del left[numbers[at]]
    return numbers


def _match_alike(known: Mapping[int, Item], items: Sequence[Item], numbers: dict[int, int]) -> None:
    """Adds to `numbers` the items that are known ones reworded: the most alike first."""
    taken = {*numbers.values()}
    left = {number: item for number, item in known.items() if number not in taken}
    rest = [at for at in range(len(items)) if at not in numbers]
    if _length(left.values()) * _length(items[at] for at in rest) > _MOST:
        return
    pairs = [
        (_likeness(item, items[at]), -abs(number - at), number, at)
        for number, item in left.items()
        for at in rest
    ]
    for likeness, _, number, at in sorted(pairs, reverse=True):
        if likeness >= _ALIKE and at not in numbers and number in left:
            numbers[at] = number
            del left[number]


def _length(items: Iterable[Item]) -> int:
    return sum(len(line) for item in items for line in item.lines)


def _likeness(one: Item, other: Item) -> float:
    if (one.task is None) != (other.task is None):
        return 0.0
    words = SequenceMatcher(None, "\n".join(one.said), "\n".join(other.said), autojunk=False)
    return words.ratio() if words.real_quick_ratio() >= _ALIKE and words.quick_ratio() >= _ALIKE else 0.0


def _merge_one(base: Item, ours: Item, theirs: Item) -> list[str] | None:
    """An item that both changed: its first line, and what stands under it. None where they collide."""
    first = _merge_line(base.said[0], ours.said[0], theirs.said[0])
    under = [item.said[1:] for item in (base, ours, theirs)]
    if under[1] == under[2] or set(under[2]) == set(under[0]):
        more = under[1]
    elif under[0] == under[1]:
        more = under[2]
    elif all(side[: len(under[0])] == under[0] for side in under):
        known = {*under[1]}
        more = under[1] + tuple(line for line in under[2] if line not in known)
    else:
        return None
    return None if first is None else [first, *more]


def _merge_line(base: str, ours: str, theirs: str) -> str | None:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    parts = [part for line in (base, ours, theirs) if (part := TASK.fullmatch(line))]
    if len(parts) < 3:
        return None
    texts = [_STAMP.sub("", part[3]).rstrip() for part in parts]
    if texts[1] != texts[2] and texts[0] not in texts[1:]:
        return None
    # Ticked on either side is ticked, and on the earlier day.
    mark = next((part[2] for part in parts[1:] if part[2] in "xX"), pick(*(part[2] for part in parts)))
    stamps = sorted(stamp for line in (ours, theirs) for stamp in _STAMP.findall(line))
    line = f"{ours[: parts[1].start(2)]}{mark}] {pick(*texts)}"
    day = day_of(stamps[0]) if stamps else None
    if day is None or mark not in "xX-":
        return line
    return cancel(line, day) if mark == "-" else tick(line, day)
