"""`birthday`, `special-date`, `occasion`: days that come back each year (RULES.md; seeds 000 to 003)."""

from collections.abc import Iterable
from datetime import date

from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.duration import days_after, say_day
from vaultkeeper.domain.reason.base import Due, Reason, View
from vaultkeeper.domain.summary import Summary


def wished(summary: Summary, day: date, view: View) -> bool:
    """Done by an `out`, `both` or undirected touch from three days before the day."""
    start = days_after(day, -view.policy.rules.wishes_early_days)
    return any(t.by_user and t.date >= start for t in summary.until(view.today))


def coming_dates(
    summary: Summary, view: View, dates: Iterable[Anniversary]
) -> list[tuple[date, Anniversary]]:
    """Those of `dates` in the view that nothing was done for yet, by day."""
    due = [
        (day, when)
        for when in dates
        if (day := when.next_on_or_after(view.first)) is not None
        and day <= view.last
        and not wished(summary, day, view)
    ]
    return sorted(due, key=lambda pair: pair[0])


def _birthday(summary: Summary, view: View) -> Due | None:
    birthday = summary.contact.birthday
    for day, _ in coming_dates(summary, view, [birthday] if birthday is not None else []):
        return Due(day, f"birthday {say_day(day, view.week)}")
    return None


def _special(summary: Summary, view: View) -> Due | None:
    dates = summary.contact.special_dates
    coming = coming_dates(summary, view, dates) if dates else []
    if not coming:
        return None
    return Due(coming[0][0], "; ".join(_say(day, when, view.week) for day, when in coming))


def _say(day: date, when: Anniversary, near: date) -> str:
    years = 0 if when.year is None else day.year - when.year
    ago = f", {years} year{'s' if years > 1 else ''} on," if years else ""
    return f"{when.label or 'special date'}{ago} {say_day(day, near)}"


def split_tag(occasion: Anniversary) -> tuple[str, str]:
    """(name, tag) of a config's occasion, such as `12-25 Christmas #family`."""
    name, _, tag = occasion.label.partition("#")
    return name.strip(), tag.strip()


def helped_lately(summary: Summary, view: View) -> bool:
    """Whether they helped in the year before today: those one thanks again at a holiday (seed 000)."""
    start = days_after(view.today, -view.policy.rules.occasion_helped_days)
    return any("helped" in t.kinds and t.date >= start for t in summary.until(view.today))


def coming_occasion(summary: Summary, view: View) -> tuple[date, str] | None:
    """(day, name) of an occasion with a tag: for those who carry it, and those who helped. One without is
    nobody's."""
    if not view.policy.occasions:
        return None
    carried = {tag.casefold() for tag in (*summary.contact.tags, *summary.contact.relationship)}
    for day, occasion in coming_dates(summary, view, view.policy.occasions):
        name, tag = split_tag(occasion)
        if tag and (tag.casefold() in carried or helped_lately(summary, view)):
            return day, name
    return None


def _occasion(summary: Summary, view: View) -> Due | None:
    coming = coming_occasion(summary, view)
    return Due(coming[0], f"{coming[1] or 'wishes'}, {say_day(coming[0], view.week)}") if coming else None


BIRTHDAY = Reason("birthday", 50, fixed=True, find=_birthday)
SPECIAL_DATE = Reason("special-date", 50, fixed=True, find=_special)
OCCASION = Reason("occasion", 50, fixed=True, find=_occasion)
