"""Forms of the workbench."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator

from gongshu.core.access.roles import roles
from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.orgs.queries import departments

USERNAME = RegexValidator(r"^[a-z0-9][a-z0-9._-]{1,58}$", "用小写字母和数字，至少两位")


class RoleForm(forms.Form):
    """A role at an organisation, perhaps in a department."""

    role = forms.ChoiceField(label="角色", widget=forms.RadioSelect)
    department = forms.ModelChoiceField(
        label="部门", queryset=Department.objects.none(), required=False, empty_label="不分部门"
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [role for role in roles().values() if organisation.level in role.levels]
        choices = [(role.code, f"{role.name}：{role.description}") for role in here]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments(organisation)  # type: ignore[attr-defined]


class WhoForm(forms.Form):
    """Whom an account is for, and what they log in with."""

    name = forms.CharField(label="姓名", max_length=60)
    username = forms.CharField(
        label="用户名", max_length=60, validators=[USERNAME], help_text="登录用，例：songtao.zhang"
    )

    def clean_username(self) -> str:
        """Return it in small letters."""
        username: str = self.cleaned_data["username"]
        return username.lower()


class AccountForm(WhoForm, RoleForm):
    """A new account."""

    field_order = ("name", "username", "role", "department")


class FirstPasswordForm(forms.Form):
    """The password of the first account, as one's own is checked where it is changed."""

    password = forms.CharField(label="密码", max_length=200, validators=[validate_password])


class EndForm(forms.Form):
    """From which day an appointment no longer holds."""

    until_on = forms.DateField(label="免职日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class TrailForm(forms.Form):
    """What to look for in the trail."""

    q = forms.CharField(label="何人或摘要", max_length=60, required=False)
    under = forms.CharField(label="组织名称", max_length=60, required=False)
    since = forms.DateField(label="从", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    until = forms.DateField(label="到", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
