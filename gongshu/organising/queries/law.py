"""The clauses organising rests on, for a place and a day."""

from __future__ import annotations

from datetime import date

from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import crumbs
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.organising.rules.law import EndingLaw, FoundingLaw, MovingLaw
from gongshu.organising.rules.terms import TermLaw

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
        term=clause(LAW, "16", on=on, region=region),
        size=clause(ELECTIONS, "8", on=on, region=region),
        chair=clause(ELECTIONS, "chair-barred", on=on, region=region),
        industrial=clause("defaults", "industrial-founding", on=on, region=region),
    )


def ending_law(on: date, organisation: Organisation) -> EndingLaw:
    """Return the clauses on dissolving and merging a union."""
    region = region_of(organisation)
    return EndingLaw(grounds=clause(LAW, "13", on=on, region=region), approval=clause(LAW, "12", on=on, region=region))


def moving_law(on: date, organisation: Organisation) -> MovingLaw:
    """Return the clauses on standing under another union."""
    region = region_of(organisation)
    leading, structure, approval = (clause(LAW, article, on=on, region=region) for article in ("10", "11", "12"))
    return MovingLaw(leading, structure, approval)


def line_rule(on: date, organisation: Organisation) -> Clause:
    """Return the clause on the two lines: led by the local federation, guided by the industrial union."""
    return clause("trade-union-charter", "industrial-line", on=on, region=region_of(organisation))


def answer_rule(on: date, organisation: Organisation) -> Clause:
    """Return within how many `answer_days` the union above answers."""
    return clause(ELECTIONS, "approval", on=on, region=region_of(organisation))


def term_law(on: date, organisation: Organisation) -> TermLaw:
    """Return the clauses on an organisation's committees: base unions have other terms than local ones."""
    region = region_of(organisation)
    term = clause(LAW, "16", on=on, region=region)
    is_base = organisation.level in (Level.BASE, Level.VILLAGE)
    return TermLaw(
        term=term,
        relatives=clause(LAW, "10", on=on, region=region),
        size=clause(ELECTIONS, "8", on=on, region=region),
        years=term["base_term_years"] if is_base else (term["local_term_years"],),
    )


def vacancy_rule(on: date, organisation: Organisation) -> Clause:
    """Return within how many `months` a vacancy is normally filled."""
    return clause(ELECTIONS, "vacancy", on=on, region=region_of(organisation))


def postponing_rule(on: date, organisation: Organisation) -> Clause:
    """Return by how many `months` an election may normally be put off."""
    return clause(ELECTIONS, "late-election", on=on, region=region_of(organisation))


def leaving_rule(on: date) -> Clause:
    """Return the clause on transferring and recalling chairs and vice-chairs."""
    return clause(LAW, "18", on=on)


def warning_rule(on: date) -> Clause:
    """Return how many `months` before the end of a term its union is reminded."""
    return clause("defaults", "term-warning", on=on)


def lacking_rules(on: date, organisation: Organisation) -> tuple[Clause, Clause]:
    """Return the clauses on women's and on auditing committees."""
    region = region_of(organisation)
    women = clause("trade-union-charter", "women-committee", on=on, region=region)
    return women, clause(LAW, "45", on=on, region=region)
