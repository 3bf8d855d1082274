"""Rosters, their rows on the way into the ledger, and what was said of headings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.base.identity import mask_id_number, mask_mobile
from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.enums import Gender
from gongshu.core.people.protected import BlindIndexField, SealedField
from gongshu.core.trail.models import Entry
from gongshu.members.enums import Form
from gongshu.rosters import machine
from gongshu.rosters.enums import Column, Verdict


class Roster(Stateful):
    """A roster that is brought in at a union, for it and those below it.

    `columns` has the place in the file by column. `read_to` is the last row that was checked, `reached` the last row
    that was brought in within `phase` (a verdict): where a later try goes on. `counts` are rows by verdict, `results`
    by outcome. `origin` is the entry of the trail that the memberships it brought point to.
    """

    machine = machine.ROSTER

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="导入到")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="经办账号"
    )
    uploaded_at = models.DateTimeField("上传时间")
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="文件")
    file_name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    sheets = models.JSONField("工作表", default=list)
    heading_row = models.PositiveIntegerField("表头所在行")
    headings = models.JSONField("表头和样例", default=list)
    columns = models.JSONField("栏目对应", default=dict)
    default_form = models.CharField("未写明时的就业形态", max_length=10, choices=Form.choices, default=Form.STAFF)
    round = models.PositiveIntegerField("第几次检查", default=0)
    rows = models.PositiveIntegerField("行数", default=0)
    read_to = models.PositiveIntegerField("检查到", default=0)
    counts = models.JSONField("检查结果", default=dict)
    correct = models.BooleanField("更新已有会员", default=False)
    move = models.BooleanField("提出转会", default=False)
    phase = models.CharField("导入阶段", max_length=10, blank=True, choices=Verdict.choices)
    reached = models.PositiveIntegerField("导入到", default=0)
    results = models.JSONField("导入结果", default=dict)
    origin = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="导入留痕")
    note = models.TextField("说明", blank=True)
    cleared_on = models.DateField("行已清除", null=True, blank=True)

    class Meta:
        verbose_name = "名册"
        indexes = [
            models.Index(fields=["organisation", "-id"], name="roster_org"),
            models.Index(fields=["state_since"], name="roster_kept", condition=Q(cleared_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the page of this roster."""
        return reverse("rosters:roster", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"名册导入：{self.file_name}"

    @property
    def job_key(self) -> str:
        """Return what the jobs of this check, and of the bringing in after it, are known by."""
        return f"roster:{self.pk}:{self.round}"


class RosterRow(models.Model):
    """A row that is refused, or of somebody the ledger knows; it goes away some days after its roster is done.

    Numbers are sealed and indexed as a person's, so that they can be written there as they are. No database constraint
    on the keys: a row is looked at anew when it is brought in.
    """

    roster = models.ForeignKey(
        Roster, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+", verbose_name="名册"
    )
    number = models.PositiveIntegerField("行号")
    verdict = models.CharField("检查结果", max_length=10, choices=Verdict.choices)
    field = models.CharField("栏目", max_length=20, choices=Column.choices, blank=True)
    reason = models.TextField("原因", blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True, related_name="+",
        verbose_name="所在工会",
    )  # fmt: skip
    name = models.CharField("姓名", max_length=60)
    id_number = SealedField(
        "身份证号码", index="id_index", mask=mask_id_number, column="people.Person.id_number", null=True
    )
    id_index = BlindIndexField("身份证号码盲索引")
    phone = SealedField("手机号码", index="phone_index", mask=mask_mobile, column="people.Person.phone", null=True)
    phone_index = BlindIndexField("手机号码盲索引")
    gender = models.CharField("性别", max_length=1, choices=Gender.choices)
    born_on = models.DateField("出生日期", null=True)
    form = models.CharField("就业形态", max_length=10, choices=Form.choices, blank=True)
    employer = models.CharField("用人单位", max_length=120, blank=True)
    employer_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    joined_on = models.DateField("入会日期", null=True)

    class Meta:
        verbose_name = "名册行"
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="roster_row_once")]
        indexes = [
            models.Index(fields=["roster", "verdict", "number"], name="roster_row_apart", condition=~Q(verdict="new")),
        ]

    def __str__(self) -> str:
        return f"第{self.number}行"


class Block(models.Model):
    """Rows `first` to `last` of a roster as they were checked: the `new` ones that wait, sealed as one text.

    `marks` tells the people of all sound rows among them apart (`rules.marks`). The block goes away in the transaction
    that brings its rows in.
    """

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, db_index=False, related_name="+", verbose_name="名册")
    first = models.PositiveIntegerField("首行")
    last = models.PositiveIntegerField("末行")
    new = models.PositiveIntegerField("新增行数")
    content = SealedField("新增的行", at_once=10)
    marks = models.BinaryField("查重标记")

    class Meta:
        verbose_name = "名册的一段"
        constraints = [models.UniqueConstraint(fields=["roster", "last"], name="roster_block_once")]

    def __str__(self) -> str:
        return f"第{self.first}至{self.last}行"


class Heading(models.Model):
    """Which column a union said a heading tells; empty: none that is brought in."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="工会")
    words = models.CharField("表头", max_length=60)
    column = models.CharField("栏目", max_length=20, choices=Column.choices, blank=True)

    class Meta:
        verbose_name = "表头对应"
        constraints = [models.UniqueConstraint(fields=["organisation", "words"], name="heading_once")]

    def __str__(self) -> str:
        return self.words
