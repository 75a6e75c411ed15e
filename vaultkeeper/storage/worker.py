"""Another Python that does its share of a task: started anew, so that our threads, locks and open files are
no matter, and it is the same on every system.

It is told its task once and answers bit by bit, by pickles over pipes. Whatever befalls it, the one who
asked is told no more than that no further answer comes, and does the work themselves.
"""

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

_START = "import sys; sys.path[:] = {path!r}; from {module} import {function}; {function}()"


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Worker:
    """`function` of `module` is what it runs: one that calls `work`. Does not raise where none can be had."""

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

    def tell(self, task: Any) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError), self._process.stdin as pipe:
                pickle.dump(task, pipe, pickle.HIGHEST_PROTOCOL)

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
        if self._process is not None:
            with self._process as process:  # closes its pipes, and waits for it
                process.kill()
            self._process = None


def work(answers: Callable[[Any], Iterable[Any]]) -> None:
    """In the worker: the answers to the task that it is told, each sent as soon as it is made."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the other's to answer: this one ends with them
    gc.disable()  # as in cli.main
    task = pickle.load(sys.stdin.buffer)
    for answer in answers(task):
        pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()
