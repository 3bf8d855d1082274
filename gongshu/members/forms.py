"""Forms of members: they parse and check, and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from gongshu.core.base.problems import Problem
from gongshu.core.people.enums import Gender
from gongshu.core.people.identity import PersonFacts
from gongshu.members.enums import Form
from gongshu.members.models import Membership


class MemberForm(forms.Form):
    """What a union tells of a member. Gender and birth come from the identity number."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(
        label="身份证号码", max_length=24, required=False, help_text="性别、出生日期由号码得出，不用另填"
    )
    phone = forms.CharField(label="手机号码", max_length=20, required=False, help_text="用于通知和本人登录")
    gender = forms.ChoiceField(
        label="性别", choices=Gender.choices, required=False, help_text="填了身份证号码的不用选", initial=Gender.UNKNOWN
    )
    form = forms.ChoiceField(label="就业形态", choices=Form.choices)
    employer = forms.CharField(label="用人单位", max_length=120, required=False, help_text="灵活就业的可以不填")

    def __init__(self, *args: Any, membership: Membership | None = None, **kwargs: Any) -> None:
        if membership:
            kwargs["initial"] = {
                "name": membership.name,
                "gender": membership.gender,
                "form": membership.form,
                "employer": membership.employer,
            }
        super().__init__(*args, **kwargs)
        if membership:
            self._tell_what_is_there(membership)

    def _tell_what_is_there(self, membership: Membership) -> None:
        person = membership.person
        for name in ("id_number", "phone"):
            held = getattr(person, name)
            if held is not None:
                self.fields[name].help_text = f"已登记 {held.masked()}，不改的留空"
        if person.id_number is not None:
            del self.fields["gender"]

    def person(self) -> PersonFacts:
        """Return what was told of the person."""
        told = self.cleaned_data
        return PersonFacts(told["name"], told["id_number"], told["phone"], told.get("gender") or Gender.UNKNOWN)

    def tell(self, problems: list[Problem]) -> None:
        """Put refusals beside their fields."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, str(problem))


class RollForm(forms.Form):
    """What to look for in the roll."""

    q = forms.CharField(label="姓名开头，或完整的手机、身份证号码", max_length=24, required=False)
    standing = forms.CharField(label="会籍", max_length=10, required=False)
    form = forms.CharField(label="就业形态", max_length=10, required=False)


class RevealForm(forms.Form):
    """Why a number is looked at in the clear."""

    field = forms.ChoiceField(label="查看哪一项", choices=(("id_number", "身份证号码"), ("phone", "手机号码")))
    reason = forms.CharField(label="查看原因", max_length=120, help_text="记入留痕，例：核对转会材料")


class ExportForm(forms.Form):
    """Whether whole numbers are exported, and why."""

    in_clear = forms.BooleanField(label="含完整的身份证号码和手机号码", required=False)
    reason = forms.CharField(label="用途", max_length=120, required=False, help_text="记入留痕")
