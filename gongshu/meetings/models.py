"""Meetings as recorded: when, where, who, what was heard, adopted, elected and awarded."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from gongshu.core.files.models import Attachment
from gongshu.core.orgs.models import Organisation
from gongshu.meetings.enums import MeetingKind, Part, PointKind


class Meeting(models.Model):
    """A meeting that was held. Its date is as exact as the record: the year always, month and day where known."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="meetings", verbose_name="组织"
    )
    name = models.CharField("会议名称", max_length=200)
    kind = models.CharField("会议类型", max_length=12, choices=MeetingKind.choices)
    session = models.CharField("届次", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField("年")
    month = models.PositiveSmallIntegerField("月", null=True)
    day = models.PositiveSmallIntegerField("日", null=True)
    place = models.CharField("地点", max_length=120, blank=True)
    organiser = models.CharField("主办", max_length=200, blank=True)
    source = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="meetings", verbose_name="来源文件"
    )
    created_at = models.DateTimeField("入库时间")
    version = models.PositiveIntegerField("版次", default=1)

    class Meta:
        verbose_name = "会议"
        indexes = [models.Index(fields=["organisation", "-year", "-month", "-day"], name="meeting_org_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(month__isnull=False), name="meeting_day_needs_month"
            ),
            models.CheckConstraint(condition=Q(year__range=(1900, 2200)), name="meeting_year_plausible"),
            models.UniqueConstraint(
                "organisation", "name", "year", Coalesce("month", 0), Coalesce("day", 0), name="meeting_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of this meeting."""
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def held_on(self) -> date | None:
        """Return the day it began, None when the record does not say the day."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def date_text(self) -> str:
        """Return the date as exactly as it is known, e.g. 2023年2月24日 or 2023年."""
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{self.year}年{month}{day}"


class Attendance(models.Model):
    """A person as the text names them, with the title as it stands there; not an account."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="people", verbose_name="会议")
    part = models.CharField("身份", max_length=10, choices=Part.choices)
    position = models.PositiveSmallIntegerField("次序")
    name = models.CharField("姓名", max_length=40)
    title = models.CharField("职务", max_length=200, blank=True)

    class Meta:
        verbose_name = "参会人员"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["meeting", "part", "position"], name="attendance_order")]

    def __str__(self) -> str:
        return self.name


class Point(models.Model):
    """A line of the record: a group present, a paper adopted or heard, an honour given."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="points", verbose_name="会议")
    kind = models.CharField("类别", max_length=10, choices=PointKind.choices)
    position = models.PositiveSmallIntegerField("次序")
    text = models.CharField("内容", max_length=600)

    class Meta:
        verbose_name = "会议事项"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["meeting", "kind", "position"], name="point_order")]

    def __str__(self) -> str:
        return self.text
