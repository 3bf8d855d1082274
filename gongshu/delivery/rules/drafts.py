"""What actions take: plans before they are plans, and orders to give or to share out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from gongshu.core.orgs.models import Organisation
from gongshu.delivery.enums import Receivers
from gongshu.meetings.models import Meeting


@dataclass(frozen=True)
class TargetDraft:
    """A number to be reached. Without dates it runs as long as its plan."""

    amount: Decimal | int
    unit: str = ""
    metric: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class TaskDraft:
    """A task in the words of its source; `programme` and `item` are names that the plan's draft holds."""

    text: str
    is_doable: bool = True
    quantities: Sequence[tuple[Decimal | int | float, str]] = ()
    deadline_text: str = ""
    due_on: date | None = None
    owner_text: str = ""
    programme: str | None = None
    item: str | None = None
    source_quote: str = ""


@dataclass(frozen=True)
class ProgrammeDraft:
    """A named programme and the names of its items."""

    name: str
    items: Sequence[str] = ()


@dataclass(frozen=True)
class PlanDraft:
    """A confirmed plan before it is a record."""

    title: str
    organisation: Organisation
    year: int
    starts_on: date
    ends_on: date
    source: str = ""
    meeting: Meeting | None = None
    programmes: Sequence[ProgrammeDraft] = ()
    tasks: Sequence[TaskDraft] = ()


@dataclass(frozen=True)
class DispatchOrder:
    """To whom a task is given, until when. `under` are keys: departments, chosen organisations, or tops of branches.

    `token` is the form's number: the same one twice is one dispatch.
    """

    receivers: Receivers
    due_on: date
    token: str
    under: Sequence[int] = ()
    level: str = ""
    instructions: str = ""


@dataclass(frozen=True)
class SplitOrder:
    """How a target or share is shared out: amounts by organisation key, the rule shown, the weights behind it."""

    amounts: Mapping[int, int]
    rule: str
    weights: Mapping[int, int] = field(default_factory=dict)
