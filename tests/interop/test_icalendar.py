"""A calendar: meetings with people who have a note."""

from datetime import date

import pytest

from tests.interop.reading import read, told, traces
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.format import Parsed

ME, JANE, SAM = "me@home.example", "jane@globex.example", "sam@lee.example"
KNOWN = frozenset({JANE, SAM})
INVITED = f"ATTENDEE;CN=Jane Doe;PARTSTAT=ACCEPTED;CUTYPE=INDIVIDUAL:mailto:{JANE}"


def event(*lines: str, start: str = "DTSTART;TZID=Europe/Berlin:20260706T143000", uid: str = "1") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", start, f"ORGANIZER:mailto:{ME}", *lines, "END:VEVENT"])


def calendar(*events: str, head: tuple[str, ...] = ()) -> str:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *head, *events, "END:VCALENDAR", ""]
    )


def parsed(
    *events: str, me: tuple[str, ...] = (ME,), until: date = date(2026, 11, 23), **more: tuple[str, ...]
) -> Parsed:
    return read("ics", calendar(*events, **more), me=me, others=KNOWN, until=until)


def test_a_meeting_with_a_known_attendee() -> None:
    (jane,) = parsed(event("SUMMARY:Hiring\\, [[plan]] #gave", INVITED)).cards
    assert traces(jane) == [("2026-07-06", "meeting", None, "Hiring, ((plan)) gave")]
    assert jane.traces[0].time == "14:30"


def test_a_known_organizer_counts_too_and_a_room_does_not() -> None:
    room = f"ATTENDEE;CUTYPE=ROOM:mailto:{SAM}"
    text = event("SUMMARY:x", room).replace(f"ORGANIZER:mailto:{ME}", f"ORGANIZER;CN=Jane:MAILTO:{JANE}")
    assert [sorted(card.emails) for card in parsed(text).cards] == [[JANE]]


def test_times_in_utc_are_taken_to_the_calendar_s_zone() -> None:
    late = event("SUMMARY:x", INVITED, start="DTSTART:20260706T230000Z")
    assert traces(parsed(late).cards[0])[0][0] == "2026-07-06"
    assert traces(parsed(late, head=("X-WR-TIMEZONE:Europe/Berlin",)).cards[0])[0][0] == "2026-07-07"


def test_a_whole_day_has_no_time() -> None:
    (jane,) = parsed(event("SUMMARY:Offsite", INVITED, start="DTSTART;VALUE=DATE:20260706")).cards
    assert (jane.traces[0].day, jane.traces[0].time) == (date(2026, 7, 6), None)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("STATUS:CANCELLED", INVITED), "cancelled"),
        ((INVITED, f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ME}"), "that you declined"),
        ((INVITED.replace("ACCEPTED", "DECLINED"),), "with nobody who has a note"),
        (("ATTENDEE:mailto:stranger@x.example",), "with nobody who has a note"),
        ((INVITED, *(f"ATTENDEE:mailto:a{n}@x.example" for n in range(10))), "with more than ten people"),
    ],
)
def test_what_counts_for_nobody(lines: tuple[str, ...], reason: str) -> None:
    read = parsed(event("SUMMARY:x", *lines))
    assert (read.cards, read.skipped, read.rows) == ((), {reason: 1}, 1)


def test_the_calendar_s_own_name_tells_who_the_user_is() -> None:
    declined = event("SUMMARY:x", INVITED, f"ATTENDEE;PARTSTAT=DECLINED:mailto:{ME}")
    assert parsed(declined, me=(), head=(f"X-WR-CALNAME:{ME}",)).skipped == {"that you declined": 1}


def test_a_series_without_what_was_taken_out_or_moved() -> None:
    weekly = event(
        "SUMMARY:1:1",
        INVITED,
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260831T235959Z",
        "EXDATE;TZID=Europe/Berlin:20260713T143000",
    )
    moved = event(
        "SUMMARY:1:1, moved",
        INVITED,
        "RECURRENCE-ID;TZID=Europe/Berlin:20260720T143000",
        start="DTSTART;TZID=Europe/Berlin:20260722T090000",
    )
    (jane,) = parsed(weekly, moved, until=date(2026, 8, 4)).cards
    assert [day for day, *_ in traces(jane)] == ["2026-07-06", "2026-07-27", "2026-08-03", "2026-07-22"]


def test_what_is_to_come_is_left_to_until() -> None:
    coming = event("SUMMARY:x", INVITED, start="DTSTART;TZID=Europe/Berlin:20261201T143000")
    assert not parsed(coming).cards
    assert len(parsed(coming, until=date(2026, 12, 31)).cards) == 1


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "nonsense"])
def test_a_rule_that_is_none_is_told(rule: str) -> None:
    read = parsed(event("SUMMARY:x", INVITED, f"RRULE:{rule}"))
    assert told(read) == [f"F:10: RRULE: {rule!r} is not understood; the first time counts alone"]
    assert len(read.cards[0].traces) == 1


def test_a_rule_that_never_comes_true_ends() -> None:
    never = event("SUMMARY:x", INVITED, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    assert not parsed(never).cards


def test_what_is_wrong_is_told_with_its_line_and_costs_no_other_event() -> None:
    bad = event("SUMMARY:x", INVITED, start="DTSTART:garbage")
    strange = event("SUMMARY:y", "what is this?", INVITED)
    cut = calendar(bad, strange).removesuffix("END:VCALENDAR\r\n") + "BEGIN:VEVENT\r\nSUMMARY:cut"
    read_ = read("ics", cut, me=(ME,), others=KNOWN, file="cal.ics")
    assert sorted(told(read_)) == [
        "cal.ics:16: not a line of a calendar: 'what is this?'; it is left out",
        "cal.ics:19: this event is cut off: it has no END:VEVENT; it is left out",
        "cal.ics:4: DTSTART: 'garbage' is not a date; the event is left out",
    ]
    assert len(read_.cards[0].traces) == 1


def test_an_alarm_s_words_are_not_the_event_s() -> None:
    alarm = ("BEGIN:VALARM", "SUMMARY:ring", f"ATTENDEE:mailto:{SAM}", "END:VALARM")
    (jane,) = parsed(event(*alarm, "SUMMARY:talk", INVITED)).cards
    assert traces(jane)[0][3] == "talk"


def test_another_file_is_an_error() -> None:
    with pytest.raises(VaultkeeperError, match="no BEGIN:VCALENDAR found"):
        read("ics", "BEGIN:VCARD\nEND:VCARD\n")
