"""What `index` does once the notes are read: ticks taken in, the generated notes written anew."""

from contextlib import suppress
from datetime import date

from vaultkeeper.app.change import Change, write
from vaultkeeper.app.generated import (
    TakenIn,
    free_kept,
    generated_copies,
    generated_paths,
    plan_generated,
    read_ours,
)
from vaultkeeper.app.index import Indexed, people_without_note
from vaultkeeper.app.refresh import Refreshed, refresh
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import NotWritten, VaultkeeperError
from vaultkeeper.notes.generated import read_generated
from vaultkeeper.storage.bodies import keep_body
from vaultkeeper.storage.index import Index


class Run:
    """What one run has done so far; one bad note never stops the others."""

    def __init__(self, vault: Vault, dry_run: bool) -> None:
        self.vault, self.dry_run = vault, dry_run
        self.changes: list[Change] = []
        self.written: list[str] = []
        self.problems: list[Problem] = []

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


def regenerate(
    vault: Vault, index: Index, today: date, refreshed: Refreshed, run: Run, alone: float
) -> Indexed:
    copies = generated_copies(vault)
    ours = read_ours(vault, (*generated_paths(vault), *copies))
    touched = {path: one for path, one in ours.items() if not one.note.untouched}
    taken = TakenIn(clean=ours.keys() - touched.keys(), copies=ours.keys() & set(copies))
    if touched:
        from vaultkeeper.app.take_in import plan_take_in

        plan_take_in(vault, index, touched, today, alone, taken)
    for change in taken.changes:
        if not run.write([change]):
            taken.clean.clear()
    if run.written:
        refresh(vault, index)
    if vault.layout.properties:
        from vaultkeeper.app.derived import plan_derived

        derived = plan_derived(vault, index, today)
        for change in derived:
            run.write([change])
        if derived and run.written:
            refresh(vault, index)
    wrong = []
    for plan in plan_generated(vault, index, today, taken):
        if isinstance(plan, Problem):
            wrong.append(plan)
        elif run.write(plan) and plan and plan[-1].path.endswith(".md") and not run.dry_run:
            _keep(vault, plan[-1].after)
    _remove_copies(run, taken, today)
    return Indexed(
        refreshed,
        tuple(run.changes),
        tuple(run.written),
        (*refreshed.problems, *taken.problems, *wrong, *run.problems),
        taken.count,
        people_without_note(index),
        max(taken.fresh.values(), default=0.0),
    )


def _keep(vault: Vault, text: str) -> None:
    note = read_generated(text)
    if note is not None:
        keep_body(vault.state, note.digest, note.body)


def _remove_copies(run: Run, taken: TakenIn, today: date) -> None:
    """A conflict copy taken in goes; what else was typed in it is kept first."""
    for path in sorted(taken.copies) if not run.dry_run else ():
        with suppress(VaultkeeperError):
            snapshot = run.vault.files.read(path)
            if path not in taken.clean:
                stem = path.rsplit("/", 1)[-1][:-3]
                run.write([Change(free_kept(run.vault, stem, today), None, snapshot.text)])
            run.vault.files.remove(path, snapshot)
