"""Times one whole process, and interleaves two: A B A B, so that a busy moment of the machine hits both."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

# A process counts its parent's pages at the fork as its own peak; so each is started by a small one.
STARTER = """
import json, os, sys, time
out, error, *argv = sys.argv[1:]
made = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
           (os.POSIX_SPAWN_OPEN, 1, out, made, 0o600), (os.POSIX_SPAWN_OPEN, 2, error, made, 0o600)]
began = time.perf_counter()
pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=actions)
_, status, usage = os.wait4(pid, 0)
seconds = time.perf_counter() - began
cpu = usage.ru_utime + usage.ru_stime
print(json.dumps([seconds, cpu, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""
RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes


def nothing() -> None:
    pass


def no_complaint() -> str:
    return ""


class Command(NamedTuple):
    """A process to measure. `prepare` runs before it and `check` after it, both untimed."""

    label: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = MappingProxyType({})  # beside the bench's own
    prepare: Callable[[], None] = nothing
    check: Callable[[], str] = no_complaint  # what is wrong with the outcome, or ""
    good: frozenset[int] = frozenset({0})


@dataclass(frozen=True)
class Sample:
    ms: float
    cpu_ms: float  # user and system, of all threads
    mib: float  # peak resident memory
    code: int
    complaint: str = ""


class Failed(Exception):
    """A process ended badly; `code` is its exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class Runner:
    """Runs commands in one environment and one folder."""

    def __init__(self, env: Mapping[str, str], folder: Path) -> None:
        self.env = dict(env)
        self.folder = folder

    def run(self, command: Command) -> Sample:
        """One measured run, its output thrown away. Raises Failed on an exit code that is not good."""
        command.prepare()
        with tempfile.TemporaryDirectory() as scratch:
            return self._start(command, os.devnull, Path(scratch, "error"))

    def probe(self, command: Command) -> str:
        """One unmeasured run: warms the caches, and gives what it prints."""
        command.prepare()
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch, "out")
            self._start(command, str(out), Path(scratch, "error"))
            return out.read_text(encoding="utf-8", errors="replace")

    def _start(self, command: Command, out: str, error: Path) -> Sample:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", STARTER, out, str(error), *command.argv],
            env={**self.env, **command.env},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            check=True,
        )
        seconds, cpu, peak, code = json.loads(done.stdout)
        if code not in command.good:
            lines = error.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise Failed(f"exit {code}: {lines[-1] if lines else 'no message'}", code)
        return Sample(seconds * 1000, cpu * 1000, peak * RSS_UNIT / 2**20, code, command.check())


def interleave(runner: Runner, commands: tuple[Command, ...], repeat: int) -> list[list[Sample]]:
    """The samples of each command, taken in turns."""
    taken: list[list[Sample]] = [[] for _ in commands]
    for _ in range(repeat):
        for samples, command in zip(taken, commands, strict=True):
            samples.append(runner.run(command))
    return taken


def median_ms(samples: list[Sample]) -> float:
    return statistics.median(sample.ms for sample in samples)


def median_mib(samples: list[Sample]) -> float:
    return statistics.median(sample.mib for sample in samples)
