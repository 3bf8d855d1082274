"""The clauses that membership rests on, for a place and a day."""

from __future__ import annotations

from datetime import date

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import crumbs
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.members import rules


def approval_rule(on: date, organisation: Organisation) -> Clause:
    """Return within how many `working_days` an application is to be decided."""
    return clause("defaults", "membership-approval", on=on, region=organisation.division_code)


def release_rule(on: date, organisation: Organisation) -> Clause:
    """Return within how many `working_days` the old union must answer, and what happens `then`."""
    return clause("defaults", "move-release", on=on, region=organisation.division_code)


def accept_rule(on: date, organisation: Organisation) -> Clause:
    """Return within how many `working_days` the new union must take over, and what happens `then`."""
    return clause("defaults", "move-accept", on=on, region=organisation.division_code)


def lapse_rule(on: date) -> Clause:
    """Return after how many `months` without fee and activity a membership counts as given up."""
    return clause("membership", "automatic-leaving", on=on)


def home_rule(on: date, region: str = "") -> Clause:
    """Return at which `levels`, the first one first, the catch-all home stands."""
    return clause("defaults", "catch-all-home", on=on, region=region)


def catch_all_home(place: Organisation, *, on: date) -> Organisation | None:
    """Return the union that takes in whoever works at a place without one of their own; None when none is above."""
    ladder = list(crumbs(place))[::-1]
    codes = [org.division_code for org in ladder if org.division_code]
    levels = home_rule(on, codes[0] if codes else "")["levels"]
    found = rules.home_for((rules.Place(org.pk, org.level, org.path) for org in ladder), levels)
    return next((org for org in ladder if found and org.pk == found.pk), None)
