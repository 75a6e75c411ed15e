"""Where one size is measured: its vault, a cache and state of its own, the notes that rows change."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import generate
from tests.bench.contact import World, contact_name, contact_note, contact_path

REPOSITORY = Path(__file__).parent.parent.parent
DUE_NOTE = "Keep in touch/Due this week.md"
GENERATED = "Keep in touch"
DOUBT = 2.5  # seconds for which an index reads a saved file again, and a little


@dataclass
class Ground:
    """`home` holds the cache, the state and what floors write; it is gone after the run."""

    world: World
    vault: Path
    home: Path
    changes: int = 0
    due_before: bytes = b""
    at_rest: bool = False
    numbers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = _plain_contacts(self.world, 3)

    @property
    def env(self) -> dict[str, str]:
        """The environment of every measured process: the user's own cache is never touched."""
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        kept = {key: value for key, value in kept.items() if not key.startswith(("VAULTKEEPER_", "_VK_"))}
        xdg = {
            f"XDG_{kind}_HOME": str(self.home / kind.lower()) for kind in ("CACHE", "STATE", "DATA", "CONFIG")
        }
        return {
            **kept,
            **xdg,
            "VAULTKEEPER_VAULT": str(self.vault),
            "VAULTKEEPER_TODAY": self.world.today.isoformat(),
        }

    def name(self, which: int) -> str:
        """One of three active contacts of tier A: 0 is shown, 1 is changed, 2 is logged to."""
        return contact_name(self.world, self.numbers[which])

    def note(self, which: int) -> Path:
        return self.vault / contact_path(self.name(which))

    def empty_cache(self) -> None:
        self.at_rest = False
        shutil.rmtree(self.home / "cache", ignore_errors=True)
        (self.home / "cache").mkdir()

    def change(self, ago: float | None = None) -> None:
        """Adds an entry, with a promise due this week, to the log of one contact: the due note must follow.

        The entry takes the place of the last one that was added, so that the note keeps its size. Dated
        half an hour back, and later each time; or `ago` seconds.
        """
        self.changes, self.at_rest = self.changes + 1, False
        self.due_before = self.due_note()
        entry = (
            f"- {self.world.today} call: run {self.changes}, talked about the bench\n"
            f"    - [ ] Send the figures of run {self.changes} 📅 {self.world.today}\n"
        )
        text = contact_note(self.world, self.numbers[1]) + entry
        generate.write_settled(self.note(1), text, 1800 - self.changes if ago is None else ago)

    def settle(self) -> None:
        """Brings the index to rest, where it is not: what was saved is no longer in doubt."""
        if self.at_rest:
            return
        argv = [sys.executable, "-m", "vaultkeeper", "--quiet", "index"]
        for pause in (0, DOUBT, 0):  # the last finds that there is nothing to do
            time.sleep(pause)
            subprocess.run(argv, env=self.env, cwd=REPOSITORY, capture_output=True, check=False)
        self.at_rest = True

    def due_note(self) -> bytes:
        try:
            return (self.vault / DUE_NOTE).read_bytes()
        except FileNotFoundError:
            return b""

    def followed(self) -> str:
        """A complaint where the due note is the same as before the last change."""
        return "" if self.due_note() != self.due_before else "the due note was not rewritten"

    def restore(self) -> None:
        """The vault as it was generated."""
        shutil.rmtree(self.vault / GENERATED, ignore_errors=True)
        for which, number in enumerate(self.numbers):
            text = contact_note(self.world, number)
            if self.note(which).read_bytes() != text.encode():
                generate.write_settled(self.note(which), text)


@contextmanager
def prepared(folder: Path, world: World) -> Iterator[Ground]:
    """Gives the ground, generating the vault where `folder` has none of this size, seed and generator."""
    kind = f"vault-{world.contacts}-{world.other}-{world.seed}-{world.today}"
    vault = folder / f"{kind}-{generate.version()}"
    if not vault.exists():
        print(f"generating {vault} …", file=sys.stderr)
        folder.mkdir(parents=True, exist_ok=True)
        for older in folder.glob(f"{kind}-" + "[0-9a-f]" * 8):
            shutil.rmtree(older)
        with tempfile.TemporaryDirectory(dir=folder, prefix="part-") as part:
            generate.write_vault(Path(part, "vault"), world)
            Path(part, "vault").rename(vault)
    with tempfile.TemporaryDirectory(dir=folder, prefix="home-") as home:
        ground = Ground(world, vault, Path(home))
        for kind in ("cache", "state", "data", "config"):
            (ground.home / kind).mkdir()
        ground.restore()
        time.sleep(DOUBT)
        try:
            yield ground
        finally:
            ground.restore()


def _plain_contacts(world: World, count: int) -> list[int]:
    """The first contacts of tier A that nothing keeps off the agenda."""
    found: list[int] = []
    for number in range(world.contacts):
        text = contact_note(world, number)
        if "\ntier: A\n" in text and "\nstatus:" not in text and "\nsnooze_until:" not in text:
            found.append(number)
            if len(found) == count:
                return found
    raise ValueError(f"a vault of {world.contacts} contacts is too small to measure on; take 1000")
