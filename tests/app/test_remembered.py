"""What the index remembers of each contact never shows: an answer after any changes is the one that an index made
anew gives."""

import json
import random
import shutil
from pathlib import Path

import pytest
from conftest import TODAY, VaultFolder

ASKED = (
    *(("due",), ("due", "--all"), ("list",), ("list", "--warmth", "cold", "--sort", "next"), ("review",)),
    *(("stats",), ("show", "Jane Doe")),
)
DAYS = (TODAY, "2026-11-25", "2026-11-30", "2027-01-01")
ENTRIES = (
    "- 2026-11-22 call: y",
    "- 2026-11-24 email out: z #asked",
    "- 2026-11-10 intro with [[Sam Lee]]: made #intro",
    "- 2026-10-08 intro with [[Tom Becker]]: made #intro",
    "- 2026-10-20 coffee: it went well #outcome",
    "- 2026-11-23 coffee with [[Jane Doe]]: x #outcome",
    "- 2026-12-01 lunch with [[Omar Haddad]]: planned",
    "- [ ] Write [[Tom Becker]] 📅 2026-11-27",
)


def change(vault: VaultFolder, rng: random.Random) -> None:
    """One thing that a person does to a vault."""
    notes = sorted((vault.root / "People").rglob("*.md"))
    note = rng.choice(notes)
    match rng.randrange(7):
        case 0 | 1:
            note.write_text(f"{note.read_text()}\n## Log\n\n{rng.choice(ENTRIES)}\n")
        case 2:
            note.write_text(note.read_text().replace("tier: ", "tier: C #", 1))
        case 3:
            note.rename(note.with_stem(f"{note.stem} B"))
        case 4:
            note.unlink()
        case 5:
            vault.write(
                f"Journal/2026-11-{rng.randrange(1, 29):02}.md", f"- call with [[{note.stem}]]: hello\n"
            )
        case 6:
            wish = rng.choice(
                ["needs: [a data engineer]", "offers: [data engineers]", "interests: [sailing]"]
            )
            note.write_text(note.read_text().replace("---\n", f"---\n{wish}\n", 1))


def answers(vault: VaultFolder, today: str) -> list[object]:
    vault.run("--quiet", "index", today=today)
    names = ("Due this week.md", "Dashboard.md", "Review.md", "Touches.svg")
    notes = [vault.read(f"Keep in touch/{name}") for name in names]
    bodies: list[object] = [note.split(b"digest:", 1)[-1] for note in notes]
    return bodies + [json.loads(vault.run(*command, "--json", today=today).out) for command in ASKED]


@pytest.mark.parametrize("seed", range(4))
def test_changes_are_told_as_by_an_index_made_anew(example: VaultFolder, home: Path, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(6):
        for _ in range(rng.randrange(3)):
            change(example, rng)
        today = rng.choice(DAYS)
        remembered = answers(example, today)
        shutil.rmtree(home / "cache")
        assert answers(example, today) == remembered
