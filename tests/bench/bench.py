"""Every speed promise as a ratio to its floor: python -m tests.bench.bench --sizes 1000,10000

A benchmark, not a test: nothing fails for being slow. Whole processes are timed in turns with the floor
(A B A B), medians are printed, and the reach of issue 8 stands beside them. Rows whose command does not
exist yet are skipped. Progress goes to stderr, the table to stdout.
"""

import argparse
import importlib.metadata
import itertools
import json
import os
import platform
import statistics
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench import generate
from tests.bench.contact import World
from tests.bench.ground import REPOSITORY, Ground, prepared
from tests.bench.measure import Failed, Runner, Sample, interleave, median_mib, median_ms
from tests.bench.rows import IMPORTS, WATCH, Row, entry_point, every_row
from tests.bench.watching import latencies, settling_time

LIBRARIES = ("vaultkeeper", "click", "python-frontmatter", "PyYAML", "jinja2", "watchdog", "rich")
GROWTH = 11  # a cold index of ten times the notes takes at most so many times as long
MORE_OFTEN = 3  # start-up is short, its reach close to the floor: more runs to tell them apart
USAGE = 2  # the exit code of a command that isn't there


@dataclass
class Figure:
    """A line of the table. `reach` is a ratio to the floor or, where `absolute`, in the unit."""

    size: int
    name: str
    what: str
    floor_label: str = ""
    unit: str = "ms"
    floor: float | None = None
    ours: float | None = None
    reach: float | None = None
    absolute: bool = False
    note: str = ""
    failed: bool = False
    samples: dict[str, list[float]] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.ours is not None and self.floor else None

    @property
    def met(self) -> bool | None:
        value = self.ours if self.absolute else self.ratio
        return None if value is None or self.reach is None else value <= self.reach


@dataclass(frozen=True)
class Plan:
    """What the options ask for."""

    repeat: int
    only: frozenset[str]
    floors_only: bool
    settle: float


def figures(ground: Ground, plan: Plan) -> Iterator[Figure]:
    """Measures row after row; a row's peak memory follows it."""
    runner, size = Runner(ground.env, REPOSITORY), ground.world.contacts
    floors_seen = set[str]()
    for row in every_row(ground):
        if plan.only and row.name not in plan.only:
            continue
        if plan.floors_only and (row.skip or row.floor.label in floors_seen or row.needs_ours):
            continue
        floors_seen.add(row.floor.label)
        print(f"{size:>7,}  {row.what} …", file=sys.stderr, flush=True)
        yield from _measure(runner, row, size, plan)
    if not plan.floors_only and (not plan.only or "watch" in plan.only):
        print(f"{size:>7,}  watch …", file=sys.stderr, flush=True)
        yield _watch(ground, plan)


def _measure(runner: Runner, row: Row, size: int, plan: Plan) -> list[Figure]:
    figure = Figure(size, row.name, row.what, row.floor.label, reach=row.reach.get(size))
    if row.skip:
        figure.note = f"skipped: {row.skip}"
        return [figure]
    try:
        if not plan.floors_only and not runner.probe(row.ours).strip() and row.must_print:
            raise Failed("it printed nothing", 1)
        runner.probe(row.floor)
        commands = (row.floor,) if plan.floors_only else (row.floor, row.ours)
        often = MORE_OFTEN if row.floor == IMPORTS else 1
        floor, *rest = interleave(runner, commands, plan.repeat * often)
    except Failed as failed:
        _say_why(figure, failed)
        return [figure]
    ours = rest[0] if rest else []
    _fill(figure, floor, ours)
    return [figure, _memory(row, size, floor, ours)] if row.memory or plan.floors_only else [figure]


def _say_why(figure: Figure, failed: Failed) -> None:
    figure.failed = failed.code != USAGE
    figure.note = f"{'failed' if figure.failed else 'skipped'}: {failed}"


def _memory(row: Row, size: int, floor: list[Sample], ours: list[Sample]) -> Figure:
    figure = Figure(size, f"{row.name}-memory", "  its peak memory", row.floor.label, "MiB", absolute=True)
    figure.floor, figure.ours = median_mib(floor), median_mib(ours) if ours else None
    figure.reach = row.memory.get(size)
    figure.samples = {"floor": [one.mib for one in floor], "ours": [one.mib for one in ours]}
    return figure


def _fill(figure: Figure, floor: list[Sample], ours: list[Sample]) -> None:
    figure.floor = median_ms(floor)
    figure.ours = median_ms(ours) if ours else None
    figure.samples = {"floor": [one.ms for one in floor], "ours": [one.ms for one in ours]}
    complaints = [one.complaint for one in ours if one.complaint]
    if complaints:
        figure.failed = True
        figure.note = f"{complaints[0]} ({len(complaints)} of {len(ours)} runs)"


def _watch(ground: Ground, plan: Plan) -> Figure:
    size = ground.world.contacts
    figure = Figure(size, "watch", "watch: save to due note", reach=WATCH.get(size), absolute=True)
    try:
        taken = latencies(ground, plan.repeat, plan.settle)
    except Failed as failed:
        _say_why(figure, failed)
        return figure
    figure.ours, figure.samples = statistics.median(taken), {"ours": taken}
    figure.note = f"less {plan.settle * 1000:.0f} ms of settling"
    return figure


def table(found: list[Figure]) -> str:
    """The figures of one size, in columns."""
    width = max(len(figure.what) for figure in found)
    floors = max(len(figure.floor_label) for figure in found)
    lines = [f"{'what':{width}}  {'floor':{floors}}  {'':>10}  {'ours':>10}  {'ratio':>7}  {'reach':>8}"]
    for figure in found:
        unit = f" {figure.unit}" if figure.absolute else "x"
        reach = "" if figure.reach is None else f"{figure.reach:g}{unit}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}x"
        verdict = {None: "", True: "met", False: "over"}[figure.met]
        named = f"{figure.what:{width}}  {figure.floor_label:{floors}}"
        amounts = f"{_amount(figure.floor, figure.unit):>10}  {_amount(figure.ours, figure.unit):>10}"
        lines.append(f"{named}  {amounts}  {ratio:>7}  {reach:>8}  {verdict:4}  {figure.note}".rstrip())
    return "\n".join(lines)


def growth(found: list[Figure]) -> Iterator[str]:
    """How the cold index grows from each size to the next."""
    cold = sorted((figure.size, figure.ours) for figure in found if figure.name == "cold" and figure.ours)
    for (small, before), (large, after) in itertools.pairwise(cold):
        reach = f" (reach {GROWTH}x)" if large == small * 10 else ""
        yield f"cold index, {large:,} against {small:,}: {after / before:.1f}x{reach}"


def machine() -> dict[str, Any]:
    versions = {}
    for name in LIBRARIES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "not installed"
    return {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "entry_point": str(entry_point()) if entry_point().exists() else None,
        "versions": versions,
    }


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.1f} {unit}"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.bench", description="Speed against the floors."
    )
    parser.add_argument(
        "--sizes", default="1000,10000", help="contacts, comma-separated (default %(default)s)"
    )
    parser.add_argument("--repeat", type=int, default=7, help="runs a figure (default %(default)s)")
    parser.add_argument(
        "--only", default="", metavar="NAME", help="rows by name, comma-separated: due,cold,watch"
    )
    parser.add_argument("--floors", action="store_true", help="measure the floors alone")
    parser.add_argument("--settle", type=float, default=settling_time(), help="seconds that watch waits")
    parser.add_argument("--dir", type=Path, default=REPOSITORY / "bench-vaults", help="where vaults are kept")
    parser.add_argument("--other", type=int, default=0, metavar="M", help="notes that are no contacts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, default=generate.TODAY)
    parser.add_argument("--json", type=Path, metavar="FILE", help="every sample, for later")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    only = frozenset(name for name in options.only.split(",") if name)
    plan = Plan(options.repeat, only, options.floors, options.settle)
    about, found = machine(), list[Figure]()
    print(f"{about['machine']}, Python {about['python']}; entry point: {about['entry_point'] or 'none'}")
    print(", ".join(f"{name} {number}" for name, number in about["versions"].items()))
    for size in sizes:
        world = World(size, options.other, options.seed, options.today)
        with prepared(options.dir.resolve(), world) as ground:
            unknown = only - {row.name for row in every_row(ground)} - {"watch"}
            if unknown:
                names = ", ".join(row.name for row in every_row(ground))
                parser.error(f"no row {', '.join(sorted(unknown))}; there are {names}, watch")
            taken = list(figures(ground, plan))
        runs = f"medians of {plan.repeat}, or {plan.repeat * MORE_OFTEN} beside the imports"
        print(f"\n{size:,} contacts, {runs}\n{table(taken)}", flush=True)
        found += taken
    for line in growth(found):
        print(f"\n{line}")
    if options.json:
        lines = [{**asdict(figure), "ratio": figure.ratio, "met": figure.met} for figure in found]
        options.json.write_text(
            json.dumps({**about, "repeat": plan.repeat, "figures": lines}, indent=1) + "\n"
        )
    return int(any(figure.failed for figure in found))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
