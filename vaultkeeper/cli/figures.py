"""`stats` and `gaps` on a terminal: small bars and sparklines."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from vaultkeeper.domain.duration import MONTHS
from vaultkeeper.domain.gaps import Gap
from vaultkeeper.domain.naming import plain
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.statistics import DIMENSIONS, Statistics, rate_of
from vaultkeeper.domain.tally import Counts
from vaultkeeper.domain.warmth import WARMTHS

_BLOCKS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉"
_BAR, _NAME = 16, 24
_NUMBERS = (7, 6, 8)  # the widths of touches, people, answered
_LABELS = 12  # what stands before a sparkline
_WEEKS = 53
_SHOWN = 5
_STYLES = {"hot": "red", "warm": "yellow", "cold": "blue"}


def bar(value: float, most: float, width: int = _BAR) -> str:
    """A bar of `width` characters at most, in eighths of one; something for anything above nothing."""
    eighths = round(value / most * width * 8) if most else 0
    eighths = max(eighths, 1) if value > 0 else 0
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def sparkline(values: Sequence[float]) -> str:
    """A character a value, its height against the largest; nothing is a low line."""
    most = max(values, default=0) or 1
    return "".join(_BLOCKS[round(value / most * (len(_BLOCKS) - 1))] for value in values)


def percent(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.0%}"


class Line(NamedTuple):
    label: str
    text: str


def show_statistics(found: Statistics, policy: Policy, by: Sequence[str]) -> None:
    """The figures, then the groups: of each kind the first few, or all of those asked for."""
    console = Console(highlight=False)
    console.print(Text(say_period(found), style="bold"))
    if not by:
        console.print()
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for line in _figures(found, console.width):
            table.add_row(line.label, Text(line.text))
        console.print(table)
        console.print(_warmth(found))
    for dimension in by or DIMENSIONS:
        if found.by[dimension]:
            most = len(found.by[dimension]) if by else _SHOWN
            console.print(_groups(found, policy, dimension, most, console.width))


def say_period(found: Statistics) -> str:
    """`24 November 2025 to 23 November 2026`."""
    first, last = (f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in (found.since, found.until))
    return f"{first} to {last}"


def _figures(found: Statistics, width: int) -> Iterator[Line]:
    total = found.total
    new = f", {found.newly_known} of them new" if found.newly_known else ""
    yield Line("Contacts", f"{total.contacts}{new}; in touch with {found.reached}")
    undirected = f", {total.undirected} without direction" if total.undirected else ""
    told = f"{total.out} out, {total.made_in} in, {total.both} both ways{undirected}"
    yield Line("Touches", f"{total.touches}: {told}")
    if total.asks:
        yield Line("Answered", f"{percent(total.response_rate)} of {total.asks} messages, within 30 days")
    if total.outcomes:
        yield Line("Outcomes", f"{total.outcomes}, by #outcome and #helped")
    if found.introductions:
        count = len(found.introductions)
        yield Line("Introduced", f"{count} pair{'s' if count > 1 else ''}")
    weeks = found.weeks[-min(_WEEKS, max(width - _LABELS, 1)) :]
    yield Line("Weeks", sparkline([week.contacts for week in weeks]))
    in_a_row = f", {found.streak} of them in a row up to now" if found.streak > 1 else ""
    yield Line("", f"{found.weeks_met} of {len(found.weeks)} with {found.quota} people or more{in_a_row}")
    yield Line("Load", f"your tiers ask for {found.load:.1f} people a week; you planned for {found.quota}")


def _warmth(found: Statistics) -> Group:
    table = Table.grid(padding=(0, 2))
    most = max(found.warmth.values(), default=0)
    for name in WARMTHS:
        before = sum(n for (old, _), n in found.moves.items() if old == name)
        now = found.warmth[name]
        change = f"{now - before:+}" if now != before else "as before"
        table.add_row(
            Text(name, style="dim"),
            Text(bar(now, most), style=_STYLES[name]),
            str(now),
            Text(change, style="dim"),
        )
    order = {name: rank for rank, name in enumerate(WARMTHS)}
    up = sum(n for (old, new), n in found.moves.items() if order[new] < order[old])
    down = sum(n for (old, new), n in found.moves.items() if order[new] > order[old])
    return Group(
        "", Text("Warmth", style="bold"), table, Text(f"{up} grew warmer, {down} cooled", style="dim")
    )


def _groups(found: Statistics, policy: Policy, dimension: str, most: int, width: int) -> Group:
    """The numbers stand whole; on a narrow screen the bars and the names give way."""
    room = max(width - sum(_NUMBERS) - 2 * (len(_NUMBERS) + 1), 8)
    name = min(_NAME, room * 3 // 5)
    long = min(_BAR, room - name)
    groups = list(found.by[dimension].items())
    largest = max(counts.touches for _, counts in groups)
    table = Table.grid(padding=(0, 2))
    table.add_column(width=name, no_wrap=True, overflow="ellipsis")
    for column in (long, *_NUMBERS):
        table.add_column(no_wrap=True, width=column)
    table.add_row("", "", *(Text(title, style="dim") for title in ("touches", "people", "answered")))
    for value, counts in groups[:most]:
        rate = percent(rate_of(dimension, counts, policy))
        table.add_row(
            Text(plain(value)),
            Text(bar(counts.touches, largest, long), style="green"),
            *_numbers(counts),
            Text(rate),
        )
    parts: list[Text | Table | str] = ["", Text(dimension.capitalize(), style="bold"), table]
    if len(groups) > most:
        parts.append(Text(f"… {len(groups) - most} more: --by {dimension}", style="dim"))
    return Group(*parts)


def _numbers(counts: Counts) -> tuple[str, str]:
    return f"{counts.touches:>7}", f"{counts.contacts:>6}"


def show_gaps(gaps: Sequence[Gap]) -> None:
    """A block a gap: who is there, and who could lead there."""
    console = Console(highlight=False)
    for gap in gaps:
        if gap is not gaps[0]:
            console.print()
        console.print(Text.assemble((plain(gap.value), "bold"), (f"  {gap.kind}", "dim")))
        table = Table.grid(padding=(0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        names = [plain(summary.contact.name) for summary in gap.contacts]
        if names:
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            table.add_row("  known", Text(", ".join(names[:_SHOWN]) + more))
        for number, lead in enumerate(gap.leads):
            said = f"{plain(lead.summary.contact.name)}: {plain(lead.why)}"
            table.add_row("  through" if number == 0 else "", Text(said))
        if not names and not gap.leads:
            table.add_row("", "nobody yet; perhaps at an event, or on LinkedIn")
        console.print(table)
    if not gaps:
        console.print("None: nothing that your notes and goals name lacks a warm contact.")
