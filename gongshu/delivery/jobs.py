"""Background work: giving a task to very many, and closing what is reached."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from gongshu.core.access.actor import Actor, actor_for, system_actor
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.core.orgs.models import Organisation
from gongshu.core.papers.pdf import to_pdf
from gongshu.delivery import actions
from gongshu.delivery.actions.reporting import Written, keep_report
from gongshu.delivery.exports import report_paper
from gongshu.delivery.models import Dispatch, Plan
from gongshu.delivery.models.plans import DISPATCH_JOB, dispatch_key
from gongshu.delivery.queries.reporting import report_figures, span_of

REPORT_STEPS = 4


@job(DISPATCH_JOB, label="部署下发")
def write_dispatch(run: Run, *, dispatch_id: int) -> dict[str, object]:
    """Write a dispatch batch by batch; a later run goes on after the last batch that was committed."""
    dispatch = Dispatch.objects.select_related("task", "issuer").get(pk=dispatch_id)
    state = run.cursor if isinstance(run.cursor, dict) else {"last": 0, "looked_at": 0, "written": 0}
    is_over = False
    while not is_over:
        with run.step():
            batch = actions.write_batch(dispatch, after=state["last"], at=timezone.now())
            if batch:
                looked_at, written = state["looked_at"] + batch.looked_at, state["written"] + batch.written
                state = {"last": batch.last, "looked_at": looked_at, "written": written}
                run.cursor = state
                run.progress(looked_at, dispatch.total, f"已下发 {written} 件")
            else:
                actions.finish_dispatch(dispatch, at=timezone.now())
                is_over = True
    return {
        "承办单位": dispatch.total,
        "本次下发": state["written"],
        "原已有此任务": state["looked_at"] - state["written"],
    }


def enqueue_filing(plan: Plan, by: Actor) -> Job:
    """Put the filing of a plan in the queue, once for each time it is over."""
    key = f"file:{plan.pk}:{plan.state_since:%Y%m%d%H%M%S%f}"
    return enqueue(file_plan, key, by=by, organisation=plan.organisation, plan_id=plan.pk)


def enqueue_dispatch(dispatch: Dispatch, by: Actor | None = None) -> Job:
    """Put a dispatch in the queue, once."""
    key = dispatch_key(dispatch.pk)
    return enqueue(write_dispatch, key, by=by, organisation=dispatch.issuer, dispatch_id=dispatch.pk)


@job("delivery.close_reached", label="指标完成自动办结")
def close_reached(run: Run) -> dict[str, object]:
    """Close the assignments whose shares are reached."""
    return {"办结": actions.close_reached(at=timezone.now(), tell=run.progress)}


@job("delivery.end_plans", label="部署期满")
def end_plans(run: Run) -> dict[str, object]:
    """Ask to file the plans whose time is over."""
    with run.step():
        return {"期满": actions.end_over(at=timezone.now())}


@job("delivery.file_plan", label="部署归档")
def file_plan(run: Run, *, plan_id: int) -> dict[str, object]:
    """File a plan whose time is over: what is open of it lapses, a batch at a time; a later run goes on."""
    plan = Plan.objects.select_related("organisation").get(pk=plan_id)
    author = actor_for(run.job.created_by, on=timezone.localdate()) if run.job.created_by else system_actor("系统")
    total, done, count = plan.count_open(), 0, 1
    while count:
        with run.step():
            count = actions.lapse_some(plan, by=author, at=timezone.now())
            done += count
            run.progress(done, total, f"已记为期满未完 {done} 件")
    with run.step():
        actions.close_plan(plan, by=author, at=timezone.now())
    return {"summary": f"《{plan.title}》已归档", "期满未完": done, "url": plan.get_absolute_url()}


@job("delivery.report", label="生成工作报告", max_tries=3, lease=timedelta(minutes=3))
def write_report(run: Run, *, organisation_id: int, kind: str, year: int, plan_ids: list[int]) -> dict[str, object]:
    """Count, write the document, make the .pdf, keep both; nothing is kept unless all is done."""
    at = timezone.now()
    today = timezone.localdate(at)
    org = Organisation.objects.get(pk=organisation_id)
    plans = list(Plan.objects.filter(pk__in=plan_ids).select_related("organisation").order_by("-year", "-pk"))
    run.progress(0, REPORT_STEPS, "正在统计数据")
    figures = report_figures(org, plans, span_of(kind, year, on=today), at=at)
    run.progress(1, REPORT_STEPS, "正在写公文")
    paper = report_paper(figures, on=today)
    docx = paper.docx()
    run.progress(2, REPORT_STEPS, "正在生成版式文件")
    pdf = to_pdf(docx)
    author = actor_for(run.job.created_by, on=today) if run.job.created_by else system_actor("系统", org)
    with run.step():
        report = keep_report(figures, Written(paper.title, docx, pdf), by=author, at=at)
        run.progress(REPORT_STEPS, REPORT_STEPS, "已生成")
    without = "" if pdf else "；本机没有 LibreOffice，只有 .docx"
    return {"summary": f"《{report.title}》第{report.version}稿已生成{without}", "url": report.get_absolute_url()}


JOBS = (write_dispatch, close_reached, end_plans, file_plan, write_report)
SCHEDULES = (
    Schedule(close_reached, every=timedelta(hours=1)),
    Schedule(end_plans, every=timedelta(days=1), offset=timedelta(minutes=10)),
)
