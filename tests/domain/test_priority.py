"""Who comes first when not everybody can: RULES.md, priority."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.make import POLICY, TODAY, ago, policy, summary, touch
from vaultkeeper.domain.priority import priority, tier_rank
from vaultkeeper.domain.summary import Summary

ANSWERED = (touch(ago(200)), touch(ago(199), "in"))
UNANSWERED = (touch(ago(200)),)


def late(days: int, name: str, **facts: object) -> Summary:
    """`days` late, of a cadence of 21."""
    return summary(touch(ago(21 + days), "touch"), name=name, **{"tier": "A", **facts})


@pytest.mark.parametrize(
    "best_first",
    [
        pytest.param([late(22, "a", tier="D", cadence="3w"), late(21, "b")], id="more than a cadence late"),
        pytest.param([late(21, "a"), late(22, "b", cadence="23d")], id="a whole one is not more"),
        pytest.param([late(22, "b"), late(80, "a", tier="B", cadence="3w")], id="both so late: the tier"),
        pytest.param(
            [late(1, "e"), late(9, "d", tier="B", cadence="3w"), late(9, "c", tier="", cadence="3w")],
            id="tiers in the config's order, none last",
        ),
        pytest.param(
            [late(1, "d", goal_fit=1, openness=1, learn_from=1), late(1, "c", goal_fit=2), late(9, "b")],
            id="the three questions",
        ),
        pytest.param([late(9, "d"), late(2, "c"), late(1, "b"), late(0, "a")], id="lateness"),
        pytest.param(
            [summary(*ANSWERED, touch(ago(30), "touch"), name="b", tier="A"), late(9, "a")], id="answers more"
        ),
        pytest.param(
            [late(9, "a"), summary(*UNANSWERED, touch(ago(30), "touch"), name="b", tier="A")],
            id="who never did",
        ),
        pytest.param([late(9, "a"), late(9, "B"), late(9, "ç"), late(9, "d")], id="the name"),
    ],
)
def test_best_first(best_first: list[Summary]) -> None:
    keys = [priority(known, POLICY, TODAY) for known in best_first]
    assert all(one < other for one, other in pairwise(keys)), keys


def test_tiers_are_ranked_as_in_the_config() -> None:
    own = policy(
        tiers={"inner": POLICY.tiers["A"], "outer": POLICY.tiers["D"]}, relationships={"mentor": "outer"}
    )
    facts = [{"tier": "inner"}, {"tier": "Outer"}, {"relationship": ("mentor",)}, {}, {"tier": "A"}]
    assert [tier_rank(summary(**f), own) for f in facts] == [0, 1, 1, 2, 2]


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from("ABD"), st.integers(0, 3), st.booleans()),
        min_size=2,
        max_size=8,
    )
)
def test_said_another_way(people: list[tuple[int, str, int, bool]]) -> None:
    """Sorted by each rule in turn, the least first: Python's sort is stable."""
    vault = []
    for n, (days, tier, fit, answers) in enumerate(people):
        before = ANSWERED if answers else UNANSWERED
        facts = {"tier": tier, "cadence": "3w", "goal_fit": fit}
        vault.append((summary(*before, touch(ago(21 + days), "touch"), name=f"{n:02}", **facts), people[n]))
    vault.sort(key=lambda pair: not pair[1][3])
    vault.sort(key=lambda pair: -pair[1][0])
    vault.sort(key=lambda pair: -pair[1][2])
    vault.sort(key=lambda pair: pair[1][1])
    vault.sort(key=lambda pair: pair[1][0] <= 21)
    by_rule = [known.contact.name for known, _ in vault]
    found = sorted((known for known, _ in vault), key=lambda known: priority(known, POLICY, TODAY))
    assert [known.contact.name for known in found] == by_rule
