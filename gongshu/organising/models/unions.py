"""Employers, foundings and ends of unions, and where each stood in the tree before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.base.identity import mask_mobile
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.enums import Industry
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import parent
from gongshu.core.people.protected import SealedField
from gongshu.organising import machine
from gongshu.organising.enums import (
    SITTING,
    Asker,
    Body,
    Ground,
    Leaving,
    Match,
    Post,
    Shape,
    Tie,
    Way,
)
from gongshu.organising.rules.founding import EmployerFacts, FoundingFacts, Nominee


class Employer(models.Model):
    """An employer by its unified social credit code, and the union that covers it, if any.

    `place` is the local federation where it stands; what a list told of it besides is kept for whoever goes there.
    """

    code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("单位名称", max_length=120)
    union = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="employers", verbose_name="所属工会"
    )
    matched = models.CharField("已建会的依据", max_length=8, choices=Match.choices, blank=True)
    place = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="所在地工会",
        db_index=False,
    )  # fmt: skip
    industry = models.CharField("行业门类", max_length=1, choices=Industry.choices, blank=True)
    workers = models.PositiveIntegerField("职工人数", null=True, blank=True)
    contact = models.CharField("联系人姓名", max_length=60, blank=True)
    phone = SealedField("联系人手机或者座机", mask=mask_mobile, null=True, blank=True)
    listed_on = models.DateField("最近列入名单", null=True, blank=True)

    class Meta:
        verbose_name = "用人单位"
        indexes = [
            models.Index(fields=["place", "union", "id"], name="employer_place"),
            models.Index(fields=["name"], name="employer_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the employer's page."""
        return reverse("organising:employer", args=[self.pk])


class Founding(Stateful):
    """An application to found a union; it waits at the union above, which decides (工会法 art. 12)."""

    machine = machine.FOUNDING

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="foundings", verbose_name="上一级工会"
    )
    name = models.CharField("工会名称", max_length=120)
    shape = models.CharField("建会形式", max_length=10, choices=Shape.choices)
    asker = models.CharField("由谁提出", max_length=8, choices=Asker.choices, default=Asker.WORKERS)
    members = models.PositiveIntegerField("申请入会人数", default=0)
    years = models.PositiveSmallIntegerField("任期年数", default=0)
    industry = models.CharField("行业门类", max_length=1, choices=Industry.choices, blank=True)
    employers = models.ManyToManyField(Employer, related_name="foundings", verbose_name="用人单位")
    due_on = models.DateField("批复期限", null=True, blank=True)
    decided_on = models.DateField("批复日期", null=True, blank=True)
    note = models.CharField("批复意见", max_length=200, blank=True)
    union = models.OneToOneField(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="founding",
        verbose_name="成立的工会",
    )

    class Meta:
        verbose_name = "建会申请"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(state__in=("applied", "submitted")), name="founding_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(due_on__isnull=False), name="founding_submitted_is_due"
            ),
        ]
        indexes = [models.Index(fields=["decided_on", "organisation"], name="founding_decided")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the application's page."""
        return reverse("organising:founding", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"申请建立{self.name}"

    @property
    def facts(self) -> FoundingFacts:
        """Return what is told of the union to be founded; two queries."""
        return FoundingFacts(
            name=self.name,
            shape=self.shape,
            members=self.members,
            asker=self.asker,
            years=self.years,
            industry=self.industry,
            employers=tuple(EmployerFacts(row.name, row.code) for row in self.employers.order_by("pk")),
            nominees=tuple(Nominee(row.name, row.post, row.tie) for row in self.nominees.order_by("pk")),
        )


class NomineeRow(models.Model):
    """Somebody proposed for the committee of a union to be founded."""

    founding = models.ForeignKey(Founding, on_delete=models.CASCADE, related_name="nominees", verbose_name="建会申请")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("拟任职务", max_length=10, choices=Post.choices)
    tie = models.CharField("与用人单位的关系", max_length=10, choices=Tie.choices, default=Tie.NONE)

    class Meta:
        verbose_name = "委员人选"
        constraints = [models.UniqueConstraint(fields=["founding", "name"], name="nominee_once")]

    def __str__(self) -> str:
        return self.name


class Ending(Stateful):
    """An application to dissolve a union or merge it into a successor; the union above decides (工会法 arts. 12-13)."""

    machine = machine.ENDING

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="endings", verbose_name="撤并的工会"
    )
    upper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="上一级工会")
    way = models.CharField("方式", max_length=10, choices=Way.choices)
    ground = models.CharField("缘由", max_length=12, choices=Ground.choices)
    reason = models.CharField("说明", max_length=300)
    successor = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inherited",
        verbose_name="承继的工会",
    )
    due_on = models.DateField("批复期限", null=True, blank=True)
    decided_on = models.DateField("批复日期", null=True, blank=True)
    note = models.CharField("批复意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "撤并申请"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=("applied", "submitted", "ended")),
                name="ending_once",
            ),
        ]
        indexes = [models.Index(fields=["decided_on", "organisation"], name="ending_decided")]

    def __str__(self) -> str:
        return f"{self.organisation}{self.get_way_display()}"

    def get_absolute_url(self) -> str:
        """Return the application's page."""
        return reverse("organising:ending", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        if self.successor:
            return f"申请将{self.organisation.short_name}并入{self.successor.short_name}"
        return f"申请撤销{self.organisation.short_name}"


class Standing(models.Model):
    """Where an organisation stood in the tree, from a day until another (the first day no longer).

    An organisation without rows has stood where it stands ever since it was written down; one with rows is described
    by them alone. `from_on` is empty where the beginning is not known.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="standings", verbose_name="组织"
    )
    parent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="上级组织"
    )
    from_on = models.DateField("起", null=True, blank=True)
    until_on = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "历史沿革"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(until_on__isnull=True), name="standing_open")
        ]
        indexes = [models.Index(fields=["parent", "from_on"], name="standing_parent")]

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class Committee(Stateful):
    """A committee of a union for one term; `due_on` is when the next one must be elected, put off or not."""

    machine = machine.TERM

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="committees", verbose_name="工会"
    )
    body = models.CharField("委员会", max_length=8, choices=Body.choices)
    number = models.PositiveSmallIntegerField("届次", default=1)
    began_on = models.DateField("选举日期")
    years = models.PositiveSmallIntegerField("每届任期（年）")
    ends_on = models.DateField("任期届满")
    due_on = models.DateField("换届期限")
    over_on = models.DateField("实际结束", null=True, blank=True)
    warned = models.PositiveSmallIntegerField("已提醒（届满前月数）", null=True, blank=True)
    note = models.CharField("延期原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "委员会任期"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "body"], condition=Q(state__in=SITTING), name="committee_sits_once"
            )
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state__in=SITTING), name="committee_due"),
            models.Index(fields=["organisation", "body", "-began_on"], name="committee_org"),
        ]

    def __str__(self) -> str:
        return f"第{self.number}届{self.get_body_display()}"

    def get_absolute_url(self) -> str:
        """Return the committee's page."""
        return reverse("organising:committee", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        return f"{self.organisation.short_name}{self}任期届满，准备换届"

    @property
    def upper(self) -> Organisation | None:
        """Return the union above, which decides on putting off; one query."""
        return parent(self.organisation)


class Holding(models.Model):
    """Who held which post of a committee, from when until when (the first day no longer)."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="holdings", verbose_name="委员会")
    name = models.CharField("姓名", max_length=60)
    post = models.CharField("职务", max_length=10, choices=Post.choices)
    from_on = models.DateField("任职")
    until_on = models.DateField("离任", null=True, blank=True)
    why = models.CharField("离任缘由", max_length=10, choices=Leaving.choices, blank=True)

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "name"], condition=Q(until_on__isnull=True), name="holding_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}{self.get_post_display()}"


class Vacancy(Stateful):
    """A post left before the term ends, waiting to be filled at the union's desk."""

    machine = machine.VACANCY

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="工会")
    left = models.OneToOneField(Holding, on_delete=models.PROTECT, related_name="vacancy", verbose_name="离任的任职")
    filled_by = models.OneToOneField(
        Holding, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="补选的任职"
    )
    due_on = models.DateField("补选期限")

    class Meta:
        verbose_name = "出缺"

    def __str__(self) -> str:
        return f"{self.left.get_post_display()}出缺"

    def get_absolute_url(self) -> str:
        """Return the committee's page."""
        return reverse("organising:committee", args=[self.left.committee_id])

    def open_title(self) -> str:
        """Return what the inbox shows."""
        committee = self.left.committee
        what = f"{committee.get_body_display()}{self.left.get_post_display()}"
        return f"{self.organisation.short_name}{what}出缺，请补选"
