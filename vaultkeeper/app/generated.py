"""The generated notes, written where they changed (FORMAT.md section 7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from vaultkeeper.app.agenda import Adviser, advise_all
from vaultkeeper.app.change import Change
from vaultkeeper.app.vault import TEMPLATES, Vault
from vaultkeeper.domain.coming import coming
from vaultkeeper.domain.link import link_key, spell_link
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.reason.base import view_of_week
from vaultkeeper.errors import NotFound, UnsafeNote, VaultkeeperError
from vaultkeeper.notes.generated import compose, read_generated
from vaultkeeper.render.due_note import SpellLink, due_note_values, next_week
from vaultkeeper.render.template import Templates
from vaultkeeper.storage.index import Index


@dataclass(frozen=True, slots=True)
class GeneratedNote:
    """A note of the registry: its file's name, its template, and what the template is given."""

    name: str
    template: str
    values: Callable[[Vault, Index, date], dict[str, object]]


def _due_note(vault: Vault, index: Index, today: date) -> dict[str, object]:
    adviser = Adviser(index, view_of_week(vault.policy, today))
    agenda = advise_all(adviser)
    ahead = coming(adviser.summaries, adviser.view, *next_week(agenda))
    return due_note_values(agenda, ahead, link_speller(index))


GENERATED: tuple[GeneratedNote, ...] = (GeneratedNote("Due this week", "due-this-week.md", _due_note),)


def link_speller(index: Index) -> SpellLink:
    """(path, name) → the wikilink that leads there."""

    def spell(path: str, name: str) -> str:
        return spell_link(path, name, len(index.paths_of(link_key(path))))

    return spell


def plan_generated(vault: Vault, index: Index, today: date) -> tuple[list[Change], list[Problem]]:
    """The notes whose body changed, and those that cannot be written and why; one never stops the others.

    Where a person typed in a note, the note is first copied whole to Kept.
    """
    changes: list[Change] = []
    problems: list[Problem] = []
    templates = Templates(vault.root / TEMPLATES)
    for note in GENERATED:
        path = f"{vault.layout.generated}/{note.name}.md"
        try:
            body = templates.render(note.template, **note.values(vault, index, today))
            changes += _plan(vault, path, note.name, body, today)
        except VaultkeeperError as error:
            problems.append(Problem(path, 1, str(error)))
    return changes, problems


def _plan(vault: Vault, path: str, name: str, body: str, today: date) -> list[Change]:
    after = compose(body, today.isoformat())
    try:
        before = vault.files.read(path).text
    except NotFound:
        return [Change(path, None, after)]
    made = read_generated(before)
    if made is None:
        raise UnsafeNote("this note is yours (it has no generated_by mark), so it is not written over")
    if made.body == body:
        return []
    # Written only onto what was read: where somebody saves meanwhile, the next run sees to it.
    change = Change(path, before, after, lambda text: after if text == before else text)
    if made.untouched:
        return [change]
    return [Change(_free_kept(vault, name, today), None, before), change]


def _free_kept(vault: Vault, name: str, today: date) -> str:
    stem = f"{vault.layout.generated}/Kept/{name} {today.isoformat()}"
    path, number = f"{stem}.md", 2
    while (vault.root / path).exists():
        path, number = f"{stem} {number}.md", number + 1
    return path
