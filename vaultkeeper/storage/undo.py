"""The undo journal: what each command changed in the notes, kept so that it can be taken back.

One file a step, in the state folder; its name tells its number and its state. A change is written down
before it is made: a run that is killed in between leaves a step that the notes themselves tell to be
unwritten. There is no fsync: a power cut may cost the newest steps, and never a note.

Kept are the last KEPT steps, of KEPT_BYTES together at most; the newest is kept whatever its size. To be
used under `Files.lock`, but for reading.
"""

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from vaultkeeper.domain.digest import digest_of
from vaultkeeper.errors import NotWritten, VaultkeeperError

KEPT = 1_000
KEPT_BYTES = 64 * 1024 * 1024

_PRUNED_EVERY = 16

OPEN, DONE, SETTLED, UNDONE = "open", "done", "settled", "undone"

_NAME = re.compile(r"(\d{8,})\.(open|done|settled|undone)")

# What a step is called that nobody ran by hand: it is undone by its number alone.
_AUTOMATIC = frozenset({"index", "watch", "undo"})
_LONGEST_LABEL = 300


class Splice(NamedTuple):
    """One note's change: at the character `at`, a line's first, `old` was taken out and `new` put in.

    `before` and `after` are digests of the whole text, "" where there was, or is now, no note. Of a note that
    was made, `new` is left out: nothing but the digest is needed to take it away again. `above_body`: it
    begins in the front matter.
    """

    path: str
    before: str
    after: str
    at: int = 0
    old: str = ""
    new: str = ""
    above_body: bool = False

    def taken_back(self, text: str | None) -> str | None:
        """The note before the change, where `text` is the note after it; else as it is. Raises ValueError
        where the journal is damaged."""
        if digest(text) != self.after:
            return text
        back = None
        if self.before:
            now = text or ""
            back = now[: self.at] + self.old + now[self.at + len(self.new) :]
        if digest(back) != self.before:
            raise ValueError("the undo journal is damaged")
        return back


class Step(NamedTuple):
    """What one command wrote, in the order of writing; a note may stand in it more than once.

    `at`: when, in seconds of the epoch. `state`: DONE; OPEN, where the run was killed, so that only the notes
    tell how much of it is written; UNDONE; SETTLED, where a person wants to hear no more of it. `undoes` is
    the number of the step that it took back.
    """

    number: int
    label: str
    at: float
    state: str
    splices: tuple[Splice, ...]
    undoes: int | None = None

    @property
    def by_hand(self) -> bool:
        return is_by_hand(self.label)

    def by_path(self) -> dict[str, list[Splice]]:
        found: dict[str, list[Splice]] = {}
        for splice in self.splices:
            found.setdefault(splice.path, []).append(splice)
        return found


def is_by_hand(label: str) -> bool:
    """Whether `undo` without a number takes such a step back."""
    return label.split(" ", 1)[0] not in _AUTOMATIC


def digest(text: str | None) -> str:
    """Of a note's whole text; "" of one that is not there."""
    return "" if text is None else digest_of(text)


def splice_of(path: str, before: str | None, after: str | None, body: int = 0) -> Splice:
    """The change from one text to another, in whole lines; None where there is no note. `body`: where the
    body of the text before it begins."""
    ends = path, digest(before), digest(after)
    if before is None:
        return Splice(*ends)
    if after is None:
        return Splice(*ends, 0, before)
    at = before.rfind("\n", 0, _alike(before, after)) + 1
    old, new = before[at:], after[at:]
    same = _alike(old, new, from_end=True)
    if not (_is_line_start(old, len(old) - same) and _is_line_start(new, len(new) - same)):
        end_of_line = old.find("\n", len(old) - same)
        same = len(old) - end_of_line - 1 if end_of_line >= 0 else 0
    return Splice(*ends, at, old[: len(old) - same], new[: len(new) - same], at < body)


def _is_line_start(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _alike(one: str, other: str, *, from_end: bool = False) -> int:
    """How many characters are the same, from the start or the end; halving, since slices compare fast."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if from_end:
            same = one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]
        else:
            same = one[low:middle] == other[low:middle]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


class Journal:
    """The steps of one vault. All that one Journal writes under one label is one step: a command, however
    often it writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mine: tuple[str, int] | None = None

    @contextmanager
    def step(
        self, label: str, at: float, planned: Sequence[Splice], undoes: int | None = None
    ) -> Iterator[list[Splice]]:
        """Writes down what is planned. The caller does it, and puts what it did into the list: where the two
        differ, that is what is kept. Raises NotWritten where the journal cannot be written."""
        done: list[Splice] = []
        if not planned:
            yield done
            return
        try:
            number = self._begin(label[:_LONGEST_LABEL], at, planned, undoes)
        except OSError as error:
            where = f"the undo journal, {self._folder}, cannot be written"
            raise NotWritten(f"nothing is written: {where}: {error.strerror}") from error
        try:
            yield done
        finally:
            with suppress(OSError):  # then it stays open, and the notes tell
                self._end(number, None if done == list(planned) else done)

    def _begin(self, label: str, at: float, planned: Sequence[Splice], undoes: int | None) -> int:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = self._names()
        lines: list[object] = [{"planned": planned}]
        if self._mine is not None and self._mine[0] == label and names.get(self._mine[1]) == DONE:
            number = self._mine[1]
            self._file(number, DONE).rename(self._file(number, OPEN))
            size = self._file(number, OPEN).stat().st_size
        else:
            number, size = max(names, default=0) + 1, 0
            self._prune(names)
            lines.insert(0, {"label": label, "at": at, "undoes": undoes})
        try:
            self._append(number, lines)
        except OSError:
            with suppress(OSError):
                os.truncate(self._file(number, OPEN), size)
                self._file(number, OPEN).rename(self._file(number, DONE))
            raise
        self._mine = label, number
        return number

    def _end(self, number: int, instead: list[Splice] | None) -> None:
        if instead is not None:
            self._append(number, [{"done": instead}])
        if instead == [] and not self._read(number, OPEN).splices:
            self._file(number, OPEN).unlink()
        else:
            self._file(number, OPEN).rename(self._file(number, DONE))

    def _append(self, number: int, lines: Sequence[object]) -> None:
        handle = os.open(self._file(number, OPEN), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(handle, "a", encoding="utf-8") as file:
            file.write("".join(json.dumps(line) + "\n" for line in lines))

    def steps(self, largest: int | None = None) -> Iterator[Step]:
        """The newest first, up to one of more than `largest` bytes; one that cannot be read is left out."""
        for number, state in sorted(self._names().items(), reverse=True):
            with suppress(OSError, ValueError, LookupError, TypeError):
                if largest is not None and self._file(number, state).stat().st_size > largest:
                    return
                yield self._read(number, state)

    def find(self, number: int) -> Step:
        """Raises VaultkeeperError where there is no such step, or no longer."""
        try:
            return self._read(number, self._names()[number])
        except (OSError, ValueError, LookupError, TypeError):
            raise VaultkeeperError(f"there is no step {number} in the undo journal") from None

    def mark(self, number: int, state: str) -> None:
        """Raises OSError."""
        self._file(number, self._names()[number]).rename(self._file(number, state))

    def _read(self, number: int, state: str) -> Step:
        lines = self._file(number, state).read_text("utf-8").split("\n")
        head = json.loads(lines[0])
        parts: list[list[Splice]] = []
        for line in lines[1:-1]:  # what follows the last line's end is empty, or was cut off by a kill
            [(kind, written)] = json.loads(line).items()
            if kind == "done":
                parts.pop()
            parts.append([Splice(*splice) for splice in written])
        splices = tuple(splice for part in parts for splice in part)
        return Step(number, str(head["label"]), float(head["at"]), state, splices, head["undoes"])

    def _names(self) -> dict[int, str]:
        """Number → state."""
        try:
            names = os.listdir(self._folder)
        except FileNotFoundError:
            return {}
        return {int(match[1]): match[2] for name in names if (match := _NAME.fullmatch(name))}

    def _file(self, number: int, state: str) -> Path:
        return self._folder / f"{number:08}.{state}"

    def _prune(self, names: dict[int, str]) -> None:
        """Before a step is added. The sizes are asked for at every sixteenth: that takes a millisecond."""
        numbers = sorted(names, reverse=True)
        old = numbers[KEPT - 1 :]
        if numbers and numbers[0] % _PRUNED_EVERY == 0:
            left = KEPT_BYTES
            for place, number in enumerate(numbers):
                left -= self._file(number, names[number]).stat().st_size
                if left < 0 and place:
                    old = numbers[place:]
                    break
        for number in old:
            self._file(number, names[number]).unlink()
