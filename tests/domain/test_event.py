"""Events: who will be there, and whom one may meet in that place (RULES.md, what the agenda lists)."""

from datetime import date

import pytest

from domain.make import TODAY, agenda, ahead, promise, summary
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.summary import Summary


def night(start: date = TODAY, end: date | None = None, place: str = "Berlin", *there: str) -> Event:
    return Event("Events/Night.md", "Robotics Night", start, end or start, place, attendees=there)


def listed(event: Event, *vault: Summary, today: date = TODAY) -> Item | None:
    return next((item for item in agenda(vault, today, [event]).items if item.reason == "event"), None)


@pytest.mark.parametrize(
    ("event", "shows"),
    [
        pytest.param(night(TODAY), True, id="today"),
        pytest.param(night(ahead(7)), True, id="at the window's end"),
        pytest.param(night(ahead(8)), False, id="a day beyond"),
        pytest.param(night(ahead(-1)), False, id="yesterday"),
        pytest.param(night(ahead(-3), TODAY), True, id="its last day is today"),
        pytest.param(night(ahead(-3), ahead(-1)), False, id="over since yesterday"),
        pytest.param(night(ahead(7), ahead(9)), True, id="begins at the window's end"),
        pytest.param(night(ahead(-30), ahead(30)), True, id="lasts all the time"),
    ],
)
def test_which_events_are_listed(event: Event, shows: bool) -> None:
    item = listed(event)
    assert (item is not None) == shows
    if item is not None:
        assert (item.path, item.name, item.due) == ("", "Robotics Night", event.start)


def test_who_will_be_there_what_they_are_owed_and_who_else_is_in_town() -> None:
    item = listed(
        night(ahead(2), None, "Berlin", "People/Jane Doe", "sam lee"),
        summary(
            name="Jane Doe",
            location=("Berlin",),
            follow_ups=[promise("Send the plan"), promise("x", state="done")],
        ),
        summary(name="Sam Lee"),
        summary(name="Ana Ruiz", location=("Köln", "BERLIN, Germany")),
        summary(name="Tom", location=("Bern",)),
    )
    assert item is not None
    assert item.detail == (
        "Friday 27 November, Berlin: Jane Doe (you owe: Send the plan), Sam Lee will be there;"
        " also in Berlin: Ana Ruiz"
    )


@pytest.mark.parametrize(
    ("place", "location", "near"),
    [
        ("Berlin", "Berlin", True),
        ("Berlin, Germany", "Berlin", True),
        ("Berlin", "Berlin, Germany", True),
        ("berlin", "BERLIN", True),
        ("Malmo", "Malmö", True),
        ("Berlin", "Bern", False),
        ("", "Berlin", False),
        ("Berlin", "", False),
    ],
)
def test_places_are_compared_ignoring_case_and_accents(place: str, location: str, near: bool) -> None:
    assert night(place=place).is_in(location) == near
    item = listed(night(place=place), summary(name="Ana", location=(location,)))
    assert item is not None
    assert ("Ana" in item.detail) == near


def test_at_most_five_are_named_as_being_in_town() -> None:
    item = listed(night(), *(summary(name=f"P{n}", location=("Berlin",)) for n in range(7)))
    assert item is not None
    assert item.detail.endswith("also in Berlin: P0, P1, P2, P3, P4")


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({}, True),
        ({"status": "paused"}, True),
        ({"status": "new"}, False),
        ({"status": "dormant"}, False),
        ({"status": "deceased"}, False),
        ({"snooze_until": ahead(1)}, False),
    ],
)
def test_who_is_named_at_all(facts: dict[str, object], named: bool) -> None:
    there = listed(night(TODAY, None, "Berlin", "Jane Doe"), summary(**facts))
    near = listed(night(), summary(location=("Berlin",), **facts))
    assert there is not None
    assert near is not None
    assert [("Jane Doe" in item.detail) for item in (there, near)] == [named, named]
