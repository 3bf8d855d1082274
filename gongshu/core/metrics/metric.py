"""What a line of work declares when something can be counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Dim:
    """A way to tell rows apart: its Chinese label, the codes with their labels, the field (empty: named as the dim)."""

    label: str
    choices: tuple[tuple[str, str], ...] = ()
    field: str = ""


@dataclass(frozen=True)
class Metric:
    """A measure: rows counted, or the whole-number field `total_of` summed, at the organisation `at` names.

    `on` is a date field (`…_on`) or an instant (`…_at`, counted on its local day).
    """

    code: str
    label: str
    unit: str
    rows: Callable[[], QuerySet[Any]]
    at: str = "organisation"
    on: str = "opened_on"
    dims: Mapping[str, Dim] = field(default_factory=dict)
    total_of: str = ""

    @property
    def day(self) -> str:
        """The lookup for the day a row counts on."""
        return f"{self.on}__date" if self.on.endswith("_at") else self.on
