"""Memberships, where they were before, and the counters of each organisation."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from gongshu.core.base.collation import bytewise
from gongshu.core.flow.models import Stateful
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.enums import Gender
from gongshu.core.people.models import Person
from gongshu.core.people.protected import SealedField
from gongshu.core.trail.models import Entry
from gongshu.members import machine
from gongshu.members.enums import LIVE_STATES, PENDING_STATES, Form, Ground, Source
from gongshu.members.rules import MembershipFacts


class Membership(Stateful):
    """A person's membership in a union, from the application on; a person has one that is not ended.

    `name`, `gender` and `is_real_name` are what the roll needs of the person, so that lists and counts read one table;
    only `actions` write them. The organisation's path is never copied here. `origin` is the entry of the trail that
    tells of a whole batch this membership came in with; one that came alone has entries of its own.
    """

    machine = machine.MEMBERSHIP

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships", verbose_name="人员")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name="所在工会", db_index=False
    )
    name = models.CharField("姓名", max_length=60, db_collation=bytewise())
    gender = models.CharField("性别", max_length=1, choices=Gender.choices, default=Gender.UNKNOWN)
    form = models.CharField("就业形态", max_length=10, choices=Form.choices)
    is_real_name = models.BooleanField("实名", default=False)
    has_phone = models.BooleanField("有联系方式", default=False)
    employer = models.CharField("用人单位", max_length=120, blank=True)
    employer_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    source = models.CharField("来源", max_length=8, choices=Source.choices, default=Source.OFFICER)
    applied_at = models.DateTimeField("申请时间")
    joined_on = models.DateField("入会日期", null=True, blank=True)
    since_on = models.DateField("转入本会日期", null=True, blank=True)
    ended_on = models.DateField("会籍终止日期", null=True, blank=True)
    destination = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="转往工会",
        db_index=False,
    )  # fmt: skip
    was_parked = models.BooleanField("转会前为暂存", default=False)
    due_on = models.DateField("办理期限", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)
    origin = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="随批留痕",
        db_index=False, db_constraint=False,
    )  # fmt: skip

    class Meta:
        verbose_name = "会籍"
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=LIVE_STATES), name="membership_one_live"),
            models.CheckConstraint(
                condition=~Q(state__in=PENDING_STATES) | Q(due_on__isnull=False), name="membership_pending_is_due"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "name", "id"], name="membership_roll"),
            models.Index(fields=["name", "id"], name="membership_name"),
            models.Index(fields=["joined_on", "organisation"], name="membership_joined"),
            models.Index(
                fields=["organisation", "form", "id"],
                condition=Q(state__in=("leaving", "arriving", "kept", "parked")),
                name="membership_aside",
            ),
            models.Index(
                fields=["organisation", "due_on", "id"],
                condition=Q(state__in=("applied", "reviewing")),
                name="membership_pending",
            ),
            models.Index(
                fields=["due_on", "id"], condition=Q(state__in=("leaving", "arriving")), name="membership_moving"
            ),
            models.Index(fields=["destination", "id"], condition=Q(state="arriving"), name="membership_arriving"),
            models.Index(
                fields=["ended_on", "id", "organisation"], condition=Q(ended_on__isnull=False), name="membership_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the member's page."""
        return reverse("members:member", args=[self.pk])

    def open_title(self) -> str:
        """Return what the inbox shows; of a membership nobody need act upon, whose it is."""
        asked = {"applied": "申请入会", "reviewing": "申请入会", "leaving": "申请转出", "arriving": "申请转入"}
        what = asked.get(self.state, "")
        return f"{self.name}{what}（{self.get_form_display()}）"

    @property
    def facts(self) -> MembershipFacts:
        """Return what is told of the member."""
        return MembershipFacts(self.name, self.form, self.gender, self.person.born_on)


class PastHome(models.Model):
    """A union where a membership was before: from when until when (the first day no longer there)."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="past_homes", verbose_name="会籍")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="工会")
    from_on = models.DateField("起", null=True)
    until_on = models.DateField("止")
    why = models.CharField("缘由", max_length=60)

    class Meta:
        verbose_name = "历次会籍所在"

    def __str__(self) -> str:
        return f"{self.organisation}（至{self.until_on}）"


def _counter(label: str) -> Any:
    return models.IntegerField(label, default=0, db_default=0)


class Counters(models.Model):
    """Counters side by side: members by form of employment and gender, with an identity number likewise, and more.

    Columns: `n_<form>_<gender>` members, `r_<form>_<gender>` of them with a checked identity number, `pending`, `kept`,
    `parked`, `moving` (of the members), `phones` (members with a phone).
    """

    pending = _counter("待审申请")
    kept = _counter("保留会籍")
    parked = _counter("暂存会籍")
    moving = _counter("转会中")
    phones = _counter("有联系方式")

    class Meta:
        abstract = True


for _form in Form:
    for _gender in Gender:
        for _lead, _what in (("n", "会员"), ("r", "实名会员")):
            Counters.add_to_class(f"{_lead}_{_form}_{_gender}", _counter(f"{_what}：{_form.label}，{_gender.label}"))


class Tally(Counters):
    """The counters of one organisation: its own members only, changed in the transaction that changes a member."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="tally", verbose_name="组织"
    )

    class Meta:
        verbose_name = "会员计数"

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class Summary(Counters):
    """The counters of a high organisation with all below it, refreshed in the background; `as_at` says when."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="summary", verbose_name="组织"
    )
    as_at = models.DateTimeField("截至")

    class Meta:
        verbose_name = "会员汇总"

    def __str__(self) -> str:
        return f"{self.organisation_id}"


class JoinCode(models.Model):
    """A union's own code for joining (一会一码): what its QR code leads to. A new one makes the old one worthless."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="join_code", verbose_name="工会"
    )
    code = models.CharField("入会码", max_length=16, unique=True)
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "入会码"

    def __str__(self) -> str:
        return self.code


class Consent(models.Model):
    """A person's consent to the handling of their data: to which wording, since when, until when."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents", verbose_name="人员")
    wording = models.CharField("告知书版本", max_length=20)
    given_at = models.DateTimeField("同意时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = "个人信息处理同意"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at__isnull=True), name="consent_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.wording}"


class Pair(Stateful):
    """Two registrations that may be of one person; `organisation` is the nearest union that reaches both."""

    machine = machine.PAIR

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="先登记的")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="后登记的")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="判定的工会", db_index=False
    )
    grounds = models.CharField("相符之处", max_length=40)  # codes of `Ground` with blanks between them, in their order
    is_exact = models.BooleanField("号码相同", default=False)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "疑似重复登记"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="pair_in_order"),
        ]
        indexes = [models.Index(fields=["organisation", "state", "-is_exact"], name="pair_desk")]

    def __str__(self) -> str:
        return f"{self.first}与{self.second}" if self.first.name != self.second.name else str(self.first)

    def get_absolute_url(self) -> str:
        """Return the page of the two."""
        return reverse("members:pair", args=[self.pk])

    def open_title(self) -> str:
        """Return what the trail shows."""
        return f"{self}的两份登记"

    @property
    def ground_labels(self) -> list[str]:
        """Return in words what is alike."""
        return [str(Ground(code).label) for code in self.grounds.split()]


class Merge(models.Model):
    """Two registrations made one: what was where before, so that all of it can go back until `undo_until`.

    `moved` holds keys: `memberships`, `absorbed` (the membership ended for the other, with what it was), `account`,
    `consents`, and whether the kept registration took the other's numbers (`took_id`, `took_phone`).
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="merges", verbose_name="疑似重复登记")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="保留的登记")
    dropped = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="并入的登记")
    merged_at = models.DateTimeField("合并时间")
    undo_until = models.DateField("可撤销至")
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    closed_at = models.DateTimeField("了结时间", null=True, blank=True)
    kept_id_number = SealedField("保留的登记原有的身份证号码", null=True, blank=True)
    kept_phone = SealedField("保留的登记原有的手机号码", null=True, blank=True)
    kept_gender = models.CharField("保留的登记原有的性别", max_length=1, choices=Gender.choices)
    kept_born_on = models.DateField("保留的登记原有的出生日期", null=True, blank=True)
    dropped_id_number = SealedField("并入的登记原有的身份证号码", null=True, blank=True)
    dropped_phone = SealedField("并入的登记原有的手机号码", null=True, blank=True)
    moved = models.JSONField("移动的记录")

    class Meta:
        verbose_name = "登记合并"
        constraints = [
            models.UniqueConstraint(fields=["dropped"], condition=Q(undone_at__isnull=True), name="merge_dropped_once")
        ]
        indexes = [
            models.Index(
                fields=["undo_until", "id"],
                condition=Q(undone_at__isnull=True, closed_at__isnull=True),
                name="merge_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dropped_id} → {self.kept_id}"
