"""What may be seen on the joining pages."""

from enum import StrEnum


class Permission(StrEnum):
    """Permissions of the workbench's own pages."""

    WALL = "desk.wall"
