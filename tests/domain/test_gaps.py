"""Where nobody is warm, and who could lead there."""

from tests.domain.make import POLICY, TODAY, ago, policy, summary, touch
from vaultkeeper.domain.gaps import Gap, find_gaps
from vaultkeeper.domain.policy import Policy
from vaultkeeper.domain.summary import Summary


def gaps(*known: Summary, rules: Policy = POLICY) -> dict[tuple[str, str], Gap]:
    names = {s.contact.name: s.contact.path for s in known}
    found = find_gaps(known, rules, TODAY, lambda target, _: names.get(target))
    return {(gap.kind, gap.value): gap for gap in found}


def leads(gap: Gap) -> list[tuple[str, str]]:
    return [(lead.summary.contact.name, lead.why) for lead in gap.leads]


def cold(name: str, **facts: object) -> Summary:
    return summary(touch(ago(400), "call"), name=name, **facts)


def warm(name: str, **facts: object) -> Summary:
    return summary(touch(ago(60), "call"), name=name, **facts)


def hot(name: str, **facts: object) -> Summary:
    return summary(touch(ago(3), "call"), name=name, **facts)


def test_one_warm_contact_fills_a_gap() -> None:
    assert gaps(cold("Ana", location=("Berlin",)), warm("Ben", location=("berlin",))) == {}


def test_each_kind_of_gap() -> None:
    facts = {
        "location": ("Berlin",),
        "relationship": ("mentor",),
        "goals": ("teach",),
        "company": ("Globex",),
    }
    rules = policy(
        goals=("move",), relationships={"alumni": "B"}, companies_of_interest=("Globex", "Tidal Motion")
    )
    found = gaps(cold("Ana", **facts), rules=rules)
    assert list(found) == [
        ("relationship", "alumni"),
        ("relationship", "mentor"),
        ("goal", "move"),
        ("goal", "teach"),
        ("place", "Berlin"),
        ("company", "Globex"),
        ("company", "Tidal Motion"),
    ]
    assert [s.contact.name for s in found["company", "Globex"].contacts] == ["Ana"]
    assert found["company", "Tidal Motion"].contacts == ()
    assert ("company", "Globex") not in gaps(cold("Ana", **facts))  # not of interest


def test_those_there_stand_by_the_last_touch() -> None:
    people = [
        summary(name="Never", location=("Oslo",)),
        summary(touch(ago(900), "call"), name="Long ago", location=("Oslo",)),
        cold("Lately", location=("Oslo",)),
    ]
    (gap,) = gaps(*people).values()
    assert [s.contact.name for s in gap.contacts] == ["Lately", "Long ago", "Never"]


def test_who_could_lead_there_closest_first() -> None:
    facts = {"introduced_by": "Sam", "network": ("LinkedIn", "rowing"), "company": ("Acme",)}
    there = cold("Ana", location=("Oslo",), **facts)
    found = gaps(
        there,
        warm("Sam", network=("LinkedIn",)),
        warm("Ben", company=("ACME",)),
        hot("Lin", network=("LinkedIn",)),
        warm("Row", network=("rowing",)),
        cold("Cold", network=("rowing",), company=("Acme",)),
        warm("Other"),
        warm("Local", network=("Oslo",)),
    )
    assert leads(found["place", "Oslo"]) == [
        ("Sam", "introduced you to Ana"),
        ("Ben", "works at Acme, as Ana does"),
        ("Local", "known from Oslo"),
        ("Row", "known from rowing, as Ana is"),
        ("Lin", "known from LinkedIn, as Ana is"),
    ]
    assert [lead.warmth for lead in found["place", "Oslo"].leads][-1] == "hot"


def test_five_lead_at_most_the_hot_before_the_warm() -> None:
    crowd = [warm(f"W{n}", network=("n",)) for n in range(9)] + [
        hot(f"H{n}", network=("n",)) for n in range(2)
    ]
    found = gaps(cold("Ana", relationship=("mentor",), network=("n",)), *crowd)
    assert [name for name, _ in leads(found["relationship", "mentor"])] == ["H0", "H1", "W0", "W1", "W2"]


def test_for_a_goal_those_who_speak_of_it() -> None:
    found = gaps(
        *(hot("Ana", interests=("robotics",)), cold("Ben", interests=("robotics",)), hot("Eve")),
        rules=policy(goals=("robotics",)),
    )
    assert leads(found["goal", "robotics"]) == [("Ana", "interested in robotics")]


def test_a_cold_introducer_leads_nowhere_and_nobody_leads_to_themselves() -> None:
    ana = cold("Ana", location=("Oslo",), introduced_by="Ben", network=("n",))
    assert leads(gaps(ana, cold("Ben"))["place", "Oslo"]) == []


def test_the_deceased_neither_make_nor_fill_nor_lead() -> None:
    gone = summary(touch(ago(3), "call"), name="Gone", status="deceased", location=("Oslo",), network=("n",))
    assert gaps(gone) == {}
    found = gaps(gone, cold("Ana", location=("Oslo",), network=("n",), introduced_by="Gone"))
    assert leads(found["place", "Oslo"]) == []
    assert [s.contact.name for s in found["place", "Oslo"].contacts] == ["Ana"]
