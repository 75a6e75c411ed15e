"""`digest`: the week's agenda to be sent, and nothing of a log in it."""

from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from conftest import VaultFolder

SECRETS = {
    "People/Jane Doe.md": "---\ntier: A\nmet: 2026-01-10\nlinkedin: jane\n---\n## Log\n"
    "- 2026-01-10 coffee: SECRET of hers\n",
    "People/Sam Lee.md": "---\ntier: B\n---\n## Log\n- 2026-11-18 call: SECRET of his #helped\n"
    "- 2026-11-25 lunch: SECRET to come\n",
    "People/Priya Nair.md": "---\nmet: 2026-11-21\n---\n## Log\n- 2026-11-21 event: SECRET of the fair\n",
    "People/Ana Ruiz.md": "---\ntier: A\n---\n## Log\n- 2026-11-01 email: SECRET favour #asked\n",
    "People/Tom Becker.md": "---\ntier: A\nbirthday: 11-28\nhealth: [SECRET knee]\n---\n## Log\n"
    "- 2025-11-01 email: SECRET hello\n",
    "Me/News.md": "## Log\n- 2026-11-01 SECRET plans of mine\n",
}


@pytest.fixture
def secret(vault: VaultFolder) -> VaultFolder:
    for path, text in SECRETS.items():
        vault.write(path, text)
    return vault


def mail(text: str) -> EmailMessage:
    made = message_from_string(text, policy=default)
    assert isinstance(made, EmailMessage)
    assert not made.defects
    return made


@pytest.mark.parametrize("form", ["text", "html", "eml", "json"])
@pytest.mark.parametrize("style", ["", "news", "checkin", "meet", "comment", "input", "share"])
def test_not_a_word_of_a_log_unless_asked_for(secret: VaultFolder, form: str, style: str) -> None:
    secret.write("vaultkeeper.toml", f"[me]\nstyle = {[style] if style else []}\n")
    options = ("--json",) if form == "json" else ("--format", form)
    for day in range(23, 30):
        out = secret.run("digest", *options, today=f"2026-11-{day}").out
        assert "Jane Doe" in out and "Sam Lee" in out and "Tom Becker" in out
        assert "SECRET" not in out


def test_with_log_the_suggestions_quote_but_health_stays_out(secret: VaultFolder) -> None:
    out = secret.ok("digest", "--with-log").out
    assert "SECRET of his" in out
    assert "knee" not in out


def test_it_lists_whom_the_agenda_of_the_week_lists(example: VaultFolder) -> None:
    due = {item["contact"] or item["title"] for item in example.json("due")["items"]}
    document = example.json("digest")
    listed = {entry["name"] for group in document["groups"] for entry in group["entries"]}
    assert due == listed
    out = example.ok("digest").out
    assert all(name in out for name in listed)
    assert "[[" not in out


def test_the_mail_is_a_message_of_both_forms(example: VaultFolder) -> None:
    text = example.ok("digest", "--format", "eml", "--to", "Zoë <zoe@home.example>").out
    made = mail(text)
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 998
    assert made["To"] == made["From"] == "Zoë <zoe@home.example>"
    assert made["Date"] == "Mon, 23 Nov 2026 06:00:00 +0000"
    assert made["Subject"].startswith("Keep in touch, 23 to 29 November")
    assert made["Message-ID"].endswith("@vaultkeeper.invalid>")
    assert made.get_content_type() == "multipart/alternative"
    parts: list[Any] = list(made.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert parts[0].get_content() == example.ok("digest").out
    assert parts[1].get_content() == example.ok("digest", "--format", "html").out


def test_to_and_from_are_the_user_s_choice(example: VaultFolder) -> None:
    assert mail(example.ok("digest", "--format", "eml").out)["To"] is None
    both = ("--to", "a@x.example, b@x.example", "--from", "me@x.example")
    made = mail(example.ok("digest", "--format", "eml", *both).out)
    assert (made["To"], made["From"]) == ("a@x.example, b@x.example", "me@x.example")


@pytest.mark.parametrize(
    "to", ["x y", "a@x\nBcc: b@y", "a@x\r\n\r\nbody", "nobody", "@", "a@x, nobody", "é@x.example"]
)
def test_what_is_no_address_is_refused(example: VaultFolder, to: str) -> None:
    for option in ("--to", "--from"):
        result = example.run("digest", "--format", "eml", option, to)
        assert (result.code, result.out) == (2, "")
        assert option in result.err


def test_addresses_are_for_mail_alone(example: VaultFolder) -> None:
    assert example.run("digest", "--to", "a@x.example").code == 2


@pytest.mark.parametrize("form", ["text", "html", "eml"])
def test_it_is_the_same_on_the_same_day_and_writes_nothing(example: VaultFolder, form: str) -> None:
    before = example.snapshot()
    assert example.ok("digest", "--format", form).out == example.ok("digest", "--format", form).out
    assert example.snapshot() == before


def test_nobody_is_due(vault: VaultFolder) -> None:
    assert "Nobody is waiting" in vault.ok("digest").out
    assert vault.json("digest")["people"] == "Nobody"


def test_names_are_escaped_in_html_and_no_header_can_be_forged(vault: VaultFolder) -> None:
    vault.write(
        "People/A.md", '---\nname: "<b>Ana</b>\\nBcc: x@y"\ntier: A\n---\n## Log\n- 2026-01-10 call: x\n'
    )
    made = mail(vault.ok("digest", "--format", "eml").out)
    assert made["Bcc"] is None
    assert "<b>Ana" not in vault.ok("digest", "--format", "html").out
