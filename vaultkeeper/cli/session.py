"""What every command shares: the vault, today, messages, and the exit code. The clock is read here."""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vaultkeeper.domain.place import Problem
from vaultkeeper.errors import BadInput

if TYPE_CHECKING:
    from vaultkeeper.app.change import Change, Removal
    from vaultkeeper.app.vault import Vault
    from vaultkeeper.storage.index import Index

F = TypeVar("F", bound=Callable[..., Any])
PROBLEMS = 3
COMMAND = "vaultkeeper.command"
"""Where Click's context keeps the words of the command."""

# What moves a terminal's cursor, turns the direction of its text, or stands for no character at all.
_UNSEEN = r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"


def shown(text: str) -> str:
    """`text` on one line, with escapes for what could not be seen: a file's name may hold anything."""
    if text.isprintable():
        return text
    return re.sub(_UNSEEN, lambda match: match[0].encode("unicode_escape").decode(), text)


class Session:
    """Made from the global options; `pass_session` gives it to a command."""

    def __init__(self, vault: str | None, today: str | None, quiet: bool) -> None:
        self._vault, self._today, self.quiet = vault, today, quiet

    @property
    def today(self) -> date:
        if self._today is None:
            return date.today()
        try:
            return date.fromisoformat(self._today)
        except ValueError:
            raise BadInput(f"--today {self._today!r} is not a date such as 2026-11-20") from None

    @property
    def now(self) -> float:
        """The time of day, on `today`: in seconds of the epoch."""
        return time.time() + (self.today - date.today()).days * 86400.0

    def day(self, text: str, *, back: bool = False) -> date:
        """A DATE as typed; names of days look ahead unless `back`. Raises BadInput."""
        from vaultkeeper.notes.spoken import read_day

        return read_day(text, self.today, back=back)

    def vault(self) -> "Vault":
        from vaultkeeper.app.vault import open_vault

        if self._vault is not None:
            return open_vault(self._vault, exact=True)
        return open_vault(os.getcwd(), exact=False)

    @contextmanager
    def opened(self, *, count_problems: bool = True) -> "Iterator[tuple[Vault, Index]]":
        """The vault and its index, brought up to date; tells in a line each that notes have problems, that
        ticks wait in the generated notes."""
        from vaultkeeper.app.losses import count_losses
        from vaultkeeper.app.refresh import refresh
        from vaultkeeper.app.waiting import ticks_are_waiting
        from vaultkeeper.cli.progress import progress

        vault = self.vault()
        with vault.index() as index:
            with progress("Reading notes", quiet=self.quiet) as tell:
                refreshed = refresh(vault, index, tell)
            traces = vault.traces()
            yield vault, index
            if not count_problems:
                return
            problems = len(refreshed.problems) + count_losses(vault, index, time.time(), traces)
            if problems:
                self.say(f"{problems} problem{'s' if problems > 1 else ''} in the vault: vk doctor")
            if ticks_are_waiting(vault):
                self.say("Ticks wait in the generated notes: vk index takes them in")

    def say(self, message: str) -> None:
        """A message to the person: on stderr, not with --quiet."""
        if not self.quiet:
            click.echo(shown(message), err=True)

    def write(self, vault: "Vault", changes: "Sequence[Change | Removal]", *, dry_run: bool) -> bool:
        """Writes, or on a dry run prints the diff; whether it wrote."""
        from vaultkeeper.app.change import diff, write

        if dry_run:
            click.echo(diff(changes), nl=False)
            return False
        return bool(write(vault, changes, self.command))

    @property
    def command(self) -> str:
        """The command as typed, without the global options: what the undo journal calls the step."""
        import shlex

        return shlex.join(click.get_current_context().meta.get(COMMAND, ()))

    def end_with_problems_of(self, vault: "Vault", changes: "Sequence[Change]") -> None:
        """A command that named notes with problems prints these and ends with exit code 3."""
        from vaultkeeper.notes.note import read_note

        end_with(p for c in changes for p in read_note(c.after, c.path, vault.reading).problems)


def end_with(problems: "Iterator[Problem] | Sequence[Problem]") -> None:
    """Prints each as `path:line: message`; with any, the command ends with exit code 3."""
    found = list(problems)
    for problem in found:
        click.echo(shown(str(problem)), err=True)
    if found:
        click.get_current_context().exit(PROBLEMS)


def echo_json(document: object) -> None:
    """The one JSON document of a command, on stdout."""
    import json

    indent = 2 if sys.stdout.isatty() else None
    try:
        text = json.dumps(document, ensure_ascii=False, indent=indent, default=str, allow_nan=False)
    except ValueError:  # a property that is .nan or .inf, of which JSON knows nothing
        document = json.loads(json.dumps(document, default=str), parse_constant=str)
        text = json.dumps(document, ensure_ascii=False, indent=indent)
    click.echo(re.sub(rf"(?!\n){_UNSEEN}", lambda match: f"\\u{ord(match[0]):04x}", text))


def iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


pass_session = click.make_pass_decorator(Session)


def json_option(function: F) -> F:
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")(function)


def dry_run_option(function: F) -> F:
    text = "Print a diff of what would be written; write nothing."
    return click.option("-n", "--dry-run", is_flag=True, help=text)(function)


def complete_contact(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[str]:
    """Names that begin with `incomplete`, from the index as it is: completion waits for no scan."""
    from vaultkeeper.domain.naming import fold
    from vaultkeeper.errors import VaultkeeperError

    try:
        session = Session(ctx.find_root().params.get("vault"), None, True)
        vault = session.vault()
        with vault.index() as index:
            found = index.named(fold(incomplete), how="prefix") if incomplete.strip() else index.all_names()
            return [name for name, _ in found[:200]]
    except VaultkeeperError:
        return []


def name_argument(function: F) -> F:
    return click.argument("name", shell_complete=complete_contact)(function)
