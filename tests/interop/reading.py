"""What the tests of the formats share: bytes read as a format, and a card's values as a plain dict."""

from datetime import date
from io import BytesIO

from vaultkeeper.domain.card import Card
from vaultkeeper.interop.format import FORMATS, Asked, Parsed, Source

TODAY = date(2026, 11, 23)


def read(name: str, *files: str | bytes, until: date = TODAY, file: str = "F", **asked: object) -> Parsed:
    """`files` as the format `name` reads them."""
    sources = [Source(file, BytesIO(data.encode() if isinstance(data, str) else data)) for data in files]
    return FORMATS[name].parse(sources, Asked(until, **asked))  # type: ignore[arg-type]


def values(card: Card) -> dict[str, str | list[str]]:
    """A single text as itself."""
    return {key: texts[0] if len(texts) == 1 else list(texts) for key, texts in card.values.items()}


def told(parsed: Parsed) -> list[str]:
    return [str(problem) for problem in parsed.problems]


def traces(card: Card) -> list[tuple[str, str | None, str | None, str]]:
    return [(t.day.isoformat(), t.channel, t.direction, t.text) for t in card.traces]
