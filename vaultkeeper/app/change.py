"""Changes to the user's notes: planned as a whole, shown or written. All writing goes through here."""

import re
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import NamedTuple, NoReturn

from vaultkeeper.app.vault import Vault
from vaultkeeper.errors import ChangedUnderneath, NotFound, NotWritten, UnsafeNote, VaultkeeperError
from vaultkeeper.notes.front_matter import parse, split
from vaultkeeper.notes.generated import read_generated
from vaultkeeper.notes.note import conflict_markers, find_too_much, in_folders
from vaultkeeper.storage.undo import Splice, is_by_hand, splice_of

Edit = Callable[[str], str]

INDEX = "index"
"""What the step is called that nobody ran by hand, and that makes the generated notes."""

_TOGETHER = 1000  # notes a batch: so many files at most stand beside the notes if it is killed

_QUOTED = re.compile(r'[\x00-\x1f\x7f"\\]')


class Change(NamedTuple):
    """One note's change, planned: `before` is None for a new note. `edit` does it again, to a newer text."""

    path: str
    before: str | None
    after: str
    edit: Edit | None = None


class Removal(NamedTuple):
    """A note to be taken away, as it was read; the state folder keeps its bytes for seven days."""

    path: str
    before: str
    after: None = None


def plan_edit(vault: Vault, path: str, edit: Edit) -> Change:
    """What `edit` would make of the note now. Raises UnsafeNote where it cannot be read surely."""

    def checked(text: str) -> str:
        check_safe(text, path)
        return edit(text)

    before = vault.files.read(path).text
    return Change(path, before, checked(before), checked)


def plan_new(vault: Vault, path: str, text: str) -> Change:
    """A note that isn't there yet. Raises NotWritten where it is."""
    if (vault.root / path).exists():
        raise NotWritten(f"{path} is there already")
    return Change(path, None, text)


def check_safe(text: str, path: str) -> None:
    """Raises UnsafeNote for a note that FORMAT.md section 8.2 keeps us from writing."""
    too_much = find_too_much(text, path)
    _, problems = parse(text, path) if too_much is None else ({}, (too_much,))
    for problem in (*problems, *conflict_markers(text, path)):
        if problem.unsafe:
            raise UnsafeNote(f"{problem}; the note is left as it is. {problem.mend}".rstrip())


def write(
    vault: Vault,
    changes: Sequence[Change | Removal],
    step: str = INDEX,
    undoes: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[str]:
    """Writes what was planned, each note by itself; gives the paths written.

    Where one of many is read-only, or leads out of the vault, none is written. A note saved by somebody else
    since it was planned gets the same edit, made to the newer text. Where one fails, the error says which
    were written before. All of it is kept under the label `step` in the undo journal, but for the generated
    notes of `index`, which the next one makes anew. `undoes`: the step taken back by it.
    """
    written: list[str] = []
    todo = [change for change in changes if change.before != change.after]
    plans = [None if _is_made_anew(vault, step, c) else _splice(c.path, c.before, c.after) for c in todo]
    planned = [plan for plan in plans if plan is not None]
    for change in todo if len(todo) > 1 else ():
        if change.before is not None and change.after is not None:
            vault.files.writable(change.path)
    with (
        vault.files.lock(),
        vault.journal.step(step, time.time(), planned, undoes) as done,
        closing(_in_batches(vault, todo)) as batches,
    ):
        for number, (change, plan) in enumerate(zip(batches, plans, strict=True), 1):
            try:
                if progress is not None:
                    progress(number, len(todo))
                before, after = _carry_out(vault, change)
            except BaseException as error:
                if plan is not None and _stands(vault, change):  # stopped, but not before it was written
                    done.append(plan)
                    written.append(change.path)
                _raise_with(error, written, step)
            if before != after:
                written.append(change.path)
                if plan is not None:
                    done.append(_splice(change.path, before, after))
    return written


def _in_batches(vault: Vault, todo: Sequence[Change | Removal]) -> Generator[Change | Removal, None, None]:
    """Each to be carried out before the next is asked for; for many at once the disk is waited for once."""
    for at in range(0, len(todo), _TOGETHER):
        batch = todo[at : at + _TOGETHER]
        with vault.files.together({c.path: c.after for c in batch if c.after is not None}):
            yield from batch


def _carry_out(vault: Vault, change: Change | Removal) -> tuple[str | None, str | None]:
    """What stood there and what stands there now."""
    if isinstance(change, Removal):
        there = vault.files.read(change.path)
        if there.data != change.before.encode():
            raise ChangedUnderneath(f"{change.path}: not removed: it was saved by another program meanwhile")
        vault.files.remove(change.path, there)
        return change.before, None
    if change.edit is None:
        return None, vault.files.write(change.path, change.after, None).text
    planned, again = (change.before, change.after), change.edit
    edit = vault.files.edit(change.path, lambda text: planned[1] if text == planned[0] else again(text))
    return edit.before.text, edit.after.text


def _is_made_anew(vault: Vault, step: str, change: Change | Removal) -> bool:
    if step != INDEX or not in_folders(change.path, (vault.layout.generated,)):
        return False
    text = change.after if change.before is None else change.before
    return not change.path.endswith(".md") or (text is not None and read_generated(text) is not None)


def _splice(path: str, before: str | None, after: str | None) -> Splice:
    return splice_of(path, before, after, split(before).body if before else 0)


def _stands(vault: Vault, change: Change | Removal) -> bool:
    try:
        return vault.files.read(change.path).text == change.after
    except NotFound:
        return change.after is None
    except VaultkeeperError:
        return False


def _raise_with(error: BaseException, written: Sequence[str], step: str) -> NoReturn:
    """A command that stops halfway says what it wrote."""
    if written and isinstance(error, VaultkeeperError | KeyboardInterrupt):
        more = f" and {len(written) - 5} more" if len(written) > 5 else ""
        back = "; vk undo takes that back" if is_by_hand(step) else ""
        so_far = f"written before it: {', '.join(written[:5])}{more}{back}"
        if isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt(so_far) from None
        raise NotWritten(f"{error} ({so_far})") from error
    raise error


def diff(changes: Sequence[Change | Removal]) -> str:
    """What `write` would do, as a unified diff that `patch -p1` and `git apply` take."""
    from difflib import unified_diff

    parts: list[str] = []
    for change in changes:
        if change.before == change.after:
            continue
        old = "/dev/null" if change.before is None else _file(f"a/{change.path}")
        new = "/dev/null" if change.after is None else _file(f"b/{change.path}")
        before, after = _lines(change.before or ""), _lines(change.after or "")
        parts += (
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in unified_diff(before, after, old, new)
        )
    return "".join(parts)


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _file(name: str) -> str:
    """A file's name in a diff, as git writes it: quoted as in C; with a tab after one that holds blanks."""
    if _QUOTED.search(name):
        return '"' + _QUOTED.sub(lambda m: f"\\{m[0]}" if m[0] in '"\\' else f"\\{ord(m[0]):03o}", name) + '"'
    return f"{name}\t" if " " in name else name
