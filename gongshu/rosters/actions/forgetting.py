"""Clearing rosters away when their time is over, as `privacy.toml` says."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongshu.core.access.actor import system_actor
from gongshu.core.flow import actions as flow
from gongshu.core.people.privacy import days_of
from gongshu.rosters.actions.receiving import drop_file
from gongshu.rosters.actions.staging import clear_rows
from gongshu.rosters.models import Roster

WAITING = ("uploaded", "checking", "checked")


def with_old_files(*, at: datetime) -> QuerySet[Roster]:
    """Return the rosters whose uploaded file is to go."""
    limit = at - timedelta(days=days_of("rosters.Roster.file"))
    return Roster.objects.filter(file__isnull=False, uploaded_at__lt=limit).order_by("pk")


def forget_file(roster: Roster, *, at: datetime) -> None:
    """Delete the uploaded file."""
    drop_file(roster, at=at)


def with_old_rows(*, at: datetime) -> QuerySet[Roster]:
    """Return the rosters whose rows are to go: nothing was done with them for so long, or all was done."""
    limit = at - timedelta(days=days_of("rosters.RosterRow.id_number"))
    return (
        Roster.objects.filter(cleared_on__isnull=True, state_since__lt=limit).exclude(state="entering").order_by("pk")
    )


def forget_rows(roster: Roster, *, at: datetime) -> bool:
    """Delete some rows in the caller's transaction; False when all are gone, and the roster says so.

    The examples beside the headings go with them: they are somebody's first row.
    """
    if clear_rows(roster):
        return True
    with transaction.atomic():
        fresh = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
        if fresh.state in WAITING:
            flow.advance(fresh, "drop", by=system_actor("名册逾期未办"), at=at)
        fresh.cleared_on = timezone.localdate(at)
        fresh.headings = [[words, ""] for words, _ in fresh.headings]
        fresh.save(update_fields=["cleared_on", "headings"])
    return False
