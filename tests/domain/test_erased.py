"""Which entries an editor has saved over, and which a person has only corrected."""

from datetime import date

import pytest

from vaultkeeper.domain.erased import find_erased
from vaultkeeper.domain.interaction import Interaction

DAY, OTHER = date(2026, 11, 23), date(2026, 11, 22)


def entry(text: str = "", day: date = DAY, channel: str | None = "call", line: int = 0) -> Interaction:
    return Interaction(day, "People/Jane Doe.md", line, text, channel=channel)


def test_what_stands_is_not_erased() -> None:
    assert find_erased([entry("a"), entry("b")], [entry("b", line=9), entry("a", line=8), entry("c")]) == []


def test_what_is_gone() -> None:
    gone = [entry("hired"), entry("moved", OTHER)]
    assert find_erased([gone[0], entry("stays"), gone[1]], [entry("stays")]) == gone


def test_an_entry_logged_twice_is_missed_once() -> None:
    assert find_erased([entry("a"), entry("a")], [entry("a")]) == []
    assert find_erased([entry("a"), entry("a")], []) == [entry("a")]


@pytest.mark.parametrize(
    "corrected",
    [
        entry("she got a job in Berlin"),  # the day and channel of the one that is missed
        entry("she got the job!", channel="coffee"),
        entry("she got the job", OTHER),
        entry("She  got the job"),
    ],
)
def test_what_a_person_corrected_is_known_again(corrected: Interaction) -> None:
    assert find_erased([entry("she got the job")], [corrected]) == []


@pytest.mark.parametrize(
    "other",
    [
        entry("talked about something else entirely", channel="coffee"),
        entry("call", OTHER, channel=None),
        entry("", OTHER),  # too little to know it by
    ],
)
def test_another_entry_is_no_correction(other: Interaction) -> None:
    assert find_erased([entry("she got the job")], [other]) == [entry("she got the job")]


def test_short_texts_are_not_known_by_another_date() -> None:
    assert find_erased([entry("hi")], [entry("hi", OTHER)]) == [entry("hi")]


def test_one_entry_is_known_for_one() -> None:
    two = [entry("she got the job"), entry("she got the job at last")]
    assert find_erased(two, [entry("she got a job")]) == [two[1]]


def test_an_entry_that_was_logged_so_is_no_correction_of_another() -> None:
    assert find_erased([entry("one"), entry("two")], [entry("two")]) == [entry("one")]
