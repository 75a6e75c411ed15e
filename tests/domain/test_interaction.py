"""Interactions: who made them, what asks for an answer, and one talk noted twice (FORMAT.md section 4)."""

from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.domain.interaction import Interaction, unite

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

JANE, SAM, ANA = "People/Jane.md", "People/Sam.md", "People/Ana.md"
DAY = date(2026, 11, 20)


def entry(path: str = JANE, line: int = 1, channel: str | None = "call", **more: object) -> Interaction:
    return Interaction(DAY, path, line, channel=channel, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("direction", "by_user", "by_contact"),
    [("out", True, False), ("in", False, True), ("both", True, True), (None, True, False)],
)
def test_who_reached_out(direction: str | None, by_user: bool, by_contact: bool) -> None:
    touch = entry(direction=direction).touch
    assert (touch.by_user, touch.by_contact) == (by_user, by_contact)


@pytest.mark.parametrize(
    ("channel", "direction", "explicit", "asks"),
    [
        *((channel, "out", False, True) for channel in ("email", "message", "letter", "linkedin")),
        *((channel, "out", False, False) for channel in ("card", "comment", "social", "intro")),
        *((channel, "out", True, True) for channel in ("card", "call", "touch", "email", None)),
        *((channel, "in", True, False) for channel in ("email", "message", None)),
        ("email", "both", True, False),
        ("touch", None, False, False),
        (None, None, False, False),
    ],
)
def test_what_asks_for_an_answer(
    channel: str | None, direction: str | None, explicit: bool, asks: bool
) -> None:
    one = entry(channel=channel, direction=direction, explicit=explicit)
    assert one.asks_for_answer is asks
    assert one.touch.asks_for_answer is asks


def test_a_touch_tells_what_the_rules_need() -> None:
    touch = entry(SAM, 7, "email", direction="out", kinds=("gave",), text="x").touch
    assert (touch.date, touch.channel, touch.direction, touch.kinds) == (DAY, "email", "out", ("gave",))


class TestUnite:
    """The same talk noted twice counts once: the contact's own note wins, kinds are joined."""

    def test_in_two_notes(self) -> None:
        own = entry(JANE, 3, kinds=("gave",), text="own")
        other = entry(SAM, 9, kinds=("asked", "gave"), text="other")
        assert unite(JANE, [other, own]) == [own._replace(kinds=("gave", "asked"))]
        assert unite(SAM, [other, own]) == [other]
        assert unite(JANE, [own, other._replace(kinds=())]) == [own]

    def test_in_two_notes_that_are_neither_s_own(self) -> None:
        found = unite(JANE, [entry(SAM), entry(ANA)])
        assert [one.path for one in found] == [ANA]

    def test_in_three_notes(self) -> None:
        found = unite(JANE, [entry(SAM, kinds=("news",)), entry(ANA, kinds=("gave",)), entry(JANE)])
        assert [(one.path, sorted(one.kinds)) for one in found] == [(JANE, ["gave", "news"])]

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param({"channel": "email"}, id="another channel"),
            pytest.param({"channel": None}, id="no channel"),
            pytest.param({"date": date(2026, 11, 21)}, id="another day"),
            pytest.param({"path": JANE, "line": 2}, id="the same note: two talks"),
        ],
    )
    def test_what_are_two_talks(self, other: dict[str, object]) -> None:
        second = entry(SAM)._replace(**other)  # type: ignore[arg-type]
        assert len(unite(JANE, [entry(JANE), second])) == 2

    def test_two_talks_of_one_day_in_the_own_note_and_one_of_them_elsewhere(self) -> None:
        found = unite(JANE, [entry(JANE, 1), entry(JANE, 2), entry(SAM, 5)])
        assert [(one.path, one.line) for one in found] == [(JANE, 1), (JANE, 2)]

    def test_without_a_channel_too(self) -> None:
        assert len(unite(JANE, [entry(JANE, channel=None), entry(SAM, channel=None)])) == 1

    def test_without_a_channel_other_words_are_another_talk(self) -> None:
        dinner, walk = (
            entry(path, channel=None, text=text) for path, text in ((JANE, "dinner"), (SAM, "a walk"))
        )
        assert len(unite(JANE, [dinner, walk])) == 2

    def test_they_come_by_date_and_time(self) -> None:
        late = entry(line=1, channel="call", time="14:30")
        early = entry(line=2, channel="email", time="09:00")
        before = entry(line=3)._replace(date=date(2026, 11, 1))
        assert unite(JANE, [late, early, before]) == [before, early, late]


ENTRIES = st.lists(
    st.builds(
        Interaction,
        st.sampled_from([DAY, date(2026, 11, 21)]),
        st.sampled_from([JANE, SAM, ANA]),
        st.integers(1, 5),
        channel=st.sampled_from([None, "call", "email"]),
        kinds=st.sampled_from([(), ("gave",), ("asked", "gave")]),
    ),
    max_size=8,
    unique_by=lambda one: (one.path, one.line),
)


@STEADY
@given(ENTRIES, st.randoms())
def test_uniting_loses_no_day_no_channel_and_no_kind(entries: list[Interaction], random: Random) -> None:
    found = unite(JANE, entries)
    shuffled = [*entries]
    random.shuffle(shuffled)
    assert unite(JANE, shuffled) == found == unite(JANE, found)

    def told(some: list[Interaction]) -> set[tuple[object, ...]]:
        return {(one.date, one.channel, kind) for one in some for kind in ("", *one.kinds)}

    assert told(found) == told(entries)
    own = [(one.date, one.channel, one.line) for one in entries if one.path == JANE]
    assert sorted(own, key=repr) == sorted(
        [(one.date, one.channel, one.line) for one in found if one.path == JANE], key=repr
    )


def test_the_channels_of_the_contract() -> None:
    assert {name for name, direction in DIRECTIONS.items() if direction == "both"} == {
        *("call", "video", "coffee", "lunch", "meeting", "event")
    }
    assert [name for name, direction in DIRECTIONS.items() if direction is None] == ["touch"]
