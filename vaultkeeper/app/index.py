"""`index`: the nightly job. Takes in ticks, brings the index up to date, refreshes the generated notes."""

from contextlib import nullcontext
from datetime import date
from os import DirEntry, scandir
from os.path import join
from typing import TYPE_CHECKING, NamedTuple

from vaultkeeper.app.refresh import Progress, Refreshed, refresh
from vaultkeeper.app.vault import TEMPLATES, Vault
from vaultkeeper.domain.place import Problem
from vaultkeeper.render.product import product_folder
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.platform import turns
from vaultkeeper.storage.scan import stamp_of

if TYPE_CHECKING:
    from vaultkeeper.app.change import Change
    from vaultkeeper.app.mentioned import Mentioned


class Indexed(NamedTuple):
    """`changes` are what is, or on a dry run would be, written; `written` is empty on a dry run.

    `harvested` counts what was taken in from the generated notes; `mentioned` are the people whom contact
    lines name and who have no note yet; `again`: seconds after which to look again at a generated note that
    is just being edited.
    """

    refreshed: Refreshed
    changes: "tuple[Change, ...]"
    written: tuple[str, ...]
    problems: tuple[Problem, ...]
    harvested: int = 0
    mentioned: "tuple[Mentioned, ...]" = ()
    again: float = 0.0


def run_index(
    vault: Vault,
    index: Index,
    today: date,
    progress: Progress | None = None,
    *,
    full: bool = False,
    dry_run: bool = False,
    alone: float = 0.0,
) -> Indexed:
    """A generated note saved less than `alone` seconds ago is left as it is: its owner may be typing.

    A run that finds nothing to do is the last until something changes: a note, the day, the config, a
    template, a generated note, the program. The notes are the index's to tell, the rest is in `_state`.
    """
    before = turns(vault.state_folder)
    refreshed = refresh(vault, index, progress, full=full)
    if index.kept("done", _state(vault, today)):
        return Indexed(refreshed, (), (), refreshed.problems, mentioned=people_without_note(index))
    from vaultkeeper.app.regenerate import Run, regenerate

    with nullcontext() if dry_run else vault.files.lock():
        if turns(vault.state_folder) != before:
            refresh(vault, index)  # what another run wrote while this one read, or waited
        state = _state(vault, today)
        done = regenerate(vault, index, today, refreshed, Run(vault, dry_run), alone)
        if not (done.changes or done.again) and done.problems == refreshed.problems:
            index.keep("done", state, True)
    return done


def people_without_note(index: Index) -> "tuple[Mentioned, ...]":
    """Whom contact lines name, as `find_mentioned` gives them: mostly nobody, which is soon known."""
    if not index.unknown_keys():
        return ()
    from vaultkeeper.app.mentioned import find_mentioned

    return tuple(find_mentioned(index))


def _state(vault: Vault, today: date) -> str:
    """What a run goes by beside the index, read before it: so that a later change makes another state."""
    folders = [join(vault.folder, folder) for folder in (vault.layout.generated, TEMPLATES)]
    folders.append(product_folder())
    files = [(entry.path, *stamp_of(entry.stat())) for folder in folders for entry in _entries(folder)]
    return repr((today, vault.config, sorted(files)))


def _entries(folder: str) -> list[DirEntry[str]]:
    try:
        with scandir(folder) as entries:
            return [entry for entry in entries if entry.is_file()]
    except OSError:
        return []
