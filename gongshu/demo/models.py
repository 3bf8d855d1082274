"""Which stages of the demonstration are done."""

from __future__ import annotations

from django.db import models


class DoneStage(models.Model):
    """A stage that is done; `scope` tells runs with different documents apart."""

    code = models.CharField("阶段", max_length=40)
    scope = models.CharField("范围", max_length=200, blank=True)
    told = models.CharField("做了什么", max_length=400)
    done_at = models.DateTimeField("完成时间")

    class Meta:
        verbose_name = "演示阶段"
        constraints = [models.UniqueConstraint(fields=["code", "scope"], name="demo_stage_once")]

    def __str__(self) -> str:
        return self.code
