"""`draft`: a message to a contact, from a template, filled from properties and never from the log (RULES.md,
Messages)."""

from datetime import date
from typing import NamedTuple

from vaultkeeper.app.find import find_contact
from vaultkeeper.app.gather import gather
from vaultkeeper.app.log import LogRequest
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.naming import called, fold, plain
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.told import untold
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.links import unlinked
from vaultkeeper.storage.index import Index

# Kind → how a sent message is logged: its words and its tag.
KINDS: dict[str, tuple[str, str]] = {
    "thank-you": ("a thank-you note", "thanks"),
    "check-in": ("a hello, and how are you", "checkin"),
    "congratulate": ("congratulations", "congrats"),
    "share": ("something to share", "gave"),
    "news": ("my news", "news"),
    "ask": ("a small question", "asked"),
    "nudge": ("asked once more", ""),
    "intro": ("asked whether an introduction is welcome", ""),
    "reconnect": ("a word after a long silence", "checkin"),
    "decline": ("a friendly no", ""),
    "holiday": ("wishes for the holidays", "congrats"),
}
_LATELY = 30  # days in which one thanks for help
_BESIDE = 3  # last entries shown beside a draft


class Draft(NamedTuple):
    """A message: whose note is at `path`, whom to (`address` may be empty), subject, body."""

    path: str
    name: str
    address: str
    subject: str
    body: str


class Drafted(NamedTuple):
    """`drafts`: NAME's message first, for an introduction the other's second. `beside`: the last entries of
    the log, for the writer's eyes only."""

    drafts: tuple[Draft, ...]
    beside: tuple[str, ...]


def make_draft(
    vault: Vault, index: Index, name: str, kind: str, other: str | None, topic: str, today: date
) -> Drafted:
    """Raises NotFound, Ambiguous, and BadInput where an introduction lacks the other one, or somebody has
    died."""
    summary = _summary(index, name)
    if kind == "intro" and other is None:
        raise BadInput("an introduction is between two: give the other with --with NAME")
    partner = _summary(index, other) if other is not None else None
    if kind == "intro" and partner is not None and partner.contact.path == summary.contact.path:
        raise BadInput("an introduction is between two: --with names the same contact")
    drafts = [_render(vault, index, summary, kind, partner, topic, today)]
    if kind == "intro" and partner is not None:
        drafts.append(_render(vault, index, partner, kind, summary, topic, today))
    talks = [talk for talk in gather(index, summary.contact.path)[0] if talk.date <= today]
    beside = tuple(
        f"{talk.date.isoformat()} {talk.channel or 'contact'}: {_one_line(unlinked(talk.text))}"
        for talk in talks[-_BESIDE:]
    )
    return Drafted(tuple(drafts), beside)


def log_requests(drafted: Drafted, kind: str, topic: str) -> list[LogRequest]:
    """How each of the messages is logged, once it was sent."""
    words, tag = KINDS[kind]
    text = f"{words}: {plain(topic)}" if topic.strip() else words
    kinds = (tag,) if tag else ()
    return [LogRequest((draft.path,), text, "email", kinds=kinds) for draft in drafted.drafts]


def _summary(index: Index, name: str) -> Summary:
    summary = index.summary(find_contact(index, name, reading=True))
    assert summary is not None
    if summary.contact.status == "deceased":
        raise BadInput(f"{plain(summary.contact.name)} has died: no message is drafted")
    return summary


def _render(
    vault: Vault, index: Index, summary: Summary, kind: str, other: Summary | None, topic: str, today: date
) -> Draft:
    contact, policy = summary.contact, vault.policy
    news = untold(summary, index.news(), vault.policy, today)
    text = vault.templates().render(
        f"draft-{kind}.txt",
        name=plain(contact.name),
        first_name=plain(called(contact.name)),
        company=_first(contact.company),
        title=_first(contact.title),
        met_at=plain(unlinked(contact.met_at)),
        interests=_all(contact.interests),
        needs=_all(contact.needs),
        other=plain(other.contact.name) if other is not None else "",
        other_first=plain(called(other.contact.name)) if other is not None else "",
        other_about=_about(other.contact) if other is not None else "",
        news=_one_line(unlinked(news[-1].text)).rstrip(".") if news else "",
        offers=list(policy.offers),
        topic=plain(topic).rstrip("."),
        goal=_goal(contact, policy),
        connected=contact.connected is not None,
        helped=helped_since(summary, _LATELY, today),
        helped_this_year=helped_since(summary, policy.rules.occasion_helped_days, today),
    )
    subject, body = _split(text)
    return Draft(contact.path, plain(contact.name), contact.email[0] if contact.email else "", subject, body)


def _split(text: str) -> tuple[str, str]:
    """(subject, body) of a template's text, which begins with `Subject: …` or has none."""
    head, _, rest = text.lstrip().partition("\n")
    if not head.startswith("Subject:"):
        return "", text.strip() + "\n"
    return plain(head.removeprefix("Subject:")), rest.strip() + "\n"


def _goal(contact: Contact, policy: Policy) -> str:
    """The first of the user's goals that the contact bears on, else the first of all."""
    theirs = set(map(fold, contact.goals))
    return next((goal for goal in policy.goals if fold(goal) in theirs), next(iter(policy.goals), ""))


def helped_since(summary: Summary, days: int, today: date) -> bool:
    """Whether they helped within so many days."""
    since = days_after(today, -days)
    return any("helped" in touch.kinds and touch.date >= since for touch in summary.until(today))


def _one_line(text: str) -> str:
    return " / ".join(filter(None, map(plain, text.splitlines())))


def _first(values: tuple[str, ...]) -> str:
    return plain(unlinked(values[0])) if values else ""


def _all(values: tuple[str, ...]) -> list[str]:
    return [plain(unlinked(value)) for value in values]


def _about(contact: Contact) -> str:
    return ", ".join(filter(None, (_first(contact.title), _first(contact.company))))
