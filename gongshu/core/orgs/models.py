"""The tree of organisations and their departments."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from treebeard.mp_tree import MP_Node, MP_NodeManager

from gongshu.core.orgs.enums import Industry, Kind, Level


class Organisation(MP_Node):
    """A union organisation. Its path is fixed-width digits, so a subtree is one index range in any collation."""

    steplen = 5
    alphabet = "0123456789"
    node_order_by: ClassVar[list[str]] = []

    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)
    industry = models.CharField("行业门类", max_length=1, choices=Industry.choices, blank=True)
    is_demo = models.BooleanField("演示数据", default=False)
    ended_on = models.DateField("撤销日期", null=True, blank=True)

    objects: ClassVar[MP_NodeManager] = MP_NodeManager()

    class Meta:
        verbose_name = "组织"
        indexes = [
            models.Index(fields=["name"], name="org_name"),
            models.Index(fields=["level", "path"], name="org_level_path"),
            models.Index(fields=["division_code"], name="org_division"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path_end(self) -> str:
        """Return the first path after the subtree: `path <= p < path_end` holds for the organisation and all below."""
        return f"{int(self.path) + 1:0{len(self.path)}d}"

    @property
    def parent_path(self) -> str:
        """Return the path of the organisation above, empty at the root."""
        return str(self.path)[: -self.steplen]

    def holds(self, other: Organisation) -> bool:
        """Tell whether `other` is this organisation or stands below it."""
        return bool(other.path.startswith(self.path))


class Department(models.Model):
    """A department of an organisation, e.g. 基层工作部."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="departments", verbose_name="组织"
    )
    name = models.CharField("名称", max_length=60)

    class Meta:
        verbose_name = "部门"
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="department_once")]

    def __str__(self) -> str:
        return self.name
