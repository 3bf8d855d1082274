"""Forms of 接口: they parse and check, and never save."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongshu.api.actions.keys import KeyOrder
from gongshu.api.enums import Event, Scope
from gongshu.api.models import ApiKey
from gongshu.api.queries.keys import roles_at
from gongshu.api.rules.hooks import NEEDS_OF
from gongshu.api.rules.keys import NAME_LENGTH, narrowed
from gongshu.core.access.roles import roles
from gongshu.core.orgs.models import Organisation


class KeyForm(forms.Form):
    """Which system is let in, as what, for what, until when. The organisation is known."""

    name = forms.CharField(label="对接系统", max_length=NAME_LENGTH, help_text="例：人社数据对接；留痕里显示这个名称")
    role = forms.ChoiceField(label="角色", widget=forms.RadioSelect, help_text="看得到哪些单位，由角色定")
    scopes = forms.MultipleChoiceField(
        label="用途", choices=Scope.choices, widget=forms.CheckboxSelectMultiple, help_text="只勾用得到的"
    )
    until_on = forms.DateField(
        label="到期日期",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="从这一天起失效；最长期限由运维人员设定",
    )

    def __init__(self, *args: Any, organisation: Organisation, longest: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until_on": longest})
        super().__init__(*args, **kwargs)
        choices = [(role.code, f"{role.name}：{role.description}") for role in roles_at(organisation)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def order(self) -> KeyOrder:
        """Return what was asked for."""
        told = self.cleaned_data
        return KeyOrder(told["name"], told["role"], tuple(told["scopes"]), told["until_on"])


class HookForm(forms.Form):
    """Where to tell events, and which."""

    url = forms.CharField(
        label="推送地址", max_length=400, widget=forms.URLInput, help_text="例：https://oa.example.cn/gongshu"
    )
    events = forms.MultipleChoiceField(
        label="事件", widget=forms.CheckboxSelectMultiple, help_text="推送只带记录编号，不带个人信息"
    )

    def __init__(self, *args: Any, key: ApiKey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = roles().get(key.role)
        rights = narrowed(role.grants if role else (), key.scopes)
        choices = [(event.value, event.label) for event in Event if NEEDS_OF[event] in rights]
        self.fields["events"].choices = choices  # type: ignore[attr-defined]
