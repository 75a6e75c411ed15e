"""NAME, as CLI.md has it: what a person types, and whom it means."""

import pytest
from conftest import VaultFolder

JANE, JAN = "People/Jane Doe.md", "People/Jan Novák.md"
LUKASZ, JOSE, ANNE = "People/Łukasz Nowak.md", "People/José Carvalho.md", "People/Anne-Marie O'Neil.md"
JOHN, ACME = "People/John Smith.md", "People/John Smith (Acme).md"
SAM, OTHER_SAM = "People/Sam Lee.md", "Work/People/Sam Lee.md"
ACDC, GROSS, LI = "People/AC DC.md", "People/G.md", "People/李梅.md"
NOTES = {
    JANE: "aliases: [JD, Janey]",
    JAN: "tier: A",
    LUKASZ: "tier: A",
    JOSE: "tier: A",
    ANNE: "tier: A",
    JOHN: "tier: A",
    ACME: "tier: A",
    SAM: "tier: A",
    OTHER_SAM: "type: contact",
    ACDC: "name: AC/DC",
    GROSS: "name: Groß, Straßer",
    LI: "tier: A",
}


@pytest.fixture
def people(vault: VaultFolder) -> VaultFolder:
    for path, front_matter in NOTES.items():
        vault.write(path, f"---\n{front_matter}\n---\n")
    return vault


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        # the display name, whole
        ("Jane Doe", JANE),
        ("jane doe", JANE),
        ("  JANE   DOE ", JANE),
        ("Jan Novak", JAN),
        ("Jose\u0301 Carvalho", JOSE),  # an accent as a character of its own
        ("lukasz nowak", LUKASZ),
        ("grosz, x", None),
        ("gross, strasser", GROSS),
        ("李梅", LI),
        ("ac/dc", ACDC),
        # whole goes before a beginning: the other John Smith's name goes on
        ("john smith", JOHN),
        ("John Smith (Acme)", ACME),
        # alias, note name, path
        ("jd", JANE),
        ("JANEY", JANE),
        ("g", GROSS),
        ("AC DC", ACDC),
        ("People/Jane Doe.md", JANE),
        ("people/jane doe", JANE),
        ("./People/Jane Doe.md", JANE),
        ("Jane Doe.md", JANE),
        ("people/jose carvalho.MD", JOSE),
        ("People/Sam Lee.md", SAM),
        ("people/sam lee", SAM),
        ("Work/People/Sam Lee", OTHER_SAM),
        ("work/people/SAM LEE.md", OTHER_SAM),
        # the beginning of a name or of one of its words
        ("jane", JANE),
        ("do", JANE),
        ("novák", JAN),
        ("nov", JAN),
        ("now", LUKASZ),
        ("acme", ACME),
        ("anne", ANNE),
        ("o'n", ANNE),
        ("anne-marie o’neil", ANNE),
        ("carv", JOSE),
        ("李", LI),
        ("strass", GROSS),
        # nobody
        ("zzz", None),
        ("People/Nobody.md", None),
        ("Elsewhere/Jane Doe", None),
        ("", None),
        (" ", None),
        ("%", None),
        ("*", None),
        # more than one
        ("jan", None),
        ("john", None),
        ("smith", None),
        ("sam lee", None),
        ("Sam Lee.md", None),
    ],
)
def test_who_is_meant(people: VaultFolder, typed: str, path: str | None) -> None:
    reading = people.run("show", typed, "--json")
    writing = people.run("log", typed, "-m", "call: x", "--dry-run")
    if path is None:
        assert (reading.code, reading.out, writing.code, writing.out) == (4, "", 4, "")
    else:
        assert reading.json["path"] == path
        assert writing.out.split("\n")[0].rstrip("\t") == f"--- a/{path}"


@pytest.mark.parametrize(("typed", "path"), [("ane do", JANE), ("marie", ANNE), ("owak", LUKASZ), ("梅", LI)])
def test_a_part_is_enough_for_reading_alone(people: VaultFolder, typed: str, path: str) -> None:
    assert people.json("show", typed)["path"] == path
    assert people.ok("open", typed, "--obsidian").out.count("obsidian://") == 1
    before = people.snapshot()
    for command in (
        ["log", typed, "-m", "call: x"],
        ["follow-up", typed, "x"],
        ["done", typed],
        ["set", typed, "tier=B"],
        ["snooze", typed, "2w"],
        ["pause", typed],
        ["resume", typed],
        ["log", "jane doe", "--with", typed, "-m", "call: x"],
        ["add", "Somebody", "--introduced-by", typed],
    ):
        assert people.run(*command).code == 4, command
    assert people.snapshot() == before


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("jan", [JAN, JANE]),
        ("smith", [ACME, JOHN]),
        ("sam lee", [SAM, OTHER_SAM]),
        ("ohn sm", [ACME, JOHN]),  # a part
    ],
)
def test_the_candidates_are_told_by_their_paths(
    people: VaultFolder, typed: str, candidates: list[str]
) -> None:
    done = people.run("show", typed)
    assert (done.code, done.out) == (4, "")
    first, *lines = done.err.splitlines()
    assert repr(typed) in first
    assert sorted(line.strip() for line in lines) == sorted(candidates)
    for candidate in candidates:
        assert people.json("show", candidate)["path"] == candidate


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("jnae doe", "Jane Doe"),
        ("Janeey", "Jane Doe"),
        ("Lukas Nowack", "Łukasz Nowak"),
        ("Jhon Smith", "John Smith"),
    ],
)
@pytest.mark.parametrize("command", ["show", "pause"])
def test_a_slip_of_the_pen_is_told_the_nearest(
    people: VaultFolder, command: str, typed: str, near: str
) -> None:
    done = people.run(command, typed)
    assert (done.code, done.out) == (4, "")
    assert f"did you mean {near}" in done.err


def test_a_strange_name_is_told_none(people: VaultFolder) -> None:
    done = people.run("show", "Xyzzy Plugh")
    assert done.err == "vk: no contact is called 'Xyzzy Plugh'\n"


def test_an_exact_path_wins_over_one_that_differs_in_accents(people: VaultFolder) -> None:
    people.write("People/Jose Carvalho.md", "")
    for path in (JOSE, "People/Jose Carvalho.md"):
        assert people.json("show", path)["path"] == path
    assert people.run("show", "jose carvalho").code == 4


def test_a_list_of_many_candidates_ends(people: VaultFolder) -> None:
    for number in range(30):
        people.write(f"People/Same {number:02}.md", "")
    done = people.run("show", "same")
    assert done.code == 4
    assert "one of 30" in done.err
    assert len(done.err.splitlines()) == 21


def test_a_name_need_not_be_typed_twice(people: VaultFolder) -> None:
    """Two names for one person are one participant."""
    people.ok("log", "jane", "jd", "--with", "Jane Doe", "-m", "call: x")
    assert people.read(JANE).decode().endswith("- 2026-11-23 call: x\n")
