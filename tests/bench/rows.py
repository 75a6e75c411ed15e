"""What is measured: the rows of the table in issue 8, each a command of ours beside its floor."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.bench import floors
from tests.bench import vocabulary as words
from tests.bench.contact import World, contact_name
from tests.bench.ground import Ground
from tests.bench.measure import Command

Reach = Mapping[int, float]  # by the number of contacts

START: Reach = {1000: 1.1, 10_000: 1.1, 100_000: 1.1}
READING: Reach = {1000: 1.35, 10_000: 2.1, 100_000: 10}
NAME: Reach = {1000: 1.4, 10_000: 1.5, 100_000: 2}
UNCHANGED: Reach = {1000: 3.6, 10_000: 2.1, 100_000: 1.45}
CHANGED: Reach = {1000: 2.0, 10_000: 1.8, 100_000: 1.3}
COLD: Reach = {1000: 0.8, 10_000: 0.6, 100_000: 0.6}
LOG: Reach = {1000: 1.7, 10_000: 2.4, 100_000: 10}
WATCH: Reach = {1000: 60, 10_000: 90, 100_000: 400}  # ms
IMPORT: Reach = {10_000: 2}
STATS: Reach = {10_000: 3, 100_000: 3}
UNCHANGED_MEMORY: Reach = {10_000: 30, 100_000: 90}  # MiB
COLD_MEMORY: Reach = {10_000: 100, 100_000: 260}

IMPORTED = 10_000  # rows, whatever the vault's size
WITH_PROBLEMS = frozenset({0, 3})


@dataclass(frozen=True)
class Row:
    """`ours` beside `floor`; `memory`, where given, is what the peak should not exceed (MiB)."""

    name: str
    what: str
    floor: Command
    ours: Command
    reach: Reach = field(default_factory=dict)
    memory: Reach = field(default_factory=dict)
    must_print: bool = False
    skip: str = ""

    @property
    def needs_ours(self) -> bool:
        """Its floor is a command of ours."""
        return "vaultkeeper" in self.floor.argv


def ours(*arguments: str) -> Command:
    return Command(arguments[0], (sys.executable, "-m", "vaultkeeper", *arguments))


def floor(label: str, program: str, *arguments: str) -> Command:
    return Command(label, (sys.executable, "-c", program, *arguments))


IMPORTS = floor("import click, sqlite3", floors.IMPORTS)


def entry_point() -> Path:
    """`vk`, as installed beside the interpreter."""
    return Path(sys.executable).parent / ("vk.exe" if sys.platform == "win32" else "vk")


def every_row(ground: Ground) -> list[Row]:
    """In the order they are run: what only reads stands before what writes."""
    return [*_start(), *_reading(ground), *_index(ground), *_long(ground), *_writing(ground)]


def _start() -> Iterator[Row]:
    completion = _completion("vk du", 1)
    yield Row("version", "--version", IMPORTS, ours("--version"), START)
    yield Row("help", "--help", IMPORTS, ours("--help"), START)
    yield Row("vk-version", "vk --version (installed)", IMPORTS, _vk("--version"), START, skip=_no_vk())
    yield Row(
        "complete-command", "completion: vk du", IMPORTS, completion, START, must_print=True, skip=_no_vk()
    )


def _reading(ground: Ground) -> Iterator[Row]:
    completion = _completion("vk show ja", 2)
    cold = ours("list", "--warmth", "cold")
    yield Row("due", "due", IMPORTS, ours("due"), READING)
    yield Row("show", "show NAME", IMPORTS, ours("show", ground.name(0)), READING)
    yield Row("list", "list --warmth cold", IMPORTS, cold, READING)
    yield Row("search", "search WORD", IMPORTS, ours("search", words.INTERESTS[-1]), READING, must_print=True)
    yield Row(
        "complete-name", "completion: vk show ja", IMPORTS, completion, NAME, must_print=True, skip=_no_vk()
    )


def _index(ground: Ground) -> Iterator[Row]:
    vault = str(ground.vault)
    index = ours("index")._replace(label="index, nothing changed", good=WITH_PROBLEMS)
    scan, read = floor("scan and stat", floors.SCAN, vault), floor("read all bytes", floors.READ, vault)
    settled = index._replace(prepare=ground.settle)
    yield Row("index", "index, nothing changed", scan, settled, UNCHANGED, UNCHANGED_MEMORY)
    changed = index._replace(prepare=ground.change, check=ground.followed)
    yield Row("index-changed", "index, one note changed", settled, changed, CHANGED)
    cold = index._replace(prepare=ground.empty_cache)
    note = str(ground.home / "due.md")
    naive = floor("the naive script", floors.NAIVE, vault, note, ground.world.today.isoformat())
    yield Row("cold", "cold index", naive, cold, COLD, COLD_MEMORY)
    yield Row("cold-read", "cold index", read, cold)


def _long(ground: Ground) -> Iterator[Row]:
    vault, table, page = (
        str(ground.vault),
        str(ground.home / "rows.sqlite"),
        str(ground.home / "report.html"),
    )

    def make_rows() -> None:
        if not Path(table).exists():
            subprocess.run([sys.executable, "-c", floors.MAKE_ROWS, vault, table], check=True)

    read = floor("read the rows", floors.READ_ROWS, vault, table)._replace(prepare=make_rows)
    until = ground.world.today
    period = ("--since", str(until - timedelta(days=3652)), "--until", str(until))
    yield Row("stats", "stats, ten years", read, ours("stats", *period), STATS)
    yield Row("report", "report --html", read, ours("report", "--html", page), STATS)


def _writing(ground: Ground) -> Iterator[Row]:
    log = ours("log", ground.name(2), "-m", "call: talked about the bench")
    yield Row("log", "log", IMPORTS, log, LOG)
    yield _import(ground)


def _import(ground: Ground) -> Row:
    """Into an empty vault, against writing as many small files."""
    table, folder = ground.home / "Connections.csv", ground.home / "import"

    def fresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "vault" / "People").mkdir(parents=True)
        (folder / "vault" / "vaultkeeper.toml").write_text("")
        if not table.exists():
            write_connections(table, ground.world, IMPORTED)

    write = floor(f"write {IMPORTED:,} files", floors.WRITE, "", str(folder / "files"), str(IMPORTED))
    take = ours("import", "linkedin", str(table))._replace(
        env={"VAULTKEEPER_VAULT": str(folder / "vault")},
        prepare=fresh,
        good=WITH_PROBLEMS,
    )
    what = f"import of {IMPORTED:,} LinkedIn rows"
    skip = "" if ground.world.contacts in IMPORT else f"taken with {IMPORTED:,} contacts alone"
    return Row("import", what, write._replace(prepare=fresh), take, IMPORT, skip=skip)


def write_connections(path: Path, world: World, count: int) -> None:
    """A Connections.csv as LinkedIn gives it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write('Notes:\n"When exporting your connection data, you may notice …"\n\n')
        table = csv.writer(file)
        table.writerow(
            ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
        )
        for number in range(count):
            first, last = contact_name(world, number).rsplit(" ", 1)
            url = f"https://www.linkedin.com/in/bench-{number}"
            company = words.COMPANIES[number % len(words.COMPANIES)]
            title = words.TITLES[number % len(words.TITLES)]
            day = (world.today - timedelta(days=number % 3650)).strftime("%d %b %Y")
            table.writerow((first, last, url, "", company, title, day))


def _vk(*arguments: str) -> Command:
    return Command("vk", (str(entry_point()), *arguments))


def _completion(line: str, word: int) -> Command:
    """Click's own protocol for bash."""
    env = {"_VK_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(word)}
    return _vk()._replace(env=env)


def _no_vk() -> str:
    return "" if entry_point().exists() else f"no {entry_point()}"
