"""`undo`: a step of the undo journal taken back, all of it or nothing (CLI.md)."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from vaultkeeper.app.change import Change, Removal, write
from vaultkeeper.app.vault import Vault
from vaultkeeper.errors import NotFound, NotWritten, UnsafeNote, VaultkeeperError
from vaultkeeper.notes.generated import read_generated
from vaultkeeper.notes.note import in_folders
from vaultkeeper.storage.undo import DONE, OPEN, UNDONE, Splice, Step, digest


class Undo(NamedTuple):
    """A step and the changes that take it back; none where a run that was killed had made them already."""

    step: Step
    changes: tuple[Change | Removal, ...]


def list_steps(vault: Vault) -> list[Step]:
    """Newest first; without what a killed run meant to do and had not begun."""
    return [step for step in vault.journal.steps() if not _not_begun(vault, step)]


def plan_undo(vault: Vault, number: int | None = None) -> Undo:
    """Takes back the step of that number; else that of the last command run by hand.

    Checks every note first: raises NotWritten where one has changed since, and writes nothing; a generated
    one is left to the next index, which makes it anew. Raises VaultkeeperError where there is no such step.
    """
    step = vault.journal.find(number) if number is not None else _last(vault)
    if step.state == UNDONE:
        raise NotWritten(f"step {step.number} is undone already: vk undo --list")
    changes: list[Change | Removal] = []
    changed: list[str] = []
    for path, splices in step.by_path().items():
        try:
            now = _now(vault, path)
            before = _taken_back(now, splices)
        except (ValueError, UnsafeNote):
            if not _is_made_anew(vault, path):
                changed.append(path)
            continue
        if before != now:
            changes.append(_plan(path, now, before))
    if changed:
        raise NotWritten(_declined(vault, step, changed))
    if not changes and not _was_taken_back(vault, step):
        raise NotWritten(f"step {step.number} (vk {step.label}): nothing of it is left to take back")
    return Undo(step, tuple(changes))


def write_undo(vault: Vault, undo: Undo) -> list[str]:
    """Gives the paths written. It is a step itself, so that it can be taken back by its number."""
    number = undo.step.number
    with vault.files.lock():
        written = write(vault, undo.changes, f"undo {number}", undoes=number)
        with suppress(OSError, KeyError):  # then the notes tell: nothing of it is left to take back
            if undo.step.undoes is not None:
                vault.journal.mark(undo.step.undoes, DONE)
            vault.journal.mark(number, UNDONE)
    return written


def _last(vault: Vault) -> Step:
    for step in vault.journal.steps():
        if step.by_hand and step.state != UNDONE and not _not_begun(vault, step):
            return step
    raise VaultkeeperError("there is nothing to undo: no command run by hand has written a note lately")


def _was_taken_back(vault: Vault, step: Step) -> bool:
    """By an undo that was killed before it could say so."""
    later = (later for later in vault.journal.steps() if later.number > step.number)
    return any(one.undoes == step.number and one.state != UNDONE for one in later)


def _not_begun(vault: Vault, step: Step) -> bool:
    """Whether a killed run left no more than its plan."""
    firsts = {path: first for path, (first, *_) in step.by_path().items()}
    return step.state == OPEN and all(_digest(vault, path) == one.before for path, one in firsts.items())


def _digest(vault: Vault, path: str) -> str | None:
    with suppress(UnsafeNote):
        return digest(_now(vault, path))
    return None


def _now(vault: Vault, path: str) -> str | None:
    """Raises UnsafeNote where it can't be read."""
    try:
        return vault.files.read(path).text
    except NotFound:
        return None


def _taken_back(now: str | None, splices: Sequence[Splice]) -> str | None:
    """The note without the changes, of which the last may never have been made. Raises ValueError where
    something else has changed it."""
    text = now
    for splice in reversed(splices):
        if digest(text) not in (splice.before, splice.after):
            raise ValueError("changed since")
        text = splice.taken_back(text)
    return text


def _is_made_anew(vault: Vault, path: str) -> bool:
    with suppress(UnsafeNote):
        now = _now(vault, path)
        return in_folders(path, (vault.layout.generated,)) and now is not None and bool(read_generated(now))
    return False


def _plan(path: str, now: str | None, before: str | None) -> Change | Removal:
    if before is None:
        assert now is not None
        return Removal(path, now)
    if now is None:
        return Change(path, None, before)

    def edit(text: str) -> str:
        if text != now:
            raise NotWritten(f"{path}: not written: it was saved by another program meanwhile")
        return before

    return Change(path, now, before, edit)


def _declined(vault: Vault, step: Step, changed: Sequence[str]) -> str:
    paths = ", ".join(changed[:5]) + (f" and {len(changed) - 5} more" if len(changed) > 5 else "")
    reason = f"step {step.number} (vk {step.label}) is not undone: changed since: {paths}"
    for later in vault.journal.steps():
        if later.number <= step.number:
            break
        wrote = later.by_path()
        if any(path in wrote and wrote[path][-1].after == _digest(vault, path) for path in changed):
            return f"{reason}; first take back what step {later.number} did there: vk undo {later.number}"
    return reason
