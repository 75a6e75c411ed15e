"""`review`: one card at a time, single keys; piped, a list."""

import sys
from collections.abc import Sequence

import click

from vaultkeeper.app.vault import Vault
from vaultkeeper.cli.session import Session, echo_json, json_option, pass_session
from vaultkeeper.domain.naming import plain
from vaultkeeper.domain.review import ANSWERS, QUESTIONS, Pick, propose_tier

_WHY = ("untriaged", "unresponsive", "priority", "drifting")


@click.command("review")
@click.option("--only", type=click.Choice(_WHY), help="One kind of card.")
@click.option("--limit", type=click.IntRange(1), help="At most that many.")
@json_option
@pass_session
def review_command(session: Session, only: str | None, limit: int | None, as_json: bool) -> None:
    """Whom to look at again: new people first, then who is silent, drifting, or in the wrong tier.

    Every choice is written to the note at once, so you can stop and go on later.
    """
    from vaultkeeper.app.review import read_review

    with session.opened() as (vault, index):
        picks = [p for p in read_review(vault, index, session.today) if only in (None, p.why)][:limit]
        if as_json:
            echo_json({"items": [_document(pick) for pick in picks]})
        elif sys.stdin.isatty() and sys.stdout.isatty():
            _ask_all(session, vault, picks)
        else:
            for pick in picks:
                click.echo(
                    f"{pick.summary.contact.name}\t{pick.why}\t{pick.detail}\t{pick.summary.contact.path}"
                )


def _document(pick: Pick) -> dict[str, object]:
    contact = pick.summary.contact
    return {"contact": contact.name, "path": contact.path, "why": pick.why, "detail": pick.detail}


def _ask_all(session: Session, vault: Vault, picks: Sequence[Pick]) -> None:
    if not picks:
        session.say("Nobody to look at: all have a tier, and nobody is drifting.")
    elif vault.policy.goals:
        click.echo(f"You are after: {'; '.join(vault.policy.goals)}. What worked, since last time?")
    for number, pick in enumerate(picks, 1):
        click.echo()
        click.echo(click.style(f"{number} of {len(picks)}  {plain(pick.summary.contact.name)}", bold=True))
        click.echo(f"  {plain(pick.detail)}")
        if not _ask(session, vault, pick):
            click.echo("  Stopped; vk review goes on from here.")
            return


def _ask(session: Session, vault: Vault, pick: Pick) -> bool:
    """Whether to go on to the next card."""
    answers: dict[str, int] = {}
    if pick.why == "untriaged":
        for key, question in QUESTIONS:
            scale = ", ".join(f"{n} {word}" for n, word in enumerate(ANSWERS))
            said = _key(f"  {question} ({scale}; s skip, q quit) ", "0123sq")
            if said in "sq":
                return said == "s"
            answers[key] = int(said)
    tiers = list(vault.policy.tiers)
    proposed = propose_tier(list(answers.values()), tiers) if answers else ""
    keys = _tier_keys(tiers)
    offer = f"Enter for tier {proposed}, " if proposed else ""
    names = ", ".join(f"{key} {tier}" if key != tier.lower() else tier for key, tier in keys.items())
    prompt = f"  {offer}{names}; n never, p pause, z snooze 3m, x let go, l log, w write, s skip, q quit "
    wanted = "".join((*keys, "npzxlwsq")) + ("\r\n" if proposed else "")
    while (said := _key(prompt, wanted)) in ("l", "w"):
        (_log if said == "l" else _draft)(pick)
    if said in "sq":
        return said == "s"
    choices = {"n": "no tier", "p": "pause", "z": "snooze 3m", "x": "let go"}
    choice = choices.get(said) or f"tier {keys.get(said, proposed)}"
    _apply(session, vault, pick.summary.contact.path, choice, answers)
    return True


def _apply(session: Session, vault: Vault, path: str, choice: str, answers: dict[str, int]) -> None:
    from vaultkeeper.app.review import plan_choice
    from vaultkeeper.errors import VaultkeeperError

    try:
        session.write(vault, [plan_choice(vault, path, choice, session.today, answers)], dry_run=False)
    except VaultkeeperError as error:
        click.echo(f"  {error}", err=True)
    else:
        click.echo(f"  {choice}")


def _log(pick: Pick) -> None:
    """An entry, typed as for `log -m`; an empty one logs nothing."""
    from vaultkeeper.cli.touch import log_command

    text = click.prompt("  What happened", default="", show_default=False)
    if text.strip():
        context = click.get_current_context()
        context.invoke(log_command, names=(pick.summary.contact.path,), message=text)


def _draft(pick: Pick) -> None:
    from vaultkeeper.cli.draft import draft_command

    kind = "reconnect" if pick.why == "drifting" else "check-in"
    click.get_current_context().invoke(draft_command, name=pick.summary.contact.path, kind=kind)


def _tier_keys(tiers: Sequence[str]) -> dict[str, str]:
    """A key for each tier: its first letter where that is free, else its number."""
    keys: dict[str, str] = {}
    for number, tier in enumerate(tiers, 1):
        letter = tier[0].lower()
        free = letter.isalpha() and letter not in keys and letter not in "npzxlwsq"
        keys[letter if free else str(number)] = tier
    return keys


def _key(prompt: str, wanted: str) -> str:
    """One of the `wanted` keys, as pressed; Ctrl-C and the end of input quit."""
    click.echo(prompt, nl=False)
    while True:
        pressed = click.getchar().lower()
        if pressed in ("\x03", "\x04", ""):
            pressed = "q"
        if pressed in wanted:
            click.echo(pressed.strip())
            return pressed
