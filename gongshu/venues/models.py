"""Venues, their inspections and what is to be put right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.venues import machine
from gongshu.venues.enums import Result
from gongshu.venues.rules.checks import VenueFacts
from gongshu.venues.rules.hours import Span, words
from gongshu.venues.rules.kinds import VenueKind, kinds


class Venue(Stateful):
    """A place where workers are served. `hours` holds the weekly spans, `equipment` codes of its kind."""

    machine = machine.VENUE

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="venues", verbose_name="所属工会"
    )
    kind = models.CharField("类型", max_length=24)
    name = models.CharField("名称", max_length=80)
    address = models.CharField("地址", max_length=200, blank=True)
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)
    phone = models.CharField("值班电话", max_length=30, blank=True)
    hours = models.JSONField("开放时间", default=list)
    equipment = models.JSONField("设施", default=list)
    photo = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="照片"
    )
    opened_on = models.DateField("开放日期", null=True, blank=True)
    closed_on = models.DateField("关闭日期", null=True, blank=True)
    state_reason = models.CharField("暂停或关闭原因", max_length=200, blank=True)
    inspected_on = models.DateField("最近检查", null=True, blank=True)

    class Meta:
        verbose_name = "阵地"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=~Q(state="closed"), name="venue_named_once"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "kind", "state"], name="venue_org_kind"),
            models.Index(fields=["state", "opened_on"], name="venue_opened"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the venue's page."""
        return reverse("venues:venue", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows: the name, with its kind where the name does not say it."""
        label = self.kind_of.label
        return self.name if label in self.name else f"{label}“{self.name}”"

    @property
    def kind_of(self) -> VenueKind:
        """Return the kind as the data file describes it."""
        return kinds()[self.kind]

    @property
    def facts(self) -> VenueFacts:
        """Return what an officer told about it."""
        return VenueFacts(self.kind, self.name, self.address, self.phone, list(self.hours), list(self.equipment))

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the weekly opening hours."""
        return tuple(Span(row["day"], row["start"], row["end"]) for row in self.hours)

    @property
    def hours_words(self) -> str:
        """Return the weekly opening hours as a line."""
        return words(self.spans)


class Inspection(models.Model):
    """What somebody saw at a venue on a day; written once. `findings` is a list of `{item, is_sound}`."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="inspections", verbose_name="阵地")
    inspected_on = models.DateField("检查日期")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="账号"
    )
    who = models.CharField("检查人", max_length=80)
    findings = models.JSONField("检查情况", default=list)
    note = models.CharField("说明", max_length=300, blank=True)
    result = models.CharField("结果", max_length=8, choices=Result.choices)

    class Meta:
        verbose_name = "阵地检查"
        indexes = [models.Index(fields=["venue", "-inspected_on", "-id"], name="inspection_venue")]

    def __str__(self) -> str:
        return f"{self.venue}检查"

    @property
    def faults(self) -> list[str]:
        """Return the labels of what was not in order."""
        labels = self.venue.kind_of.equipment
        return [labels.get(row["item"], row["item"]) for row in self.findings if not row["is_sound"]]


class Remedy(Stateful):
    """What an inspection found, waiting at the venue's desk until it is put right."""

    machine = machine.REMEDY

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="remedy", verbose_name="检查")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="所属工会")
    due_on = models.DateField("整改期限", null=True, blank=True)
    done_note = models.CharField("整改情况", max_length=300, blank=True)

    class Meta:
        verbose_name = "阵地整改"

    def __str__(self) -> str:
        return f"{self.inspection.venue}整改"

    def get_absolute_url(self) -> str:
        """Return the venue's page at the remedy."""
        return f"{reverse('venues:venue', args=[self.inspection.venue_id])}#remedies"

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"{self.inspection.venue.name}：{self.inspection.note}"
