"""HOUSE.md's arrows, and what starting up may load."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TODAY, VaultFolder

PACKAGE = Path(__file__).parent.parent / "vaultkeeper"
# An arrow leads from a higher room to a lower one; those of one height do not know each other.
HEIGHT = {"errors": 0, "domain": 1, **dict.fromkeys(("storage", "notes", "render", "interop", "config"), 2)}
HEIGHT |= {"app": 3, "watch": 4, "cli": 5, "__main__": 6}
IMPURE = {"click", "sqlite3", "jinja2", "watchdog", "os", "time", "pathlib", "socket", "subprocess"}
HEAVY = {"jinja2", "watchdog", "yaml", "rich", "sqlite3", "frontmatter", "dateparser", "rapidfuzz"}

SLOW_TO_LOAD = HEAVY - {"sqlite3"} | {
    "dataclasses",
    "difflib",
    "hashlib",
    "json",
    "pathlib",
    "tomllib",
    "urllib.parse",
}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda f: str(f.relative_to(PACKAGE)))
def test_arrows_point_down(file: Path) -> None:
    room = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in imports(file):
        top, _, rest = name.partition(".")
        if top == "vaultkeeper" and rest != "__version__":
            other = rest.split(".")[0]
            assert other == room or HEIGHT[other] < HEIGHT[room], f"{room} imports {name}"
        assert not (room in ("domain", "notes", "errors") and top in IMPURE), f"{room} imports {name}"


@pytest.mark.parametrize(
    ("args", "environment"),
    [
        (["--help"], {}),
        (["--version"], {}),
        (["log", "--help"], {}),
        (["nonsense"], {}),
        ([], {"_VK_COMPLETE": "bash_complete", "COMP_WORDS": "vk sho", "COMP_CWORD": "1"}),
        ([], {"_VK_COMPLETE": "bash_complete", "COMP_WORDS": "vk list --ti", "COMP_CWORD": "2"}),
    ],
)
def test_starting_up_loads_nothing_heavy(args: list[str], environment: dict[str, str]) -> None:
    code = (
        "import sys\nfrom vaultkeeper.cli.main import run\n"
        f"try:\n    run({args}, 'vk')\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.stdout or args == ["nonsense"]
    loaded = set(done.stderr.split())
    assert "vaultkeeper.cli.main" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize(
    "args", [["due"], ["show", "jane"], ["list", "--warmth", "cold"], ["search", "berlin"], ["index"]]
)
def test_what_only_reads_loads_little(vault: VaultFolder, args: list[str]) -> None:
    """Once nothing changes any more: no parser, no pathlib, no class made by dataclass, a millisecond each."""
    vault.write("People/Jane Doe.md", "## Log\n\n- 2026-01-20 coffee: she is moving to Berlin\n")
    later = "import time\nnow = time.time_ns\ntime.time_ns = lambda: now() + 10**10\n"  # nothing is in doubt
    code = f"{later}import sys\nfrom vaultkeeper.cli.main import run\nrun(sys.argv[1:], 'vk')\nprint(*sys.modules)"
    where = ("--vault", str(vault.root), "--today", TODAY)
    for each in (["index"], ["index"], args, args):
        command = [sys.executable, "-c", code, *where, *each]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "vaultkeeper.storage.index" in loaded
    assert not loaded & SLOW_TO_LOAD
