"""A calendar (RFC 5545) into traces of contact: the meetings that known people were invited to.

Days and times are those that the calendar writes, in the zone it names; times in UTC are taken to the zone
of the calendar (X-WR-TIMEZONE), where it tells that. Of a series every occurrence up to the last day asked
for counts, but for those that were taken out or moved.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from vaultkeeper.domain.address import email_key
from vaultkeeper.domain.card import Card, Trace, harmless, make_values
from vaultkeeper.domain.naming import plain
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError
from vaultkeeper.interop.content_line import ContentLine, read_content_lines, unescape
from vaultkeeper.interop.encoding import decode
from vaultkeeper.interop.format import Asked, Parsed, Source

_MOST = 10  # people of a meeting that is contact with each of them
_WORDS = 80  # characters of a title
_OFTEN = 20_000  # occurrences of a series that are looked at
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_SLOW = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_NOBODY = ("room", "resource", "group")


@dataclass(slots=True)
class _Event:
    line: int
    lines: dict[str, list[ContentLine]] = field(default_factory=lambda: defaultdict(list))

    def first(self, name: str) -> str:
        return unescape(self.lines[name][0].value).strip() if self.lines[name] else ""


@dataclass(slots=True)
class _Calendar:
    """What one file holds; `zone` is that of its times in UTC."""

    name: str
    events: list[_Event] = field(default_factory=list)
    zone: ZoneInfo | None = None
    owner: str = ""

    def moment(self, value: str) -> datetime | None:
        """The wall clock's day and time; at midnight where it names none."""
        match = _MOMENT.fullmatch(value.strip())
        if match is None:
            return None
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
            clock = time(int(match[4] or 0), int(match[5] or 0), min(int(match[6] or 0), 59))
        except ValueError:
            return None
        found = datetime.combine(day, clock)
        if match[7] and self.zone is not None:
            return found.replace(tzinfo=UTC).astimezone(self.zone).replace(tzinfo=None)
        return found


def parse(sources: Iterable[Source], asked: Asked) -> Parsed:
    problems: list[Problem] = []
    skipped: Counter[str] = Counter()
    traces: dict[str, list[Trace]] = defaultdict(list)
    lines: dict[str, int] = {}
    said: list[str] = []
    rows = 0
    for source in sources:
        text, told = decode(source.stream.read(), source.name, asked.encoding)
        said += [told] if told else []
        calendar = _read(text, source.name, problems)
        rows += len(calendar.events)
        moved = _moved(calendar)
        for event in calendar.events:
            people, reason = _people(event, calendar, asked)
            if reason:
                skipped[reason] += 1
                continue
            title = harmless(event.first("SUMMARY"), _WORDS)
            for when, timed in _occurrences(event, calendar, asked.until, moved, problems):
                clock = f"{when:%H:%M}" if timed else None
                for address in people:
                    traces[address].append(Trace(when.date(), "meeting", None, title, clock))
                    lines.setdefault(address, event.line)
    cards = tuple(
        Card(lines[address], "", make_values(email=address), traces=tuple(several))
        for address, several in traces.items()
    )
    return Parsed(cards, rows, tuple(problems), skipped, tuple(said))


def _read(text: str, name: str, problems: list[Problem]) -> _Calendar:
    """Raises VaultkeeperError where it is no calendar."""
    calendar, event = _Calendar(name), None
    inner, seen = 0, False
    for line in read_content_lines(text):
        kind = line.value.strip().upper() if line.name in ("BEGIN", "END") else ""
        seen = seen or kind == "VCALENDAR"
        if kind == "VEVENT":
            if event is not None and line.name == "END":
                calendar.events.append(event)
            elif event is not None:
                problems.append(_cut_off(event, name))
            event = _Event(line.line) if line.name == "BEGIN" else None
            inner = 0
        elif event is not None and kind:
            inner += 1 if line.name == "BEGIN" else -1  # an alarm
        elif event is not None and not line.good:
            message = f"not a line of a calendar: {plain(line.value)[:40]!r}; it is left out"
            problems.append(Problem(name, line.line, message))
        elif event is not None and inner <= 0:
            event.lines[line.name].append(line)
        elif line.name == "X-WR-TIMEZONE":
            calendar.zone = _zone(line.value)
        elif line.name == "X-WR-CALNAME":
            calendar.owner = email_key(unescape(line.value))
    if event is not None:
        problems.append(_cut_off(event, name))
    if not seen:
        raise VaultkeeperError(f"{name}: no BEGIN:VCALENDAR found: is it a calendar?")
    return calendar


def _cut_off(event: _Event, name: str) -> Problem:
    return Problem(name, event.line, "this event is cut off: it has no END:VEVENT; it is left out")


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name.strip())
    except (ValueError, OSError):
        return None


def _people(event: _Event, calendar: _Calendar, asked: Asked) -> tuple[list[str], str]:
    """The addresses of the contacts who take part; or why the event counts for none."""
    if event.first("STATUS").upper() == "CANCELLED":
        return [], "cancelled"
    me = {*map(email_key, asked.me), calendar.owner} - {""}
    invited: dict[str, bool] = {}  # whether they declined
    for line in (*event.lines["ORGANIZER"], *event.lines["ATTENDEE"]):
        kind = next(iter(line.parameters.get("CUTYPE", ())), "").casefold()
        address = email_key(line.value) or email_key(next(iter(line.parameters.get("EMAIL", ())), ""))
        if address and kind not in _NOBODY:
            declined = next(iter(line.parameters.get("PARTSTAT", ())), "").upper() == "DECLINED"
            invited[address] = declined
    if any(invited.get(address) for address in me):
        return [], "that you declined"
    others = [address for address in invited if address not in me]
    if len(others) > _MOST:
        return [], "with more than ten people"
    known = [address for address in others if address in asked.others and not invited[address]]
    return known, "" if known else "with nobody who has a note"


def _moved(calendar: _Calendar) -> dict[str, set[datetime]]:
    """UID → the occurrences in whose place another event of that UID stands."""
    found: dict[str, set[datetime]] = defaultdict(set)
    for event in calendar.events:
        if when := calendar.moment(event.first("RECURRENCE-ID")):
            found[event.first("UID")].add(when)
    return found


def _occurrences(
    event: _Event, calendar: _Calendar, until: date, moved: dict[str, set[datetime]], problems: list[Problem]
) -> Iterator[tuple[datetime, bool]]:
    """When it took place up to `until`, and whether at a time of the day."""
    written = event.first("DTSTART")
    start = calendar.moment(written)
    if start is None:
        message = f"DTSTART: {plain(written)!r} is not a date; the event is left out"
        problems.append(Problem(calendar.name, event.line, message))
        return
    out = set(_moments(event, "EXDATE", calendar))
    days = [start]
    if event.lines["RRULE"] and not event.lines["RECURRENCE-ID"]:
        out |= moved[event.first("UID")]
        try:
            days = list(_series(event.first("RRULE"), start, until))
        except ValueError:
            rule = event.lines["RRULE"][0]
            message = f"RRULE: {plain(rule.value)[:60]!r} is not understood; the first time counts alone"
            problems.append(Problem(calendar.name, rule.line, message))
    for when in dict.fromkeys([*days, *_moments(event, "RDATE", calendar)]):
        if when not in out and when.date() <= until:
            yield when, "T" in written


def _moments(event: _Event, name: str, calendar: _Calendar) -> Iterator[datetime]:
    for line in event.lines[name]:
        values = (value.split("/")[0] for value in line.value.split(","))  # of a period, its start
        yield from filter(None, map(calendar.moment, values))


def _series(rule: str, start: datetime, until: date) -> Iterator[datetime]:
    """Raises ValueError for a rule that isn't one, or goes by the hour."""
    from itertools import islice

    from dateutil.rrule import rrulestr

    if not any(f"FREQ={frequency}" in rule.upper() for frequency in _SLOW):
        raise ValueError(rule)
    bare = re.sub(r"(UNTIL=\d{8}(?:T\d{6})?)Z", r"\1", rule.upper())
    series = rrulestr(bare, dtstart=start)
    last = datetime.combine(until, time.max)
    if "UNTIL=" not in bare and "COUNT=" not in bare:
        series = series.replace(until=last)  # so that a rule which never comes true ends, too
    for when in islice(series, _OFTEN):
        if when > last:
            return
        yield when
