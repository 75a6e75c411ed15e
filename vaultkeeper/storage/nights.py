"""The log of the nightly runs, and how they were scheduled: in the state folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from os.path import exists, join
from typing import TYPE_CHECKING, NamedTuple

from vaultkeeper.storage.platform import locked

if TYPE_CHECKING:
    from pathlib import Path

OWN = "a scheduler of your own"
"""By which a run came that a person has scheduled, with what `schedule show` printed."""

_PATIENCE = 60.0  # seconds that a run waits for another to end
_SCHEDULE = "schedule.json"
_KEPT = 200  # runs in the log


class Installed(NamedTuple):
    """A schedule as it was installed: `by` which scheduler, `at` in seconds of the epoch."""

    by: str
    at: float


def is_scheduled(state: str) -> bool:
    """Whether a schedule was installed: a quick question."""
    return exists(join(state, _SCHEDULE))


class Nights:
    """What is known of the nightly runs of one vault, in its state folder."""

    def __init__(self, state: "Path") -> None:
        self._state = state
        self.log = state / "index.log"
        self._installed = state / _SCHEDULE

    @contextmanager
    def run(self, clock: Callable[[], float], *, nightly: bool = False) -> Iterator[list[str]]:
        """One run at a time; what is put into the list stands in the log, or how the run failed.

        `clock` in seconds of the epoch. From a `nightly` one on, more are expected. Raises NotWritten where
        another run does not end within a minute.
        """
        said: list[str] = []
        with locked(self._state / "index.lock", _PATIENCE):
            if nightly and self.installed is None:
                with suppress(OSError):
                    self.put_installed(Installed(OWN, clock()))
            try:
                yield said
            except BaseException as error:
                self._note(clock(), f"failed: {type(error).__name__}: {error}")
                raise
            self._note(clock(), f"ok: {'; '.join(said)}")

    def _note(self, now: float, text: str) -> None:
        """Not worth a failure of the run."""
        with suppress(OSError, ValueError, OverflowError):  # of a clock at the calendar's end
            stamp = datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
            lines = [*self._lines()[1 - _KEPT :], f"{stamp} {' '.join(text.split())}"]
            beside = self.log.with_suffix(".new")
            beside.write_text("".join(f"{line}\n" for line in lines), "utf-8")
            beside.replace(self.log)

    def last_good(self) -> float | None:
        """When the last run ended well, in seconds of the epoch."""
        for line in reversed(self._lines()):
            stamp, _, said = line.partition(" ")
            if said.startswith("ok:"):
                with suppress(ValueError):
                    return datetime.fromisoformat(stamp).timestamp()
        return None

    def _lines(self) -> list[str]:
        try:
            return self.log.read_text("utf-8", "replace").splitlines()
        except OSError:
            return []

    @property
    def installed(self) -> Installed | None:
        try:
            text = self._installed.read_text("utf-8")
        except (OSError, ValueError):
            return None
        import json

        try:
            stored = json.loads(text)
            return Installed(str(stored["by"]), float(stored["at"]))
        except (ValueError, KeyError, TypeError):
            return None

    def put_installed(self, installed: Installed | None) -> None:
        if installed is None:
            self._installed.unlink(missing_ok=True)
        else:
            import json

            self._installed.write_text(json.dumps({"by": installed.by, "at": installed.at}), "utf-8")
