"""The mark and the digest of generated notes (FORMAT.md section 7)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultkeeper.notes.generated import compose, digest_of, read_generated

STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clock judges

BODY = "# Due this week\n\n- [ ] [[Jane Doe]]: every 3 weeks\n    Try: ask how Berlin is.\n"
NOTE = compose(BODY, "2026-11-23")


def test_a_generated_note_carries_its_mark_its_day_and_its_digest() -> None:
    lines = NOTE.split("\n")
    assert lines[:3] == ["---", "generated_by: vaultkeeper", "date: 2026-11-23"]
    assert lines[3] == f"digest: {digest_of(BODY)}"
    assert "\n".join(lines[4:]) == f"---\n{BODY}"


def test_it_is_known_as_ours_and_untouched() -> None:
    made = read_generated(NOTE)
    assert made == ("2026-11-23", BODY, digest_of(BODY)) and made.untouched


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(NOTE.replace("\n", "\r\n"), id="Windows lines"),
        pytest.param("\ufeff" + NOTE, id="a byte order mark"),
        pytest.param(NOTE.rstrip("\n"), id="no final newline"),
        pytest.param(NOTE + "\n\n", id="blank lines at the end"),
        pytest.param(NOTE.replace("weeks\n", "weeks  \n"), id="blanks at a line's end"),
        pytest.param(NOTE.replace("date: 2026-11-23", 'date: "2026-11-23"'), id="quotes"),
        pytest.param(NOTE.replace("---\n#", "tags:\n  - a\n---\n#"), id="a property of the user's"),
    ],
)
def test_what_sync_tools_and_obsidian_change_is_no_touch(changed: str) -> None:
    made = read_generated(changed)
    assert made is not None
    assert (made.untouched, made.date) == (True, "2026-11-23")
    assert "\r" not in made.body


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(NOTE.replace("[ ]", "[x]"), id="a tick"),
        pytest.param(NOTE + "words\n", id="words at the end"),
        pytest.param(NOTE.replace("weeks", "weeks call: hello"), id="words on a line"),
        pytest.param(NOTE.replace("    Try", "Try"), id="an indentation"),
        pytest.param(NOTE.replace("\n\n", "\n"), id="a blank line less"),
        pytest.param(NOTE.replace(digest_of(BODY), "00000000"), id="the digest"),
        pytest.param(NOTE.replace("digest:", "digests:"), id="the digest is gone"),
        pytest.param(NOTE.replace(digest_of(BODY), ""), id="the digest is empty"),
    ],
)
def test_what_a_person_typed_is_told(changed: str) -> None:
    made = read_generated(changed)
    assert made is not None
    assert not made.untouched


@pytest.mark.parametrize(
    "text",
    [
        "",
        BODY,
        "---\ndate: 2026-11-23\n---\n",
        "---\ngenerated_by: somebody else\n---\n",
        "---\ngenerated_by:\n---\n",
        "words\n---\ngenerated_by: vaultkeeper\n---\n",
        "---\ngenerated_by: vaultkeeper\n",
        "---\ngenerated_by: vaultkeeper\ngenerated_by: vaultkeeper\n---\n",
        "---\ngenerated_by: vaultkeeper\n  : broken\n---\n",
    ],
)
def test_a_note_without_the_mark_is_the_user_s(text: str) -> None:
    assert read_generated(text) is None


@pytest.mark.parametrize("date", ["date:", "date: []", "day: x"])
def test_the_date_may_be_missing(date: str) -> None:
    made = read_generated(NOTE.replace("date: 2026-11-23", date))
    assert made is not None
    assert (made.date, made.untouched) == ("", True)


@STEADY
@given(st.text())
def test_any_body_is_read_back(body: str) -> None:
    made = read_generated(compose(body, "2026-11-23"))
    assert made is not None
    assert (made.body, made.untouched) == (body.replace("\r\n", "\n"), True)


@STEADY
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\n \t\r")), st.data())
def test_the_digest_tells_every_change_but_blanks_at_ends(body: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body)))
    assert digest_of(f"{body[:at]}x{body[at:]}") != digest_of(body)
    assert digest_of("\r\n".join(body.split("\n")) + " \n\n") == digest_of(body)


@STEADY
@given(
    st.lists(st.sampled_from(["---", "generated_by: vaultkeeper", "date: x", "date:", "digest: y", "", "z"]))
)
def test_any_text_may_be_asked_for_its_mark(lines: list[str]) -> None:
    text = "\n".join(lines)
    made = read_generated(text)
    assert made is None or text.endswith(made.body)
