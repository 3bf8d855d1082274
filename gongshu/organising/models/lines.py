"""The two lines a union belongs to: moving it to another place on the leading line, who guides it, sums along it."""

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


class Guidance(Stateful):
    """An industrial union guides a union that stands elsewhere on the leading line, from a day until another.

    One side asks, the other agrees: the industrial union, or the union above on the leading line (`upper`). All below
    the guided union is guided with it, but for what has a guide of its own.
    """

    machine = machine.GUIDANCE

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="guidances", verbose_name="接受指导的工会"
    )
    guide = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="guided", verbose_name="指导的产业工会"
    )
    upper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="上级工会")
    is_asked_by_guide = models.BooleanField("由产业工会提出", default=False)
    reason = models.CharField("说明", max_length=300, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    from_on = models.DateField("起", null=True, blank=True)
    until_on = models.DateField("止", null=True, blank=True)
    note = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "指导关系"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(state="asked"), name="guidance_asked_once"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(state="standing"), name="guidance_one"),
            models.CheckConstraint(
                condition=~Q(state__in=("standing", "ended")) | Q(from_on__isnull=False), name="guidance_began"
            ),
        ]
        indexes = [models.Index(fields=["guide", "from_on"], name="guidance_guide")]

    def __str__(self) -> str:
        return f"{self.guide}指导{self.organisation}"

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("organising:guidance", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"申请由{self.guide.short_name}指导{self.organisation.short_name}"

    @property
    def awaited(self) -> Organisation:
        """Return the union whose agreement is waited for."""
        return self.upper if self.is_asked_by_guide else self.guide

    @property
    def asker(self) -> Organisation:
        """Return the union that asked."""
        return self.guide if self.is_asked_by_guide else self.organisation


class LineShare(models.Model):
    """The part of a high organisation, all below it counted in, that belongs to one industrial union, or to none.

    Refreshed in the background; `as_at` says when. The shares of an organisation make it up whole.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="组织", db_index=False
    )
    guide = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="产业工会", db_index=False
    )
    unions = models.IntegerField("工会")
    members = models.IntegerField("在籍会员")
    real_name = models.IntegerField("实名会员")
    in_new_forms = models.IntegerField("新就业形态劳动者")
    as_at = models.DateTimeField("截至")

    class Meta:
        verbose_name = "按产业汇总"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "guide"], name="line_share_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(guide__isnull=True), name="line_share_of_nobody_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.guide_id or ''}"
