"""A task's targets, and the shares they are split into down the tree."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gongshu.core.orgs.models import Organisation
from gongshu.delivery.models.plans import Task


class Target(models.Model):
    """A number to be reached. With a metric its progress is computed from live records, never typed."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="targets", verbose_name="任务")
    amount = models.DecimalField("数量", max_digits=16, decimal_places=2)
    unit = models.CharField("单位", max_length=40, blank=True)
    metric = models.CharField("统计口径", max_length=80, blank=True)
    filters = models.JSONField("统计范围", default=dict, blank=True)
    starts_on = models.DateField("统计起")
    ends_on = models.DateField("统计止")

    class Meta:
        verbose_name = "指标"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="target_above_zero"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="target_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}{self.unit}"

    @property
    def figure(self) -> str:
        """Return the amount without needless decimals."""
        return f"{self.amount.normalize():,f}"

    @property
    def is_whole(self) -> bool:
        """Tell whether the amount is a whole number, which alone can be shared out."""
        return self.amount == self.amount.to_integral_value()


class Share(models.Model):
    """An organisation's part of a target, split off the share `parent`, or off the whole target where there is none."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="shares", verbose_name="指标")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="组织")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="parts", verbose_name="上级份额"
    )
    amount = models.PositiveBigIntegerField("份额")
    rule = models.CharField("分解办法", max_length=200)
    weight = models.PositiveBigIntegerField("权重", default=1)

    class Meta:
        verbose_name = "指标份额"
        constraints = [models.UniqueConstraint(fields=["target", "organisation"], name="share_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.amount}"
