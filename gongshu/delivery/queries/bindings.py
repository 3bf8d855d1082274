"""Which metric a target can be bound to, and which one its words suggest."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gongshu.core.base.problems import Refused
from gongshu.core.metrics.metric import Metric
from gongshu.core.metrics.queries import filter_problems, listed_metrics

DATA = Path(__file__).parents[1] / "data" / "bindings.toml"


@dataclass(frozen=True)
class Binding:
    """A metric with at most one filter, and how a form names it."""

    metric: Metric
    filters: Mapping[str, str]

    @property
    def code(self) -> str:
        """Return what a form sends, e.g. `venues.open|kind=driver_home`."""
        return "|".join([self.metric.code, *(f"{dim}={value}" for dim, value in self.filters.items())])

    @property
    def label(self) -> str:
        """Return the Chinese name, e.g. 已开放阵地（司机之家）."""
        names = [dict(self.metric.dims[dim].choices).get(value, value) for dim, value in self.filters.items()]
        return self.metric.label + (f"（{'、'.join(names)}）" if names else "")


@dataclass(frozen=True)
class Hint:
    """A line of `data/bindings.toml`."""

    words: tuple[str, ...]
    units: tuple[str, ...]
    metric: str
    filters: Mapping[str, str]

    def fits(self, text: str, unit: str) -> bool:
        """Tell whether a task's words and a target's unit are meant."""
        return any(word in text for word in self.words) and (not self.units or not unit or unit in self.units)


@cache
def hints() -> tuple[Hint, ...]:
    """Return the lines of the file, read once."""
    with DATA.open("rb") as file:
        rows = tomllib.load(file)["binding"]
    return tuple(Hint(tuple(r["words"]), tuple(r.get("units", ())), r["metric"], r.get("filters", {})) for r in rows)


def offered() -> list[Binding]:
    """Return every metric of the catalogue, whole and by each value of each of its dims."""
    found = []
    for metric in listed_metrics().values():
        found.append(Binding(metric, {}))
        found += [Binding(metric, {code: value}) for code, dim in metric.dims.items() for value, _ in dim.choices]
    return found


def falling() -> frozenset[str]:
    """Return the codes of the metrics whose targets say how few there should be."""
    return frozenset(code for code, metric in listed_metrics().items() if metric.is_falling)


def suggest(text: str, unit: str) -> Binding | None:
    """Return what a target likely counts, by its task's words and its unit; None when nothing fits or is listed."""
    metrics = listed_metrics()
    for hint in hints():
        metric = metrics.get(hint.metric)
        if metric and hint.fits(text, unit) and not filter_problems(metric, hint.filters):
            return Binding(metric, hint.filters)
    return None


def bound(code: str, filters: Mapping[str, Any]) -> Binding | None:
    """Return the binding of a target, None when it has none or the catalogue no longer lists it."""
    metric = listed_metrics().get(code)
    return Binding(metric, dict(filters)) if metric else None


def unit_of(code: str) -> str:
    """Return the unit a metric is counted in, empty for none."""
    metric = listed_metrics().get(code)
    return metric.unit if metric else ""


def read(code: str) -> tuple[str, dict[str, str]]:
    """Return metric code and filters of what a form sent, both empty for none; raises Refused for an unknown one."""
    if not code:
        return "", {}
    for binding in offered():
        if binding.code == code:
            return binding.metric.code, dict(binding.filters)
    raise Refused.because("没有这项指标，请重新选择", field="binding")
