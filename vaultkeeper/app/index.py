"""`index`: the nightly job. Brings the index up to date and refreshes the generated notes (CLI.md)."""

from dataclasses import dataclass
from datetime import date

from vaultkeeper.app.change import Change, write
from vaultkeeper.app.generated import plan_generated
from vaultkeeper.app.refresh import Progress, Refreshed, refresh
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.place import Problem
from vaultkeeper.storage.index import Index


@dataclass(frozen=True, slots=True)
class Indexed:
    """`changes` are those of the generated notes; `written` is empty on a dry run."""

    refreshed: Refreshed
    changes: tuple[Change, ...]
    written: tuple[str, ...]
    problems: tuple[Problem, ...]
    harvested: int = 0


def run_index(
    vault: Vault,
    index: Index,
    today: date,
    progress: Progress | None = None,
    *,
    full: bool = False,
    dry_run: bool = False,
) -> Indexed:
    """One bad note never stops the others: what is wrong is in `problems`."""
    refreshed = refresh(vault, index, progress, full=full)
    changes, wrong = plan_generated(vault, index, today)
    written = [] if dry_run else write(vault, changes)
    return Indexed(refreshed, tuple(changes), tuple(written), (*refreshed.problems, *wrong))
