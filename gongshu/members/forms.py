"""Forms of members: they parse and check, and never save."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongshu.core.base.identity import check_id_number, check_mobile, normal_number
from gongshu.core.base.problems import Problem
from gongshu.core.people.enums import Gender
from gongshu.core.people.identity import PersonFacts
from gongshu.core.people.models import Person
from gongshu.core.people.protected import is_same
from gongshu.members.actions.merging import Choice
from gongshu.members.enums import Form
from gongshu.members.models import Membership
from gongshu.members.queries.pairs import Side


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


def _digits(label: str, most: int, autocomplete: str, **more: Any) -> forms.CharField:
    """Return a field that a phone answers with its keypad of digits."""
    attrs = {"inputmode": "numeric", "autocomplete": autocomplete}
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **more)


class Telling(forms.Form):
    """A form that shows refusals beside their fields."""

    def tell(self, problems: list[Problem]) -> None:
        """Put refusals beside their fields."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, str(problem))


class PhoneForm(Telling):
    """The number a one-time code goes to."""

    phone = _digits("手机号码", 20, "tel-national")

    def clean_phone(self) -> str:
        """Return the number in its normal form."""
        for problem in check_mobile(self.cleaned_data["phone"]):
            raise forms.ValidationError(str(problem))
        return normal_number(self.cleaned_data["phone"])


class CodeForm(Telling):
    """The code that came to the number."""

    phone = forms.CharField(widget=forms.HiddenInput)
    code = _digits("验证码", 12, "one-time-code", help_text="短信里的六位数字，五分钟内有效")


class JoinForm(Telling):
    """What somebody tells who joins by phone; what is known of them is not asked."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    id_number = forms.CharField(
        label="身份证号码", max_length=24, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="可以先不填，由工会审批时核对；性别、出生日期由号码得出，不用另填",
    )  # fmt: skip
    form = forms.ChoiceField(label="就业形态", choices=Form.choices)
    employer = forms.CharField(label="用人单位", max_length=120, required=False, help_text="没有固定单位的可以不填")

    def __init__(self, *args: Any, person: Person | None = None, must_be_real: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if must_be_real:
            self.fields["id_number"].required = True
            self.fields["id_number"].help_text = "性别、出生日期由号码得出，不用另填"
        if person is not None and person.id_number is not None:
            del self.fields["name"], self.fields["id_number"]

    def clean_id_number(self) -> str:
        """Return the identity number in its normal form, checked."""
        number = normal_number(self.cleaned_data["id_number"])
        for problem in check_id_number(number, on=timezone.localdate()) if number else ():
            raise forms.ValidationError(str(problem))
        return number


class AgreeForm(Telling):
    """Consent to the handling of one's data."""

    agreed = forms.BooleanField(
        label="我已阅读并同意上面的告知，申请加入工会", error_messages={"required": "请先勾选同意，才能提交申请"}
    )


class WhoForm(Telling):
    """Who of those with one phone it is, shown by the end of the identity number."""

    tail = forms.CharField(
        label="身份证号码后四位", min_length=4, max_length=4, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class LeaveForm(Telling):
    """Why somebody leaves the union, told only where they like to tell."""

    reason = forms.CharField(
        label="退会原因", max_length=200, required=False, help_text="可以不填，例：已退休、到外省工作"
    )


class CardForm(Telling):
    """The code on a member card."""

    token = forms.CharField(
        label="会员卡上的码", max_length=40, help_text="扫会员卡上的二维码，或者照着输入，例：128-40271956"
    )


class MergeForm(Telling):
    """Which of two registrations is kept, whose numbers are right, and why they are of one person."""

    keep = forms.TypedChoiceField(label="保留哪一份登记", coerce=int, widget=forms.RadioSelect)
    id_from = forms.TypedChoiceField(label="身份证号码以哪一份为准", coerce=int, widget=forms.RadioSelect)
    phone_from = forms.TypedChoiceField(label="手机号码以哪一份为准", coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label="怎样核实的", max_length=120, help_text="记入留痕，例：本人持身份证到工会核对")

    def __init__(self, *args: Any, one: Side, other: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        both = (("先登记的", one), ("后登记的", other))
        self._choose("keep", [(side.person.pk, f"{lead}：{_standing_of(side)}") for lead, side in both])
        for field, name in (("id_from", "id_number"), ("phone_from", "phone")):
            held = [(side.person.pk, f"{lead}：{getattr(side, name)}") for lead, side in both if getattr(side, name)]
            values = [getattr(side.person, name) for _, side in both]
            if len(held) == len(both) and not is_same(*values):
                self._choose(field, held)
            else:  # one of them has it, or both have the same: there is nothing to ask
                del self.fields[field]

    def _choose(self, field: str, choices: list[tuple[int, str]]) -> None:
        asked = self.fields[field]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = choices

    def choice(self) -> Choice:
        """Return what was chosen."""
        told = self.cleaned_data
        return Choice(told["keep"], told.get("id_from", 0), told.get("phone_from", 0))


def _standing_of(side: Side) -> str:
    current = side.current
    return f"{current.organisation.name}（{current.state_label}）" if current else side.person.name


class WhyForm(Telling):
    """Why two registrations are judged as they are."""

    reason = forms.CharField(label="原因", max_length=120, help_text="记入留痕，例：父子同名，已电话核实")
