"""Makes a vault of any size, the same bytes each time: python -m tests.bench.generate DIR --contacts 10000

Contacts stand in People/A … People/Z. Of the `--other` notes a quarter is the user's journal, which links
to contacts; the rest has nothing to do with them. Files are dated an hour back, as if at rest: an index
reads again what was saved in the last moments.
"""

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from tests.bench import vocabulary as words
from tests.bench.contact import Dice, World, contact_name, contact_note, contact_path

TODAY = date(2026, 11, 23)
SETTLED = 3600  # seconds
MOST_DAILY = 3650  # daily notes go back ten years; what is more are notes of meetings
CONFIG = f"""\
goals = [{", ".join(f'"{goal}"' for goal in words.GOALS)}]
companies_of_interest = ["Globex", "Kestrel Aerospace"]

[contacts]
folders = ["People"]

[daily_notes]
folder = "Journal"

[week]
quota = 5
"""


def version() -> str:
    """Changes when the generator does; a vault of another version is not used again."""
    here = Path(__file__).parent
    sources = b"".join((here / name).read_bytes() for name in ("generate.py", "contact.py", "vocabulary.py"))
    return hashlib.sha256(sources).hexdigest()[:8]


def notes(world: World) -> Iterator[tuple[str, str]]:
    """Each file of the vault: its path, relative, and its text."""
    yield "vaultkeeper.toml", CONFIG
    for number in range(world.contacts):
        yield contact_path(contact_name(world, number)), contact_note(world, number)
    journal = world.other // 4
    for number in range(journal):
        dice = Dice(world.seed + 1, number)
        if number % 5 != 4 and number < MOST_DAILY:
            yield _daily_note(dice, world, world.today - timedelta(days=number))
        else:
            yield _meeting_note(dice, world, number)
    for number in range(world.other - journal):
        yield _unrelated_note(Dice(world.seed + 2, number), number)


def write_vault(root: Path, world: World) -> int:
    """Writes into `root`, which must be empty or missing. Gives the number of files.

    Raises FileExistsError where something is there already.
    """
    if root.exists() and any(root.iterdir()):
        raise FileExistsError(f"{root} is not empty")
    count, made = 0, set[str]()
    for path, text in notes(world):
        whole = f"{root}/{path}"
        folder = whole.rpartition("/")[0]
        if folder not in made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        write_settled(whole, text)
        count += 1
    return count


def write_settled(path: str | Path, text: str, ago: float = SETTLED) -> None:
    """Writes in place, dated `ago` seconds back."""
    with open(path, "wb") as file:
        file.write(text.encode())
    then = time.time() - ago
    os.utime(path, (then, then))


def _someone(dice: Dice, world: World) -> str:
    return f"[[{contact_name(world, dice.between(0, world.contacts - 1))}]]"


def _daily_note(dice: Dice, world: World, day: date) -> tuple[str, str]:
    lines = ["- slept well, " + dice.pick(words.TOPICS) + " on my mind"]
    for _ in range(dice.between(0, 3) if world.contacts else 0):
        who, topic = _someone(dice, world), dice.pick(words.TOPICS)
        lines.append(
            dice.pick(
                (
                    f"- coffee with {who}: {topic}",
                    f"- Called {who} about {topic}",
                    f"- {who} called, {topic} again",
                    f"- thought of {topic}, {who} would know",
                )
            )
        )
    text = f"## Notes\n\n{_prose(dice, 8)}"
    return f"Journal/{day.isoformat()}.md", "\n".join(lines) + f"\n\n{text}"


def _meeting_note(dice: Dice, world: World, number: int) -> tuple[str, str]:
    day = (world.today - timedelta(days=dice.between(1, 3650))).isoformat()
    people = sorted({_someone(dice, world) for _ in range(dice.between(1, 4))}) if world.contacts else []
    listed = "".join(f'  - "{who}"\n' for who in people)
    front = f"---\ndate: {day}\n" + (f"people:\n{listed}" if listed else "") + "---\n"
    body = f"# {dice.pick(words.TOPICS)}\n\n{_prose(dice, 12)}"
    return f"Journal/Meetings/{day} meeting {number}.md", front + body


def _unrelated_note(dice: Dice, number: int) -> tuple[str, str]:
    subject = dice.pick(words.INTERESTS)
    front = f"---\ntags:\n  - {subject.replace(' ', '-')}\n---\n" if dice.chance(0.5) else ""
    task = "- [ ] Read on\n\n" if dice.chance(0.2) else ""
    link = f"See [[{dice.pick(words.INTERESTS)} {dice.between(0, number)}]].\n\n" if dice.chance(0.5) else ""
    body = f"# About {subject}\n\n{task}{link}{_prose(dice, 25)}"
    return f"Notes/{number % 50:02}/{subject} {number}.md", front + body


def _prose(dice: Dice, most: int) -> str:
    return "".join(f"{dice.pick(words.SENTENCES)}\n" for _ in range(dice.between(2, most)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.generate", description="Make a vault.")
    parser.add_argument("dir", type=Path)
    parser.add_argument("--contacts", type=int, required=True, metavar="N")
    parser.add_argument("--other", type=int, default=0, metavar="M", help="notes that are no contacts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY, metavar="YYYY-MM-DD")
    options = parser.parse_args()
    world = World(options.contacts, options.other, options.seed, options.today)
    began = time.perf_counter()
    try:
        count = write_vault(options.dir, world)
    except OSError as error:
        print(f"generate: {error}", file=sys.stderr)
        return 1
    print(f"{options.dir}: {count} files in {time.perf_counter() - began:.1f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
