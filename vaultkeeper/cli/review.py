"""`review`: one card at a time, single keys; piped, a list."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase, digits

import click

from vaultkeeper.app.vault import Vault
from vaultkeeper.cli.keys import Keys
from vaultkeeper.cli.session import Session, echo_json, json_option, pass_session, shown
from vaultkeeper.domain.duration import say_day
from vaultkeeper.domain.naming import plain
from vaultkeeper.domain.review import ANSWERS, QUESTIONS, Pick, Worked, answers_of, by_contact, propose_tier
from vaultkeeper.storage.index import Index

_WHY = ("untriaged", "unresponsive", "priority", "drifting")
_WORKED = 5
_SITTING = 20  # cards, unless --limit says more
_ENTER = "\r\n"
# The keys of a card, as they are offered.
_KEYS = {
    "l": "log",
    "s": "snooze",
    "t": "tier",
    "p": "pause",
    "g": "let go",
    "d": "draft",
    "n": "next",
    "q": "stop",
}
_OFFERED = " · ".join(f"{key} {name}" for key, name in _KEYS.items())
_SPANS = {"w": ("a week", "1w"), "m": ("a month", "1m"), "q": ("three months", "3m"), "y": ("a year", "1y")}


@click.command("review")
@click.option("--only", type=click.Choice(_WHY), help="One kind of card.")
@click.option(
    "--limit", type=click.IntRange(1), help="At most that many; on a terminal 20, unless you say more."
)
@click.option("--again", is_flag=True, help="From the first card, where you had stopped before.")
@json_option
@pass_session
def review_command(session: Session, only: str | None, limit: int | None, again: bool, as_json: bool) -> None:
    """Whom to look at again: new people first, then who is silent, drifting, or in the wrong tier.

    One card at a time, a key each. Every choice is written to the note at once and can be undone; stop when
    you like, and the next review goes on from there.
    """
    from vaultkeeper.app.review import read_review

    with session.opened() as (vault, index):
        picks = [p for p in read_review(vault, index, session.today) if only in (None, p.why)]
        if as_json:
            echo_json({"items": [_document(pick) for pick in picks[:limit]]})
        elif sys.stdin.isatty() and sys.stdout.isatty():
            _Review(session, vault, index).go(by_contact(picks), limit, again=again)
        else:
            for pick in picks[:limit]:
                contact = pick.summary.contact
                click.echo("\t".join(map(shown, (contact.name, pick.why, pick.detail, contact.path))))


def _document(pick: Pick) -> dict[str, object]:
    contact = pick.summary.contact
    return {"contact": contact.name, "path": contact.path, "why": pick.why, "detail": pick.detail}


@dataclass(slots=True)
class _Review:
    session: Session
    vault: Vault
    index: Index
    keys: Keys = field(default_factory=Keys)
    answers: dict[str, int] = field(default_factory=dict)

    def go(self, cards: Sequence[tuple[Pick, ...]], limit: int | None, *, again: bool) -> None:
        from vaultkeeper.app.review import card_key, read_worked, round_of

        looked_at = round_of(self.vault, self.session.today)
        if again:
            looked_at.end()
        left = [card for card in cards if card_key(card) not in looked_at]
        if not left:
            looked_at.end()
            left = [*cards]
        if not left:
            self.session.say("Nobody to look at: all have a tier, and nobody is drifting.")
            return
        _say_goals(
            self.vault.policy.goals, read_worked(self.vault, self.index, self.session.today), self.session
        )
        if len(left) < len(cards):
            click.echo(f"\nGoing on where you stopped; {len(cards) - len(left)} looked at before.")
        shown_now = left[: limit or _SITTING]
        for number, card in enumerate(shown_now, 1):
            if not self._card(card, f"{number} of {len(shown_now)}"):
                click.echo("Stopped; vk review goes on from here.")
                return
            looked_at.add(card_key(card))
        if len(shown_now) == len(left):
            looked_at.end()
            click.echo("\nThat was everybody.")
        else:
            more = len(left) - len(shown_now)
            click.echo(f"\nEnough for now; when there is time, vk review goes on with {more} more.")

    def _card(self, card: Sequence[Pick], number: str) -> bool:
        """Whether to go on to the next card."""
        from vaultkeeper.app.review import last_talk

        contact = card[0].summary.contact
        click.echo()
        click.echo(click.style(f"{number}  {plain(contact.name)}", bold=True))
        for pick in card:
            click.echo(f"  {plain(pick.detail)}")
        if talk := last_talk(self.index, contact.path, self.session.today):
            click.echo(click.style(f"  {talk}", dim=True))
        proposed = next((pick.tier for pick in card if pick.tier), "")
        self.answers = {}
        key: str | None = None
        if card[0].why == "untriaged" and not answers_of(contact):
            key = self._questions()
            if key is None:
                proposed = propose_tier([*self.answers.values()], [*self.vault.policy.tiers])
        while True:
            key = self._menu(proposed) if key is None else key
            done = self._do(key, card[0], proposed)
            if done is not None:
                return done
            key = None

    def _questions(self) -> str | None:
        """The seed's three; the key pressed instead of an answer, where it was one of a card's."""
        scale = "  ".join(f"{number} {word}" for number, word in enumerate(ANSWERS))
        click.echo(click.style(f"  {scale}; or {_OFFERED}", dim=True))
        for key, question in QUESTIONS:
            pressed = self.keys.ask(f"  {question}", "0123" + "".join(_KEYS))
            if not pressed.isdigit():
                self.answers = {}
                return pressed
            self.answers[key] = int(pressed)
        return None

    def _menu(self, proposed: str) -> str:
        offer = f"Enter tier {proposed} · " if proposed else ""
        return self.keys.ask(f"  {offer}{_OFFERED}", "".join(_KEYS) + (_ENTER if proposed else ""))

    def _do(self, key: str, pick: Pick, proposed: str) -> bool | None:
        """Whether to go on to the next card; None to stay with this one."""
        path = pick.summary.contact.path
        match key:
            case "l":
                self._log(path)
            case "d":
                _draft(path, "reconnect" if pick.why in ("drifting", "unresponsive") else "check-in")
            case "n" | "q" | "":
                return key == "n"
            case "p":
                return self._apply(path, "pause")
            case "g":
                return self._apply(path, "let go")
            case "s":
                spans = {key: words for key, (words, _) in _SPANS.items()}
                chosen = self._choice("For how long?", spans)
                return self._apply(path, f"snooze {_SPANS[chosen][1]}") if chosen else None
            case "t":
                tiers = _tier_keys([*self.vault.policy.tiers])
                chosen = self._choice("Which?", {**tiers, "-": "none, never due"})
                if chosen:
                    return self._apply(path, f"tier {tiers[chosen]}" if chosen in tiers else "no tier")
            case _:
                return self._apply(path, f"tier {proposed}")
        return None

    def _choice(self, question: str, choices: Mapping[str, str]) -> str:
        """One of the keys of `choices`; "" for any other, which takes the question back."""
        words = "  ".join(key if key == name.lower() else f"{key} {name}" for key, name in choices.items())
        pressed = self.keys.ask(f"  {question} {words}", "")
        return pressed if pressed in choices else ""

    def _log(self, path: str) -> None:
        """An entry, typed as for `log -m`; an empty one logs nothing."""
        from vaultkeeper.cli.touch import log_command
        from vaultkeeper.errors import VaultkeeperError

        text = self.keys.line("  What happened")
        if text.strip():
            try:
                click.get_current_context().invoke(log_command, names=(path,), message=text)
            except VaultkeeperError as error:
                click.echo(f"  {error}", err=True)

    def _apply(self, path: str, choice: str) -> bool | None:
        from vaultkeeper.app.review import plan_choice
        from vaultkeeper.errors import VaultkeeperError

        try:
            change = plan_choice(self.vault, path, choice, self.session.today, self.answers)
            self.session.write(self.vault, [change], dry_run=False)
        except VaultkeeperError as error:
            click.echo(f"  {error}", err=True)
            return None
        click.echo(f"  {choice}")
        return True


def _say_goals(goals: Sequence[str], worked: Sequence[Worked], session: Session) -> None:
    if goals:
        click.echo(f"You are after: {'; '.join(map(plain, goals))}.")
    click.echo("What worked, since last time? Who helped, and what would you do again?")
    for one in worked[:_WORKED]:
        click.echo(f"  {plain(one.name)}: {one.what}, {say_day(one.day, session.today)}")
    if len(worked) > _WORKED:
        click.echo(f"  and {len(worked) - _WORKED} more: vk stats")


def _draft(path: str, kind: str) -> None:
    from vaultkeeper.cli.draft import draft_command
    from vaultkeeper.errors import VaultkeeperError

    click.echo()
    try:
        click.get_current_context().invoke(draft_command, name=path, kind=kind)
    except VaultkeeperError as error:
        click.echo(f"  {error}", err=True)
    click.echo()


def _tier_keys(tiers: Sequence[str]) -> dict[str, str]:
    """A key for each tier: its first letter where that is free, else a number or another letter."""
    keys: dict[str, str] = {}
    for tier in tiers:
        letter = tier[:1].lower()
        free = (key for key in (letter, *digits[1:], *ascii_lowercase) if key.isalnum() and key not in keys)
        keys[next(free, "")] = tier
    return keys
