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
from gongshu.intake import enums as intake
from gongshu.intake import machine as intake_machine
from gongshu.intake.links import meeting_links
from gongshu.meetings import enums as meetings
from gongshu.meetings.links import Finder

PERMISSIONS: tuple[type[StrEnum], ...] = (
    access.Permission,
    meetings.Permission,
    delivery.Permission,
    intake.Permission,
)
MACHINES: tuple[Machine, ...] = (delivery_machine.PLAN, delivery_machine.ASSIGNMENT, intake_machine.DOCUMENT)
METRICS: tuple[Metric, ...] = ()
JOBS: tuple[Handle, ...] = (*housekeeping.JOBS, *delivery_jobs.JOBS)
SCHEDULES: tuple[Schedule, ...] = (*housekeeping.SCHEDULES, *delivery_jobs.SCHEDULES)
MEETING_LINKS: tuple[Finder, ...] = (meeting_links,)
