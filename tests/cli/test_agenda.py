"""`due`: its shapes. What it lists and why is told by tests/domain."""

import pytest
from conftest import VaultFolder

ITEM = {"contact", "path", "reason", "due", "overdue_days", "detail", "suggestion", "touch"}
REASONS = {
    *("thank-you", "follow-up", "nudge", "meeting", "birthday", "special-date", "occasion", "cadence"),
    *("drifting", "event", "just-because", "review"),
}
TOUCHES = {
    *("thank", "congratulate", "share", "news", "comment", "checkin", "input", "meet", "invite", "card"),
    *("introduce", "help", None),
}


@pytest.mark.parametrize("args", [[], ["--all"], ["--days", "30"], ["--days", "0"]])
def test_in_json(example: VaultFolder, args: list[str]) -> None:
    paths = {contact["path"]: contact["contact"] for contact in example.json("list")["contacts"]}
    document = example.json("due", *args)
    days = {"30": "2026-12-23", "0": "2026-11-23"}.get((args or [""])[-1], "2026-11-30")
    assert {key: document[key] for key in ("today", "until", "quota")} == {
        "today": "2026-11-23",
        "until": days,
        "quota": 5,
    }
    items = document["items"] + document["later"]
    assert len(items) > 5
    for item in items:
        assert set(item) >= ITEM
        assert item["reason"] in REASONS
        assert item["touch"] in TOUCHES
        assert item["due"] is None or len(item["due"]) == 10
        assert isinstance(item["overdue_days"], int)
        assert item["overdue_days"] >= 0
        assert item["detail"]
        if item["path"] in paths:
            assert item["contact"] == paths[item["path"]]
        else:
            assert item["contact"] is None
    if "--all" in args:
        assert document["later"] == []


def test_one_item_a_contact_and_reason(example: VaultFolder) -> None:
    items = example.json("due", "--all")["items"]
    pairs = [(item["path"], item["reason"]) for item in items if item["path"]]
    assert len(pairs) == len(set(pairs))


def test_in_a_pipe_a_line_an_item(example: VaultFolder) -> None:
    items = example.json("due")["items"]
    lines = [line.split("\t") for line in example.ok("due").out.splitlines()]
    assert [(line[0], line[1], line[2], line[5]) for line in lines] == [
        (item["contact"] or item["title"], item["reason"], item["due"], item["path"] or "") for item in items
    ]
    assert {len(line) for line in lines} == {6}


def test_brief_is_one_line(example: VaultFolder, vault: VaultFolder) -> None:
    items = example.json("due")["items"]
    names = list(dict.fromkeys(item["contact"] for item in items if item["contact"]))
    done = example.ok("due", "--brief")
    assert done.out.startswith(f"{len(names)} due: {', '.join(names[:3])}")
    assert (done.out.count("\n"), done.err) == (1, "")
    assert vault.ok("due", "--brief").out == "0 due\n"


def test_brief_tells_no_problems(vault: VaultFolder) -> None:
    """It stands in a prompt."""
    vault.write("People/Bad.md", "---\ntier: Z\n---\n")
    assert vault.ok("due").err == "1 problem in the vault: vk doctor\n"
    assert vault.ok("due", "--brief").err == ""


def test_json_wins_over_brief(example: VaultFolder) -> None:
    assert example.ok("due", "--brief", "--json").json["items"]


def test_an_empty_vault_is_due_nothing(vault: VaultFolder) -> None:
    document = vault.json("due")
    assert (document["items"], document["later"]) == ([], [])
    assert (vault.ok("due").out, vault.ok("due").err) == ("", "")


@pytest.mark.parametrize("days", ["-1", "x", "99999"])
def test_days_out_of_range(vault: VaultFolder, days: str) -> None:
    done = vault.run("due", "--days", days)
    assert (done.code, done.out) == (2, "")


def test_on_a_terminal(example: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    shown = example.run("due", terminal="out err").out
    assert "Week of" in shown
    assert "\x1b[" in shown
    monkeypatch.setenv("NO_COLOR", "1")
    plain = example.run("due", terminal="out err").out
    for color in range(30, 38):
        assert f"\x1b[{color}m" not in plain
    for item in example.json("due")["items"]:
        assert (item["contact"] or item["title"]).split()[0] in plain


def test_other_screens_on_a_terminal(example: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    listed = example.run("list", "--tier", "A", terminal="out err").out
    assert all(contact["contact"] in listed for contact in example.json("list", "--tier", "A")["contacts"])
    assert "Jane Doe" in example.run("show", "jane", terminal="out err").out
    assert "hiring" in example.run("search", "hiring plan", terminal="out err").out
    assert "Nothing found." in example.run("search", "xyzzy", terminal="out err").out
    assert "Nobody." in example.run("list", "--tag", "xyzzy", terminal="out err").out


def test_a_terminal_is_shown_no_escape_of_a_note(vault: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    evil = "\x1b]0;owned\x07\u202e"
    vault.write(
        f"People/{evil}.md", f"---\ntier: A\n---\n- [ ] {evil} 📅 2026-11-01\n## Log\n- 2026-11-01 {evil}\n"
    )
    for args in (["due"], ["list"], ["show", "owned"], ["search", "owned"], ["due", "--brief"]):
        shown = vault.run(*args, terminal="out err")
        assert "\x1b]0;" not in shown.out + shown.err, args
        assert "\u202e" not in shown.out + shown.err, args
        assert "\x07" not in shown.out + shown.err, args
        assert "owned" in shown.out, args
