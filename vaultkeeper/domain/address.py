"""Addresses of people, and when two spellings are one address: email, phone, profile page."""

import re
import unicodedata
from urllib.parse import unquote

_PROFILE = re.compile(r"(?:https?:)?(?://)?(?:www\.)?([^/?#\s]+\.[^/?#\s]+)(/[^?#]*)?", re.I)
# Addresses that an office reads, or a machine: they tell nothing of who wrote.
_SHARED = frozenset(
    {
        *("info", "office", "contact", "kontakt", "hello", "hallo", "mail", "email", "post", "admin"),
        *("sales", "support", "service", "team", "jobs", "hr", "careers", "billing", "accounts", "press"),
        *("noreply", "no-reply", "donotreply", "do-not-reply", "notifications", "newsletter", "news"),
    }
)


def email_key(text: str) -> str:
    """`mailto:Jane@X.example` and `jane@x.example` are equal; "" for what is no address."""
    bare = text.strip().removeprefix("mailto:").removeprefix("MAILTO:").strip("<>").casefold()
    return bare if "@" in bare else ""


def is_shared(email: str) -> bool:
    """Whether it is rather an office's address than a person's: `info@acme.example`."""
    return email_key(email).split("@")[0] in _SHARED


def phone_key(text: str) -> str:
    """The last nine digits, so that `+49 170 1234567` and `0170 1234567` are equal."""
    return re.sub(r"\D", "", text.casefold().split("ext")[0]).lstrip("0")[-9:]


def profile_key(text: str) -> str:
    """A profile page without scheme, `www.`, country, query and language: `linkedin.com/in/jane-doe`."""
    match = _PROFILE.match(text.strip())
    if match is None:
        return ""
    host = match[1].casefold()
    parts = [part for part in unquote(match[2] or "").casefold().split("/") if part]
    if host == "linkedin.com" or host.endswith(".linkedin.com"):
        host, parts = "linkedin.com", parts[:2] if parts[:1] == ["in"] else parts
    return unicodedata.normalize("NFC", "/".join([host, *parts])) if parts else ""


def is_linkedin(text: str) -> bool:
    """Whether it is a person's page there."""
    return profile_key(text).startswith(("linkedin.com/in/", "linkedin.com/pub/"))
