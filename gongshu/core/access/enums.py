"""What may be done to accounts and appointments."""

from enum import StrEnum


class Permission(StrEnum):
    """Permissions of the kernel; each line of work has its own."""

    APPOINT = "access.appoint"
    SEE_TREE = "orgs.see"
    SEE_TRAIL = "trail.see"
    SEE_JOBS = "jobs.see"
