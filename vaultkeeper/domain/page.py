"""A contact's pages on the web: their profile, their links, and what the news say of them and their company
(seed 002: alerts about a connection's name and company). Addresses alone: nothing is looked up here."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.naming import fold, plain

NEWS = "https://news.google.com/search?q={}"
_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]+", re.I)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/[^\s<>\"'()\[\]{}|\\^`]+", re.I)
_NO_FIRM = frozenset({"freelance", "freelancer", "self-employed", "independent", "retired", "none"})
_HANDLE = re.compile(r"(?:/?in/|@)?([\w%-]+)/?")


class Page(NamedTuple):
    """`kind` is "profile", "link" or "news"; `about` what it tells of, in words; `url` begins with http."""

    kind: str
    about: str
    url: str


def pages_of(contact: Contact, clean: Callable[[str], str] = str) -> list[Page]:
    """The profile first, then the note's links, then searches of the news: none for the deceased. `clean`
    takes the links to notes out of a company's name."""
    name = plain(contact.name)
    profile = profile_url(contact.linkedin)
    pages = [Page("profile", name, profile)] if profile else []
    pages += [Page("link", url, url) for text in contact.links for url in _urls(text) if url != profile]
    if contact.status != "deceased":
        firms = (plain(clean(company)) for company in contact.company)
        subjects = dict.fromkeys((name, *(firm for firm in firms if firm and fold(firm) not in _NO_FIRM)))
        pages += [Page("news", subject, news_url(subject)) for subject in subjects if subject]
    return pages


def profile_url(text: str) -> str:
    """The address of a profile: a whole one, one without its scheme, or a name there. "" for none."""
    text = text.strip()
    whole = next(_urls(text), "")
    if whole:
        return whole
    if _BARE.fullmatch(text):
        return f"https://{text}"
    handle = _HANDLE.fullmatch(text)
    return f"https://www.linkedin.com/in/{quote(handle[1], safe='%')}" if handle else ""


def news_url(subject: str) -> str:
    """A search of the news for exactly these words."""
    words = " ".join(subject.replace('"', " ").split())
    return NEWS.format(quote(f'"{words}"', safe=""))


def _urls(text: str) -> Iterator[str]:
    return (match[0].rstrip(".,;:!") for match in _ADDRESS.finditer(text))
