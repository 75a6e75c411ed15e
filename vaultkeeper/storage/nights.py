"""The log of the nightly runs, and how they were scheduled: in the state folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from os import replace, unlink
from os.path import exists, join
from typing import NamedTuple

from vaultkeeper.storage.platform import StrPath, locked

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

    def __init__(self, state: StrPath) -> None:
        self._lock, self.log, self._installed = (
            join(state, name) for name in ("index.lock", "index.log", _SCHEDULE)
        )

    @contextmanager
    def run(self, clock: Callable[[], float], *, nightly: bool = False) -> Iterator[list[str]]:
        """One run at a time; what is put into the list stands in the log, or how the run failed.

        `clock` in seconds of the epoch. From a `nightly` one on, more are expected. Raises NotWritten where
        another run does not end within a minute.
        """
        said: list[str] = []
        with locked(self._lock, _PATIENCE):
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
            _write(f"{self.log}.new", "".join(f"{line}\n" for line in lines))
            replace(f"{self.log}.new", self.log)

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
            return _read(self.log).splitlines()
        except OSError:
            return []

    @property
    def installed(self) -> Installed | None:
        try:
            text = _read(self._installed)
        except OSError:
            return None
        import json

        try:
            stored = json.loads(text)
            return Installed(str(stored["by"]), float(stored["at"]))
        except (ValueError, KeyError, TypeError):
            return None

    def put_installed(self, installed: Installed | None) -> None:
        if installed is None:
            with suppress(FileNotFoundError):
                unlink(self._installed)
        else:
            import json

            _write(self._installed, json.dumps({"by": installed.by, "at": installed.at}))


def _read(file: str) -> str:
    with open(file, encoding="utf-8", errors="replace") as opened:
        return opened.read()


def _write(file: str, text: str) -> None:
    with open(file, "w", encoding="utf-8") as opened:
        opened.write(text)
