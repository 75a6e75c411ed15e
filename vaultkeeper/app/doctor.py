"""`doctor`: every problem of the vault, with the way to mend it."""

from datetime import date

from vaultkeeper.app.generated import TakenIn, plan_generated
from vaultkeeper.app.recover import Losses, problems_of
from vaultkeeper.app.refresh import Progress, refresh
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.doubles import find_doubles
from vaultkeeper.domain.place import Problem
from vaultkeeper.storage.index import Index


def examine(
    vault: Vault, index: Index, today: date, losses: Losses, progress: Progress | None = None
) -> list[Problem]:
    """By path and line; `losses` are what other programs made of our writes."""
    refreshed = refresh(vault, index, progress)
    plans = plan_generated(vault, index, today, TakenIn())
    wrong = [plan for plan in plans if isinstance(plan, Problem)]
    return sorted((*refreshed.problems, *wrong, *_empty(index), *_doubles(index), *problems_of(losses)))


def _doubles(index: Index) -> list[Problem]:
    """Two notes that are likely one person."""
    contacts = [summary.contact for summary in index.summaries()]
    return [
        Problem(
            other.path,
            1,
            f"likely the same person as {one.path}: {why}",
            mend=f'vk merge "{one.path}" "{other.path}" makes one of them.',
        )
        for one, other, why in find_doubles(contacts)
    ]


def _empty(index: Index) -> list[Problem]:
    """A note of 0 bytes may be a person just begun, or what a crash or a sync has left of one."""
    mend = "If it was not always empty, look for it in your backup or in git."
    size = {path: stamp[1] for path, stamp in index.stamps().items()}
    return [
        Problem(path, 1, "the note is empty", mend=mend)
        for _, path in index.all_names()
        if size.get(path) == 0
    ]
