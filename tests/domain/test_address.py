"""Addresses: when two spellings are one."""

import pytest

from vaultkeeper.domain.address import email_key, is_linkedin, is_shared, phone_key, profile_key


@pytest.mark.parametrize(
    "text",
    [
        "https://www.linkedin.com/in/jane-doe",
        "http://linkedin.com/in/jane-doe/",
        "https://de.linkedin.com/in/Jane-Doe?trk=abc#top",
        "www.linkedin.com/in/jane-doe/en",
        "//m.linkedin.com/in/jane%2Ddoe",
    ],
)
def test_one_profile(text: str) -> None:
    assert profile_key(text) == "linkedin.com/in/jane-doe"
    assert is_linkedin(text)


def test_other_profiles() -> None:
    assert profile_key("https://linkedin.example/in/jane") == "linkedin.example/in/jane"
    assert profile_key("https://www.linkedin.com/in/zo%C3%AB") == profile_key("https://linkedin.com/in/zoë")
    assert profile_key("https://www.linkedin.com/") == ""
    assert profile_key("no address") == ""
    assert not is_linkedin("https://www.linkedin.com/company/globex")
    assert not is_linkedin("https://notlinkedin.com/in/jane")


def test_emails() -> None:
    assert email_key(" <mailto:Jane@X.example> ".strip(" <>")) == "jane@x.example"
    assert email_key("Jane") == ""
    assert is_shared("Info@acme.example") and not is_shared("jane@acme.example")


def test_phones() -> None:
    same = ("+49 170 1234567", "0049 (170) 123-4567", "0170/1234567", "+49-170-1234567 ext 5")
    assert len({phone_key(text) for text in same}) == 1
    assert phone_key("+1 555 0100") != phone_key("+1 555 0101")
