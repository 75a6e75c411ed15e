"""Birthdays and other days that come back (FORMAT.md section 3, RULES.md: `birthday`)."""

from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.anniversary import Anniversary, parse_anniversary

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1990-05-17", Anniversary(5, 17, 1990)),
        ("05-17", Anniversary(5, 17)),
        ("--05-17", Anniversary(5, 17)),
        ("5-7", Anniversary(5, 7)),
        ("1990-5-7", Anniversary(5, 7, 1990)),
        (" 05-17 ", Anniversary(5, 17)),
        ("2000-02-29", Anniversary(2, 29, 2000)),
        ("02-29", Anniversary(2, 29)),
        ("--02-29", Anniversary(2, 29)),
        ("1990-05-17T00:00:00", Anniversary(5, 17, 1990)),
        ("2019-09-01 started at Acme", Anniversary(9, 1, 2019, "started at Acme")),
        ("06-12  wedding anniversary ", Anniversary(6, 12, None, "wedding anniversary")),
        ("--06-12 Leo's birthday", Anniversary(6, 12, None, "Leo's birthday")),
        ("12-25 Christmas #family", Anniversary(12, 25, None, "Christmas #family")),
    ],
)
def test_an_anniversary_is_read(text: str, expected: Anniversary) -> None:
    assert parse_anniversary(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "May 17", "17.05.1990", "1990", "1990-05", "1990-05-17x", "-05-17", "---05-17", "90-05-17"),
        *("1990-02-30", "1990-13-01", "02-30", "00-01", "01-00", "0000-01-01", "2001-02-29", "05/17"),
    ],
)
def test_what_is_no_such_day(text: str) -> None:
    with pytest.raises(ValueError):
        parse_anniversary(text)


@pytest.mark.parametrize(
    ("text", "iso"), [("1990-5-7 x", "1990-05-07"), ("--5-7", "05-07"), ("0033-04-03", "0033-04-03")]
)
def test_it_is_written_as_a_date(text: str, iso: str) -> None:
    assert parse_anniversary(text).iso() == iso


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        pytest.param("05-17", "2026-05-16", "2026-05-17", id="tomorrow"),
        pytest.param("05-17", "2026-05-17", "2026-05-17", id="today"),
        pytest.param("05-17", "2026-05-18", "2027-05-17", id="yesterday: next year"),
        pytest.param("--01-01", "2026-12-31", "2027-01-01", id="over the year's end"),
        pytest.param("12-31", "2026-01-01", "2026-12-31", id="at the year's end"),
        pytest.param("1990-05-17", "2026-05-16", "2026-05-17", id="with its year"),
        pytest.param("2028-05-17", "2026-05-16", "2028-05-17", id="never before the year it began"),
        pytest.param("2026-05-17", "2026-11-20", "2027-05-17", id="in the year it began, but past"),
        pytest.param("02-29", "2027-01-01", "2027-02-28", id="29 February, an ordinary year"),
        pytest.param("02-29", "2027-02-28", "2027-02-28", id="29 February, on the 28th"),
        pytest.param("02-29", "2027-03-01", "2028-02-29", id="29 February, next is a leap year"),
        pytest.param("02-29", "2028-02-28", "2028-02-29", id="29 February, in a leap year"),
        pytest.param("02-29", "2028-02-29", "2028-02-29", id="29 February, the day"),
        pytest.param("2000-02-29", "2100-01-01", "2100-02-28", id="29 February, a century"),
        pytest.param("2028-02-29", "2026-01-01", "2028-02-29", id="29 February, began later"),
    ],
)
def test_the_next_one(text: str, first: str, expected: str) -> None:
    assert parse_anniversary(text).next_on_or_after(date.fromisoformat(first)) == date.fromisoformat(expected)


def test_after_the_last_there_is_none() -> None:
    assert Anniversary(5, 17).next_on_or_after(date(9999, 5, 18)) is None
    assert Anniversary(5, 17).next_on_or_after(date(9999, 5, 17)) == date(9999, 5, 17)


@pytest.mark.parametrize(
    "when", [Anniversary(2, 29), Anniversary(2, 28), Anniversary(3, 1), Anniversary(12, 31)]
)
def test_it_comes_once_a_year_and_never_goes_back(when: Anniversary) -> None:
    day, last, seen = date(1999, 1, 1), date(2029, 12, 31), []
    while day <= last:
        following = when.next_on_or_after(day)
        assert following is not None
        assert following >= day
        if following == day:
            seen.append(day)
        day += timedelta(days=1)
    assert [found.year for found in seen] == list(range(1999, 2030))
    for found in seen:
        leap_day = (when.month, when.day) == (2, 29) and not isleap(found.year)
        assert (found.month, found.day) == ((2, 28) if leap_day else (when.month, when.day))


@STEADY
@given(st.dates(), st.booleans(), st.text(st.characters(exclude_categories=["C", "Z"])))
def test_any_day_is_read_back(day: date, with_year: bool, label: str) -> None:
    when = Anniversary(day.month, day.day, day.year if with_year else None, label)
    assert parse_anniversary(f"{when.iso()} {label}") == when


@STEADY
@given(st.text() | st.from_regex(r"(--|\d{4}-)?\d\d?-\d\d?( .*)?"))
def test_any_text_is_a_day_or_a_value_error(text: str) -> None:
    try:
        when = parse_anniversary(text)
    except ValueError:
        return
    assert date(when.year or 2000, when.month, when.day)
    assert when.label in text
