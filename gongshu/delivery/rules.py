"""Pure rules of 部署落实: sharing out whole numbers, colours from dates and progress, and why something is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from gongshu.core.base.problems import Problem
from gongshu.delivery.drafts import PlanDraft
from gongshu.delivery.enums import Status

RULE_NOTE = "最大余数法取整，余数相同的按组织顺序"
SHOWN = 5
REPORT_LENGTH = 300


def share_out(total: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Share out a whole number by weight so that the shares are whole and add up exactly.

    Largest remainder (Hamilton): each gets the whole part of its quota, what is left goes one each to the largest
    remainders, ties by order. Raises ValueError when the total or a weight is negative or no weight is above zero.
    """
    whole = sum((Fraction(w) for w in weights), Fraction(0))
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("nothing to share out, or no weight to share it by")
    quotas = [Fraction(total) * w / whole for w in weights]
    shares = [int(quota) for quota in quotas]
    order = sorted(range(len(quotas)), key=lambda n: (shares[n] - quotas[n], n))
    for n in order[: total - sum(shares)]:
        shares[n] += 1
    return shares


def split_problems(total: Decimal | int, weights: Sequence[int]) -> list[Problem]:
    """Return why a total cannot be shared out by these weights."""
    if not weights:
        return [Problem("没有可以分解到的单位，请先选择承办单位")]
    if total != int(total):
        return [Problem(f"指标数 {total} 不是整数，不能分解")]
    if total <= 0:
        return [Problem("指标数为 0，没有可以分解的数")]
    if min(weights) < 0:
        return [Problem("权重不能是负数")]
    if not any(weights):
        return [Problem("所选单位的权重都是 0，无法按此办法分解，请换一种办法")]
    return []


def amount_problems(total: int, amounts: Sequence[int]) -> list[Problem]:
    """Return why shares written by hand do not fit the total."""
    if not amounts:
        return [Problem("没有可以分解到的单位，请先选择承办单位")]
    if min(amounts) < 0:
        return [Problem("份额不能是负数")]
    gap = sum(amounts) - total
    if not gap:
        return []
    return [Problem(f"各单位份额合计 {sum(amounts)}，比指标数 {total} {'多' if gap > 0 else '少'} {abs(gap)}")]


@dataclass(frozen=True)
class Thresholds:
    """From when colours change: days before the date, how far behind time, days to sign within."""

    near_days: int
    lag: Fraction
    sign_days: int


@dataclass(frozen=True)
class StatusFacts:
    """What a colour is computed from. `progress` is None where nothing can be counted."""

    starts_on: date
    due_on: date
    is_given: bool = True
    is_signed: bool = True
    is_done: bool = False
    progress: Fraction | None = None


def status_of(facts: StatusFacts, on: date, thresholds: Thresholds) -> Status:
    """Return how a piece of work stands on a day; the first that holds of done, overdue, behind, near, normal.

    Behind is: not signed for in time, or the share of the work done is less than the share of the time gone by
    more than the tolerance.
    """
    if facts.is_done or (facts.progress is not None and facts.progress >= 1):
        return Status.DONE
    if on > facts.due_on:
        return Status.OVERDUE
    if not facts.is_given:
        return Status.NOT_GIVEN
    if _is_behind(facts, on, thresholds):
        return Status.BEHIND
    return Status.NEAR if facts.due_on - on <= timedelta(days=thresholds.near_days) else Status.NORMAL


def _is_behind(facts: StatusFacts, on: date, thresholds: Thresholds) -> bool:
    if not facts.is_signed and on > facts.starts_on + timedelta(days=thresholds.sign_days):
        return True
    if facts.progress is None:
        return False
    return facts.progress < time_gone(facts.starts_on, facts.due_on, on) - thresholds.lag


def time_gone(starts_on: date, due_on: date, on: date) -> Fraction:
    """Return the share of the time gone on a day, from 0 to 1."""
    days = (due_on - starts_on).days
    if days <= 0:
        return Fraction(int(on >= due_on))
    return min(max(Fraction((on - starts_on).days, days), Fraction(0)), Fraction(1))


def ratio(done: int, goal: Decimal | int) -> Fraction:
    """Return the progress as a fraction of the goal; a goal of zero is reached."""
    return Fraction(done) / Fraction(goal) if goal else Fraction(1)


def report_problems(*, needs_report: bool, report: str) -> list[Problem]:
    """Return why a one-line report cannot be taken."""
    if not needs_report:
        return [Problem("此任务的进度由系统按业务数据自动统计，不需要报送")]
    if not report.strip():
        return [Problem("请用一句话写明完成情况", field="report")]
    if len(report.strip()) > REPORT_LENGTH:
        return [Problem(f"完成情况请写在 {REPORT_LENGTH} 字以内，详情放在附件里", field="report")]
    return []


def date_problems(
    due_on: date, *, today: date, plan_ends_on: date, parent_due_on: date | None = None
) -> list[Problem]:
    """Return why a task cannot be given until this day."""
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
