"""From a plan to work under way and back to the report: the issue's steps, as the officers who take them see them."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from gongshu.core.jobs.worker import Worker
from gongshu.core.orgs.queries import children
from gongshu.core.papers.pdf import pdf_available
from gongshu.delivery import actions
from gongshu.delivery.actions import DispatchOrder, PlanDraft, ProgrammeDraft, SplitOrder, TaskDraft
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Assignment, Plan, Share, SupervisionNotice, Task, WorkReport
from gongshu.delivery.rules.sharing import share_out
from tests.browser import Screen
from tests.venues.samples import FULL
from tests.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)
PROVINCE, CITY, COUNTY = "贵州省总", "铜仁市总", "松桃苗族自治县总"
HOMES, COURSE = "建立10个“司机之家”", "举办首届数字工匠技能大赛"
SEASON = timedelta(days=90)


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan of this season: one task that is counted, one that is reported."""
    today = timezone.localdate()
    draft = PlanDraft(
        title="今年重点工作",
        organisation=world.org(PROVINCE),
        year=today.year,
        starts_on=today - timedelta(days=1),
        ends_on=today + SEASON,
        source="省总工会全委会",
        programmes=[ProgrammeDraft("“6+1”重点工作", ["司机之家"])],
        tasks=[
            TaskDraft(HOMES, quantities=[(10, "个")], programme="“6+1”重点工作", item="司机之家"),
            TaskDraft(COURSE, programme="“6+1”重点工作"),
        ],
    )
    return actions.make_plan(draft, by=world.actor(PROVINCE), at=timezone.now())


@pytest.fixture
def counted(plan: Plan, world: World) -> Task:
    """The task whose target is counted, shared over cities and over one city's counties, and given to them."""
    task = plan.tasks.get(text=HOMES)
    target = actions.bind(
        task.targets.get(),
        "venues.open",
        {"kind": "driver_home"},
        by=world.actor(PROVINCE),
        at=timezone.now(),
    )
    for name, below, amount in ((PROVINCE, ("贵阳市总", CITY), 10), (CITY, (COUNTY, "碧江区总"), 5)):
        if name == CITY:
            actions.sign(held(task, world, CITY), by=world.actor(CITY), at=timezone.now())
        given(task, world, name)
        keys = [world.org(each).pk for each in below]
        shares = dict(zip(keys, share_out(amount, [1, 1]), strict=True))
        actions.split(target, SplitOrder(shares, "平均分配"), by=world.actor(name), at=timezone.now())
    return task


def given(task: Task, world: World, name: str = PROVINCE) -> None:
    """Give a task to all directly below."""
    order = DispatchOrder(Receivers.CHILDREN, timezone.localdate() + SEASON, f"{task.pk}-{name}")
    actions.give(task, order, by=world.actor(name), at=timezone.now())


def held(task: Task, world: World, name: str) -> Assignment:
    """Return the assignment of an organisation."""
    return task.assignments.get(organisation=world.org(name))


def sound(screen: Screen) -> None:
    """Check the page as it is now."""
    screen.check_access()
    screen.check_width()


def press(screen: Screen, name: str, role: str = "button") -> None:
    """Press a button, or follow a link, by its exact words; wait for the page that answers."""
    screen.page.locator("main").get_by_role(role, name=name, exact=True).first.click()
    screen.page.wait_for_load_state("networkidle")


def enter(screen: Screen, world: World, name: str, address: str = "/") -> None:
    """Sit at another desk."""
    screen.page.context.clear_cookies()
    screen.sign_in(world.account(name))
    screen.go(address)


def shares(world: World, name: str) -> list[int]:
    """Return the shares of those directly below, in the tree's order."""
    below = children(world.org(name))
    rows = Share.objects.filter(organisation__in=below).order_by("organisation__path")
    return [int(row.amount) for row in rows]


def test_step_3_a_task_is_counted_shared_out_and_given_down_two_levels(screen: Screen, world: World, plan: Plan):
    enter(screen, world, PROVINCE, plan.get_absolute_url())
    sound(screen)
    press(screen, HOMES, "link")
    press(screen, "按此统计")
    sound(screen)
    press(screen, "分解指标", "link")
    sound(screen)
    assert screen.page.get_by_text("平均分配，最大余数法取整").is_visible()
    press(screen, "确认分解")
    assert shares(world, PROVINCE) == [5, 5]
    press(screen, "交办", "link")
    sound(screen)
    press(screen, "交办")
    sound(screen)

    enter(screen, world, CITY)
    sound(screen)
    press(screen, HOMES, "link")
    sound(screen)
    press(screen, "签收")
    press(screen, "分解指标", "link")
    press(screen, "确认分解")
    assert shares(world, CITY) == [3, 2]
    press(screen, "交办", "link")
    press(screen, "交办")
    sound(screen)
    waits = Assignment.objects.filter(state="sent").values_list("organisation__short_name", flat=True)
    assert sorted(waits) == sorted(["贵阳市总", COUNTY, "碧江区总"])


def test_step_3_the_form_shows_what_the_chosen_way_asks_for(screen: Screen, world: World, plan: Plan):
    task = plan.tasks.get(text=COURSE)
    enter(screen, world, PROVINCE, f"/delivery/tasks/{task.pk}/give/")
    level, units = screen.page.locator("[name=level]"), screen.page.locator("#id_under")
    assert (level.is_visible(), units.is_visible()) == (False, True)
    screen.page.get_by_label("某一层级全部").check()
    assert (level.is_visible(), units.is_visible()) == (True, True)
    sound(screen)


def test_step_4_a_county_opens_a_driver_home_and_three_levels_move(screen: Screen, world: World, counted: Task):
    enter(screen, world, COUNTY)
    sound(screen)
    press(screen, HOMES, "link")
    press(screen, "签收")
    sound(screen)
    press(screen, "新建司机之家", "link")
    sound(screen)
    screen.page.get_by_label("名称").fill(FULL.name)
    screen.page.get_by_label("地址").fill(FULL.address)
    screen.page.get_by_label("开放时间").fill("全天")
    for box in screen.page.get_by_role("checkbox").all():
        box.check()
    press(screen, "登记")
    press(screen, "开放")
    screen.page.get_by_text("此刻开门").wait_for()
    sound(screen)
    for name, figure in ((COUNTY, "1 / 3"), (CITY, "1 / 5"), (PROVINCE, "1 / 10")):
        enter(screen, world, name, counted.get_absolute_url())
        assert screen.page.locator(".progress-count").first.inner_text().startswith(figure), name


def test_step_4_a_task_without_a_metric_is_reported_once_in_one_line(
    screen: Screen, world: World, plan: Plan, tmp_path
):
    task = plan.tasks.get(text=COURSE)
    given(task, world)
    paper = tmp_path / "通知.txt"
    paper.write_text("举办首届数字工匠技能大赛的通知", encoding="utf-8")
    enter(screen, world, CITY)
    press(screen, COURSE, "link")
    press(screen, "签收")
    sound(screen)
    screen.page.get_by_label("完成情况").fill("11月20日举办，132人参赛。")
    screen.page.set_input_files("main input[type=file]", paper)
    press(screen, "报送")
    sound(screen)
    assert screen.page.get_by_label("完成情况").count() == 0
    assert screen.page.get_by_text("通知.txt").first.is_visible()

    enter(screen, world, PROVINCE)
    press(screen, COURSE, "link")
    sound(screen)
    press(screen, "办结")
    assert held(task, world, CITY).state == "done"


def test_step_5_a_notice_is_sent_from_the_map_answered_and_closed(screen: Screen, world: World, counted: Task):
    enter(screen, world, PROVINCE, "/delivery/warmap/")
    sound(screen)
    screen.page.locator(".heat").get_by_role("link", name="0/1").first.click()
    sound(screen)
    press(screen, "整项督办", "link")
    sound(screen)
    press(screen, "发出")
    sound(screen)
    notice = SupervisionNotice.objects.get()

    enter(screen, world, notice.organisation.short_name)
    screen.page.get_by_role("link", name="督办：").click()
    screen.page.get_by_label("办理情况").fill("已选址2处，下月建成。")
    sound(screen)
    press(screen, "答复")
    sound(screen)

    enter(screen, world, PROVINCE, notice.get_absolute_url())
    assert screen.page.get_by_text("已选址2处，下月建成。").is_visible()
    screen.page.locator("details.confirm summary", has_text="办结").click()
    press(screen, "办结")
    sound(screen)
    screen.go("/delivery/notices/")
    sound(screen)
    notice.refresh_from_db()
    assert notice.state == "closed"


def test_step_6_a_report_is_made_from_the_live_figures(screen: Screen, world: World, counted: Task):
    enter(screen, world, PROVINCE, "/delivery/reports/new/")
    sound(screen)
    press(screen, "生成报告")
    sound(screen)
    Worker().drain()
    enter(screen, world, PROVINCE, WorkReport.objects.get().get_absolute_url())
    sound(screen)
    answer = screen.page.context.request.get(f"{screen.page.url}docx/")
    words = zipfile.ZipFile(BytesIO(answer.body())).read("word/document.xml").decode()
    assert "“建立10个‘司机之家’”各单位完成情况见下表" in words
    assert "待填：发文字号" in words
    has_pdf = screen.page.locator("main").get_by_role("link", name="下载 .pdf").count() == 1
    assert has_pdf is pdf_available()


def test_step_7_the_wall_is_shown_to_those_who_may_see(screen: Screen, world: World, counted: Task):
    enter(screen, world, PROVINCE, "/wall/")
    sound(screen)
    assert screen.page.get_by_role("heading", name="重点工作总览").is_visible()
    enter(screen, world, CITY, f"/wall/{world.org(COUNTY).pk}/")
    sound(screen)
    answer = screen.page.goto(f"{screen.home}/wall/{world.org('湖北省总').pk}/")
    assert answer is not None
    assert answer.status == 404
    screen.errors.clear()  # the refusal itself is what the console tells of
