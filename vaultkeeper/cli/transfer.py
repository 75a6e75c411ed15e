"""`import`: the people you already have."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from vaultkeeper.cli.progress import progress
from vaultkeeper.cli.session import (
    Session,
    dry_run_option,
    echo_json,
    end_with,
    json_option,
    pass_session,
)
from vaultkeeper.errors import BadInput
from vaultkeeper.interop.format import FORMATS

if TYPE_CHECKING:
    from vaultkeeper.app.import_ import Plan
    from vaultkeeper.app.import_plan import Row
    from vaultkeeper.app.vault import Vault

_SHOWN = 20  # rows of one kind that a person looks at
_COUNTED = {"made": "new", "filled": "filled", "left": "left as they are", "ambiguous": "unclear"}


def _formats() -> str:
    return "\n".join(f"  {name:<18}{form.about}" for name, form in FORMATS.items())


@click.command("import", epilog="\b\nFormats:\n" + _formats())
@click.argument("format_", metavar="FORMAT", type=click.Choice(tuple(FORMATS)))
@click.argument("file", metavar="FILE", type=click.Path(exists=True, allow_dash=True))
@click.option("--into", metavar="FOLDER", help="Where new notes go; else People/LinkedIn and the like.")
@click.option("--where", multiple=True, metavar="KEY=VALUE", help="Only people like that; * is any text.")
@click.option("--since", metavar="DATE", help="Only what happened, or who connected, from that day on.")
@click.option("--until", metavar="DATE", help="The last day looked at, for planned meetings; else today.")
@click.option("--me", multiple=True, metavar="ADDRESS", help="An address of yours; may be repeated.")
@click.option("--map", "columns", multiple=True, metavar="KEY=COLUMN", help="csv: which column is what.")
@click.option("--encoding", metavar="NAME", help="Of the file, where it can't be told.")
@click.option("--overwrite", is_flag=True, help="Take the file's values in place of the notes' own.")
@click.option("-y", "--yes", is_flag=True, help="Don't ask before writing.")
@json_option
@dry_run_option
@pass_session
def import_command(
    session: Session,
    format_: str,
    file: str,
    into: str | None,
    where: tuple[str, ...],
    since: str | None,
    until: str | None,
    me: tuple[str, ...],
    columns: tuple[str, ...],
    encoding: str | None,
    overwrite: bool,
    yes: bool,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Take in the people of another program, or what you and they wrote to each other.

    New people get a note with `status: new`: not in the agenda until you looked at them in `vk review`. A
    value that a note has is never overwritten. Doing it twice changes nothing. FILE may be the ZIP of a data
    export, a folder, or - for stdin.
    """
    from vaultkeeper.app.import_ import ImportRequest, plan_import

    request = ImportRequest(
        format_,
        file,
        session.day(until) if until else session.today,
        session.day(since, back=True) if since else None,
        into,
        _pairs("--where", where),
        me,
        dict(_pairs("--map", columns)),
        encoding,
        overwrite,
    )
    if columns and format_ != "csv":
        raise BadInput("--map is for import csv")
    with session.opened() as (vault, index):
        with progress("Reading", quiet=session.quiet) as tell:
            plan = plan_import(vault, index, request, session.today, tell)
        if as_json:
            written = [] if dry_run else _write(session, vault, plan)
            echo_json(_document(plan, written))
        else:
            _show(session, plan, dry_run=dry_run)
            if dry_run:
                session.write(vault, plan.changes, dry_run=True)
            elif plan.changes and _agreed(yes):
                written = _write(session, vault, plan)
                many = "1 note" if len(written) == 1 else f"{len(written)} notes"
                session.say(f"Wrote {many}; vk undo takes it back.")
    end_with(plan.problems)


def _pairs(option: str, texts: Sequence[str]) -> list[tuple[str, str]]:
    pairs = []
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise BadInput(f"{option} {text!r} is not KEY=VALUE")
        pairs.append((key.strip(), value.strip()))
    return pairs


def _write(session: Session, vault: "Vault", plan: "Plan") -> list[str]:
    from vaultkeeper.app.change import write

    with progress("Writing notes", quiet=session.quiet) as tell:
        return write(vault, plan.changes, session.command, progress=tell)


def _agreed(yes: bool) -> bool:
    if yes or not sys.stdin.isatty():
        return True
    return click.confirm("Write this?", default=True, err=True)


def _document(plan: "Plan", written: Sequence[str]) -> dict[str, object]:
    counts = {action: plan.count(action) for action in ("made", "filled", "left", "ambiguous")}
    return {
        **{"read": plan.read, **counts, "entries": plan.entries, "filtered": plan.filtered},
        "skipped": dict(plan.skipped),
        "rows": [_row(row) for row in plan.rows],
        "moved": [
            {"contact": row.name, "path": row.path, "before": row.move.before, "after": row.move.after}
            for row in plan.rows
            if row.move is not None
        ],
        "problems": [{"path": p.path, "line": p.line, "message": p.message} for p in plan.problems],
        "written": list(written),
    }


def _row(row: "Row") -> dict[str, object]:
    return {
        "contact": row.name,
        "path": row.path or None,
        "action": row.action,
        "line": row.line,
        "how": row.how or None,
        "keys": list(row.keys),
        "entries": row.entries,
        "detail": row.detail,
        "candidates": list(row.candidates),
    }


def _show(session: Session, plan: "Plan", *, dry_run: bool) -> None:
    """The plan: a table on a terminal, else a line a person; then what a person should know, and the counts.
    On a dry run stdout is the diff's."""
    told = [row for row in plan.rows if row.action != "left" or row.move is not None]
    if dry_run:
        for row in told:
            if row.action == "ambiguous" or row.move is not None:
                session.say(": ".join((row.name, _said(row))))
    elif sys.stdout.isatty():
        _show_table(plan.rows)
    else:
        for row in told:
            action = "moved" if row.move is not None else row.action
            click.echo("\t".join((action, row.name, row.path, _what(row), _said(row))))
    for text in plan.said:
        session.say(text)
    for reason, count in plan.skipped.items():
        session.say(f"{count} not counted: {reason}")
    if plan.filtered:
        session.say(f"{plan.filtered} people not asked for (--where, --since)")
    counts = [f"{plan.count(action)} {word}" for action, word in _COUNTED.items()]
    entries = [_entries(plan.entries)] if plan.entries else []
    session.say(f"{plan.read} read: {', '.join([*counts, *entries])}")
    if any(row.move is not None for row in plan.rows):
        session.say(
            "Moved? A reason to write: vk draft NAME --as congratulate. The notes keep what they say."
        )


def _what(row: "Row") -> str:
    entries = [_entries(row.entries)] if row.entries else []
    return ", ".join((*row.keys, *entries)) if row.action != "left" else ""


def _entries(count: int) -> str:
    return "1 log entry" if count == 1 else f"{count} log entries"


def _said(row: "Row") -> str:
    if row.move is not None:
        return f"{row.move.before or 'nothing known'} → {row.move.after}"
    return ", ".join(row.candidates) or row.detail


def _show_table(rows: "Sequence[Row]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from vaultkeeper.domain.naming import plain

    console = Console(highlight=False)
    sections = {
        "make": [(row, row.detail) for row in rows if row.action == "made"],
        "fill": [(row, _what(row)) for row in rows if row.action == "filled"],
        "moved? congratulate": [(row, _said(row)) for row in rows if row.move is not None],
        "leave": [(row, row.detail) for row in rows if row.action == "left" and row.detail],
        "who is meant?": [(row, _said(row)) for row in rows if row.action == "ambiguous"],
    }
    for title, several in sections.items():
        if not several:
            continue
        table = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
        table.add_column(style="bold", overflow="ellipsis")
        table.add_column(overflow="fold")
        for row, said in several[:_SHOWN]:
            table.add_row(Text(plain(row.name)), Text(plain(said)))
        console.print(Text(title, style="dim"))
        console.print(table)
        if len(several) > _SHOWN:
            console.print(Text(f"    … and {len(several) - _SHOWN} more: --json has all", style="dim"))
