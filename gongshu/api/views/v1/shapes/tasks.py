"""Plans, tasks and assignments, as calls take and give them."""

from datetime import date

from ninja import Schema
from pydantic import Field

from gongshu.api.views.v1.shapes.base import Long, Number, OrganisationRef, Paging, Short, Told, coded
from gongshu.delivery.machine import ASSIGNMENT


class PlanFilters(Paging):
    """Which plans."""

    year: int | None = Field(None, ge=1949, le=9999, description="年度")
    organisation: Number | None = Field(None, description="哪个组织的部署")


class ItemOut(Schema):
    """A part of a programme."""

    id: int
    name: str


class ProgrammeOut(Schema):
    """A programme."""

    id: int
    name: str
    items: list[ItemOut]


class PlanOut(Schema):
    """A plan with its programmes."""

    id: int
    organisation: OrganisationRef
    title: str
    year: int
    starts_on: date
    ends_on: date
    state: str
    state_label: str
    programmes: list[ProgrammeOut]


class Plans(Schema):
    """A page of plans."""

    items: list[PlanOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class TargetOut(Schema):
    """A target as it stands for the key's organisation: its share, else the whole."""

    id: int
    goal: str = Field(description="数量（十进制数）")
    unit: str
    metric: str = Field(description="统计口径；为空的由报送说明")
    done: int | None = Field(description="已完成，由业务数据算出；算不出的为 null")


class TaskOut(Schema):
    """A task, with how it stands for the key's organisation."""

    id: int
    plan_id: int
    programme_id: int | None
    item_id: int | None
    text: str
    owner_text: str
    due_on: date
    given: int = Field(description="交办给几个单位")
    done: int = Field(description="其中几个已办结")
    status: str
    status_label: str
    targets: list[TargetOut]


class Tasks(Schema):
    """A page of tasks."""

    items: list[TaskOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class AssignmentFilters(Paging):
    """Which assignments."""

    organisation: Number | None = Field(None, description="承办单位")
    task: Number | None = Field(None, description="哪项任务")
    dispatch: Number | None = Field(None, description="哪次下发")
    state: Short = Field("", description="状态", json_schema_extra=coded(["", *dict(ASSIGNMENT.choices())]))


class AssignmentOut(Schema):
    """A task as given to an organisation or one of its departments."""

    id: int
    task_id: int
    plan_id: int
    dispatch_id: int
    text: str
    issuer: OrganisationRef
    organisation: OrganisationRef
    department: str = Field(description="承办部门；整个单位承办的为空")
    given_on: date
    due_on: date
    state: str
    state_label: str
    status: str
    status_label: str
    needs_report: bool = Field(description="要不要报送；指标由业务数据算出的不用报")
    report: str
    targets: list[TargetOut]


class Assignments(Schema):
    """A page of assignments."""

    items: list[AssignmentOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class Report(Told):
    """What was done, in a line."""

    text: Long
