"""The two lines a union belongs to: moving it to another place on the leading line, and who guides it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import common_above
from gongshu.organising import machine


class Relocation(Stateful):
    """An application to put a union, with all below it, under another: both uppers agree, or one above decides.

    `old_upper` is the union above when it was asked; where it stood and stands is in `Standing`.
    """

    machine = machine.RELOCATION

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="relocations", verbose_name="划转的工会"
    )
    old_upper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="原上级工会")
    new_upper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="新上级工会")
    reason = models.CharField("划转原因", max_length=300)
    due_on = models.DateField("批复期限", null=True, blank=True)
    decided_on = models.DateField("划转日期", null=True, blank=True)
    note = models.CharField("批复意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "隶属关系调整"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=("applied", "releasing", "receiving")),
                name="relocation_once",
            ),
        ]
        indexes = [models.Index(fields=["new_upper", "decided_on"], name="relocation_new")]

    def __str__(self) -> str:
        return f"{self.organisation}划转"

    def get_absolute_url(self) -> str:
        """Return the application's page."""
        return reverse("organising:relocation", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"申请将{self.organisation.short_name}由{self.old_upper.short_name}划转{self.new_upper.short_name}"

    @property
    def awaited(self) -> Organisation:
        """Return the upper union whose answer is waited for."""
        return self.new_upper if self.state == "receiving" else self.old_upper

    @property
    def common(self) -> Organisation | None:
        """Return the nearest union above both uppers, which may decide alone; one query."""
        return common_above(self.old_upper, self.new_upper)
