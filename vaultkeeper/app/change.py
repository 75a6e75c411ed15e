"""Changes to the user's notes: planned as a whole, shown or written. All writing goes through here."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vaultkeeper.app.vault import Vault
from vaultkeeper.errors import NotWritten, UnsafeNote
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.note import conflict_markers

Edit = Callable[[str], str]

_QUOTED = re.compile(r'[\x00-\x1f\x7f"\\]')


@dataclass(frozen=True, slots=True)
class Change:
    """One note's change, planned: `before` is None for a new note. `edit` does it again, to a newer text."""

    path: str
    before: str | None
    after: str
    edit: Edit | None = None


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
    _, problems = parse(text, path)
    for problem in (*problems, *conflict_markers(text, path)):
        if problem.unsafe:
            raise UnsafeNote(f"{problem}; the note is left as it is. {problem.mend}".rstrip())


def write(vault: Vault, changes: Sequence[Change]) -> list[str]:
    """Writes what was planned, each note by itself; gives the paths written.

    A note saved by somebody else since it was planned gets the same edit, made to the newer text. Where one
    fails, the error says which were written before.
    """
    written: list[str] = []
    with vault.files.lock():
        for change in changes:
            try:
                if change.edit is None:
                    vault.files.write(change.path, change.after, None)
                elif change.before != change.after:
                    vault.files.edit(change.path, change.edit)
                else:
                    continue
            except NotWritten as error:
                if written:
                    raise NotWritten(f"{error} (written before it: {', '.join(written)})") from error
                raise
            written.append(change.path)
    return written


def diff(changes: Sequence[Change]) -> str:
    """What `write` would do, as a unified diff that `patch -p1` and `git apply` take."""
    from difflib import unified_diff

    parts: list[str] = []
    for change in changes:
        if change.before == change.after:
            continue
        old = "/dev/null" if change.before is None else _file(f"a/{change.path}")
        before = _lines(change.before or "")
        parts += (
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in unified_diff(before, _lines(change.after), old, _file(f"b/{change.path}"))
        )
    return "".join(parts)


def _lines(text: str) -> list[str]:
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _file(name: str) -> str:
    """A file's name in a diff, as git writes it: quoted as in C; with a tab after one that holds blanks."""
    if _QUOTED.search(name):
        return '"' + _QUOTED.sub(lambda m: f"\\{m[0]}" if m[0] in '"\\' else f"\\{ord(m[0]):03o}", name) + '"'
    return f"{name}\t" if " " in name else name
