"""What came of it: figures of a period (RULES.md, Review; seed 002: "measure your results").

What counts, and what counts once:

- A *touch* is one entry of one contact. The same talk noted in two notes is one (FORMAT.md section 4); a
  talk with several people counts for each of them, in every figure but the introductions.
- The period's days are both inclusive. Entries after today are plans and count nowhere.
- A contact with two networks (places, goals …) counts in both groups, one with none in no group: the groups
  need not add up to the whole. Values are told apart without case and accents. The tier is today's.
- In the groups by channel and kind, `contacts` are those with such a touch; in the others, those who belong.
- *Asks* are the entries that ask for an answer; one is *answered* by an `in` or `both` within 30 days, which
  may come after the period. An ask of last week is not answered yet, and counts as that.
- *Outcomes* are touches with `#outcome` or `#helped`; one with both is one.
- An *introduction* is a pair of contacts with an `#intro` in the period, once, however often it is logged.
  One to somebody without a note is no pair; its entries count under the kind `intro`.
- The deceased count among contacts, touches and weeks, and are left out of warmth, moves and load.
- Warmth, moves and load are as of the period's end (or today, where that is earlier), by today's tiers.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from vaultkeeper.domain.cadence import tier_of
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import days_after, week_start
from vaultkeeper.domain.interaction import Touch
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary, first_known
from vaultkeeper.domain.tally import A_CONTACT, BY_TOUCH, Counts, Kinds, Table, TouchKind, counts_of
from vaultkeeper.domain.warmth import WARMTHS, warmth
from vaultkeeper.domain.week import Week, count_weeks, load, streak

# The groups that a contact belongs to. A new one is one line here.
BY_CONTACT: dict[str, Callable[[Contact, Policy], Sequence[str]]] = {
    "network": lambda contact, _: contact.network,
    "relationship": lambda contact, _: contact.relationship,
    "tier": lambda contact, policy: (tier_of(contact, policy),),
    "goal": lambda contact, _: contact.goals,
    "company": lambda contact, _: contact.company,
    "location": lambda contact, _: contact.location,
}
DIMENSIONS = (*BY_CONTACT, *BY_TOUCH)

_day_of = attrgetter("date")
Resolve = Callable[[str, str], str | None]  # (link, path of the note it stands in) → the path it leads to


class Statistics(NamedTuple):
    """`until` is the last day counted; `reached` the contacts with a touch at all.

    `by`: dimension → value → its counts, tiers in the config's order, else the most touches first; `without`:
    the same of those that have no such value. `moves` has (warmth before the period, at its end) → contacts;
    `newly_known` those met, connected or first in touch in it. `weeks` has every week with a day in the
    period, each counted whole; `streak` ends with the last of them. `days` has the days with touches.
    """

    since: date
    until: date
    total: Counts
    reached: int
    by: dict[str, dict[str, Counts]]
    without: dict[str, Counts]
    introductions: tuple[tuple[date, str, str], ...]
    warmth: dict[str, int]
    moves: dict[tuple[str, str], int]
    newly_known: int
    weeks: tuple[Week, ...]
    streak: int
    load: float
    quota: int
    days: dict[date, int]

    @property
    def weeks_met(self) -> int:
        return sum(week.contacts >= self.quota for week in self.weeks)


def rate_of(dimension: str, counts: Counts, policy: Policy) -> float | None:
    """The response rate of a group; by channel None below 20 `out`: of so few it says nothing."""
    few = dimension == "channel" and counts.out < policy.rules.rate_least_out
    return None if few else counts.response_rate


def make_statistics(
    summaries: Sequence[Summary],
    policy: Policy,
    since: date,
    until: date,
    today: date,
    resolve: Resolve,
    clean: Callable[[str], str] = str,
) -> Statistics:
    """The figures of these contacts from `since` to `until`; `clean` takes the links out of a value."""
    end = min(until, today)
    tables = {dimension: Table(clean) for dimension in DIMENSIONS}
    kinds = Kinds({dimension: tables[dimension] for dimension in BY_TOUCH})
    total, days, counted = 0, Counter[date](), Counter[TouchKind]()
    reached = 0
    for summary in summaries:
        known = summary.until(today)
        touches = in_period(known, since, end)
        own = kinds.of(touches, known, policy)
        reached += bool(own)
        days.update([touch.date for touch in touches])
        counted.update(own)
        tally = sum([kind.tally for kind in own], A_CONTACT)
        total += tally
        for dimension, of_contact in BY_CONTACT.items():
            tables[dimension].add(of_contact(summary.contact, policy), tally)
        for dimension, key in {group for kind in set(own) for group in kind.groups}:
            tables[dimension].tallies[key] += A_CONTACT
    for kind, times in counted.items():
        for dimension, values in kind.values.items():
            tables[dimension].add(values, kind.tally * times, times)
    by = {dimension: table.by() for dimension, table in tables.items()}
    by["tier"] = {tier: by["tier"][tier] for tier in policy.tiers if tier in by["tier"]}
    living = [s for s in summaries if s.contact.status != "deceased"]
    before = days_after(since, -1)
    moves = Counter((warmth(s, policy, before), warmth(s, policy, max(end, before))) for s in living)
    last_week = week_start(end, policy.week_day)
    weekly = count_weeks(summaries, last_week, end)
    return Statistics(
        since,
        end,
        counts_of(total),
        reached,
        by,
        {dimension: table.without() for dimension, table in tables.items()},
        find_introductions(summaries, since, end, resolve),
        {name: sum(n for (_, after), n in moves.items() if after == name) for name in WARMTHS},
        dict(moves),
        sum(since <= first <= end for s in summaries if (first := first_known(s, today)) is not None),
        _weeks_of(weekly, since, last_week, policy.week_day),
        streak(weekly, last_week, policy.quota),
        load(living, policy, last_week),
        policy.quota,
        dict(sorted(days.items())),
    )


def in_period(touches: Sequence[Touch], since: date, until: date) -> Sequence[Touch]:
    """Those from `since` to `until`, both inclusive, of touches in order."""
    first = bisect_left(touches, since, key=_day_of)
    return touches[first : bisect_right(touches, until, key=_day_of)]


def find_introductions(
    summaries: Iterable[Summary], since: date, until: date, resolve: Resolve
) -> tuple[tuple[date, str, str], ...]:
    """(first day in the period, path, path) of each pair introduced in it, by day; the paths in order."""
    pairs: dict[tuple[str, str], date] = {}
    for summary in summaries:
        path = summary.contact.path
        for touch in in_period(summary.touches, since, until):
            for target in touch.introduced:
                other = resolve(target, path)
                if other is not None and other != path:
                    pair = (min(path, other), max(path, other))
                    pairs[pair] = min(touch.date, pairs.get(pair, touch.date))
    return tuple(sorted((day, *pair) for pair, day in pairs.items()))


def _weeks_of(weekly: Mapping[date, int], since: date, last: date, week_day: int) -> tuple[Week, ...]:
    """From the week of `since`, or of the first touch where that is later, to the one that begins `last`."""
    first = max(since, min((*weekly, last)))
    number = (last - week_start(first, week_day)).days // 7
    weeks = (days_after(last, -7 * back) for back in range(number, -1, -1))
    return tuple(Week(day, weekly.get(day, 0)) for day in weeks)


def warmth_over(
    summaries: Iterable[Summary], policy: Policy, days: Sequence[date]
) -> list[tuple[date, dict[str, int]]]:
    """How many were hot, warm and cold on each of the `days`, by today's tiers; the deceased left out."""
    living = [s for s in summaries if s.contact.status != "deceased"]
    counted = ((day, Counter(warmth(s, policy, day) for s in living)) for day in days)
    return [(day, {name: counts[name] for name in WARMTHS}) for day, counts in counted]
