"""Forms of officers: they parse and check, and never save."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongshu.officers.actions.duties import NewDuty
from gongshu.officers.actions.training import Roll
from gongshu.officers.enums import Topic
from gongshu.officers.models import Attendance, Course
from gongshu.officers.rules import CourseFacts, Doing
from gongshu.organising.enums import Post
from gongshu.organising.models import Holding

ANSWERABLE = (Post.CHAIR, Post.VICE, Post.STANDING, Post.MEMBER)


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), help_text=hint)


class CourseForm(forms.Form):
    """A course; who holds it is known."""

    title = forms.CharField(label="培训班名称", max_length=120, help_text="例：2026年新任基层工会主席培训班")
    topic = forms.ChoiceField(label="培训内容", choices=Topic.choices)
    from_on = _day("开始日期")
    until_on = _day("结束日期", "结束后到待办里登记参加人员")
    hours = forms.DecimalField(label="学时", max_digits=5, decimal_places=1)
    place = forms.CharField(label="地点", max_length=120, required=False)

    @staticmethod
    def initial_of(course: Course) -> dict[str, Any]:
        """Return what a course's form starts with."""
        return {name: getattr(course, name) for name in CourseForm.base_fields}

    def facts(self) -> CourseFacts:
        """Return what was told."""
        return CourseFacts(**self.cleaned_data)


class RollForm(forms.Form):
    """Who came: those in a post that asks for this training are there to be ticked, the others are written."""

    ticked = forms.TypedMultipleChoiceField(
        label="按任职名单应参加的，来了的打勾", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    roll = forms.CharField(
        label="其他参加人员",
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="一行一人：姓名 所在工会。可以从表格里整列粘贴；在委员会任职、不重名的，只写姓名",
    )

    def __init__(self, *args: Any, offered: Sequence[Holding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(row.pk, f"{row.name}　{row.committee.organisation.short_name}{_post(row)}") for row in offered]
        self.fields["ticked"].choices = labels  # type: ignore[attr-defined]
        if not labels:
            del self.fields["ticked"]
            self.fields["roll"].label = "参加人员"

    @staticmethod
    def words(came: Sequence[Attendance]) -> str:
        """Return a roll as it is written."""
        return "\n".join(f"{row.name} {row.organisation.name}" for row in came)

    def told(self) -> Roll:
        """Return what was told."""
        return Roll(self.cleaned_data.get("ticked", ()), self.cleaned_data["roll"])


def _post(row: Holding) -> str:
    return f"{row.get_post_display()}（{row.from_on.year}年{row.from_on.month}月任职）"


class DutyForm(forms.Form):
    """A duty that the data file does not know."""

    title = forms.CharField(label="事项", max_length=120, help_text="写单位要办的事，不写对个人的评价")
    post = forms.ChoiceField(label="责任岗位", choices=[(post.value, post.label) for post in ANSWERABLE])
    due_on = _day("期限")

    def told(self) -> NewDuty:
        """Return what was told."""
        return NewDuty(**self.cleaned_data)


class DoneForm(forms.Form):
    """How a duty was done, in one line."""

    done_on = _day("完成日期")
    note = forms.CharField(
        label="办理情况", max_length=200, help_text="一句话，例：11月12日党组会学习，3项分工；不写对个人的评价"
    )
    attachment = forms.FileField(label="附件（可不传）", required=False, widget=forms.ClearableFileInput)

    def __init__(self, *args: Any, takes_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not takes_file:
            del self.fields["attachment"]

    def doing(self) -> Doing:
        """Return what was told."""
        told = self.cleaned_data
        return Doing(told["done_on"], told["note"], bool(told.get("attachment")))
