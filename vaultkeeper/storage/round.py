"""How far a review has come: which cards were looked at, in the state folder."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

_DAYS = 30  # after which a round that was left off begins anew


class Round:
    """The round of a review that goes on, or a new one on the day `today`. Worth no failure: where it can't
    be written, the next run begins at the first card."""

    def __init__(self, state: Path, today: date) -> None:
        self._file = state / "review.json"
        self._since, self._seen = today, set[str]()
        with suppress(OSError, ValueError, KeyError, TypeError):
            stored = json.loads(self._file.read_text("utf-8"))
            since = date.fromisoformat(stored["since"])
            if 0 <= (today - since).days <= _DAYS:
                self._since, self._seen = since, set(map(str, stored["seen"]))

    def __contains__(self, card: str) -> bool:
        return card in self._seen

    def add(self, card: str) -> None:
        """It was looked at."""
        self._seen.add(card)
        document = {"since": self._since.isoformat(), "seen": sorted(self._seen)}
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside = self._file.with_suffix(".new")
            beside.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
            beside.replace(self._file)

    def end(self) -> None:
        """All were looked at, or the next run shall begin anew."""
        self._seen.clear()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
