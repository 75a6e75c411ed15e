"""`draft`: a message to a contact, from a template, filled from properties and never from the log (RULES.md,
Messages)."""

from dataclasses import dataclass
from datetime import date

from vaultkeeper.app.find import find_contact
from vaultkeeper.app.gather import gather
from vaultkeeper.app.vault import TEMPLATES, Vault
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.naming import called, plain
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.told import untold
from vaultkeeper.errors import BadInput
from vaultkeeper.notes.links import unlinked
from vaultkeeper.render.template import Templates
from vaultkeeper.storage.index import Index

# Kind → the tag with which a sent message is logged.
KINDS: dict[str, str] = {
    "thank-you": "thanks",
    "check-in": "checkin",
    "congratulate": "congrats",
    "share": "gave",
    "news": "news",
    "ask": "asked",
    "nudge": "",
    "intro": "",
    "reconnect": "checkin",
    "decline": "",
    "holiday": "congrats",
}
_BESIDE = 3  # last entries shown beside a draft


@dataclass(frozen=True, slots=True)
class Draft:
    """A message: whom to (`address` may be empty), subject, body."""

    name: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """`drafts`: NAME's message first, for an introduction the other's second. `beside`: the last entries of
    the log, for the writer's eyes only."""

    path: str
    drafts: tuple[Draft, ...]
    beside: tuple[str, ...]


def make_draft(
    vault: Vault, index: Index, name: str, kind: str, other: str | None, topic: str, today: date
) -> Drafted:
    """Raises NotFound, Ambiguous, and BadInput where an introduction lacks the other one."""
    summary = _summary(index, name)
    if kind == "intro" and other is None:
        raise BadInput("an introduction is between two: give the other with --with NAME")
    partner = _summary(index, other) if other is not None else None
    drafts = [_render(vault, index, summary, kind, partner, topic, today)]
    if kind == "intro" and partner is not None:
        drafts.append(_render(vault, index, partner, kind, summary, topic, today))
    talks = [talk for talk in gather(index, summary.contact.path)[0] if talk.date <= today]
    beside = tuple(
        f"{talk.date.isoformat()} {talk.channel or ''}: {plain(unlinked(talk.text))}"
        for talk in talks[-_BESIDE:]
    )
    return Drafted(summary.contact.path, tuple(drafts), beside)


def _summary(index: Index, name: str) -> Summary:
    summary = index.summary(find_contact(index, name, reading=True))
    assert summary is not None
    return summary


def _render(
    vault: Vault, index: Index, summary: Summary, kind: str, other: Summary | None, topic: str, today: date
) -> Draft:
    contact, policy = summary.contact, vault.policy
    news = untold(summary, index.news(), vault.policy, today)
    text = Templates(vault.root / TEMPLATES).render(
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
        news=plain(unlinked(news[-1].text)) if news else "",
        offers=list(policy.offers),
        topic=plain(topic),
        goal=policy.goals[0] if policy.goals else "",
    )
    subject, body = _split(text)
    return Draft(plain(contact.name), contact.email[0] if contact.email else "", subject, body)


def _split(text: str) -> tuple[str, str]:
    """(subject, body) of a template's text, which begins with `Subject: …` or has none."""
    head, _, rest = text.lstrip().partition("\n")
    if not head.startswith("Subject:"):
        return "", text.strip() + "\n"
    return plain(head.removeprefix("Subject:")), rest.strip() + "\n"


def _first(values: tuple[str, ...]) -> str:
    return plain(unlinked(values[0])) if values else ""


def _all(values: tuple[str, ...]) -> list[str]:
    return [plain(unlinked(value)) for value in values]


def _about(contact: Contact) -> str:
    return ", ".join(filter(None, (_first(contact.title), _first(contact.company))))
