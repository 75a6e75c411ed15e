"""Giving and asking: RULES.md, derived facts; and how asks are rationed."""

from datetime import date

import pytest
from hypothesis import given

from domain.make import POLICY, TODAY, ago, ahead, contact, entry, histories, policy, summary, touch
from vaultkeeper.domain.balance import ask_from, balance, may_ask
from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.summary import Summary, summarise


def said(*days_and_kinds: tuple[int, str]) -> Summary:
    return summary(*(touch(ago(day), "email", *kinds.split()) for day, kinds in days_and_kinds))


@pytest.mark.parametrize(
    ("known", "gave", "asked"),
    [
        pytest.param(said(), 0, 0, id="nothing"),
        pytest.param(said((9, "checkin"), (5, "thanks"), (4, "helped"), (3, "")), 0, 0, id="neither"),
        pytest.param(said((9, "gave"), (5, "gave"), (1, "asked")), 2, 1, id="both"),
        pytest.param(said((9, "intro")), 1, 0, id="an introduction is a gift"),
        pytest.param(said((9, "intro gave")), 1, 0, id="one entry gives once"),
        pytest.param(said((9, "gave asked")), 1, 1, id="and may ask, too"),
        pytest.param(summary(touch(ahead(1), "lunch", "asked")), 0, 0, id="not what is planned"),
    ],
)
def test_gives_against_asks(known: Summary, gave: int, asked: int) -> None:
    found = balance(known, POLICY, TODAY)
    assert (found.gave, found.asked) == (gave, asked)


def test_the_last_of_each() -> None:
    found = balance(said((90, "asked"), (80, "gave"), (30, "asked"), (20, "intro"), (10, "")), POLICY, TODAY)
    assert (found.last_gave, found.last_asked) == (ago(20), ago(30))
    nothing = balance(said(), POLICY, TODAY)
    assert (nothing.last_gave, nothing.last_asked) == (None, None)


def test_an_introduction_in_both_notes_counts_once() -> None:
    own = entry(ago(9), "intro", "intro", participants=("Sam Lee",))
    other = entry(ago(9), "intro", "intro", path="People/Sam Lee.md", participants=("Jane Doe",))
    assert balance(summarise(contact(), [own, other], ()), POLICY, TODAY).gave == 1


@pytest.mark.parametrize(
    ("known", "still_open"),
    [
        pytest.param(said((90, "asked"), (60, "asked")), [90, 60], id="oldest first"),
        pytest.param(
            said((90, "asked"), (60, "asked"), (50, "helped")), [60], id="an answer closes the oldest"
        ),
        pytest.param(said((90, "asked"), (60, "asked"), (50, "declined")), [60], id="a refusal, too"),
        pytest.param(
            said((90, "asked"), (60, "asked"), (50, "helped"), (40, "declined")), [], id="two of them"
        ),
        pytest.param(said((90, "helped"), (60, "asked")), [60], id="help before the ask is no answer"),
        pytest.param(said((60, "asked helped")), [], id="asked and answered in one talk"),
        pytest.param(
            said((60, "asked"), (50, "declined asked")), [50], id="refused, and asked for another thing"
        ),
        pytest.param(said((60, "asked"), (50, "")), [60], id="a mail that says nothing of it"),
    ],
)
def test_open_asks(known: Summary, still_open: list[int]) -> None:
    assert balance(known, POLICY, TODAY).open_asks == tuple(map(ago, still_open))


@pytest.mark.parametrize(
    ("known", "refused"),
    [
        pytest.param(said((31, "asked")), 1, id="open for more than 30 days"),
        pytest.param(said((30, "asked")), 0, id="open for 30 days: one may still hope"),
        pytest.param(said((90, "asked"), (80, "declined")), 1, id="declined"),
        pytest.param(said((90, "asked"), (80, "helped")), 0, id="helped"),
        pytest.param(
            said((200, "asked"), (190, "declined"), (90, "asked")), 2, id="declined, then unanswered"
        ),
        pytest.param(
            said((200, "asked"), (190, "declined"), (90, "asked"), (80, "helped")), 0, id="helped since"
        ),
        pytest.param(
            said((200, "asked"), (190, "helped"), (90, "asked"), (80, "declined")), 1, id="helped before"
        ),
        pytest.param(said((90, "asked"), (20, "asked")), 1, id="the latest is still open"),
    ],
)
def test_refused_asks_in_a_row(known: Summary, refused: int) -> None:
    assert balance(known, POLICY, TODAY).refused == refused


@given(histories())
def test_said_another_way(touches: list[Touch]) -> None:
    asks: list[tuple[date, str]] = []
    for t in touches:
        if "asked" in t.kinds:
            asks.append((t.date, "open"))
        for answer in ("helped", "declined"):
            waiting = [n for n, (_, state) in enumerate(asks) if state == "open"]
            if answer in t.kinds and waiting:
                asks[waiting[0]] = (asks[waiting[0]][0], answer)
    gifts = [t.date for t in touches if "gave" in t.kinds or "intro" in t.kinds]
    hopeful = [ask for ask in asks if not (ask[1] == "open" and (TODAY - ask[0]).days <= 30)]
    since_help = "".join({"open": "n", "declined": "n", "helped": "y"}[state] for _, state in hopeful)
    found = balance(summary(*touches), POLICY, TODAY)
    assert found.gave == len(gifts)
    assert found.asked == len(asks)
    assert found.last_gave == (gifts[-1] if gifts else None)
    assert found.last_asked == (asks[-1][0] if asks else None)
    assert found.open_asks == tuple(day for day, state in asks if state == "open")
    assert found.refused == len(since_help) - len(since_help.rstrip("n"))


MAY_ASK = [
    pytest.param(said(), True, id="never asked, never given"),
    pytest.param(said((300, "gave"), (60, "asked"), (55, "helped")), True, id="asked 60 days ago"),
    pytest.param(said((300, "gave"), (59, "asked"), (55, "helped")), False, id="asked 59 days ago"),
    pytest.param(said((300, "asked"), (290, "helped"), (200, "gave")), True, id="as many gives as asks"),
    pytest.param(said((300, "asked"), (290, "helped")), False, id="more asks than gives"),
    pytest.param(said((300, "gave"), (200, "asked"), (190, "declined")), True, id="refused once"),
    pytest.param(
        said(
            (400, "gave"), (399, "gave"), (300, "asked"), (290, "declined"), (200, "asked"), (190, "declined")
        ),
        False,
        id="refused twice",
    ),
    pytest.param(
        said((400, "gave"), (399, "gave"), (300, "asked"), (290, "declined"), (200, "asked")),
        False,
        id="refused, then unanswered",
    ),
    pytest.param(
        said(
            (400, "gave"),
            (399, "gave"),
            (300, "asked"),
            (200, "asked"),
            (190, "declined"),
            (180, "helped"),
        ),
        True,
        id="refused, then helped",
    ),
]


@pytest.mark.parametrize(("known", "welcome"), MAY_ASK)
def test_when_an_ask_is_welcome(known: Summary, welcome: bool) -> None:
    assert may_ask(known, POLICY, TODAY, cold=False) == welcome
    assert not may_ask(known, POLICY, TODAY, cold=True)


@pytest.mark.parametrize(
    ("known", "day"),
    [
        pytest.param(said(), None, id="never asked"),
        pytest.param(said((59, "asked")), ahead(1), id="asked 59 days ago"),
        pytest.param(said((60, "asked")), None, id="asked 60 days ago"),
        pytest.param(said((300, "asked"), (10, "asked")), ahead(50), id="the last counts"),
    ],
)
def test_from_when_one_may_ask_again(known: Summary, day: date | None) -> None:
    assert ask_from(known, POLICY, TODAY) == day


def test_asks_are_rationed_by_the_configs_numbers() -> None:
    known = said((300, "gave"), (59, "asked"), (55, "helped"))
    assert may_ask(known, policy(ask_every_days=59), TODAY, cold=False)
    assert not may_ask(said((300, "gave"), (200, "asked")), policy(ask_most_refused=1), TODAY, cold=False)
