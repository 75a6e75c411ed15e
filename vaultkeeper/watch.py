"""`watch`: the same use case as `index`, whenever the vault changes (CLI.md).

Events are hints and no more: what changed is found by the run, which compares the files with the index. One
event too many costs a look; one too few is made good by the next run, five minutes later at most. Our own
writes are events too: the run that follows them finds nothing to write, and there it ends.
"""

import gc
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from enum import Enum
from math import inf
from pathlib import Path
from typing import NamedTuple

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from vaultkeeper.app.index import Indexed, run_index
from vaultkeeper.app.vault import TEMPLATES, Vault, open_vault
from vaultkeeper.config import FILE
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop import obsidian

SETTLE = 0.5  # seconds (as all of these) of quiet before a run
PATIENCE = 5.0  # the longest that a storm of events puts a run off
NET = 300.0  # from one run to the next where nothing is heard: events get lost
RETRY = 30.0  # after a run that failed
ALONE = 60.0  # that a generated note is let be after a save, before its ticks are taken in
POLL = 3.0  # between two looks where the system tells of no events
TICK = 1.0  # the longest wait: for a signal, for midnight, for the root to go or come back

# Not asked for: that a note is read (a run opens each), and a folder's "modified", which repeats its files'.
_IDLE = (events.FileOpenedEvent, events.FileClosedNoWriteEvent, events.DirModifiedEvent)
_TELLING = [kind for kind in events.FileSystemEvent.__subclasses__() if kind not in _IDLE]


def watch(
    vault: Callable[[], Vault],
    today: Callable[[], date],
    say: Callable[[str], None],
    stop: threading.Event,
    *,
    poll: bool = False,
) -> None:
    """Until `stop` is set. Raises VaultNotFound or ConfigError where it cannot begin; after that, goes on."""
    root = vault().root  # from now on by its path: the working folder, where `vault` may begin, can go
    lookout = Lookout(root, say, poll=poll)
    with lookout.opened():
        loop(lookout, Run(root, say, stop), today, stop)


class Settler:
    """When to run, in seconds of any one clock. A new one is due at once."""

    def __init__(self) -> None:
        self._first, self._last, self._next = inf, inf, -inf

    @property
    def due(self) -> float:
        return min(self._next, self._last + SETTLE, self._first + PATIENCE)

    def hint(self, now: float) -> None:
        self._first, self._last = min(self._first, now), now

    def ran(self, now: float, again: float | None = None) -> None:
        """`again`: seconds after which to run again, be it quiet or not."""
        self._first, self._last, self._next = inf, inf, now + min(NET, inf if again is None else again)


def is_hint(event: events.FileSystemEvent, root: str) -> bool:
    """Whether a run may find something that it did not before: in a note, a folder, a template, a setting."""
    if isinstance(event, _IDLE):
        return False
    paths = (os.fsdecode(path) for path in (event.src_path, event.dest_path) if path)
    return any(_matters(path.removeprefix(root), event.is_directory) for path in paths)


def _matters(path: str, is_folder: bool) -> bool:
    parts = path.replace(os.sep, "/").strip("/").split("/")
    name, settings = parts[-1], parts[0] == obsidian.FOLDER
    if any(part.startswith(".") or part == "node_modules" for part in parts[settings:]):
        return False  # our own temporary files are among these
    # A folder may pass for a file: one that is gone, on Windows, or a link to one. Its name tells, mostly.
    if is_folder or "." not in name:
        return True
    if settings:  # Obsidian saves its workspace at each click
        return name.endswith(".json") and not name.startswith("workspace")
    return name.lower().endswith(".md") or parts == [FILE] or "/".join(parts).startswith(f"{TEMPLATES}/")


class Sight(Enum):
    """What a look at the vault's root finds."""

    GONE = "no vault there"
    NEW = "a vault, watched from now on: what was before is not known"
    SAME = "the one that was watched since the last look"


class Lookout(events.FileSystemEventHandler):
    """The vault's root under watchdog's eye, wherever it goes and comes back. To be used while `opened`."""

    def __init__(self, root: Path, say: Callable[[str], None], *, poll: bool = False) -> None:
        self._root, self._say, self._poll, self._told = root, say, poll, ""
        self._heard = threading.Event()
        self._observer: BaseObserver | None = None
        self._watched: tuple[int, int] | None = None

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Takes watchdog's troubles, which would else be printed, as hints; ends with the observer's end."""
        logger, log = logging.getLogger("watchdog"), logging.Handler(logging.WARNING)
        log.addFilter(self._take_log)
        logger.addHandler(log)
        hook, threading.excepthook = threading.excepthook, self._take_crash
        try:
            yield
        finally:
            self.renew()
            threading.excepthook = hook
            logger.removeHandler(log)

    def look(self) -> Sight:
        """Sees to it that whatever stands at the root's path is watched."""
        standing = self._standing()
        if standing is None:
            self.renew()
            self._tell(f"no vault at {self._root} now (moved, removed, unmounted?); waiting for it")
            return Sight.GONE
        observer = self._observer
        if standing == self._watched and observer and all(e.is_alive() for e in observer.emitters):
            return Sight.SAME
        self.renew()
        try:
            self._tell(f"watching {self._root}{self._start()}")
        except OSError as error:
            self._tell(f"{self._root} cannot be watched: {error.strerror}; trying again")
            return Sight.GONE
        self._watched = standing
        return Sight.NEW

    def wait(self, seconds: float) -> bool:
        """Whether a hint came, within `seconds` or since the last wait."""
        if heard := self._heard.wait(seconds):  # else a hint that comes at this moment would be lost
            self._heard.clear()
        return heard

    def renew(self) -> None:
        """Ends the observer; the next look starts another."""
        observer, self._observer, self._watched = self._observer, None, None
        if observer is not None:
            with suppress(Exception):  # never started; or it crashed, and stumbles over its own books
                observer.stop()
                observer.join()

    def dispatch(self, event: events.FileSystemEvent) -> None:
        """Called by watchdog, in a thread of its own."""
        if is_hint(event, str(self._root)):
            self._heard.set()

    def _take_log(self, _: logging.LogRecord) -> bool:
        """Nothing there is for a person; but that events were lost, watchdog tells nowhere else."""
        self._heard.set()
        return False

    def _take_crash(self, _: threading.ExceptHookArgs) -> None:
        """watchdog 7.1 dies where a folder is moved out, made anew and removed, and then the old one goes."""
        self._watched = None
        self._heard.set()

    def _standing(self) -> tuple[int, int] | None:
        """Which folder is there; None where it holds no vault."""
        try:
            (self._root / FILE).stat()
            status = self._root.stat()
        except OSError:
            return None
        # A network drive may number its folders anew each time.
        return (0, 0) if self._poll else (status.st_dev, status.st_ino)

    def _start(self) -> str:
        """Starts an observer; gives how it looks, in words. Raises OSError."""
        how = f" by a look every {POLL:.0f} seconds"
        if not self._poll:
            try:
                observer = self._observe(Observer())
                # Where the system has no watch left for a folder, watchdog passes over it: one more tells.
                observer.unschedule(observer.schedule(self, str(self._root.parent)))
                return ""
            except OSError as error:
                how += f" ({error.strerror})"
                self.renew()
        self._observe(PollingObserver(timeout=POLL))
        return how

    def _observe(self, observer: BaseObserver) -> BaseObserver:
        self._observer = observer  # before it starts: half started, it needs an end as well
        observer.schedule(self, str(self._root), recursive=True, event_filter=_TELLING)
        observer.start()
        return observer

    def _tell(self, message: str) -> None:
        if message != self._told:
            self._told = message
            self._say(message)


class Ran(NamedTuple):
    """`found`: contacts' notes had changed. `again`: seconds after which to run again, in any case."""

    found: bool
    again: float | None = None


class Run:
    """`index`, again and again: says what changed, and each thing that is wrong once."""

    def __init__(self, root: Path, say: Callable[[str], None], stop: threading.Event) -> None:
        self._root, self._say, self._stop = root, say, stop
        self._problems, self._failures = set[tuple[str, str]](), set[str]()

    def __call__(self, today: date) -> Ran:
        try:
            vault = open_vault(self._root, exact=True)
            with vault.index() as index:
                done = run_index(vault, index, today, self._heed, alone=ALONE)
        except _Stopped:
            return Ran(False)
        except (VaultkeeperError, OSError) as error:
            if str(error) not in self._failures:
                self._say(str(error))
            self._failures.add(str(error))
            return Ran(False, RETRY)
        self._tell(done)
        gc.collect()  # cli.main has turned it off, for programs that end sooner
        return Ran(done.refreshed.found > 0, done.again or None)

    def _heed(self, _done: int, _total: int) -> None:
        """A first index of 100,000 notes takes minutes; a signal ends it between two notes."""
        if self._stop.is_set():
            raise _Stopped

    def _tell(self, done: Indexed) -> None:
        if self._failures:
            self._say("that is mended; going on")
            self._failures.clear()
        if line := summary(done):
            self._say(line)
        for problem in done.problems:
            if (problem.path, problem.message) not in self._problems:
                self._say(str(problem))
        # Without its line: a problem that an edit above it moves is no new one.
        self._problems = {(problem.path, problem.message) for problem in done.problems}


class _Stopped(Exception): ...


def summary(done: Indexed) -> str:
    """A run in a line, such as "2 modified; wrote Keep in touch/Due this week.md"; else empty."""
    counts = done.refreshed
    numbers = (counts.added, counts.modified, counts.removed, done.harvested)
    named = zip(numbers, ("added", "modified", "removed", "taken in"), strict=True)
    changed = ", ".join(f"{number} {what}" for number, what in named if number)
    wrote = f"wrote {', '.join(done.written)}" if done.written else ""
    return "; ".join(part for part in (changed, wrote) if part)


def loop(
    lookout: Lookout,
    run: Callable[[date], Ran],
    today: Callable[[], date],
    stop: threading.Event,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Runs at the start, when what it heard has settled, at midnight, and every five minutes."""
    settler, heard, ran_on = Settler(), False, None
    # `stop` is asked, never waited for: its set(), in a signal handler, would wait for this very thread.
    while not stop.is_set():
        sight, day, now = lookout.look(), today(), clock()
        if sight is Sight.NEW:
            settler = Settler()
        pause = TICK if sight is Sight.GONE else min(TICK, settler.due - now)
        if sight is not Sight.GONE and (pause <= 0 or day != ran_on):
            deaf = not heard and sight is Sight.SAME and day == ran_on
            found, again = run(day)
            settler.ran(clock(), again)
            heard, ran_on = False, day
            if found and deaf:
                lookout.renew()
        elif lookout.wait(pause):
            settler.hint(clock())
            heard = True
