"""`report`: the figures of `stats` and what goes with them, as one page for a browser or a printer."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from vaultkeeper.app.stats import contact_finder, count, period
from vaultkeeper.app.vault import Vault
from vaultkeeper.domain.coming import coming
from vaultkeeper.domain.duration import days_after
from vaultkeeper.domain.reason.base import view_from_today
from vaultkeeper.domain.statistics import warmth_over
from vaultkeeper.domain.tie import find_ties
from vaultkeeper.domain.warmth import warmth
from vaultkeeper.errors import NotWritten
from vaultkeeper.render.chart import MARK
from vaultkeeper.render.report import Report, report_values, with_charts
from vaultkeeper.storage.index import Index
from vaultkeeper.storage.page import read_page, write_page

_AHEAD = 60  # days of dates to come


def read_report(
    vault: Vault, index: Index, since: date | None, until: date | None, today: date
) -> dict[str, Any]:
    """What the template is given, of the period as for `stats`; what is coming is counted from today. Kept
    until something changes. Raises BadInput."""
    first, last = period(since, until, today)
    mark = repr((first, last, today, vault.policy))
    kept: dict[str, Any] | None = index.kept("report", mark)
    if kept is None:
        kept = report_values(make_report(vault, index, first, last, today))
        index.keep("report", mark, kept)
    return kept


def make_report(vault: Vault, index: Index, first: date, last: date, today: date) -> Report:
    """From `first` to `last`, both inclusive."""
    policy, summaries = vault.policy, index.summaries()
    found = count(vault, index, summaries, first, last, today)
    entries = (entry for told in index.mentioning_somebody() for entry in told.interactions)
    view = view_from_today(policy, today, _AHEAD)
    return Report(
        found,
        policy,
        today,
        tuple(warmth_over(summaries, policy, month_ends(found.until))),
        tuple(find_ties(summaries, entries, contact_finder(index), today)),
        tuple(coming(summaries, view, view.first, view.last)),
        {summary.contact.path: summary.contact.name for summary in summaries},
        {summary.contact.path: warmth(summary, policy, today) for summary in summaries},
    )


def month_ends(last: date) -> list[date]:
    """The last days of the twelve months before that of `last`, oldest first, and `last`."""
    ends = [last]
    while len(ends) < 13 and ends[-1] > date(1, 1, 31):
        ends.append(days_after(ends[-1].replace(day=1), -1))
    return ends[::-1]


def render_report(vault: Vault, values: Mapping[str, Any]) -> str:
    """The page, by the template report.html."""
    return vault.templates().render("report.html", **with_charts(values))


def plan_page(file: Path, page: str) -> str | None:
    """What stands in the file now, or None. Raises NotWritten for one that isn't ours."""
    before = read_page(file)
    if before is not None and MARK not in before:
        raise NotWritten(f"{file}: not written: it is there already and has no mark of ours")
    if MARK not in page:
        raise NotWritten(
            f"{file}: not written: its template lacks the mark “{MARK}”, so the next run would stop"
        )
    return before


def save_page(file: Path, page: str) -> None:
    """Writes the page, in one step. Raises NotWritten."""
    plan_page(file, page)
    write_page(file, page)
