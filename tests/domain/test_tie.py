"""Who knows whom, from introductions and talks with several people."""

from tests.domain.make import TODAY, ago, ahead, entry, summary, touch
from vaultkeeper.domain.interaction import Interaction
from vaultkeeper.domain.summary import Summary
from vaultkeeper.domain.tie import Tie, best_tied, find_ties

ANA, BEN, EVE = (f"People/{name}.md" for name in ("Ana", "Ben", "Eve"))


def ties(people: list[Summary], *entries: Interaction) -> list[Tie]:
    names = {s.contact.name: s.contact.path for s in people}
    return find_ties(people, entries, lambda target, _: names.get(target), TODAY)


def test_each_way_to_know_each_other_the_first_that_holds() -> None:
    intro = touch(ago(9), "intro", "intro")._replace(introduced=("Eve",))
    people = [
        summary(name="Ana", introduced_by="Ben"),
        summary(intro, name="Ben"),
        summary(name="Eve", introduced_by="Nobody"),
    ]
    talk = entry(ago(3), "lunch", path=ANA, participants=("Ben", "Eve", "Stranger"))
    assert ties(people, talk) == [
        Tie(ANA, BEN, "introduced"),
        Tie(ANA, EVE, "together"),
        Tie(BEN, EVE, "by-you"),
    ]


def test_a_talk_in_a_dated_note_ties_its_participants_and_a_plan_nobody() -> None:
    people = [summary(name=name) for name in ("Ana", "Ben")]
    journal = entry(ago(3), "lunch", path="Journal/x.md", participants=("Ben", "Ana", "Ana"))
    planned = entry(ahead(3), "lunch", path=ANA, participants=("Ben",))
    assert ties(people, journal) == [Tie(ANA, BEN, "together")]
    assert ties(people, planned) == []


def test_a_whole_party_and_the_deceased_are_tied_to_nobody() -> None:
    party = [summary(name=f"P{n}") for n in range(7)]
    assert (
        ties(party, entry(ago(3), "event", path="x.md", participants=tuple(f"P{n}" for n in range(7)))) == []
    )
    gone = [summary(name="Ana", status="deceased"), summary(name="Ben", introduced_by="Ana")]
    assert ties(gone, entry(ago(3), "lunch", path=ANA, participants=("Ben",))) == []


def test_the_largest_circles_are_kept_whole_from_the_best_known_outwards() -> None:
    def tie(pair: str) -> Tie:
        return Tie(pair[0], pair[1], "together")

    circle = [tie(pair) for pair in ("ab", "ac", "ad", "de", "ef")]
    pair = tie("xy")
    assert best_tied([*circle, pair], 8) == [*circle, pair]
    assert best_tied([*circle, pair], 6) == circle
    assert best_tied([*circle, pair], 4) == circle[:3]
    assert best_tied([], 4) == []
