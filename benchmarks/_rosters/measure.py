"""The parts of the roster benchmark that work on one database, each in a process of its own: `serve` by name."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django

django.setup()

from django.core.files import File  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from benchmarks._rosters.files import HEADINGS, people, union_names, write_xlsx  # noqa: E402
from gongshu.core.access.actor import system_actor  # noqa: E402
from gongshu.core.files.sheets.book import Book  # noqa: E402
from gongshu.core.jobs.worker import Worker  # noqa: E402
from gongshu.core.orgs.actions import NewOrganisation, add, add_many  # noqa: E402
from gongshu.core.orgs.models import Organisation  # noqa: E402
from gongshu.members.actions import tallies  # noqa: E402
from gongshu.members.enums import Form  # noqa: E402
from gongshu.members.models import Membership  # noqa: E402
from gongshu.rosters import jobs  # noqa: E402
from gongshu.rosters.actions import receiving  # noqa: E402
from gongshu.rosters.models import Roster  # noqa: E402
from gongshu.rosters.rules.checks import RowReader  # noqa: E402
from gongshu.rosters.rules.limits import USUAL  # noqa: E402

BY = system_actor("测量")
IN_ORDER = ("name", "id_number", "phone", "form", "employer", "union", "joined_on")
TABLES = ("people_person", "members_membership")


def build() -> None:
    """Make the tables and the unions of the rosters."""
    call_command("migrate", verbosity=0)
    top = add(NewOrganisation("演示县总工会", "county", "local"))
    add_many([NewOrganisation(name, "base", "base") for name in union_names()], under=top)


def bring_in(path: str) -> dict[str, object]:
    """Bring a roster in as the pages and the worker do; return the seconds of its parts and of the processor."""
    begun, processor = time.perf_counter(), sum(os.times()[:4])
    with Path(path).open("rb") as file:
        top = Organisation.objects.get(depth=1)
        roster = receiving.receive(File(file, name=Path(path).name), organisation=top, by=BY, at=timezone.now())
    received = time.perf_counter()
    receiving.match(
        roster, roster.columns, default_form="staff", by=BY, at=timezone.now(), background=jobs.enqueue_check
    )
    Worker().drain()
    checked = time.perf_counter()
    fresh = Roster.objects.get(pk=roster.pk)
    if fresh.state == "checked" and any(fresh.counts.get(k) for k in ("new", "known", "changed")):
        receiving.confirm(fresh, correct=True, move=False, by=BY, at=timezone.now(), background=jobs.enqueue_enter)
    Worker().drain()
    done = time.perf_counter()
    fresh = Roster.objects.get(pk=roster.pk)
    told = {"received": received - begun, "checked": checked - received, "entered": done - checked}
    told["processor"] = sum(os.times()[:4]) - processor
    return {**told, "results": fresh.results, "members": Membership.objects.count(), "differing": tallies.differing()}


def copied(folder: str) -> dict[str, float]:
    """Take what was brought in out as files, empty the tables, and time the bare COPY of the files back in."""
    seconds = 0.0
    with connection.cursor() as cursor:
        for table in TABLES:
            with Path(folder, table).open("wb") as file, cursor.copy(f"COPY {table} TO STDOUT") as copy:
                file.writelines(copy)
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        for table in TABLES:
            begun = time.perf_counter()
            with Path(folder, table).open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                while piece := file.read(1 << 16):
                    copy.write(piece)
            seconds += time.perf_counter() - begun
    return {"seconds": seconds}


def write(path: str, rows: str) -> None:
    """Write a roster of so many made-up people."""
    write_xlsx(Path(path), people(int(rows), union_names()))


def read(path: str) -> dict[str, float]:
    """Read every row by the fastest reader there is, and do nothing with it."""
    begun = time.perf_counter()
    rows = sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())
    return {"seconds": time.perf_counter() - begun, "rows": rows}


def looked_over(path: str) -> dict[str, float]:
    """Look a workbook over and read it quickly, every row checked, nothing written."""
    columns = {name: place for place, name in enumerate(IN_ORDER)}
    labels = {form.value: form.label for form in Form}
    reader = RowReader(columns, on=timezone.localdate(), forms=labels, default_form="staff")
    opened = Book(partial(open, path, "rb"), ".xlsx", USUAL, quick_bytes=1 << 40).opened(dict(enumerate(HEADINGS)), 1)
    refused = sum(bool(reader.read(number, cells).problems) for number, cells in opened.lines())
    return {"refused": refused}


PARTS: dict[str, Callable[..., object]] = {
    "build": build,
    "bring_in": bring_in,
    "copied": copied,
    "write": write,
    "read": read,
    "looked_over": looked_over,
}

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
    connection.close()
