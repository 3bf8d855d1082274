"""Why something is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from gongshu.core.base.problems import Problem
from gongshu.delivery.rules.drafts import PlanDraft

SHOWN = 5
REPORT_LENGTH = 300


def report_problems(*, needs_report: bool, report: str) -> list[Problem]:
    """Return why a one-line report cannot be taken."""
    if not needs_report:
        return [Problem("此任务的进度由系统按业务数据自动统计，不需要报送")]
    if not report.strip():
        return [Problem("请用一句话写明完成情况", field="report")]
    if len(report.strip()) > REPORT_LENGTH:
        return [Problem(f"完成情况请写在 {REPORT_LENGTH} 字以内，详情放在附件里", field="report")]
    return []


def date_problems(due_on: date, *, today: date, plan_ends_on: date, parent_due_on: date | None = None) -> list[Problem]:
    """Return why a task cannot be given until this day."""
    if plan_ends_on < today:
        message = f"本部署已于 {_day(plan_ends_on)} 结束；还要交办的，请先在部署页按“修改”改结束日期"
        return [Problem(message, field="due_on")]
    if due_on < today:
        return [Problem(f"完成期限 {_day(due_on)} 已经过去，请改为今天或以后", field="due_on")]
    if parent_due_on and due_on > parent_due_on:
        return [Problem(f"完成期限晚于上级要求的 {_day(parent_due_on)}", field="due_on")]
    if due_on > plan_ends_on:
        return [Problem(f"完成期限晚于本部署的结束日期 {_day(plan_ends_on)}", field="due_on")]
    return []


def outside_problems(names: Collection[str], issuer: str) -> list[Problem]:
    """Return the problem that some receivers do not stand below the issuer; none when there are no names."""
    return [Problem(f"{listed(names)}不是“{issuer}”的下级，不能向其交办")] if names else []


def nested_problems(names: Sequence[tuple[str, str]]) -> list[Problem]:
    """Return the problem that a share would go to an organisation and to one below it, counted twice."""
    return [Problem(f"“{low}”在“{high}”之下，同一指标不能分给上下级两次") for high, low in names[:SHOWN]]


def kept_parts_problems(names: Collection[str]) -> list[Problem]:
    """Return the problem that some receivers have already shared out a part that would now change."""
    return [Problem(f"{listed(names)}已将所得份额再分解，其份额不能改动")] if names else []


def plan_problems(draft: PlanDraft) -> list[Problem]:
    """Return why a draft cannot become a plan."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem("请填写部署名称", field="title"))
    if draft.ends_on < draft.starts_on:
        problems.append(Problem("结束日期早于起始日期", field="ends_on"))
    names = [programme.name.strip() for programme in draft.programmes]
    problems += [Problem(f"专项“{name}”写了两遍") for name in doubles(names)]
    known = {programme.name: set(programme.items) for programme in draft.programmes}
    for row, task in enumerate(draft.tasks, start=1):
        problems += [Problem(p.message, row=row) for p in task_problems(task.text, task.due_on, draft.ends_on)]
        problems += [Problem(p.message, row=row) for p in _place_problems(task.programme, task.item, known)]
    return problems


def task_problems(text: str, due_on: date | None, plan_ends_on: date) -> list[Problem]:
    """Return why a task cannot stand in a plan."""
    problems = [] if text.strip() else [Problem("任务没有内容", field="text")]
    if due_on and due_on > plan_ends_on:
        problems.append(Problem(f"任务期限 {_day(due_on)} 晚于本部署的结束日期 {_day(plan_ends_on)}", field="due_on"))
    return problems


def _place_problems(programme: str | None, item: str | None, known: Mapping[str, set[str]]) -> list[Problem]:
    if not programme:
        return [Problem(f"内容“{item}”没有所属专项")] if item else []
    if programme not in known:
        return [Problem(f"没有“{programme}”这个专项")]
    return [Problem(f"专项“{programme}”中没有“{item}”")] if item and item not in known[programme] else []


def doubles(names: Sequence[str]) -> list[str]:
    """Return the names that stand more than once, each once, in order."""
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]


def listed(names: Collection[str]) -> str:
    """Return names in quotes, the first five and how many there are in all."""
    shown = "、".join(f"“{name}”" for name in list(names)[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown}等 {len(names)} 个单位"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
