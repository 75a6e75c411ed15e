"""friends.md."""

from datetime import date

import pytest

from tests.interop.reading import read, told, traces, values
from vaultkeeper.errors import VaultkeeperError

TEXT = """\
### Activities:
- 2018-11-01: **Grace Hopper** and I went to _Marie's Diner_. George had to cancel. @food @gave
- 2018-01-04: Got lunch with **Grace Hopper** and **George Washington Carver**. @food:thai
- 2030-01-01: Will see **Grace Hopper**

### Notes:
- 2018-06-15: **Grace Hopper** found out she's getting a big Naval Academy building named after her. @navy

### Friends:
- George Washington Carver
- Grace Hopper (a.k.a. The Admiral a.k.a. Amazing Grace) [Paris] @navy @science
- Marie Curie [Atlantis] @science

### Locations:
- Atlantis
- Marie's Diner (a.k.a. Marie's)
"""


def test_friends_with_their_activities_and_notes() -> None:
    parsed = read("friends", TEXT)
    cards = {card.name: card for card in parsed.cards}
    assert [*cards] == ["George Washington Carver", "Grace Hopper", "Marie Curie"]
    grace = cards["Grace Hopper"]
    assert values(grace) == {
        "aliases": ["The Admiral", "Amazing Grace"],
        "location": "Paris",
        "tags": ["navy", "science"],
    }
    assert traces(grace) == [
        (
            "2018-11-01",
            None,
            None,
            "Grace Hopper and I went to Marie's Diner. George had to cancel. #food @gave",
        ),
        ("2018-01-04", None, None, "Got lunch with Grace Hopper and George Washington Carver. #food/thai"),
    ]
    assert grace.remarks == (
        "2018-06-15: Grace Hopper found out she's getting a big Naval Academy building named after her. #navy",
    )
    assert [trace.day for trace in cards["George Washington Carver"].traces] == [date(2018, 1, 4)]
    assert values(cards["Marie Curie"]) == {"location": "Atlantis", "tags": "science"}
    assert parsed.rows == 7


def test_somebody_bold_who_is_in_no_list() -> None:
    (ada,) = read("friends", "### Activities:\n- 2020-02-02: tea with **Ada**\n").cards
    assert (ada.name, traces(ada)) == ("Ada", [("2020-02-02", None, None, "tea with Ada")])


def test_lines_that_cannot_be_read_are_told() -> None:
    text = (
        TEXT.replace("2018-01-04:", "2018-02-30:")
        .replace("- Marie Curie [", "- (Marie [")
        .replace("### Notes:", "stray\n### Notes:")
    )
    parsed = read("friends", text, file="friends.md")
    assert told(parsed) == [
        "friends.md:3: does not begin with a date: '2018-02-30: Got lunch with **Grace Hoppe'; it is left out",
        "friends.md:6: not an item of the activities: 'stray'; it is left out",
        "friends.md:13: not `Name (a.k.a. X) [Place] @tag`: '(Marie [Atlantis] @science'; it is left out",
    ]


def test_another_file_is_an_error() -> None:
    with pytest.raises(VaultkeeperError, match="no section like `### Friends:`"):
        read("friends", "# Shopping\n- milk\n")
