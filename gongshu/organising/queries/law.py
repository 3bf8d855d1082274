"""The clauses organising rests on, for a place and a day."""

from __future__ import annotations

from datetime import date

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import crumbs
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.organising.rules.law import EndingLaw, FoundingLaw

LAW, ELECTIONS = "trade-union-law", "base-union-elections"


def region_of(organisation: Organisation) -> str:
    """Return the division code of the organisation or of the nearest one above that has one; one query."""
    codes = [org.division_code for org in crumbs(organisation) if org.division_code]
    return codes[-1] if codes else ""


def founding_law(on: date, organisation: Organisation) -> FoundingLaw:
    """Return the clauses on founding a union below an organisation."""
    region = region_of(organisation)
    return FoundingLaw(
        relatives=clause(LAW, "10", on=on, region=region),
        form=clause(LAW, "11", on=on, region=region),
        approval=clause(LAW, "12", on=on, region=region),
        size=clause(ELECTIONS, "8", on=on, region=region),
        chair=clause(ELECTIONS, "chair-barred", on=on, region=region),
    )


def ending_law(on: date, organisation: Organisation) -> EndingLaw:
    """Return the clauses on dissolving and merging a union."""
    region = region_of(organisation)
    return EndingLaw(grounds=clause(LAW, "13", on=on, region=region), approval=clause(LAW, "12", on=on, region=region))


def answer_rule(on: date, organisation: Organisation) -> Clause:
    """Return within how many `answer_days` the union above answers."""
    return clause(ELECTIONS, "approval", on=on, region=region_of(organisation))
