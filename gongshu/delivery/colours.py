"""The thresholds of colours, from `data/colours.toml`."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from functools import cache
from pathlib import Path

from gongshu.delivery.rules import Thresholds

DATA = Path(__file__).parent / "data" / "colours.toml"


@cache
def thresholds() -> Thresholds:
    """Return the thresholds in use, read once."""
    with DATA.open("rb") as file:
        row = tomllib.load(file)
    return Thresholds(row["near_days"], Fraction(row["lag_percent"], 100), row["sign_days"])
