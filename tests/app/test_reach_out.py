"""Drafts, news, events, places: what helps to reach out, and what it must never say."""

import os
from email import message_from_string
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs

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


HOLES = (
    "None",
    "{{",
    "}}",
    "{%",
    "[]",
    " .",
    " ,",
    "  ",
    " ?",
    " !",
    "()",
    "..",
    ".?",
    "??",
    "\n\n\n",
    " \n",
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["jane", "bare"])
def test_a_draft_has_no_word_of_the_log_and_no_hole(people: VaultFolder, kind: str, name: str) -> None:
    result = people.ok("draft", name, "--as", kind, "--with", "sam")
    assert SECRET not in result.out
    assert (SECRET in result.err) is (name == "jane")
    body = result.out.split("\n\n", 1)[1]
    assert body.startswith("Dear ")
    for hole in HOLES:
        assert hole not in result.out, hole


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_known_of_somebody_no_draft_has_a_hole(example: VaultFolder, kind: str) -> None:
    """Everybody of the example, with a topic and without."""
    for person in example.json("list")["contacts"]:
        if person["contact"] == "Karin Petersen":
            continue
        for topic in ((), ("--about", "The robot fair.")):
            done = example.run("draft", person["path"], "--as", kind, "--with", "karin", *topic)
            if done.code == 0:
                assert not [hole for hole in HOLES if hole in done.out], done.out
            else:
                assert "has died" in done.err


def test_what_each_kind_speaks_of(people: VaultFolder) -> None:
    people.write("Me/News.md", "## Log\n- 2026-11-01 started a course in [[robotics]].\n")
    for kind, about, words in (
        ("thank-you", "", "thank you for your time. I enjoyed our talk, and"),
        ("thank-you", "", "request on LinkedIn"),
        ("check-in", "", "how are things at Globex? Are you still looking for a tenancy lawyer?"),
        ("congratulate", "the new lab", "congratulations on the new lab!"),
        ("share", "", "thought of you and robotics."),
        ("share", "an egg film", "Subject: An egg film\n"),
        ("news", "", "a little news from me: started a course in robotics.\n"),
        ("ask", "which course?", "may I ask you something small: which course?"),
        ("nudge", "the course", "a while ago about the course and"),
        ("decline", "the talk", "thank you for thinking of me for the talk."),
        ("decline", "", "what I can gladly offer is mock interviews."),
        ("holiday", "Diwali", "Subject: Diwali\n"),
    ):
        assert words in people.ok("draft", "jane", "--as", kind, "--about", about).out, (kind, words)


def test_thanks_are_for_what_was_done(people: VaultFolder) -> None:
    people.write(
        "People/Sam Lee.md", "---\nconnected: 2020-01-01\n---\n## Log\n- 2026-11-20 call: x #helped\n"
    )
    thanks = people.ok("draft", "sam", "--as", "thank-you", "--about", "the visa").out
    assert "thank you for your help with the visa." in thanks
    assert "LinkedIn" not in thanks, "they are connected"
    assert "Thank you for your help and your company" in people.ok("draft", "sam", "--as", "holiday").out
    assert "your help" not in people.ok("draft", "jane", "--as", "holiday").out


def test_an_introduction_asks_both(people: VaultFolder) -> None:
    out = people.ok("draft", "jane", "--as", "intro", "--with", "sam").out
    first, second = out.split("\n---\n\n")
    assert first.startswith("To: Jane Doe <jane@globex.example>\nSubject: May I introduce you to Sam Lee?")
    assert second.startswith("To: Sam Lee\nSubject: May I introduce you to Jane Doe?")
    assert people.run("draft", "jane", "--as", "intro").code == 2
    assert people.run("draft", "jane", "--as", "intro", "--with", "jane").code == 2
    told = people.ok("draft", "jane", "--as", "intro", "--with", "sam", "--eml").err
    assert 'vk draft "Sam Lee" --as intro --with "Jane Doe"' in told


def test_both_messages_of_an_introduction_are_logged(people: VaultFolder) -> None:
    """As asked for, not as made: the introduction itself comes later."""
    people.ok("draft", "jane", "--as", "intro", "--with", "sam", "--yes")
    for path in ("People/Jane Doe.md", "People/Sam Lee.md"):
        assert people.read(path).endswith(b"- 2026-11-23 email: asked whether an introduction is welcome\n")
    people.ok("undo")
    assert b"2026-11-23" not in people.read("People/Jane Doe.md") + people.read("People/Sam Lee.md")


def test_drafts_in_json(people: VaultFolder) -> None:
    found = people.json("draft", "jane", "--as", "intro", "--with", "sam")["messages"]
    assert [(m["contact"], m["path"], m["to"], m["subject"]) for m in found] == [
        ("Jane Doe", "People/Jane Doe.md", "jane@globex.example", "May I introduce you to Sam Lee?"),
        ("Sam Lee", "People/Sam Lee.md", None, "May I introduce you to Jane Doe?"),
    ]
    assert found[0]["body"].startswith("Dear Jane,\n\nI think you and Sam Lee")
    assert people.run("draft", "jane", "--as", "ask", "--json", "--eml").code == 2


def test_nobody_writes_to_the_dead(people: VaultFolder) -> None:
    people.write("People/Sam Lee.md", "---\nstatus: deceased\n---\n")
    for args in (("sam", "--as", "check-in"), ("jane", "--as", "intro", "--with", "sam")):
        done = people.run("draft", *args)
        assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_as_a_message_that_a_mail_program_opens(people: VaultFolder, kind: str) -> None:
    plain = people.ok("draft", "jane", "--as", kind, "--with", "sam", "--about", "Zürich").out
    sent = people.ok("draft", "jane", "--as", kind, "--with", "sam", "--about", "Zürich", "--eml").out
    assert sent.isascii()
    message = message_from_string(sent, policy=default)
    assert (message["To"], message["X-Unsent"], message.defects) == (
        "Jane Doe <jane@globex.example>",
        "1",
        [],
    )
    head, body = plain.split("\n---\n")[0].split("\n\n", 1)
    assert f"Subject: {message['Subject']}" in head
    assert message.get_content() == body


def test_a_name_cannot_forge_a_header(people: VaultFolder) -> None:
    people.write(
        "People/Eve.md", '---\nname: "Eve\\nBcc: all@globex.example"\nemail: eve@acme.example\n---\n'
    )
    message = message_from_string(
        people.ok("draft", "People/Eve", "--as", "check-in", "--eml").out, policy=default
    )
    assert message["Bcc"] is None


def test_a_draft_as_an_address(people: VaultFolder) -> None:
    """RFC 6068: a line ends with CR LF, and nothing of the text ends the field."""
    out = people.ok("draft", "jane", "--as", "share", "--about", "R&D = 100% ü #1?", "--mailto").out
    address, _, fields = out.strip().partition("?")
    assert address == "mailto:jane@globex.example"
    assert out.isascii()
    told = parse_qs(fields, strict_parsing=True, encoding="utf-8")
    assert told["subject"] == ["R&D = 100% ü #1?"]
    assert told["body"][0].startswith("Dear Jane,\r\n\r\nI came across R&D = 100% ü #1?")
    assert "\n" not in told["body"][0].replace("\r\n", "")
    assert people.ok("draft", "bare", "--as", "share", "--mailto").out.startswith("mailto:?subject=")


def test_a_sent_draft_is_logged_when_it_is_said_so(people: VaultFolder) -> None:
    before = people.read("People/Jane Doe.md")
    asked = people.run("draft", "jane", "--as", "thank-you", "--log")
    assert (asked.code, people.read("People/Jane Doe.md")) == (1, before)
    shown = people.ok("draft", "jane", "--as", "thank-you", "--log", "--dry-run")
    assert "+- 2026-11-23 email: a thank-you note #thanks\n" in shown.out
    assert people.read("People/Jane Doe.md") == before
    people.ok("draft", "jane", "--as", "thank-you", "--yes")
    assert people.read("People/Jane Doe.md") == before + b"- 2026-11-23 email: a thank-you note #thanks\n"


@pytest.mark.parametrize(("answer", "logged"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_it_asks_first_whether_it_was_sent(
    people: VaultFolder, answer: str, logged: bool
) -> None:
    before = people.read("People/Jane Doe.md")
    done = people.run("draft", "jane", "--as", "news", "--log", input=answer, terminal="in out err")
    assert "Sent to Jane Doe?" in done.err
    assert (people.read("People/Jane Doe.md") != before) is logged


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_logged_by_its_tag(people: VaultFolder, kind: str) -> None:
    people.ok("draft", "bare", "--as", kind, "--with", "sam", "--about", "the course", "--yes")
    words, tag = KINDS[kind]
    (entry,) = people.json("show", "bare")["interactions"]
    assert (entry["channel"], entry["direction"], entry["kinds"]) == ("email", "out", [tag] if tag else [])
    assert entry["text"] == f"{words}: the course{f' #{tag}' if tag else ''}"


def test_into_the_clipboard(people: VaultFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the first program that is there and takes it."""
    folder, taken = tmp_path / "bin", tmp_path / "taken"
    folder.mkdir()
    for name, script in (("wl-copy", "exit 1"), ("xclip", f"cat > '{taken}'")):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    done = people.ok("draft", "jane", "--as", "check-in", "--copy")
    assert done.out == ""
    assert taken.read_text("utf-8").startswith("To: Jane Doe <jane@globex.example>\nSubject: How are you?")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert people.run("draft", "jane", "--as", "check-in", "--copy").code == 1


def test_the_users_own_words(people: VaultFolder) -> None:
    people.write("Templates/vaultkeeper/draft-check-in.txt", "Subject: Hi\n\nMoin {{ first_name }}!\n")
    assert people.ok("draft", "jane", "--as", "check-in").out.endswith("Subject: Hi\n\nMoin Jane!\n")


def test_news_is_noted_and_told(people: VaultFolder) -> None:
    """Told by a #news entry dated after it: whoever heard it, though they are silent now, has heard it."""
    people.ok("news", "started a course")
    assert people.read("Me/News.md") == b"## Log\n\n- 2026-11-23 started a course\n"
    people.ok("news", "moved house", "--date", "yesterday")
    assert people.read("Me/News.md").endswith(b"- 2026-11-22 moved house\n")
    people.write("People/Kim.md", "---\nstatus: paused\n---\n## Log\n- 2026-11-23 call: told them #news\n")
    people.ok("log", "jane", "-m", "call: told her #news")
    news = people.json("news")["news"]
    assert [(n["text"], n["told"], n["untold"]) for n in news] == [
        ("started a course", [], ["Jane Doe"]),
        ("moved house", ["Jane Doe", "Kim"], []),
    ]
    people.ok("log", "jane", "-m", "call: told her more #news", today="2026-11-24")
    news = people.json("news", today="2026-11-24")["news"]
    assert news[0]["told"] == ["Jane Doe"]
    assert people.ok("news", today="2026-11-24").out.splitlines()[:3] == [
        "2026-11-23\tstarted a course",
        "\ttold: Jane Doe",
        "\tnot yet: nobody you are in touch with",
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


def test_what_was_typed_into_a_prep_note_is_kept(people: VaultFolder) -> None:
    people.ok("event", "add", "Robotics Night", "--date", "2026-11-27", "--attendee", "jane")
    path = people.ok("event", "prep", "robotics").out.strip()
    typed = people.read(path) + b"\nShe knows the host!\n"
    people.write(path, typed)
    people.ok("event", "prep", "robotics")
    assert people.read("Keep in touch/Kept/Prep Robotics Night 2026-11-23.md") == typed
    assert b"She knows the host!" not in people.read(path)


def test_of_the_introductions_those_who_are_there_come_first(people: VaultFolder) -> None:
    for name in ("Ada", "Bea", "Cem", "Dan"):
        people.write(f"People/{name}.md", "---\noffers:\n  - tenancy lawyer\n---\n")
    people.ok("event", "add", "Night", "--date", "2026-11-27", "--attendee", "jane", "--attendee", "dan")
    text = people.read(people.ok("event", "prep", "night").out.strip()).decode()
    jane = text.split("## [[Jane Doe]]")[1].split("## ")[0]
    found = [line for line in jane.splitlines() if "Introduce" in line]
    assert found[0] == "- Introduce to Dan, there too: Dan offers tenancy lawyer"
    assert len(found) == 3
    assert "there too" not in "".join(found[1:])


@pytest.mark.parametrize("place", ["Köln", "koln", "Stadtgarten, Köln"])
def test_who_lives_where_the_event_is(people: VaultFolder, place: str) -> None:
    people.write("People/Eve.md", "---\nlocation: Köln\nstatus: deceased\n---\n")
    people.write("People/Kim.md", "---\nlocation: Köln\ntier: A\n---\n## Log\n- 2026-03-01 call: x\n")
    people.ok("event", "add", "Dinner", "--date", "2026-11-27", "--location", place)
    text = people.read(people.ok("event", "prep", "dinner", "--own").out.strip()).decode()
    near, invite = text.split("## Also in ")[1].split("## Whom to invite\n")
    assert "[[Sam Lee]]" in near
    assert "[[Kim]]" in near
    assert invite.splitlines() == [
        "- [[Sam Lee]]: lives in Köln",
        "- [[Kim]]: lives in Köln, silent since 1 March",
    ]


def test_after_an_event_its_new_people_get_their_follow_ups(people: VaultFolder) -> None:
    """Named in the event's note, or added by hand with the event: due two days after it."""
    people.ok("event", "add", "PyCon", "--date", "2026-11-28")
    note = people.read("Events/PyCon.md").decode()
    people.write("Events/PyCon.md", note.replace("\n---\n", '\npeople:\n  - "[[Priya Nair]]"\n---\n', 1))
    people.ok("add", "--mentioned", today="2026-11-29")
    people.ok("add", "Kofi Mensah", "--met-at", "[[PyCon]]", today="2026-11-29")
    assert b"met: 2026-11-28\n" in people.read("People/Kofi Mensah.md")
    thanks = {
        item["contact"]: item["due"]
        for item in people.json("due", today="2026-11-29")["items"]
        if item["reason"] == "thank-you"
    }
    assert thanks == {"Priya Nair": "2026-11-30", "Kofi Mensah": "2026-11-30"}
    people.ok("log", "kofi", "-m", "email: good to meet #thanks", today="2026-11-30")
    left = people.json("due", today="2026-11-30")["items"]
    assert [i["contact"] for i in left if i["reason"] == "thank-you"] == ["Priya Nair"]


def test_the_day_of_meeting_is_the_user_s_to_tell(people: VaultFolder) -> None:
    people.ok("event", "add", "PyCon", "--date", "2026-11-20")
    people.ok("event", "add", "Fair", "--date", "2026-12-20")
    people.ok("add", "A B", "--met-at", "[[PyCon]]", "--met", "2026-11-19")
    people.ok("add", "C D", "--met-at", "[[Fair]]")
    people.ok("add", "E F", "--met-at", "on a train")
    assert b"met: 2026-11-19\n" in people.read("People/A B.md")
    assert b"met:" not in people.read("People/C D.md") + people.read("People/E F.md")
