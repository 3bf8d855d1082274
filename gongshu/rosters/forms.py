"""Forms of rosters: they parse and check, and never save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gongshu.core.base.problems import Problem
from gongshu.members.enums import Form
from gongshu.rosters.enums import Column
from gongshu.rosters.rules.limits import USUAL

MEGABYTE = 1024 * 1024
NOT_BROUGHT = ("", "不导入")


class UploadForm(forms.Form):
    """A roster."""

    upload = forms.FileField(
        label="名册文件",
        help_text=f".xlsx 或 .csv，最多 {USUAL.rows // 10_000} 万行、{USUAL.upload // MEGABYTE} MB；只读第一张表",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class MatchForm(forms.Form):
    """Which heading tells what; one choice a column that can be brought in."""

    default_form = forms.ChoiceField(
        label="没写就业形态的，算作", choices=Form.choices, initial=Form.STAFF, help_text="名册里写明的，以名册为准"
    )

    def __init__(
        self, *args: Any, headings: Sequence[Sequence[str]], columns: Mapping[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(n), _told(words, sample)) for n, (words, sample) in enumerate(headings)]
        last = self.fields.pop("default_form")
        for code, label in Column.choices:
            self.fields[code] = forms.ChoiceField(
                label=label,
                choices=[NOT_BROUGHT, *places],
                required=code == Column.NAME,
                initial=str(columns[code]) if code in columns else "",
                help_text=HINTS.get(code, ""),
                error_messages={"required": "请指出哪一栏是姓名"},
            )
        self.fields["default_form"] = last

    def columns(self) -> dict[str, int]:
        """Return the place of each column that is brought in."""
        told = self.cleaned_data
        return {code: int(told[code]) for code in Column.values if told.get(code)}

    def tell(self, problems: Sequence[Problem]) -> None:
        """Put refusals beside their fields."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, str(problem))


HINTS: dict[str, str] = {
    Column.ID_NUMBER: "有号码才能算实名、才能准确查重；性别和出生日期由号码得出",
    Column.GENDER: "有身份证号码的，以号码为准",
    Column.UNION: "不选就全部导入到本工会；写工会全称、简称或入会码都可以",
    Column.JOINED_ON: "不选的，以导入当天为入会日期",
}


def _told(words: str, sample: str) -> str:
    return f"{words or '（没有表头）'}　例：{sample}" if sample else words or "（没有表头）"


class ConfirmForm(forms.Form):
    """What is done with those who are members already."""

    correct = forms.BooleanField(
        label="更新已有会员",
        required=False,
        initial=True,
        help_text="用名册里的就业形态、用人单位、手机号码替换原来的；名册里空着的不动，改前的内容留痕",
    )
    move = forms.BooleanField(
        label="会籍在其他工会的，提出转会",
        required=False,
        help_text="由对方工会按期限办理；不勾选的，只列在结果里",
    )


class ListForm(forms.Form):
    """In which form the rows that were not brought in are downloaded."""

    form = forms.ChoiceField(label="格式", choices=(("xlsx", "Excel"), ("csv", "CSV")), required=False)
