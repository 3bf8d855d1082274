"""Plans, tasks and assignments over the API."""

from collections.abc import Sequence

from django.utils import timezone
from ninja import Query, Router

from gongshu.api.queries.paging import slice_of
from gongshu.api.views.v1.calls import ApiRequest, reads, writes
from gongshu.api.views.v1.shapes.base import OrganisationRef, Paging, Pk
from gongshu.api.views.v1.shapes.tasks import (
    AssignmentFilters,
    AssignmentOut,
    Assignments,
    ItemOut,
    PlanFilters,
    PlanOut,
    Plans,
    ProgrammeOut,
    Report,
    TargetOut,
    TaskOut,
    Tasks,
)
from gongshu.core.orgs.models import Organisation
from gongshu.delivery import actions, queries
from gongshu.delivery.enums import Permission
from gongshu.delivery.models import Assignment, Plan, Task
from gongshu.delivery.queries import Gauge

router = Router(tags=["部署和任务"])
PARTS = "programmes__items"


def _plan(row: Plan) -> PlanOut:
    return PlanOut(
        id=row.pk,
        organisation=OrganisationRef.of(row.organisation),
        title=row.title,
        year=row.year,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        state_label=row.state_label,
        programmes=[
            ProgrammeOut(id=each.pk, name=each.name, items=[ItemOut(id=i.pk, name=i.name) for i in each.items.all()])
            for each in row.programmes.all()
        ],
    )


def _target(gauge: Gauge) -> TargetOut:
    target = gauge.target
    return TargetOut(id=target.pk, goal=str(gauge.goal), unit=target.unit, metric=target.metric, done=gauge.done)


def _tasks(rows: Sequence[Task], at: Organisation) -> list[TaskOut]:
    return [
        TaskOut(
            id=line.task.pk,
            plan_id=line.task.plan_id,
            programme_id=line.task.programme_id,
            item_id=line.task.item_id,
            text=line.task.text,
            owner_text=line.task.owner_text,
            due_on=line.task.last_day,
            given=line.given,
            done=line.done,
            status=line.status.code,
            status_label=line.status.label,
            targets=[_target(gauge) for gauge in line.gauges],
        )
        for line in queries.task_lines(rows, at=at, on=timezone.localdate())
    ]


def _assignments(rows: Sequence[Assignment]) -> list[AssignmentOut]:
    return [
        AssignmentOut(
            id=row.pk,
            task_id=row.task_id,
            plan_id=row.task.plan_id,
            dispatch_id=row.dispatch_id,
            text=row.task.text,
            issuer=OrganisationRef.of(row.issuer),
            organisation=OrganisationRef.of(row.organisation),
            department=row.department.name if row.department else "",
            given_on=row.given_on,
            due_on=row.due_on,
            state=row.state,
            state_label=row.state_label,
            status=line.status.code,
            status_label=line.status.label,
            needs_report=line.needs_report,
            report=row.report,
            targets=[_target(gauge) for gauge in line.gauges],
        )
        for line in queries.assignment_lines(rows, on=timezone.localdate())
        for row in [line.assignment]
    ]


@reads(router, "/plans", needs=Permission.SEE, gives=Plans, says="部署：列出密钥范围内的部署，和交办到范围内的上级部署")
def plans(request: ApiRequest, wanted: Query[PlanFilters]) -> Plans:
    """List plans."""
    rows = queries.plans_for(request.actor).prefetch_related(PARTS)
    rows = rows.filter(year=wanted.year) if wanted.year else rows
    rows = rows.filter(organisation=wanted.organisation) if wanted.organisation else rows
    page = slice_of(rows, wanted.place(request, "plans"))
    return Plans(items=[_plan(row) for row in page.rows], next=page.following)


@reads(router, "/plans/{pk}", needs=Permission.SEE, gives=PlanOut, says="一项部署：读取一项部署和它的专项")
def plan(request: ApiRequest, pk: Pk) -> PlanOut:
    """Show one plan with its programmes."""
    return _plan(queries.plan_for(request.actor, pk))


@reads(
    router,
    "/plans/{pk}/tasks",
    needs=Permission.SEE,
    gives=Tasks,
    says="一项部署的任务：列出任务和进展；指标的进展由业务数据算出，按密钥所在组织的份额",
)
def plan_tasks(request: ApiRequest, pk: Pk, wanted: Query[Paging]) -> Tasks:
    """List a plan's tasks with progress."""
    found = queries.plan_for(request.actor, pk)
    page = slice_of(queries.tasks_of(request.actor, found), wanted.place(request, f"plans/{pk}/tasks"))
    at = queries.viewpoint(request.actor, found.organisation)
    return Tasks(items=_tasks(page.rows, at), next=page.following)


@reads(router, "/tasks/{pk}", needs=Permission.SEE, gives=TaskOut, says="一项任务：读取一项任务和进展")
def task(request: ApiRequest, pk: Pk) -> TaskOut:
    """Show one task with progress."""
    row = queries.task_for(request.actor, pk)
    return _tasks([row], queries.viewpoint(request.actor, row.plan.organisation))[0]


@reads(
    router,
    "/assignments",
    needs=Permission.SEE,
    gives=Assignments,
    says="交办单：列出交办给范围内单位的，和范围内单位交办出去的",
)
def assignments(request: ApiRequest, wanted: Query[AssignmentFilters]) -> Assignments:
    """List assignments."""
    rows = queries.assignments_for(request.actor)
    for name in ("organisation", "task", "dispatch", "state"):
        value = getattr(wanted, name)
        rows = rows.filter(**{name: value}) if value else rows
    page = slice_of(rows, wanted.place(request, "assignments"))
    return Assignments(items=_assignments(page.rows), next=page.following)


@reads(router, "/assignments/{pk}", needs=Permission.SEE, gives=AssignmentOut, says="一张交办单：读取一张交办单")
def assignment(request: ApiRequest, pk: Pk) -> AssignmentOut:
    """Show one assignment."""
    return _assignments([queries.assignment_for(request.actor, pk)])[0]


@writes(
    router,
    "/assignments/{pk}/sign",
    needs=Permission.SIGN,
    gives=AssignmentOut,
    says="签收任务：签收交办给密钥所在单位的任务",
)
def sign(request: ApiRequest, pk: Pk) -> AssignmentOut:
    """Sign for an assignment."""
    row = queries.assignment_for(request.actor, pk)
    return _assignments([actions.sign(row, by=request.actor, at=timezone.now())])[0]


@writes(
    router,
    "/assignments/{pk}/report",
    needs=Permission.SIGN,
    gives=AssignmentOut,
    says="报送任务：用一行报送完成情况；指标由业务数据算出的任务不用报送",
)
def report(request: ApiRequest, pk: Pk, told: Report) -> AssignmentOut:
    """Report on an assignment in a line."""
    row = queries.assignment_for(request.actor, pk)
    return _assignments([actions.report(row, told.text.strip(), by=request.actor, at=timezone.now())])[0]
