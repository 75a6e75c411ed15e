"""The generated notes, written where they changed (FORMAT.md section 7)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from vaultkeeper.app.agenda import Adviser, advise_all
from vaultkeeper.app.change import Change
from vaultkeeper.app.reviewing import mentions_in, reviewing
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.conflict_copy import possible_original, sure_original
from vaultkeeper.domain.glance import items_of
from vaultkeeper.domain.link import link_key, spell_link
from vaultkeeper.domain.overview import make_overview
from vaultkeeper.domain.place import Problem
from vaultkeeper.domain.reason.base import View, view_of_week
from vaultkeeper.domain.review import WHYS, WORKED, Reviewed
from vaultkeeper.errors import NotFound, UnsafeNote, VaultkeeperError
from vaultkeeper.notes.generated import Generated, compose, read_generated
from vaultkeeper.render.chart import MARK, heatmap_svg
from vaultkeeper.render.dashboard import MOST_PICKS, dashboard_values, review_values
from vaultkeeper.render.due_note import SpellLink, due_note_values
from vaultkeeper.render.template import BadTemplate
from vaultkeeper.storage.folding import Fold
from vaultkeeper.storage.index import Index


class TakenIn:
    """`changes` of contacts' notes and tasks; `count` of what they take in. `clean`: the generated notes in
    which nothing else was typed. `fresh`: those just being edited, to be left alone for so many seconds more;
    `copies`: conflict copies taken in, to be removed."""

    def __init__(self, clean: Iterable[str] = (), copies: Iterable[str] = ()) -> None:
        self.changes: list[Change] = []
        self.count = 0
        self.clean, self.copies = set(clean), set(copies)
        self.fresh: dict[str, float] = {}
        self.problems: list[Problem] = []


class Ours(NamedTuple):
    """A generated note as it stands there; `mtime` in nanoseconds."""

    note: Generated
    mtime: int


class GeneratedNote(NamedTuple):
    """A note of the registry: its file's name, its template, and what the template is given."""

    name: str
    template: str
    values: Callable[[Adviser, SpellLink], dict[str, object]]


def _due_note(adviser: Adviser, link: SpellLink) -> dict[str, object]:
    near = adviser.near
    soon, done = items_of((one, one.soon) for one in near), items_of((one, one.done) for one in near)
    return due_note_values(advise_all(adviser, later=adviser.view.policy.most_later), soon, done, link)


def _dashboard(adviser: Adviser, link: SpellLink) -> dict[str, object]:
    overview = make_overview(adviser.sums, adviser.view)
    return dashboard_values(overview, adviser.told, adviser.view, link)


def _reviewing(view: View) -> Fold[Reviewed]:
    return reviewing(view.policy, view.week, "review note")


def _review(adviser: Adviser, link: SpellLink) -> dict[str, object]:
    view, index = adviser.view, adviser.index
    of_week = _reviewing(view)
    first = index.among(of_week, {WORKED: -1, **dict.fromkeys(WHYS, MOST_PICKS)})
    known = {one.path: one for one in (*first, *index.spoken_of(of_week, WHYS[0]))}
    counts = index.total(of_week)
    return review_values([*known.values()], counts, mentions_in(index), view, link)


GENERATED: tuple[GeneratedNote, ...] = (
    GeneratedNote("Due this week", "due-this-week.md", _due_note),
    GeneratedNote("Dashboard", "dashboard.md", _dashboard),
    GeneratedNote("Review", "review.md", _review),
)


def _heatmap(adviser: Adviser) -> str:
    return heatmap_svg(adviser.sums.days, adviser.view.week_end)


# Pictures beside the notes: a file's name, and its text; known as ours by the mark that it holds.
PICTURES: tuple[tuple[str, Callable[[Adviser], str]], ...] = (("Touches.svg", _heatmap),)


def link_speller(twins: Mapping[str, int]) -> SpellLink:
    """(path, name) → the wikilink that leads there; `twins` as the index tells them."""

    def spell(path: str, name: str) -> str:
        return spell_link(path, name, twins.get(link_key(path), 1) if twins else 1)

    return spell


def generated_paths(vault: Vault) -> list[str]:
    return [f"{vault.layout.generated}/{note.name}.md" for note in GENERATED]


def generated_copies(vault: Vault) -> list[str]:
    """Conflict copies of the generated notes, by all the forms of their names."""
    folder = vault.layout.generated
    known = set(generated_paths(vault))
    try:
        names = sorted(entry.name for entry in (vault.root / folder).iterdir() if entry.suffix == ".md")
    except OSError:
        return []
    paths = [f"{folder}/{name}" for name in names]
    return [p for p in paths if p not in known and {sure_original(p), possible_original(p)} & known]


def read_ours(vault: Vault, paths: Iterable[str]) -> dict[str, Ours]:
    """Those of the notes that are there, and ours."""
    found = {}
    for path in paths:
        with suppress(VaultkeeperError):
            snapshot = vault.files.read(path)
            if (note := read_generated(snapshot.text)) is not None:
                found[path] = Ours(note, snapshot.stamp[0])
    return found


def plan_generated(
    vault: Vault, index: Index, today: date, taken: TakenIn
) -> Iterator[list[Change] | Problem]:
    """For each note what changes, or why it cannot be written; one never stops the others. Each may be
    written before the next is made: the note Due this week is the first.

    Where a person typed more in a note than was `taken` in, the note is first copied whole to Kept. One that
    is just being edited is left alone.
    """
    templates = vault.templates()
    adviser = Adviser(index, view_of_week(vault.policy, today))
    link = link_speller(adviser.twins)
    index.ready(*adviser.folds, _reviewing(adviser.view))
    for note in GENERATED:
        path = f"{vault.layout.generated}/{note.name}.md"
        if path in taken.fresh:
            continue
        try:
            body = templates.render(note.template, **note.values(adviser, link))
            plan = plan_note(vault, path, note.name, body, today, clean=path in taken.clean)
        except BadTemplate as error:
            yield Problem(error.path, error.line, f"{path} is left as it was: {error.message}")
        except VaultkeeperError as error:
            yield Problem(path, 1, str(error))
        else:
            yield plan
    for name, draw in PICTURES:
        path = f"{vault.layout.generated}/{name}"
        try:
            plan = _plan_picture(vault, path, draw(adviser))
        except VaultkeeperError as error:
            yield Problem(path, 1, str(error))
        else:
            yield plan


def _plan_picture(vault: Vault, path: str, after: str) -> list[Change]:
    try:
        before = vault.files.read(path).text
    except NotFound:
        return [Change(path, None, after)]
    if MARK not in before:
        raise UnsafeNote("this file is yours (it has no mark of ours), so it is not written over")
    return [] if before == after else [Change(path, before, after, lambda _: after)]


def plan_note(
    vault: Vault, path: str, name: str, body: str, today: date, *, clean: bool = False
) -> list[Change]:
    """A generated note, made or made anew; a copy of it first where a person typed in it, unless all of that
    was taken in (`clean`). Raises UnsafeNote for a note that is the user's."""
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
    if made.untouched or clean:
        return [change]
    return [Change(free_kept(vault, name, today), None, before), change]


def free_kept(vault: Vault, name: str, today: date) -> str:
    stem = f"{vault.layout.generated}/Kept/{name} {today.isoformat()}"
    path, number = f"{stem}.md", 2
    while (vault.root / path).exists():
        path, number = f"{stem} {number}.md", number + 1
    return path
