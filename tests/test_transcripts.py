"""Console sessions in Markdown, run as tests: README.md and transcripts/*.md, which are documentation too.

In a block of kind `console`, each line that begins with `$ ` is run. Below it stands what a terminal of 80
columns shows: stdout and stderr as they come, and `[exit 3]` where a command fails. `…` stands for any text,
and alone on a line for any lines. Piped (`vk due | cat`), a command says what other programs get.

The sessions of a file run one after another in one folder, a fresh copy of example-vault; or in an empty
folder, where the file says `<!-- in an empty folder -->`. Blocks of other kinds (`sh`) are not run.

    TRANSCRIPTS=write pytest tests/test_transcripts.py      writes what came out; read the diff it makes
"""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
FILES = [HERE.parent / "README.md", *sorted((HERE / "transcripts").glob("*.md"))]
EMPTY = "<!-- in an empty folder -->"
TODAY = "2026-11-23"  # the Monday for which example-vault is written

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="the sessions need a shell")
Runner = Callable[[str], list[str]]


class _Terminal(io.StringIO):
    """Both streams of a command write to one screen. Stderr says that it is no terminal: no progress bar."""

    def __init__(self, screen: list[str], *, is_terminal: bool) -> None:
        super().__init__()
        self._screen, self._is_terminal = screen, is_terminal

    def write(self, text: str) -> int:
        written = super().write(text)  # raises for bytes: click asks so whether we take them
        self._screen.append(text)
        return written

    def isatty(self) -> bool:
        return self._is_terminal


def run_here(args: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    """The program in this process, on a terminal: its text and its exit code."""
    from vaultkeeper.cli.main import run

    screen: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO())
        patch.setattr(sys, "stdout", _Terminal(screen, is_terminal=True))
        patch.setattr(sys, "stderr", _Terminal(screen, is_terminal=False))
        code = run(args, "vk")
    return "".join(screen), code


def run_shell(command: str) -> tuple[str, int]:
    """Anything else, pipes included, with the installed `vk` first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command],
        env=os.environ | {"PATH": path, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout, done.returncode


def runner(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Gives the lines that a command shows in `folder`, which is called ~/my-network."""

    def run(command: str) -> list[str]:
        plain = command.startswith("vk ") and not re.search(r"[|&;<>$`*]", command)
        text, code = run_here(shlex.split(command)[1:], monkeypatch) if plain else run_shell(command)
        lines = [line.rstrip() for line in text.replace(str(folder), "~/my-network").split("\n")]
        return [*_trimmed(lines), *([f"[exit {code}]"] if code else [])]

    return run


def _trimmed(lines: list[str]) -> list[str]:
    """Without the blank lines at the end."""
    return _trimmed(lines[:-1]) if lines and not lines[-1] else lines


def matches(expected: list[str], said: list[str]) -> bool:
    """Whether the lines are as expected, where `…` may be anything but a failure."""
    if said and said[-1].startswith("[exit ") and expected[-1:] != said[-1:]:
        return False
    pattern = "".join(
        r"(?:.*\n)*" if line == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in expected
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in said)) is not None


def played(document: str, run: Runner) -> Iterator[str]:
    """The document's lines, with what its commands say now; where that matches, as they are written."""
    lines, at, in_session = document.split("\n"), 0, False
    while at < len(lines):
        line, at = lines[at], at + 1
        yield line
        if line.startswith("```"):
            in_session = not in_session and line == "```console"
        elif in_session and line.startswith("$ "):
            end = at
            while not lines[end].startswith(("$ ", "```")):
                end += 1
            expected, said = _trimmed(lines[at:end]), run(line[2:])
            yield from expected if matches(expected, said) else said
            yield from lines[at + len(expected) : end]
            at = end


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_sessions_say_what_is_written(
    file: Path, example: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = file.read_text("utf-8")
    assert "```console\n$ " in document, f"{file.name} has no session"
    folder = example.root
    if EMPTY in document:
        folder = tmp_path / "empty"
        folder.mkdir()
    monkeypatch.chdir(folder)
    for name, value in (("VAULTKEEPER_TODAY", TODAY), ("TERM", "dumb"), ("COLUMNS", "80")):
        monkeypatch.setenv(name, value)
    now = "\n".join(played(document, runner(folder, monkeypatch)))
    if os.environ.get("TRANSCRIPTS") == "write":
        file.write_text(now, "utf-8")
    elif now != document:
        names = f"{file.name}, as written", f"{file.name}, as run"
        changed = unified_diff(document.splitlines(), now.splitlines(), *names, lineterm="")
        pytest.fail("\n".join(changed), pytrace=False)


def test_an_ellipsis_stands_for_anything_and_nothing_else_does() -> None:
    said = ["a", "b c d", "e.f"]
    for expected in (said, ["…"], ["a", "…"], ["…", "e.f"], ["a", "b … d", "e…"], ["a", "…", "b c d", "e.f"]):
        assert matches(expected, said), expected
    for expected in ([], ["a"], ["…", "x"], ["a …"], ["a", "b … x", "e.f"], ["…", "exf"], [*said, "x"]):
        assert not matches(expected, said), expected
    assert matches(["…"], [])
    assert not matches(["…"], ["a", "[exit 1]"])


def test_what_a_command_says_now_takes_the_place_of_what_is_written() -> None:
    document = "```sh\n$ no\n```\n```console\n$ a\nold\n\n$ b\nkept …\n$ c\n```\n$ no"
    now = "\n".join(played(document, lambda command: {"a": ["new"], "b": ["kept on"], "c": []}[command]))
    assert now == document.replace("old", "new")
