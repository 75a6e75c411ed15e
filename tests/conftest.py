"""What the tests share: a home of their own, a vault to write in, and the program run in-process."""

import json
import os
import shutil
import sys
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is the machine's business. CI tries the same examples each time, so that a run says
# something about its change; every other run looks for new ones.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("suite")

TODAY = "2026-11-23"  # a Monday
EXAMPLE = Path(__file__).parent.parent / "example-vault"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures of the long runs (record_property)."""
    for report in terminalreporter.getreports("passed"):
        for name, figure in report.user_properties if report.when == "call" else ():
            terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {name} {figure}")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Caches and state go below tmp_path, and nothing of the developer's own settings gets in."""
    for name in [*os.environ]:
        if name.startswith(("VAULTKEEPER_", "_VK_", "_VAULTKEEPER_")) or name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    for kind in ("CACHE", "STATE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    monkeypatch.setenv("HOME", str(folder))
    return folder


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as its one JSON document: a second one, or a line beside it, is an error."""
        return json.loads(self.out)


class _Stream(TextIOWrapper):
    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(BytesIO(data), encoding="utf-8", newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def said(self) -> str:
        self.flush()
        assert isinstance(self.buffer, BytesIO)
        return self.buffer.getvalue().decode()


def run_program(*args: str, input: str | None = None, terminal: str = "") -> Result:
    """The program, in this process; `terminal` names the standard streams that are one: "in out err"."""
    from vaultkeeper.cli.main import run

    streams = (
        _Stream((input or "").encode(), terminal="in" in terminal.split()),
        _Stream(terminal="out" in terminal.split()),
        _Stream(terminal="err" in terminal.split()),
    )
    kept = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = streams
    try:
        code = run(list(args), "vk")
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    result = Result(code, streams[1].said(), streams[2].said())
    assert "Traceback" not in result.err, result.err
    assert "something went wrong" not in result.err, result.err
    return result


class VaultFolder:
    """A vault on disk, and the program run on it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str | bytes) -> Path:
        """The file, made with its folders; text as it is, without any change of line ends."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def run(
        self,
        *args: str,
        input: str | None = None,
        today: str = TODAY,
        terminal: str = "",
    ) -> Result:
        where = ("--vault", str(self.root), "--today", today)
        return run_program(*where, *args, input=input, terminal=terminal)

    def ok(self, *args: str, today: str = TODAY) -> Result:
        """A command that must end with 0."""
        result = self.run(*args, today=today)
        assert result.code == 0, result
        return result

    def json(self, *args: str, today: str = TODAY) -> Any:
        """What a command that must end with 0 prints with --json."""
        return self.ok(*args, "--json", today=today).json

    def snapshot(self) -> dict[str, tuple[int, bytes | None]]:
        """Every path in the vault with its mtime and bytes; a file that came and went shows in its folder."""
        paths = [self.root, *self.root.rglob("*")]
        return {
            str(path): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
            for path in paths
        }


@pytest.fixture
def vault(tmp_path: Path) -> VaultFolder:
    """An empty vault: an empty config."""
    folder = VaultFolder(tmp_path / "vault")
    folder.write("vaultkeeper.toml", "")
    return folder


@pytest.fixture
def example(tmp_path: Path) -> VaultFolder:
    """A copy of example-vault."""
    shutil.copytree(EXAMPLE, tmp_path / "example")
    return VaultFolder(tmp_path / "example")
