"""What the template of the report is given: the figures of stats, and charts of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from vaultkeeper.domain.duration import MONTHS, say_day
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.naming import plain
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.statistics import Statistics, rate_of
from vaultkeeper.domain.tally import Counts
from vaultkeeper.domain.tie import Tie, best_tied
from vaultkeeper.domain.warmth import WARMTHS
from vaultkeeper.domain.week import Week
from vaultkeeper.render.chart import MARK, Bar, bars_svg, columns_svg, heatmap_svg, levels
from vaultkeeper.render.graph import graph_svg

_ROWS = 10  # of a bar chart
_LISTED = 12  # introductions, and dates
_PEOPLE = 60  # in the graph: more cannot be told apart
_WEEKS = 53
_DATED = ("birthday", "special-date", "meeting")
_WAYS = (("out", "out"), ("both", "both ways"), ("in", "in"), ("undirected", "without direction"))


class Report(NamedTuple):
    """`months` has the warmth at the end of each; `names` and `warmths` are by path, as of today."""

    statistics: Statistics
    policy: Policy
    today: date
    months: tuple[tuple[date, dict[str, int]], ...]
    ties: tuple[Tie, ...]
    coming: tuple[Item, ...]
    names: Mapping[str, str]
    warmths: Mapping[str, str]


class Chart(NamedTuple):
    """`head` and `rows` say the same as a table, the first cell of a row its name. `legend`
    has (class, words). `scrolls` where it is too wide for a phone."""

    title: str
    note: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[tuple[str, str], ...] = ()
    scrolls: bool = False


def report_values(report: Report) -> dict[str, object]:
    """`mark`, `period`, `today`, `figures`, `charts` by name (None where there is nothing to show),
    `introductions`, `coming`; of both the first few, and how many more there are. All of it plain values."""
    found = report.statistics
    charts = {
        "days": _days(found),
        "weeks": _weeks(found.weeks[-_WEEKS:], found.quota),
        "warmth": _warmth(report.months),
        "channels": _channels(report),
        "networks": _networks(report),
        "ties": _ties(report),
    }
    introduced, coming = _introductions(report), _coming(report)
    return {
        "mark": MARK,
        "period": f"{_full(found.since)} to {_full(found.until)}",
        "today": _full(report.today),
        "figures": _figures(found),
        "charts": {name: chart and chart._asdict() for name, chart in charts.items()},
        "introductions": introduced[:_LISTED],
        "more_introductions": len(introduced[_LISTED:]),
        "coming": coming[:_LISTED],
        "more_coming": len(coming[_LISTED:]),
    }


def with_charts(values: Mapping[str, Any]) -> dict[str, object]:
    """For a template that escapes: the charts are ours, escaped where they are made (render/chart.py,
    render/graph.py), and not escaped again."""
    from markupsafe import Markup

    charts = {
        name: Chart(**{**chart, "svg": Markup(chart["svg"])}) if chart else None
        for name, chart in values["charts"].items()
    }
    return {**values, "charts": charts}


def _introductions(report: Report) -> list[dict[str, str]]:
    """The newest first."""
    names = {path: plain(name) for path, name in report.names.items()}
    return [
        {"day": _full(day), "iso": day.isoformat(), "one": names[one], "other": names[other]}
        for day, one, other in reversed(report.statistics.introductions)
    ]


def _coming(report: Report) -> list[dict[str, str]]:
    return [
        {
            "day": say_day(item.due, report.today),
            "iso": item.due.isoformat(),
            "name": plain(item.name),
            "what": _what(item, report.today),
        }
        for item in report.coming
        if item.reason in _DATED
    ]


def percent(rate: float | None) -> str:
    """`62 %`; a dash where there is no rate."""
    return "–" if rate is None else f"{rate * 100:.0f} %"


def _full(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _what(item: Item, today: date) -> str:
    """The reason in words, without the day that stands before it."""
    day = say_day(item.due, today)
    said = item.detail.replace(f", {day}", "").replace(f" {day}", "").replace(day, "")
    return plain(said).strip(" ,") or item.reason


def _figures(found: Statistics) -> list[dict[str, object]]:
    """`key` is that of the JSON of stats; `value` its value; `label` and `note` explain."""
    total, introduced = found.total, len(found.introductions)
    ways = f"{total.out} out, {total.made_in} in, {total.both} both ways"
    answered = f"{total.answered} of {_count(total.asks, 'message')}"
    row = f"of {len(found.weeks)}; {found.streak} in a row now"
    told = [
        ("contacts", total.contacts, _noun(total.contacts, "contact"), f"{found.reached} of them in touch"),
        ("touches", total.touches, _noun(total.touches, "touch"), ways),
        ("response_rate", percent(total.response_rate), "answered", answered),
        ("newly_known", found.newly_known, "new", "people met in this time"),
        ("outcomes", total.outcomes, _noun(total.outcomes, "outcome"), "help and results noted"),
        ("introductions", introduced, _noun(introduced, "introduction"), "people brought together"),
        ("weeks_met", found.weeks_met, f"{_noun(found.weeks_met, 'week')} as planned", row),
        ("load", f"{found.load:.1f}", "people a week", f"asked by your tiers; planned {found.quota}"),
    ]
    return [dict(zip(("key", "value", "label", "note"), one, strict=True)) for one in told]


def _noun(count: int, one: str) -> str:
    return one if count == 1 else f"{one}es" if one.endswith("ch") else f"{one}s"


def _count(count: int, one: str) -> str:
    return f"{count} {_noun(count, one)}"


def _days(found: Statistics) -> Chart | None:
    if not found.days:
        return None
    months: dict[tuple[int, int], list[int]] = {}
    for day, count in found.days.items():
        months.setdefault((day.year, day.month), []).append(count)
    rows = tuple(
        (f"{MONTHS[month - 1]} {year}", str(len(days)), str(sum(days)))
        for (year, month), days in months.items()
    )
    return Chart(
        *("Day by day", "A square a day, darker the more people you were in touch with."),
        heatmap_svg(found.days, found.until, alone=False),
        *(("Month", "Days", "Touches"), rows),
        legend=_shades(levels(found.days, found.until)),
        scrolls=True,
    )


def _shades(starts: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """What the shades of the days stand for, in words."""
    ends = [str(end - 1) if end - 1 == start else f"{start} to {end - 1}" for start, end in pairwise(starts)]
    return tuple((f"l{n}", said) for n, said in enumerate(("none", *ends, f"{starts[-1]} or more")))


def _weeks(weeks: Sequence[Week], quota: int) -> Chart | None:
    if not any(week.contacts for week in weeks):
        return None
    month, bars = 0, []
    for week in weeks:
        begins = week.first.month != month and week.first.day <= 7
        month = week.first.month
        name = MONTHS[month - 1][:3] if begins else ""
        said = f"Week of {_full(week.first)}: {week.contacts}"
        bars.append(Bar(name, (("met" if week.contacts >= quota else "part", said, week.contacts),)))
    svg = columns_svg(bars, "People a week", width=720, height=130, line=quota)
    return Chart(
        *("Week by week", f"People you reached or talked with; the line is your plan of {quota} a week."),
        svg,
        ("Week of", "People"),
        tuple((_full(week.first), str(week.contacts)) for week in weeks),
        legend=(("met", "as planned"), ("part", "fewer")),
        scrolls=True,
    )


def _warmth(months: Sequence[tuple[date, dict[str, int]]]) -> Chart | None:
    if not any(sum(counts.values()) for _, counts in months):
        return None
    order = tuple(reversed(WARMTHS))  # the hot on top
    bars = [
        Bar(
            MONTHS[day.month - 1][:1] if (day, counts) != months[-1] else "now",
            tuple((name, f"{_full(day)}: {counts[name]} {name}", counts[name]) for name in order),
        )
        for day, counts in months
    ]
    return Chart(
        *("Warmth over time", "At each month’s end, by today’s tiers."),
        columns_svg(bars, "Contacts hot, warm and cold over twelve months", height=230),
        ("Day", *WARMTHS),
        tuple((_full(day), *(str(counts[name]) for name in WARMTHS)) for day, counts in months),
        legend=tuple((name, name) for name in WARMTHS),
    )


def _channels(report: Report) -> Chart | None:
    groups = list(report.statistics.by["channel"].items())
    if not groups:
        return None
    bars = [
        Bar(plain(channel), tuple((c, f"{n:.0f} {w}", n) for (c, w), n in _ways(counts)), str(counts.touches))
        for channel, counts in groups[:_ROWS]
    ]
    rows = [
        (plain(channel), *_numbers(counts), percent(rate_of("channel", counts, report.policy)))
        for channel, counts in groups
    ]
    least = report.policy.rules.rate_least_out
    return Chart(
        *("Touches by channel", f"An answer rate is told from {least} out on; see the table."),
        bars_svg(bars, "Touches by channel"),
        ("Channel", "Touches", "Out", "Both", "In", "None", "Answered"),
        tuple(rows),
        legend=_WAYS,
    )


def _ways(counts: Counts) -> list[tuple[tuple[str, str], int]]:
    return list(zip(_WAYS, (counts.out, counts.both, counts.made_in, counts.undirected), strict=True))


def _numbers(counts: Counts) -> tuple[str, ...]:
    return tuple(map(str, (counts.touches, counts.out, counts.both, counts.made_in, counts.undirected)))


def _networks(report: Report) -> Chart | None:
    groups = [(name, counts) for name, counts in report.statistics.by["network"].items() if counts.asks]
    if not groups:
        return None
    groups.sort(key=lambda pair: -pair[1].asks)
    bars = [
        Bar(
            plain(name),
            (("answered", f"{counts.answered} of {counts.asks} answered", counts.answered / counts.asks),),
            f"{counts.answered} of {counts.asks}",
        )
        for name, counts in groups[:_ROWS]
    ]
    return Chart(
        *("Response by network", "Of what asked for an answer, the share that got one within 30 days."),
        bars_svg(bars, "Response by network", most=1),
        ("Network", "Asked", "Answered", "Share"),
        tuple((plain(n), str(c.asks), str(c.answered), percent(c.response_rate)) for n, c in groups),
    )


def _ties(report: Report) -> Chart | None:
    ties = best_tied(report.ties, _PEOPLE)
    if not ties:
        return None
    names = {path: plain(name) for path, name in report.names.items()}
    hows = {"introduced": "one led you to the other", "by-you": "introduced by you", "together": "one talk"}
    people = len({path for tie in ties for path in (tie.one, tie.other)})
    left = "" if len(ties) == len(report.ties) else f" {people} people of the largest circles."
    return Chart(
        *("Who knows whom", f"From introductions and talks with several people.{left}"),
        graph_svg(ties, names, report.warmths, f"{people} people and {len(ties)} ties"),
        ("One", "Other", "How"),
        tuple((names[tie.one], names[tie.other], hows[tie.how]) for tie in ties),
        legend=(*((f"tie {how}", words) for how, words in hows.items()), *((name, name) for name in WARMTHS)),
        scrolls=True,
    )
