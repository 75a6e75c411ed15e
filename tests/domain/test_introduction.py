"""Whom to introduce to whom, and who would like a thing on some topic: RULES.md, Introduce."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.make import contact
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.introduction import Matchmaker, content_words, find_matches, share_met, who_for

NOBODY: frozenset[frozenset[str]] = frozenset()


def vault(*contacts: Contact) -> dict[str, Contact]:
    return {c.path: c for c in contacts}


def pairs(
    contacts: dict[str, Contact], introduced: frozenset[frozenset[str]] = NOBODY
) -> list[tuple[str, str]]:
    """(who looks for something, who can give it), by name."""
    found = find_matches(contacts, introduced)
    return [(contacts[match.needs].name, contacts[match.offers].name) for match in found]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("robot", "robotics", True),
        ("engineer", "engineering", True),
        ("engineers", "engineer", True),
        ("lawyer", "lawyers", True),
        ("lawyer", "laywer", False),
        ("tenancies", "tenencies", True),
        ("manufacturing", "manufactoring", True),
        ("Köln", "koln", True),
        ("CRÈME", "creme", True),
        ("law", "lawyer", False),
        ("law", "laws", False),
        ("art", "smart", False),
        ("art", "article", False),
        ("java", "javascript", False),
        ("data", "date", False),
        ("berlin", "bern", False),
        ("hiring", "firing", False),
        ("c++", "c++", True),
        ("c++", "c#", False),
        ("test", "testing", False),
        ("inter", "international", False),
    ],
)
def test_near_equal_words(one: str, other: str, alike: bool) -> None:
    assert (share_met(one, other) == 1) == alike
    assert (share_met(other, one) == 1) == alike


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a data engineer", ("data", "engineer")),
        ("Somebody who works with C++ and F#", ("c++", "f#")),
        ("a tenancy lawyer, in Berlin.", ("tenancy", "lawyer", "berlin")),
        ("the", ()),
        ("Node.js; e-mail", ("node.js", "e-mail")),
        ("robots, robots", ("robots",)),
        ("", ()),
    ],
)
def test_the_words_that_carry_a_meaning(text: str, words: tuple[str, ...]) -> None:
    assert content_words(text) == words


@pytest.mark.parametrize(
    ("need", "offer", "met"),
    [
        ("a data engineer", "data engineering", 1.0),
        ("a tenancy lawyer in Berlin", "lawyer in Berlin", 2 / 3),
        ("a tenancy lawyer in Berlin", "a flat in Berlin", 1 / 3),
        ("data engineer", "data", 0.5),
        ("the", "the", 0.0),
        ("robots", "", 0.0),
    ],
)
def test_the_share_of_a_need_that_an_offer_meets(need: str, offer: str, met: float) -> None:
    assert share_met(need, offer) == pytest.approx(met)


SAM = contact("Sam", needs=("a data engineer",))
PRIYA = contact("Priya", offers=("data engineering",))


def test_one_persons_needs_meet_anothers_offers() -> None:
    (match,) = find_matches(vault(SAM, PRIYA), NOBODY)
    assert (match.needs, match.offers) == (SAM.path, PRIYA.path)
    assert (match.need, match.offer) == ("a data engineer", "data engineering")
    assert match.why == "needs a data engineer; offers data engineering"


def test_at_least_half_of_the_need_must_be_met() -> None:
    lawyer = contact("L", needs=("a tenancy lawyer in Berlin",))
    assert pairs(vault(lawyer, contact("A", offers=("tenancy law",)))) == []
    assert pairs(vault(lawyer, contact("A", offers=("a lawyer, Berlin",)))) == [("L", "A")]


def test_nobody_is_introduced_to_themselves() -> None:
    assert pairs(vault(contact("A", needs=("data",), offers=("data",), interests=("x", "x")))) == []


def test_those_who_know_each_other_through_you_are_left_out() -> None:
    known = vault(SAM, PRIYA, contact("Ana", offers=("data engineer",)))
    assert sorted(pairs(known)) == [("Sam", "Ana"), ("Sam", "Priya")]
    assert pairs(known, frozenset({frozenset({SAM.path, PRIYA.path})})) == [("Sam", "Ana")]


@pytest.mark.parametrize(("sharing", "introductions"), [(1, 0), (2, 1), (3, 3), (4, 0)])
def test_a_rare_interest_is_shared_by_three_at_most(sharing: int, introductions: int) -> None:
    chess = [contact(f"P{n}", interests=("Chess" if n else "chess",)) for n in range(sharing)]
    others = [contact(f"Q{n}", interests=("go",)) for n in range(5)]
    found = find_matches(vault(*chess, *others), NOBODY)
    assert len(found) == introductions
    assert all(match.why.casefold() == "both care for chess" and not match.need for match in found)


def test_each_pair_once_by_its_best_ground_and_needs_before_interests() -> None:
    one = contact("A", needs=("a robot arm",), interests=("chess",))
    two = contact("B", offers=("robot arms", "robot"), interests=("chess",))
    three = contact("C", interests=("go",))
    four = contact("D", interests=("go",))
    found = find_matches(vault(four, three, two, one), NOBODY)
    assert [(m.needs, m.offers, m.offer) for m in found] == [
        (one.path, two.path, "robot arms"),
        (three.path, four.path, "go"),
    ]


def test_one_persons_introductions_are_theirs_whichever_side_they_are_on() -> None:
    flat = contact("F", needs=("a quiet flat in Berlin",), offers=("a quiet flat in Berlin",))
    half = contact("H", offers=("a flat",))
    known = vault(SAM, PRIYA, flat, half)
    found = {
        name: Matchmaker(known, NOBODY).of(f"People/{name}.md")
        for name in ("Sam", "Priya", "F", "H", "Nobody")
    }
    assert found["Sam"] == found["Priya"] == find_matches(vault(SAM, PRIYA), NOBODY)
    assert found["F"] == found["H"] == found["Nobody"] == []


def test_who_meets_more_of_the_need_comes_first() -> None:
    some, all_of_it = contact("A", offers=("data",)), contact("B", offers=("data engineers",))
    assert pairs(vault(SAM, some, all_of_it)) == [("Sam", "B"), ("Sam", "A")]


def test_a_lead_is_who_meets_most_of_one_need_and_is_not_introduced_yet() -> None:
    some, all_of_it = contact("A", offers=("data",)), contact("B", offers=("x", "data engineers"))
    known = vault(SAM, some, all_of_it, contact("C", offers=("cakes",)))
    assert Matchmaker(known, NOBODY).lead(SAM.path, SAM.needs[0]) == all_of_it.path
    introduced = frozenset({frozenset({SAM.path, all_of_it.path})})
    assert Matchmaker(known, introduced).lead(SAM.path, SAM.needs[0]) == some.path
    assert Matchmaker(known, NOBODY).lead(SAM.path, "a flat") is None
    own = contact("D", needs=("data",), offers=("data",))
    assert Matchmaker(vault(own), NOBODY).lead(own.path, "data") is None


WORDS = ["robot", "robotics", "engineer", "engineering", "law", "lawyer", "data", "berlin", "chess", "a"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), max_size=2).map(
    tuple
)


@given(
    st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=7),
    st.sets(st.sets(st.integers(0, 6), min_size=2, max_size=2).map(frozenset)),
)
def test_the_pairs_are_those_that_a_look_at_all_with_all_finds(
    people: list[tuple[tuple[str, ...], ...]], introduced: set[frozenset[int]]
) -> None:
    known = [contact(str(n), needs=p[0], offers=p[1], interests=p[2]) for n, p in enumerate(people)]
    done = frozenset(frozenset(f"People/{n}.md" for n in pair) for pair in introduced)
    expected = set()
    for a, b in combinations(known, 2):
        met = any(
            share_met(need, offer) >= 0.5
            for one, other in ((a, b), (b, a))
            for need in one.needs
            for offer in other.offers
        )
        shared = {x for x in a.interests if x in b.interests}
        rare = any(sum(x in c.interests for c in known) <= 3 for x in shared)
        if (met or rare) and frozenset({a.path, b.path}) not in done:
            expected.add(frozenset({a.path, b.path}))
    found = find_matches(vault(*known), done)
    assert {frozenset({m.needs, m.offers}) for m in found} == expected
    assert len(found) == len(expected)
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (contact(interests=("soft robotics",)), "interested in soft robotics"),
        (contact(needs=("a robotics lab",)), "needs a robotics lab"),
        (contact(offers=("robotics talks",)), "offers robotics talks"),
        (contact(goals=("move into robotics",)), "goal: move into robotics"),
        (contact(tags=("field/robotics",)), "#field/robotics"),
        (contact(title=("Head of Robotics",)), "Head of Robotics"),
        (contact(company=("Nordwerk Robotics",)), "Nordwerk Robotics"),
        (contact(location=("Robotics Lane",)), None),
        (contact(interests=("chess",)), None),
        (contact(), None),
    ],
)
def test_who_would_like_something_on_a_topic(who: Contact, why: str | None) -> None:
    assert [found[:2] for found in who_for(vault(who), "the robotics")] == ([(who.path, why)] if why else [])


def test_the_best_first_and_each_once() -> None:
    known = vault(
        contact("C", interests=("robot arms",)),
        contact("B", interests=("soft robot arms", "arms")),
        contact("A", tags=("arms",)),
        contact("D", interests=("soft toys",)),
    )
    assert [(known[path].name, score) for path, _, score in who_for(known, "soft robot")] == [
        ("B", 1.0),
        ("C", 0.5),
        ("D", 0.5),
    ]
    assert who_for(known, "the of") == []


def test_of_two_that_say_it_as_well_the_more_personal_counts() -> None:
    one = contact(interests=("robots",), tags=("robots",), company=("Robots",))
    assert who_for(vault(one), "robots") == [(one.path, "interested in robots", 1.0)]
