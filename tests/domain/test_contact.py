"""A contact: what each property is, and what holds where the note says nothing."""

import pytest

from vaultkeeper.domain.contact import KEYS, STATUSES, Contact


def test_every_property_of_the_format_is_a_fact_of_the_contact() -> None:
    known = set(Contact._fields)
    assert set(KEYS) - {"next_contact"} == known - {"path", "no_cadence"}


def test_a_note_that_says_nothing_is_an_active_contact_of_whom_nothing_is_due() -> None:
    bare = Contact("People/Jo.md", "Jo")
    assert bare.status == "active"
    assert (bare.tier, bare.cadence, bare.no_cadence, bare.snooze_until) == ("", None, False, None)
    assert bare.goal_fit + bare.openness + bare.learn_from == 0


@pytest.mark.parametrize("status", ["active", "new", "paused", "dormant", "archived", "deceased"])
def test_the_statuses_are_those_of_the_format(status: str) -> None:
    assert status in STATUSES
    assert len(STATUSES) == 6
