"""`show`, `list`, `search`, `open`: looking at people."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from vaultkeeper.cli.session import (
    F,
    Session,
    echo_json,
    end_with,
    iso,
    json_option,
    name_argument,
    pass_session,
    shown,
)
from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import VaultkeeperError

if TYPE_CHECKING:
    from vaultkeeper.app.listing import Listed
    from vaultkeeper.storage.index import Index


_PORTRAITS = 64  # places for what was said of one contact; a second one in the same place takes it


@click.command("show")
@name_argument
@click.option("--all", "everything", is_flag=True, help="The whole history.")
@json_option
@pass_session
def show_command(session: Session, name: str, everything: bool, as_json: bool) -> None:
    """One contact: facts, warmth, balance, promises, what to say, history, links."""
    from vaultkeeper.app.find import find_contact

    today = session.today
    with session.opened() as (vault, index):
        path = find_contact(index, name, reading=True)

        def tell() -> tuple[object, list[tuple[Any, ...]]]:
            from vaultkeeper.app.show import portray
            from vaultkeeper.cli.portrait import portrait_document, portrait_lines

            portrait = portray(vault, index, path, today)
            problems = [tuple(problem) for problem in portrait.problems]
            if as_json:
                return portrait_document(portrait), problems
            return [tuple(line) for line in portrait_lines(portrait, today, everything=everything)], problems

        place = sum(path.encode()) % _PORTRAITS
        mark = repr((path, vault.policy, today, everything, as_json))
        told, problems = _kept(index, f"show {place}", mark, tell)
    if as_json:
        echo_json(told)
    elif sys.stdout.isatty():
        from vaultkeeper.cli.screen import show_lines

        show_lines(told)
    else:
        _echo_lines(told)
    end_with(Problem(*problem) for problem in problems)


def _echo_lines(lines: Iterable[tuple[str, str, tuple[tuple[str, str], ...]]]) -> None:
    """Of a portrait, plain."""
    for label, text, links in lines:
        said = [text] if not links else [f"{words}: {url}" for words, url in links]
        for number, one in enumerate(said):
            name = label if number == 0 else " "
            click.echo(f"{name:<11} {one}".rstrip() if label and not label.startswith("\0") else one)


def _kept(index: "Index", name: str, mark: str, make: Callable[[], Any]) -> Any:
    """What a command says, a plain value: worked out once, and kept until a note changes or the mark does."""
    told = index.kept(name, mark)
    if told is None:
        told = make()
        index.keep(name, mark, told)
    return told


_FILTERS = (
    *(
        click.option(f"--{key}", multiple=True)
        for key in ("tag", "tier", "relationship", "network", "company")
    ),
    click.option("--location", multiple=True, help="A part of the place."),
    click.option("--warmth", multiple=True, type=click.Choice(("hot", "warm", "cold"))),
    click.option("--status", multiple=True),
    click.option("--where", multiple=True, metavar="KEY=VALUE", help="Any property; KEY= asks for none."),
)


def filter_options(function: F) -> F:
    """The options that pick contacts, as app.listing.Filter takes them."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


@click.command("list")
@filter_options
@click.option(
    "--sort", type=click.Choice(("name", "last", "next", "tier", "warmth", "company")), default="name"
)
@click.option("--format", "line", metavar="TEMPLATE", help="A Jinja line: '{{ email }}\\t{{ name }}'.")
@json_option
@pass_session
def list_command(
    session: Session, /, sort: str, line: str | None, as_json: bool, **chosen: tuple[str, ...]
) -> None:
    """Find people by what their notes say; several options must all hold."""
    today = session.today
    with session.opened() as (vault, index):

        def rows() -> "list[Listed]":
            from vaultkeeper.app.listing import Filter, list_contacts

            return list_contacts(vault, index, Filter(**chosen), sort, today)

        mark = repr((vault.policy, today, sort, chosen))
        if line is not None:
            from vaultkeeper.app.listing import format_rows

            for text in format_rows(index, rows(), line):
                click.echo(text)
        elif as_json:
            documents = _kept(index, "list as JSON", mark, lambda: [_listed(row) for row in rows()])
            echo_json({"contacts": documents})
        elif sys.stdout.isatty():
            from vaultkeeper.cli.screen import show_list

            show_list(rows(), vault.address)
        else:
            click.echo(_kept(index, "list", mark, lambda: "".join(map(_line, rows()))), nl=False)


def _line(row: "Listed") -> str:
    days = (iso(row.last_contact) or "", iso(row.next_contact) or "")
    return "\t".join(map(shown, (row.name, row.warmth, row.tier, *days, row.path))) + "\n"


def _listed(row: "Listed") -> dict[str, object]:
    return {
        "contact": row.name,
        "path": row.path,
        "warmth": row.warmth,
        "tier": row.tier or None,
        "status": row.status,
        "company": row.company or None,
        "location": row.location or None,
        "last_contact": iso(row.last_contact),
        "next_contact": iso(row.next_contact),
    }


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@json_option
@pass_session
def search_command(session: Session, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Full text over the contacts' notes and logs; all the words, best first."""
    from vaultkeeper.app.search import search

    with session.opened() as (vault, index):
        hits = search(index, " ".join(query), limit)
    if as_json:
        found = [{"contact": h.name, "path": h.path, "line": h.line, "passage": h.passage} for h in hits]
        echo_json({"results": found})
    elif sys.stdout.isatty():
        from vaultkeeper.cli.screen import show_hits

        show_hits(hits, query, vault.address)
    else:
        for hit in hits:
            click.echo(f"{shown(hit.path)}:{hit.line}: {hit.passage}")


@click.command("open")
@name_argument
@click.option("--obsidian", is_flag=True, help="In Obsidian, by its address.")
@pass_session
def open_command(session: Session, name: str, obsidian: bool) -> None:
    """NAME's note, in $EDITOR; or in Obsidian."""
    from vaultkeeper.app.find import find_contact

    with session.opened() as (vault, index):
        path = find_contact(index, name, reading=True)
    if obsidian:
        address = vault.address(path, obsidian_app=True)
        click.echo(address)
        if sys.stdout.isatty() and click.launch(address) != 0:
            raise VaultkeeperError("Obsidian's address could not be opened here")
        return
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")  # one that may have a window of its own
    if not chosen and not sys.stdin.isatty():
        file = vault.root / path
        raise VaultkeeperError(
            f"no terminal for an editor: set $EDITOR to one without, or give --obsidian. The note is {file}"
        )
    click.edit(filename=str(vault.root / path))
