"""Opaque cursors: signed, and good only for the key, the list and the filters they were made for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet

from gongshu.core.base.problems import Refused

M = TypeVar("M", bound=Model)
SIGNER = signing.Signer(salt="gongshu.api.cursor")
MOST, USUAL = 200, 50


@dataclass(frozen=True)
class Place:
    """Which list is read by whom: the key, the list's name, its filters, the cursor given and the size of a page."""

    key_id: int
    name: str
    filters: Mapping[str, Any]
    cursor: str = ""
    limit: int = USUAL

    @property
    def bound(self) -> str:
        """Return what a cursor is bound to."""
        words = json.dumps([self.key_id, self.name, self.filters], sort_keys=True, default=str)
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    def after(self) -> Any:
        """Return where the cursor given stands, None without one; raises Refused for one of another list."""
        if not self.cursor:
            return None
        try:
            bound, after = SIGNER.unsign_object(self.cursor)
        except (signing.BadSignature, ValueError, TypeError):
            bound, after = "", None
        if bound != self.bound:
            raise Refused.because("cursor 无效，或者查询条件已变，请从第一页查起", field="cursor")
        return after

    def cursor_at(self, value: Any) -> str:
        """Return a cursor that stands at a value."""
        return str(SIGNER.sign_object([self.bound, value]))


@dataclass(frozen=True)
class Slice(Generic[M]):
    """A page of a list and the cursor of the next one, empty on the last."""

    rows: Sequence[M]
    following: str = ""


def slice_of(rows: QuerySet[M], place: Place, by: str = "pk") -> Slice[M]:
    """Return a page of rows in the order of a unique column; the same cost however deep."""
    after = place.after()
    narrowed = rows if after is None else rows.filter(**{f"{by}__gt": after})
    found = list(narrowed.order_by(by)[: place.limit + 1])
    return cut(found, place, lambda row: getattr(row, by))


def cut(found: Sequence[M], place: Place, at: Callable[[M], Any]) -> Slice[M]:
    """Return the first rows of what was found, one more than asked where there is a next page."""
    shown = found[: place.limit]
    return Slice(shown, place.cursor_at(at(shown[-1])) if len(found) > place.limit else "")
