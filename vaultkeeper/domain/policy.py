"""The numbers and choices that the rules go by; `config` reads them from vaultkeeper.toml.

Days are whole days. Every threshold of RULES.md has one name here, and the same name under `[rules]`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from vaultkeeper.domain.duration import Duration

if TYPE_CHECKING:
    from vaultkeeper.domain.anniversary import Anniversary


class Rules(NamedTuple):
    """The thresholds of RULES.md, in days where the name says so."""

    window_days: int = 7
    hot_days: int = 30
    warm_days: int = 90
    rhythm_days_of_contact: int = 12
    rhythm_least_gaps: int = 4
    rhythm_least_days: int = 21
    drifting_gaps: int = 2
    drifting_days: int = 14
    drifting_last_gaps: int = 12
    drifting_last_days: int = 90
    unresponsive_entries: int = 3
    unresponsive_days: int = 42
    answer_days: int = 30
    rate_least_out: int = 20
    ask_open_days: int = 30
    thank_you_due_days: int = 2
    thank_you_days: int = 14
    thank_you_helped_days: int = 90
    thank_you_most: int = 5
    promise_due_days: int = 2
    nudge_days: int = 10
    nudge_last_days: int = 365
    wishes_early_days: int = 3
    occasion_helped_days: int = 365
    just_because_days: int = 14
    just_because_spread: int = 4
    later_quotas: int = 2
    ask_every_days: int = 60
    ask_most_refused: int = 2
    introduction_outcome_days: int = 30
    introduction_outcome_last_days: int = 90
    congratulate_days: int = 30
    news_days: int = 365


TIERS: Mapping[str, Duration] = {
    "A": Duration(3, "w"),
    "B": Duration(2, "m"),
    "C": Duration(6, "m"),
    "D": Duration(1, "y"),
}


class Policy(NamedTuple):
    """What the rules need of the config. `tiers` in order, most important first."""

    tiers: Mapping[str, Duration] = TIERS
    relationships: Mapping[str, str] = {}
    week_day: int = 0
    quota: int = 5
    goals: tuple[str, ...] = ()
    companies_of_interest: tuple[str, ...] = ()
    occasions: "tuple[Anniversary, ...]" = ()
    offers: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    rules: Rules = Rules()

    @property
    def most_later(self) -> int:
        """The contacts that "When there is time" names."""
        return self.quota * self.rules.later_quotas
