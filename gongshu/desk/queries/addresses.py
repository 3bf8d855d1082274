"""Addresses of rows whose models know nothing of these pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from gongshu.core.access.models import Appointment
from gongshu.core.orgs.models import Organisation


def org_url(org: Organisation) -> str:
    """Return an organisation's page."""
    return reverse("desk:org", args=[org.pk])


def person_url(appointment: Appointment) -> str:
    """Return the page of an appointment."""
    return reverse("desk:appointment", args=[appointment.pk])


def instrument_url(row: Any) -> str:
    """Return the page of a row's instrument."""
    return reverse("desk:instrument", args=[row.instrument.id])
