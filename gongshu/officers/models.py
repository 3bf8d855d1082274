"""Courses, who came, and the duties of the ledger. Who holds which post is told by organising and never asked again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.officers import machine
from gongshu.officers.enums import OTHER_DUTY, Topic
from gongshu.organising.enums import Post


class Course(Stateful):
    """A course of training an organisation holds; who came is written down once, by the organiser, as a list."""

    machine = machine.COURSE

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="courses", verbose_name="主办单位"
    )
    title = models.CharField("培训班", max_length=120)
    topic = models.CharField("培训内容", max_length=12, choices=Topic.choices)
    from_on = models.DateField("开始")
    until_on = models.DateField("结束")
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    place = models.CharField("地点", max_length=120, blank=True)
    note = models.CharField("更正或取消的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "干部培训"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title", "from_on"], condition=~Q(state="cancelled"), name="course_once"
            ),
            models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="course_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["state", "until_on"], name="course_held")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the course's page."""
        return reverse("officers:course", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"{self.title}：结束后登记参加人员" if self.state == "planned" else self.title


class Attendance(models.Model):
    """Somebody who came to a course: their name, their union, the post they held there."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="attendances", verbose_name="培训")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="所在工会", db_index=False
    )
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=10, choices=Post.choices, blank=True)

    class Meta:
        verbose_name = "参加培训"
        constraints = [models.UniqueConstraint(fields=["course", "organisation", "name"], name="attendance_once")]
        indexes = [models.Index(fields=["organisation", "name"], name="attendance_person")]

    def __str__(self) -> str:
        return self.name


class Duty(Stateful):
    """A dated duty of an organisation in Party building and integrity: due when, which post answers for it, done how.

    It is about what the organisation must do, never about anybody's conduct or opinions.
    """

    machine = machine.DUTY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="duties", verbose_name="单位")
    kind = models.CharField("类别", max_length=24, default=OTHER_DUTY)
    title = models.CharField("事项", max_length=120)
    post = models.CharField("责任岗位", max_length=10, choices=Post.choices)
    due_on = models.DateField("期限")
    takes_file = models.BooleanField("可附材料", default=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    note = models.CharField("办理情况", max_length=200, blank=True)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="附件"
    )

    class Meta:
        verbose_name = "党建和廉政事项"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "due_on", "title"], name="duty_once"),
            models.CheckConstraint(condition=~Q(state="done") | Q(done_on__isnull=False), name="duty_done_has_day"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state__in=("ahead", "due")), name="duty_open"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the duty's page."""
        return reverse("officers:duty", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"{self.title}（{self.get_post_display()}负责）"
