"""What a line of work declares when something can be counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable

Total = Callable[[Mapping[str, Sequence[str]]], Combinable]


@dataclass(frozen=True)
class Dim:
    """A way to tell rows apart: its Chinese label, the codes with their labels, the field (empty: named as the dim).

    With `in_total` the rows are not told apart by it: the metric's `total_of` function adds up the columns it names.
    """

    label: str
    choices: tuple[tuple[str, str], ...] = ()
    field: str = ""
    in_total: bool = False


@dataclass(frozen=True)
class Metric:
    """A measure: rows counted, or `total_of` summed, at the organisation `at` names.

    `total_of` is a whole-number field, or a function of the filters that gives the expression to sum. `on` is a date
    field (`…_on`) or an instant (`…_at`, counted on its local day); empty for a stock: what there is now, whatever the
    period asked for. With `on_desk` false it is too costly to be shown unasked on the desk.
    `at` is empty where the rows are organisations themselves. `is_falling`: a target says how few there should be.
    `only` says which of the rows count, where several metrics share them: those are counted together.
    """

    code: str
    label: str
    unit: str
    rows: Callable[[], QuerySet[Any]]
    at: str = "organisation"
    on: str = "opened_on"
    dims: Mapping[str, Dim] = field(default_factory=dict)
    total_of: str | Total = ""
    on_desk: bool = True
    is_falling: bool = False
    only: Callable[[], Q] | None = None

    @property
    def path(self) -> str:
        """The lookup for the path of the organisation a row counts at."""
        return f"{self.at}__path" if self.at else "path"

    @property
    def day(self) -> str:
        """The lookup for the day a row counts on."""
        return f"{self.on}__date" if self.on.endswith("_at") else self.on
