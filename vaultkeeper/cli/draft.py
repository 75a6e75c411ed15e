"""`draft`: a message, to stdout, to a mail program, or to the clipboard."""

import sys
from collections.abc import Sequence

import click

from vaultkeeper.app.draft import KINDS, Draft, Drafted, log_requests
from vaultkeeper.app.log import LogRequest
from vaultkeeper.app.vault import Vault
from vaultkeeper.cli.session import (
    Session,
    complete_contact,
    dry_run_option,
    echo_json,
    json_option,
    name_argument,
    pass_session,
)
from vaultkeeper.errors import BadInput, VaultkeeperError
from vaultkeeper.storage.index import Index

# Programs that take a text into the clipboard, on macOS, Wayland, X and Windows.
_COPIERS = (["pbcopy"], ["wl-copy"], ["xclip", "-selection", "clipboard"], ["clip"])


@click.command("draft")
@name_argument
@click.option("--as", "kind", required=True, type=click.Choice(list(KINDS)))
@click.option(
    "--with", "other", metavar="NAME", shell_complete=complete_contact, help="The other one (intro)."
)
@click.option("--about", default="", metavar="TOPIC", help="What it is about.")
@click.option("--eml", is_flag=True, help="As an e-mail message, on stdout.")
@click.option("--mailto", is_flag=True, help="As a mailto: address, on stdout.")
@click.option("--copy", is_flag=True, help="Into the clipboard.")
@click.option("--log", is_flag=True, help="Then log it, once you say that it was sent.")
@click.option("--yes", is_flag=True, help="It was sent: log it without asking.")
@json_option
@dry_run_option
@pass_session
def draft_command(
    session: Session,
    name: str,
    kind: str,
    other: str | None,
    about: str,
    eml: bool,
    mailto: bool,
    copy: bool,
    log: bool,
    yes: bool,
    as_json: bool,
    dry_run: bool,
) -> None:
    """A message to NAME, from the template draft-KIND.txt, to be made your own.

    It is filled from the note's properties. What you last talked of is shown beside it, never in it.
    """
    from vaultkeeper.app.draft import make_draft

    if sum((eml, mailto, copy, as_json)) > 1:
        raise BadInput("--eml, --mailto, --copy and --json are one or the other")
    if dry_run and as_json:
        raise BadInput("--dry-run prints a diff, --json a document: one or the other")
    with session.opened() as (vault, index):
        drafted = make_draft(vault, index, name, kind, other, about, session.today)
        for line in drafted.beside:
            session.say(f"  {line}")
        if as_json:
            echo_json({"messages": [_document(draft) for draft in drafted.drafts]})
        else:
            _show(drafted, eml=eml, mailto=mailto, copy=copy)
        if (eml or mailto) and len(drafted.drafts) > 1:
            first, other = (draft.name for draft in drafted.drafts)
            session.say(f'The message to {other}: vk draft "{other}" --as {kind} --with "{first}"')
        if log or yes:
            _log(
                session, vault, index, drafted, log_requests(drafted, kind, about), sure=yes, dry_run=dry_run
            )


def _document(draft: Draft) -> dict[str, object]:
    return {
        "contact": draft.name,
        "path": draft.path,
        "to": draft.address or None,
        "subject": draft.subject,
        "body": draft.body,
    }


def _show(drafted: Drafted, *, eml: bool, mailto: bool, copy: bool) -> None:
    first = drafted.drafts[0]
    if eml:
        click.echo(_message(first), nl=False)
    elif mailto:
        from urllib.parse import quote

        body = first.body.strip().replace("\n", "\r\n")  # RFC 6068 §5
        fields = f"subject={quote(first.subject, safe='')}&body={quote(body, safe='')}"
        click.echo(f"mailto:{quote(first.address, safe='@')}?{fields}")
    elif copy:
        _copy("\n---\n\n".join(_text(draft) for draft in drafted.drafts))
        click.echo("Copied.", err=True)
    else:
        click.echo("\n---\n\n".join(_text(draft) for draft in drafted.drafts), nl=False)


def _text(draft: Draft) -> str:
    to = f"To: {draft.name}{f' <{draft.address}>' if draft.address else ''}\n"
    return f"{to}Subject: {draft.subject}\n\n{draft.body}"


def _message(draft: Draft) -> str:
    """RFC 5322; `X-Unsent` makes mail programs open it as a draft."""
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    if draft.address:
        try:
            message["To"] = Address(draft.name, addr_spec=draft.address)
        except (ValueError, IndexError):
            raise BadInput(f"{draft.address!r} is no e-mail address") from None
    message["Subject"] = draft.subject
    message["X-Unsent"] = "1"
    message.set_content(draft.body)
    return message.as_string().replace("\r\n", "\n")


def _copy(text: str) -> None:
    import shutil
    import subprocess

    for command in _COPIERS:
        if shutil.which(command[0]):
            quiet = subprocess.DEVNULL
            done = subprocess.run(command, input=text.encode(), stdout=quiet, stderr=quiet, check=False)
            if done.returncode == 0:
                return
    raise VaultkeeperError("no clipboard here: install wl-copy or xclip, or take the text from stdout")


def _log(
    session: Session,
    vault: Vault,
    index: Index,
    drafted: Drafted,
    requests: Sequence[LogRequest],
    *,
    sure: bool,
    dry_run: bool,
) -> None:
    """Both messages of an introduction, one question."""
    from vaultkeeper.app.log import plan_log

    if not (sure or dry_run):
        if not sys.stdin.isatty():
            raise VaultkeeperError("was it sent? Say so with --yes")
        names = " and ".join(draft.name for draft in drafted.drafts)
        if not click.confirm(f"Sent to {names}?", default=False, err=True):
            session.say("Not logged.")
            return
    logged = [plan_log(vault, index, request, session.today) for request in requests]
    if session.write(vault, [change for one in logged for change in one.changes], dry_run=dry_run):
        for draft, one in zip(drafted.drafts, logged, strict=True):
            session.say(f"{draft.name}: {one.entry}")
