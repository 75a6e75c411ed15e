"""What other programs made of our writes: found by each run, told and offered again by `doctor`.

Three things (FORMAT.md section 8.3): a save that went into the old file, by a program that had it open; an
entry of ours that such a program erased, saving what it had read before; a command that was killed halfway.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from vaultkeeper.app.change import Change, check_safe
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.erased import find_erased
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.notes.entry import read_date, write_entry
from vaultkeeper.notes.front_matter import split
from vaultkeeper.notes.insert import add_entry
from vaultkeeper.notes.log import LogReader
from vaultkeeper.notes.outline import Outline, outline
from vaultkeeper.notes.task import read_task
from vaultkeeper.storage.exchange import KEPT_FOR, Displaced
from vaultkeeper.storage.undo import OPEN, SETTLED, Splice, Step, digest

_RECENT, _SMALL = 50, 256 * 1024  # steps that every command looks at, and of how many bytes each at most
_CLOSING = re.compile(r"^---[ \t]*\r?$", re.M)  # of the front matter


class Erased(NamedTuple):
    """An entry that the note at `path` lacks, and the number of the step that wrote it."""

    path: str
    entry: Interaction
    step: int


class Halfway(NamedTuple):
    """A step of a killed run: how many notes it wrote, and those that it did not come to."""

    step: Step
    written: int
    left: tuple[str, ...]


class Losses(NamedTuple):
    late: tuple[Displaced, ...]
    erased: tuple[Erased, ...]
    halfway: tuple[Halfway, ...]

    @property
    def number(self) -> int:
        return len(self.late) + len(self.erased) + len(self.halfway)


def find_losses(vault: Vault, now: float, *, thorough: bool) -> Losses:
    """Of the last seven days; `now` in seconds of the epoch.

    `thorough` looks at every step, and clears away what was displaced longer ago, compared once more before.
    Otherwise it is a cheap look at the newest steps, which takes no lock.
    """
    late = vault.files.recover(now) if thorough else vault.files.late_saves()
    newest = vault.journal.steps() if thorough else islice(vault.journal.steps(_SMALL), _RECENT)
    steps = [step for step in newest if step.at > now - KEPT_FOR][::-1]
    return Losses(tuple(late), tuple(_erased(vault, steps)), tuple(_halfway(vault, steps)))


def _halfway(vault: Vault, steps: Sequence[Step]) -> Iterator[Halfway]:
    """Those of which something is written, and something is not; the newest first, and each note once: what
    was stopped, run again and stopped again is one thing to mend."""
    told: set[str] = set()
    for step in reversed(steps):
        paths = step.by_path() if step.state == OPEN else {}
        left = [path for path, (first, *_) in paths.items() if digest(_text(vault, path)) == first.before]
        if 0 < len(left) < len(paths) and not told.issuperset(left):
            told.update(left)
            yield Halfway(step, len(paths) - len(left), tuple(left))


def _erased(vault: Vault, steps: Iterable[Step]) -> list[Erased]:
    """`steps` from the oldest: what a later one took out, by an undo or a merge, nobody misses."""
    expected: dict[str, dict[Interaction, int]] = {}
    for step in steps:
        for splice in step.splices if step.state != OPEN else ():
            known = expected.setdefault(splice.path, {})
            if not splice.after:
                known.clear()
                continue
            old, new = _entries(vault, splice, splice.old), _entries(vault, splice, splice.new)
            for entry in old.keys() - new.keys():
                known.pop(entry, None)
            if step.state != SETTLED:
                known |= dict.fromkeys([entry for entry in new if entry not in old], step.number)
    return [found for path, known in expected.items() if known for found in _missing(vault, path, known)]


def _entries(vault: Vault, splice: Splice, piece: str) -> dict[Interaction, None]:
    """The entries in a piece of a note, without their lines' numbers."""
    if splice.above_body:
        closing = None if splice.at == 0 else _CLOSING.search(piece)
        piece = piece[closing.end() if closing else split(piece).body if splice.at == 0 else len(piece) :]
    if "20" not in piece and "19" not in piece:  # no date, so no entry
        return {}
    reading = vault.reading
    note = outline(f"# {reading.heading}\n{piece}")
    found = LogReader(note, splice.path, reading.heading, reading.channels).read().interactions
    elsewhere = _elsewhere(note, reading.heading)
    # A ticked task counts as an entry where it stands in the log; here it is a promise, kept elsewhere.
    return {
        e._replace(line=0): None
        for e in found
        if e.line - 1 not in elsewhere and read_task(note.lines[e.line - 1]) is None
    }


def _elsewhere(note: Outline, heading: str) -> set[int]:
    """The lines under another heading than the log's and those of its entries."""
    headings = {one.at: one.text for one in note.headings}
    found, away = set(), False
    for at in range(len(note.lines)):
        text = headings.get(at, "")
        if text and read_date(text) is None:
            away = text.casefold() != heading.casefold()
        if away:
            found.add(at)
    return found


def _missing(vault: Vault, path: str, known: Mapping[Interaction, int]) -> list[Erased]:
    text = _text(vault, path)
    if text is None:  # moved or removed: no entry was erased in it
        return []
    reading = vault.reading
    log = LogReader(outline(text, split(text).body), path, reading.heading, reading.channels).read()
    return [Erased(path, entry, known[entry]) for entry in find_erased(known, log.interactions)]


def _text(vault: Vault, path: str) -> str | None:
    try:
        return vault.files.read(path).text
    except VaultkeeperError:
        return None


def problems_of(losses: Losses) -> list[Problem]:
    """As `doctor` tells them."""
    return [
        *(_tell_late(kept) for kept in losses.late),
        *(_tell_erased(erased) for erased in losses.erased),
        *(_tell_halfway(halfway) for halfway in losses.halfway),
    ]


def _tell_late(kept: Displaced) -> Problem:
    message = f"a program saved this note in the old file while vk wrote it; that save is kept in {kept.file}"
    mend = "vk doctor --recover puts it beside the note as a conflict copy; vk doctor --forget lets go of it."
    return Problem(kept.path, 1, message, mend=mend)


def _tell_erased(erased: Erased) -> Problem:
    from shlex import join

    entry, more = _written(erased.entry)
    message = f"an entry is gone that vk wrote in step {erased.step}, saved over by another program? {entry}"
    command = "vk doctor --recover" if more else join(["vk", "log", erased.path, "-m", entry])
    mend = f"{command} adds it again; if it was you who took it out: vk doctor --forget."
    return Problem(erased.path, 1, message, mend=mend)


def _tell_halfway(halfway: Halfway) -> Problem:
    step, so_far = halfway.step, f"{halfway.written} of {halfway.written + len(halfway.left)} written"
    message = f"vk {step.label} was stopped before it came to this note ({so_far})"
    mend = f"Run it again, or take it back with vk undo {step.number}; vk doctor --forget leaves it so."
    return Problem(halfway.left[0], 1, message, mend=mend)


def _written(entry: Interaction) -> tuple[str, list[str]]:
    """The entry's line without a bullet, and its further lines."""
    first, *more = entry.text.split("\n")
    people = tuple(f"[[{target}]]" for target in entry.participants)
    direction = entry.direction if entry.explicit else None
    channels = {entry.channel: None} if entry.channel else {}
    head = {"time": entry.time, "channel": entry.channel, "direction": direction}
    return write_entry(entry.date, first, channels, **head, people=people), more


def plan_recovery(vault: Vault, losses: Losses) -> tuple[list[Change], Losses]:
    """Late saves as conflict copies beside their notes, erased entries added again; and what that mends."""
    copies, late = [], []
    for kept in losses.late:
        with suppress(UnicodeDecodeError):  # a late write that is no text: doctor goes on naming the file
            copies.append(Change(_copy_path(kept), None, kept.data.decode()))
            late.append(kept)
    again, back = [], []
    for path in dict.fromkeys(erased.path for erased in losses.erased):
        ours = [erased for erased in losses.erased if erased.path == path]
        with suppress(VaultkeeperError):  # a note that cannot be written now: told until it can
            again.append(_again(vault, path, [erased.entry for erased in ours]))
            back += ours
    return [*copies, *again], Losses(tuple(late), tuple(back), ())


def _copy_path(kept: Displaced) -> str:
    """Named as Syncthing names one, so that every tool takes it for what it is."""
    saved = datetime.fromtimestamp(kept.file.stat().st_mtime, UTC)
    device = kept.record.stem[:7].upper()
    return f"{kept.path.removesuffix('.md')}.sync-conflict-{saved:%Y%m%d-%H%M%S}-{device}.md"


def _again(vault: Vault, path: str, entries: Iterable[Interaction]) -> Change:
    def edit(text: str) -> str:
        check_safe(text, path)
        for entry in entries:
            line, more = _written(entry)
            reading = vault.reading
            body = split(text).body
            text = add_entry(text, body, line, "\n".join(more), reading.heading, reading.newest_first)
        return text

    before = vault.files.read(path).text
    return Change(path, before, edit(before), edit)


def forget(vault: Vault, losses: Losses) -> None:
    """Tells of these no more; what is kept stays kept for its seven days."""
    for kept in losses.late:
        vault.files.forget(kept)
    with vault.files.lock():
        for number in {*(e.step for e in losses.erased), *(h.step.number for h in losses.halfway)}:
            vault.journal.mark(number, SETTLED)
