"""Which of the user's own news a contact has heard: RULES.md, told."""

import pytest

from domain.make import POLICY, TODAY, ago, ahead, summary, touch
from vaultkeeper.domain.event import News
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.told import untold

NEWS = [News(ago(100), "the course"), News(ago(40), "the job"), News(ago(5), "the move")]


def news_told(*days: int) -> Summary:
    return summary(*(touch(ago(day), "email", "news") for day in days))


@pytest.mark.parametrize(
    ("known", "left"),
    [
        pytest.param(summary(), ["the course", "the job", "the move"], id="nothing told"),
        pytest.param(
            summary(touch(ago(1), "call", "checkin")), ["the course", "the job", "the move"], id="a talk"
        ),
        pytest.param(news_told(101), ["the course", "the job", "the move"], id="told before"),
        pytest.param(news_told(99), ["the job", "the move"], id="the first told"),
        pytest.param(news_told(41), ["the job", "the move"], id="the day before the second"),
        pytest.param(news_told(39), ["the move"], id="the day after the second"),
        pytest.param(news_told(40), ["the job", "the move"], id="on the very day"),
        pytest.param(news_told(1, 99), [], id="all of it"),
        pytest.param(
            summary(touch(ahead(1), "lunch", "news")), ["the course", "the job", "the move"], id="planned"
        ),
    ],
)
def test_what_there_is_to_tell(known: Summary, left: list[str]) -> None:
    assert [item.text for item in untold(known, NEWS, POLICY, TODAY)] == left


@pytest.mark.parametrize(("day", "is_news"), [(-1, False), (0, True), (365, True), (366, False)])
def test_news_is_news_for_a_year_and_not_before_its_day(day: int, is_news: bool) -> None:
    assert bool(untold(summary(), [News(ago(day), "x")], POLICY, TODAY)) == is_news
