"""`nudge`: an ask without an answer, once; how an introduction went (RULES.md, what the agenda lists)."""

from datetime import timedelta

import pytest

from domain.make import TODAY, agenda, ago, contact, entry, names, summary, touch, touched
from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.summary import Summary, summarise

HELLO = touch(ago(400), "call")


def asked(days: int, *more: Touch) -> Summary:
    return summary(HELLO, touch(ago(days), "email", "asked"), *more)


@pytest.mark.parametrize(
    ("known", "listed"),
    [
        pytest.param(asked(9), False, id="nine days"),
        pytest.param(asked(10), True, id="ten days"),
        pytest.param(asked(365), True, id="a year"),
        pytest.param(asked(366), False, id="too long ago to ask again"),
        pytest.param(summary(HELLO, touch(ago(20), "call", "asked")), True, id="asked in a call"),
        pytest.param(asked(20, touch(ago(15), "email in")), False, id="they wrote"),
        pytest.param(asked(20, touch(ago(15), "call")), False, id="you talked"),
        pytest.param(asked(20, touch(ago(15), "email in", "declined")), False, id="they declined"),
        pytest.param(asked(20, touch(ago(20), "email in", "helped")), False, id="they helped on the day"),
        pytest.param(asked(20, touch(ago(15))), True, id="you wrote before the ten days were over"),
        pytest.param(asked(20, touch(ago(10))), False, id="nudged: once is enough"),
        pytest.param(asked(20, touch(ago(3), "touch")), False, id="nudged, by a tick"),
        pytest.param(asked(40, touch(ago(29)), touch(ago(12), "email", "asked")), True, id="another ask"),
        pytest.param(asked(40, touch(ago(3), "email", "asked")), False, id="asked for another thing since"),
        pytest.param(summary(HELLO, touch(ago(20))), False, id="a mail that asked nothing"),
    ],
)
def test_an_ask_without_an_answer(known: Summary, listed: bool) -> None:
    assert (names(agenda([known]), "nudge") == ["Jane Doe"]) == listed


def test_it_is_due_ten_days_after_the_ask() -> None:
    item = next(item for item in agenda([asked(12)]).items if item.reason == "nudge")
    assert item.due == ago(2)
    assert "13 November" in item.detail


def test_it_shows_until_the_user_writes_and_never_again() -> None:
    known, days = asked(0), []
    for offset in range(120):
        today = TODAY + timedelta(days=offset)
        if names(agenda([known], today), "nudge"):
            days.append(offset)
            if len(days) == 3:
                known = touched(known, touch(today))
    assert days == [10, 11, 12]


ANA, ZOE = contact("Ana"), contact("Zoe")


def introduced(days: int, *, note: str, more: tuple[Touch, ...] = ()) -> list[Summary]:
    """Ana and Zoe, introduced, as it is told in the notes named in `note`."""
    told = {
        "ana": entry(ago(days), "intro", "intro", path="People/Ana.md", participants=("Zoe",)),
        "zoe": entry(ago(days), "intro", "intro", path="People/Zoe.md", participants=("Ana",)),
        "journal": entry(ago(days), "intro", "intro", path="Journal/x.md", participants=("Ana", "Zoe")),
    }
    entries = [told[name] for name in note.split()]
    return [touched(summarise(one, entries, ()), HELLO, *more) for one in (ANA, ZOE)]


@pytest.mark.parametrize("note", ["ana", "zoe", "ana zoe", "journal"])
def test_how_an_introduction_went_is_asked_of_one_wherever_it_is_told(note: str) -> None:
    people = introduced(30, note=note)
    made = agenda(people)
    assert names(made, "nudge") == ["Ana"]
    assert next(i.detail for i in made.items if i.reason == "nudge").startswith(
        "you introduced Zoe on 26 October"
    )
    assert names(agenda(people, ago(1)), "nudge") == []


@pytest.mark.parametrize("whose", [0, 1])
@pytest.mark.parametrize(("back", "listed"), [(41, True), (40, False), (3, False)])
def test_an_outcome_closes_the_question_for_both_on_whose_side_it_is_noted(
    whose: int, back: int, listed: bool
) -> None:
    people = introduced(40, note="ana zoe")
    people[whose] = touched(people[whose], touch(ago(back), "email in", "outcome"))
    assert bool(names(agenda(people), "nudge")) == listed


def test_an_outcome_noted_in_the_week_gives_the_place_to_nobody() -> None:
    late = [summary(touch(ago(30), "call"), name=f"late {n}", tier="A") for n in range(4)]
    people = introduced(40, note="ana zoe")
    before = names(agenda([*people, *late], quota=3), "cadence")
    people[1] = touched(people[1], touch(TODAY, "email in", "outcome"))
    made = agenda([*people, *late], quota=3)
    assert names(made) == before == ["late 0", "late 1"]


@pytest.mark.parametrize(
    ("days", "more", "listed"),
    [
        (29, (), False),
        (30, (), True),
        (90, (), True),
        (91, (), False),
        (40, (touch(ago(20), "email", "outcome"),), False),
        (40, (touch(ago(40), "email", "outcome"),), False),
        (40, (touch(ago(41), "email", "outcome"),), True),
    ],
)
def test_the_outcome_is_asked_for_after_thirty_days_until_it_is_noted(
    days: int, more: tuple[Touch, ...], listed: bool
) -> None:
    assert bool(names(agenda(introduced(days, note="ana zoe", more=more)), "nudge")) == listed
