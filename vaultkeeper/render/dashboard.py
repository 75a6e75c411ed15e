"""What the templates of the notes Dashboard and Review are given."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, islice

from vaultkeeper.domain.duration import MONTHS, say_day
from vaultkeeper.domain.glance import Glance, items_of
from vaultkeeper.domain.item import Item
from vaultkeeper.domain.overview import Overview
from vaultkeeper.domain.reason.base import View
from vaultkeeper.domain.review import Doubt, Reviewed, in_order, what_worked
from vaultkeeper.render.due_note import SpellLink, say_span

MOST_PICKS = 10
_TITLES = {
    "untriaged": "Not looked at yet",
    "unresponsive": "No answer",
    "priority": "In the right tier?",
    "drifting": "Drifting",
}


def dashboard_values(
    overview: Overview, glances: Sequence[Glance], view: View, link: SpellLink
) -> dict[str, object]:
    """`week`, `contacts`, `warmth`, `streak`, `load`, `quota`, `weeks`, `ahead`, `promises`, `drifting`. The
    `glances` are those of whom there is more to tell."""
    glances = sorted(glances)
    return {
        "week": say_span(view.week, view.week_end),
        "contacts": overview.contacts,
        "warmth": overview.warmth,
        "streak": overview.streak,
        "load": round(overview.load, 1),
        "quota": view.policy.quota,
        "weeks": [
            {
                "first": week.first,
                "label": f"{week.first.day} {MONTHS[week.first.month - 1][:3]}",
                "contacts": week.contacts,
            }
            for week in overview.weeks
        ],
        "ahead": [_line(item, link) for item in items_of((glance, glance.ahead) for glance in glances)],
        "promises": [
            {"link": link(glance.path, glance.name), "text": promise}
            for glance in glances
            for promise in glance.promises
        ],
        "drifting": [
            {"link": link(glance.path, glance.name), "since": say_day(glance.quiet_since, view.week)}
            for glance in glances
            if glance.quiet_since is not None
        ],
    }


def review_values(
    reviewed: Sequence[Reviewed],
    counts: Mapping[str, int],
    mentions: Callable[[str], int],
    view: View,
    link: SpellLink,
) -> dict[str, object]:
    """`week`, `goals`, `worked` (link, what, day), `groups` (title, more, picks of link and detail),
    `choices`. `reviewed` has the first MOST_PICKS of each doubt at least, `counts` how many there are."""
    cards: dict[str, list[tuple[Reviewed, Doubt]]] = {}
    for one, doubt in in_order(reviewed, mentions):
        cards.setdefault(one.path, []).append((one, doubt))
    groups = []
    for why, found in groupby(cards.values(), key=lambda card: card[0][1].why):
        shown = [
            {"link": link(card[0][0].path, card[0][0].name), "detail": "; ".join(d.detail for _, d in card)}
            for card in islice(found, MOST_PICKS)
        ]
        groups.append({"title": _TITLES[why], "picks": shown, "more": counts[why] - len(shown)})
    return {
        "week": say_span(view.week, view.week_end),
        "goals": list(view.policy.goals),
        "worked": [
            {"link": link(one.path, one.name), "what": one.what, "day": say_day(one.day, view.week)}
            for one in what_worked(reviewed)
        ],
        "groups": groups,
        "choices": [*(f"tier {tier}" for tier in view.policy.tiers), "pause 3m", "let go"],
    }


def _line(item: Item, link: SpellLink) -> dict[str, object]:
    name = link(item.path, item.name) if item.path else item.name
    return {"day": item.due, "link": name, "detail": item.detail}
