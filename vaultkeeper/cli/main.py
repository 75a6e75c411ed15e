"""The program: its commands, each loaded when it is called, and how it ends (CLI.md)."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from vaultkeeper import __version__
from vaultkeeper.errors import Ambiguous, VaultkeeperError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Command → the module that holds it, and its line in --help: so that --help loads none of them.
COMMANDS: dict[str, tuple[str, str]] = {
    "due": ("agenda", "Who to reach out to this week, why, and what to say."),
    "log": ("touch", "Note a talk, a message, a card."),
    "show": ("look", "One contact: facts, promises, history."),
    "list": ("look", "Find people by what their notes say."),
    "search": ("look", "Full text over notes and logs."),
    "add": ("touch", "A new contact."),
    "follow-up": ("touch", "Promise somebody something."),
    "done": ("touch", "Tick a promise."),
    "intro": ("connect", "Record an introduction, in both notes."),
    "matches": ("connect", "Whom to introduce to whom."),
    "who": ("connect", "Who would like this article, event, job?"),
    "review": ("review", "Whom to look at again: new people, silent ones, wrong tiers."),
    "stats": ("stats", "What came of it: touches, answers, warmth; for any period and group."),
    "gaps": ("stats", "Relationships, goals, places, companies without a warm contact; who leads there."),
    "report": ("report", "All of it as one page with charts, to look at or print."),
    "digest": ("report", "The week's agenda as text, HTML or a mail, for cron."),
    "draft": ("draft", "A message to somebody, to be made your own."),
    "events": ("gather", "Events to come, and who will be there."),
    "event": ("gather", "Add an event; get ready for one."),
    "news": ("gather", "Your own news, and who has heard it."),
    "set": ("change", "Change values in a note's front matter."),
    "snooze": ("change", "Not before that day."),
    "pause": ("change", "Out of the agenda until resumed."),
    "resume": ("change", "Back into the agenda."),
    "open": ("look", "A contact's note, in your editor or in Obsidian."),
    "import": ("transfer", "The people you already have: LinkedIn, Google, vCard, mail, …"),
    "export": ("export", "vCard, iCalendar, CSV, JSON: for other programs."),
    "merge": ("unite", "One person from two notes."),
    "rename": ("unite", "A new name, with every link in the vault following."),
    "index": ("upkeep", "The nightly job: refresh the index and the generated notes."),
    "watch": ("upkeep", "Do that whenever the vault changes."),
    "doctor": ("upkeep", "Every problem of the vault, with the way to mend it."),
    "undo": ("undo", "Take back what the last command wrote."),
    "templates": ("templates", "What the generated notes are made from; eject one to change it."),
    "obsidian": ("obsidian", "Obsidian's own views: Bases, property types."),
    "schedule": ("schedule", "The nightly job: vk index, by systemd or cron."),
    "git": ("git", "The vault under git: merges that understand the notes."),
    "init": ("setup", "Make a folder a vault, or take up an Obsidian vault."),
}
HIDDEN: dict[str, str] = {"merge-file": "git"}  # what other programs call


class LazyGroup(click.Group):
    """Knows its commands by name and line of help, and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS and cmd_name not in HIDDEN:
            return None
        name = HIDDEN.get(cmd_name) or COMMANDS[cmd_name][0]
        module = import_module(f"vaultkeeper.cli.{name}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        for arg in args:
            if any("\ud800" <= sign <= "\udfff" for sign in arg):
                ctx.fail(f"{arg!r} is not UTF-8 text.")
        if args and args[0] not in (*COMMANDS, *HIDDEN) and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else " See vk --help."
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        ctx.meta["vaultkeeper.command"] = args  # session.COMMAND
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            return code
        except BrokenPipeError:
            # The reader has seen enough; what is left in the buffer must not fail again at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        items = [
            CompletionItem(name, help=text)
            for name, (_, text) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return items + click.Command.shell_complete(self, ctx, incomplete)


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="A vault is a folder of Markdown notes with a vaultkeeper.toml. Start with: vk init",
)
@click.option("--vault", metavar="DIR", envvar="VAULTKEEPER_VAULT", help="Else the nearest one above here.")
@click.option("--today", metavar="YYYY-MM-DD", envvar="VAULTKEEPER_TODAY", help="Take this day for today.")
@click.option("-q", "--quiet", is_flag=True, help="No messages but errors.")
@click.version_option(__version__, prog_name="vaultkeeper")
@click.pass_context
def program(ctx: click.Context, vault: str | None, today: str | None, quiet: bool) -> None:
    """Keep a professional network alive, in plain Markdown that you own."""
    from vaultkeeper.cli.session import Session

    ctx.obj = Session(vault, today, quiet)


def main() -> None:
    """Runs the program and exits; no traceback reaches a user (VAULTKEEPER_DEBUG=1 shows it)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed, as by `>&-`
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115 (pathlib is slow to load)
    for stream in (sys.stdout, sys.stderr):
        if (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    name = "vk" if sys.argv[0].endswith("vk") else "vaultkeeper"
    try:
        code = run(sys.argv[1:], name)
    except SystemExit as done:  # Click's, once it has completed a word
        code = done.code if isinstance(done.code, int) else 1
    _end(code)


def _end(code: int) -> None:
    """At once: to take apart all that was loaded, piece by piece, takes longer than many a command."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # nobody reads it, or the disk is full
            code = code or 1
    os._exit(code)


def run(args: list[str], name: str = "vaultkeeper") -> int:
    """The exit code that the command ends with."""
    try:
        code: Any = program.main(args, prog_name=name, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        so_far = str(error.__cause__ or error)
        _complain(f"stopped: {so_far}" if so_far else "stopped")
        return 130
    except VaultkeeperError as error:
        _complain(f"{name}: {error}")
        for candidate in error.candidates if isinstance(error, Ambiguous) else ():
            _complain(f"  {candidate}")
        return error.exit_code
    except OSError as error:  # a full disk behind stdout, say
        _complain(f"{name}: {f'{error.filename}: ' if error.filename else ''}{error.strerror or error}")
        return 1
    except Exception as error:
        if os.environ.get("VAULTKEEPER_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        click.echo(f"{name}: something went wrong that should not: {what}", err=True)
        click.echo("Your notes are whole. VAULTKEEPER_DEBUG=1 shows more.", err=True)
        return 1


def _complain(message: str) -> None:
    from vaultkeeper.cli.session import shown

    with suppress(OSError):  # nobody to tell
        click.echo(shown(message), err=True)
