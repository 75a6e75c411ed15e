"""Dated notes, meeting notes, events and news, written as a person would; people mentioned get notes."""

import json

import pytest
import yaml

from tests.conftest import VaultFolder

DAY = "2026-11-20"


@pytest.fixture
def people(vault: VaultFolder) -> VaultFolder:
    for name in ("Jane Doe", "Sam Lee", "Ana Ruiz"):
        vault.write(f"People/{name}.md", "")
    vault.write("vaultkeeper.toml", '[daily_notes]\nfolder = "Journal"\n')
    return vault


def entries(vault: VaultFolder, name: str) -> list[tuple[str | None, str | None, str]]:
    found = vault.json("show", name)["interactions"]
    return [(entry["channel"], entry["direction"], entry["text"]) for entry in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- coffee with [[Jane Doe]]: her new job", ("coffee", "both", "her new job")),
        ("* call [[Jane Doe]]", ("call", "both", "")),
        ("- email to [[Jane Doe]]: the plan #gave", ("email", "out", "the plan #gave")),
        ("- email from [[Jane Doe]]: thanks", ("email", "in", "thanks")),
        ("- Email in with [[Jane Doe]]: thanks", ("email", "in", "thanks")),
        ("Called [[Jane Doe]] about the plan", ("call", "both", "about the plan")),
        ("Had lunch with [[Jane Doe]].", ("lunch", "both", "")),
        ("- saw [[People/Jane Doe|Janey]] on the train", ("meeting", "both", "on the train")),
        ("- This morning I met [[Jane Doe]] at the station", ("meeting", "both", "at the station")),
        ("- talked for hours with [[Jane Doe]]", ("meeting", "both", "")),
        ("- wrote to [[Jane Doe]] about Berlin", ("email", "out", "about Berlin")),
        ("- heard from [[Jane Doe]]: all well", ("message", "in", "all well")),
        ("[[Jane Doe]] called", ("call", "in", "")),
        ("- [[Jane Doe]] texted: running late", ("message", "in", "running late")),
        ("- 14:30 coffee with [[Jane Doe]]", ("coffee", "both", "")),
        ("- [x] Called [[Jane Doe]]", ("call", "both", "")),
        ("- [x] called [[Jane Doe]] about it #gave ✅ 2026-11-21", ("call", "both", "about it #gave")),
        ("- **Called** [[Jane Doe]]", ("call", "both", "")),
        ("- **[[Jane Doe]]** called", ("call", "in", "")),
        ("- had a great lunch with [[Jane Doe]]: hi", ("lunch", "both", "hi")),
        ("- Had lunch at [[Cafe X]] with [[Jane Doe]]", ("lunch", "both", "at [[Cafe X]] with [[Jane Doe]]")),
        ("- coffee in Berlin with [[Jane Doe]]: hi", ("coffee", "both", "in Berlin with [[Jane Doe]]: hi")),
        ("- lunch in [[Berlin]] with [[Jane Doe]]", ("lunch", "both", "in [[Berlin]] with [[Jane Doe]]")),
        ("- email in [[Jane Doe]]: thanks", ("email", "in", "thanks")),
        ("- saw [[Nobody]] with [[Jane Doe]]", ("meeting", "both", "")),
        ("called %% at last %% [[Jane Doe]]", ("call", "both", "")),
        ("1. coffee with [Jane](People/Jane%20Doe.md): hi", ("coffee", "both", "hi")),
    ],
)
def test_lines_that_count(people: VaultFolder, line: str, expected: tuple[str, str, str]) -> None:
    people.write(f"Journal/{DAY}.md", f"# A day\n\n{line}\n")
    assert entries(people, "jane") == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "- thought of [[Jane Doe]] today",
        "- [[Jane Doe]] is moving to Berlin",
        "- Really should call [[Jane Doe]]",
        "- should have called [[Jane Doe]]",
        "- haven't met [[Jane Doe]] for ages",
        "- [ ] call [[Jane Doe]]",
        "- [ ] Called [[Jane Doe]]",
        "> met [[Jane Doe]]",
        "## Coffee with [[Jane Doe]]",
        "![[Jane Doe]] called",
        "- > called [[Jane Doe]]",
        "`called [[Jane Doe]]`",
        "%% called [[Jane Doe]] %%",
        "<!-- called [[Jane Doe]] -->",
        "- had to call [[Jane Doe]]",
        "```\ncoffee with [[Jane Doe]]\n```",
        "- coffee: [[Jane Doe]] was not there",
        "- called the plumber, then thought of [[Jane Doe]]",
    ],
)
def test_lines_that_are_mentions(people: VaultFolder, line: str) -> None:
    people.write(f"Journal/{DAY}.md", f"{line}\n")
    assert entries(people, "jane") == []


def test_participants_are_joined_and_links_after_the_colon_are_mentions(people: VaultFolder) -> None:
    people.write(
        f"Journal/{DAY}.md", "- lunch with [[Jane Doe]] and [[Sam Lee]]: [[Ana Ruiz]] sends regards\n"
    )
    found = people.json("show", "jane")["interactions"][0]
    assert (found["with"], found["path"], found["line"]) == (["Sam Lee"], f"Journal/{DAY}.md", 1)
    assert entries(people, "sam") == [("lunch", "both", "[[Ana Ruiz]] sends regards")]
    assert entries(people, "ana") == []


def test_a_talk_noted_in_two_places_counts_once(people: VaultFolder) -> None:
    people.write("People/Jane Doe.md", f"## Log\n- {DAY} coffee: caught up #checkin\n")
    people.write(f"Journal/{DAY}.md", "- coffee with [[Jane Doe]]: her news #helped\n")
    found = people.json("show", "jane")["interactions"]
    assert [(e["text"], e["kinds"], e["path"]) for e in found] == [
        ("caught up #checkin", ["checkin", "helped"], "People/Jane Doe.md")
    ]


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"daily-notes.json": {"folder": "Tage", "format": "DD.MM.YYYY"}}, "Tage/20.11.2026.md"),
        ({"daily-notes.json": {"folder": "Daily"}}, "Daily/2026-11-20.md"),
        (
            {"daily-notes.json": {"format": "YYYY/MM-MMMM/YYYY-MM-DD-dddd"}},
            "2026/11-November/2026-11-20-Friday.md",
        ),
        (
            {
                "plugins/periodic-notes/data.json": {
                    "daily": {"folder": "P", "format": "YYYYMMDD", "enabled": True}
                },
                "daily-notes.json": {"folder": "Daily"},
            },
            "P/20261120.md",
        ),
        (
            {
                "plugins/periodic-notes/data.json": {"daily": {"folder": "P", "enabled": False}},
                "daily-notes.json": {"folder": "Daily"},
            },
            "Daily/2026-11-20.md",
        ),
        (
            {
                "plugins/periodic-notes/data.json": {
                    "activeCalendarSet": "Mine",
                    "calendarSets": [
                        {"id": "Default", "day": {"enabled": True, "folder": "Old"}},
                        {"id": "Mine", "day": {"enabled": True, "folder": "Days", "format": "DD-MM-YYYY"}},
                    ],
                }
            },
            "Days/20-11-2026.md",
        ),
        ({}, "Anywhere/2026-11-20.md"),
    ],
)
def test_where_dated_notes_are(vault: VaultFolder, settings: dict[str, object], path: str) -> None:
    vault.write("People/Jane Doe.md", "")
    for name, value in settings.items():
        vault.write(f".obsidian/{name}", json.dumps(value))
    vault.write(path, "called [[Jane Doe]]\n")
    assert vault.json("show", "jane")["last_contact"] == DAY


@pytest.mark.parametrize(
    ("config", "path"),
    [
        ('folder = "Tagebuch"', "Tagebuch/20.11.2026.md"),
        ('format = "YYYY-MM-DD"', "Daily/2026-11-20.md"),
        ('folder = "Tagebuch"\nformat = "YYYY-MM-DD"', "Tagebuch/2026-11-20.md"),
        ('folder = ""', "Anywhere/20.11.2026.md"),
    ],
)
def test_the_config_goes_before_obsidians_settings_key_by_key(
    vault: VaultFolder, config: str, path: str
) -> None:
    vault.write("People/Jane Doe.md", "")
    vault.write(".obsidian/daily-notes.json", '{"folder": "Daily", "format": "DD.MM.YYYY"}')
    vault.write("vaultkeeper.toml", f"[daily_notes]\n{config}\n")
    vault.write(path, "called [[Jane Doe]]\n")
    assert vault.json("show", "jane")["last_contact"] == DAY


@pytest.mark.parametrize(("count", "channels"), [("actions", []), ("links", [None]), ("off", [])])
def test_what_counts_is_the_users_choice(people: VaultFolder, count: str, channels: list[str | None]) -> None:
    people.write("vaultkeeper.toml", f'[daily_notes]\nfolder = "Journal"\ncount = "{count}"\n')
    people.write(f"Journal/{DAY}.md", "- thought of [[Jane Doe]]\n")
    assert [channel for channel, _, _ in entries(people, "jane")] == channels


def test_the_users_own_verbs(people: VaultFolder) -> None:
    people.write(
        "vaultkeeper.toml", '[daily_notes]\nverbs = { "telefonierte mit" = "call", pingte = "message out" }\n'
    )
    people.write(f"{DAY}.md", "- telefonierte mit [[Jane Doe]]\n- pingte [[Sam Lee]]\n")
    assert entries(people, "jane") == [("call", "both", "")]
    assert entries(people, "sam") == [("message", "out", "")]


def test_a_meeting_note(people: VaultFolder) -> None:
    people.write(
        "Meetings/Roadmap.md",
        f'---\ndate: {DAY}\npeople:\n  - "[[Jane Doe]]"\nattendees: ["[[Sam Lee]]"]\n---\nNotes\n',
    )
    assert entries(people, "jane") == [("meeting", "both", "Roadmap")]
    assert entries(people, "sam") == [("meeting", "both", "Roadmap")]


def test_an_event_counts_for_those_spoken_with_and_lists_those_expected(people: VaultFolder) -> None:
    people.write(
        "Events/PyCon.md",
        "---\ntype: event\ndate: 2026-11-27\nlocation: Berlin\n"
        'attendees:\n  - "[[Jane Doe]]"\npeople:\n  - "[[Sam Lee]]"\n---\n',
    )
    item = next(i for i in people.json("due")["items"] if i["reason"] == "event")
    assert (item["contact"], item["title"], item["due"]) == (None, "PyCon", "2026-11-27")
    assert "Jane Doe" in item["detail"]
    assert entries(people, "jane") == []
    assert people.json("show", "sam")["interactions"][0]["channel"] == "event"


def test_an_event_without_a_day_is_a_problem(people: VaultFolder) -> None:
    people.write("Events/PyCon.md", "---\ntype: event\ndate: soon\n---\n")
    result = people.run("index")
    assert (result.code, "Events/PyCon.md:3: " in result.err) == (3, True)


def test_promises_anywhere_that_link_to_a_contact(people: VaultFolder) -> None:
    note = "# Plan\n\n- [ ] Send [[Jane Doe]] the plan [due:: 2026-11-26]\n- [ ] Milk\n- [ ] Ask [[Nobody]]\n"
    people.write("Projects/Plan.md", note)
    promise = people.json("show", "jane")["follow_ups"][0]
    assert (promise["text"], promise["due"], promise["path"], promise["line"]) == (
        "Send [[Jane Doe]] the plan",
        "2026-11-26",
        "Projects/Plan.md",
        3,
    )
    assert people.json("due")["items"][0]["reason"] == "follow-up"
    people.ok("done", "jane")
    expected = note.replace(
        "- [ ] Send [[Jane Doe]] the plan [due:: 2026-11-26]",
        "- [x] Send [[Jane Doe]] the plan [due:: 2026-11-26] ✅ 2026-11-23",
    )
    assert people.read("Projects/Plan.md").decode() == expected


def test_the_tasks_plugins_filter_is_honoured(people: VaultFolder) -> None:
    people.write(".obsidian/plugins/obsidian-tasks-plugin/data.json", '{"globalFilter": "#task"}')
    people.ok("follow-up", "jane", "Send the plan", "--due", "2026-11-26")
    assert "- [ ] #task Send the plan 📅 2026-11-26" in people.read("People/Jane Doe.md").decode()
    people.ok("index")
    assert "#task" not in people.read("Keep in touch/Due this week.md").decode()
    people.ok("done", "jane", "send the plan")


def test_people_mentioned_get_their_notes(people: VaultFolder) -> None:
    people.write("Events/PyCon 2026.md", "---\ndate: 2026-11-19\nend: 2026-11-20\n---\n")
    names = [f"Person {chr(65 + n)}" for n in range(25)]
    people.write(f"Journal/{DAY}.md", "".join(f"- coffee with [[{name}]]: hello\n" for name in names))
    listed = people.json("index")["mentioned"]
    assert [(m["name"], m["line"]) for m in listed] == [(name, n) for n, name in enumerate(names, 1)]
    assert people.run("doctor", "--json").json["mentioned"] == listed
    assert f"Journal/{DAY}.md:25: Person Y has no note yet" in people.run("doctor").err
    result = people.ok("add", "--mentioned")
    assert result.out.splitlines() == [f"People/{name}.md" for name in names]
    text = people.read("People/Person A.md").decode()
    assert "met: 2026-11-20" in text
    assert 'met_at: "[[PyCon 2026]]"' in text
    assert people.json("show", "person a")["interactions"][0]["channel"] == "coffee"
    assert people.json("index")["mentioned"] == []


def test_a_note_is_made_where_the_link_leads(people: VaultFolder) -> None:
    people.write(
        f"Journal/{DAY}.md", "- call with [[Work/Team/Priya Nair|Priya]]\n- call with [[Bad:Name]]\n"
    )
    result = people.ok("add", "--mentioned")
    assert result.out == "Work/Team/Priya Nair.md\n"
    assert f"Journal/{DAY}.md:2: [[Bad:Name]] can lead to no note" in result.err
    assert people.json("show", "priya")["interactions"][0]["channel"] == "call"
    assert people.ok("add", "--mentioned").out == ""
    assert [m["name"] for m in people.json("index")["mentioned"]] == ["Bad:Name"]


def test_people_mentioned_in_a_vault_without_a_people_folder(people: VaultFolder) -> None:
    people.write("vaultkeeper.toml", "[contacts]\nfolders = []\n")
    people.write(f"{DAY}.md", "- coffee with [[Priya Nair]]\n")
    assert people.ok("add", "--mentioned").out == "Priya Nair.md\n"
    assert people.json("show", "priya")["last_contact"] == DAY


def test_where_one_met_is_a_link_where_an_event_has_that_name(people: VaultFolder) -> None:
    people.write("Events/PyCon 2026.md", "---\ndate: 2026-11-19\n---\n")
    people.ok("add", "Priya Nair", "--met-at", "pycon 2026")
    people.ok("add", "Omar Haddad", "--met-at", "the climbing hall")
    assert b'met_at: "[[PyCon 2026]]"' in people.read("People/Priya Nair.md")
    assert b"met_at: the climbing hall" in people.read("People/Omar Haddad.md")


def test_news_is_nobodys_contact_and_told_once(people: VaultFolder) -> None:
    people.write("Me/News.md", "## Log\n\n- 2026-11-10 started a course\n")
    people.write("People/Jane Doe.md", "---\ntier: A\n---\n## Log\n- 2026-10-20 coffee: talked\n")
    assert people.json("show", "jane")["last_contact"] == "2026-10-20"
    assert "Your news   told 0 of 1" in people.ok("show", "jane").out
    people.ok("log", "jane", "-m", "call: told her #news")
    assert "Your news   told 1 of 1" in people.ok("show", "jane").out


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe.sync-conflict-20261120-101500-ABCDEFG.md",
        "Jane Doe (Sam's conflicted copy 2026-11-20).md",
        "Jane Doe (Conflicted copy phone 202611201015).md",
        "Jane Doe 2.md",
        "Jane Doe (1).md",
        "Jane Doe-LAPTOP.md",
    ],
)
def test_conflict_copies_are_told_and_never_counted(people: VaultFolder, name: str) -> None:
    text = "---\nemail: jane@globex.example\n---\n## Log\n- 2026-11-01 call: hi\n"
    people.write("People/Jane Doe.md", f"{text}- 2026-11-20 call: new\n")
    people.write(f"People/{name}", text)
    result = people.run("index", "--json")
    assert (result.code, result.json["contacts"]) == (3, 3)
    assert [problem["path"] for problem in result.json["problems"]] == [f"People/{name}"]


@pytest.mark.parametrize(
    "other",
    [
        "---\nemail: other@acme.example\n---\n",
        "---\nname: Jane Doe of Acme\n---\n",
        "## Log\n- 2026-01-01 call: hi\n",
    ],
)
def test_a_namesake_is_no_copy(people: VaultFolder, other: str) -> None:
    people.write(
        "People/Jane Doe.md", "---\nemail: jane@globex.example\n---\n## Log\n- 2026-11-01 call: hi\n"
    )
    people.write("People/Jane Doe 2.md", other)
    assert people.json("index")["contacts"] == 4


def test_obsidian_setup_writes_views_and_keeps_two_dates_true(people: VaultFolder) -> None:
    people.write(".obsidian/types.json", '{\n  "types": {\n    "mine": "text"\n  }\n}\n')
    people.write("People/Jane Doe.md", "---\ntier: A # close\n---\n\n## Log\n- 2026-11-01 call: hi\n")
    people.ok("obsidian", "setup")
    types = json.loads(people.read(".obsidian/types.json"))["types"]
    assert (types["mine"], types["next_contact"]) == ("text", "date")
    assert b'next_contact <= today() + "7d"' in people.read("Keep in touch/Due.base")
    shown = yaml.safe_load(people.read("Keep in touch/Contacts.base"))["filters"]["or"]
    assert shown == [
        'file.inFolder("People")',
        'list(type).contains("contact")',
        'list(type).contains("person")',
        'list(categories).contains(link("People"))',
    ]
    people.ok("index")
    assert people.read("People/Jane Doe.md").decode() == (
        "---\ntier: A # close\nlast_contact: 2026-11-01\nnext_contact: 2026-11-22\n---\n"
        "\n## Log\n- 2026-11-01 call: hi\n"
    )
    assert people.read("People/Sam Lee.md") == b""
    before = people.snapshot()
    people.ok("index")
    people.ok("obsidian", "setup")
    assert people.snapshot() == before
    people.ok("log", "jane", "-m", "call: again")
    people.ok("index")
    assert b"last_contact: 2026-11-23" in people.read("People/Jane Doe.md")


def test_an_icloud_stub_is_skipped(people: VaultFolder) -> None:
    people.write("People/.Kim Park.md.icloud", b"bplist00")
    assert people.json("index")["contacts"] == 3


def test_front_matter_is_not_looked_at(vault: VaultFolder) -> None:
    """Whatever its keys: what stands there is no line of the day."""
    vault.write("vaultkeeper.toml", '[daily_notes]\nfolder = "Journal"\n')
    vault.write("People/Jane Doe.md", "")
    vault.write(
        "Journal/2026-11-20.md",
        '---\nplan:\n- "coffee with [[Jane Doe]]"\n- met [[Jane Doe]]\n- [ ] call [[Jane Doe]]\n---\nrain\n',
    )
    shown = vault.json("show", "jane")
    assert (shown["interactions"], shown["follow_ups"], shown["mentions"]) == ([], [], [])
