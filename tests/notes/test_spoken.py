"""Dates as people say them, and an entry typed in one breath (CLI.md, `log`)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.spoken import Said, read_day, read_said

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

TODAY = date(2026, 11, 20)  # a Friday


def said(text: str) -> Said:
    return read_said(text, DIRECTIONS, TODAY)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("words", "back", "ahead"),
    [
        ("2026-11-02", day(11, 2), day(11, 2)),
        ("2026-1-2", day(1, 2), day(1, 2)),
        ("today", TODAY, TODAY),
        ("Today", TODAY, TODAY),
        ("tonight", TODAY, TODAY),
        ("this morning", TODAY, TODAY),
        ("  this   evening ", TODAY, TODAY),
        ("an hour ago", TODAY, TODAY),
        ("yesterday", day(11, 19), day(11, 19)),
        ("the day before yesterday", day(11, 18), day(11, 18)),
        ("tomorrow", day(11, 21), day(11, 21)),
        ("monday", day(11, 16), day(11, 23)),
        ("Monday", day(11, 16), day(11, 23)),
        ("on monday", day(11, 16), day(11, 23)),
        ("thursday", day(11, 19), day(11, 26)),
        ("saturday", day(11, 14), day(11, 21)),
        ("last friday", day(11, 13), day(11, 13)),
        ("next friday", day(11, 27), day(11, 27)),
        ("this friday", TODAY, TODAY),
        ("last wed", day(11, 18), day(11, 18)),
        ("next thurs", day(11, 26), day(11, 26)),
        ("on tue", day(11, 17), day(11, 24)),
        ("2 weeks ago", day(11, 6), day(11, 6)),
        ("two weeks ago", day(11, 6), day(11, 6)),
        ("a month ago", day(10, 20), day(10, 20)),
        ("a year ago", day(11, 20, 2025), day(11, 20, 2025)),
        ("in 3 days", day(11, 23), day(11, 23)),
        ("in a week", day(11, 27), day(11, 27)),
        ("last week", day(11, 13), day(11, 13)),
        ("next month", day(12, 20), day(12, 20)),
        ("1 dec", day(12, 1, 2025), day(12, 1)),
        ("1 December", day(12, 1, 2025), day(12, 1)),
        ("1st of december", day(12, 1, 2025), day(12, 1)),
        ("dec 1st", day(12, 1, 2025), day(12, 1)),
        ("December 1, 2024", day(12, 1, 2024), day(12, 1, 2024)),
        ("3 jan 2024", day(1, 3, 2024), day(1, 3, 2024)),
        ("19 nov", day(11, 19), day(11, 19, 2027)),
        ("29 feb", day(2, 29, 2024), day(2, 29, 2028)),
        ("sept 3", day(9, 3), day(9, 3, 2027)),
    ],
)
def test_a_day_is_what_people_mean_by_it(words: str, back: date, ahead: date) -> None:
    assert (read_day(words, TODAY, back=True), read_day(words, TODAY, back=False)) == (back, ahead)


@pytest.mark.parametrize(
    "words", ["", "soon", "2026-13-01", "2026-02-30", "31 feb", "feb 30", "9999 years ago", "in 9999 years"]
)
def test_what_says_no_day_is_refused(words: str) -> None:
    with pytest.raises(BadInput):
        read_day(words, TODAY, back=True)


@pytest.mark.parametrize(
    ("text", "when", "channel", "direction", "words"),
    [
        pytest.param(
            "coffee yesterday: her new job #gave",
            day(11, 19),
            "coffee",
            "both",
            "her new job #gave",
            id="CLI.md",
        ),
        pytest.param("call: x", None, "call", "both", "x", id="no date"),
        pytest.param("2026-11-02 call: x", day(11, 2), "call", "both", "x", id="an ISO date first"),
        pytest.param("[[2026-11-02]] call: x", day(11, 2), "call", "both", "x", id="a linked date first"),
        pytest.param("yesterday call: x", day(11, 19), "call", "both", "x", id="spoken, first"),
        pytest.param("Yesterday: call: x", day(11, 19), "call", "both", "x", id="spoken, first, a colon"),
        pytest.param("yesterday, call: x", day(11, 19), "call", "both", "x", id="spoken, first, a comma"),
        pytest.param("last friday lunch: x", day(11, 13), "lunch", "both", "x", id="two words first"),
        pytest.param("last wed lunch: x", day(11, 18), "lunch", "both", "x", id="a short day's name"),
        pytest.param("call 2026-11-02: x", day(11, 2), "call", "both", "x", id="ISO after the channel"),
        pytest.param("call yesterday", day(11, 19), "call", "both", "", id="no text"),
        pytest.param("call yesterday she is well", day(11, 19), "call", "both", "she is well", id="no colon"),
        pytest.param("Call Monday: x", day(11, 16), "call", "both", "x", id="in capitals"),
        pytest.param("email in yesterday: x", day(11, 19), "email", "in", "x", id="after the direction"),
        pytest.param("email in 2 days ago: x", day(11, 18), "email", "in", "x", id="in is the direction"),
        pytest.param("email yesterday in: x", day(11, 19), "email", "in", "x", id="before the direction"),
        pytest.param("call in 3 days: x", day(11, 23), "call", "both", "x", id="in is of the date"),
        pytest.param(
            "dinner in 3 days: x", None, None, None, "dinner in 3 days: x", id="no channel, no date"
        ),
        pytest.param("yesterday", day(11, 19), None, None, "", id="a date alone"),
        pytest.param("yesterday met her", day(11, 19), None, None, "met her", id="no channel"),
        pytest.param("she moved yesterday", None, None, None, "she moved yesterday", id="in the words"),
        pytest.param(
            "call: yesterday she moved", None, "call", "both", "yesterday she moved", id="in the text"
        ),
        pytest.param("today's call: x", None, None, None, "today's call: x", id="a longer word"),
        pytest.param("1 dec call: x", day(12, 1, 2025), "call", "both", "x", id="a day of a month, back"),
        pytest.param(
            "call call 2026-11-02", None, "call", "both", "call 2026-11-02", id="a channel in the text"
        ),
        pytest.param("call jan 99: x", None, "call", "both", "jan 99: x", id="no day of a month"),
        pytest.param("", None, None, None, "", id="nothing"),
    ],
)
def test_an_entry_in_one_breath(
    text: str, when: date | None, channel: str | None, direction: str | None, words: str
) -> None:
    found = said(text)
    assert (found.day, found.time, found.head.participants) == (when, None, ())
    assert (found.head.channel, found.head.direction, found.head.text) == (channel, direction, words)


@pytest.mark.parametrize(
    ("text", "when", "people"),
    [
        ("coffee with [[Sam]] last friday: x", day(11, 13), ("Sam",)),
        ("coffee last friday with [[Sam]]: x", day(11, 13), ("Sam",)),
        ("last friday coffee with [[Sam]]: x", day(11, 13), ("Sam",)),
        ("coffee with [[Sam]], yesterday: x", day(11, 19), ("Sam",)),
        ("coffee with [[Sam|Sam: the boss]] yesterday: x", day(11, 19), ("Sam",)),
        ("coffee with [[Sam]] & [[Ana]] 2 weeks ago: x", day(11, 6), ("Sam", "Ana")),
        ("coffee with [[Sam]]: x", None, ("Sam",)),
    ],
)
def test_a_date_beside_participants(text: str, when: date | None, people: tuple[str, ...]) -> None:
    found = said(text)
    assert (found.day, found.head.channel, found.head.participants) == (when, "coffee", people)
    assert found.head.text == "x"


@pytest.mark.parametrize(
    ("text", "time", "words"),
    [
        ("2026-11-19 9:05 call: x", "09:05", "x"),
        ("yesterday 14:30 call: x", "14:30", "x"),
        ("yesterday at 9:05 call: x", "09:05", "x"),
        ("yesterday, 14:30, call: x", "14:30", "x"),
        ("call yesterday at 14:30: x", "14:30", "x"),
        ("call with [[Sam]] yesterday at 14:30: x", "14:30", "x"),
        ("call yesterday 25:99 x", None, "25:99 x"),
        ("call yesterday at 24:00 x", None, "at 24:00 x"),
    ],
)
def test_a_time_after_the_date(text: str, time: str | None, words: str) -> None:
    found = said(text)
    assert (found.day, found.time, found.head.channel) == (day(11, 19), time, "call")
    assert found.head.text == words


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01 call: x",
        "call 2026-02-30: x",
        "31 feb call: x",
        "call feb 30: x",
        "call with [[Sam]] 31 nov: x",
        "9999 years ago call: x",
    ],
)
def test_a_day_that_does_not_exist_is_refused_not_taken_for_today(text: str) -> None:
    with pytest.raises(BadInput):
        said(text)


NUMBERS = ("1", "2", "10", "a", "an", "one", "ten")
SHORT = ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *(
        "jan",
        "january",
        "feb",
        "february",
        "mar",
        "march",
        "apr",
        "april",
        "may",
        "jun",
        "june",
        "jul",
        "july",
    ),
    *("aug", "august", "sep", "sept", "september", "oct", "october", "nov", "november", "dec", "december"),
)
PHRASES = (
    *(f"{which} {name}" for which in ("on", "last", "this", "next") for name in (*SHORT, *LONG)),
    *(f"{count} {unit} ago" for count in NUMBERS for unit in ("day", "days", "weeks", "months", "years")),
    *(f"in {count} {unit}" for count in NUMBERS for unit in ("day", "days", "weeks", "months", "years")),
    *(f"{which} {unit}" for which in ("last", "next") for unit in ("week", "month", "year")),
    *(f"{number} {name}" for number in ("3", "03", "3rd", "3rd of") for name in MONTHS),
    *(f"{name} {number}" for number in ("3", "03", "3rd", "3, 2025", "3rd 2025") for name in MONTHS),
)


def test_every_phrase_that_is_found_says_a_day() -> None:
    for phrase in PHRASES:
        found = said(f"call {phrase}: x")
        assert found.day == read_day(phrase, TODAY, back=True), phrase
        assert (found.head.channel, found.head.text) == ("call", "x"), phrase


def test_days_names_look_back_a_week_at_most_and_ahead_a_week_at_most() -> None:
    for weekday, name in enumerate(LONG):
        back, ahead = (read_day(name, TODAY, back=back) for back in (True, False))
        assert back.weekday() == ahead.weekday() == weekday
        assert timedelta(1) <= TODAY - back <= timedelta(7)
        assert timedelta(1) <= ahead - TODAY <= timedelta(7)


WORDS = st.sampled_from(
    [
        *(
            "call",
            "email",
            "in",
            "out",
            "with",
            "[[Sam]]",
            ":",
            ": ",
            "yesterday",
            "last",
            "friday",
            "at",
            "14:30",
        ),
        *(
            "2026-11-02",
            "2 weeks ago",
            "in 3 days",
            "today,",
            "[[",
            "#gave",
            "on",
            "3",
            "may",
            ",",
            "x",
            "tonight",
        ),
    ]
)


@settings(STEADY, max_examples=200)
@given(st.lists(WORDS, max_size=8).map(" ".join) | st.text())
def test_any_words_are_an_entry_or_are_refused(text: str) -> None:
    try:
        found = said(text)
    except BadInput:
        return
    assert text.strip().endswith(found.head.text)
    assert found.time is None or 0 <= int(found.time[:2]) < 24
