"""Three clones of a vault, logged to, ticked and edited at random, merged in any order: they end equal, with every
entry once and no conflict, since no two edits truly collide. The long run: make test-long."""

import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import VaultFolder

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PEOPLE = ("Ana Ruiz", "Jane Doe", "Sam Lee")
DUE = "Keep in touch/Due this week.md"
NOTE = """---
tier: A
interests:
  - chess
---
# {name}

## Of 0

First.

## Of 1

First.

## Of 2

First.

## Follow-ups

- [ ] Send the plan

## Log

- 2026-01-01 call: first
"""


def git(folder: Path, *args: str) -> str:
    done = subprocess.run(["git", *args], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (args, done.stdout, done.stderr)
    return done.stdout


@pytest.fixture
def clones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[VaultFolder]:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "test@example.org")
    first = VaultFolder(tmp_path / "0")
    first.write("vaultkeeper.toml", "")
    for name in PEOPLE:
        first.write(f"People/{name}.md", NOTE.format(name=name))
    first.write("Journal/2026-11-20.md", "- [ ] one\n- [ ] two\n- [ ] three\n")
    git(tmp_path, "init", "-q", "-b", "main", "0")
    first.ok("git", "setup")
    first.ok("index")
    git(first.root, "add", "--all")
    git(first.root, "commit", "-qm", "first")
    for number in "12":
        git(tmp_path, "clone", "-q", "0", number)
    found = [VaultFolder(tmp_path / number) for number in "012"]
    for clone in found[1:]:
        clone.ok("git", "setup")
    return found


class Story:
    """What happens to the clones, and what must be there in the end."""

    def __init__(self, clones: list[VaultFolder], seed: int) -> None:
        self.clones, self.random = clones, random.Random(seed)
        self.entries: list[str] = []
        self.lines: list[str] = []
        self.kept_values: dict[tuple[str, str], str] = {}

    def go_on(self) -> None:
        number = self.random.randrange(3)
        deeds: list[Callable[[VaultFolder, int], None]] = [
            *(
                self.log,
                self.log,
                self.promise,
                self.tick,
                self.tick_in_list,
                self.set,
                self.edit,
                self.index,
            ),
            *(self.merge, self.merge),
        ]
        self.random.choice(deeds)(self.clones[number], number)

    def someone(self) -> str:
        return self.random.choice(PEOPLE)

    def log(self, clone: VaultFolder, number: int) -> None:
        day = f"2026-11-{self.random.randint(1, 23):02}"
        entry = f"{day} call: talk {len(self.entries)} of {number}"
        clone.ok("log", self.someone(), "-m", entry)
        self.entries.append(f"- {entry}")

    def promise(self, clone: VaultFolder, number: int) -> None:
        text = f"promise {len(self.lines)} of {number}"
        clone.ok("follow-up", self.someone(), text, "--due", "2026-12-01")
        self.lines.append(f"- [ ] {text} 📅 2026-12-01")

    def tick(self, clone: VaultFolder, _: int) -> None:
        clone.run("done", self.someone(), "Send the plan")  # it may be done already

    def tick_in_list(self, clone: VaultFolder, _: int) -> None:
        word = self.random.choice(("one", "two", "three"))
        path = "Journal/2026-11-20.md"
        clone.write(path, clone.read(path).replace(f"[ ] {word}".encode(), f"[x] {word}".encode()))

    def set(self, clone: VaultFolder, number: int) -> None:
        name, value = self.someone(), f"v{self.random.randrange(100)}"
        clone.ok("set", name, f"of_{number}={value}", f"interests+=i{number}{value}")
        self.kept_values[name, f"of_{number}"] = value

    def edit(self, clone: VaultFolder, number: int) -> None:
        """In a part of the note that is this clone's own."""
        path, line = f"People/{self.someone()}.md", f"line {len(self.lines)}"
        text = clone.read(path).decode()
        clone.write(path, text.replace(f"## Of {number}\n", f"## Of {number}\n\n{line}\n"))
        self.lines.append(line)

    def index(self, clone: VaultFolder, _: int) -> None:
        """Ticks somebody in the generated note first, if there is anybody left."""
        if (clone.root / DUE).exists():
            text = clone.read(DUE).decode()
            clone.write(DUE, re.sub(rf"- \[ \] (\[\[{self.someone()}\]\])", r"- [x] \1", text, count=1))
        if self.random.random() < 0.5:
            clone.ok("index", "--commit")

    def merge(self, clone: VaultFolder, number: int) -> None:
        """Of another clone, as it is: without a server between."""
        other = self.clones[(number + self.random.randint(1, 2)) % 3]
        self.commit(clone)
        self.commit(other)
        git(clone.root, "pull", "-q", "--no-rebase", "--no-edit", str(other.root), "main")

    def commit(self, clone: VaultFolder) -> None:
        git(clone.root, "add", "--all")
        if git(clone.root, "status", "--porcelain"):
            git(clone.root, "commit", "-qm", "work")

    def end(self) -> None:
        first, *others = self.clones
        for clone in self.clones:
            self.commit(clone)
        for clone in others:
            git(first.root, "pull", "-q", "--no-rebase", "--no-edit", str(clone.root), "main")
        first.ok("index", "--commit")
        self.commit(first)
        for clone in others:
            git(clone.root, "pull", "-q", "--no-rebase", "--no-edit", str(first.root), "main")


def texts(vault: VaultFolder) -> dict[str, str]:
    files = (file for file in vault.root.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {str(file.relative_to(vault.root)): file.read_text() for file in files}


def check(clones: list[VaultFolder], seed: int, deeds: int) -> None:
    story = Story(clones, seed)
    for _ in range(deeds):
        story.go_on()
    story.end()
    one, two, three = (texts(clone) for clone in clones)
    assert one == two == three
    people = "".join(text for path, text in one.items() if path.startswith("People/")).splitlines()
    for line in (*story.entries, *story.lines):
        assert people.count(line) == 1, line
    assert people.count("- 2026-01-01 call: first") == len(PEOPLE)
    assert not [text for text in one.values() if "<<<<<<<" in text]
    for (name, key), value in story.kept_values.items():
        assert clones[0].json("show", name)["properties"][key] == value
    touches = [line for line in people if line.endswith(" touch")]
    assert len(touches) <= len(PEOPLE)  # ticked on two devices is one touch
    assert clones[0].ok("doctor").err == "All is well.\n"


@pytest.mark.parametrize("seed", [1, 2])
def test_three_clones_end_equal(clones: list[VaultFolder], seed: int) -> None:
    check(clones, seed, 30)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3, 11))
def test_three_clones_end_equal_after_long(clones: list[VaultFolder], seed: int) -> None:
    check(clones, seed, 100)


def test_a_true_collision_is_left_to_a_person(clones: list[VaultFolder]) -> None:
    one, two, _ = clones
    path = "People/Jane Doe.md"
    one.ok("set", "jane", "tier=B")
    one.ok("log", "jane", "-m", "2026-11-20 call: from one")
    two.ok("set", "jane", "tier=C")
    two.ok("log", "jane", "-m", "2026-11-21 call: from two")
    for clone in (one, two):
        git(clone.root, "commit", "-qam", "work")
    pull = subprocess.run(
        ["git", "pull", "-q", "--no-rebase", "--no-edit", str(two.root), "main"],
        cwd=one.root,
        capture_output=True,
    )
    assert pull.returncode == 1
    assert git(one.root, "diff", "--name-only", "--diff-filter=U") == f"{path}\n"
    text = one.read(path).decode()
    assert "---\n<<<<<<< ours\ntier: B\n=======\ntier: C\n>>>>>>> theirs\ninterests:" in text
    assert text.endswith("- 2026-11-20 call: from one\n- 2026-11-21 call: from two\n")
    assert one.run("log", "jane", "-m", "call").code == 5  # not before it is resolved
    assert one.run("index", "--commit").code == 1
    one.write(path, text.replace("<<<<<<< ours\ntier: B\n=======\n", "").replace(">>>>>>> theirs\n", ""))
    git(one.root, "commit", "-qam", "resolved")
    assert one.json("show", "jane")["properties"]["tier"] == "C"
