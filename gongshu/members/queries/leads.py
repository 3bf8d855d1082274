"""From how many workers of one employer in a catch-all home a union should be founded."""

from __future__ import annotations

from datetime import date

from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause


def lead_rule(on: date, home: Organisation) -> Clause:
    """Return from how many `members` of one employer a union should be founded."""
    return clause("defaults", "founding-lead", on=on, region=home.division_code)
