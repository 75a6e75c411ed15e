"""An mbox and a Maildir: who wrote to whom; what a program sent counts for nobody."""

from datetime import date

import pytest

from tests.interop.reading import read, told, traces
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.format import FORMATS, Asked, Parsed

ME, JANE, SAM = "me@home.example", "jane@globex.example", "sam@lee.example"
KNOWN = frozenset({JANE, SAM})


def mail(sender: str, to: str, day: str, subject: str, *more: str, body: str = "Hello") -> str:
    head = [f"From: {sender}", f"To: {to}", f"Date: {day}", f"Subject: {subject}", *more]
    return "\n".join([*head, "", body, ""])


def mbox(*mails: str) -> str:
    return "\n".join(f"From MAILER@x Mon Jan 05 10:00:00 2026\n{one}" for one in mails)


def parsed(*mails: str, me: tuple[str, ...] = (ME,), others: frozenset[str] = KNOWN) -> Parsed:
    return read("mbox", mbox(*mails), me=me, others=others)


OUT = mail(
    f"Me <{ME}>", f"Jane Doe <{JANE}>, other@x.example", "Mon, 6 Jul 2026 23:30:00 -0700", "Re: [x] plan"
)
IN = mail(
    f'"Doe, Jane" <{JANE.upper()}>', ME, "Tue, 07 Jul 2026 09:00:00 +0200", "=?utf-8?q?Gr=C3=BC=C3=9Fe?="
)


def test_in_and_out_on_the_day_of_the_sender_s_own_clock() -> None:
    (jane,) = parsed(OUT, IN).cards
    assert jane.emails == {JANE}
    assert traces(jane) == [
        ("2026-07-06", "email", "out", "(x) plan"),
        ("2026-07-07", "email", "in", "Grüße"),
    ]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("List-Id: <robots.lists.example>", "bulk mail and mailing lists"),
        ("List-Unsubscribe: <mailto:x>", "bulk mail and mailing lists"),
        ("Precedence: bulk", "bulk mail and mailing lists"),
        ("Auto-Submitted: auto-replied", "bulk mail and mailing lists"),
        ("X-Gmail-Labels: Spam,Unread", "spam"),
        ("X-Gmail-Labels: Inbox,Trash", "drafts and deleted ones"),
        ("Cc: " + ", ".join(f"a{n}@x.example" for n in range(11)), "to more than ten people"),
    ],
)
def test_what_is_meant_for_nobody(header: str, reason: str) -> None:
    read = parsed(mail(JANE, ME, "Tue, 07 Jul 2026 09:00:00 +0200", "x", header), OUT)
    assert read.skipped == {reason: 1}
    assert (read.rows, len(read.cards[0].traces)) == (2, 1)


def test_a_machine_is_nobody_even_with_a_note() -> None:
    read = parsed(
        mail("noreply@x.example", ME, "Tue, 07 Jul 2026 09:00:00 +0200", "x"),
        others=KNOWN | {"noreply@x.example"},
    )
    assert (read.cards, read.skipped) == ((), {"from offices and machines": 1})


def test_strangers_are_counted() -> None:
    read = parsed(mail("stranger@x.example", ME, "Tue, 07 Jul 2026 09:00:00 +0200", "x"), IN)
    assert read.skipped == {"with nobody who has a note": 1}


def test_the_user_s_address_is_guessed_where_the_mail_leaves_no_doubt() -> None:
    read = parsed(OUT, IN, mail(SAM, ME, "Tue, 07 Jul 2026 09:00:00 +0200", "x"), me=())
    assert read.said == ("took me@home.example for your address; --me ADDRESS names others",)
    assert [len(card.traces) for card in read.cards] == [2, 1]
    between = mail(JANE, SAM, "Tue, 07 Jul 2026 09:00:00 +0200", "x", "Cc: a@x.example, b@x.example")
    with pytest.raises(VaultkeeperError, match="say it with --me ADDRESS"):
        parsed(between, me=())


def test_a_line_of_text_that_begins_with_from_parts_nothing() -> None:
    body = "Dear all,\n\nFrom Monday on we meet.\n\nFrom Jane with love Mon 2026\nno header here\n"
    read = parsed(mail(JANE, ME, "Tue, 07 Jul 2026 09:00:00 +0200", "x", body=body), OUT)
    assert read.rows == 2


def test_crlf_8_bit_headers_and_folding() -> None:
    text = mbox(mail(JANE, ME, "Tue, 07 Jul 2026 09:00:00 +0200", "Gr\u00fc\u00dfe\n an alle")).replace(
        "\n", "\r\n"
    )
    for encoding in ("utf-8", "latin-1"):
        assert (
            traces(read("mbox", text.encode(encoding), me=(ME,), others=KNOWN).cards[0])[0][3]
            == "Grüße an alle"
        )


def test_a_bad_date_is_told_where_a_contact_is_concerned() -> None:
    strange = mail("x@x.example", ME, "someday", "x")
    read = parsed(mail(JANE, ME, "someday", "x"), strange, OUT)
    assert told(read) == ["F:2: Date: 'someday' is not a date; the message is left out"]
    assert len(read.cards[0].traces) == 1


def test_a_maildir_is_a_message_a_file() -> None:
    from io import BytesIO

    from vaultkeeper.interop.format import Source

    files = {
        "cur/1:2,S": OUT,
        "cur/2:2,DS": IN,
        "new/3": mail(SAM, ME, "Tue, 7 Jul 2026 09:00:00 +0200", "x"),
    }
    sources = [Source(name, BytesIO(text.encode())) for name, text in files.items()]
    read = FORMATS["mbox"].parse(sources, Asked(date(2026, 11, 23), (ME,), KNOWN))
    assert (read.rows, len(read.cards), read.skipped) == (3, 2, {"drafts and deleted ones": 1})


def test_what_is_no_mail_holds_no_message() -> None:
    assert read("mbox", "a,b\n1,2\n").rows == 0
    assert read("mbox", b"\0\1\2\xff").rows == 0


def test_answers_have_the_subject_of_what_they_answer() -> None:
    subjects = ("Re: Plan", "AW: WG: Plan", "Fwd: RE[2]: Plan", "Plan")
    mails = [
        mail(JANE, ME, f"Tue, {n + 7:02} Jul 2026 09:00:00 +0200", text) for n, text in enumerate(subjects)
    ]
    assert {text for *_, text in traces(parsed(*mails).cards[0])} == {"Plan"}
