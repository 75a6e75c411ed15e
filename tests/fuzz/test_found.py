"""What fuzzing has found, tried again; and a little more of it, without atheris."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.target import PARTED, TARGETS
from tests.test_hostile import TEXTS

FOUND = sorted(path for path in (Path(__file__).parent / "found").glob("*/*"))


@pytest.mark.parametrize("case", FOUND, ids=lambda path: f"{path.parent.name}/{path.name[:16]}")
def test_what_was_found_is_mended(case: Path) -> None:
    TARGETS[case.parent.name](case.read_bytes())


DATA = (
    st.lists(TEXTS, min_size=1, max_size=3).map(PARTED.join).map(lambda text: text.encode("utf-8", "replace"))
)


@pytest.mark.parametrize("name", TARGETS)
@given(data=DATA)
@settings(max_examples=50)
def test_nothing_is_found(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
@given(data=DATA)
@settings(max_examples=2_000)
def test_nothing_is_found_by_long_looking(name: str, data: bytes) -> None:
    TARGETS[name](data)
