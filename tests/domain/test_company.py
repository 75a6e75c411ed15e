"""When two spellings are one company."""

import pytest

from tests.domain.make import TODAY, contact, policy
from vaultkeeper.domain.company import company_key
from vaultkeeper.domain.doubles import find_doubles
from vaultkeeper.domain.review import pick_review
from vaultkeeper.domain.summary import summarise


@pytest.mark.parametrize(
    "other", ["globex", "GLOBEX, Inc.", "Globex GmbH", "[[Globex]]", "Globex GmbH & Co. KG"]
)
def test_one_company(other: str) -> None:
    assert company_key(other) == company_key("Globex")


@pytest.mark.parametrize("other", ["Globex Robotics", "Glob", "", "AG"])
def test_another(other: str) -> None:
    assert company_key(other) != company_key("Globex")


def test_what_is_no_more_than_a_legal_form_is_a_name() -> None:
    assert company_key("AG") == "ag" and company_key("***") == "***"


def test_a_company_of_interest_comes_first_however_it_is_spelled() -> None:
    people = [
        contact("Ann", company=("Acme",), status="new"),
        contact("Bob", company=("Globex GmbH",), status="new"),
    ]
    picks = pick_review(
        [summarise(one, (), ()) for one in people], policy(companies_of_interest=("Globex",)), TODAY
    )
    assert [pick.summary.contact.name for pick in picks] == ["Bob", "Ann"]


def test_namesakes_of_one_company_are_likely_one_person() -> None:
    one, other = contact("Jane Doe", company=("Globex",)), contact("Doe, Jane", company=("Globex Inc",))
    assert len(find_doubles([one, other])) == 1
