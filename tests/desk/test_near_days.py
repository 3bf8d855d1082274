"""The blue of pages and the blue of the ledger mean the same number of days."""

from __future__ import annotations

from datetime import date

from gongshu.core.statutes.lookup import clause
from gongshu.core.ui.figures import NEAR_DAYS


def test_pages_turn_blue_when_the_default_rule_says_so() -> None:
    assert clause("defaults", "near-due", on=date(2026, 11, 20))["days"] == NEAR_DAYS
