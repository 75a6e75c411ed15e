"""One generated contact: the text of a note in FORMAT.md's written form, from a seed and a number.

Only `random()` of the standard generator is used, whose values Python promises to keep; so the same
seed gives the same bytes on every version.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TypeVar

from tests.bench import vocabulary as words

T = TypeVar("T")
Put = Callable[[str, object], None]

YEARS = 3650  # days that the logs reach back
SMALLEST, LARGEST = 1600, 2900  # bytes of a note
CADENCE = {"A": 21, "B": 60, "C": 182, "D": 365}  # days, about
TIER_SHARES = (("A", 0.02), ("B", 0.08), ("C", 0.23), ("D", 0.43))  # cumulative: 2, 6, 15 and 20 %
DUE_SHARE = 0.012  # of those with a cadence: due in this week, or late
STATUS_SHARES = (("new", 0.02), ("dormant", 0.04), ("archived", 0.06), ("paused", 0.07), ("deceased", 0.072))
STRIDE = 7919  # a prime that divides neither table: names run through all pairs before one repeats
INITIALS = "ABCDEFGHJKLMNPRSTW"


@dataclass(frozen=True, slots=True)
class World:
    """What a generated vault is determined by."""

    contacts: int
    other: int
    seed: int
    today: date


class Dice:
    """Chance, for one note."""

    def __init__(self, seed: int, number: int) -> None:
        self.roll = Random(seed * 1_000_003 + number).random

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self.roll() * len(items))]

    def pick_early(self, items: Sequence[T]) -> T:
        """Prefers the first items, as people's interests do."""
        return items[int(self.roll() ** 2.5 * len(items))]

    def some(self, items: Sequence[str], most: int) -> list[str]:
        return sorted({self.pick_early(items) for _ in range(self.between(1, most))})

    def chance(self, share: float) -> bool:
        return self.roll() < share

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends inclusive."""
        return low + int(self.roll() * (high - low + 1))


def contact_name(world: World, number: int) -> str:
    """The `number`th person's name; no two are equal, nor equal but for case."""
    pairs = len(words.GIVEN) * len(words.FAMILY)
    around, place = divmod(number, pairs)
    family, given = divmod((place * STRIDE + world.seed * 104_729) % pairs, len(words.GIVEN))
    middle = f"{INITIALS[around - 1]}. " if around else ""
    return f"{words.GIVEN[given]} {middle}{words.FAMILY[family]}"


def contact_path(name: str) -> str:
    """Relative to the vault."""
    return f"People/{plain(name[0]).upper()}/{name}.md"


@cache
def plain(text: str) -> str:
    """Without accents, in small letters."""
    text = text.replace("ø", "o").replace("ş", "s")
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def contact_note(world: World, number: int) -> str:
    dice = Dice(world.seed, number)
    name = contact_name(world, number)
    tier = _tier(dice)
    dates = _dates(dice, tier, world.today)
    log = [_entry(dice, world, day) for day in dates]
    front = _front_matter(dice, world, name, tier, dates)
    follow_ups = _follow_ups(dice, world.today) if dice.chance(0.06) else ""
    head, tail = f"---\n{front}---\n", f"{follow_ups}## Log\n\n"
    size = len((head + tail).encode()) + sum(len(entry.encode()) for entry in log)
    while size > LARGEST and len(log) > 5:
        size -= len(log.pop(0).encode())
    about, target = "", dice.between(SMALLEST, LARGEST - 500)
    first = dice.between(0, len(words.SENTENCES) - 1)
    while size + len(about) < target:
        about += f"{words.SENTENCES[first % len(words.SENTENCES)]}\n"
        first += 1
    if about:
        about = f"## About\n\n{about}\n"
    return f"{head}{about}{tail}{''.join(log)}"


def _tier(dice: Dice) -> str:
    roll = dice.roll()
    return next((tier for tier, up_to in TIER_SHARES if roll < up_to), "")


def _dates(dice: Dice, tier: str, today: date) -> list[date]:
    """The days of contact, ascending. With a tier nearly all are in time; without, silence is long."""
    count = dice.between(5, 30)
    if tier:
        cadence = CADENCE[tier]
        late = dice.chance(DUE_SHARE)
        ago = cadence + dice.between(-3, 40) if late else dice.between(1, cadence - 10)
        gap = cadence * 0.7
    else:
        ago = 1 + int(dice.roll() ** 0.8 * (YEARS - 500))
        gap = 4 + 20 * dice.roll()
    gap = min(gap, (YEARS - ago) / count)
    day = today - timedelta(days=ago)
    days = [day]
    for _ in range(count - 1):
        day -= timedelta(days=1 + int(gap * 2 * dice.roll()))
        days.append(day)
    days.reverse()
    if dice.chance(0.002):
        days.append(today + timedelta(days=dice.between(1, 20)))
    return days


def _entry(dice: Dice, world: World, day: date) -> str:
    channel = dice.pick(words.CHANNEL_MIX)
    directions, openings = words.CHANNELS[channel]
    direction = dice.pick(directions)
    head = f"- {day.isoformat()}"
    if dice.chance(0.1):
        head += f" {dice.between(8, 21)}:{dice.between(0, 3) * 15:02}"
    head += f" {channel} {direction}" if direction else f" {channel}"
    if channel in ("coffee", "lunch", "meeting") and dice.chance(0.1):
        guests = {contact_name(world, dice.between(0, world.contacts - 1)) for _ in range(dice.between(1, 2))}
        head += " with " + ", ".join(f"[[{guest}]]" for guest in sorted(guests))
    text = f"{dice.pick(openings)} {dice.pick_early(words.TOPICS)}"
    if dice.chance(0.25):
        text += f" #{dice.pick(words.KINDS)}"
    if dice.chance(0.04):
        text += f"\n    also {dice.pick_early(words.TOPICS)}"
    return f"{head}: {text}\n"


def _front_matter(dice: Dice, world: World, name: str, tier: str, dates: list[date]) -> str:
    given, family = name.split(" ")[0], name.split(" ")[-1]
    company = dice.pick_early(words.COMPANIES)
    lines: list[str] = []

    def put(key: str, value: object) -> None:
        lines.append(f"{key}: {value}")

    def put_list(key: str, values: Sequence[str]) -> None:
        lines.append(f"{key}:")
        lines.extend(f"  - {value}" for value in values)

    if dice.chance(0.05):
        put_list("aliases", [f"{given[:2]}{family[:3].lower()}"])
    put("company", company)
    put("title", dice.pick(words.TITLES))
    domain = plain(company).replace(" & ", "-").replace(" ", "-")
    put("email", f"{plain(given)}.{plain(family)}@{domain}.example")
    if dice.chance(0.4):
        put("phone", f'"+{dice.between(1, 98)} 555 {dice.between(1000, 9999)}"')
    put("location", dice.pick_early(words.PLACES))
    if dice.chance(0.6):
        put(
            "linkedin", f"https://www.linkedin.com/in/{plain(given)}-{plain(family)}-{dice.between(100, 999)}"
        )
    if dice.chance(0.5):
        put_list("tags", dice.some(words.TAGS, 3))
    put_list("relationship", dice.some(words.RELATIONSHIPS, 2))
    put("network", dice.pick_early(words.NETWORKS))
    if dice.chance(0.15):
        put_list("goals", dice.some(words.GOALS, 2))
    if tier:
        put("tier", tier)
        if dice.chance(0.3):
            for key in ("goal_fit", "openness", "learn_from"):
                put(key, dice.between(0, 3))
    _put_state(dice, world, tier, put)
    if dice.chance(0.002):
        put("met", world.today - timedelta(days=dice.between(1, 13)))
    elif dice.chance(0.4):
        put("met", dates[0] - timedelta(days=dice.between(0, 30)))
        put("met_at", dice.pick(words.EVENTS))
    if dice.chance(0.1):
        introducer = contact_name(world, dice.between(0, world.contacts - 1))
        put("introduced_by", f'"[[{introducer}]]"')
    if dice.chance(0.2):
        born = date(dice.between(1950, 2000), 1, 1) + timedelta(days=dice.between(0, 364))
        put("birthday", born if dice.chance(0.6) else f"{born:%m-%d}")
    if dice.chance(0.03):
        put_list("special_dates", [f"{dates[0]:%m-%d} started at {company}"])
    for key, choices, share in (
        ("interests", words.INTERESTS, 0.5),
        ("needs", words.NEEDS, 0.15),
        ("offers", words.OFFERS, 0.15),
    ):
        if dice.chance(share):
            put_list(key, dice.some(choices, 3))
    if dice.chance(0.05):
        put("favourite_tea", dice.pick(("assam", "sencha", "none, coffee")))
    return "\n".join(lines) + "\n"


def _put_state(dice: Dice, world: World, tier: str, put: Put) -> None:
    roll = dice.roll()
    status = next((status for status, up_to in STATUS_SHARES if roll < up_to), "")
    if status and not (status == "new" and tier):
        put("status", status)
    if dice.chance(0.01):
        put("cadence", dice.pick(("10d", "5w", "4m", "18m")))
    if dice.chance(0.01):
        put("snooze_until", world.today + timedelta(days=dice.between(1, 90)))


def _follow_ups(dice: Dice, today: date) -> str:
    """Open promises; most are for later than this week, some old ones are done."""
    text = "## Follow-ups\n\n"
    for _ in range(dice.between(1, 2)):
        promise, by = dice.pick(words.PROMISES), today + timedelta(days=dice.between(-3, 120))
        text += f"- [ ] {promise} 📅 {by}\n"
    if dice.chance(0.5):
        done = today - timedelta(days=dice.between(20, 900))
        text += f"- [x] {dice.pick(words.PROMISES)} 📅 {done} ✅ {done}\n"
    return text + "\n"
