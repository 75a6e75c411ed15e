"""messages.csv: who wrote, by profile; what counts for nobody."""

import pytest

from tests.interop.reading import read, told, traces
from vaultkeeper.errors import VaultkeeperError

HEADER = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,"
    "FOLDER,ATTACHMENTS,IS MESSAGE DRAFT\n"
)
ME, JANE, SAM = (f"https://www.linkedin.com/in/{name}" for name in ("me-myself", "jane-doe", "sam-lee"))
NAMES = {ME: "Me Myself", JANE: "Jane Doe", SAM: "Sam Lee"}


def row(
    thread: str,
    sender: str,
    to: str,
    day: str,
    text: str,
    *,
    subject: str = "",
    folder: str = "INBOX",
    draft: str = "No",
) -> str:
    names = ",".join(NAMES[one] for one in to.split(","))
    content = text.replace('"', '""')
    return f'{thread},,{NAMES[sender]},{sender},"{names}","{to}",{day} 10:00:00 UTC,{subject},"{content}",{folder},,{draft}\n'


def people(*rows: str, **asked: object) -> dict[str, list[tuple[str, str | None, str | None, str]]]:
    parsed = read("linkedin-messages", HEADER + "".join(rows), **asked)  # type: ignore[arg-type]
    return {card.name: traces(card) for card in parsed.cards}


THREADS = (
    row("1", ME, JANE, "2026-07-01", "Hi Jane, how are you?"),
    row("1", JANE, ME, "2026-07-02", "Fine!\nAnd <b>you</b> &amp; yours?"),
    row("2", SAM, ME, "2026-07-03", "Are you hiring?", subject="A question"),
)


def test_in_and_out_by_the_profile_that_is_in_all_threads() -> None:
    assert people(*THREADS) == {
        "Jane Doe": [
            ("2026-07-01", "linkedin", "out", "Hi Jane, how are you?"),
            ("2026-07-02", "linkedin", "in", "Fine! And you & yours?"),
        ],
        "Sam Lee": [("2026-07-03", "linkedin", "in", "A question")],
    }


def test_in_a_single_thread_the_user_is_the_one_who_is_no_contact() -> None:
    one = THREADS[:2]
    with pytest.raises(VaultkeeperError, match="--me PROFILE-ADDRESS"):
        people(*one)
    expected = people(*THREADS)["Jane Doe"]
    assert people(*one, others=frozenset({"linkedin.com/in/jane-doe"}))["Jane Doe"] == expected
    assert people(*one, me=(ME,))["Jane Doe"] == expected
    assert people(*one, me=("Myself, Me",))["Jane Doe"] == expected
    with pytest.raises(VaultkeeperError, match="takes part in none"):
        people(*one, me=("https://www.linkedin.com/in/stranger",))


def test_drafts_spam_and_groups_count_for_nobody() -> None:
    parsed = read(
        "linkedin-messages",
        HEADER
        + "".join(THREADS)
        + row("1", ME, JANE, "2026-07-04", "never sent", draft="Yes")
        + row("3", SAM, ME, "2026-07-04", "buy", folder="SPAM")
        + row("4", JANE, f"{ME},{SAM}", "2026-07-05", "lunch, all of you?")
        + row("4", SAM, ME, "2026-07-06", "yes"),
    )
    assert {card.name: len(card.traces) for card in parsed.cards} == {"Jane Doe": 2, "Sam Lee": 1}
    assert parsed.skipped == {"drafts": 1, "spam": 1, "in threads of more than two": 2}
    assert parsed.rows == 7


def test_words_are_harmless_and_short() -> None:
    texts = people(
        *THREADS,
        row("5", SAM, ME, "2026-08-01", "- [ ] see [[Jane Doe]] #gave %%hidden%% `x` <script>"),
        row("5", SAM, ME, "2026-08-02", "word " * 100),
    )["Sam Lee"]
    assert texts[1][3] == "- ( ) see ((Jane Doe)) gave %hidden% 'x'"
    assert texts[2][3].endswith("word…") and len(texts[2][3]) <= 61


def test_a_message_with_a_bad_date_is_told_and_the_rest_is_read() -> None:
    bad = THREADS[0].replace("2026-07-01 10:00:00 UTC", "someday")
    parsed = read("linkedin-messages", HEADER + bad + "".join(THREADS))
    assert told(parsed) == ["F:2: 'someday' is not a date; the message is left out"]
    assert sum(len(card.traces) for card in parsed.cards) == 3


def test_without_the_profiles_of_recipients_a_name_is_the_same_person() -> None:
    text = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,CONTENT\n"
        f"1,,Me Myself,{ME},Jane Doe,2026-01-01 10:00:00 UTC,Report.\n"
        f"1,,Jane Doe,{JANE},Me Myself,2026-01-02 10:01:00 UTC,On my way.\n"
        f"2,,Me Myself,{ME},Sam Lee,2026-01-03 10:01:00 UTC,Hi.\n"
    )
    parsed = read("linkedin-messages", text)
    assert {card.name: [t[2] for t in traces(card)] for card in parsed.cards} == {
        "Jane Doe": ["out", "in"],
        "Sam Lee": ["out"],
    }


def test_those_who_left_linkedin_are_nobody() -> None:
    gone = "9,,,,Me Myself," + ME + ",2026-07-01 10:00:00 UTC,,hello,INBOX,,No\n"
    parsed = read("linkedin-messages", HEADER + gone + "".join(THREADS))
    assert parsed.skipped == {"with somebody who left LinkedIn": 1}


def test_later_columns_and_messages_after_the_last_day_asked_for() -> None:
    text = (
        (HEADER + "".join(THREADS))
        .replace("DRAFT\n", "DRAFT,IS CONVERSATION DRAFT\n")
        .replace(",No\n", ",No,No\n")
    )
    from datetime import date

    parsed = read("linkedin-messages", text, until=date(2026, 7, 1))
    assert [(card.name, len(card.traces)) for card in parsed.cards] == [("Jane Doe", 1)]
