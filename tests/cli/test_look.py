"""`show`, `list`, `search`, `open`."""

import json
import re
import sys
from pathlib import Path

import pytest
from conftest import VaultFolder

JANE, SAM, ANA = "People/Jane Doe.md", "People/Sam Lee.md", "People/Ana Ruiz.md"
NOTES = {
    JANE: """\
---
company: Globex
title: Jane Doe
location: Berlin-Mitte
tags:
  - robotics/grippers
  - Chess
relationship: mentor, former-manager
network: "[[PyCon 2026]]"
tier: A
shoe: 39
vip: true
motto: Größe zählt
odd: .nan
---
Met her at the fair.

- [ ] Send the plan 📅 2026-11-30

## Log

- 2026-09-01 email out: asked for a referral #asked
- 2026-11-01 14:30 coffee with [[Sam Lee]]: talked about Zürich #gave
    and about the moon
- 2026-11-10 message in: thanks
- 2026-12-24 lunch: goose
""",
    SAM: '---\ncompany:\n  - Acme\n  - Globex\nlocation: Hamburg\nstatus: paused\ntier: b\nshoe: "39"\n---\n',
    ANA: "---\ntags: chess\nvip: false\nmet: 2026-11-20\n---\nLikes zurich, and the moon.\n",
}


@pytest.fixture
def people(vault: VaultFolder) -> VaultFolder:
    for path, text in NOTES.items():
        vault.write(path, text)
    return vault


# --- show


def test_show_in_json(people: VaultFolder) -> None:
    shown = people.json("show", "jane")
    assert shown["properties"] == {
        "company": "Globex",
        "title": "Jane Doe",
        "location": "Berlin-Mitte",
        "tags": ["robotics/grippers", "Chess"],
        "relationship": "mentor, former-manager",
        "network": "[[PyCon 2026]]",
        "tier": "A",
        "shoe": 39,
        "vip": True,
        "motto": "Größe zählt",
        "odd": "NaN",  # JSON has no such number
    }
    assert shown["fields"] == {
        "name": "Jane Doe",
        "company": "Globex",
        "location": "Berlin-Mitte",
        "tags": ["robotics/grippers", "Chess"],
        "relationship": ["mentor", "former-manager"],
        "network": "[[PyCon 2026]]",
        "tier": "A",
        "status": "active",
    }
    facts = ("contact", "path", "warmth", "last_contact", "last_in", "last_out", "next_contact")
    assert [shown[key] for key in facts] == [
        *("Jane Doe", JANE, "hot", "2026-11-10", "2026-11-10", "2026-11-01", "2026-12-01"),
    ]
    assert (shown["unresponsive"], shown["drifting"]) == (False, False)
    assert (shown["balance"]["gave"], shown["balance"]["asked"]) == (1, 1)
    assert shown["follow_ups"] == [{"text": "Send the plan", "due": "2026-11-30", "path": JANE, "line": 18}]
    email, coffee, message, lunch = shown["interactions"]
    assert coffee == {
        "date": "2026-11-01",
        "time": "14:30",
        "channel": "coffee",
        "direction": "both",
        "with": ["Sam Lee"],
        "kinds": ["gave"],
        "text": "talked about Zürich #gave\nand about the moon",
        "path": JANE,
        "line": 23,
    }
    assert [entry["direction"] for entry in (email, message, lunch)] == ["out", "in", "both"]


def test_show_in_a_pipe(people: VaultFolder) -> None:
    lines = people.ok("show", "jane").out.splitlines()
    assert lines[0] == "Jane Doe   Globex, Berlin-Mitte   hot · tier A · every 3 weeks"
    assert lines[1].endswith(JANE)
    assert "You owe     Send the plan, by Monday 30 November" in lines
    assert any("planned: goose" in line for line in lines)
    assert not any("\x1b" in line for line in lines)


def test_show_tells_where_to_look_somebody_up(vault: VaultFolder) -> None:
    """Addresses in a pipe and in JSON; on a terminal the words lead there."""
    vault.write(JANE, '---\nlinkedin: linkedin.com/in/jane\ncompany: "[[Firms/Globex|Globex]]"\n---\n')
    links = [
        ("profile", "Jane Doe", "https://linkedin.com/in/jane"),
        ("news", "Jane Doe", "https://news.google.com/search?q=%22Jane%20Doe%22"),
        ("news", "Globex", "https://news.google.com/search?q=%22Globex%22"),
    ]
    shown = vault.json("show", "jane")["links"]
    assert [(link["kind"], link["about"], link["url"]) for link in shown] == links
    assert [line for line in vault.ok("show", "jane").out.splitlines() if "://" in line] == [
        "Look up     profile: https://linkedin.com/in/jane",
        f"            news of Jane Doe: {links[1][2]}",
        f"            news of Globex: {links[2][2]}",
    ]
    seen = vault.run("show", "jane", terminal="out").out
    assert all(f";{url}\x1b\\" in seen for _, _, url in links)
    assert "profile · news of Jane Doe · news of Globex" in re.sub(
        r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m", "", seen
    )


def test_show_tells_where_somebody_is_mentioned_and_counts_it_for_nobody(vault: VaultFolder) -> None:
    vault.write("vaultkeeper.toml", '[daily_notes]\nfolder = "Journal"\n')
    vault.write(JANE, "")
    vault.write("Other/Jane Doe.md", "not a contact")
    vault.write("Journal/2026-11-20.md", "- the slides of [[People/Jane Doe]] are out\n- of [[Jane Doe]]\n")
    vault.write(SAM, "## Log\n- 2026-11-21 call: she knows [[people/jane doe|Jane]] from school\n")
    shown = vault.json("show", "People/Jane Doe")
    assert shown["mentions"] == [
        {
            "date": "2026-11-20",
            "text": "the slides of [[People/Jane Doe]] are out",
            "path": "Journal/2026-11-20.md",
            "line": 1,
        },
        {
            "date": "2026-11-21",
            "text": "she knows [[people/jane doe|Jane]] from school",
            "path": SAM,
            "line": 2,
        },
    ]
    assert (shown["last_contact"], shown["interactions"], shown["warmth"]) == (None, [], "cold")
    lines = vault.ok("show", "People/Jane Doe").out.splitlines()
    assert "Mentioned   2026-11-21  she knows Jane from school  People/Sam Lee.md:2" in lines
    assert "            2026-11-20  the slides of Jane Doe are out  Journal/2026-11-20.md:1" in lines
    (vault.root / "Journal/2026-11-20.md").unlink()
    vault.write(SAM, "## Log\n- 2026-11-21 call: nothing\n")
    assert vault.json("show", "People/Jane Doe")["mentions"] == []


def test_of_many_mentions_the_latest_are_shown(vault: VaultFolder) -> None:
    vault.write(JANE, "")
    vault.write(
        SAM, "## Log\n" + "".join(f"- 2026-11-{day:02} call: of [[Jane Doe]]\n" for day in range(1, 8))
    )
    found = [line for line in vault.ok("show", "jane").out.splitlines() if "of Jane Doe  People" in line]
    assert len(found) == 3
    assert found[-1].endswith("(of 7)")
    assert "2026-11-07" in found[0]
    assert vault.ok("show", "jane", "--all").out.count("of Jane Doe  People") == 7


def test_show_s_history_ends_and_all_does_not(vault: VaultFolder) -> None:
    entries = "".join(f"- 2026-10-{day:02} call: talk {day}\n" for day in range(1, 26))
    vault.write(JANE, f"## Log\n{entries}")
    assert vault.ok("show", "jane").out.count("call        talk") == 10
    assert "… 15 earlier: --all" in vault.ok("show", "jane").out
    assert vault.ok("show", "jane", "--all").out.count("call        talk") == 25
    assert len(vault.json("show", "jane")["interactions"]) == 25


def test_show_of_a_bad_note_tells_and_ends_with_3(vault: VaultFolder) -> None:
    vault.write(JANE, "---\ntier: Z\n---\n## Log\n- 2026-11-01 call: x\n")
    for args in ([], ["--json"]):
        done = vault.run("show", "jane", *args)
        assert done.code == 3
        assert f"{JANE}:2: unknown tier 'Z'; the config has A, B, C, D" in done.err
        assert "2026-11-01" in done.out
    assert vault.run("show", "jane", "--json").json["last_contact"] == "2026-11-01"


# --- list


@pytest.mark.parametrize(
    ("args", "names"),
    [
        ([], ["Ana", "Jane", "Sam"]),
        (["--tag", "chess"], ["Ana", "Jane"]),
        (["--tag", "#CHESS"], ["Ana", "Jane"]),
        (["--tag", "robotics"], ["Jane"]),
        (["--tag", "robotics/grippers"], ["Jane"]),
        (["--tag", "grippers"], []),
        (["--tier", "a"], ["Jane"]),
        (["--tier", "A", "--tier", "B"], ["Jane", "Sam"]),
        (["--relationship", "Mentor"], ["Jane"]),
        (["--network", "pycon 2026"], ["Jane"]),
        (["--company", "globex"], ["Jane", "Sam"]),
        (["--company", "Acme"], ["Sam"]),
        (["--company", "Glob"], []),
        (["--location", "berlin"], ["Jane"]),
        (["--location", "burg", "--location", "mitte"], ["Jane", "Sam"]),
        (["--warmth", "hot"], ["Jane", "Sam"]),
        (["--warmth", "warm"], ["Ana"]),
        (["--warmth", "cold"], []),
        (["--status", "paused"], ["Sam"]),
        (["--where", "shoe=39"], ["Jane", "Sam"]),
        (["--where", "vip=true"], ["Jane"]),
        (["--where", "vip=false"], ["Ana"]),
        (["--where", "vip="], ["Sam"]),
        (["--where", "motto=grosse zahlt"], ["Jane"]),
        (["--where", "tier=b"], ["Sam"]),
        (["--where", "company=Acme"], ["Sam"]),
        (["--where", "company="], ["Ana"]),
        (["--where", "nothing=x"], []),
        (["--where", "shoe=39", "--where", "vip=true"], ["Jane"]),
        (["--company", "Globex", "--tier", "B"], ["Sam"]),
        (["--sort", "last"], ["Ana", "Sam", "Jane"]),
        (["--sort", "next"], ["Jane", "Sam", "Ana"]),
        (["--sort", "tier"], ["Jane", "Sam", "Ana"]),
        (["--sort", "warmth"], ["Jane", "Sam", "Ana"]),
        (["--sort", "company"], ["Sam", "Jane", "Ana"]),
        (["--sort", "name"], ["Ana", "Jane", "Sam"]),
    ],
)
def test_who_is_listed(people: VaultFolder, args: list[str], names: list[str]) -> None:
    contacts = people.json("list", *args)["contacts"]
    assert [contact["contact"].split()[0] for contact in contacts] == names
    lines = people.ok("list", *args).out.splitlines()
    assert [line.split()[0] for line in lines] == names


def test_list_in_json_and_in_a_pipe(people: VaultFolder) -> None:
    ana, jane, sam = people.json("list")["contacts"]
    promised = ("contact", "path", "warmth", "tier", "last_contact", "next_contact")
    assert [jane[key] for key in promised] == ["Jane Doe", JANE, "hot", "A", "2026-11-10", "2026-12-01"]
    assert [ana[key] for key in promised] == ["Ana Ruiz", ANA, "warm", None, None, None]
    assert (sam["tier"], sam["last_contact"]) == ("B", "2026-11-01")
    assert people.ok("list").out.splitlines()[1] == f"Jane Doe\thot\tA\t2026-11-10\t2026-12-01\t{JANE}"


def test_list_by_a_format(people: VaultFolder) -> None:
    line = "{{ company }}\\t{{ name }}{% if properties.shoe %}, {{ properties.shoe }}{% endif %}"
    assert (
        people.ok("list", "--format", line).out
        == "\tAna Ruiz\nGlobex\tJane Doe, 39\nAcme, Globex\tSam Lee, 39\n"
    )
    assert people.ok("list", "--tier", "A", "--format", "{{ last_contact }}").out == "2026-11-10\n"


@pytest.mark.parametrize("line", ["{{ nonsense }}", "{{ name", "{% foo %}", "{{ name.__class__.mro() }}"])
def test_a_bad_format(people: VaultFolder, line: str) -> None:
    done = people.run("list", "--format", line)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("vk: format: ")


def test_nobody_is_an_answer(vault: VaultFolder) -> None:
    assert vault.json("list") == {"contacts": []}
    assert (vault.ok("list").out, vault.ok("list").err) == ("", "")


def test_a_line_an_item_whatever_the_names(vault: VaultFolder) -> None:
    for name in ("new\nline", "tab\there", "esc\x1b[31m", "rtl\u202egnp"):
        vault.write(f"People/{name}.md", "---\ntier: A\n---\n")
    for command in ("list", "due"):
        lines = vault.ok(command).out.splitlines()
        assert len(lines) == 4
        assert {line.count("\t") for line in lines} == {5}
        assert "".join(lines).replace("\t", "").isprintable()
    assert vault.ok("due", "--brief").out.count("\n") == 1
    assert vault.ok("due", "--brief").out.strip().isprintable()
    names = [contact["contact"] for contact in vault.json("list")["contacts"]]
    assert {"tab\there", "rtl\u202egnp"} <= set(names)


# --- search


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            ["zurich"],
            [
                (JANE, "- 2026-11-01 14:30 coffee with [[Sam Lee]]: talked about Zürich #gave"),
                (ANA, "zurich"),
            ],
        ),
        (["ZÜRICH"], [(JANE, "Zürich"), (ANA, "zurich")]),
        (["moon"], [(JANE, "and about the moon"), (ANA, "moon")]),
        (["zurich", "fair"], [(JANE, "")]),
        (["zurich fair"], [(JANE, "")]),
        (["refer"], [(JANE, "asked for a referral")]),  # the last word may be a beginning
        (["refer", "goose"], []),
        (["pycon"], [(JANE, 'network: "[[PyCon 2026]]"')]),
        (['"moon" AND (OR NEAR -*^:'], []),
        (["moon*"], [(JANE, "moon"), (ANA, "moon")]),
        (["nothing"], []),
        (["C++"], [(JANE, ""), (ANA, ""), (SAM, "")]),
        (["_"], []),
    ],
)
def test_search(people: VaultFolder, query: list[str], found: list[tuple[str, str]]) -> None:
    results = people.json("search", *query)["results"]
    assert {result["path"] for result in results} == {path for path, _ in found}
    for result in results:
        line = people.read(result["path"]).decode().split("\n")[result["line"] - 1]
        assert result["passage"] == line.strip()
        assert dict(found)[result["path"]] in line
    lines = [f"{result['path']}:{result['line']}: {result['passage']}\n" for result in results]
    assert people.ok("search", *query).out == "".join(lines)


def test_search_ranks_and_ends(vault: VaultFolder) -> None:
    vault.write("People/Much.md", "moon moon moon moon\n")
    vault.write("People/Little.md", "moon and a great many other words, which count for less\n" * 3)
    for number in range(30):
        vault.write(f"People/N{number}.md", "sun\n")
    assert [hit["contact"] for hit in vault.json("search", "moon")["results"]] == ["Much", "Little"]
    assert len(vault.json("search", "sun")["results"]) == 20
    assert len(vault.json("search", "sun", "--limit", "25")["results"]) == 25


@pytest.mark.parametrize("query", ['"', "  ", "-", "((("])
def test_nothing_to_search_for(people: VaultFolder, query: str) -> None:
    done = people.run("search", query)
    assert (done.code, done.out, done.err) == (2, "", "vk: nothing to search for\n")


def test_search_forgets_what_is_gone(people: VaultFolder) -> None:
    assert people.json("search", "goose")["results"]
    people.write(JANE, "no bird\n")
    assert people.json("search", "goose")["results"] == []
    assert people.json("search", "bird")["results"][0]["line"] == 1


# --- open


def test_open_in_obsidian(vault: VaultFolder) -> None:
    vault.write("People/Zoë & Co 100%.md", "x\n")
    done = vault.ok("open", "zoe", "--obsidian")
    path = f"{vault.root}/People/Zo%C3%AB%20%26%20Co%20100%25.md".replace("/", "%2F")
    assert done.out == f"obsidian://open?path={path}\n"


def test_open_without_a_terminal_starts_no_editor_of_its_own_choice(
    people: VaultFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("click.edit", lambda **_: pytest.fail("started"))
    done = people.run("open", "jane")
    assert (done.code, done.out) == (1, "")
    assert "--obsidian" in done.err
    assert str(people.root / JANE) in done.err


@pytest.mark.parametrize("terminal", ["in out err", ""])
def test_open_in_the_editor(
    vault: VaultFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: str
) -> None:
    """A name that a shell would run is a name to the editor."""
    name = "$(touch gone) `touch gone`; x"
    vault.write(f"People/{name}.md", "x\n")
    script = tmp_path / "editor.py"
    script.write_text(f"import json, sys\njson.dump(sys.argv[1:], open({str(tmp_path / 'args')!r}, 'w'))")
    for variable in ("EDITOR", "VISUAL"):
        monkeypatch.setenv(variable, f"{sys.executable} {script}")
    monkeypatch.chdir(tmp_path)
    result = vault.run("open", "x", terminal=terminal)
    assert result.code == 0, result
    assert json.loads((tmp_path / "args").read_text()) == [str(vault.root / "People" / f"{name}.md")]
    assert not list(tmp_path.rglob("gone"))
