"""`follow-up`: what was promised, by its date (RULES.md, what the agenda lists)."""

from datetime import date

import pytest

from domain.make import TODAY, agenda, ago, ahead, promise, summary
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.item import Item


def promised(*follow_ups: FollowUp, **changes: int) -> Item | None:
    made = agenda([summary(follow_ups=follow_ups)], **changes)
    return next((item for item in made.items if item.reason == "follow-up"), None)


@pytest.mark.parametrize(
    ("one", "due"),
    [
        pytest.param(promise(due=ahead(7)), ahead(7), id="at the window's end"),
        pytest.param(promise(due=ahead(8)), None, id="a day beyond"),
        pytest.param(promise(due=TODAY), TODAY, id="today"),
        pytest.param(promise(due=ago(900)), ago(900), id="long past"),
        pytest.param(promise(due=ago(1), state="done"), None, id="kept"),
        pytest.param(promise(due=ago(1), state="cancelled"), None, id="called off"),
        pytest.param(promise(due=ahead(3), own=False), ahead(3), id="dated, in another note"),
        pytest.param(promise(made=ago(9)), ago(7), id="undated: two days after it was made"),
        pytest.param(promise(made=TODAY), ahead(2), id="undated, made today"),
        pytest.param(promise(made=ago(9), own=False), None, id="undated, in another note"),
        pytest.param(promise(), None, id="undated, and nobody knows since when"),
        pytest.param(promise(made=ago(9), due=ahead(3)), ahead(3), id="its own date counts"),
    ],
)
def test_which_promises_are_listed_and_when(one: FollowUp, due: date | None) -> None:
    item = promised(one)
    assert (item.due if item else None) == due


def test_the_window_is_as_wide_as_asked() -> None:
    assert promised(promise(due=ahead(1)), days=0) is None
    assert promised(promise(due=TODAY), days=0) is not None
    assert promised(promise(due=ahead(30)), days=30) is not None


def test_several_are_one_item_by_date() -> None:
    item = promised(promise("the list", due=ahead(5)), promise("the book", due=ago(3)), promise("some day"))
    assert item is not None
    assert item.due == ago(3)
    assert item.detail == "the book, by Sunday 22 November; the list, by Monday 30 November"


def test_promises_stand_first_by_date() -> None:
    people = [summary(follow_ups=[promise(due=ago(n))], name=str(n), tier="A") for n in (3, 40, 11)]
    found = [item.due for item in agenda(people).items if item.reason == "follow-up"]
    assert found == [ago(40), ago(11), ago(3)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#task Send the plan #work #q4", "Send the plan"),
        ("Send the #plan today", "Send the #plan today"),
        ("#work[[Jane Doe]] the plan", "[[Jane Doe]] the plan"),
        ("the plan #work[[Jane Doe]]", "the plan #work[[Jane Doe]]"),
        ("#plan", "#plan"),
        ("C# for  her", "C# for her"),
    ],
)
def test_its_words_are_without_the_tags_around_them(text: str, words: str) -> None:
    assert promise(text).words == words
