"""`birthday`, `special-date`, `occasion`: days that come back each year (RULES.md, what the agenda lists)."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.make import POLICY, TODAY, agenda, ago, ahead, names, summary, touch, view
from vaultkeeper.domain.agenda import make_agenda
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.reason.base import view_of_week
from vaultkeeper.domain.reason.dates import BIRTHDAY
from vaultkeeper.domain.summary import Summary

FRIDAY = ahead(2)


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        pytest.param(summary(birthday=TODAY), True, id="today"),
        pytest.param(summary(birthday=ahead(7)), True, id="at the window's end"),
        pytest.param(summary(birthday=ahead(8)), False, id="a day beyond"),
        pytest.param(summary(birthday=ago(1)), False, id="yesterday"),
        pytest.param(summary(touch(ago(1)), birthday=FRIDAY), False, id="wished three days before"),
        pytest.param(summary(touch(ago(2)), birthday=FRIDAY), True, id="wrote four days before"),
        pytest.param(summary(touch(TODAY, "call"), birthday=FRIDAY), False, id="a call"),
        pytest.param(summary(touch(TODAY, "touch"), birthday=FRIDAY), False, id="a tick"),
        pytest.param(summary(touch(TODAY, "email in"), birthday=FRIDAY), True, id="they wrote"),
        pytest.param(
            summary(touch(FRIDAY, "lunch"), birthday=FRIDAY), True, id="a lunch planned for the day"
        ),
        pytest.param(summary(touch(ago(363)), birthday=FRIDAY), True, id="wished last year"),
    ],
)
def test_birthdays(known: Summary, listed: bool) -> None:
    assert (names(agenda([known]), "birthday") == ["Jane Doe"]) == listed


@pytest.mark.parametrize("born", [(2, 29), (2, 28), (3, 1), (12, 31), (1, 1), (12, 25), (7, 4)])
def test_a_birthday_is_listed_on_the_eight_days_up_to_it_in_every_year(born: tuple[int, int]) -> None:
    """Walked day by day over decades, leap days and year ends too."""
    known = summary(birthday=born)
    day = date(1999, 12, 20)
    while day < date(2033, 1, 10):
        window = [day + timedelta(days=n) for n in range(8)]
        expected = next((d for d in window if is_birthday(d, born)), None)
        found = BIRTHDAY.find(known, view(day))
        assert (found.day if found else None) == expected, day
        day += timedelta(days=1)


def is_birthday(day: date, born: tuple[int, int]) -> bool:
    if born == (2, 29) and (day + timedelta(days=1)).day == 1 and day.month == 2:
        return True
    return (day.month, day.day) == born


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2027, 2, 21), date(2027, 2, 28)),
        (date(2027, 3, 1), None),
        (date(2028, 2, 21), None),
        (date(2028, 2, 22), date(2028, 2, 29)),
        (date(2100, 2, 28), date(2100, 2, 28)),
    ],
)
def test_29_february_falls_on_the_28th_in_other_years(today: date, due: date | None) -> None:
    items = agenda([summary(birthday=(2, 29))], today).items
    assert [item.due for item in items if item.reason == "birthday"] == ([due] if due else [])


def test_a_birthday_past_stays_in_the_weeks_note_until_it_is_wished() -> None:
    sunday = date(2026, 11, 29)
    known = summary(birthday=date(2026, 11, 24))
    assert [i.due for i in make_agenda([known], view_of_week(POLICY, sunday)).items] == [date(2026, 11, 24)]
    assert not agenda([known], sunday).items


STARTED = Anniversary(11, 27, 2019, "started at Acme")
WEDDING = Anniversary(12, 1, None, "wedding anniversary")


@pytest.mark.parametrize(
    ("dates", "touches", "detail"),
    [
        pytest.param([STARTED], [], "started at Acme, 7 years on, Friday 27 November", id="with its years"),
        pytest.param([WEDDING], [], "wedding anniversary Tuesday 1 December", id="without a year"),
        pytest.param(
            [WEDDING, STARTED],
            [],
            "started at Acme, 7 years on, Friday 27 November; wedding anniversary Tuesday 1 December",
            id="two, by day",
        ),
        pytest.param(
            [WEDDING, STARTED],
            [touch(ago(1))],
            "wedding anniversary Tuesday 1 December",
            id="the first seen to",
        ),
        pytest.param(
            [Anniversary(11, 27, 2026, "opens shop")], [], "opens shop Friday 27 November", id="the first"
        ),
        pytest.param([Anniversary(11, 27, 2027, "retires")], [], None, id="not before its year"),
        pytest.param(
            [Anniversary(11, 26, 2025, "x")], [], "x, 1 year on, Thursday 26 November", id="one year"
        ),
        pytest.param([Anniversary(6, 12, None, "x")], [], None, id="another time of the year"),
    ],
)
def test_special_dates(dates: list[Anniversary], touches: list[Any], detail: str | None) -> None:
    items = agenda([summary(*touches, special_dates=tuple(dates))]).items
    assert [item.detail for item in items if item.reason == "special-date"] == ([detail] if detail else [])


ADVENT = Anniversary(11, 28, None, "Advent #family")
PLAIN = Anniversary(11, 29, None, "Advent")


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        pytest.param(summary(tags=("family",)), True, id="carries the tag"),
        pytest.param(summary(tags=("Family",)), True, id="in capitals"),
        pytest.param(summary(relationship=("family",)), True, id="as a relationship"),
        pytest.param(summary(tags=("work",)), False, id="another tag"),
        pytest.param(summary(), False, id="none"),
        pytest.param(summary(touch(ago(365), "in", "helped")), True, id="helped a year ago"),
        pytest.param(summary(touch(ago(366), "in", "helped")), False, id="helped before that"),
        pytest.param(summary(touch(TODAY, "card"), tags=("family",)), False, id="wishes sent"),
        pytest.param(summary(touch(TODAY, "in"), tags=("family",)), True, id="wishes received"),
    ],
)
def test_an_occasion_with_a_tag_is_for_those_who_carry_it_and_those_who_helped(
    known: Summary, listed: bool
) -> None:
    assert (names(agenda([known], occasions=(ADVENT,)), "occasion") == ["Jane Doe"]) == listed


@pytest.mark.parametrize(
    ("today", "listed"), [(ahead(-5), False), (ahead(-4), True), (ahead(3), True), (ahead(4), False)]
)
def test_an_occasion_is_listed_in_the_window(today: date, listed: bool) -> None:
    assert bool(names(agenda([summary(tags=("family",))], today, occasions=(ADVENT,)), "occasion")) == listed


@pytest.mark.parametrize("label", ["Advent", "Advent #family"])
@pytest.mark.parametrize(
    ("today", "listed"), [(ahead(-4), False), (ahead(-3), True), (ahead(4), True), (ahead(5), False)]
)
def test_an_occasion_is_one_line_in_the_window_only_without_a_tag(
    label: str, today: date, listed: bool
) -> None:
    items = agenda([summary()], today, occasions=(Anniversary(11, 29, None, label),)).items
    assert bool(items) == (listed and label == "Advent")


def test_an_occasion_without_a_name_is_wishes() -> None:
    tagged, plain = Anniversary(11, 28, None, "#family"), Anniversary(11, 28, None, "")
    found = agenda([summary(tags=("family",))], occasions=(tagged, plain)).items
    assert [(item.detail, "" if item.path else item.name) for item in found] == [
        ("wishes, Saturday 28 November", ""),
        ("Saturday 28 November: wishes", "Wishes"),
    ]


def test_an_occasion_without_a_tag_is_one_line_and_names_those_who_helped() -> None:
    vault = [
        summary(touch(ago(9), "in", "helped"), touch(ago(8), "card", "thanks"), name="Tom"),
        summary(touch(ago(90), "in", "helped"), touch(ago(8), "card", "thanks"), name="Ana"),
        summary(touch(ago(9), "in", "helped"), touch(ago(8), "card", "thanks"), name="Out", status="paused"),
        summary(tags=("Advent",), name="Not she"),
    ]
    (item,) = agenda(vault, occasions=(PLAIN,)).items
    assert (item.reason, item.path, item.name, item.due) == ("occasion", "", "Advent", ahead(4))
    assert item.detail == "Sunday 29 November: wishes, and thanks to Ana, Tom"
    (nobody,) = agenda([summary()], occasions=(PLAIN,)).items
    assert nobody.detail == "Sunday 29 November: wishes"
