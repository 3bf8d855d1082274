"""Every line of work's permissions, machines, metrics, jobs and menus, as plain tuples read top to bottom."""

from __future__ import annotations

from enum import StrEnum

from gongshu.core.access import enums as access
from gongshu.core.flow.machine import Machine
from gongshu.core.jobs import housekeeping
from gongshu.core.jobs.handles import Handle, Schedule
from gongshu.core.metrics.metric import Metric
from gongshu.meetings import enums as meetings
from gongshu.meetings.links import Finder

PERMISSIONS: tuple[type[StrEnum], ...] = (access.Permission, meetings.Permission)
MACHINES: tuple[Machine, ...] = ()
METRICS: tuple[Metric, ...] = ()
JOBS: tuple[Handle, ...] = (*housekeeping.JOBS,)
SCHEDULES: tuple[Schedule, ...] = (*housekeeping.SCHEDULES,)
MEETING_LINKS: tuple[Finder, ...] = ()
