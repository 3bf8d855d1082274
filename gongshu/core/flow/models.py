"""Things with a state, and the one ledger of open items."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongshu.core.flow.machine import Machine
from gongshu.core.orgs.models import Department, Organisation


class Stateful(models.Model):
    """A thing that lives through the states of its `machine`. Only `flow.actions` changes `state`.

    Subclasses set `machine`, and give `open_title()` (what the inbox shows) and `get_absolute_url()`.
    """

    machine: ClassVar[Machine]

    state = models.CharField("状态", max_length=24)
    state_since = models.DateTimeField("状态起")

    class Meta:
        abstract = True

    @property
    def state_label(self) -> str:
        """Return the state's Chinese label."""
        return self.machine.state(self.state).label

    @property
    def is_final(self) -> bool:
        """Tell whether it is at an end."""
        return self.machine.state(self.state).final

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return str(self)

    def get_absolute_url(self) -> str:
        """Return the page of this thing."""
        raise NotImplementedError(type(self).__name__)


class OpenItem(models.Model):
    """One row while somebody must act on a thing: what, at whose desk, which permission, due when; none after."""

    kind = models.CharField("类别", max_length=60)
    object_id = models.BigIntegerField("对象")
    organisation = models.ForeignKey(  # the inbox's index begins with it
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="组织"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="部门"
    )
    permission = models.CharField("所需权限", max_length=40)
    title = models.CharField("事项", max_length=200)
    url = models.CharField("地址", max_length=200)
    state = models.CharField("状态", max_length=24)
    due_on = models.DateField("期限", null=True)
    opened_at = models.DateTimeField("到达")

    class Meta:
        verbose_name = "待办事项"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="open_item_once")]
        indexes = [models.Index(fields=["organisation", "due_on", "id"], name="open_item_inbox")]

    def __str__(self) -> str:
        return self.title
