"""The nightly run, and the warning where it no longer comes: reminders that silently stop are the worst
failure of such a tool."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from vaultkeeper.app.vault import Vault
from vaultkeeper.config import FILE
from vaultkeeper.domain.place import Problem
from vaultkeeper.storage.nights import Nights, is_scheduled

STALE = 2 * 86400.0  # seconds without a good run, after which we tell


@contextmanager
def logged_run(
    vault: Vault, clock: Callable[[], float], *, nightly: bool, dry_run: bool
) -> Iterator[list[str]]:
    """One run of `index` at a time; what is put into the list is logged. A dry run is none."""
    if dry_run:
        yield []
        return
    with Nights(vault.state_folder).run(clock, nightly=nightly) as said:
        yield said


def find_stopped(vault: Vault, now: float) -> Problem | None:
    """That a schedule is installed, and has not done its work for two days; `now` in seconds of the epoch."""
    if not is_scheduled(vault.state_folder):
        return None
    nights = Nights(vault.state_folder)
    installed = nights.installed
    if installed is None:
        return None
    last = nights.last_good()
    if now - max(last or 0.0, installed.at) < STALE:
        return None
    when = f"last ran well on {datetime.fromtimestamp(last, UTC):%d %B}" if last else "has never run well"
    message = f"the nightly index (by {installed.by}) {when}, so reminders may be old"
    mend = f"Look into {nights.log}; vk schedule install sets it up anew, vk schedule remove gives it up."
    return Problem(FILE, 1, message, mend=mend)
