"""Spans of calendar time, checked by walking the calendar day by day (RULES.md, Terms)."""

from calendar import isleap
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.duration import MONTHS, WEEKDAYS, Duration, parse_duration, say_day, week_start

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

FIRST, LAST = date(1999, 1, 1), date(2029, 12, 31)  # with leap years, the century's among them
CALENDAR = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("10d", 10, "d"),
        ("3w", 3, "w"),
        ("2m", 2, "m"),
        ("1y", 1, "y"),
        ("10D", 10, "d"),
        (" 3 w ", 3, "w"),
        ("3 weeks", 3, "w"),
        ("1 week", 1, "w"),
        ("2 months", 2, "m"),
        ("6 mo", 6, "m"),
        ("6 mos", 6, "m"),
        ("2 mths", 2, "m"),
        ("1 year", 1, "y"),
        ("2 yrs", 2, "y"),
        ("2 quarters", 6, "m"),
        ("every 3 weeks", 3, "w"),
        ("every other week", 2, "w"),
        ("Every  3  Weeks", 3, "w"),
        ("every week", 1, "w"),
        ("every day", 1, "d"),
        ("every month", 1, "m"),
        ("every quarter", 3, "m"),
        ("every year", 1, "y"),
        ("daily", 1, "d"),
        ("weekly", 1, "w"),
        ("Weekly", 1, "w"),
        ("biweekly", 2, "w"),
        ("fortnightly", 2, "w"),
        ("monthly", 1, "m"),
        ("bimonthly", 2, "m"),
        ("quarterly", 3, "m"),
        ("yearly", 1, "y"),
        ("annually", 1, "y"),
        ("30", 30, "d"),
        ("007", 7, "d"),
        ("36500", 36500, "d"),
    ],
)
def test_a_duration_is_read(text: str, count: int, unit: str) -> None:
    assert parse_duration(text) == Duration(count, unit)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "w",
            "week",
            "every",
            "0",
            "0d",
            "0w",
            "-3w",
            "3.5w",
            "3w 2d",
            "three weeks",
            "3x",
            "none",
        ),
        *("36501", "99999y", "9" * 5000, "sometimes", "every so often", "2026-11-20", "٣w", "every 0 weeks"),
    ],
)
def test_what_is_no_duration(text: str) -> None:
    if text == "٣w":  # an Arabic three is a three
        assert parse_duration(text) == Duration(3, "w")
        return
    with pytest.raises(ValueError):
        parse_duration(text)


@pytest.mark.parametrize(
    ("duration", "written", "words"),
    [
        (Duration(1, "d"), "1d", "every day"),
        (Duration(10, "d"), "10d", "every 10 days"),
        (Duration(1, "w"), "1w", "every week"),
        (Duration(3, "w"), "3w", "every 3 weeks"),
        (Duration(1, "m"), "1m", "every month"),
        (Duration(1, "y"), "1y", "every year"),
        (Duration(2, "y"), "2y", "every 2 years"),
    ],
)
def test_a_duration_is_written_and_said(duration: Duration, written: str, words: str) -> None:
    assert (str(duration), duration.words()) == (written, words)


@STEADY
@given(st.integers(1, 36500), st.sampled_from("dwmy"))
def test_both_are_read_back(count: int, unit: str) -> None:
    duration = Duration(count, unit)
    assert parse_duration(str(duration)) == parse_duration(duration.words()) == duration


def length_of(year: int, month: int) -> int:
    """The Gregorian rule, said once more."""
    return 29 if month == 2 and isleap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


@pytest.mark.parametrize("count", [1, 3, 6, 13, 25])
def test_months_clamp_to_the_month_s_end(count: int) -> None:
    for day in CALENDAR:
        year, month = day.year, day.month
        for _ in range(count):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        expected = date(year, month, min(day.day, length_of(year, month)))
        assert Duration(count, "m").after(day) == expected


@pytest.mark.parametrize("count", [1, 3, 4, 100])
def test_years_clamp_on_leap_days_alone(count: int) -> None:
    for day in CALENDAR:
        after = Duration(count, "y").after(day)
        clamped = (day.month, day.day) == (2, 29) and not isleap(day.year + count)
        assert (after.year, after.month, after.day) == (
            day.year + count,
            day.month,
            28 if clamped else day.day,
        )
        assert Duration(12 * count, "m").after(day) == after


@pytest.mark.parametrize("count", [1, 2, 52])
def test_days_and_weeks_are_counted(count: int) -> None:
    for at, day in enumerate(CALENDAR[: -7 * count]):
        assert Duration(count, "d").after(day) == CALENDAR[at + count]
        assert Duration(count, "w").after(day) == CALENDAR[at + 7 * count]


@pytest.mark.parametrize("unit", "dwmy")
def test_a_later_day_is_never_due_earlier(unit: str) -> None:
    for count in (1, 2, 5):
        due = [Duration(count, unit).after(day) for day in CALENDAR]
        assert due == sorted(due)


@pytest.mark.parametrize("unit", "dwmy")
def test_the_calendar_s_end_is_the_latest_day(unit: str) -> None:
    assert Duration(36500, unit).after(date(9990, 1, 31)) == date.max
    assert Duration(1, unit).after(date.max) == date.max


@pytest.mark.parametrize("weekday", range(7))
def test_the_week_begins_on_the_day_of_the_config(weekday: int) -> None:
    first = next(day for day in CALENDAR if day.weekday() == weekday)
    for day in CALENDAR[(first - FIRST).days :]:
        if day.weekday() == weekday:
            first = day
        assert week_start(day, weekday) == first


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 23), "Monday 23 November"),
        (date(2026, 11, 16), "Monday 16 November"),
        (date(2026, 11, 15), "15 November"),
        (date(2026, 12, 7), "Monday 7 December"),
        (date(2026, 12, 8), "8 December"),
        (date(2026, 10, 20), "20 October"),
        (date(2026, 1, 27), "27 January"),
        (date(2026, 1, 26), "26 January 2026"),
        (date(2027, 3, 3), "3 March"),
        (date(2027, 3, 4), "4 March 2027"),
        (date(2027, 9, 19), "19 September 2027"),
        (date(2027, 9, 20), "20 September 2027"),
        (date(2024, 2, 29), "29 February 2024"),
    ],
)
def test_a_day_as_a_person_says_it(day: date, said: str) -> None:
    assert say_day(day, date(2026, 11, 23)) == said


def test_what_is_said_names_the_day() -> None:
    near = date(2026, 11, 23)
    for day in CALENDAR:
        words = say_day(day, near).split()
        if words[0] in WEEKDAYS:
            assert words.pop(0) == f"{day:%A}"
        assert (int(words[0]), MONTHS.index(words[1]) + 1) == (day.day, day.month)
        assert words[2:] in ([], [str(day.year)])
