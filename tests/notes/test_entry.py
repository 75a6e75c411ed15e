"""One entry of the log: every form of FORMAT.md section 4 that a person may write; what is written back."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.domain.channel import DIRECTIONS
from vaultkeeper.domain.interaction import KINDS
from vaultkeeper.notes.entry import Dated, Head, read_date, read_head, read_kinds, write_entry

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

DAY = date(2026, 11, 20)
OWN = {**DIRECTIONS, "signal": "out", "padel": "both", "dm": None}


def read(entry: str, channels: dict[str, str | None] = DIRECTIONS) -> tuple[Dated, Head]:
    dated = read_date(entry)
    assert dated is not None
    return dated, read_head(dated.rest, channels)


def head(
    channel: str | None = None,
    direction: str | None = None,
    text: str = "",
    *people: str,
    explicit: bool = False,
) -> Head:
    return Head(channel, direction, explicit, people, text)


@pytest.mark.parametrize(
    ("written", "day", "time", "rest"),
    [
        pytest.param("2026-11-20", DAY, None, "", id="alone"),
        pytest.param("2026-11-20 call: x", DAY, None, "call: x", id="then words"),
        pytest.param("2026-11-20\tcall: x", DAY, None, "call: x", id="a tab"),
        pytest.param("2026-11-20   call", DAY, None, "call", id="several spaces"),
        pytest.param("2026-11-20\u00a0call", DAY, None, "call", id="a no-break space, as Mac keyboards type"),
        pytest.param("2026-11-20: call", DAY, None, ": call", id="a colon"),
        pytest.param("2026-11-20, call", DAY, None, "call", id="a comma"),
        pytest.param("2026-11-20. Call", DAY, None, "Call", id="a full stop"),
        pytest.param("2026-11-20/21 fair", DAY, None, "/21 fair", id="to the next day"),
        pytest.param("2026-11-20–22 fair", DAY, None, "–22 fair", id="a span of days"),
        pytest.param("2026-11-20 14:30 call", DAY, "14:30", "call", id="a time"),
        pytest.param("2026-11-20 9:05 call", DAY, "09:05", "call", id="a short time"),
        pytest.param("2026-11-20 14:30", DAY, "14:30", "", id="a time alone"),
        pytest.param("2026-11-20 14:30: call", DAY, "14:30", ": call", id="a colon after the time"),
        pytest.param("2026-11-20 14:30, call", DAY, "14:30", "call", id="a comma after the time"),
        pytest.param("2026-11-20T14:30 call", DAY, "14:30", "call", id="ISO with a T"),
        pytest.param("2026-11-20 25:10 call", DAY, None, "25:10 call", id="no such hour"),
        pytest.param("2026-11-20 10:60 call", DAY, None, "10:60 call", id="no such minute"),
        pytest.param("2026-11-20 T14:30 call", DAY, None, "T14:30 call", id="a word that looks like a time"),
        pytest.param("2026-11-20 10:30pm", DAY, None, "10:30pm", id="an English time stays text"),
        pytest.param("[[2026-11-20]] call", DAY, None, "call", id="a link"),
        pytest.param("[[2026-11-20]] 14:30 call", DAY, "14:30", "call", id="a link and a time"),
        pytest.param("[[Journal/2026-11-20]] call", DAY, None, "call", id="a link with its folder"),
        pytest.param("[[2026-11-20|Friday]] call", DAY, None, "call", id="a link that shows a name"),
        pytest.param("[[Nov 20, 2026|2026-11-20]] call", DAY, None, "call", id="a link that shows the date"),
        pytest.param("**2026-11-20** call", DAY, None, "call", id="bold"),
        pytest.param("__2026-11-20__: call", DAY, None, ": call", id="bold with underscores"),
        pytest.param("**[[2026-11-20]]** call", DAY, None, "call", id="a bold link"),
        pytest.param("2026-1-5 call", date(2026, 1, 5), None, "call", id="without zeros"),
        pytest.param("2027-02-28 lunch", date(2027, 2, 28), None, "lunch", id="in the future"),
        pytest.param("2024-02-29 x", date(2024, 2, 29), None, "x", id="a leap day"),
        pytest.param("2026-02-29 x", None, None, "x", id="no leap day that year"),
        pytest.param("2026-13-01 x", None, None, "x", id="no such month"),
        pytest.param("0000-01-01 x", None, None, "x", id="no such year"),
        pytest.param("[[2026-11-31]] x", None, None, "x", id="a link to no day"),
    ],
)
def test_a_leading_date_is_read(written: str, day: date | None, time: str | None, rest: str) -> None:
    dated = read_date(written)
    assert dated is not None
    assert (dated.day, dated.time, dated.rest) == (day, time, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call 2026-11-20",
        "20.11.2026 call",
        "2026-11",
        "2026-11-200",
        "2026-11-20th",
        "2026-11-20-draft",
        "12026-11-20",
        "[[Jane Doe]] called",
        "[[2026-11-20",
        "[[2026-11-20]",
        "[[2026-11-20 Offsite]]",
        "(2026-11-20)",
        "on 2026-11-20",
        "٢٠٢٦-١١-٢٠ call",
    ],
)
def test_other_text_begins_with_no_date(text: str) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        # the contract's own
        pytest.param(
            "call: caught up; she is moving to Berlin #checkin",
            head("call", "both", "caught up; she is moving to Berlin #checkin"),
            id="the first example",
        ),
        pytest.param(
            "email out: sent the robotics article #gave",
            head("email", "out", "sent the robotics article #gave", explicit=True),
            id="the second example",
        ),
        pytest.param(
            "coffee with [[Sam Lee]], [[Ana Ruiz]]: talked about hiring",
            head("coffee", "both", "talked about hiring", "Sam Lee", "Ana Ruiz"),
            id="the third example",
        ),
        pytest.param("call in Berlin: x", head("call", "both", "in Berlin: x"), id="call in Berlin"),
        pytest.param(
            "lunch with Sam (no link): x", head("lunch", "both", "with Sam (no link): x"), id="no link"
        ),
        pytest.param(
            "coffee with [[A]] and [[B]]",
            head("coffee", "both", "", "A", "B"),
            id="two participants, no text",
        ),
        pytest.param("Talked to her: x", head(text="Talked to her: x"), id="no channel, all text"),
        # channels
        pytest.param("call", head("call", "both"), id="a channel alone"),
        pytest.param("call:", head("call", "both"), id="a channel and a colon"),
        pytest.param("CALL: x", head("call", "both", "x"), id="case is ignored"),
        pytest.param("call : x", head("call", "both", "x"), id="a space before the colon"),
        pytest.param("call  :  x ", head("call", "both", "x"), id="spaces everywhere"),
        pytest.param("call\tout:\tx", head("call", "out", "x", explicit=True), id="tabs"),
        pytest.param("call her back", head("call", "both", "her back"), id="a channel, then words"),
        pytest.param("called: x", head(text="called: x"), id="a longer word is no channel"),
        pytest.param("calls went well", head(text="calls went well"), id="nor is a plural"),
        pytest.param("the call: x", head(text="the call: x"), id="only the next word"),
        pytest.param("call, then lunch", head(text="call, then lunch"), id="a comma is no end of it"),
        pytest.param("call-back: x", head(text="call-back: x"), id="a hyphen neither"),
        pytest.param("pigeon: x", head(text="pigeon: x"), id="a word not in the list"),
        pytest.param(": call: x", head(text="call: x"), id="a colon before everything: all is text"),
        pytest.param("", head(), id="nothing"),
        # directions
        pytest.param("email in: x", head("email", "in", "x", explicit=True), id="in"),
        pytest.param("call both: x", head("call", "both", "x", explicit=True), id="both"),
        pytest.param("email OUT: x", head("email", "out", "x", explicit=True), id="direction in capitals"),
        pytest.param("email in", head("email", "in", explicit=True), id="direction at the line's end"),
        pytest.param("touch: x", head("touch", None, "x"), id="touch has none"),
        pytest.param("touch in: x", head("touch", "in", "x", explicit=True), id="touch may say one"),
        pytest.param("out: sent it", head(None, "out", "sent it", explicit=True), id="without a channel"),
        pytest.param("email inside: x", head("email", "out", "inside: x"), id="inside is no direction"),
        pytest.param(
            "email in, then out: x", head("email", "out", "in, then out: x"), id="more than grammar"
        ),
        pytest.param("email ın: x", head("email", "out", "ın: x"), id="a dotless i is no direction"),
        pytest.param("EMAIL İN: x", head("email", "out", "İN: x"), id="nor is a dotted one"),
        # with
        pytest.param("with [[A]]: x", head(None, None, "x", "A"), id="with, and no channel"),
        pytest.param("call in with [[A]]: x", head("call", "in", "x", "A", explicit=True), id="in with"),
        pytest.param("call with [[A]] in: x", head("call", "both", "with [[A]] in: x"), id="the other order"),
        pytest.param("call With [[A]] And [[B]]: x", head("call", "both", "x", "A", "B"), id="in capitals"),
        pytest.param("call with [[A]] & [[B]]: x", head("call", "both", "x", "A", "B"), id="an ampersand"),
        pytest.param("call with [[A]]&[[B]]", head("call", "both", "", "A", "B"), id="without spaces"),
        pytest.param(
            "call with [[A]], [[B]] and [[C]]: x",
            head("call", "both", "x", "A", "B", "C"),
            id="a comma and and",
        ),
        pytest.param(
            "call with [[A]], [[B]], and [[C]]: x",
            head("call", "both", "x", "A", "B", "C"),
            id="Oxford comma",
        ),
        pytest.param(
            "call with [[A]] [[B]]: x", head("call", "both", "with [[A]] [[B]]: x"), id="not parted"
        ),
        pytest.param(
            "call with [[A]] or [[B]]: x", head("call", "both", "with [[A]] or [[B]]: x"), id="parted by or"
        ),
        pytest.param(
            "call with [[A]] and Bob: x",
            head("call", "both", "with [[A]] and Bob: x"),
            id="one without a link",
        ),
        pytest.param("call with: x", head("call", "both", "with: x"), id="with nobody"),
        pytest.param("call with", head("call", "both", "with"), id="with at the end"),
        pytest.param(
            "call within [[A]]: x", head("call", "both", "within [[A]]: x"), id="within is not with"
        ),
        pytest.param(
            "call with [[People/Jane Doe#Log|Jane]]: x",
            head("call", "both", "x", "People/Jane Doe#Log"),
            id="path, heading and alias",
        ),
        pytest.param(
            "call with [Jane](People/Jane%20Doe.md) and [[Sam]]: x",
            head("call", "both", "x", "People/Jane Doe.md", "Sam"),
            id="a Markdown link",
        ),
        pytest.param(
            "call with [Jane](<People/Jane Doe.md>): x",
            head("call", "both", "x", "People/Jane Doe.md"),
            id="a Markdown link in angle brackets",
        ),
        pytest.param(
            "call with [Jane](https://jane.example): x",
            head("call", "both", "with [Jane](https://jane.example): x"),
            id="a web address is nobody",
        ),
        pytest.param("call with ![[A]]: x", head("call", "both", "with ![[A]]: x"), id="an embed is nobody"),
        # where the head ends
        pytest.param("call: a: b", head("call", "both", "a: b"), id="the first colon counts"),
        pytest.param(
            "call with [[A|Ann: the boss]]: x", head("call", "both", "x", "A"), id="a colon inside a link"
        ),
        pytest.param(
            "call with [[A|a: b]], [[B|c: d]]: x", head("call", "both", "x", "A", "B"), id="inside two links"
        ),
        pytest.param("call :[[A]]: x", head("call", "both", ":[[A]]: x"), id="a colon that a link touches"),
        pytest.param(
            "email out https://a.example/b: x",
            head("email", "out", "out https://a.example/b: x"),
            id="an address in the head makes it text",
        ),
        pytest.param(
            "email out: https://a.example: read it",
            head("email", "out", "https://a.example: read it", explicit=True),
            id="an address in the text",
        ),
        pytest.param("call 14:30 her time: x", head("call", "both", "14:30 her time: x"), id="a time, later"),
        pytest.param("call out\u00a0: x", head("call", "out", "x", explicit=True), id="a no-break space"),
    ],
)
def test_the_head_is_read_as_the_contract_says(rest: str, expected: Head) -> None:
    assert read_head(rest, DIRECTIONS) == expected


BOTH = ("call", "video", "coffee", "lunch", "meeting", "event")
OUT = ("email", "message", "letter", "card", "linkedin", "comment", "social", "intro")


@pytest.mark.parametrize(
    ("channel", "direction"),
    [*((channel, "both") for channel in BOTH), *((channel, "out") for channel in OUT), ("touch", None)],
)
def test_a_channel_has_its_direction(channel: str, direction: str | None) -> None:
    assert read_head(f"{channel}: x", DIRECTIONS) == head(channel, direction, "x")
    assert read_head(f"{channel} in: x", DIRECTIONS) == head(channel, "in", "x", explicit=True)


def test_these_are_all_the_channels() -> None:
    assert {*BOTH, *OUT, "touch"} == set(DIRECTIONS)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("signal: x", head("signal", "out", "x")),
        ("Padel with [[Sam]]", head("padel", "both", "", "Sam")),
        ("dm in: x", head("dm", "in", "x", explicit=True)),
        ("dm: x", head("dm", None, "x")),
        ("call: x", head("call", "both", "x")),
    ],
)
def test_the_config_s_own_channels_are_read(rest: str, expected: Head) -> None:
    assert read_head(rest, OWN) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        *((f"x #{kind} y", (kind,)) for kind in KINDS),
        ("#thanks", ("thanks",)),
        ("#Thanks and #GAVE", ("thanks", "gave")),
        ("(#gave)", ("gave",)),
        ("#gave, #asked. #news!", ("gave", "asked", "news")),
        ("#gave #gave", ("gave",)),
        ("one\n#gave\n\ttwo #asked", ("gave", "asked")),
        ("no tags", ()),
        ("#robotics", ()),
        ("word#thanks", ()),
        ("#thanksgiving", ()),
        ("#thanks-giving", ()),
        ("#thanks/big", ()),
        ("#big/thanks", ()),
        ("#thanks_all", ()),
        ("#thanksé", ()),
        ("##thanks", ()),
        ("# thanks", ()),
        ("https://a.example/#news", ()),
        ("[[Jane#news]]", ()),
    ],
)
def test_kinds_are_ordinary_tags(text: str, kinds: tuple[str, ...]) -> None:
    assert read_kinds(text) == kinds


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ({"text": "caught up", "channel": "call"}, "2026-11-20 call: caught up"),
        ({"text": "x", "channel": "email", "direction": "in"}, "2026-11-20 email in: x"),
        ({"text": "x", "time": "14:30", "channel": "call"}, "2026-11-20 14:30 call: x"),
        (
            {"text": "x", "channel": "coffee", "people": ("[[Sam Lee]]", "[[Ana Ruiz]]")},
            "2026-11-20 coffee with [[Sam Lee]], [[Ana Ruiz]]: x",
        ),
        ({"text": "", "channel": "call"}, "2026-11-20 call"),
        ({"text": "", "people": ("[[Sam]]",)}, "2026-11-20 with [[Sam]]"),
        ({"text": "met her by chance"}, "2026-11-20 met her by chance"),
        ({"text": "Talked to her: x"}, "2026-11-20 Talked to her: x"),
        ({"text": ""}, "2026-11-20"),
        ({"text": "call the plumber"}, "2026-11-20 : call the plumber"),
        ({"text": "in: x"}, "2026-11-20 : in: x"),
        ({"text": "14:30 train"}, "2026-11-20 : 14:30 train"),
        ({"text": "with [[A]]"}, "2026-11-20 : with [[A]]"),
    ],
)
def test_an_entry_is_written_in_the_first_form_only(parts: dict[str, object], written: str) -> None:
    assert write_entry(DAY, channels=DIRECTIONS, **parts) == written  # type: ignore[arg-type]


# Nor a backtick: two of them make code of what is between, and of links there is none in code, as in Obsidian.
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="[]|#^`"), min_size=1
).filter(lambda name: name.strip(" \\") and not name.startswith("mailto:") and "://" not in name)
ODD = st.sampled_from(
    ["call", "in", "with", "[[A]]", ":", ": ", "14:30", "T9:00", "2026-01-02", "and", "#gave", ",", "[", "]"]
)
LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"))
TEXTS = (LINE | st.lists(ODD | LINE).map(" ".join) | st.lists(ODD).map("".join)).map(str.strip)


@settings(STEADY, max_examples=400)
@given(
    day=st.dates(),
    text=TEXTS,
    time=st.none() | st.times().map(lambda time: f"{time:%H:%M}"),
    channel=st.none() | st.sampled_from(sorted(OWN)),
    direction=st.none() | st.sampled_from(["in", "out", "both"]),
    people=st.lists(NAMES.map(str.strip).filter(bool), max_size=3),
)
def test_what_is_written_is_read_back(
    day: date, text: str, time: str | None, channel: str | None, direction: str | None, people: list[str]
) -> None:
    links = tuple(f"[[{name}]]" for name in people)
    entry = write_entry(day, text, OWN, time=time, channel=channel, direction=direction, people=links)
    dated, back = read(entry, OWN)
    default = OWN[channel] if channel else None
    targets = tuple(name.rstrip("\\") for name in people)
    assert (dated.day, dated.time) == (day, time)
    assert back == Head(channel, direction or default, direction is not None, targets, text)


@STEADY
@given(TEXTS | st.text())
def test_any_text_has_a_head_that_loses_no_word(text: str) -> None:
    found = read_head(text, DIRECTIONS)
    assert text.rstrip().endswith(found.text)
    if not found.participants and not found.explicit and found.channel is None:
        assert found.text in (text.strip(), text.strip().removeprefix(":").strip())


@STEADY
@given(st.text() | TEXTS)
def test_a_date_is_read_whatever_follows_it(text: str) -> None:
    dated = read_date(f"2026-11-20 {text}")
    assert dated is not None
    assert dated.day == DAY
    assert text.endswith(dated.rest)


@STEADY
@given(st.text() | TEXTS, st.sampled_from(["", "[[", "**[[", "__"]))
def test_any_text_may_be_asked_for_its_date(text: str, start: str) -> None:
    dated = read_date(start + text)
    assert dated is None or (dated.written in start + text and (start + text).endswith(dated.rest))
