"""`review`: the picks, and a choice applied as a plain edit of the note."""

from collections.abc import Mapping, Sequence
from datetime import date

from vaultkeeper.app.change import Change, Edit, plan_edit
from vaultkeeper.app.gather import gather
from vaultkeeper.app.reviewing import mentions_in, reviewing
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.duration import parse_duration
from vaultkeeper.domain.naming import plain
from vaultkeeper.domain.review import (
    WORKED,
    Pick,
    Worked,
    in_order,
    what_worked,
)
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.fields import key_in_note
from vaultkeeper.notes.front_matter import parse
from vaultkeeper.notes.front_matter_edit import remove_key, set_value
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.round import Round


def read_review(vault: Vault, index: Index, today: date) -> list[Pick]:
    """Each with the whole contact."""
    found = in_order(index.of_each(reviewing(vault.policy, today)), mentions_in(index))
    whole = {one.path: summary for one, _ in found if (summary := index.summary(one.path)) is not None}
    return [Pick(whole[one.path], *doubt) for one, doubt in found if one.path in whole]


def read_worked(vault: Vault, index: Index, today: date) -> list[Worked]:
    return what_worked(index.among(reviewing(vault.policy, today), {WORKED: -1}))


def last_talk(index: Index, path: str, today: date) -> str:
    """The last entry of the contact's log, on one line; "" where there is none."""
    talks = [talk for talk in gather(index, path)[0] if talk.date <= today]
    if not talks:
        return ""
    last = talks[-1]
    head = f"{last.date.isoformat()} {last.channel or ''}".rstrip()
    return plain(f"{head}: {unlinked(last.text)}")


def round_of(vault: Vault, today: date) -> Round:
    return Round(vault.state, today)


def card_key(card: Sequence[Pick]) -> str:
    """What tells a card from the others of its round: the contact, and why they are looked at."""
    return " ".join((*(pick.why for pick in card), card[0].summary.contact.path))


def plan_choice(
    vault: Vault, path: str, choice: str, today: date, answers: Mapping[str, int] | None = None
) -> Change:
    """`choice` is "tier X", "no tier", "pause" with or without a duration, "snooze 3m", or "let go".

    `answers` to the three questions are written beside it. Raises BadInput.
    """
    return plan_edit(vault, path, choice_edit(vault, path, choice, today, answers))


def choice_edit(
    vault: Vault, path: str, choice: str, today: date, answers: Mapping[str, int] | None = None
) -> Edit:
    """As `plan_choice`, as an edit of the note's text."""
    values = {**(answers or {}), **_values(vault, choice, today)}

    def edit(text: str) -> str:
        for key, value in values.items():
            front_matter = parse(text, path)[0]
            written = key_in_note(key, front_matter, vault.reading.keys)
            if value is not None:
                text = set_value(text, written, value, path)
            elif written in front_matter.properties:
                text = remove_key(text, written, path)
        return text

    return edit


def _values(vault: Vault, choice: str, today: date) -> dict[str, str | int | None]:
    """Key → value, None to remove it. A pause with an end is a snooze: it needs no resuming."""
    word, _, rest = choice.strip().partition(" ")
    try:
        match word.lower(), rest.strip():
            case "tier", tier:
                known = next(
                    (name for name in vault.policy.tiers if name.casefold() == tier.casefold()), None
                )
                if known is not None:
                    return {"tier": known, "status": None}
            case "no", "tier":
                return {"cadence": "none", "status": None}
            case "pause", "":
                return {"status": "paused"}
            case (("pause" | "snooze"), span) if span:
                return {"snooze_until": parse_duration(span).after(today).isoformat(), "status": None}
            case "let", "go":
                return {"status": "dormant"}
    except ValueError as error:
        raise BadInput(str(error)) from None
    raise BadInput(f"{choice!r} is not a choice of the review")
