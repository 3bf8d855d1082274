"""Rosters for tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongshu.core.access.actor import Actor
from gongshu.core.jobs.worker import Worker
from gongshu.rosters import jobs
from gongshu.rosters.actions import receiving
from gongshu.rosters.models import Roster
from tests.members.samples import BASE, COUNTY, FAR, OTHER, id_number
from tests.worlds import World

HEADINGS = ("姓名", "身份证号码", "手机号码", "用人单位", "所在工会")
BASE_NAME, OTHER_NAME = f"{BASE}工会", f"{OTHER}工会"
FAR_NAME = f"{FAR}工会"


def row(order: int, name: str = "", *, union: str = BASE_NAME, phone: str = "", employer: str = "") -> list[str]:
    """Return a row of somebody with an identity number."""
    return [name or f"张{order}", id_number(order), phone, employer, union]


def csv_bytes(rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8") -> bytes:
    """Return a roster as comma-separated text."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([headings, *rows])
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(rows: Iterable[Sequence[object]], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return a roster as a workbook, strings in a table of their own as Excel has them."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("会员")
        for number, cells in enumerate([headings, *rows]):
            sheet.write_row(number, 0, cells)
    return buffer.getvalue()


def upload(content: bytes, name: str = "名册.csv") -> SimpleUploadedFile:
    """Return an upload."""
    return SimpleUploadedFile(name, content)


def received(world: World, rows: Iterable[Sequence[str]], *, by: Actor | None = None, at: str = COUNTY) -> Roster:
    """Return a roster that was uploaded at a union by its office."""
    by = by or world.actor(at)
    return receiving.receive(upload(csv_bytes(rows)), organisation=world.org(at), by=by, at=timezone.now())


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
