"""Migrations that carry data over, on rows as they were before."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.worlds import NOW, build

BEFORE = [("delivery", "0002_supervision_and_reports"), ("meetings", "0001_initial")]


@pytest.fixture
def executor(transactional_db):
    """Give what moves the tables; at the end they are as the code wants them."""
    yield MigrationExecutor(connection)
    last = MigrationExecutor(connection)
    last.migrate(last.loader.graph.leaf_nodes())


def test_a_plans_meeting_is_read_from_its_address_and_twins_are_told_apart(executor):
    org = build().org("贵州省总")
    old = executor.migrate(BEFORE).apps
    meetings, plans = old.get_model("meetings", "Meeting"), old.get_model("delivery", "Plan")
    same = {"organisation_id": org.pk, "name": "全委会", "kind": "plenary", "year": 2026, "created_at": NOW}
    first, second = meetings.objects.create(**same), meetings.objects.create(**same)
    third = meetings.objects.create(**same | {"month": 3})
    days = {"year": 2026, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31), "state_since": NOW}
    for address in (f"/meetings/{second.pk}/", "", "http://127.0.0.1/a", "/meetings/999999/"):
        plans.objects.create(
            organisation_id=org.pk, title="部署", source="全委会", source_url=address, state="active", **days
        )

    fresh = MigrationExecutor(connection)
    new = fresh.migrate(fresh.loader.graph.leaf_nodes()).apps

    names = dict(new.get_model("meetings", "Meeting").objects.values_list("pk", "name"))
    assert names == {first.pk: "全委会", second.pk: "全委会（2）", third.pk: "全委会"}
    rows = new.get_model("delivery", "Plan").objects.order_by("pk").values_list("meeting", "source")
    assert list(rows) == [
        (second.pk, "全委会"),
        (None, "全委会"),
        (None, "全委会 http://127.0.0.1/a"),
        (None, "全委会"),
    ]

    back = MigrationExecutor(connection).migrate(BEFORE).apps
    assert (
        back.get_model("delivery", "Plan").objects.get(title="部署", source_url__gt="").source_url
        == f"/meetings/{second.pk}/"
    )
