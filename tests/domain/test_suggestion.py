"""What each line suggests: RULES.md, the mix of strategies."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.make import (
    MONDAY,
    POLICY,
    TODAY,
    ago,
    ahead,
    contact,
    entry,
    histories,
    promise,
    situation,
    summary,
    touch,
)
from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.event import Event, News
from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.reason.base import view_of_week
from vaultkeeper.domain.suggestion import TOUCHES, Situation, recent_types, suggest
from vaultkeeper.domain.suggestion.base import quoted
from vaultkeeper.domain.suggestion.moment import SMALL_ASKS
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.warmth import warmth

BY_CODE = {kind.code: kind for kind in TOUCHES}
NIGHT = Event("Events/Night.md", "Robotics Night", ahead(2), ahead(2), "Berlin")
CHESS = Event("Events/Chess.md", "A chess evening", ahead(2), ahead(2))
JOB = News(ago(9), "I changed jobs")
TALK = entry(ago(20), "call", text="she is moving to Berlin #checkin")


def at(known: Summary | None = None, *why: str, **more: Any) -> Situation:
    return situation(known or summary(), *why, **more)


def facts(**said: Any) -> Summary:
    return summary(**said)


def test_the_types_are_those_of_the_contract_in_its_order() -> None:
    assert [kind.code for kind in TOUCHES] == [
        *("thank", "congratulate", "share", "news", "comment", "checkin", "input", "meet", "invite", "card"),
        *("introduce", "help"),
    ]


STARTED = Anniversary(11, 5, 2026, "started at Globex")
HELPED = [entry(ago(5), "email in", "helped", text="read my draft")]
TALKED_TWICE = summary(touch(ago(40), "touch"), touch(ago(20), "call"))

CONDITIONS = [
    pytest.param("thank", at(None, "thank-you"), "good to meet", id="thank: met"),
    pytest.param("thank", at(None, "thank-you"), "LinkedIn request", id="thank: not connected yet"),
    pytest.param("thank", at(None, "thank-you", talks=[TALK]), "moving to Berlin", id="thank: for the talk"),
    pytest.param("thank", at(None, "thank-you", talks=HELPED), "read my draft", id="thank: helped"),
    pytest.param("thank", at(None, "cadence", talks=HELPED), None, id="thank: not listed for it"),
    pytest.param("congratulate", at(facts(birthday=ahead(1)), "birthday"), "26 November", id="birthday"),
    pytest.param(
        "congratulate", at(facts(birthday=ahead(1)), "cadence"), None, id="birthday: wished already"
    ),
    pytest.param(
        "congratulate",
        at(facts(special_dates=(Anniversary(11, 26, 2021, "founded it"),)), "special-date"),
        "founded it",
        id="special date",
    ),
    pytest.param("congratulate", at(None, "cadence"), None, id="congratulate: nothing near"),
    pytest.param(
        "congratulate", at(facts(special_dates=(STARTED,)), "cadence"), "Globex, 5 November", id="a new job"
    ),
    pytest.param(
        "congratulate", at(facts(special_dates=(Anniversary(10, 26, 2026, "x"),))), "x", id="30 days ago"
    ),
    pytest.param(
        "congratulate", at(facts(special_dates=(Anniversary(10, 25, 2026, "x"),))), None, id="31 days ago"
    ),
    pytest.param(
        "congratulate", at(facts(special_dates=(Anniversary(11, 5, 2025, "x"),))), None, id="a year ago"
    ),
    pytest.param(
        "congratulate", at(facts(special_dates=(Anniversary(11, 5, None, "x"),))), None, id="no year"
    ),
    pytest.param(
        "congratulate",
        at(summary(touch(ago(10)), special_dates=(STARTED,))),
        None,
        id="a new job: written since",
    ),
    pytest.param(
        "congratulate",
        at(summary(touch(ago(10), "email in"), special_dates=(STARTED,))),
        "Globex",
        id="a new job: heard of",
    ),
    pytest.param("congratulate", at(moved=(ago(9), "CTO, Globex")), "CTO, Globex", id="a move"),
    pytest.param("congratulate", at(moved=(ago(365), "CTO")), "CTO", id="a move: a year ago"),
    pytest.param("congratulate", at(moved=(ago(366), "CTO")), None, id="a move: longer ago"),
    pytest.param(
        "congratulate", at(summary(touch(ago(9))), moved=(ago(9), "CTO")), None, id="a move: written since"
    ),
    pytest.param(
        "congratulate",
        at(summary(touch(ago(10)), touch(ago(1), "in")), moved=(ago(9), "CTO")),
        "CTO",
        id="a move: not since",
    ),
    pytest.param(
        "card", at(facts(address=("Elm 1",)), "birthday"), "card", id="card: an address, a birthday"
    ),
    pytest.param("card", at(facts(address=("Elm 1",)), "special-date"), "card", id="card: a special date"),
    pytest.param("card", at(facts(address=("Elm 1",)), "occasion"), "card", id="card: an occasion"),
    pytest.param("card", at(facts(address=("Elm 1",)), "cadence"), None, id="card: no date"),
    pytest.param("card", at(None, "birthday"), None, id="card: no address"),
    pytest.param("help", at(my_help=lambda: ("a CV check", "mock interviews")), "mock interviews", id="help"),
    pytest.param("help", at(), None, id="help: nothing to offer"),
    pytest.param("checkin", at(), "how Jane is", id="check in: always"),
    pytest.param("checkin", at(talks=[TALK]), "she is moving to Berlin", id="check in: the last talk"),
    pytest.param("checkin", at(facts(family=("Leo, son, 9",))), "Leo", id="check in: the family"),
    pytest.param("news", at(untold=[JOB]), "I changed jobs", id="news: untold"),
    pytest.param("news", at(untold=[News(ago(90), "old"), JOB]), "I changed jobs", id="news: the latest"),
    pytest.param("news", at(), None, id="news: all told"),
    pytest.param("share", at(facts(interests=("bird ringing",))), "bird ringing", id="share: an interest"),
    pytest.param("share", at(facts(needs=("a flat",))), "a flat", id="share: a need"),
    pytest.param("share", at(), None, id="share: neither"),
    pytest.param(
        "share",
        at(facts(needs=("a flat",), interests=("chess",)), lead=lambda _: "Sam Lee"),
        "point Jane to Sam Lee",
        id="share: one who can help",
    ),
    pytest.param(
        "share",
        at(facts(needs=("a flat",), interests=("chess",)), my_help=lambda: ("a flat", "a spare room")),
        "you offer a spare room",
        id="share: what I offer",
    ),
    pytest.param(
        "share",
        at(summary(touch(ago(40), "intro", "intro"), needs=("a flat",), interests=("chess",))),
        "chess",
        id="share: a need seen to",
    ),
    pytest.param("introduce", at(match=lambda: ("Sam Lee", "Sam offers flats")), "Sam Lee", id="introduce"),
    pytest.param("introduce", at(), None, id="introduce: no match"),
    pytest.param(
        "invite", at(facts(location=("Berlin",)), events=[NIGHT]), "Robotics Night", id="invite: their place"
    ),
    pytest.param(
        "invite", at(facts(location=("Berlin, DE",)), events=[NIGHT]), "Night", id="invite: in more words"
    ),
    pytest.param(
        "invite", at(facts(interests=("chess",)), events=[CHESS]), "chess evening", id="invite: an interest"
    ),
    pytest.param(
        "invite", at(facts(interests=("robotics", "x")), events=[NIGHT]), "Night", id="invite: one of them"
    ),
    pytest.param(
        "invite", at(facts(interests=("evening classes",)), events=[CHESS]), None, id="invite: half of one"
    ),
    pytest.param(
        "invite", at(facts(interests=("hess",)), events=[CHESS]), None, id="invite: a part of a word"
    ),
    pytest.param(
        "invite", at(facts(location=("Bern",)), events=[NIGHT, CHESS]), None, id="invite: elsewhere"
    ),
    pytest.param("invite", at(facts(location=("Berlin",))), None, id="invite: no event"),
    pytest.param("meet", at(tier_rank=0), "coffee", id="meet: the first tier"),
    pytest.param("meet", at(tier_rank=1), "coffee", id="meet: the second"),
    pytest.param(
        "meet", at(facts(location=("Köln", "Bonn")), tier_rank=0), "in Köln", id="meet: in their place"
    ),
    pytest.param("meet", at(tier_rank=2), None, id="meet: the third"),
    pytest.param(
        "meet", at(facts(location=("Berlin",)), events=[NIGHT]), "You are in Berlin", id="meet: on a trip"
    ),
    pytest.param("meet", at(facts(location=("Bern",)), events=[NIGHT]), None, id="meet: a trip elsewhere"),
    pytest.param("meet", at(facts(needs=("a flat",)), "meeting"), "looks for a flat", id="meet: planned"),
    pytest.param("comment", at(facts(linkedin="x.example/jane")), "post", id="comment: a profile"),
    pytest.param("comment", at(), None, id="comment: none"),
    pytest.param("input", at(TALKED_TWICE, warmth="warm"), "view", id="input"),
    pytest.param("input", at(TALKED_TWICE, warmth="hot"), "view", id="input: hot"),
    pytest.param("input", at(TALKED_TWICE, warmth="cold"), None, id="input: cold"),
    pytest.param("input", at(TALKED_TWICE, "thank-you", warmth="warm"), None, id="input: thanks are due"),
    pytest.param("input", at(summary(touch(ago(9), "call")), warmth="hot"), "view", id="input: one talk"),
]


@pytest.mark.parametrize(("code", "moment", "words"), CONDITIONS)
def test_each_types_condition(code: str, moment: Situation, words: str | None) -> None:
    text = BY_CODE[code].say(moment)
    if words is None:
        assert text is None
    else:
        assert text is not None
        assert words in text


def test_a_linkedin_request_is_not_sent_twice() -> None:
    text = BY_CODE["thank"].say(at(facts(connected=ago(3)), "thank-you"))
    assert text is not None
    assert "LinkedIn" not in text


def test_thanks_for_help_that_was_thanked_for_are_not_said_again() -> None:
    talks = [*HELPED, entry(ago(4), "card", "thanks", text="for the draft")]
    text = BY_CODE["thank"].say(at(None, "thank-you", talks=talks))
    assert text is not None
    assert "for the help" not in text


MOMENTS = [
    pytest.param(("thank-you",), "thank", "good to meet", id="thanks"),
    pytest.param(("birthday",), "congratulate", "happy birthday on Thursday 26", id="birthday"),
    pytest.param(("special-date",), "congratulate", "founded it", id="special date"),
    pytest.param(("occasion",), "congratulate", "wishes for Advent", id="occasion"),
    pytest.param(("meeting",), "news", "Ask after Leo (son, 9)", id="meeting"),
    pytest.param(("nudge",), "news", "Check back", id="nudge"),
]


@pytest.mark.parametrize("style", [(), ("input", "comment", "share")])
@pytest.mark.parametrize(("why", "first", "words"), MOMENTS)
def test_what_the_moment_calls_for_is_said_whatever_type_it_is(
    why: tuple[str, ...], first: str, words: str, style: tuple[str, ...]
) -> None:
    """Also where one of the last two entries was of its type; then something else is suggested along with it."""
    occasion = Anniversary(11, 26, None, "Advent #family")
    own: dict[str, Any] = {"tags": ("family",), "family": ("Leo, son, 9",), "linkedin": "x"}
    if why != ("nudge",):
        own |= {
            "birthday": ahead(1),
            "special_dates": (Anniversary(11, 26, None, "founded it"),),
        }
    said = (touch(ago(300), "call"), touch(ago(20), "email", "asked"))
    for more in ((), (touch(ago(9), "in", "thanks", "congrats", "checkin"),)):
        known = summary(*said, *more, **own) if why != ("nudge",) or not more else summary(*said, **own)
        found = suggest(at(known, *why, changes={"occasions": (occasion,)}, untold=[JOB]), style)
        assert words in found.text
        if not style and not more:
            assert found.touch == first
        if style:
            assert found.touch == "comment"
            assert "post" in found.text
        assert found.touch not in recent_types(at(known))


def test_moments_come_together_and_nothing_is_said_twice() -> None:
    known = summary(family=("Leo",), birthday=ahead(1))
    talks = [entry(ago(3), "email in", "helped", text="read my draft")]
    found = suggest(at(known, "thank-you", "birthday", "meeting", talks=talks))
    assert found.text == (
        "Thank Jane for the help: “read my draft”. Wish Jane a happy birthday on Thursday 26 November."
        " Ask after Leo. Nothing to ask for."
    )


def test_a_meeting_is_prepared_for() -> None:
    known = summary(
        touch(ahead(2), "lunch"),
        follow_ups=[promise("Send the plan", ahead(30))],
        family=("Leo, son",),
        needs=("a flat",),
    )
    plan = entry(ahead(2), "lunch", text="noodles; hear about the course")
    prepared = suggest(at(known, "meeting", talks=[TALK], plans=[plan])).text
    assert prepared == (
        "Last time: “she is moving to Berlin”. For the lunch you noted: “noodles; hear about the course”."
        " You owe: Send the plan, by 25 December. Jane looks for a flat: pass on what you come across."
    )
    assert "Ask after Leo (son)." in suggest(at(known, "meeting", plans=[entry(ahead(2), "lunch")])).text


def test_those_who_helped_in_the_last_year_are_thanked_once_more() -> None:
    known = summary(touch(ago(200), "call", "helped"), touch(ago(199), "card", "thanks"), birthday=ahead(1))
    talks = [entry(ago(200), "call", "helped", text="my CV")]
    assert "once more for the help in May (“my CV”)" in suggest(at(known, "birthday", talks=talks)).text
    assert "once more" not in suggest(at(summary(birthday=ahead(1)), "birthday")).text


@pytest.mark.parametrize("label", ["father died", "the death of her mother", "Memorial day for Ben"])
def test_of_sad_days_one_thinks(label: str) -> None:
    known = summary(special_dates=(Anniversary(11, 26, 2024, label),))
    text = suggest(at(known, "special-date")).text
    assert "think of it" in text
    assert "2 years ago" in text
    assert "Congratulate" not in text


def test_a_card_for_those_who_had_the_wishes_last_time() -> None:
    known = summary(touch(ago(100), "message", "congrats"), birthday=ahead(1), address=("Elm 1",))
    found = suggest(at(known, "birthday"), ("card",))
    assert found.touch == "card"
    assert found.text.startswith("Wish Jane a happy birthday on Thursday 26 November, perhaps by card")
    again = suggest(at(summary(*known.touches, birthday=ahead(1)), "birthday"))
    assert again.touch == "checkin"
    assert "happy birthday" in again.text


def test_the_wishes_are_for_the_day_that_is_near_and_theirs() -> None:
    wedding, jubilee = Anniversary(12, 1, None, "wedding"), Anniversary(11, 26, None, "jubilee")
    known = summary(touch(ago(1)), special_dates=(wedding, jubilee))
    text = suggest(at(known, "special-date")).text
    assert "wedding" in text, "the jubilee is seen to"
    party, advent = Anniversary(11, 26, None, "Party #work"), Anniversary(11, 29, None, "Advent #family")
    told = suggest(at(summary(tags=("family",)), "occasion", changes={"occasions": (party, advent)})).text
    assert "Advent" in told
    assert "Party" not in told


# Variety.

RICH = {
    "interests": ("bird ringing",),
    "needs": ("a flat",),
    "linkedin": "x.example/jane",
    "family": ("Leo, son, 9",),
    "address": ("Elm 1",),
    "location": ("Berlin",),
    "goals": ("speak more",),
}


def rich(*touches: Touch, **more: Any) -> Situation:
    """One whom anything could be said to."""
    return at(
        summary(*touches, **RICH),
        warmth="hot",
        tier_rank=0,
        events=[NIGHT],
        untold=[JOB],
        match=lambda: ("Sam Lee", "both care for chess"),
        my_help=lambda: ("a flat", "a spare room"),
        **more,
    )


EVERYDAY = ("help", "checkin", "news", "share", "introduce", "invite", "meet", "comment", "input")
TWO = (touch(ago(40), "card"), touch(ago(20), ""))
COUNTS_AS = [
    *((f"{head} #checkin", "checkin") for head in ("", "coffee", "email", "in")),
    *((f"{head} #news", "news") for head in ("email", "call")),
    *((f"{head} #gave", "share") for head in ("email", "call")),
    ("email #gave", "help"),
    *(("intro", "introduce"), ("email #intro", "introduce")),
    *((head, "meet") for head in ("coffee", "lunch", "meeting", "coffee #gave", "lunch #news")),
    ("event", "invite"),
    *((head, "comment") for head in ("comment", "linkedin", "social", "email #comment")),
    *((f"{head} #asked", "input") for head in ("email", "call")),
]
COUNTS_NOT_AS = [
    *((head, "checkin") for head in ("email", "message", "call", "video", "email in", "touch", "", "card")),
    *((head, "checkin") for head in ("coffee", "linkedin", "email #asked", "call #news")),
    *(("coffee in", "meet"), ("event in", "invite"), ("linkedin in", "comment")),
    ("email #helped", "help"),
]


def head_of(text: str, days: int) -> Touch:
    words = text.split()
    kinds = [word[1:] for word in words if word.startswith("#")]
    return touch(ago(days), " ".join(word for word in words if not word.startswith("#")), *kinds)


@pytest.mark.parametrize(("text", "code"), COUNTS_AS)
def test_no_type_of_the_last_two_entries(text: str, code: str) -> None:
    """Even where the user's style wants it first; the third last is long enough ago."""
    last, before = rich(head_of(text, 70)), rich(head_of(text, 80), touch(ago(70), ""))
    third = rich(head_of(text, 200), touch(ago(80), ""), touch(ago(70), ""))
    assert code in recent_types(last)
    assert suggest(last, (code,)).touch != code
    assert suggest(before, (code,)).touch != code
    if code != "input":
        assert suggest(third, (code,)).touch == code


@pytest.mark.parametrize(("text", "code"), COUNTS_NOT_AS)
def test_what_is_none_of_it(text: str, code: str) -> None:
    assert suggest(rich(head_of(text, 70)), (code,)).touch == code


def test_a_planned_meeting_is_no_entry_yet() -> None:
    assert recent_types(rich(touch(ahead(1), "lunch"))) == set()


def test_where_none_is_left_ask_how_they_are() -> None:
    known = summary(touch(ago(40), "call", "checkin"), touch(ago(30), "email", "news"))
    found = suggest(at(known, "cadence", warmth="cold"))
    assert (found.touch, found.text) == ("checkin", "Just ask how Jane is.")


def test_week_after_week_something_else() -> None:
    """Each week's suggestion is done, and noted as what it was: no type comes a second time within three."""
    heads = {
        **{"help": "email #gave", "checkin": "call #checkin", "news": "email #news", "share": "email #gave"},
        **{
            "introduce": "intro",
            "invite": "event",
            "meet": "coffee",
            "comment": "comment",
            "input": "call #asked",
        },
    }
    done: list[Touch] = [touch(ago(600), "call", "gave")]
    types: list[str] = []
    for week in range(30):
        types.append(suggest(rich(*done)).touch)
        done.append(head_of(heads[types[-1]], 500 - 7 * week))
    for n in range(2, 30):
        assert types[n] not in types[n - 2 : n]
    assert len(set(types)) >= 3


@pytest.mark.parametrize("code", EVERYDAY)
def test_the_users_own_style_comes_first(code: str) -> None:
    assert suggest(rich(*TWO), ("unheard-of", code.upper())).touch == code


def test_the_order_without_a_style_is_the_registrys() -> None:
    codes = [kind.code for kind in TOUCHES if kind.code in EVERYDAY]
    assert suggest(rich()).touch == codes[0]


@given(histories(), st.lists(st.sampled_from(sorted(BY_CODE)), max_size=4, unique=True))
def test_the_first_that_holds_and_is_not_recent(touches: list[Touch], style: list[str]) -> None:
    moment = rich(*touches)
    found = suggest(moment, tuple(style))
    order = [*style, *(kind.code for kind in TOUCHES if kind.code not in style)]
    possible = [code for code in order if code not in recent_types(moment) and BY_CODE[code].say(moment)]
    assert found.touch == (possible[0] if possible else "checkin")


# Asks.


def asked(*days_and_kinds: tuple[int, str], **more: Any) -> Situation:
    touches = [touch(ago(day), "call", *kinds.split()) for day, kinds in days_and_kinds]
    return at(summary(*touches, **more), "cadence", warmth="warm")


@pytest.mark.parametrize(
    ("moment", "welcome"),
    [
        pytest.param(asked((300, ""), (20, "")), True, id="never asked"),
        pytest.param(asked((300, "gave"), (60, "asked helped"), (40, ""), (30, "")), True, id="60 days ago"),
        pytest.param(asked((300, "gave"), (59, "asked helped"), (40, ""), (30, "")), False, id="59 days ago"),
        pytest.param(asked((200, "asked helped"), (40, ""), (30, "")), False, id="asks exceed gives"),
        pytest.param(asked((300, ""), (20, ""), birthday=ahead(7)), False, id="their birthday in the window"),
        pytest.param(asked((300, ""), (20, ""), birthday=ahead(8)), True, id="a day beyond"),
        pytest.param(asked((300, ""), (1, ""), birthday=ahead(1)), False, id="the birthday, wished already"),
        pytest.param(
            asked((300, ""), (20, ""), special_dates=(Anniversary(11, 26),)), False, id="a special date"
        ),
        pytest.param(
            asked(
                (400, "gave"),
                (399, "gave"),
                (300, "asked declined"),
                (200, "asked declined"),
                (30, ""),
                (20, ""),
            ),
            False,
            id="refused twice",
        ),
    ],
)
def test_asks_are_rationed(moment: Situation, welcome: bool) -> None:
    found = suggest(moment, ("input",))
    assert (found.touch == "input") == welcome
    if not welcome:
        assert not any(ask in found.text for ask in SMALL_ASKS)


@given(
    histories(),
    st.sets(st.sampled_from(["birthday", "special-date", "occasion", "cadence", "thank-you", "meeting"])),
    st.integers(0, 20),
)
def test_no_ask_where_none_is_welcome(touches: list[Touch], why: set[str], birthday: int) -> None:
    known = summary(*touches, birthday=ahead(birthday))
    state = warmth(known, POLICY, TODAY)
    found = suggest(at(known, *why, warmth=state), ("input", "checkin"))
    if found.touch != "input":
        assert not any(ask in found.text for ask in SMALL_ASKS)
        return
    asks = [t.date for t in touches if "asked" in t.kinds]
    gifts = [t.date for t in touches if "gave" in t.kinds]
    assert not asks or TODAY - max(asks) >= timedelta(days=60)
    assert len(asks) <= len(gifts)
    assert state != "cold"
    assert birthday > 7
    assert not why & {"birthday", "special-date", "occasion"}


def test_no_nudge_on_a_special_date_whatever_the_style() -> None:
    known = summary(touch(ago(300), "call"), touch(ago(20), "email", "asked"), birthday=ahead(1))
    found = suggest(at(known, "nudge", "birthday"), ("checkin", "input"))
    assert "Check back" not in found.text
    assert "happy birthday" in found.text
    assert found.text.endswith("Nothing to ask for.")


@pytest.mark.parametrize(
    ("history", "words"),
    [
        pytest.param([(20, "asked")], "make it easy to say no", id="one ask is open"),
        pytest.param(
            [(300, "asked"), (290, "declined"), (20, "asked")], "make it easy to say no", id="refused once"
        ),
        pytest.param(
            [(300, "asked"), (290, "declined"), (40, "asked")],
            "Ask someone else",
            id="the second seems in vain, too",
        ),
    ],
)
def test_a_nudge_for_an_ask(history: list[tuple[int, str]], words: str) -> None:
    known = summary(*(touch(ago(day), "email", kind) for day, kind in history))
    found = suggest(at(known, "nudge"))
    assert found.touch == "checkin"
    assert words in found.text
    assert suggest(at(known, "nudge", untold=[JOB])).touch == "news"


def test_a_nudge_for_an_introduction_asks_how_it_went_even_beside_an_old_ask() -> None:
    introduction = entry(ago(40), "intro", "intro", participants=("Zoe Lind",)).touch
    known = summary(touch(ago(400), "email", "asked"), introduction)
    assert "how it went with Zoe Lind" in suggest(at(known, "nudge")).text


def test_small_asks_take_turns() -> None:
    texts = {suggest(at(TALKED_TWICE, warmth="warm", today=ahead(7 * n)), ("input",)).text for n in range(6)}
    assert len(texts) == len(SMALL_ASKS) == 6


# Something concrete.


@pytest.mark.parametrize("code", EVERYDAY)
def test_every_suggestion_has_something_concrete_of_the_note(code: str) -> None:
    text = suggest(rich(*TWO, talks=[entry(ago(300), "call", text="her new lab")]), (code,)).text
    theirs = (
        "bird ringing",
        "a flat",
        "Leo",
        "Berlin",
        "speak more",
        "her new lab",
        "Sam Lee",
        "I changed jobs",
    )
    assert any(fact in text for fact in theirs), text


@pytest.mark.parametrize("code", ["meet", "comment"])
@pytest.mark.parametrize(
    ("known", "talks", "words"),
    [
        (summary(linkedin="x", interests=("chess",)), [TALK], "she is moving to Berlin"),
        (summary(linkedin="x", interests=("chess",)), [], "chess"),
        (summary(linkedin="x", family=("Leo",)), [], "Leo"),
        (summary(linkedin="x", met_at="PyCon", company=("Acme",)), [], "You met at PyCon"),
        (summary(linkedin="x", company=("Acme",), title=("CTO",)), [], "how things go at Acme"),
        (summary(linkedin="x", title=("CTO",)), [], "how work goes as CTO"),
        (summary(linkedin="x"), [], ""),
    ],
)
def test_the_last_talk_else_an_interest_else_the_family(
    code: str, known: Summary, talks: list[Any], words: str
) -> None:
    assert words in suggest(at(known, talks=talks, tier_rank=0), (code,)).text


def test_links_and_tags_are_left_out_of_what_is_quoted() -> None:
    strip: Callable[[str], str] = lambda text: text.replace("[[", "").replace("]]", "")  # noqa: E731
    talk = entry(ago(20), "call", text="[[Sam Lee]] told her of the lab #checkin #gave")
    text = suggest(at(summary(touch(ago(90), "")), talks=[talk], clean=strip)).text
    assert "“Sam Lee told her of the lab”" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("caught up; she is well.", "“caught up; she is well”"),
        ("#gave #checkin", ""),
        ("", ""),
        ("one two three four", "“one two …”"),
        ("a\n    b", "“a; b”"),
        (
            "caught up; she moves to Berlin\n    No referrals until the new lab has its head count, she says",
            "“caught up; she moves to Berlin”",
        ),
        ("two. three. four.", "“two. three. four”"),
        (f"{'x' * 30}. {'y' * 30}. {'z' * 30}.", f"“{'x' * 30}. {'y' * 30}”"),
        (f"{'word ' * 13}\nand on #news", f"“{'word ' * 13}and on”"),
        (f"Dr. Ada {'x' * 60} y{'z' * 20}", f"“Dr. Ada {'x' * 60} …”"),
        ("x" * 80, f"“{'x' * 80}”"),
    ],
)
def test_quotations_are_short_and_on_one_line(text: str, said: str) -> None:
    assert quoted(text, most=10 if text.startswith("one") else 80) == said


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Jane Doe", "Jane"),
        ("Dr. Jane Doe", "Jane"),
        ("Prof. Dr. Ada", "Ada"),
        ("Mum", "Mum"),
        ("Dr.", "Dr."),
    ],
)
def test_first_names(name: str, called: str) -> None:
    assert at(Summary(contact(name))).first_name == called


def test_what_is_suggested_holds_all_week_and_changes_from_week_to_week() -> None:
    known = summary(touch(ago(60), "card"), family=("Leo", "Mia", "Tom"))
    monday = ago(2)
    weeks = [
        {
            suggest(at(known, warmth="cold", today=monday + timedelta(days=7 * week + n))).text
            for n in range(7)
        }
        for week in range(3)
    ]
    assert [len(texts) for texts in weeks] == [1, 1, 1]
    assert len(set().union(*weeks)) == 3


@given(histories(back=90), st.sampled_from(["input", "share", "news", "meet", "congratulate"]))
def test_the_weeks_note_suggests_the_same_all_week(touches: list[Touch], wish: str) -> None:
    """Though a contact grows cold, or an ask is allowed again, in the middle of it."""
    known = summary(*(t for t in touches if t.date < MONDAY), special_dates=(Anniversary(10, 28, 2026, "x"),))
    texts = set()
    for n in range(7):
        seen = view_of_week(POLICY, ahead(n, MONDAY))
        state = warmth(known, POLICY, seen.measured(known))
        texts.add(suggest(Situation(known, seen, frozenset({"cadence"}), state, 4), (wish,)))
    assert len(texts) == 1


def test_the_configs_numbers_count_for_asks() -> None:
    own = {"ask_every_days": 10}
    moment = situation(
        asked((300, "gave"), (20, "asked helped"), (9, ""), (8, "")).summary, changes=own, warmth="warm"
    )
    assert suggest(moment, ("input",)).touch == "input"
