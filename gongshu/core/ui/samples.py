"""Sample figures for the gallery. Nothing here is real."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.utils import timezone

from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import (
    Bar,
    Branch,
    BulkAction,
    Entry,
    HeatCell,
    HeatRow,
    Link,
    MenuGroup,
    PillValue,
    Series,
    StepShown,
    Tone,
)
from gongshu.core.ui.tables import Filter, Table

ICONS = Path(__file__).parent / "static/ui/icons.svg"
CITIES = ("江州市", "临川市", "云岭市", "沧海市", "安平市", "南屏市", "青原市", "永宁市", "白水州")
KINDS = ("服务职工中心", "户外劳动者驿站", "司机之家", "职工书屋", "心理关爱站")
TONES: tuple[Tone, ...] = (
    "done",
    "done",
    "progress",
    "progress",
    "near",
    "late",
    "overdue",
    "todo",
    "progress",
    "stopped",
)


@dataclass(frozen=True)
class Clause:
    """A clause as the statutes kernel would give it."""

    label: str
    grade: str = "A"


@dataclass(frozen=True)
class Refusal:
    """A problem as the base kernel would give it."""

    message: str
    clause: Clause | None = None
    field: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Venue:
    """A place, for the sample table."""

    pk: int
    name: str
    unit: str
    kind: str
    state: PillValue
    visits: int
    share: float
    due_on: Any

    def get_absolute_url(self) -> str:
        """Return the sample detail page."""
        return "/ui/detail/"


@dataclass(frozen=True)
class SampleActor:
    """Somebody at a desk."""

    account_id: int = 1
    display_name: str = "周敏"
    desk: str = "江州市总工会"
    department: str = "权益保障部"


def venues() -> list[Venue]:
    """Return 136 places."""
    today = timezone.localdate()
    labels = {
        "done": "已启用",
        "progress": "建设中",
        "near": "待验收",
        "late": "启动滞后",
        "overdue": "逾期未验收",
        "todo": "未开工",
        "stopped": "停用",
    }
    return [
        Venue(
            pk=i + 1,
            name=f"{CITIES[i % 9][:2]}{('城东', '高新区', '物流园', '北站', '滨江')[i * 7 % 5]}{KINDS[i % 5]}",
            unit=f"{CITIES[i % 9]}总工会",
            kind=KINDS[i % 5],
            state=PillValue(labels[TONES[i * 3 % 10]], TONES[i * 3 % 10]),
            visits=(i * 7919) % 24000,
            share=((i * 37) % 104) / 100,
            due_on=today + timedelta(days=(i * 11) % 60 - 6),
        )
        for i in range(136)
    ]


VENUES = Table(
    columns=(
        Column("name", "阵地", link=True, sort="name"),
        Column("unit", "建设单位", sort="unit"),
        Column("kind", "类型"),
        Column("state", "状态", kind="pill"),
        Column("visits", "本月服务人次", kind="number", sort="visits"),
        Column("share", "设备达标率", kind="share", sort="share"),
        Column("due_on", "验收期限", kind="due", sort="due_on"),
    ),
    filters=(
        Filter(
            "kind",
            "类型",
            [(kind, kind) for kind in KINDS],
            narrow=lambda rows, code: [r for r in rows if r.kind == code],
        ),
        Filter(
            "unit",
            "单位",
            [(f"{city}总工会", city) for city in CITIES],
            narrow=lambda rows, code: [r for r in rows if r.unit == code],
        ),
    ),
    search=("name",),
    search_hint="按名称查找",
    actions=(BulkAction("remind", "提醒验收"), BulkAction("close", "停用")),
    unit="个",
)


def refusals() -> list[Refusal]:
    """Return two reasons for a refusal, one resting on a clause not yet checked."""
    return [
        Refusal("验收小组只有 2 人，少于规定的 3 人", Clause("《服务阵地建设规范》第九条", "B"), field="name"),
        Refusal("未附消防检查合格材料", Clause("省总工会办公室通知（工办〔2025〕12 号）", "C")),
    ]


def furniture(path: str) -> dict[str, Any]:
    """Return what `config.context.furniture` would give."""

    def here(label: str, url: str, icon: str, count: int | None = None) -> Link:
        return Link(label, url, active=path == url, icon=icon, count=count)

    return {
        "actor": SampleActor(),
        "inbox_count": 12,
        "app_version": "0.1.0",
        "desks": [
            {"label": "江州市总工会 · 权益保障部", "value": "1", "active": True},
            {"label": "江州市总工会 · 办公室", "value": "2", "active": False},
        ],
        "menu": [
            MenuGroup(
                "",
                [
                    here("组件", "/ui/", "home"),
                    here("待办", "/ui/inbox/", "inbox", 12),
                    here("大屏", "/ui/wall/", "wall"),
                ],
            ),
            MenuGroup(
                "部署落实",
                [
                    here("重点工作", "/ui/plans/", "plan"),
                    here("任务分解", "/ui/detail/", "target"),
                    here("督办", "/ui/form/", "flag"),
                ],
            ),
            MenuGroup("服务阵地", [here("阵地名录", "/ui/list/", "place"), here("验收与巡查", "/ui/checks/", "check")]),
            MenuGroup("议事", [here("会议", "/ui/meetings/", "meeting"), here("收文", "/ui/intake/", "file")]),
        ],
    }


def everything() -> dict[str, Any]:
    """Return sample content for all components."""
    return {
        "problem_list": refusals(),
        "states": _states(),
        "entries": _entries(),
        "bars": _bars(),
        "months": [f"{month}月" for month in range(1, 13)],
        "series": [
            Series("2026年", [4120, 3980, 5230, 6100, 7350, 7200, 8100, 8650, 9020, 9480, 9875, None]),
            Series("2025年", [3200, 3150, 4010, 4800, 5100, 5400, 5350, 6020, 6400, 6900, 7100, 7300]),
        ],
        "heat_heads": [Link(city, "/ui/detail/") for city in CITIES],
        "heat_rows": _heat(),
        "branches": _branches(),
        "icons": re.findall(r'id="(\w+)"', ICONS.read_text()),
        "tab_links": [
            Link("基本情况", "?", active=True),
            Link("分解任务", "?tab=tasks", count=18),
            Link("附件", "?tab=files", count=3),
        ],
        "chip_links": [
            Link("全部", "?", active=True, count=86),
            Link("未开始", "?s=todo", count=9),
            Link("进行中", "?s=doing", count=51),
        ],
        "crumb_links": [
            Link("省总工会", "/ui/"),
            Link("江州市总工会", "/ui/"),
            Link("城东区总工会", "/ui/"),
            Link("阵地名录"),
        ],
        "today": timezone.localdate(),
        "soon": timezone.localdate() + timedelta(days=3),
        "past": timezone.localdate() - timedelta(days=2),
    }


def _states() -> list[StepShown]:
    now = timezone.now()
    return [
        StepShown("部署下发", "past", "省总工会办公室", at=now - timedelta(days=40)),
        StepShown("分解到县区", "past", "江州市总工会", at=now - timedelta(days=31)),
        StepShown("组织实施", "now", "城东区总工会权益保障部", due_on=timezone.localdate() + timedelta(days=5)),
        StepShown("市级验收", "next", "江州市总工会"),
        StepShown("办结", "next"),
    ]


def _entries() -> list[Entry]:
    now = timezone.now()

    def ago(days: int) -> datetime:
        return now - timedelta(days=days, hours=days * 3 % 7)

    return [
        Entry(
            ago(2),
            "江州市总工会 周敏",
            "退回验收申请",
            "消防材料缺页，请补齐后再报。",
            "《服务阵地建设规范》第九条",
            tone="late",
        ),
        Entry(ago(5), "城东区总工会 何立", "提交验收申请", "附现场照片 6 张、设备清单 1 份。", tone="progress"),
        Entry(ago(31), "江州市总工会 周敏", "分解任务到 6 个县区", url="/ui/detail/"),
        Entry(ago(40), "省总工会办公室", "下发《2026 年户外劳动者驿站建设任务》", tone="done"),
    ]


def _bars() -> list[Bar]:
    figures: tuple[tuple[int, int, Tone], ...] = (
        (212, 200, "done"),
        (178, 200, "progress"),
        (96, 120, "progress"),
        (61, 110, "late"),
        (22, 90, "overdue"),
        (0, 60, "todo"),
    )
    return [
        Bar(f"{city}总工会", value, target, url="/ui/detail/", tone=tone, note=f"{value * 100 // target}%")
        for city, (value, target, tone) in zip(CITIES, figures, strict=False)
    ]


def _heat() -> list[HeatRow]:
    names = (
        "新就业形态建会入会",
        "县级工会加强年",
        "户外劳动者驿站",
        "职工技能大赛",
        "困难职工帮扶",
        "园区枫桥调解",
        "产改重点任务",
    )
    return [
        HeatRow(
            name,
            [
                _cell(TONES[(row * 5 + column * 3 + row * column) % 10], (row * 17 + column * 13) % 90 + 8)
                for column in range(9)
            ],
            url="/ui/detail/",
        )
        for row, name in enumerate(names)
    ]


def _cell(tone: Tone, share: int) -> HeatCell:
    texts = {"done": "完成", "todo": "—", "stopped": "中止"}
    return HeatCell(texts.get(tone, f"{share}%"), tone, "/ui/detail/", "看任务")


def _branches() -> list[Branch]:
    counties = [
        Branch("城东区总工会", "/ui/", 312),
        Branch("高新区总工会", "/ui/", 188, active=True),
        Branch("临江县总工会", "/ui/", 96, note="届满待换届"),
    ]
    cities = [Branch(f"{city}总工会", "/ui/", 1200, children=counties[:1]) for city in CITIES[1:4]]
    branches = [
        Branch("江州市总工会", "/ui/", 3120, open=True, children=counties),
        *cities,
        Branch("省教育工会", "/ui/", 640),
    ]
    return [Branch("省总工会", "/ui/", 20418, open=True, children=branches)]


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="阵地名称", help_text="例：江州北站户外劳动者驿站", max_length=60)
    kind = forms.ChoiceField(label="类型", choices=[("", "请选择"), *((kind, kind) for kind in KINDS)])
    opened_on = forms.DateField(label="启用日期", widget=forms.DateInput(attrs={"type": "date"}))
    seats = forms.IntegerField(label="座位数", required=False, widget=forms.NumberInput(attrs={"type": "number"}))
    hours = forms.ChoiceField(
        label="开放时间", choices=[("day", "每天 8:00—20:00"), ("all", "全天")], widget=forms.RadioSelect
    )
    services = forms.MultipleChoiceField(
        label="服务内容", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("water", "饮水"), ("meal", "热饭"), ("charge", "充电"), ("rest", "休息")],
    )  # fmt: skip
    about = forms.CharField(label="情况说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    plan = forms.FileField(label="平面图", required=False, help_text="PDF 或图片，10 MB 以内")
    is_open = forms.BooleanField(label="向社会开放", required=False)


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(label="账号")
    password = forms.CharField(label="密码", widget=forms.PasswordInput)
