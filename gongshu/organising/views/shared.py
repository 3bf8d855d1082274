"""What several pages of organising do alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone

from gongshu.core.access.guard import Request
from gongshu.core.base.problems import Problem
from gongshu.core.orgs.models import Organisation
from gongshu.organising.forms import lead_words
from gongshu.organising.queries.coverage import lead_for, workers_in_home
from gongshu.organising.queries.law import founding_law


def on_page(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems for a page without the form: they name no field there is to go to."""
    return [replace(problem, field="") for problem in problems]


def known_of_lead(request: Request, upper: Organisation) -> dict[str, object]:
    """Return what is known of a union to be founded from the lead named in the address, nothing without one."""
    named = request.GET.get("lead", "")
    if not named.isdecimal() or len(named) > 18:
        return {}
    lead = lead_for(request.actor, int(named))
    return lead_words(lead, workers_in_home(lead), founding_law(timezone.localdate(), upper).term["base_term_years"][0])
