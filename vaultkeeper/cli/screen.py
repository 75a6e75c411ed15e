"""What a person sees on a terminal: rich, and only there."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vaultkeeper.app.listing import Listed
from vaultkeeper.app.search import Hit
from vaultkeeper.cli.session import shown
from vaultkeeper.domain.agenda import Agenda
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.naming import plain
from vaultkeeper.notes.links import unlinked
from vaultkeeper.render.due_note import by_contact

if TYPE_CHECKING:
    from vaultkeeper.cli.portrait import Line

_WARMTH = {"hot": "red", "warm": "yellow", "cold": "blue"}
_LABELS = {"follow-up": "promised", "special-date": "date"}


def _console() -> Console:
    return Console(highlight=False)


Address = Callable[[str], str]


def show_agenda(agenda: Agenda, address: Address) -> None:
    """The week, a block a contact. `address` gives the link behind a name, "" for none."""
    console = _console()
    week = agenda.view.week
    done = f"{agenda.done} of {agenda.quota}"
    title = Text(f"Week of {say_day(week, week).split(' ', 1)[1]}", style="bold")
    head = Table.grid(expand=True)
    head.add_column()
    head.add_column(justify="right")
    head.add_row(title, Text(done, style="dim"))
    console.print(head)
    console.print()
    table = Table.grid(padding=(0, 2))
    for style in ("bold", "cyan", ""):
        table.add_column(style=style, overflow="fold", no_wrap=False)
    groups = by_contact(agenda.items)
    for items in groups:
        first = items[0]
        name = plain(first.name)
        link = address(first.path) if first.path else ""
        for item in items:
            label = _LABELS.get(item.reason, item.reason)
            table.add_row(_link(name, link), Text(label), Text(unlinked(plain(item.detail))))
            name = ""
        suggestion = next((item.suggestion for item in items if item.suggestion), "")
        if suggestion:
            table.add_row("", Text("try", style="green"), Text(unlinked(plain(suggestion))))
    if groups:
        console.print(table)
    else:
        console.print("Nobody is waiting to hear from you this week.")
    if agenda.later:
        names = [items[0].name for items in by_contact(agenda.later) if items[0].path]
        shown = names[: agenda.view.policy.most_later]
        more = f" and {len(names) - len(shown)} more: --all" if len(names) > len(shown) else ""
        console.print()
        console.print(Text(f"When there is time: {', '.join(shown)}{more}"))
    console.print(Text('\nvk show NAME · vk log NAME -m "call: …" · vk snooze NAME 2w', style="dim"))


def _link(text: str, link: str, style: str = "bold") -> Text:
    """`text` that a terminal opens as `link` (OSC 8)."""
    return Text(text, style=f"{style} link {link}" if link and text else style)


def show_list(rows: Sequence[Listed], address: Address) -> None:
    """A table, a line a contact."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    widths = {"Tier": 4, "Last": 10, "Next": 10, "": 4}
    for title in ("Name", "", "Tier", "Last", "Next", "Company", "Place"):
        table.add_column(title, overflow="ellipsis", no_wrap=True, min_width=widths.get(title))
    for row in rows:
        warmth = Text(row.warmth, style=_WARMTH[row.warmth])
        days = (_day(row.last_contact), _day(row.next_contact))
        table.add_row(
            _link(plain(row.name), address(row.path)),
            *(warmth, row.tier, *days, Text(plain(row.company)), Text(plain(row.location))),
        )
    console = _console()
    console.print(table if rows else "Nobody.")


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def show_hits(hits: Sequence[Hit], words: Sequence[str], address: Address) -> None:
    console = _console()
    for hit in hits:
        passage = Text(plain(hit.passage))
        said = [word for query in words for word in query.split()]
        passage.highlight_words(said, "bold", case_sensitive=False)
        where = Text(f"{plain(hit.path)}:{hit.line}", style="dim")
        console.print(_link(plain(hit.name), address(hit.path)), where)
        console.print("  ", passage)
    if not hits:
        console.print("Nothing found.")


def show_lines(lines: "Sequence[Line]") -> None:
    """The lines of a portrait: labels dim, texts folded beside them."""
    console = _console()
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text, links in lines:
        if label.startswith("\0"):
            console.print(Text(text, style="bold" if label == "\0head" else "dim"))
        else:
            linked = (_link(shown(words), url, "") for words, url in links)
            table.add_row(label, Text(" · ").join(linked) if links else Text(text))
    console.print(table)
