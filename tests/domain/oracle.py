"""The week's list, told a second time: RULES.md in the plainest words, slow and without a line of the code.

For contacts with a tier of `TIERS`, touches (none planned), a dated promise, a birthday, `met`, a status.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from statistics import median

from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.summary import Summary

TIERS = {"A": 21, "B": 60, "C": 180}  # in days, most important first
Lines = set[tuple[str, str]]


def days(count: int) -> timedelta:
    return timedelta(days=count)


class Oracle:
    """The agenda of `today` for the week that began on `first`: `items` and `later`, as (name, reason)."""

    def __init__(self, vault: Sequence[Summary], today: date, first: date, quota: int) -> None:
        self.vault, self.today, self.first, self.quota = vault, today, first, quota
        self.end = first + days(6)
        self.items: Lines = set()
        self.later: Lines = set()
        self._write()

    def _write(self) -> None:
        always = {name(s): self.shows(s, self.today, self.today, self.today + days(7)) for s in self.vault}
        of_week = {name(s): self.shows(s, self.end, self.first, self.first + days(7)) for s in self.vault}
        undone = {
            name(s): self.shows(self.undone(s), self.end, self.first, self.first + days(7))
            for s in self.vault
        }
        thanked = [s for s in self.vault if "thank-you" in of_week[name(s)]]
        thanked.sort(key=lambda s: (-(s.contact.met or self.first).toordinal(), s.contact.path))
        for s in thanked[5:]:
            for found in (of_week, undone):
                found[name(s)].discard("thank-you")
            if "thank-you" in always[name(s)]:
                always[name(s)].discard("thank-you")
                self.later.add((name(s), "thank-you"))
        self.holds = holds = {name(s) for s in self.vault if undone[name(s)]}
        waiting = {name(s): self.waits_for(s) for s in self.vault}
        queue = [s for s in self.vault if waiting[name(s)] and name(s) not in holds]
        queue = self.by_priority(queue)
        queued = {name(s) for s in queue}
        busy = {
            name(s) for s in self.vault if of_week[name(s)] or self.touched(s, lambda t: t.direction != "in")
        }
        places = max(self.quota - len(holds | (busy - queued)), 0)
        chosen = self.choose(queue, places)
        left = [s for s in chosen if not self.touched(s)][: max(places - len(busy & queued), 0)]
        shown = holds | {name(s) for s in left}
        for s in self.vault:
            self.items |= {(name(s), reason) for reason in always[name(s)]}
            if waiting[name(s)] and not self.touched(s):
                (self.items if name(s) in shown else self.later).add((name(s), waiting[name(s)]))
        for s in self.just_because(holds | busy | queued, max(places - len(chosen), 0)):
            self.items.add((name(s), "just-because"))
        listed = {who for who, _ in self.items}
        self.later = {line for line in self.later if line[0] not in listed}

    # What always shows: as known on `day`, looking from `since` to `until`.

    def shows(self, s: Summary, day: date, since: date, until: date) -> set[str]:
        by_user = [t for t in s.touches if t.date <= day and t.direction != "in"]
        found = set()
        if any(f.state == "open" and f.due is not None and f.due <= until for f in s.follow_ups):
            found.add("follow-up")
        span = [since + days(n) for n in range((until - since).days + 1)]
        born = s.contact.birthday
        coming = [d for d in span if born is not None and (d.month, d.day) == (born.month, born.day)]
        if coming and not any(t.date >= coming[0] - days(3) for t in by_user):
            found.add("birthday")
        met = s.contact.met
        if met is not None and since - days(14) <= met <= day and not any(t.date > met for t in by_user):
            found.add("thank-you")
        if s.contact.status == "new":
            return found & {"follow-up"}
        if s.contact.status == "paused" or deaf(s, day):
            return found & {"follow-up", "birthday"}
        return found

    def undone(self, s: Summary) -> Summary:
        return Summary(s.contact, tuple(t for t in s.touches if t.date < self.first), s.follow_ups)

    def touched(self, s: Summary, how: Callable[[Touch], bool] = lambda _: True) -> bool:
        return any(self.first <= t.date <= self.today and how(t) for t in s.touches)

    # Who waits, and who comes first: on the first day of the week, before anything was noted in it.

    def last(self, s: Summary) -> date | None:
        return max((t.date for t in s.touches if t.date < self.first), default=None)

    def next(self, s: Summary) -> date | None:
        since = self.last(s) or s.contact.met
        return since + days(TIERS[s.contact.tier]) if since and s.contact.tier else None

    def waits_for(self, s: Summary) -> str:
        if s.contact.status != "active" or deaf(self.undone(s), self.first):
            return ""
        if s.contact.tier and (self.next(s) or self.first) <= self.end:
            return "cadence"
        return "drifting" if self.drifts(s) else ""

    def drifts(self, s: Summary) -> bool:
        on = sorted({t.date for t in s.touches if t.date < self.first})[-12:]
        gaps = [(on[n + 1] - on[n]).days for n in range(len(on) - 1)]
        if len(gaps) < 4 or (on[-1] - on[0]).days < 21:
            return False
        silent = (self.first - on[-1]).days
        return max(2 * median(gaps), 14) < silent <= max(12 * median(gaps), 90)

    def lateness(self, s: Summary) -> float:
        due = self.next(s)
        return (self.first - due).days / TIERS[s.contact.tier] if due else 0.0

    def by_priority(self, people: list[Summary]) -> list[Summary]:
        """By each rule in turn, the least first: Python's sort is stable."""
        people = sorted(people, key=name)
        people.sort(key=lambda s: -answers(self.undone(s), self.first))
        people.sort(key=lambda s: -self.lateness(s))
        people.sort(key=lambda s: -(s.contact.goal_fit + s.contact.openness + s.contact.learn_from))
        people.sort(key=lambda s: (*TIERS, "").index(s.contact.tier))
        people.sort(key=lambda s: self.lateness(s) <= 1)
        return people

    def choose(self, queue: list[Summary], places: int) -> list[Summary]:
        """One place of a quota of two or more is for the longest waiting below the first tier, and given up last."""
        lower = [s for s in queue if s.contact.tier != "A"]
        never = [s for s in lower or queue if self.last(s) is None and self.next(s) is None]
        if self.quota < 2 or not (lower or never):
            return queue[:places]
        # Of equals the first by priority.
        longest = min(never or lower, key=lambda s: self.next(s) or self.first)
        others = [s for s in queue if s is not longest]
        return [longest, *others][:places]

    def just_because(self, otherwise: set[str], free: int) -> list[Summary]:
        def silent_since(s: Summary) -> date:
            return self.last(s) or s.contact.met or date.min

        quiet = [
            s
            for s in self.vault
            if (s.contact.tier or s.contact.relationship)
            and s.contact.status == "active"
            and not deaf(self.undone(s), self.first)
            and silent_since(s) <= self.first - days(15)
        ]
        quiet.sort(key=lambda s: (silent_since(s), name(s)))
        number = (self.first - date(1970, 1, 5)).days // 7
        turn = [s for rank, s in enumerate(quiet[: 4 * self.quota]) if rank % 4 == number % 4]
        return [s for s in [s for s in turn if name(s) not in otherwise][:free] if not self.touched(s)]


def name(s: Summary) -> str:
    return s.contact.name


def deaf(s: Summary, day: date) -> bool:
    """Unresponsive."""
    known = [t for t in s.touches if t.date <= day]
    heard = max((t.date for t in known if t.direction != "out"), default=date.min)
    asked = {t.date for t in known if t.asks_for_answer and t.date > heard}
    return len(asked) >= 3 and (day - min(asked)).days >= 42


def answers(s: Summary, day: date) -> float:
    known = [t for t in s.touches if t.date <= day]
    asked = [t.date for t in known if t.asks_for_answer]
    came = [t.date for t in known if t.direction in ("in", "both")]
    return sum(any(0 <= (c - a).days <= 30 for c in came) for a in asked) / len(asked) if asked else 0.0
