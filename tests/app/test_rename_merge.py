"""One person from two notes, and new names: nothing lost, every link following, one undo step."""

import pytest

from tests.conftest import VaultFolder

JANE = "---\naliases:\n  - Janey\n---\n# Jane Doe\n\n## Log\n\n- 2026-10-20 coffee: hi\n"


@pytest.fixture
def people(vault: VaultFolder) -> VaultFolder:
    vault.write("People/Jane Doe.md", JANE)
    vault.write("People/Sam Lee.md", "## Log\n- 2026-10-01 lunch with [[Jane Doe]]: x\n")
    return vault


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[Jane Doe]]", "[[Jane Roe]]"),
        ("[[jane doe]]", "[[Jane Roe]]"),
        ("[[Jane Doe|Janey]] said", "[[Jane Roe|Janey]] said"),
        ("[[Jane Doe#Log]]", "[[Jane Roe#Log]]"),
        ("[[People/Jane Doe]]", "[[People/Jane Roe]]"),
        ("![[Jane Doe]]", "![[Jane Roe]]"),
        ("[her](Jane%20Doe.md#Log)", "[her](Jane%20Roe.md#Log)"),
        ("[her](<Jane Doe.md>)", "[her](<Jane Roe.md>)"),
        ("`[[Jane Doe]]` in code", "`[[Jane Doe]]` in code"),
        ("```\n[[Jane Doe]]\n```", "```\n[[Jane Doe]]\n```"),
        ("\n    [[Jane Doe]] in code", "\n    [[Jane Doe]] in code"),
        ("- x\n\n    [[Jane Doe]] in a list", "- x\n\n    [[Jane Roe]] in a list"),
        ("words\n    [[Jane Doe]] of a paragraph", "words\n    [[Jane Roe]] of a paragraph"),
        ("[her](../People/Jane%20Doe.md#Log)", "[her](../People/Jane%20Roe.md#Log)"),
        ("[her](/People/Jane%20Doe.md)", "[her](/People/Jane%20Roe.md)"),
        ("[[../People/Jane Doe|her]]", "[[../People/Jane Roe|her]]"),
        ("[[Jane Doe Senior]]", "[[Jane Doe Senior]]"),
        ("Jane Doe without a link", "Jane Doe without a link"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_links_follow_a_new_name(people: VaultFolder, before: str, after: str, newline: str) -> None:
    people.write("Notes/Plan.md", f"one\n{before}\ntwo".replace("\n", newline))
    people.ok("rename", "jane", "Jane Roe")
    assert people.read("Notes/Plan.md").decode() == f"one\n{after}\ntwo".replace("\n", newline)
    assert b"with [[Jane Roe]]" in people.read("People/Sam Lee.md")


def test_the_note_itself(people: VaultFolder) -> None:
    people.ok("rename", "jane", "Jane Roe")
    assert not (people.root / "People/Jane Doe.md").exists()
    assert people.read("People/Jane Roe.md").decode() == JANE.replace("# Jane Doe", "# Jane Roe").replace(
        "  - Janey\n", "  - Janey\n  - Jane Doe\n"
    )
    assert people.json("show", "jane doe")["contact"] == "Jane Roe"
    assert len(people.json("show", "jane roe")["interactions"]) == 2


def test_a_rename_is_one_step(people: VaultFolder) -> None:
    before = {path: people.read(path) for path in ("People/Jane Doe.md", "People/Sam Lee.md")}
    people.ok("rename", "jane", "Jane Roe")
    people.ok("undo")
    assert {path: people.read(path) for path in before} == before
    assert not (people.root / "People/Jane Roe.md").exists()


def test_generated_notes_follow_and_are_still_ours(people: VaultFolder) -> None:
    """Their links lead on; the next index makes no copy of what nobody typed, and undo is not in its way."""
    people.write("People/Jane Doe.md", JANE.replace("---\n# Jane", "tier: A\n---\n# Jane"))
    people.ok("index")
    due = "Keep in touch/Due this week.md"
    assert b"[[Jane Doe]]" in people.read(due)
    before = {path: people.read(path) for path in ("People/Jane Doe.md", "People/Sam Lee.md")}
    people.ok("rename", "jane", "Jane Roe")
    assert b"[[Jane Roe]]" in people.read(due) and b"[[Jane Doe]]" not in people.read(due)
    people.ok("index")
    assert not (people.root / "Keep in touch/Kept").exists()
    people.ok("undo")
    assert {path: people.read(path) for path in before} == before
    people.ok("index")
    assert b"[[Jane Doe]]" in people.read(due)
    people.ok("rename", "jane", "Jane Roe")
    followed = people.read(due)
    people.ok("log", "jane", "-m", "call: x")
    people.ok("index")
    assert people.read(due) != followed
    people.ok("undo")
    assert "rename" in people.ok("undo").err  # the generated note has changed since, and is index's own
    assert {path: people.read(path) for path in before} == before


def test_a_name_that_no_file_can_have(people: VaultFolder) -> None:
    people.ok("rename", "jane", "Jane Doe/Roe")
    assert b"name: Jane Doe/Roe" in people.read("People/Jane Doe Roe.md")


def test_a_taken_name_is_refused(people: VaultFolder) -> None:
    before = people.snapshot()
    assert people.run("rename", "jane", "Sam Lee").code == 1
    assert people.snapshot() == before


def test_two_notes_become_one(vault: VaultFolder) -> None:
    vault.write(
        "People/Jane Doe.md",
        "---\ncompany: Globex # since May\ntags:\n  - a\ntier: A\n---\nMy words.\n\n"
        "## Follow-ups\n\n- [ ] one\n\n## Log\n\n- 2026-01-01 call: first\n- 2026-03-01 call: third\n",
    )
    vault.write(
        "People/J. Doe.md",
        "---\ncompany: Initech\ntags:\n  - b\n  - a\nemail: jane@globex.example\nstatus: new\n---\n"
        "Her words.\n\n## Log\n\n- 2026-02-01 email: second #gave\n- 2026-03-01 call: third\n\n"
        "## Follow-ups\n\n- [ ] two\n",
    )
    vault.write("Notes/Plan.md", "see [[J. Doe]]\n")
    done = vault.ok("merge", "jane doe", "People/J. Doe")
    assert "company: 'Globex' stays, 'Initech' goes" in done.err
    assert vault.read("People/Jane Doe.md").decode() == (
        "---\ncompany: Globex # since May\ntags:\n  - a\n  - b\ntier: A\nemail: jane@globex.example\n"
        "aliases:\n  - J. Doe\n---\nMy words.\n\n## Follow-ups\n\n- [ ] one\n- [ ] two\n\n"
        "## Log\n\n- 2026-01-01 call: first\n- 2026-02-01 email: second #gave\n- 2026-03-01 call: third\n\n"
        "## From J. Doe\n\nHer words.\n"
    )
    assert vault.read("Notes/Plan.md") == b"see [[Jane Doe]]\n"
    assert not (vault.root / "People/J. Doe.md").exists()
    vault.ok("undo")
    assert vault.read("Notes/Plan.md") == b"see [[J. Doe]]\n"
    assert (vault.root / "People/J. Doe.md").exists()


NESTED = "custom:\n  a: 1 # one\n  b: [x, y]\n"


@pytest.mark.parametrize("mine", ["", "---\ntier: A\n---\n", "---\ncustom: {a: 1, b: [x, y]}\n---\n"])
def test_nested_values_of_the_user_s_own_come_along(vault: VaultFolder, mine: str) -> None:
    vault.write("People/A.md", mine)
    vault.write("People/B.md", f"---\nemail: b@x.example\n{NESTED}title: CTO\n---\n")
    vault.ok("merge", "People/A", "People/B")
    text = vault.read("People/A.md").decode()
    assert (NESTED in text) == ("custom" not in mine)
    assert vault.json("show", "People/A")["properties"]["custom"] == {"a": 1, "b": ["x", "y"]}


def test_nested_values_that_differ_are_for_the_user(vault: VaultFolder) -> None:
    vault.write("People/A.md", "---\ncustom: {a: 2}\n---\n")
    vault.write("People/B.md", f"---\n{NESTED}---\n")
    before = vault.snapshot()
    done = vault.run("merge", "People/A", "People/B")
    assert done.code == 5 and "both notes have a nested 'custom'" in done.err
    assert vault.snapshot() == before


def test_dated_headings_outside_of_a_log_are_no_lost_entries(vault: VaultFolder) -> None:
    vault.write("People/A.md", "## Log\n\n- 2026-01-01 call: one\n")
    vault.write("People/B.md", "### 2026-09-09 lunch\nwords\n\n## Log\n\n- 2026-02-01 call: two\n")
    vault.ok("merge", "People/A", "People/B")
    assert vault.run("doctor").err == "All is well.\n"
    vault.write("People/A.md", vault.read("People/A.md").replace(b"- 2026-02-01 call: two\n", b""))
    assert "an entry is gone" in vault.run("doctor").err + vault.run("doctor").out


def test_the_other_value_can_be_taken(vault: VaultFolder) -> None:
    vault.write("People/A.md", "---\ncadence: 3w # often\n---\n")
    vault.write("People/B.md", "---\ncadence: 2m\n---\n")
    assert vault.run("merge", "People/A", "People/B", "--take", "met").code == 2
    vault.ok("merge", "People/A", "People/B", "--take", "cadence")
    assert vault.read("People/A.md").startswith(b"---\ncadence: 2m # often\n")


def test_a_log_with_prose_loses_nothing(vault: VaultFolder) -> None:
    vault.write("People/A.md", "## Log\n\nSome prose.\n\n- 2026-01-01 call: one\n")
    vault.write("People/B.md", "## Log\n- 2026-02-01 call: two\n    and more\n")
    vault.ok("merge", "People/A", "People/B")
    text = vault.read("People/A.md").decode()
    assert text.index("Some prose.") < text.index("call: one") < text.index("call: two\n    and more")


def test_a_note_that_cannot_be_read_surely_is_not_merged(people: VaultFolder) -> None:
    people.write("People/Bad.md", "---\na: 1\na: 2\n---\n")
    before = people.snapshot()
    assert people.run("merge", "jane", "People/Bad").code == 5
    assert people.snapshot() == before


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "---\nemail: J@Globex.example\n---\n",
            "---\nemail: [x@acme.example, j@globex.example]\n---\n",
            "address",
        ),
        ("", "---\nname: Doe Jane\n---\n", "name"),
        ("", "---\nname: Jane Doee\n---\n", "name"),
    ],
)
def test_doctor_tells_likely_doubles(vault: VaultFolder, one: str, other: str, why: str) -> None:
    vault.write("People/Jane Doe.md", one)
    vault.write("People/Somebody.md", other)
    result = vault.run("doctor", "--json")
    found = [p for p in result.json["problems"] if "likely the same person" in p["message"]]
    assert len(found) == 1
    assert why in found[0]["message"]
    assert "vk merge" in found[0]["mend"]


@pytest.mark.parametrize(
    "said",
    [
        ("email: a@acme.example", "email: b@globex.example"),
        ("linkedin: https://www.linkedin.com/in/js1", "linkedin: https://www.linkedin.com/in/js2"),
    ],
)
def test_namesakes_with_other_addresses_are_two(vault: VaultFolder, said: tuple[str, str]) -> None:
    vault.write("People/John Smith.md", f"---\n{said[0]}\n---\n")
    vault.write("People/John Smith (Acme).md", f"---\nname: John Smith\n{said[1]}\n---\n")
    assert vault.run("doctor").code == 0
