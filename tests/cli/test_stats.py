"""`stats` and `gaps` as other programs and people see them; the figures against files counted by hand."""

import re
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import VaultFolder, run_program
from hypothesis import given, settings
from hypothesis import strategies as st

TODAY = date(2026, 11, 23)
COLUMNS = ("contacts", "touches", "out", "in", "both", "response_rate", "outcomes")


@pytest.fixture
def counted(vault: VaultFolder) -> VaultFolder:
    """Three people, eleven entries: small enough to count with a finger."""
    vault.write("vaultkeeper.toml", '[week]\nquota = 2\n[relationships]\nmentor = "B"\n')
    vault.write(
        "People/Ana.md",
        "---\nnetwork: [LinkedIn, rowing]\ntier: A\nlocation: Berlin\n---\n## Log\n"
        "- 2026-11-20 call: hello #helped\n"
        "- 2026-11-02 email: could you #asked\n"
        "- 2026-11-05 email in: yes\n"
        "- 2026-10-01 coffee with [[Ben]]: three of us #outcome #helped\n"
        "- 2026-12-24 lunch: planned\n"
        "- 2025-11-24 message: the first day counted\n"
        "- 2025-11-23 message: the day before it\n",
    )
    vault.write(
        "People/Ben.md",
        "---\nnetwork: linkedin\nrelationship: Mentor\n---\n## Log\n"
        "- 2026-09-01 intro with [[Ana]]: the two #intro\n"
        "- 2026-08-01 touch: at the door\n",
    )
    vault.write("People/Eve.md", "---\nstatus: deceased\n---\n## Log\n- 2026-01-10 call: the last one\n")
    return vault


def test_the_figures_of_the_last_365_days(counted: VaultFolder) -> None:
    found = counted.json("stats")
    figures = {name: value for name, value in found.items() if not isinstance(value, dict | list)}
    assert figures == {
        **{"since": "2025-11-24", "until": "2026-11-23"},
        **{"contacts": 3, "reached": 3, "newly_known": 2},  # Ana is known since the day before
        # Ana: call, email, email in, coffee, message, intro; Ben: coffee, intro, touch; Eve: call
        **{"touches": 10, "out": 4, "in": 1, "both": 4, "undirected": 1},
        **{"asks": 2, "answered": 1, "response_rate": 0.5},  # email, yes; message, no
        **{"outcomes": 3, "introductions": 1},  # the coffee counts for both
        **{"streak": 0, "weeks_met": 2, "quota": 2},  # the weeks of the coffee and of the introduction
        "load": pytest.approx(7 / 21 + 7 / 61, abs=0.01),
    }
    assert found["warmth"] == {"hot": 1, "warm": 1, "cold": 0}
    assert found["introduced"] == [
        {"date": "2026-09-01", "contacts": ["Ana", "Ben"], "paths": ["People/Ana.md", "People/Ben.md"]}
    ]


def test_the_groups(counted: VaultFolder) -> None:
    def row(group: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(group[name] for name in COLUMNS)

    by = counted.json("stats")["by"]
    assert {d: {value: row(group) for value, group in groups.items()} for d, groups in by.items()} == {
        "network": {"LinkedIn": (2, 9, 4, 1, 3, 0.5, 3), "rowing": (1, 6, 3, 1, 2, 0.5, 2)},
        "relationship": {"Mentor": (1, 3, 1, 0, 1, None, 1)},
        "tier": {"A": (1, 6, 3, 1, 2, 0.5, 2), "B": (1, 3, 1, 0, 1, None, 1)},
        "goal": {},
        "company": {},
        "location": {"Berlin": (1, 6, 3, 1, 2, 0.5, 2)},
        "channel": {
            "call": (2, 2, 0, 0, 2, None, 1),
            "coffee": (2, 2, 0, 0, 2, None, 2),
            "intro": (2, 2, 2, 0, 0, None, 0),
            "email": (1, 2, 1, 1, 0, None, 0),
            "message": (1, 1, 1, 0, 0, None, 0),
            "touch": (1, 1, 0, 0, 0, None, 0),
        },
        "kind": {
            "helped": (2, 3, 0, 0, 3, None, 3),
            "intro": (2, 2, 2, 0, 0, None, 0),
            "outcome": (2, 2, 0, 0, 2, None, 2),
            "asked": (1, 1, 1, 0, 0, 1.0, 0),
        },
    }
    assert list(by["channel"]) == ["call", "coffee", "intro", "email", "message", "touch"]


@pytest.mark.parametrize(
    ("options", "since", "until", "touches"),
    [
        ("--since 2026-11-01", "2026-11-01", "2026-11-23", 3),
        ("--until 2026-09-30", "2025-10-01", "2026-09-30", 6),
        ("--since 2026-10-01 --until 2026-10-01", "2026-10-01", "2026-10-01", 2),
        ("--since 2020-01-01", "2020-01-01", "2026-11-23", 11),
        ("--since yesterday --until 2027-01-01", "2026-11-22", "2027-01-01", 0),
        ("--since 0001-01-01", "0001-01-01", "2026-11-23", 11),
    ],
)
def test_any_period(counted: VaultFolder, options: str, since: str, until: str, touches: int) -> None:
    found = counted.json("stats", *options.split())
    assert (found["since"], found["until"], found["touches"]) == (since, until, touches)
    assert touches == sum(group["touches"] for group in found["by"]["channel"].values())


@pytest.mark.parametrize(
    ("options", "contacts", "touches"),
    [
        (("--network", "LINKEDIN"), 2, 9),
        (("--network", "rowing"), 1, 6),
        (("--tier", "B"), 1, 3),
        (("--relationship", "mentor", "--tier", "A"), 0, 0),
        (("--location", "berl"), 1, 6),
        (("--status", "deceased"), 1, 1),
        (("--warmth", "hot"), 1, 6),
        (("--where", "status=deceased"), 1, 1),
        (("--tag", "none"), 0, 0),
        (("--company", "none"), 0, 0),
    ],
)
def test_the_filters_are_those_of_list(
    counted: VaultFolder, options: tuple[str, ...], contacts: int, touches: int
) -> None:
    found = counted.json("stats", *options)
    assert (found["contacts"], found["touches"]) == (contacts, touches)
    assert len(counted.json("list", *options)["contacts"]) == contacts


@pytest.mark.parametrize("terminal", ["", "out"])
@pytest.mark.parametrize("args", [(), ("--since", "2026-09-01", "--by", "channel"), ("--json",)])
def test_asked_again_it_says_the_same(counted: VaultFolder, args: tuple[str, ...], terminal: str) -> None:
    first, again = (counted.run("stats", *args, terminal=terminal) for _ in range(2))
    assert (first.code, first.out) == (again.code, again.out) != (0, "")


def test_asked_again_after_a_change_it_says_the_new(counted: VaultFolder) -> None:
    """A note, the config, the day, the filter: whatever the figures depend on."""
    assert counted.json("stats")["touches"] == 10
    counted.ok("log", "ben", "-m", "call: hello")
    assert counted.json("stats")["touches"] == 11
    assert counted.json("stats", "--network", "rowing")["contacts"] == 1
    assert counted.json("stats", today="2026-11-24")["since"] == "2025-11-25"
    counted.write("vaultkeeper.toml", "[week]\nquota = 7\n")
    assert counted.json("stats")["quota"] == 7
    (counted.root / "People/Eve.md").unlink()
    assert counted.json("stats")["contacts"] == 2


def test_a_period_that_ends_before_it_begins(counted: VaultFolder) -> None:
    result = counted.run("stats", "--since", "2026-11-20", "--until", "2026-11-01")
    assert result.code == 2
    assert "2026-11-20" in result.err


def test_movement_over_the_period(counted: VaultFolder) -> None:
    found = counted.json("stats", "--since", "2026-06-01")
    zero = {"hot": 0, "warm": 0, "cold": 0}
    assert found["movement"] == {"hot": zero, "warm": zero, "cold": {"hot": 1, "warm": 1, "cold": 0}}


def test_an_empty_vault(vault: VaultFolder) -> None:
    found = vault.json("stats")
    assert (found["contacts"], found["touches"], found["response_rate"]) == (0, 0, None)
    assert vault.json("gaps") == {"gaps": []}
    assert vault.run("stats", terminal="out").code == 0
    assert "None" in vault.run("gaps", terminal="out").out


def test_piped_it_is_a_tab_separated_line_a_figure_or_group(counted: VaultFolder) -> None:
    lines = [line.split("\t") for line in counted.ok("stats").out.splitlines()]
    assert ["figure", "touches", "10"] in lines
    assert ["warmth", "hot", "1"] in lines
    assert ["network", "rowing", "1", "6", "3", "1", "2", "0.5", "2"] in lines
    assert ["channel", "message", "1", "1", "1", "0", "0", "", "0"] in lines
    only = [
        line.split("\t")[0] for line in counted.ok("stats", "--by", "tier", "--by", "kind").out.splitlines()
    ]
    assert set(only) == {"tier", "kind"}


def test_on_a_terminal_there_are_bars_and_a_sparkline(counted: VaultFolder) -> None:
    shown = counted.run("stats", terminal="out").out
    for said in ("24 November 2025 to 23 November 2026", "10: 4 out, 1 in", "█", "▁", "1 pair", "LinkedIn"):
        assert said in shown
    assert "Ana" not in shown  # no ranking of people
    assert "Network" not in counted.run("stats", "--by", "channel", terminal="out").out


@pytest.mark.parametrize("columns", [40, 56, 80, 200])
def test_on_a_narrow_terminal_the_numbers_stand_whole(
    example: VaultFolder, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for args in (("--by", "channel"), ()):
        screen = example.run("stats", *args, terminal="out").out
        lines = [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", screen).splitlines()]
        assert max(map(len, lines)) <= columns
        assert [line.split()[-2:] for line in lines if line.startswith("call ")] == [["41", "15"]]


def test_gaps_tell_who_is_there_and_who_could_lead_there(counted: VaultFolder) -> None:
    counted.write("vaultkeeper.toml", 'companies_of_interest = ["Globex"]\n')
    counted.write(
        "People/Zoe.md", '---\ncompany: "[[Globex]]"\nintroduced_by: "[[Ana]]"\nnetwork: LinkedIn\n---\n'
    )
    (gap,) = counted.json("gaps")["gaps"]
    assert gap == {
        "kind": "company",
        "value": "Globex",
        "contacts": [{"contact": "Zoe", "path": "People/Zoe.md", "last_contact": None}],
        "leads": [
            {
                **{"contact": "Ana", "path": "People/Ana.md", "warmth": "hot"},
                "why": "introduced you to Zoe",
            },
            {
                **{"contact": "Ben", "path": "People/Ben.md", "warmth": "warm"},
                "why": "known from LinkedIn, as Zoe is",
            },
        ],
    }
    (line,) = counted.ok("gaps").out.splitlines()
    assert line.split("\t")[:3] == ["company", "Globex", "Zoe"]
    assert "introduced you to Zoe" in counted.run("gaps", terminal="out").out


# --- random vaults, written as text and counted as text

HEADS = {
    **{"call": "both", "email": "out", "email in": "in", "coffee": "both", "letter out": "out"},
    **{"card": "out", "touch": None, "message both": "both"},
}
ASKS = {"email", "letter out"}
ENTRY = st.tuples(
    st.integers(-3, 500),
    st.sampled_from(sorted(HEADS)),
    st.sampled_from(("", "#helped", "#gave", "#outcome #gave")),
    st.booleans(),  # with the next one, too
)
VAULTS = st.lists(
    st.tuples(st.lists(ENTRY, max_size=5, unique_by=lambda entry: entry[0]), st.sampled_from("ABCD-")),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None)
@given(VAULTS, st.integers(0, 200), st.integers(200, 500))
def test_a_random_vault_counted_line_by_line(drawn: Any, end: int, start: int) -> None:
    since, until = TODAY - timedelta(days=start), TODAY - timedelta(days=end)
    logs: dict[str, list[tuple[date, str, str]]] = {f"P{n}": [] for n in range(len(drawn))}
    with TemporaryDirectory() as folder:
        (Path(folder) / "vaultkeeper.toml").write_text("")
        (Path(folder) / "People").mkdir()
        for number, (entries, tier) in enumerate(drawn):
            name, other = f"P{number}", f"P{(number + 1) % len(drawn)}"
            lines = [f"---\ntier: {tier}\n---\n## Log\n" if tier != "-" else "## Log\n"]
            for days, head, kinds, shared in entries:
                day = TODAY - timedelta(days=days)
                with_whom = f" with [[{other}]]" if shared and other != name else ""
                lines.append(f"- {day} {head}{with_whom}: words {kinds}\n")
                logs[name].append((day, head, kinds))
                if with_whom:
                    logs[other].append((day, head, kinds))
            (Path(folder) / f"People/{name}.md").write_text("".join(lines))
        result = run_program(
            *("--vault", folder, "--today", TODAY.isoformat()),
            *("stats", "--json", "--since", since.isoformat(), "--until", until.isoformat()),
        )
    clashes = any(
        len({(day, head.split()[0]) for day, head, _ in log}) < len(log) for log in logs.values()
    )  # the same talk in two notes counts once: another test's matter
    if clashes:
        return
    found = result.json
    inside = [(name, *entry) for name, log in logs.items() for entry in log if since <= entry[0] <= until]
    assert found["contacts"] == len(drawn)
    for said, direction in (("out", "out"), ("in", "in"), ("both", "both"), ("undirected", None)):
        assert found[said] == sum(HEADS[head] == direction for _, _, head, _ in inside)
    asks = [(name, day) for name, day, head, _ in inside if head in ASKS]
    answered = sum(
        any(
            HEADS[head] in ("in", "both") and 0 <= (reply - day).days <= 30 and reply <= TODAY
            for reply, head, _ in logs[name]
        )
        for name, day in asks
    )
    assert (found["asks"], found["answered"]) == (len(asks), answered)
    assert found["outcomes"] == sum("#helped" in kinds or "#outcome" in kinds for *_, kinds in inside)
    for channel, group in found["by"]["channel"].items():
        assert group["touches"] == sum(head.split()[0] == channel for _, _, head, _ in inside)
    for tier, group in found["by"]["tier"].items():
        people = {f"P{n}" for n, (_, own) in enumerate(drawn) if own == tier}
        assert group["contacts"] == len(people)
        assert group["touches"] == sum(name in people for name, *_ in inside)
