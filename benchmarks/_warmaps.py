"""The part of the war-map benchmark that works on one database, in a process of its own."""

from __future__ import annotations

import json
import statistics
import time
from datetime import date, timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models.functions import Mod  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks._federation import account_at  # noqa: E402
from gongshu.core.access.actor import Actor, actor_for, system_actor  # noqa: E402
from gongshu.core.orgs.actions import NewOrganisation, add, add_many  # noqa: E402
from gongshu.core.orgs.enums import Kind, Level  # noqa: E402
from gongshu.core.orgs.models import Organisation  # noqa: E402
from gongshu.core.orgs.queries import children  # noqa: E402
from gongshu.delivery import actions  # noqa: E402
from gongshu.delivery.actions import DispatchOrder, PlanDraft, ProgrammeDraft, SplitOrder, TaskDraft  # noqa: E402
from gongshu.delivery.enums import Receivers, Status  # noqa: E402
from gongshu.delivery.models import Assignment, Plan, Target  # noqa: E402
from gongshu.delivery.queries import assignment_lines  # noqa: E402
from gongshu.delivery.queries.warmap import warmap  # noqa: E402
from gongshu.delivery.rules import share_out, worst_of  # noqa: E402
from gongshu.venues.models import Venue  # noqa: E402
from gongshu.venues.rules.kinds import kinds  # noqa: E402

PROGRAMMES, TASKS, CITIES, COUNTIES = 12, 3, 9, 88
GOAL, VENUES, ROUNDS = 2_000, 5_000, 40
ADDRESS = "/delivery/warmap/?depth=0"


def federation() -> Organisation:
    """Make the tables and a province with 9 cities and 88 counties."""
    call_command("migrate", verbosity=0)
    top = add(NewOrganisation("测量省总工会", Level.PROVINCE, Kind.LOCAL))
    names = [NewOrganisation(f"{n}号市总工会", Level.CITY, Kind.LOCAL) for n in range(CITIES)]
    for place, city in enumerate(add_many(names, under=top)):
        count = COUNTIES // CITIES + (place < COUNTIES % CITIES)
        add_many(
            [NewOrganisation(f"{city.pk}市{n}号县总工会", Level.COUNTY, Kind.LOCAL) for n in range(count)], under=city
        )
    return top


def plan_under_way(top: Organisation, by: Actor) -> Plan:
    """Make a plan of 12 programmes with three tasks each, one of them counted, all given to every city and county."""
    today = timezone.localdate()
    days = (today - timedelta(days=200), today + timedelta(days=160))
    names = [f"{n}号专项工作" for n in range(PROGRAMMES)]
    tasks = [
        TaskDraft(f"{name}第{n}项任务", quantities=[(GOAL, "个")] if n == 0 else (), programme=name)
        for name in names
        for n in range(TASKS)
    ]
    draft = PlanDraft("测量", top, today.year, *days, programmes=[ProgrammeDraft(n) for n in names], tasks=tasks)
    plan = actions.make_plan(draft, by=by, at=timezone.now())
    for place, task in enumerate(plan.tasks.all()):
        for level in (Level.CITY, Level.COUNTY):
            due = today + timedelta(days=(0, 2, 100)[place % 3])
            order = DispatchOrder(Receivers.LEVEL, due, f"{task.pk}-{level}", level=level)
            actions.give(task, order, by=by, at=timezone.now())
    codes = [code for code, _ in kinds().items()]
    for place, target in enumerate(Target.objects.select_related("task__plan")):
        actions.bind(target, "venues.open", {"kind": codes[place % len(codes)]}, by=by, at=timezone.now())
        share_down(target, top, GOAL, by)
    return plan


def share_down(target: Target, org: Organisation, amount: int, by: Actor) -> None:
    """Share a target equally over cities, and each city's share over its counties."""
    units = list(children(org)) if org.level != Level.COUNTY else []
    if units:
        amounts = share_out(amount, [1] * len(units))
        order = SplitOrder({unit.pk: n for unit, n in zip(units, amounts, strict=True)}, "平均分配")
        actions.split(target, order, by=by, at=timezone.now())
        for unit, n in zip(units, amounts, strict=True):
            share_down(target, unit, n, system_actor("测量", unit))


def open_venues() -> None:
    """Write open venues spread over kinds and counties."""
    counties = list(Organisation.objects.filter(level=Level.COUNTY))
    codes, today, now = list(kinds()), timezone.localdate(), timezone.now()
    Venue.objects.bulk_create(
        Venue(
            organisation=counties[n % len(counties)],
            kind=codes[n % len(codes)],
            name=f"{n}号",
            opened_on=today - timedelta(days=n % 190),
            state="open",
            state_since=now,
        )
        for n in range(VENUES)
    )
    numbered = Assignment.objects.annotate(third=Mod("pk", 3), seventh=Mod("pk", 7))
    numbered.filter(third=0).update(state="working")
    numbered.filter(seventh=0).update(state="done")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def cell_by_cell(plan: Plan, top: Organisation, *, on: date) -> list[Status]:
    """Return the colours as a page would that asks for each cell when it draws it."""
    found = []
    for programme in plan.programmes.all():
        for city in children(top):
            for org in [city, *children(city)]:
                rows = Assignment.objects.filter(task__programme=programme, organisation=org)
                lines = assignment_lines(list(rows.select_related("task__plan", "organisation")), on=on)
                found.append(worst_of(line.status for line in lines))
    return found


def measure() -> dict[str, float]:
    """Build the work and time the page, then the naive way once."""
    top = federation()
    account = account_at(top)
    today = timezone.localdate()
    plan = plan_under_way(top, actor_for(account, on=today))
    open_venues()
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    took, busy = [], []
    for _ in range(ROUNDS):
        begun, worked = time.perf_counter(), time.process_time()
        response = client.get(ADDRESS)
        took.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - worked) * 1000)
        assert response.status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    begun = time.perf_counter()
    slow = cell_by_cell(plan, top, on=today)
    naive = (time.perf_counter() - begun) * 1000
    shown = warmap([plan], top, on=today)
    fast = [shown.cell(strand, org).status for strand in shown.strands for org in shown.organisations]
    assert fast == slow, "the two ways must colour alike"
    took = sorted(took[5:])
    figures = {"median": statistics.median(took), "p95": took[int(len(took) * 0.95)], "queries": len(captured)}
    figures["cpu"] = statistics.median(busy[5:])
    return {**figures, "naive": naive, "cells": len(fast), "assignments": Assignment.objects.count()}


if __name__ == "__main__":
    print(json.dumps(measure()))
