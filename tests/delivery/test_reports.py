"""Work reports: exact figures, blanks where nobody knows, every version kept."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from gongshu.core.base.problems import Refused
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.papers.blocks import Blank, Table
from gongshu.delivery import actions
from gongshu.delivery.actions import SplitOrder
from gongshu.delivery.actions import supervision as sup
from gongshu.delivery.actions.reporting import Written, keep_report
from gongshu.delivery.enums import Receivers, Status
from gongshu.delivery.exports import percent, report_body, report_paper, title_of
from gongshu.delivery.models import Plan, Target, Task, WorkReport
from gongshu.delivery.queries.reporting import NoticeFigures, plans_to_report, report_figures, span_of
from gongshu.delivery.queries.supervision import Matter
from tests.delivery.conftest import draft, give, held, post
from tests.worlds import NOW, World

TODAY = NOW.date()
JULY = NOW + timedelta(days=126)  # 6 July


def figures(world: World, plan: Plan, kind: str = "half", at=JULY, name: str = "贵州省总"):
    return report_figures(world.org(name), [plan], span_of(kind, 2026, on=at.date()), at=at)


def words(found) -> str:
    """Return the report's body as one text, tables left out, blanks in their brackets."""
    lines = []
    for block in report_body(found):
        parts = getattr(block, "parts", None) or [getattr(block, "text", block)]
        lines.append("".join(part.text if isinstance(part, Blank) else str(part) for part in parts))
    return "\n".join(line for line in lines if not line.startswith("Table("))


@pytest.fixture
def under_way(world: World, plan: Plan, target: Target) -> Plan:
    """The first task counted and shared over the cities, the third given to them; one of them is done with it."""
    tasks = list(plan.tasks.all())
    give(world, tasks[0], token="a")
    shares = {world.org("贵阳市总").pk: 6, world.org("铜仁市总").pk: 4}
    actions.split(target, SplitOrder(shares, "逐个填写"), by=world.actor("贵州省总"), at=NOW)
    post(world, "碧江区1号企业", 3)
    give(world, tasks[2], token="b")
    mine = held(world, tasks[2], "铜仁市总")
    actions.sign(mine, by=world.actor("铜仁市总"), at=NOW)
    actions.report(mine, "已完成", by=world.actor("铜仁市总"), at=NOW)
    actions.accept(mine, by=world.actor("贵州省总"), at=NOW)
    return plan


def test_a_half_year_ends_where_the_statutes_say_and_counts_no_further() -> None:
    span = span_of("half", 2026, on=date(2026, 8, 1))
    assert (span.since, span.until, span.counted_on) == (date(2026, 1, 1), date(2026, 6, 30), date(2026, 6, 30))
    early = span_of("year", 2026, on=TODAY)
    assert (early.until, early.counted_on, early.label) == (date(2026, 12, 31), TODAY, "2026年度")


def test_shares_are_rounded_down_so_that_all_means_all() -> None:
    assert [percent(Fraction(*pair)) for pair in ((1, 1), (999, 1000), (2, 3), (9999, 10000), (0, 5), (3, 2))] == [
        *("100%", "99.9%", "66.6%", "99.9%", "0%", "150%")
    ]


def test_the_figures_are_those_of_the_ledger(world: World, under_way: Plan) -> None:
    found = figures(world, under_way)
    told = {each.task.text: (each.given, each.done, each.status, each.owners) for each in found.tasks}
    assert told == {
        "建立10个“司机之家”": (2, 0, Status.NORMAL, "2个市级总工会"),
        "发展会员3.5万人": (0, 0, Status.NOT_GIVEN, ""),
        "开展“五讲五进”宣讲": (2, 1, Status.NORMAL, "宣教部"),
    }
    assert [(row.organisation.short_name, row.total, row.done) for row in found.units] == [
        ("贵阳市总", 2, 0),
        ("铜仁市总", 2, 1),
    ]
    assert [(g.organisation.short_name, g.goal, g.done) for g in found.shares[0].gauges] == [
        ("贵阳市总", 6, 0),
        ("铜仁市总", 4, 3),
    ]
    assert found.notices == NoticeFigures(0, 0, 0, 0, 0)


def test_what_happened_after_the_period_does_not_count(world: World, under_way: Plan) -> None:
    before = figures(world, under_way)
    task = under_way.tasks.get(text="发展会员3.5万人")
    actions.give(
        task,
        actions.DispatchOrder(Receivers.CHILDREN, date(2026, 9, 30), "late"),
        by=world.actor("贵州省总"),
        at=JULY,
    )
    after = figures(world, under_way)
    assert [each.given for each in after.tasks] == [each.given for each in before.tasks]
    assert [each.given for each in figures(world, under_way, "year").tasks] == [2, 2, 2]


def test_supervision_is_summed_up_for_the_period(world: World, under_way: Plan) -> None:
    task = under_way.tasks.get(text="开展“五讲五进”宣讲")
    order = sup.NoticeOrder([Matter(world.org("贵阳市总"), under_way, None, task)], "请说明", date(2026, 3, 9))
    notice = sup.supervise(order, by=world.actor("贵州省总"), at=NOW).sent[0]
    sup.answer_notice(notice, "在办", by=world.actor("贵阳市总"), at=NOW + timedelta(days=8))
    found = figures(world, under_way)
    assert found.notices == NoticeFigures(sent=1, answered=1, in_time=0, closed=0, open=1)
    assert "本期发出督办通知1件，已答复1件，其中按期答复0件；办结0件，尚未办结1件。" in words(found)


def test_the_report_says_exactly_what_is_known_and_leaves_the_rest_blank(world: World, under_way: Plan) -> None:
    text = words(figures(world, under_way))
    for sentence in (
        "根据省总十四届五次全委会报告的部署，现将2026年上半年重点工作推进情况通报如下。",
        "截至2026年6月30日，《2026年全省工会重点工作》共3项任务，已完成0项，占0%，按计划推进2项，尚未交办1项。【待填：总体评价】",
        "已交办4件次，办结1件次，尚有1项任务没有交办。本期没有发出督办通知。",
        "1. 建立10个“司机之家”。目标10个，已完成3个，完成30%。按计划推进。责任单位：2个市级总工会。",
        "1. 发展会员3.5万人。尚未交办。责任单位：【待填：责任单位】。",
        "2. 开展“五讲五进”宣讲。已交办2件，办结1件。按计划推进。责任单位：宣教部。",
        "【待填：各地、各部门的经验做法】",
        "截至统计时间，没有整体逾期和滞后的任务。各单位承办的任务中，贵阳市总滞后2项；铜仁市总滞后1项。",
        "【待填：其他方面存在的问题】",
        "尚未到期的3项任务，按部署要求应于2026年9月30日前完成1项，2026年12月31日前完成2项。",
        "【待填：下一步工作打算和措施】",
    ):
        assert sentence in text
    tables = [block for block in report_body(figures(world, under_way)) if isinstance(block, Table)]
    assert [table.rows for table in tables] == [
        [("贵阳市总", 2, 0, 2, 0), ("铜仁市总", 2, 1, 1, 0)],
        [("贵阳市总", 6, 0, "0%"), ("铜仁市总", 4, 3, "75%")],
    ]


def test_late_work_is_named_with_its_owners(world: World, under_way: Plan) -> None:
    text = words(figures(world, under_way, "year", at=NOW.replace(month=10, day=8)))
    assert "逾期未完成的任务1项：\n1. 发展会员3.5万人（【待填：责任单位】，2026年9月30日到期）。" in text
    assert "逾期的1项任务，由责任单位抓紧办结。" in text
    assert "进度滞后的任务1项：\n1. 建立10个“司机之家”（2个市级总工会，2026年12月31日到期）。" in text


def test_a_plan_without_a_source_leaves_the_demand_blank(world: World) -> None:
    plan = actions.make_plan(draft(world, source="", tasks=[]), by=world.actor("贵州省总"), at=NOW)
    text = words(figures(world, plan, at=NOW))
    assert text.startswith("根据【待填：哪次会议、哪份文件的部署】，")
    assert "共0项任务，已完成0项。" in text
    assert "没有逾期和滞后的任务" in text


def test_a_lower_union_reports_what_it_carries(world: World, under_way: Plan) -> None:
    found = figures(world, under_way, name="铜仁市总")
    assert {each.task.text: each.given for each in found.tasks} == {"建立10个“司机之家”": 1, "开展“五讲五进”宣讲": 1}
    assert [str(g) for each in found.tasks for g in [each.gauges and each.gauges[0].text]] == ["3／4个", "[]"]
    assert list(plans_to_report(world.org("铜仁市总"), 2026)) == [under_way]
    assert list(plans_to_report(world.org("湖北省总"), 2026)) == []


def test_a_plan_is_reported_on_by_those_who_carry_it_whatever_was_withdrawn_elsewhere(
    world: World, plan: Plan, tasks: list[Task]
) -> None:
    give(world, tasks[2])
    actions.withdraw(held(world, tasks[2], "贵阳市总"), "交错了", by=world.actor("贵州省总"), at=NOW)
    assert list(plans_to_report(world.org("铜仁市总"), 2026)) == [plan]
    assert list(plans_to_report(world.org("贵阳市总"), 2026)) == []


def test_the_document_carries_head_title_tables_and_blanks(world: World, under_way: Plan) -> None:
    found = figures(world, under_way)
    paper = report_paper(found, on=JULY.date())
    document = Document(BytesIO(paper.docx()))
    text = "\n".join(line.text for line in document.paragraphs)
    assert title_of(found) == "贵州省总工会关于2026年上半年重点工作推进情况的通报"
    for part in (
        "贵州省总工会文件",
        "【待填：发文字号】",
        "各市级总工会，各直属单位：",
        "一、总体情况",
        "二、主要工作进展",
        "三、存在的问题",
        "四、下一步工作",
    ):
        assert part in text
    assert document.tables[0].cell(2, 0).text == "铜仁市总"


def test_a_new_version_never_takes_the_place_of_an_old_one(world: World, under_way: Plan) -> None:
    found, by = figures(world, under_way), world.actor("贵州省总")
    first = keep_report(found, Written("通报", report_paper(found, on=TODAY).docx(), None), by=by, at=NOW)
    second = keep_report(found, Written("通报", report_paper(found, on=TODAY).docx(), b"%PDF-1.7"), by=by, at=JULY)
    assert [(r.version, r.docx.name, r.pdf and r.pdf.name) for r in WorkReport.objects.order_by("pk")] == [
        (1, "通报（第1稿）.docx", None),
        (2, "通报（第2稿）.docx", "通报（第2稿）.pdf"),
    ]
    assert first.docx.location.read_bytes()
    assert (second.until, second.counted_at) == (date(2026, 6, 30), JULY)
    with pytest.raises(Refused):
        keep_report(found, Written("通报", b"", None), by=world.actor("铜仁市总"), at=NOW)


def test_figures_cost_the_same_with_more_tasks_and_units(world: World, under_way: Plan, tasks: list[Task]) -> None:
    counts = []
    for n in range(2):
        with CaptureQueriesContext(connection) as captured:
            figures(world, under_way)
        counts.append(len(captured))
        give(world, tasks[1], receivers=Receivers.ALL, token=f"more-{n}") if not n else None
    assert counts[0] == counts[1]


# pages


@pytest.fixture
def _in_july(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: JULY)


@pytest.mark.usefixtures("_in_july")
def test_an_officer_sees_the_figures_and_has_the_report_written_once(world: World, client_of, under_way: Plan) -> None:
    client, new = client_of("贵州省总"), reverse("delivery:new_report")
    page = client.get(new).content.decode()
    assert "省总十四届五次全委会报告" in page
    assert "目标10个，已完成3个，完成30%。" in page
    data = {"kind": "half", "year": "2026", "plans": [under_way.pk], "token": "abc"}
    sent = [client.post(new, data).url for _ in range(2)]
    assert sent[0] == sent[1]
    Worker().drain()
    job = Job.objects.get(name="delivery.report")
    assert (job.state, job.done, job.problem) == ("done", 4, "")
    report = WorkReport.objects.get()
    assert job.result["url"] == report.get_absolute_url()
    shown = client.get(report.get_absolute_url()).content.decode()
    assert "第1稿" in shown
    assert "数据截至2026年6月30日" in shown
    file = client.get(reverse("delivery:report_file", args=[report.pk, "docx"]))
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert client.get(reverse("delivery:report_file", args=[report.pk, "txt"])).status_code == 404
    listed = client.get(reverse("delivery:reports")).content.decode()
    assert "共 <b>1</b> 份" in listed
    assert client_of("湖北省总").get(report.get_absolute_url()).status_code == 404
    assert list(report.plans.all()) == [under_way]


@pytest.mark.usefixtures("_in_july")
def test_a_report_without_plans_is_refused_beside_the_field(world: World, client_of, under_way: Plan) -> None:
    page = client_of("贵州省总").post(reverse("delivery:new_report"), {"kind": "half", "year": "2026", "token": "a"})
    assert page.status_code == 422
    assert 'id="id_plans-error"' in page.content.decode()
    assert not Job.objects.filter(name="delivery.report").exists()


def test_the_list_of_reports_takes_as_many_queries_for_three_as_for_one(world: World, client_of, under_way) -> None:
    client, address = client_of("贵州省总"), reverse("delivery:reports")
    found, by = figures(world, under_way), world.actor("贵州省总")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            keep_report(found, Written("通报", report_paper(found, on=TODAY).docx(), None), by=by, at=NOW)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_plan_that_began_after_the_half_year_is_no_part_of_its_report(world: World, client_of) -> None:
    later = actions.make_plan(
        draft(world, title="下半年重点工作", starts_on=date(2026, 7, 2), tasks=[]), by=world.actor("贵州省总"), at=JULY
    )
    client = client_of("贵州省总")
    asked = {"year": 2026, "plans": [later.pk]}
    page = client.get(reverse("delivery:new_report"), {**asked, "kind": "half"})
    assert "“下半年重点工作”从2026年7月2日起实施，不在2026年上半年之内" in page.content.decode()
    assert "figures" not in page.context
    assert "figures" in client.get(reverse("delivery:new_report"), {**asked, "kind": "year"}).context


def test_a_report_on_nothing_given_says_so_in_words(world: World, plan: Plan) -> None:
    assert "各项任务都还没有交办。本期没有发出督办通知。" in words(figures(world, plan))
