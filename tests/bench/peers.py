"""Beside what a person would pick instead, as a Markdown table: python -m tests.bench.peers --venv DIR

khard has the same people, as the cards that our own export writes; obsidiantools, ripgrep and the naive
script read the same notes. Whole processes in turns (A B C A B C), medians of wall and of CPU time (user and
system, all threads). A peer is looked for in --venv, beside this interpreter and on the PATH; one that is
not there is a row that says so. How each differs in what it does: README.md here.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench import floors, generate
from tests.bench import vocabulary as words
from tests.bench.bench import machine
from tests.bench.contact import World
from tests.bench.ground import REPOSITORY, Ground, prepared
from tests.bench.measure import Command, Failed, Runner, Sample, interleave, median_ms
from tests.bench.rows import WITH_PROBLEMS, floor, ours

CONNECT = "import pathlib, sys, obsidiantools.api as o; o.Vault(pathlib.Path(sys.argv[1])).connect()"
GATHER = f"{CONNECT}.gather()"
VERSION = "import importlib.metadata as m; print(m.version('obsidiantools'))"
COLUMNS = ("contacts", "a user asks", "program", "wall, ms", "CPU, ms", "wall / vk's")


@dataclass(frozen=True)
class Peers:
    """Where each program is, or ""; and its version."""

    khard: str
    rg: str
    python: str  # one that has obsidiantools
    versions: tuple[str, ...]

    @classmethod
    def found(cls, venv: Path | None) -> "Peers":
        folders = [str(venv / "bin")] if venv else []
        path = os.pathsep.join([*folders, str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        khard, rg = (shutil.which(name, path=path) or "" for name in ("khard", "rg"))
        python = shutil.which("python", path=path) or sys.executable
        obsidiantools = _first_line(python, "-c", VERSION)
        versions = (
            _first_line(khard, "--version") or "khard: not here",
            f"obsidiantools {obsidiantools or ': not here'}".replace(" :", ":"),
            _first_line(rg, "--version") or "ripgrep: not here",
        )
        return cls(khard, rg, python if obsidiantools else "", versions)


@dataclass(frozen=True)
class Question:
    """`peers` answer it as `ours` does, or come near; an argv that begins with "" is of a missing program."""

    what: str
    ours: Command
    peers: tuple[Command, ...]


def questions(ground: Ground, peers: Peers) -> Iterator[Question]:
    vault, people = str(ground.vault), str(ground.vault / "People")
    name, word = ground.name(0), words.INTERESTS[-1]
    surname = name.split()[-1].lower()
    note, today = str(ground.home / "due.md"), ground.world.today.isoformat()

    def khard(*arguments: str) -> Command:
        return Command(f"khard {arguments[0]}", (peers.khard, *arguments))

    def rg(label: str, *arguments: str) -> Command:
        return Command(label, (peers.rg, *arguments, people))

    def obsidiantools(label: str, program: str) -> Command:
        return Command(f"obsidiantools: {label}", (peers.python, "-c", program, vault))

    naive = floor("the naive script", floors.NAIVE, vault, note, today)
    find = rg("rg --files --iglob", "--files", "--iglob", f"*{surname}*")
    yield Question("find a person", ours("search", surname), (khard("list", surname), find))
    yield Question("show one person", ours("show", name), (khard("show", name),))
    yield Question("list all", ours("list"), (khard("list"), rg("rg --files", "--files")))
    yield Question("full-text search", ours("search", word), (rg("rg -i", "-i", word),))
    cold = ours("index")._replace(label="index, cold", prepare=ground.empty_cache, good=WITH_PROBLEMS)
    loads = (obsidiantools("connect", CONNECT), obsidiantools("connect, gather", GATHER))
    yield Question("load everything", cold, (naive, *loads))
    yield Question("who is due", ours("due"), (naive,))


def rows(ground: Ground, peers: Peers, repeat: int) -> Iterator[tuple[str, ...]]:
    """The cells of each line of the table. Raises Failed where a command of ours fails."""
    runner, cards = Runner(ground.env, REPOSITORY), ground.home / "cards"
    config = ground.home / "config" / "khard" / "khard.conf"
    config.parent.mkdir()
    config.write_text(f"[addressbooks]\n[[people]]\npath = {cards}\n", encoding="utf-8")
    runner.run(ours("export", "vcard", "--dir", str(cards)))
    for question in questions(ground, peers):
        size = f"{ground.world.contacts:,}"
        print(f"{size:>7}  {question.what} …", file=sys.stderr, flush=True)
        troubles = {peer.label: _trouble(runner, peer) for peer in question.peers}
        running = [peer for peer in question.peers if not troubles[peer.label]]
        runner.probe(question.ours)
        own, *others = interleave(runner, (question.ours, *running), repeat)
        taken = {peer.label: samples for peer, samples in zip(running, others, strict=True)}
        yield (size, question.what, f"**vk {question.ours.label}**", *_times(own), "1")
        for label, trouble in troubles.items():
            cells = (trouble, "", "") if trouble else (*_times(taken[label]), _against(own, taken[label]))
            yield (size, question.what, label, *cells)


def _trouble(runner: Runner, peer: Command) -> str:
    """Why a peer is not measured, or ""."""
    if not peer.argv[0]:
        return "not here"
    try:
        runner.probe(peer)
    except Failed as failed:
        return f"failed: {failed}"
    return ""


def _times(samples: list[Sample]) -> tuple[str, str]:
    return f"{median_ms(samples):,.0f}", f"{statistics.median(one.cpu_ms for one in samples):,.0f}"


def _against(own: list[Sample], other: list[Sample]) -> str:
    return f"{median_ms(other) / median_ms(own):.2g}"


def _first_line(program: str, *arguments: str) -> str:
    """What a program says first, or "" where there is none or it fails."""
    if not program:
        return ""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    return done.stdout.partition("\n")[0] if done.returncode == 0 else ""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description="Beside other programs.")
    parser.add_argument("--sizes", default="1000", help="contacts, comma-separated (default %(default)s)")
    parser.add_argument("--repeat", type=int, default=7, help="runs a figure (default %(default)s)")
    parser.add_argument("--venv", type=Path, help="where khard and obsidiantools are installed")
    parser.add_argument("--dir", type=Path, default=REPOSITORY / "bench-vaults", help="where vaults are kept")
    options = parser.parse_args()
    peers, about = Peers.found(options.venv and options.venv.absolute()), machine()
    print(f"{about['machine']}, Python {about['python']}; medians of {options.repeat}.")
    print(f"vaultkeeper {about['versions']['vaultkeeper']}; {'; '.join(peers.versions)}.\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * 3}{'---:|' * 3}")
    for size in (int(size) for size in options.sizes.split(",")):
        with prepared(options.dir.resolve(), World(size, 0, 1, generate.TODAY)) as ground:
            for cells in rows(ground, peers, options.repeat):
                print(f"| {' | '.join(cells)} |", flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as failed:
        sys.exit(f"peers: {failed}")
    except KeyboardInterrupt:
        sys.exit(130)
