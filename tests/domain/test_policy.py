"""The numbers that the rules go by: RULES.md's, each with one name."""

from vaultkeeper.domain.policy import Policy, Rules


def test_the_numbers_of_the_contract() -> None:
    assert (
        Rules()._asdict().items()
        >= {
            "window_days": 7,
            "hot_days": 30,
            "warm_days": 90,
            "rhythm_days_of_contact": 12,
            "rhythm_least_gaps": 4,
            "rhythm_least_days": 21,
            "drifting_gaps": 2,
            "drifting_days": 14,
            "drifting_last_gaps": 12,
            "drifting_last_days": 90,
            "unresponsive_entries": 3,
            "unresponsive_days": 42,
            "answer_days": 30,
            "ask_open_days": 30,
            "thank_you_due_days": 2,
            "thank_you_days": 14,
            "thank_you_most": 5,
            "thank_you_helped_days": 90,
            "promise_due_days": 2,
            "nudge_days": 10,
            "wishes_early_days": 3,
            "just_because_spread": 4,
            "later_quotas": 2,
            "ask_every_days": 60,
            "ask_most_refused": 2,
            "introduction_outcome_days": 30,
        }.items()
    )


def test_the_choices_of_a_config_that_says_nothing() -> None:
    rules = Policy()
    assert {name: str(span) for name, span in rules.tiers.items()} == {
        "A": "3w",
        "B": "2m",
        "C": "6m",
        "D": "1y",
    }
    assert list(rules.tiers) == ["A", "B", "C", "D"], "most important first"
    assert (rules.quota, rules.week_day) == (5, 0)
    assert not rules.relationships
    assert not rules.occasions + rules.offers + rules.style + rules.goals
