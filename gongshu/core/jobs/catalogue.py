"""What the catalogue lists: jobs and schedules of every line of work."""

from django.conf import settings
from django.utils.module_loading import import_string

from gongshu.core.jobs.handles import Handle, Schedule
from gongshu.core.jobs.models import Job


def listed_jobs() -> dict[str, Handle]:
    """Return the jobs that the catalogue lists, by name."""
    handles: tuple[Handle, ...] = import_string(f"{settings.CATALOGUE}.JOBS")
    return {handle.name: handle for handle in handles}


def listed_schedules() -> tuple[Schedule, ...]:
    """Return the schedules that the catalogue lists."""
    schedules: tuple[Schedule, ...] = import_string(f"{settings.CATALOGUE}.SCHEDULES")
    return schedules


def label_of(job: Job) -> str:
    """Return the Chinese name of a job, its code when the catalogue no longer lists it."""
    handle = listed_jobs().get(job.name)
    return handle.label if handle else job.name
