"""The parts of the roster benchmark that work on one database, each in a process of its own: `serve` by name."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.files import File  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from gongshu.core.access.actor import system_actor  # noqa: E402
from gongshu.core.jobs.worker import Worker  # noqa: E402
from gongshu.core.orgs.actions import NewOrganisation, add, add_many  # noqa: E402
from gongshu.core.orgs.models import Organisation  # noqa: E402
from gongshu.members.actions import tallies  # noqa: E402
from gongshu.members.models import Membership  # noqa: E402
from gongshu.rosters import jobs  # noqa: E402
from gongshu.rosters.actions import receiving  # noqa: E402
from gongshu.rosters.models import Roster  # noqa: E402

BY = system_actor("测量")
UNIONS = 5_000
TABLES = ("people_person", "members_membership")


def build() -> None:
    """Make the tables and the unions of the rosters."""
    call_command("migrate", verbosity=0)
    top = add(NewOrganisation("演示县总工会", "county", "local"))
    add_many([NewOrganisation(name, "base", "base") for name in unions()], under=top)


def unions() -> list[str]:
    """Return the names of the unions."""
    return [f"演示第{n}企业工会" for n in range(UNIONS)]


def bring_in(path: str) -> dict[str, object]:
    """Bring a roster in as the pages and the worker do; return the seconds of its parts and the peak memory."""
    begun = time.perf_counter()
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
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"received": received - begun, "checked": checked - received, "entered": done - checked, "peak": peak}
    return {**told, "results": fresh.results, "members": Membership.objects.count(), "differing": tallies.differing()}


def copied(folder: str) -> dict[str, float]:
    """Take what was brought in out as files, empty the tables, and time the bare COPY of the files back in."""
    seconds = {}
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
            seconds[table] = time.perf_counter() - begun
    return seconds


PARTS = {"build": build, "bring_in": bring_in, "copied": copied}

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](*sys.argv[2:])))
    connection.close()
