"""`digest`: the week's agenda to be sent, by sendmail or from cron."""

from datetime import date

from vaultkeeper.app.agenda import Adviser, advise_all
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.glance import items_of
from vaultkeeper.domain.reason.base import view_of_week
from vaultkeeper.notes.links import unlinked
from vaultkeeper.render.digest import Digest, compose_mail, make_digest
from vaultkeeper.storage.index import Index

FORMATS = ("text", "html", "eml")


def read_digest(vault: Vault, index: Index, today: date, *, with_log: bool) -> Digest:
    """The agenda of the week of `today`, and what comes in the next; a log is quoted only `with_log`."""
    adviser = Adviser(index, view_of_week(vault.policy, today), discreet=not with_log)
    soon = items_of((one, one.soon) for one in adviser.near)
    return make_digest(advise_all(adviser, later=vault.policy.most_later), soon, unlinked)


def render_digest(
    vault: Vault, digest: Digest, form: str, today: date, to: str = "", sender: str = ""
) -> str:
    """In one of FORMATS, by the templates digest.txt and digest.html; the same on the same day. Raises
    BadInput for an address that is none."""
    templates = vault.templates()

    def body(kind: str) -> str:
        return templates.render(f"digest.{kind}", **digest.values())

    if form == "eml":
        return compose_mail(digest.subject, body("txt"), body("html"), today, to, sender)
    return body("html" if form == "html" else "txt")
