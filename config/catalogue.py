"""Every line of work's permissions, machines, metrics, jobs and menus, as plain tuples read top to bottom."""

from __future__ import annotations

from enum import StrEnum

from gongshu.core.access import enums as access
from gongshu.core.flow.machine import Machine
from gongshu.core.jobs import housekeeping
from gongshu.core.jobs.handles import Handle, Schedule
from gongshu.core.metrics.metric import Metric
from gongshu.delivery import enums as delivery
from gongshu.delivery import jobs as delivery_jobs
from gongshu.delivery import machine as delivery_machine

PERMISSIONS: tuple[type[StrEnum], ...] = (access.Permission, delivery.Permission)
MACHINES: tuple[Machine, ...] = (delivery_machine.PLAN, delivery_machine.ASSIGNMENT)
METRICS: tuple[Metric, ...] = ()
JOBS: tuple[Handle, ...] = (*housekeeping.JOBS, *delivery_jobs.JOBS)
SCHEDULES: tuple[Schedule, ...] = (*housekeeping.SCHEDULES, *delivery_jobs.SCHEDULES)
