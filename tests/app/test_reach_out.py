"""Drafts, news, events, places: what helps to reach out, and what it must never say."""

from email import message_from_string
from email.policy import default

import pytest

from tests.conftest import VaultFolder
from vaultkeeper.app.draft import KINDS

SECRET = "she told me a secret"


@pytest.fixture
def people(vault: VaultFolder) -> VaultFolder:
    vault.write("vaultkeeper.toml", 'goals = ["move into robotics"]\n[me]\noffers = ["mock interviews"]\n')
    vault.write(
        "People/Jane Doe.md",
        "---\ncompany: Globex\nemail: jane@globex.example\nlocation: Berlin-Mitte\ninterests:\n  - robotics\n"
        f"needs:\n  - a tenancy lawyer\ntier: A\n---\n## Follow-ups\n- [ ] Send the plan\n## Log\n"
        f"- 2026-10-20 coffee: {SECRET}\n",
    )
    vault.write("People/Sam Lee.md", "---\noffers:\n  - tenancy lawyer\nlocation: Köln\n---\n")
    vault.write("People/Bare.md", "")
    return vault


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["jane", "bare"])
def test_a_draft_has_no_word_of_the_log_and_no_hole(people: VaultFolder, kind: str, name: str) -> None:
    result = people.ok("draft", name, "--as", kind, "--with", "sam")
    assert SECRET not in result.out
    assert (SECRET in result.err) is (name == "jane")
    body = result.out.split("\n\n", 1)[1]
    assert body.startswith("Dear ")
    for hole in ("None", "{{", "}}", "[]", " .", " ,", "  ", " ?", "()"):
        assert hole not in result.out, hole


def test_an_introduction_asks_both(people: VaultFolder) -> None:
    out = people.ok("draft", "jane", "--as", "intro", "--with", "sam").out
    assert "To: Jane Doe <jane@globex.example>" in out
    assert "To: Sam Lee\n" in out
    assert people.run("draft", "jane", "--as", "intro").code == 2


def test_a_draft_as_a_message_that_a_mail_program_opens(people: VaultFolder) -> None:
    message = message_from_string(people.ok("draft", "jane", "--as", "check-in", "--eml").out, policy=default)
    assert (message["To"], message["X-Unsent"]) == ("Jane Doe <jane@globex.example>", "1")
    assert "how are things at Globex" in message.get_content()


def test_a_name_cannot_forge_a_header(people: VaultFolder) -> None:
    people.write(
        "People/Eve.md", '---\nname: "Eve\\nBcc: all@globex.example"\nemail: eve@acme.example\n---\n'
    )
    message = message_from_string(
        people.ok("draft", "People/Eve", "--as", "check-in", "--eml").out, policy=default
    )
    assert message["Bcc"] is None


def test_a_draft_as_an_address(people: VaultFolder) -> None:
    out = people.ok("draft", "jane", "--as", "thank-you", "--mailto").out
    assert out.startswith("mailto:jane@globex.example?subject=Thank%20you&body=Dear%20Jane%2C%0A")


def test_a_sent_draft_is_logged_when_it_is_said_so(people: VaultFolder) -> None:
    before = people.read("People/Jane Doe.md")
    asked = people.run("draft", "jane", "--as", "thank-you", "--log")
    assert (asked.code, people.read("People/Jane Doe.md")) == (1, before)
    people.ok("draft", "jane", "--as", "thank-you", "--yes")
    assert people.read("People/Jane Doe.md") == before + b"- 2026-11-23 email: thank-you note #thanks\n"


def test_the_users_own_words(people: VaultFolder) -> None:
    people.write("Templates/vaultkeeper/draft-check-in.txt", "Subject: Hi\n\nMoin {{ first_name }}!\n")
    assert people.ok("draft", "jane", "--as", "check-in").out.endswith("Subject: Hi\n\nMoin Jane!\n")


def test_news_is_noted_and_told(people: VaultFolder) -> None:
    people.ok("news", "started a course")
    assert people.read("Me/News.md") == b"## Log\n\n- 2026-11-23 started a course\n"
    people.ok("news", "moved house", "--date", "yesterday")
    assert people.read("Me/News.md").endswith(b"- 2026-11-22 moved house\n")
    people.ok("log", "jane", "-m", "call: told her #news")
    news = people.json("news")["news"]
    assert [(n["text"], n["told"], n["untold"]) for n in news] == [
        ("started a course", ["Jane Doe"], []),
        ("moved house", ["Jane Doe"], []),
    ]


def test_who_is_in_a_place(people: VaultFolder) -> None:
    assert [p["contact"] for p in people.json("who", "--in", "berlin")["people"]] == ["Jane Doe"]
    assert [p["contact"] for p in people.json("who", "--in", "Koln")["people"]] == ["Sam Lee"]
    assert people.json("who", "--in", "Rom")["people"] == []
    assert people.run("who").code == 2


def test_an_event_is_added_and_listed(people: VaultFolder) -> None:
    out = people.ok(
        "event", "add", "Robotics Night", "--date", "2026-11-27", "--location", "Berlin", "--attendee", "jane"
    )
    assert out.out == "Events/Robotics Night.md\n"
    assert people.read("Events/Robotics Night.md") == (
        b'---\ntype: event\ndate: 2026-11-27\nlocation: Berlin\nattendees:\n  - "[[Jane Doe]]"\n---\n'
    )
    event = people.json("events")["events"][0]
    assert (event["title"], event["date"], event["people"]) == ("Robotics Night", "2026-11-27", ["Jane Doe"])
    assert people.run("event", "add", "Robotics Night", "--date", "2026-11-28").code == 1
    assert people.json("events", today="2026-12-01")["events"] == []
    assert len(people.json("events", "--all", today="2026-12-01")["events"]) == 1


def test_the_prep_note_tells_what_one_would_look_up(people: VaultFolder) -> None:
    people.write("People/Kim Park.md", "---\ninterests:\n  - robotics\nrelationship:\n  - friend\n---\n")
    people.ok("event", "add", "Robotics Night", "--date", "2026-11-27", "--attendee", "jane")
    path = people.ok("event", "prep", "robotics", "--own").out.strip()
    text = people.read(path).decode()
    assert "## [[Jane Doe]]" in text
    assert SECRET in text
    assert "- You owe: Send the plan" in text
    assert "- Introduce to Sam Lee: Sam Lee offers tenancy lawyer" in text
    assert "- [[Kim Park]]: cares for robotics" in text
    again = people.snapshot()
    people.ok("event", "prep", "robotics", "--own")
    assert people.snapshot() == again
    people.write(path, "mine now")
    assert people.run("event", "prep", "robotics").code != 0
    assert people.read(path) == b"mine now"
