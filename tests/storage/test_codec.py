from datetime import date
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultkeeper.domain.anniversary import Anniversary
from vaultkeeper.domain.contact import Contact
from vaultkeeper.domain.duration import Duration
from vaultkeeper.domain.follow_up import FollowUp
from vaultkeeper.domain.interaction import Interaction, Touch
from vaultkeeper.domain.place import Problem
from vaultkeeper.storage.codec import Damaged, decode, dump, encode, load, sortable

texts = st.text(max_size=12)


class Pair(NamedTuple):
    day: date | None
    names: tuple[str, ...]


class Nested(NamedTuple):
    pair: Pair
    pairs: tuple[Pair, ...]
    number: float
    yes: bool


numbers = st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.just(-0.0)
ranks = st.tuples(numbers, st.dates(), st.text("\0\x01a\xe4\ue000\U0001f600"), st.text(), numbers)


@given(ranks, ranks)
def test_bytes_are_in_the_order_of_the_values(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    assert (sortable(one) < sortable(other), sortable(one) == sortable(other)) == (one < other, one == other)


@given(st.from_type(Contact))
def test_contacts_come_back(contact: Contact) -> None:
    assert repr(decode(encode(contact, Contact), Contact)) == repr(contact)  # repr: nan is not itself


@pytest.mark.parametrize("kind", [Interaction, Touch, FollowUp, Problem, Anniversary, Duration, Nested])
@given(data=st.data())
def test_values_come_back_as_they_were(kind: Any, data: st.DataObject) -> None:
    values = tuple(data.draw(st.lists(st.from_type(kind), max_size=3)))
    back = decode(encode(values, tuple[kind, ...]), tuple[kind, ...])
    assert repr(back) == repr(values)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(plain)
def test_plain_values_come_back(value: object) -> None:
    assert load(dump(value)) == value


@given(plain, st.data())
def test_a_changed_byte_is_told(value: object, data: st.DataObject) -> None:
    whole = dump(value)
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(1, 255))
    with pytest.raises(Damaged):
        load(whole[:at] + bytes([whole[at] ^ other]) + whole[at + 1 :])


@given(plain, st.data())
def test_missing_bytes_are_told(value: object, data: st.DataObject) -> None:
    whole = dump(value)
    with pytest.raises(Damaged):
        load(whole[: data.draw(st.integers(0, len(whole) - 1))])


@pytest.mark.parametrize("spoilt", [None, 7, "text", b"", b"abc", b"\0\0\0\0", bytes(40)])
def test_what_is_no_record_at_all_is_told(spoilt: Any) -> None:
    with pytest.raises(Damaged):
        decode(spoilt, Contact)
