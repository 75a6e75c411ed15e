"""The week's agenda as plain text, HTML and a mail: what the templates are given, the mail around them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from vaultkeeper.domain.agenda import Agenda
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.naming import plain
from vaultkeeper.errors import BadInput
from vaultkeeper.render.due_note import Entry, Group, due_note_values


class Digest(NamedTuple):
    """As the note Due this week has it, with plain names in place of links."""

    week: str
    people: str
    groups: tuple[Group, ...]
    later: tuple[Entry, ...]
    more: int
    ahead: tuple[Entry, ...]

    @property
    def subject(self) -> str:
        return f"Keep in touch, {self.week}: {self.people.lower()}"

    def values(self) -> dict[str, object]:
        """The templates' variables."""
        return {name: getattr(self, name) for name in (*self._fields, "subject")}

    def document(self) -> dict[str, object]:
        """As JSON."""
        told: dict[str, object] = {"subject": self.subject, **self._asdict()}
        told["groups"] = [{"title": title, "entries": _documents(entries)} for title, entries in self.groups]
        return {**told, "later": _documents(self.later), "ahead": _documents(self.ahead)}


def _documents(entries: Iterable[Entry]) -> list[dict[str, object]]:
    return [entry._asdict() for entry in entries]


def make_digest(agenda: Agenda, ahead: Sequence[Item], clean: Callable[[str], str]) -> Digest:
    """`clean` takes the links out of a text."""

    def plainly(text: str) -> str:
        return clean(plain(text))

    def cleaned(entry: Entry) -> Entry:
        return entry._replace(
            link=plainly(entry.link),
            name=plainly(entry.name),
            reasons=tuple(map(plainly, entry.reasons)),
            promises=tuple(map(plainly, entry.promises)),
            suggestion=plainly(entry.suggestion),
        )

    values: dict[str, object] = due_note_values(agenda, ahead, (), lambda _, name: name)
    groups, later, coming = values["groups"], values["later"], values["ahead"]
    assert isinstance(groups, list)
    assert isinstance(later, list)
    assert isinstance(coming, list)
    more = values["more"]
    assert isinstance(more, int)
    return Digest(
        str(values["week"]),
        str(values["people"]),
        tuple(Group(group.title, tuple(map(cleaned, group.entries))) for group in groups),
        tuple(map(cleaned, later)),
        more,
        tuple(map(cleaned, coming)),
    )


def compose_mail(subject: str, text: str, html: str, today: date, to: str = "", sender: str = "") -> str:
    """An RFC 5322 message of both, with the line ends that sendmail wants; dated on the morning of `today`.

    From `sender`, else from `to`: one writes to oneself. Raises BadInput for an address that is none.
    """
    from email.message import EmailMessage
    from email.policy import default
    from email.utils import format_datetime
    from hashlib import sha256

    mark = sha256("\0".join((subject, text, html, to, sender)).encode()).hexdigest()[:24]
    mail = EmailMessage(default)
    receivers = _addresses("--to", to) if to else ""
    mail["From"] = _addresses("--from", sender) if sender else receivers or "vaultkeeper@localhost"
    if to:
        mail["To"] = receivers
    mail["Subject"] = subject
    mail["Date"] = format_datetime(datetime.combine(today, time(6), UTC))
    mail["Message-ID"] = f"<{today.isoformat()}.{mark}@vaultkeeper.invalid>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{mark}")
    return mail.as_bytes().decode("ascii")


def _addresses(option: str, text: str) -> str:
    """`text` where it is one or more mail addresses. Raises BadInput."""
    from email.errors import MessageError
    from email.policy import default

    try:
        header = default.header_factory("To", text)
        known = [a for a in header.addresses if a.username and a.domain and a.addr_spec.isascii()]
        good = text.isprintable() and known and len(known) == len(header.addresses) and not header.defects
    except (ValueError, IndexError, MessageError):
        good = False
    if not good:
        raise BadInput(f"{option} {text!r} is not a mail address")
    return text
