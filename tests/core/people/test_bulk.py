"""Writing many rows at once: what the database quotes of them stands in no error."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from gongshu.core.base.bulk import put
from gongshu.core.people.models import Person

COLUMNS = ("id", "name", "gender")


def test_an_error_says_nothing_of_the_values(db: None) -> None:
    with pytest.raises(DatabaseError) as told:
        put(Person, COLUMNS, [(7, "欧阳小明", "u"), (7, "欧阳小红", "u")])
    said = [str(told.value), str(told.value.__cause__ or ""), repr(told.value)]
    assert [words for words in said if "欧阳" in words or "\n" in words] == []
    assert told.value.__suppress_context__


def test_a_name_that_is_too_long_is_not_quoted(db: None) -> None:
    with pytest.raises(DatabaseError) as told:
        put(Person, COLUMNS, [(8, "欧阳小明" * 50, "unknown" * 50), (8, "欧阳", "u")])
    assert "欧阳" not in str(told.value)
