"""Shapes the components take. Templates read attributes, so any object or mapping with the same names will do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Tone = Literal["todo", "progress", "done", "near", "late", "overdue", "stopped", "honour"]

TONE_LABELS: dict[str, str] = {
    "todo": "未开始",
    "progress": "进行中",
    "done": "完成",
    "near": "临近到期",
    "late": "启动滞后",
    "overdue": "逾期",
    "stopped": "中止",
}


@dataclass(frozen=True)
class Link:
    """A crumb, a tab or a choice: where it goes and whether we are there."""

    label: str
    url: str = ""
    active: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class MenuGroup:
    """One line of work in the left menu; it folds where it has a label and more than one entry."""

    label: str
    items: Sequence[Link]
    icon: str = ""

    @property
    def folds(self) -> bool:
        """Tell whether its entries stand under its label, to be unfolded."""
        return bool(self.label) and len(self.items) > 1

    @property
    def is_open(self) -> bool:
        """Tell whether we are in it."""
        return any(item.active for item in self.items)


@dataclass(frozen=True)
class PillValue:
    """A state's label and tone, for a table cell."""

    label: str
    tone: Tone = "todo"

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class StepShown:
    """One state on the way: passed, current, the end reached or to come, whose desk it waits at and until when."""

    label: str
    state: Literal["past", "now", "end", "next"] = "next"
    desk: str = ""
    due_on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """One line of a timeline."""

    at: datetime
    who: str
    summary: str
    detail: str = ""
    clause: str = ""
    url: str = ""
    tone: Tone = "todo"


@dataclass(frozen=True)
class Branch:
    """A node of a tree; `open` shows its children from the start."""

    label: str
    url: str = ""
    count: int | None = None
    note: str = ""
    open: bool = False
    active: bool = False
    children: Sequence["Branch"] = ()


@dataclass(frozen=True)
class Bar:
    """One bar: its value, and the target it is measured against if there is one."""

    label: str
    value: float
    target: float | None = None
    url: str = ""
    tone: Tone = "progress"
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line of a trend: values in the order of the labels, None where nothing is known."""

    label: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class HeatCell:
    """One cell of a war-map: what is said, and the tone computed for it."""

    text: str
    tone: Tone | Literal[""] = ""
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class HeatRow:
    """One row of a war-map."""

    label: str
    cells: Sequence[HeatCell] = field(default_factory=tuple)
    url: str = ""


@dataclass(frozen=True)
class BulkAction:
    """A button that acts on the rows ticked in a table; posts `action=<name>` and `rows=<pk>…`."""

    name: str
    label: str
    primary: bool = False
