"""Which reasons stop: RULES.md, what the agenda lists; every state against every reason."""

from typing import Any

import pytest

from domain.make import POLICY, TODAY, agenda, ago, ahead, promise, reasons, summary, touch
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.event import Event
from vaultkeeper.domain.status import is_snoozed, reasons_left
from vaultkeeper.domain.summary import Summary

EVENT = Event("Events/Night.md", "Night", ahead(3), ahead(3), "Berlin", attendees=("Everything", "Quiet"))
OCCASIONS = (Anniversary(11, 29, None, "Advent #family"),)
ANSWERED = (touch(ago(300), "call"), touch(ago(20), "email in"), touch(ago(12), "email", "asked"))
IN_VAIN = (touch(ago(300), "call"), touch(ago(60)), touch(ago(50)), touch(ago(12), "email", "asked"))


def everything(*, in_vain: bool = False, **state: Any) -> Summary:
    """A contact with every reason that one can have at a time."""
    return summary(
        *(IN_VAIN if in_vain else ANSWERED),
        touch(ahead(2), "lunch"),
        follow_ups=[promise(due=ahead(1))],
        name="Everything",
        met=ago(3),
        birthday=ahead(3),
        special_dates=(Anniversary(11, 29, 2020, "founded it"),),
        tags=("family",),
        cadence="1w",
        **state,
    )


def quiet(*, in_vain: bool = False, **state: Any) -> Summary:
    """In touch every ten days until fifty days ago: drifting."""
    head = "email" if in_vain else "call"
    return summary(*(touch(ago(50 + 10 * n), head) for n in range(6)), name="Quiet", **state)


def silent(*, in_vain: bool = False, **state: Any) -> Summary:
    """Nothing asks for them; that is a reason, too."""
    heads = ["email", "email", "email"] if in_vain else ["call"]
    return summary(
        *(touch(ago(100 + n), head) for n, head in enumerate(heads)),
        name="Silent",
        relationship=("x",),
        **state,
    )


ALL = {
    *("follow-up", "meeting", "thank-you", "nudge", "birthday", "special-date", "occasion", "event"),
    *("cadence", "drifting", "just-because"),
}
DATES = {"follow-up", "meeting", "birthday", "special-date", "event"}
SNOOZED = {"snooze_until": ahead(1)}

STATES = [
    pytest.param({}, ALL, id="active"),
    pytest.param({"snooze_until": TODAY}, ALL, id="a snooze that is over today"),
    pytest.param(SNOOZED, {"follow-up", "meeting"}, id="snoozed"),
    pytest.param({"status": "new"}, {"follow-up", "meeting"}, id="new"),
    pytest.param({"status": "paused"}, DATES, id="paused"),
    pytest.param({"in_vain": True}, DATES, id="unresponsive"),
    pytest.param({"status": "dormant"}, {"follow-up"}, id="dormant"),
    pytest.param({"status": "archived"}, {"follow-up"}, id="archived"),
    pytest.param({"status": "deceased"}, set(), id="deceased"),
    pytest.param({"status": "paused", **SNOOZED}, {"follow-up", "meeting"}, id="paused and snoozed"),
    pytest.param({"in_vain": True, **SNOOZED}, {"follow-up", "meeting"}, id="unresponsive and snoozed"),
    pytest.param({"status": "paused", "in_vain": True}, DATES, id="paused and unresponsive"),
    pytest.param({"status": "new", "in_vain": True}, {"follow-up", "meeting"}, id="new and unresponsive"),
    pytest.param({"status": "dormant", **SNOOZED}, {"follow-up"}, id="dormant and snoozed"),
    pytest.param({"status": "deceased", **SNOOZED}, set(), id="deceased and snoozed"),
]


@pytest.mark.parametrize("quota", [20, 1])
@pytest.mark.parametrize(("state", "expected"), STATES)
def test_every_state_against_every_reason(state: dict[str, Any], expected: set[str], quota: int) -> None:
    """Each contact alone in a vault; whatever the quota, what always shows does."""
    found: set[str] = set()
    for make in (everything, quiet, silent):
        made = agenda([make(**state)], events=[EVENT], occasions=OCCASIONS, quota=quota)
        items = [*made.items, *made.later]
        found |= {item.reason for item in items if item.path}
        found |= {item.reason for item in items if item.reason == "event" and " will be there" in item.detail}
    assert found == expected


def test_all_of_the_quotas_reasons_stop_in_later_too() -> None:
    for state in ({"status": "paused"}, {"status": "new"}, SNOOZED, {"in_vain": True}):
        made = agenda([quiet(**state), silent(**state)], quota=1, everything=True)
        assert not made.items + made.later, state


@pytest.mark.parametrize(
    ("until", "snoozed"),
    [(None, False), (ago(1), False), (TODAY, False), (ahead(1), True), (ahead(400), True)],
)
def test_snooze_until_is_the_first_day_due_again(until: Any, snoozed: bool) -> None:
    known = summary(snooze_until=until)
    assert is_snoozed(known, TODAY) == snoozed
    assert (reasons_left(known, POLICY, TODAY) is None) == (not snoozed)


def test_the_deceased_are_in_no_item_at_all() -> None:
    made = agenda([everything(status="deceased")], events=[EVENT], occasions=OCCASIONS)
    assert reasons(made) == {"event"}
    assert "Everything" not in made.items[0].detail
