"""The work report as an official document: figures in sentences and tables, what nobody counted left visibly blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import groupby

from gongshu.core.orgs.enums import Level
from gongshu.core.papers.blocks import Blank, Block, Heading, Paragraph, Part, Table, paragraph
from gongshu.core.papers.paper import OfficialPaper
from gongshu.core.ui.figures import cn_date, in_quotes
from gongshu.delivery.enums import Status
from gongshu.delivery.queries.progress import Gauge
from gongshu.delivery.queries.reporting import ReportFigures, ShareTable, TaskFigures

ADDRESSEES = {
    Level.NATION: "各省、自治区、直辖市总工会",
    Level.PROVINCE: "各市级总工会，各直属单位",
    Level.CITY: "各县级总工会，各直属单位",
    Level.COUNTY: "各乡镇（街道）工会，各直属基层工会",
}
OTHERS = "各有关单位"
REST = "其他重点任务"
TENTH = Decimal("0.1")


def title_of(figures: ReportFigures) -> str:
    """Return the report's title."""
    return f"{figures.organisation.name}关于{figures.span.label}重点工作推进情况的通报"


def report_paper(figures: ReportFigures, *, on: date) -> OfficialPaper:
    """Return the report as a document ready to be written."""
    org = figures.organisation
    return OfficialPaper(
        kind="通报",
        title=title_of(figures),
        body=list(report_body(figures)),
        signer=org.name,
        date=on,
        issuer_mark=f"{org.name}文件",
        number=Blank("发文字号"),
        addressee=ADDRESSEES.get(Level(org.level), OTHERS),
        printed_by=f"{org.name}办公室",
        printed_on=on,
    )


def report_body(figures: ReportFigures) -> Iterator[Block]:
    """Yield the blocks of the report: lead, 总体情况, 进展, 问题, 下一步."""
    yield paragraph(*_demand(figures), f"现将{figures.span.label}重点工作推进情况通报如下。")
    yield Heading(1, "总体情况")
    yield from _overall(figures)
    yield Heading(1, "主要工作进展")
    yield from _progress(figures)
    yield Heading(1, "存在的问题")
    yield from _problems(figures)
    yield Heading(1, "下一步工作")
    yield from _next(figures)


def demand_of(figures: ReportFigures) -> list[str]:
    """Return which decisions ask for the report: the sources of its plans, each once."""
    return list(dict.fromkeys(plan.source for plan in figures.plans if plan.source))


def _demand(figures: ReportFigures) -> list[Part]:
    sources = "、".join(demand_of(figures))
    return [f"根据{sources}的部署，"] if sources else ["根据", Blank("哪次会议、哪份文件的部署"), "，"]


def _overall(figures: ReportFigures) -> Iterator[Block]:
    counts, total = figures.counts, len(figures.tasks)
    named = "、".join(f"《{plan.title}》" for plan in figures.plans)
    yield paragraph(
        f"截至{cn_date(figures.span.counted_on)}，{named}共{total}项任务，{_counted(figures)}。",
        Blank("总体评价"),
    )
    given, done = sum(each.given for each in figures.tasks), sum(each.done for each in figures.tasks)
    not_given = counts[Status.NOT_GIVEN]
    tail = f"，尚有{not_given}项任务没有交办" if not_given else ""
    told = f"已交办{given}件次，办结{done}件次{tail}" if given else "各项任务都还没有交办"
    yield paragraph(f"{told}。{_supervision(figures)}")


def _counted(figures: ReportFigures) -> str:
    counts, total = figures.counts, len(figures.tasks)
    done = f"已完成{counts[Status.DONE]}项"
    if total:
        done += f"，占{percent(Fraction(counts[Status.DONE], total))}"
    rest = [
        f"{word}{counts[status]}项"
        for status, word in (
            (Status.NORMAL, "按计划推进"),
            (Status.NEAR, "临近到期"),
            (Status.BEHIND, "进度滞后"),
            (Status.OVERDUE, "逾期未完成"),
            (Status.NOT_GIVEN, "尚未交办"),
        )
        if counts[status]
    ]
    return "，".join([done, *rest])


def _supervision(figures: ReportFigures) -> str:
    told = figures.notices
    if not told.sent:
        return "本期没有发出督办通知。"
    ended = f"办结{told.closed}件，尚未办结{told.open}件" if told.open else f"全部办结，共{told.closed}件"
    return f"本期发出督办通知{told.sent}件，已答复{told.answered}件，其中按期答复{told.in_time}件；{ended}。"


def _progress(figures: ReportFigures) -> Iterator[Block]:
    for name, tasks in groupby(figures.tasks, key=_programme):
        yield Heading(2, name)
        for number, each in enumerate(tasks, start=1):
            yield paragraph(f"{number}. {_stop(each.task.text)}{task_sentence(each)}", *_owners(each))
    yield from _venues(figures)
    yield from _units(figures)
    yield Heading(2, "经验做法")
    yield Blank("各地、各部门的经验做法")


def _programme(each: TaskFigures) -> str:
    return each.task.programme.name if each.task.programme else REST


def _stop(text: str) -> str:
    return text.rstrip("。；;，,") + "。"


def _owners(each: TaskFigures) -> list[Part]:
    return ["责任单位：", each.owners or Blank("责任单位"), "。"]


def task_sentence(each: TaskFigures) -> str:
    """Return how far a task is, in words: figures where there are any, then where it stands."""
    counted = "".join(_gauge_sentence(gauge) for gauge in each.gauges if gauge.done is not None)
    handed = f"已交办{each.given}件，办结{each.done}件。" if each.given > 1 and not counted else ""
    return counted + handed + _standing(each)


def _gauge_sentence(gauge: Gauge) -> str:
    unit = gauge.target.unit
    share = percent(gauge.ratio or Fraction(0))
    if gauge.is_falling:
        return f"目标减到{gauge.goal_text.replace(',', '')}，现有{gauge.done}{unit}。"
    return f"目标{gauge.goal_text.replace(',', '')}，已完成{gauge.done}{unit}，完成{share}。"


def _standing(each: TaskFigures) -> str:
    due = cn_date(each.task.last_day)
    return {
        Status.DONE: "任务已完成。",
        Status.NORMAL: "按计划推进。",
        Status.NEAR: f"将于{due}到期。",
        Status.BEHIND: "进度滞后。",
        Status.OVERDUE: f"已于{due}到期，尚未完成。",
        Status.NOT_GIVEN: "尚未交办。",
    }[each.status]


def _venues(figures: ReportFigures) -> Iterator[Block]:
    if not figures.venues:
        return
    total = sum(n for _, n in figures.venues)
    each = "、".join(f"{label}{n}个" for label, n in figures.venues)
    yield Heading(2, "服务阵地建设")
    yield paragraph(f"{figures.span.label}新开放服务阵地{total}个，其中{each}。")


def _units(figures: ReportFigures) -> Iterator[Block]:
    if not figures.units and not figures.shares:
        return
    yield Heading(2, "各单位完成情况")
    if figures.units:
        yield paragraph("各单位承办任务情况见下表。单位为“项”，按组织序列排列，不作排名。")
        rows = [(row.organisation.short_name, row.total, row.done, row.behind, row.overdue) for row in figures.units]
        head = ("单位", "承办任务", "完成", "滞后", "逾期")
        yield Table(head, rows, widths=(4, 2, 2, 2, 2), wide=frozenset({0}))
    for table in figures.shares:
        yield from _share_table(table)


def _share_table(table: ShareTable) -> Iterator[Block]:
    unit = table.target.unit or "项"
    yield paragraph(f"{in_quotes(table.target.task.text)}各单位完成情况见下表，单位为“{unit}”。")
    head = ("单位", "目标", "完成", "完成比例")
    yield Table(head, [_share_row(gauge) for gauge in table.gauges], widths=(4, 2, 2, 2), wide=frozenset({0}))


def _share_row(gauge: Gauge) -> tuple[str, int | str, int | Blank, str | Blank]:
    goal = int(gauge.goal)
    if gauge.done is None or gauge.ratio is None:
        return (gauge.organisation.short_name, goal, Blank("完成数"), Blank("比例"))
    return (gauge.organisation.short_name, goal, gauge.done, percent(gauge.ratio))


def _problems(figures: ReportFigures) -> Iterator[Block]:
    late = (("逾期未完成", figures.of(Status.OVERDUE)), ("进度滞后", figures.of(Status.BEHIND)))
    if not any(tasks for _, tasks in late):
        units = _late_units(figures)
        yield paragraph(f"截至统计时间，没有{'整体' if units else ''}逾期和滞后的任务。", *units)
        yield Blank("其他方面存在的问题")
        return
    for label, tasks in late:
        if tasks:
            yield paragraph(f"{label}的任务{len(tasks)}项：")
            yield from (_named(number, each) for number, each in enumerate(tasks, start=1))
    if units := _late_units(figures):
        yield paragraph(*units)
    yield paragraph("主要原因：", Blank("存在问题的原因，由承办部门分析"))


def _late_units(figures: ReportFigures) -> list[Part]:
    """Return which units are late with how many of the tasks they carry, in the order of organisations."""
    late = [row for row in figures.units if row.overdue or row.behind]
    named = [
        row.organisation.short_name
        + "、".join(f"{word}{count}项" for word, count in (("逾期", row.overdue), ("滞后", row.behind)) if count)
        for row in late
    ]
    return [f"各单位承办的任务中，{'；'.join(named)}。"] if named else []


def _named(number: int, each: TaskFigures) -> Paragraph:
    owners: Part = each.owners or Blank("责任单位")
    return paragraph(f"{number}. {each.task.text.rstrip('。')}（", owners, f"，{cn_date(each.task.last_day)}到期）。")


def _next(figures: ReportFigures) -> Iterator[Block]:
    late = figures.of(Status.OVERDUE)
    if late:
        yield paragraph(f"逾期的{len(late)}项任务，由责任单位抓紧办结。")
    coming = [each for each in figures.tasks if each.status not in (Status.DONE, Status.OVERDUE)]
    if coming:
        yield _coming(coming)
    yield Blank("下一步工作打算和措施")


def _coming(tasks: Sequence[TaskFigures]) -> Paragraph:
    days = sorted({each.task.last_day for each in tasks})
    if len(days) == 1:
        return paragraph(f"尚未到期的{len(tasks)}项任务，按部署要求应于{cn_date(days[0])}前完成。")
    parts = [f"{cn_date(day)}前完成{sum(each.task.last_day == day for each in tasks)}项" for day in days]
    return paragraph(f"尚未到期的{len(tasks)}项任务，按部署要求应于{'，'.join(parts)}。")


def percent(share: Fraction) -> str:
    """Return a share with one decimal at most, rounded down so that 100% means reached."""
    amount = (Decimal(share.numerator * 100) / Decimal(share.denominator)).quantize(TENTH, rounding=ROUND_DOWN)
    return f"{str(amount).removesuffix('.0')}%"
