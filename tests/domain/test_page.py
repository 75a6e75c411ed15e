"""Where to look a contact up: addresses that lead to the web, and only there."""

import pytest

from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.page import pages_of, profile_url


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://linkedin.example/in/jane-doe", "https://linkedin.example/in/jane-doe"),
        ("  HTTP://linkedin.example/in/jane ", "HTTP://linkedin.example/in/jane"),
        ("[Jane](https://linkedin.example/in/jane)", "https://linkedin.example/in/jane"),
        ("www.linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe"),
        ("in/jane-doe", "https://www.linkedin.com/in/jane-doe"),
        ("@jane-doe", "https://www.linkedin.com/in/jane-doe"),
        ("josé", "https://www.linkedin.com/in/jos%C3%A9"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("ask her for it", ""),
    ],
)
def test_a_profile_however_it_is_written(written: str, url: str) -> None:
    assert profile_url(written) == url


def test_profile_links_and_the_news() -> None:
    contact = Contact(
        "People/Jane.md",
        'Jane "JD" Doe',
        company=("Müller & Söhne", "Globex", "Freelance", ""),
        linkedin="https://linkedin.example/in/jane",
        links=(
            "https://jane.example, and [the lab](https://lab.example/a?b=c)",
            "no address",
            "https://linkedin.example/in/jane",
        ),
    )
    assert [(page.kind, page.about, page.url) for page in pages_of(contact)] == [
        ("profile", 'Jane "JD" Doe', "https://linkedin.example/in/jane"),
        ("link", "https://jane.example", "https://jane.example"),
        ("link", "https://lab.example/a?b=c", "https://lab.example/a?b=c"),
        ("news", 'Jane "JD" Doe', "https://news.google.com/search?q=%22Jane%20JD%20Doe%22"),
        ("news", "Müller & Söhne", "https://news.google.com/search?q=%22M%C3%BCller%20%26%20S%C3%B6hne%22"),
        ("news", "Globex", "https://news.google.com/search?q=%22Globex%22"),
    ]


def test_nobody_is_sent_to_the_news_of_the_dead() -> None:
    contact = Contact(
        "People/J.md", "Jane", company=("Globex",), status="deceased", links=("https://j.example",)
    )
    assert [page.kind for page in pages_of(contact)] == ["link"]
