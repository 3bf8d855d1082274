"""What an export is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from gongshu.core.ui.cells import Column


class Rows(Protocol):
    """Where rows come from: a `TableShown`, or what a line of work reads in its own way."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, in order."""
        ...

    def batches(self) -> Iterable[Sequence[Any]]:
        """Yield all rows, a batch at a time."""
        ...

    def is_longer_than(self, most: int) -> bool:
        """Tell whether there are more rows than that."""
        ...

    def count(self) -> int:
        """Return how many rows there are."""
        ...


@dataclass(frozen=True)
class Sheet:
    """A list to be handed out.

    `needs` are permissions asked beyond the page's own; a `is_sensitive` file is kept for a shorter time; `record` is
    told the number of rows in the transaction that makes the file available.
    """

    rows: Rows
    title: str
    needs: Sequence[str] = ()
    is_sensitive: bool = False
    record: Callable[[int], None] = lambda count: None
