"""The thresholds of colours, from the statutes."""

from __future__ import annotations

from datetime import date

from gongshu.core.statutes.lookup import clause
from gongshu.delivery.rules import Thresholds

INSTRUMENT = "defaults"


def thresholds(on: date) -> Thresholds:
    """Return the thresholds in force on a day."""
    return Thresholds(
        near_days=clause(INSTRUMENT, "near-due", on=on)["days"],
        late_share=clause(INSTRUMENT, "late-start", on=on)["time_share"],
        pace=clause(INSTRUMENT, "behind", on=on)["pace"],
        sign_days=clause(INSTRUMENT, "sign-for", on=on)["working_days"],
    )
