"""Every line of work's permissions, machines, metrics, jobs and menus, as plain tuples read top to bottom."""

from __future__ import annotations

from enum import StrEnum

from gongshu.core.access import enums as access
from gongshu.core.flow.machine import Machine

PERMISSIONS: tuple[type[StrEnum], ...] = (access.Permission,)
MACHINES: tuple[Machine, ...] = ()
