"""Rosters for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.files.sheets import book
from gongshu.core.jobs.worker import Worker
from gongshu.rosters import jobs
from gongshu.rosters.actions import receiving
from gongshu.rosters.models import Roster
from tests.members.samples import BASE, COUNTY, FAR, OTHER, id_number
from tests.sheets import csv_bytes, xlsx_bytes
from tests.worlds import World

BASE_NAME, OTHER_NAME = f"{BASE}工会", f"{OTHER}工会"
FAR_NAME = f"{FAR}工会"


def row(order: int, name: str = "", *, union: str = BASE_NAME, phone: str = "", employer: str = "") -> list[str]:
    """Return a row of somebody with an identity number."""
    return [name or f"张{order}", id_number(order), phone, employer, union]


def upload(content: bytes, name: str = "名册.csv") -> SimpleUploadedFile:
    """Return an upload."""
    return SimpleUploadedFile(name, content)


def received(world: World, rows: Iterable[Sequence[str]], *, by: Actor | None = None, at: str = COUNTY) -> Roster:
    """Return a roster that was uploaded at a union by its office."""
    by = by or world.actor(at)
    return receiving.receive(upload(csv_bytes(rows)), organisation=world.org(at), by=by, at=timezone.now())


def received_apart(world: World, rows: Iterable[Sequence[str]], monkeypatch: pytest.MonkeyPatch) -> Roster:
    """Return a roster in a workbook that a process of its own reads, however small it is."""
    monkeypatch.setattr(book, "APART_BYTES", -1)
    monkeypatch.setattr(settings, "ROSTER_QUICK_BYTES", 0)
    file = upload(xlsx_bytes(rows), "名册.xlsx")
    return receiving.receive(file, organisation=world.org(COUNTY), by=world.actor(COUNTY), at=timezone.now())


def matched(roster: Roster, by: Actor) -> Roster:
    """Return a roster whose columns are taken as guessed, waiting to be checked."""
    return receiving.match(
        roster, roster.columns, default_form="staff", by=by, at=timezone.now(), background=jobs.enqueue_check
    )


def checked(world: World, rows: Iterable[Sequence[str]], *, by: Actor | None = None, at: str = COUNTY) -> Roster:
    """Return a roster that was checked."""
    by = by or world.actor(at)
    roster = matched(received(world, rows, by=by, at=at), by)
    Worker().drain()
    roster.refresh_from_db()
    return roster


def entered(
    world: World,
    rows: Iterable[Sequence[str]],
    *,
    by: Actor | None = None,
    at: str = COUNTY,
    correct: bool = True,
    move: bool = False,
) -> Roster:
    """Return a roster that was brought in."""
    by = by or world.actor(at)
    roster = checked(world, rows, by=by, at=at)
    receiving.confirm(roster, correct=correct, move=move, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    Worker().drain()
    roster.refresh_from_db()
    return roster
