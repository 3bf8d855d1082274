"""Public short ids."""

from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.base import ids


def test_new_ids_are_different_and_valid() -> None:
    made = {ids.new_id() for _ in range(500)}
    assert len(made) == 500
    assert all(ids.is_id(each) for each in made)


def test_an_id_is_recognised_however_it_is_typed() -> None:
    made = ids.new_id()
    assert ids.normal_id(ids.spaced(made).lower()) == made
    assert ids.normal_id("oil-0") == "0110"


@given(st.integers(0, 9), st.sampled_from(ids.ALPHABET))
def test_one_wrong_character_is_noticed(place: int, sign: str) -> None:
    made = ids.new_id()
    broken = made[:place] + sign + made[place + 1 :]
    assert ids.is_id(broken) == (broken == made)


def test_other_texts_are_no_ids() -> None:
    assert not ids.is_id("")
    assert not ids.is_id("贵州省总工会工会会员")
    assert not ids.is_id(ids.new_id() + "0")
