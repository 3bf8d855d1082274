"""Whole requests: who gets in, what the pages say, what they refuse."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongshu.core.files.actions import keep
from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs.models import Job
from gongshu.core.orgs.models import Department
from gongshu.delivery import actions
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Assignment, Dispatch, Plan, Programme, Share, Target, Task
from tests.delivery.conftest import draft, give, held, post
from tests.worlds import BUILDER, NOW, World


def text(response) -> str:
    return response.content.decode()


@pytest.fixture(autouse=True)
def _in_march(monkeypatch) -> None:
    """Stop the clock of the pages on the day of the world."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def posted_give(client, task: Task, **data):
    fields = {"receivers": "children", "due_on": "2026-06-30", "token": "abc", **data}
    return client.post(reverse("delivery:give", args=[task.pk]), fields)


def test_strangers_do_not_know_of_a_plan(client_of, plan: Plan, tasks: list[Task], target: Target) -> None:
    client = client_of("湖北省总")
    addresses = [
        plan.get_absolute_url(),
        tasks[0].get_absolute_url(),
        reverse("delivery:give", args=[tasks[0].pk]),
        reverse("delivery:split", args=[target.pk]),
        reverse("delivery:edit_plan", args=[plan.pk]),
        reverse("delivery:edit_task", args=[tasks[0].pk]),
        reverse("delivery:edit_target", args=[target.pk]),
        reverse("delivery:new_task", args=[plan.pk]),
        reverse("delivery:new_target", args=[tasks[0].pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    assert "2026年全省工会重点工作" not in text(client.get(reverse("delivery:plans")))


def test_a_county_sees_of_the_plan_only_what_it_was_given(
    client_of, world: World, plan: Plan, tasks: list[Task]
) -> None:
    county = client_of("碧江区总")
    assert county.get(plan.get_absolute_url()).status_code == 404
    give(world, tasks[2], receivers=Receivers.HAND, under=[world.org("碧江区总").pk])
    page = text(county.get(plan.get_absolute_url()))
    assert ("开展“五讲五进”宣讲" in page, "发展会员3.5万人" in page, "新增任务" in page) == (True, False, False)
    assert county.get(tasks[1].get_absolute_url()).status_code == 404
    assert county.get(reverse("delivery:edit_plan", args=[plan.pk])).status_code == 404
    strange = held(world, tasks[2], "碧江区总")
    assert client_of("松桃苗族自治县总").get(strange.get_absolute_url()).status_code == 404


def test_a_plan_is_made_changed_and_filled_by_hand(client_of, world: World) -> None:
    client = client_of("铜仁市总")
    fields = {"title": "2026年全市工会工作要点", "year": 2026, "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    wrong = client.post(reverse("delivery:new_plan"), {**fields, "ends_on": "2025-12-31"})
    assert (wrong.status_code, "结束日期早于起始日期" in text(wrong)) == (422, True)
    response = client.post(reverse("delivery:new_plan"), fields)
    plan = Plan.objects.get()
    assert (response.url, plan.organisation.short_name) == (plan.get_absolute_url(), "铜仁市总")
    client.post(reverse("delivery:edit_plan", args=[plan.pk]), {**fields, "title": "改名"})
    client.post(reverse("delivery:add_programme", args=[plan.pk]), {"name": "四个工会"})
    programme = Programme.objects.get()
    client.post(reverse("delivery:add_item", args=[programme.pk]), {"name": "活力工会"})
    again = client.post(reverse("delivery:add_programme", args=[plan.pk]), {"name": "四个工会"})
    assert (again.status_code, "专项“四个工会”已经有了" in text(again)) == (422, True)
    assert client.post(reverse("delivery:add_item", args=[programme.pk]), {"name": ""}).status_code == 422
    assert client.post(reverse("delivery:add_programme", args=[plan.pk]), {"name": ""}).status_code == 422
    item = programme.items.get()
    new_task = {"text": "建设县级工会", "place": f"i{item.pk}", "owner_text": "组织部", "due_on": "2026-09-30"}
    client.post(reverse("delivery:new_task", args=[plan.pk]), new_task)
    task = Task.objects.get()
    assert (str(task.plan), str(task.item), task.owner_text) == ("改名", "活力工会", "组织部")
    late = client.post(reverse("delivery:edit_task", args=[task.pk]), {**new_task, "due_on": "2027-01-01"})
    assert (late.status_code, "晚于本部署的结束日期" in text(late)) == (422, True)
    client.post(reverse("delivery:edit_task", args=[task.pk]), {**new_task, "text": "建强县级工会"})
    page = text(client.get(plan.get_absolute_url()))
    assert [word in page for word in ("建强县级工会", "活力工会", "未部署")] == [True] * 3
    client.post(reverse("delivery:drop_item", args=[item.pk]))
    client.post(reverse("delivery:drop_programme", args=[programme.pk]))
    client.post(reverse("delivery:drop_task", args=[task.pk]))
    assert (Programme.objects.count(), Task.objects.count()) == (0, 0)
    assert client.post(reverse("delivery:plan_step", args=[plan.pk, "close"])).status_code == 302
    assert client.post(reverse("delivery:plan_step", args=[plan.pk, "reopen"])).status_code == 302
    assert client.post(reverse("delivery:plan_step", args=[plan.pk, "burn"])).status_code == 404


def test_a_target_that_is_counted_takes_the_unit_it_is_counted_in(client_of, tasks: list[Task]) -> None:
    client, address = client_of("贵州省总"), reverse("delivery:new_target", args=[tasks[2].pk])
    assert '<optgroup label="在任干部">' in text(client.get(address))
    days = {"starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    client.post(address, {"amount": "12", "unit": "", "binding": "test.posts", **days})
    assert tasks[2].targets.get().unit == "名"


def test_targets_are_edited_and_bound_on_the_page(client_of, tasks: list[Task], plan: Plan, monkeypatch) -> None:
    client, task = client_of("贵州省总"), tasks[2]
    fields = {"amount": "12", "unit": "场", "binding": "", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    assert client.post(reverse("delivery:new_target", args=[task.pk]), {**fields, "amount": "0"}).status_code == 422
    client.post(reverse("delivery:new_target", args=[task.pk]), fields)
    target = task.targets.get()
    client.post(reverse("delivery:edit_target", args=[target.pk]), {**fields, "binding": "test.posts|role=office"})
    target.refresh_from_db()
    assert (target.metric, target.filters) == ("test.posts", {"role": "office"})
    assert "在任干部（办公室）" in text(client.get(task.get_absolute_url()))
    assert client.post(reverse("delivery:bind", args=[target.pk]), {"binding": "none"}).status_code == 422
    client.post(reverse("delivery:bind", args=[target.pk]), {"binding": ""})
    target.refresh_from_db()
    assert target.metric == ""
    client.post(reverse("delivery:drop_target", args=[target.pk]))
    assert task.targets.count() == 0


def test_a_metric_is_suggested_and_a_person_confirms_it(client_of, tasks: list[Task], settings) -> None:
    settings.CATALOGUE = "config.catalogue"
    client, target = client_of("贵州省总"), tasks[0].targets.get()
    assert "可以按“开放的阵地（司机之家）”自动统计" in text(client.get(tasks[0].get_absolute_url()))
    client.post(reverse("delivery:bind", args=[target.pk]), {"binding": "venues.open|kind=driver_home"})
    target.refresh_from_db()
    assert (target.metric, target.filters) == ("venues.open", {"kind": "driver_home"})


def test_the_same_form_posted_twice_is_one_dispatch(client_of, tasks: list[Task]) -> None:
    client = client_of("贵州省总")
    assert [posted_give(client, tasks[2]).status_code for _ in range(2)] == [302, 302]
    assert (Dispatch.objects.count(), OpenItem.objects.count()) == (1, 2)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"due_on": "2026-03-01"}, "已经过去，请改为今天或以后"),
        ({"due_on": "2027-01-01"}, "完成期限晚于本部署的结束日期 2026年12月31日"),
        ({"receivers": "level"}, "请选择层级"),
        ({"receivers": "level", "level": "town"}, "没有选到承办单位"),
        ({"receivers": "hand"}, "请勾选承办单位"),
        ({"receivers": "departments"}, "请勾选承办部门"),
        ({"receivers": "hand", "under": ["999999"]}, "999999"),
    ],
)
def test_a_dispatch_that_cannot_be_is_refused_on_the_form(client_of, tasks: list[Task], data, sentence) -> None:
    response = posted_give(client_of("贵州省总"), tasks[2], **data)
    assert (response.status_code, sentence in text(response), Dispatch.objects.count()) == (422, True, 0)


def test_a_department_is_chosen_on_the_form(client_of, world: World, tasks: list[Task]) -> None:
    client = client_of("贵州省总")
    assert "基层工作部" in text(client.get(reverse("delivery:give", args=[tasks[2].pk])))
    keys = list(Department.objects.filter(organisation=world.org("贵州省总")).values_list("pk", flat=True))
    posted_give(client, tasks[2], receivers="departments", departments=keys[:1])
    assert Assignment.objects.get().department_id == keys[0]


def test_very_many_receivers_are_asked_about_once_more_and_left_to_a_job(
    client_of, tasks: list[Task], monkeypatch
) -> None:
    monkeypatch.setattr("gongshu.delivery.actions.SMALL", 3)
    monkeypatch.setattr("gongshu.delivery.actions.dispatching.SMALL", 3)
    client = client_of("贵州省总")
    asked = posted_give(client, tasks[2], receivers="all")
    assert (asked.status_code, "确认交办给 14 个单位" in text(asked), Dispatch.objects.count()) == (200, True, 0)
    sure = posted_give(client, tasks[2], receivers="all", sure="1")
    assert (sure.url, Assignment.objects.count()) == (Job.objects.get().get_absolute_url(), 0)


def test_a_target_is_split_as_proposed_or_by_hand(client_of, world: World, target: Target) -> None:
    client, address = client_of("贵州省总"), reverse("delivery:split", args=[target.pk])
    page = client.get(address, {"weighing": "bases"})
    assert [bound.value() for _, _, bound in page.context["rows"]] == [5, 5]
    first, second = (f"share_{world.org(name).pk}" for name in ("贵阳市总", "铜仁市总"))
    wrong = client.post(address + "?weighing=bases", {first: 6, second: 5})
    assert (wrong.status_code, "各单位份额合计 11，比指标数 10 多 1" in text(wrong)) == (422, True)
    assert client.post(address, {first: "x", second: 5}).status_code == 422
    client.post(address + "?weighing=bases", {first: 5, second: 5})
    assert set(Share.objects.values_list("amount", "weight", "rule")) == {
        (5, 4, "按所辖基层工会数，最大余数法取整，余数相同的按组织顺序")
    }
    client.post(address + "?weighing=bases", {first: 7, second: 3})
    assert sorted(Share.objects.values_list("amount", "weight", "rule")) == [(3, 1, "逐个填写"), (7, 1, "逐个填写")]
    client.post(f"{address}?unit={world.org('贵阳市总').pk}", {first: 10})
    assert Share.objects.get().amount == 10
    client.post(reverse("delivery:unsplit", args=[target.pk]))
    assert Share.objects.count() == 0


def test_what_cannot_be_split_says_so(client_of, world: World, tasks: list[Task], target: Target) -> None:
    client = client_of("贵州省总")
    broken = client.get(reverse("delivery:split", args=[tasks[1].targets.get().pk]))
    assert (broken.status_code, "指标数 3.50 不是整数，不能分解" in text(broken)) == (422, True)
    idle = client.get(reverse("delivery:split", args=[target.pk]), {"weighing": "metric:test.posts"})
    assert "所选单位的权重都是 0，无法按此办法分解，请换一种办法" in text(idle)
    unknown = client.get(reverse("delivery:split", args=[target.pk]), {"weighing": "none"})
    assert (unknown.status_code, "没有这种分解办法" in text(unknown)) == (422, True)
    give(world, tasks[0])
    assert client_of("贵州省总").get(reverse("delivery:split", args=[target.pk]), {"unit": "²"}).status_code == 422
    city = client_of("铜仁市总").get(reverse("delivery:split", args=[target.pk]))
    assert (city.status_code, "没有此指标的份额，不能分解" in text(city)) == (422, True)
    assert client_of("贵州省总", "leader").get(reverse("delivery:split", args=[target.pk])).status_code == 403


def test_an_assignment_goes_its_way_on_the_page(client_of, world: World, tasks: list[Task]) -> None:
    give(world, tasks[2], instructions="请于月底前办理")
    mine = held(world, tasks[2], "铜仁市总")
    city, province = client_of("铜仁市总"), client_of("贵州省总")

    def step(client, name: str, **data) -> int:
        return client.post(reverse(f"delivery:{name}", args=[mine.pk]), data).status_code

    page = text(city.get(mine.get_absolute_url()))
    assert [word in page for word in ("签收", "请于月底前办理", "报送完成情况")] == [True, True, False]
    assert [step(city, "sign"), step(city, "sign")] == [302, 422]
    assert "报送完成情况" in text(city.get(mine.get_absolute_url()))
    assert step(city, "report", report="") == 422
    paper = SimpleUploadedFile("总结.txt", "宣讲总结".encode())
    assert step(city, "report", report="已办 12 场", attachment=paper) == 302
    assert step(province, "send_back", note="") == 422
    assert step(province, "send_back", note="请补充人数") == 302
    assert step(city, "report", report="已办 12 场，1200 人", attachment=SimpleUploadedFile("总结.txt", b"1200")) == 302
    assert step(province, "accept") == 302
    page = text(province.get(mine.get_absolute_url()))
    assert [word in page for word in ("已办 12 场，1200 人", "请补充人数", "交办任务：")] == [True] * 3
    file = province.get(reverse("delivery:attachment", args=[mine.pk]))
    assert b"".join(file.streaming_content) == b"1200"
    mine.refresh_from_db()
    former = f"{reverse('delivery:attachment', args=[mine.pk])}?version={mine.attachment.replaces_id}"
    assert former in page
    assert b"".join(province.get(former).streaming_content) == "宣讲总结".encode()
    assert client_of("碧江区总").get(former).status_code == 404
    assert client_of("碧江区总").get(reverse("delivery:attachment", args=[mine.pk])).status_code == 404
    other = held(world, tasks[2], "贵阳市总")
    strange = keep(ContentFile(b"1", name="1.txt"), by=BUILDER, at=NOW).pk
    assert province.get(f"{reverse('delivery:attachment', args=[mine.pk])}?version={strange}").status_code == 404
    assert province.get(reverse("delivery:attachment", args=[other.pk])).status_code == 404
    withdraw = reverse("delivery:withdraw", args=[other.pk])
    assert province.post(withdraw, {"note": "重复"}).status_code == 302
    assert text(province.get(other.get_absolute_url())).count("已撤回") > 0


def test_a_bad_file_is_refused_and_nothing_reported(client_of, world: World, tasks: list[Task]) -> None:
    give(world, tasks[2])
    mine = held(world, tasks[2], "铜仁市总")
    actions.sign(mine, by=world.actor("铜仁市总"), at=NOW)
    empty = {"report": "已办", "attachment": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}
    response = client_of("铜仁市总").post(reverse("delivery:report", args=[mine.pk]), empty)
    mine.refresh_from_db()
    assert (response.status_code, mine.state) == (422, "working")


def test_a_county_sees_its_share_move_and_where_to_work(client_of, world: World, target: Target, settings) -> None:
    give(world, target.task, receivers=Receivers.HAND, under=[world.org("碧江区总").pk])
    order = actions.SplitOrder({world.org("碧江区总").pk: 10}, "逐个填写")
    actions.split(target, order, by=world.actor("贵州省总"), at=NOW)
    mine = held(world, target.task, "碧江区总")
    actions.sign(mine, by=world.actor("碧江区总"), at=NOW)
    post(world, "碧江区1号企业", 4)
    county = client_of("碧江区总")
    page = text(county.get(mine.get_absolute_url()))
    assert ["40%" in page, "不用报送" in page, "报送完成情况" in page] == [True, True, False]
    assert "4／10个" in text(county.get(reverse("delivery:mine")))
    settings.CATALOGUE = "config.catalogue"
    actions.bind(target, "venues.open", {"kind": "driver_home"}, by=world.actor("贵州省总"), at=NOW)
    page = text(county.get(mine.get_absolute_url()))
    assert reverse("venues:register") + "?kind=driver_home" in page


def test_my_list_is_narrowed_by_state_colour_and_programme(
    client_of, world: World, tasks: list[Task], plan: Plan
) -> None:
    give(world, tasks[0], token="a")
    give(world, tasks[2], token="b", due_on=NOW.date())
    actions.sign(held(world, tasks[2], "铜仁市总"), by=world.actor("铜仁市总"), at=NOW)
    client, address = client_of("铜仁市总"), reverse("delivery:mine")

    def listed(**narrow: str) -> list[str]:
        return [row.task.text for row in client.get(address, narrow).context["table"].page.object_list]

    first, third = tasks[0].text, tasks[2].text
    assert listed() == [third, first]
    assert listed(state="working") == [third]
    assert listed(status="near") == [third]
    assert listed(status="normal") == [first]
    assert listed(status="overdue") == []
    assert listed(programme=str(tasks[0].programme_id)) == [first]


def test_an_export_holds_no_formula(client_of, world: World, tasks: list[Task]) -> None:
    Task.objects.filter(pk=tasks[2].pk).update(text='=HYPERLINK("http://x")')
    give(world, tasks[2])
    response = client_of("铜仁市总").get(reverse("delivery:mine"), {"export": "xlsx"})
    with ZipFile(BytesIO(response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "=HYPERLINK" in words) == (False, True)
    export = client_of("贵州省总").get(tasks[2].get_absolute_url(), {"export": "xlsx"})
    assert export["Content-Type"].endswith("spreadsheetml.sheet")
    assert client_of("贵州省总").get(reverse("delivery:plans"), {"export": "xlsx"}).status_code == 200


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_every_list_page_takes_the_same_number_of_queries(client_of, world: World) -> None:
    client, by = client_of("贵州省总"), world.actor("贵州省总")
    city = client_of("铜仁市总")

    def more(count: int) -> dict[str, int]:
        for _ in range(count):
            key = Task.objects.count()
            plan = actions.make_plan(draft(world, title=f"部署{key}"), by=by, at=NOW)
            for task in plan.tasks.all()[::2]:
                give(world, task, token=f"{key}-{task.pk}")
        last = Plan.objects.latest("pk")
        for n in range(count):
            task = actions.add_task(last, actions.TaskDraft(f"计数{n}", quantities=[(4, "个")]), by=by, at=NOW)
            target = actions.bind(task.targets.get(), "test.posts", {}, by=by, at=NOW)
            give(world, task, token=f"count-{task.pk}")
            amounts = {world.org(name).pk: 2 for name in ("贵阳市总", "铜仁市总")}
            actions.split(target, actions.SplitOrder(amounts, "平均"), by=by, at=NOW)
        return {
            "plans": queries_of(client, reverse("delivery:plans")),
            "plan": queries_of(client, last.get_absolute_url()),
            "task": queries_of(client, task.get_absolute_url()),
            "mine": queries_of(city, reverse("delivery:mine")),
        }

    assert more(1) == more(3)
