"""Templates of a vault, rendered where they can do no harm: in a process of their own, in Jinja's sandbox.

The sandbox keeps a template from files and from Python's insides. That it also comes to an end, with a text
of a sane size, no check of the language can promise; so the process is bounded: its time by a clock of the
system, its memory by a limit of the system (on Linux), its output by counting. The templates are sent to it,
so it opens no file for them. Its answer is JSON: nothing that it says is ever run here.
"""

import json
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from threading import Timer
from typing import IO, TYPE_CHECKING, Any

from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.render.environment import FAILURES, line_of, make_environment

if TYPE_CHECKING:
    from jinja2 import Environment

SECONDS = 1.0  # of the processor, for one note
PATIENCE = 30.0  # seconds by the clock, where the processor's time can't be had or others need it
MEMORY = 128 * 1024**2  # bytes, beside what Python and Jinja take
MAX_OUTPUT = 4 * 1024**2  # characters

_START = "import sys; sys.path[:] = {path!r}; from vaultkeeper.render.confined import serve; serve()"


class Child:
    """The process, started when first needed and ended with us. `sources`: each template's text, by name;
    `paths`: what a person knows the vault's own by."""

    def __init__(self, sources: Mapping[str, str], paths: Mapping[str, str]) -> None:
        self._sources, self._paths = dict(sources), paths
        self._running: subprocess.Popen[bytes] | None = None

    def __del__(self) -> None:
        self._end()

    def render(self, name: str, values: Mapping[str, object]) -> tuple[str, str, int]:
        """(text, "", 0), or (what is wrong, the template's path, its line)."""
        if name not in self._sources:
            return "there is no such template", f"template {name}", 1
        child = self._running = self._running or self._start()
        assert child.stdin is not None and child.stdout is not None
        clock = Timer(PATIENCE, child.kill)
        clock.daemon = True
        clock.start()
        answer = b""
        try:
            with suppress(BrokenPipeError):
                _send(child.stdin, pickle.dumps((name, dict(values))))
                answer = child.stdout.readline(16 * MAX_OUTPUT)
        finally:
            clock.cancel()
        try:
            said, file, line = json.loads(answer)
        except ValueError:
            self._end()
            bounds = f"{SECONDS:g} second or {MEMORY // 1024**2} MB"
            return f"it takes more than {bounds}, and was stopped", self._path(name), 1
        return said, self._path(file or name) if line else "", line

    def _path(self, file: str) -> str:
        return self._paths.get(file, f"template {file}")

    def _start(self) -> "subprocess.Popen[bytes]":
        try:
            child = subprocess.Popen(
                [sys.executable, "-I", "-c", _START.format(path=[path for path in sys.path if path])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise VaultkeeperError(f"Python cannot be started to render templates: {error}") from error
        assert child.stdin is not None
        _send(child.stdin, pickle.dumps(self._sources))
        return child

    def _end(self) -> None:
        child, self._running = self._running, None
        if child is not None:
            child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout):
                with suppress(OSError):
                    if stream is not None:
                        stream.close()


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    """What our own parent sends; ends the process once it sends no more."""
    size = stream.read(8)
    if len(size) < 8:
        sys.exit()
    return pickle.loads(stream.read(int.from_bytes(size, "big")))


def serve() -> None:
    """The process's own side."""
    from jinja2 import DictLoader

    sources: dict[str, str] = _receive(sys.stdin.buffer)

    class Loader(DictLoader):
        def get_source(self, environment: Any, template: str) -> Any:
            source, _, fresh = super().get_source(environment, template)
            return source, template, fresh  # as the file's name, so that errors tell the line

    environment = make_environment(Loader(sources))
    while True:
        name, values = _receive(sys.stdin.buffer)
        _bound()
        try:
            answer = (_render(environment, name, values), "", 0)
        except FAILURES as error:
            file, line = line_of(error, sources)
            said = str(error) if len(str(error)) < 500 else f"{str(error)[:500]}…"
            answer = (said or _NAMELESS.get(type(error), type(error).__name__), file, line)
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


_NAMELESS: dict[type[BaseException], str] = {MemoryError: f"it takes more than {MEMORY // 1024**2} MB"}


def _render(environment: "Environment", name: str, values: dict[str, object]) -> str:
    parts, size = [], 0
    for part in environment.get_template(name).generate(**values):
        parts.append(part)
        size += len(part)
        if size > MAX_OUTPUT:
            raise ValueError(f"it makes more than {MAX_OUTPUT // 1024**2} MB of text")
    return "".join(parts)


def _bound() -> None:
    """For the next note: so much memory more than now, and so much time, after which the system ends us."""
    if sys.platform == "win32":
        return
    import resource

    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (_in_use() + MEMORY, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _in_use() -> int:
    """Bytes of data of this process, where the system tells; else what a fresh one takes."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[5]) * 4096
    except (OSError, ValueError, IndexError):
        return 64 * 1024**2
