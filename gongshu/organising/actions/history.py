"""Writing down where an organisation stands from a day on."""

from __future__ import annotations

from datetime import date

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import parent
from gongshu.organising.models import Standing


def began(org: Organisation, upper: Organisation, *, on: date) -> None:
    """Write down that an organisation stands below another from a day on."""
    Standing.objects.create(organisation=org, parent=upper, from_on=on)


def ended(org: Organisation, *, on: date) -> None:
    """Write down that an organisation stands nowhere from a day on."""
    if not Standing.objects.filter(organisation=org, until_on__isnull=True).update(until_on=on):
        Standing.objects.create(organisation=org, parent=parent(org), until_on=on)


def moved(org: Organisation, old: Organisation, upper: Organisation, *, on: date) -> None:
    """Write down that an organisation stands below another one from a day on, and where it stood until then."""
    if not Standing.objects.filter(organisation=org, until_on__isnull=True).update(until_on=on):
        Standing.objects.create(organisation=org, parent=old, until_on=on)
    began(org, upper, on=on)
