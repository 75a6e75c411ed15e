"""`index`: the nightly job. Takes in ticks, brings the index up to date, refreshes the generated notes."""

from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import date
from os import DirEntry, scandir
from pathlib import Path

from vaultkeeper import __version__
from vaultkeeper.app.change import Change, write
from vaultkeeper.app.derived import plan_derived
from vaultkeeper.app.generated import free_kept, generated_copies, generated_paths, plan_generated
from vaultkeeper.app.mentioned import Mentioned, find_mentioned
from vaultkeeper.app.refresh import Progress, Refreshed, refresh
from vaultkeeper.app.take_in import TakenIn, plan_take_in
from vaultkeeper.app.vault import TEMPLATES, Vault
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import NotWritten, VaultkeeperError
from vaultkeeper.notes.generated import read_generated
from vaultkeeper.render.template import product_folder
from vaultkeeper.storage.bodies import keep_body
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.scan import stamp_of


@dataclass(frozen=True, slots=True)
class Indexed:
    """`changes` are what is, or on a dry run would be, written; `written` is empty on a dry run.

    `harvested` counts what was taken in from the generated notes; `mentioned` are the people whom contact
    lines name and who have no note yet; `again`: a generated note is just being edited, look again later.
    """

    refreshed: Refreshed
    changes: tuple[Change, ...]
    written: tuple[str, ...]
    problems: tuple[Problem, ...]
    harvested: int = 0
    mentioned: tuple[Mentioned, ...] = ()
    again: bool = False


@dataclass(slots=True)
class _Run:
    """What one run has done so far; one bad note never stops the others."""

    vault: Vault
    dry_run: bool
    changes: list[Change] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def write(self, changes: list[Change]) -> bool:
        """Whether all of it is written; on a dry run nothing is, which is as good."""
        self.changes += changes
        if self.dry_run or not changes:
            return True
        try:
            self.written += write(self.vault, changes)
        except NotWritten as error:
            path = changes[-1].path
            self.problems.append(Problem(path, 1, str(error).removeprefix(f"{path}: ")))
            return False
        return True


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
    refreshed = refresh(vault, index, progress, full=full)
    if index.kept("done", _state(vault, today)):
        return Indexed(refreshed, (), (), refreshed.problems, mentioned=tuple(find_mentioned(index)))
    with nullcontext() if dry_run else vault.files.lock():
        refresh(vault, index)  # what another run wrote while this one read, or waited
        state = _state(vault, today)
        done = _take_in_and_write(vault, index, today, refreshed, _Run(vault, dry_run), alone)
        if not (done.changes or done.again) and done.problems == refreshed.problems:
            index.keep("done", state, True)
    return done


def _state(vault: Vault, today: date) -> str:
    """What a run goes by beside the index, read before it: so that a later change makes another state."""
    folders = (vault.root / vault.layout.generated, vault.root / TEMPLATES, product_folder())
    files = [(entry.path, *stamp_of(entry.stat())) for folder in folders for entry in _entries(folder)]
    return repr((__version__, today, vault.config, sorted(files)))


def _entries(folder: Path) -> list[DirEntry[str]]:
    try:
        with scandir(folder) as entries:
            return [entry for entry in entries if entry.is_file()]
    except OSError:
        return []


def _take_in_and_write(
    vault: Vault, index: Index, today: date, refreshed: Refreshed, run: _Run, alone: float
) -> Indexed:
    copies = generated_copies(vault)
    taken = plan_take_in(vault, index, generated_paths(vault), copies, today, alone)
    for change in taken.changes:
        if not run.write([change]):
            taken.clean.clear()
    if run.written:
        refresh(vault, index)
    derived = plan_derived(vault, index, today)
    for change in derived:
        run.write([change])
    if derived and run.written:
        refresh(vault, index)
    plans, wrong = plan_generated(vault, index, today, taken)
    for plan in plans:
        if run.write(plan) and plan and plan[-1].path.endswith(".md") and not run.dry_run:
            _keep(vault, plan[-1].after)
    _remove_copies(run, taken, today)
    return Indexed(
        refreshed,
        tuple(run.changes),
        tuple(run.written),
        (*refreshed.problems, *taken.problems, *wrong, *run.problems),
        taken.count,
        tuple(find_mentioned(index)),
        bool(taken.fresh),
    )


def _keep(vault: Vault, text: str) -> None:
    note = read_generated(text)
    if note is not None:
        keep_body(vault.state, note.digest, note.body)


def _remove_copies(run: _Run, taken: TakenIn, today: date) -> None:
    """A conflict copy taken in goes; what else was typed in it is kept first."""
    for path in taken.copies if not run.dry_run else ():
        with suppress(VaultkeeperError):
            snapshot = run.vault.files.read(path)
            if path not in taken.clean:
                stem = path.rsplit("/", 1)[-1][:-3]
                run.write([Change(free_kept(run.vault, stem, today), None, snapshot.text)])
            run.vault.files.remove(path, snapshot)
