"""The part of the inbox benchmark that works on one database, in a process of its own."""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks._federation import account_at, build, officer_at  # noqa: E402
from benchmarks._warmaps import open_venues, plan_under_way  # noqa: E402
from gongshu.core.flow.models import OpenItem  # noqa: E402
from gongshu.core.orgs.models import Organisation  # noqa: E402
from gongshu.core.trail.actions import record_many  # noqa: E402
from gongshu.core.trail.models import Entry  # noqa: E402
from gongshu.delivery.actions.inserting import insert_select  # noqa: E402
from gongshu.delivery.enums import Permission  # noqa: E402

ORGANISATIONS = 20_000
ROUNDS = 60
MINE = 2_000
ADDRESSES = {"第一页": "/", "只看逾期": "/?colour=overdue", "只看交办单": "/?kind=delivery.assignment"}


def fill(top: Organisation, items: int, mine: Organisation) -> None:
    """Write open items of assignments spread over all organisations, and `MINE` more at one desk."""
    now = timezone.now()
    everybody = Organisation.objects.exclude(pk=top.pk)
    rounds = -(-(items - MINE) // everybody.count())
    for turn in range(1, rounds + 1):  # keys of a million up are nobody's
        _write(everybody, now, first=turn * 1_000_000, days=turn % 90 - 10)
    for turn in range(1, MINE + 1):
        _write(everybody.filter(pk=mine.pk), now, first=(rounds + turn) * 1_000_000, days=turn % 120 - 20)
    tell_of(mine)
    with connection.cursor() as cursor:
        # a million rows written at once are otherwise vacuumed in the background, beside what is measured
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def tell_of(mine: Organisation) -> None:
    """Write what was done about each thing that waits at the desk: three entries, as of work that was moved twice."""
    now = timezone.now()
    record_many(
        Entry(
            at=now,
            who="测量",
            organisation=mine,
            verb=verb,
            kind=item.kind,
            object_id=item.object_id,
            summary=item.title,
        )
        for item in OpenItem.objects.filter(organisation=mine)
        for verb in ("sign", "report", "send_back")
    )


def _write(rows: object, now: object, *, first: int, days: int) -> int:
    columns = {
        "kind": "delivery.assignment",
        "object_id": F("pk") + first,
        "organisation": F("pk"),
        "department": None,
        "permission": str(Permission.SIGN),
        "title": "建立200个“司机之家”",
        "url": "/delivery/assignments/1/",
        "state": "sent",
        "due_on": timezone.localdate() + timedelta(days=days),
        "opened_at": now,
    }
    return insert_select(OpenItem, columns, rows)


def timed(client: Client, address: str) -> dict[str, float]:
    """Return milliseconds of one page (median, 95th percentile, least, processor) and its number of queries."""
    took, busy = [], []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), time.process_time()
        response = client.get(address)
        took.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - worked) * 1000)
        assert response.status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    took = sorted(took[5:])
    figures = {"median": statistics.median(took), "p95": took[int(len(took) * 0.95)], "queries": len(captured)}
    return {**figures, "least": took[0], "cpu": statistics.median(busy[5:])}


def measure(items: int) -> list[dict[str, object]]:
    """Fill the ledger and time the pages of a desk that carries tasks of 12 programmes."""
    top = build(ORGANISATIONS)
    mine = Organisation.objects.filter(level="county").first()
    plan_under_way(top, officer_at(top))
    open_venues()
    fill(top, items, mine)
    client = Client(headers={"host": "localhost"})
    client.force_login(account_at(mine))
    there = {"items": OpenItem.objects.count(), "mine": OpenItem.objects.filter(organisation=mine).count()}
    return [{"page": page, **there, **timed(client, address)} for page, address in ADDRESSES.items()]


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
