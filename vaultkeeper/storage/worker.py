"""More Pythons that do a share of the work: started anew, so that our threads, locks and open files are no
matter, and it is the same on every system.

Each is told its task once, and then given part after part, by pickles over pipes. Whatever befalls it, the
one who asked is told no more than that there is no answer, and does the work themselves.
"""

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

P = TypeVar("P")
A = TypeVar("A")

_START = "import sys; sys.path[:] = {path!r}; from {module} import {function}; {function}()"


_MOST = 4  # what more of them make, one cannot write in time


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def how_many() -> int:
    """One a core; none where there is but one."""
    count = min(cores(), _MOST)
    return count if count > 1 else 0


class Workers:
    """So many, with one and the same task; `function` of `module` is what they run: one that calls `work`.

    Does not raise where they cannot be had, or the task cannot be told: then they have no answers.
    """

    def __init__(self, count: int, module: str, function: str, task: Any) -> None:
        try:
            told = pickle.dumps(task, pickle.HIGHEST_PROTOCOL) if count else b""
        except Exception:  # what cannot be pickled tells so in as many ways
            count = 0
        self._workers = [_Worker(module, function) for _ in range(count)]
        for worker in self._workers:
            worker.tell(told)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def each(self, parts: Iterable[P], alone: Callable[[P], A]) -> Iterator[A]:
        """The answer to each of the parts, in their order; by `alone` where a worker has none."""
        idle, busy = deque(self._workers), deque[tuple[_Worker, P]]()

        def finish() -> A:
            worker, part = busy.popleft()
            answer: A | None = worker.ask()
            idle.append(worker)
            return alone(part) if answer is None else answer

        for part in parts:
            if not self._workers:
                yield alone(part)
                continue
            done = [] if idle else [finish()]
            worker = idle.popleft()
            # None has more than one: so it listens, and neither waits for the other.
            worker.tell(pickle.dumps(part, pickle.HIGHEST_PROTOCOL))
            busy.append((worker, part))
            yield from done
        while busy:
            yield finish()


class _Worker:
    def __init__(self, module: str, function: str) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        path = [folder for folder in sys.path if folder]
        code = _START.format(path=path, module=module, function=function)
        with suppress(OSError, ValueError):
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def tell(self, pickled: bytes) -> None:
        if self._process is not None and self._process.stdin is not None:
            try:
                self._process.stdin.write(pickled)
                self._process.stdin.flush()
            except OSError:
                self.end()

    def ask(self) -> Any | None:
        """The next answer; None where none will come, now and ever after."""
        if self._process is None or self._process.stdout is None:
            return None
        try:
            return pickle.load(self._process.stdout)
        except Exception:  # cut off in the midst, it may be anything
            self.end()
            return None

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError), process:  # closes its pipes, and waits for it
                pass


def work(begin: Callable[[Any], Callable[[Any], Any]]) -> None:
    """In the worker: what it begins with the task answers each part, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the other's to answer: this one ends with them
    gc.disable()  # as in cli.main
    answer = begin(pickle.load(sys.stdin.buffer))
    with suppress(EOFError):
        while True:
            said = answer(pickle.load(sys.stdin.buffer))
            pickle.dump(said, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.flush()
