"""Sums too costly to be added up for each page: kept in a table with their time, refreshed in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Refresh(Protocol):
    """Sum everything up anew as at a time; return how many rows are kept."""

    def __call__(self, *, at: datetime) -> int:
        """Refresh."""


@dataclass(frozen=True)
class Refreshed:
    """A table of sums: what it is called, what refreshes it, and what finds the rows that are not what is summed now.

    `differing` returns the keys of organisations and adds up in another way than `refresh`.
    """

    label: str
    refresh: Refresh
    differing: Callable[[], list[int]]


def listed_sums() -> tuple[Refreshed, ...]:
    """Return the tables of sums that the catalogue lists."""
    tables: tuple[Refreshed, ...] = import_string(f"{settings.CATALOGUE}.REFRESHED")
    return tables
