"""Employers, foundings and ends of unions, and where each stood in the tree before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.enums import Industry
from gongshu.core.orgs.models import Organisation
from gongshu.organising import machine
from gongshu.organising.enums import Asker, Ground, Post, Shape, Tie, Way
from gongshu.organising.rules.founding import EmployerFacts, FoundingFacts, Nominee


class Employer(models.Model):
    """An employer by its unified social credit code, and the union that covers it, if any."""

    code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("单位名称", max_length=120)
    union = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="employers", verbose_name="所属工会"
    )

    class Meta:
        verbose_name = "用人单位"

    def __str__(self) -> str:
        return self.name


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
