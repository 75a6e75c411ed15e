"""`follow-up` and `done`: a promise made, a promise kept (CLI.md; FORMAT.md section 5)."""

from datetime import date

from vaultkeeper.app.change import Change, plan_edit
from vaultkeeper.app.find import find_contact
from vaultkeeper.app.gather import gather
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.naming import fold
from vaultkeeper.errors import Ambiguous, BadInput, NotFound, UnsafeNote
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.insert import add_follow_up, change_task
from vaultkeeper.notes.outline import outline
from vaultkeeper.notes.task import read_task, tick, write_task
from vaultkeeper.storage.index import Index


def plan_follow_up(
    vault: Vault, index: Index, name: str, text: str, due: date | None, today: date
) -> tuple[Change, str]:
    """The change, and the task's line."""
    path = find_contact(index, name, reading=False)
    task = spell_promise(vault, text, due, today)

    def edit(note: str) -> str:
        body = parse(note, path)[0].body
        after = add_follow_up(note, body, task, vault.reading.follow_ups, vault.reading.heading)
        if _open_tasks(after, body) != _open_tasks(note, body) + 1:
            raise UnsafeNote(f"{path}: the promise would not be read back (an unclosed code fence?)")
        return after

    return plan_edit(vault, path, edit), task


def spell_promise(vault: Vault, text: str, due: date | None, today: date) -> str:
    """The task's line; an undated promise carries the day it was made (➕).

    Raises BadInput for what would not be read back as a promise.
    """
    words = " ".join(text.split())
    read = read_task(f"- [ ] {words}")
    if read is None or not read.text:
        raise BadInput("a promise needs some words")
    if read.recurring:
        raise BadInput(f"{words!r} recurs (🔁), and such tasks are the Tasks plugin's")
    return write_task(words, vault.reading.task_filter, due=due, made=None if due else today)


def plan_done(
    vault: Vault, index: Index, name: str, text: str | None, today: date
) -> tuple[Change, FollowUp]:
    """The promise that `text` names (its text or a unique part of it), ticked where it stands."""
    path = find_contact(index, name, reading=False)
    promise = find_promise(gather(index, path)[1], text)

    def edit(note: str) -> str:
        return change_task(note, promise.text, promise.line, promise.path, lambda line: tick(line, today))

    return plan_edit(vault, promise.path, edit), promise


def find_promise(promises: list[FollowUp], text: str | None) -> FollowUp:
    """The open one that `text` names. Raises NotFound, or Ambiguous with the candidates."""
    still_open = [promise for promise in promises if promise.is_open]
    if not still_open:
        raise NotFound("there is no open promise")
    wanted = fold(text or "")
    found = [promise for promise in still_open if wanted and fold(promise.text) == wanted]
    found = found or [promise for promise in still_open if wanted in fold(promise.text)]
    if found and len({promise.text for promise in found}) == 1:  # where it stands twice, the first due
        return min(found, key=lambda promise: (promise.due or date.max, promise.path, promise.line))
    if not found:
        lines = tuple(promise.text for promise in still_open)
        raise Ambiguous(f"no open promise reads {text!r}; there are", lines)
    raise Ambiguous("several promises are open; name one by its text", tuple(p.text for p in found))


def _open_tasks(text: str, body: int) -> int:
    note = outline(text, body)
    tasks = (read_task(line) for at, line in enumerate(note.lines) if at >= note.body and at not in note.code)
    return sum(task is not None and task.state == "open" for task in tasks)
