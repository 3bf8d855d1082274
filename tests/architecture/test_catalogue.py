"""What the catalogue lists hangs together."""

from __future__ import annotations

from collections import Counter

from django.db.models import F

from config import catalogue


def repeated(names: list[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_no_job_or_metric_is_listed_twice():
    assert repeated([job.name for job in catalogue.JOBS]) == []
    assert repeated([metric.code for metric in catalogue.METRICS]) == []


def test_every_schedule_is_of_a_listed_job():
    assert {schedule.handle.name for schedule in catalogue.SCHEDULES} - {job.name for job in catalogue.JOBS} == set()


def test_every_metric_names_fields_its_rows_have():
    for metric in catalogue.METRICS:
        fields = [dim.field or code for code, dim in metric.dims.items() if not dim.in_total]
        names = [*([metric.day] if metric.on else []), metric.path, *fields]
        total = metric.total_of
        summed = total({}) if callable(total) else F(total or "pk")
        metric.rows().values(*names).annotate(summed=summed).query.sql_with_params()


def test_every_state_of_every_machine_is_reached():
    assert {machine.model: machine.unreachable() for machine in catalogue.MACHINES if machine.unreachable()} == {}
