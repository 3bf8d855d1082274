"""Supervision: asked once about the same work, answered, closed, and everybody concerned is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongshu.core.base.problems import Refused
from gongshu.core.files.actions import keep
from gongshu.core.flow.models import OpenItem
from gongshu.core.messages.models import Message
from gongshu.core.statutes.lookup import clause
from gongshu.core.trail.queries import of
from gongshu.delivery import actions, rules
from gongshu.delivery.actions import supervision as sup
from gongshu.delivery.models import Plan, SupervisionNotice, Task
from gongshu.delivery.queries.supervision import Matter, answer_day, law_of, notices_for
from gongshu.delivery.rules import NoticeFacts
from tests.delivery.conftest import DUE, give, held
from tests.worlds import NOW, World

TODAY = NOW.date()
LATE = date(2026, 7, 6)  # after the tasks' date
WORDS = "请说明进展情况和原因。"
LAW = law_of(TODAY)


def matter(world: World, task: Task, name: str = "铜仁市总") -> Matter:
    return Matter(world.org(name), task.plan, task.programme, task)


def order(*matters: Matter, words: str = WORDS, due_on: date = date(2026, 3, 9)) -> sup.NoticeOrder:
    return sup.NoticeOrder(matters, words, due_on)


def send(world: World, task: Task, name: str = "铜仁市总", who: str = "贵州省总") -> SupervisionNotice:
    return sup.supervise(order(matter(world, task, name)), by=world.actor(who), at=NOW).sent[0]


@pytest.fixture
def given(world: World, tasks: list[Task]) -> Task:
    """The third task, given to both cities; the 铜仁 city gives it on to its counties."""
    give(world, tasks[2], token="a")
    actions.sign(held(world, tasks[2], "铜仁市总"), by=world.actor("铜仁市总"), at=NOW)
    give(world, tasks[2], "铜仁市总", token="b")
    return tasks[2]


def refusal(act) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [problem.message for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("facts", "message", "article"),
    [
        ({}, None, None),
        ({"is_below": False}, "“铜仁市总”不是本单位的下级，不越权督办", "discipline"),
        ({"is_in_range": False}, "“宣讲”不是本单位部署或承办的工作，不越权督办", "discipline"),
        ({"is_carried": False}, "“铜仁市总”没有承办“宣讲”，不扩大督办范围", "discipline"),
        ({"open_by": "省总", "is_own": True}, "“铜仁市总”的“宣讲”已在督办、还没有办结，不重复督办", "discipline"),
        ({"open_by": "全总"}, "“铜仁市总”的“宣讲”正由“全总”督办，不多头督办", "discipline"),
        ({"is_done": True}, "“铜仁市总”的“宣讲”已经完成，不用督办", None),
        (
            {"closed_on": TODAY - timedelta(days=LAW.interval_days - 1)},
            "“铜仁市总”的“宣讲”不久前刚办结，2026年3月3日起才可再次督办",
            "interval",
        ),
        ({"closed_on": TODAY - timedelta(days=LAW.interval_days)}, None, None),
    ],
)
def test_a_notice_is_refused_for_the_weightiest_reason_with_its_clause(facts, message, article) -> None:
    found = rules.notice_problems(NoticeFacts("铜仁市总", "宣讲", **facts), LAW, today=TODAY)
    assert [p.message for p in found] == ([message] if message else [])
    assert [p.clause for p in found] == ([getattr(LAW, article) if article else None] if message else [])


def test_the_clauses_come_from_the_statutes() -> None:
    assert LAW.discipline.label == "《政府督查工作条例》（国务院令第733号）第十五条"
    assert LAW.interval_days == clause("defaults", "supervision-interval", on=TODAY)["days"]
    assert answer_day(TODAY) == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("words", "due_on", "fields"),
    [(" ", DUE, ["words"]), ("长" * 501, DUE, ["words"]), ("请答复", TODAY, ["due_on"]), ("请答复", DUE, [])],
)
def test_an_order_needs_words_and_time_to_answer(words, due_on, fields) -> None:
    assert [p.field for p in rules.order_problems(words, due_on, today=TODAY)] == fields


def test_an_answer_is_one_text() -> None:
    assert [p.message for p in rules.answer_problems(" ")] == ["请写明办理情况"]
    assert [p.field for p in rules.answer_problems("长" * 1001)] == ["answer"]
    assert rules.answer_problems("已成立专班") == []


def test_a_notice_waits_at_the_desk_that_was_asked_and_its_people_are_told(world: World, given: Task) -> None:
    officer = world.account("铜仁市总")
    notice = send(world, given)
    assert (notice.state, notice.status_then, notice.issued_on) == ("sent", "normal", TODAY)
    item = OpenItem.objects.get(kind="delivery.supervisionnotice")
    assert (item.organisation, item.permission, item.due_on) == (
        world.org("铜仁市总"),
        "delivery.answer",
        date(2026, 3, 9),
    )
    told = Message.objects.get(account=officer)
    assert (told.subject, told.body, told.url) == ("督办通知：开展“五讲五进”宣讲", WORDS, notice.get_absolute_url())


def test_the_same_work_is_supervised_once_by_one_head(world: World, given: Task) -> None:
    send(world, given)
    send(world, given, "碧江区总")
    again = refusal(lambda: send(world, given))
    assert again == ["“铜仁市总”的“开展“五讲五进”宣讲”已在督办、还没有办结，不重复督办"]
    other_head = refusal(lambda: send(world, given, "碧江区总", who="铜仁市总"))
    assert other_head == ["“碧江区总”的“开展“五讲五进”宣讲”正由“贵州省总”督办，不多头督办"]
    assert SupervisionNotice.objects.count() == 2


def test_the_database_itself_keeps_a_second_open_notice_out(world: World, given: Task) -> None:
    notice = send(world, given)
    notice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


def test_a_programme_and_one_of_its_tasks_are_the_same_work(world: World, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[0])
    whole = Matter(world.org("铜仁市总"), plan, tasks[0].programme)
    sup.supervise(order(whole), by=world.actor("贵州省总"), at=NOW)
    assert refusal(lambda: send(world, tasks[0])) == [
        "“铜仁市总”的“建立10个“司机之家””已在督办、还没有办结，不重复督办"
    ]
    assert OpenItem.objects.get(kind="delivery.supervisionnotice").title == "督办：“6+1”重点工作"


def test_nobody_supervises_beyond_their_own_work(world: World, given: Task) -> None:
    assert refusal(lambda: send(world, given, "贵州省总", who="铜仁市总")) == ["“贵州省总”不是本单位的下级，不越权督办"]
    assert refusal(lambda: send(world, given, "南明区总")) == ["“南明区总”没有承办“开展“五讲五进”宣讲”，不扩大督办范围"]
    nation = refusal(lambda: send(world, given, who="中华全国总"))
    assert nation == ["“开展“五讲五进”宣讲”不是本单位部署或承办的工作，不越权督办"]


def test_many_go_out_at_once_and_those_that_may_not_say_why(world: World, given: Task) -> None:
    send(world, given)
    matters = [matter(world, given, name) for name in ("铜仁市总", "贵阳市总", "碧江区总")]
    outcome = sup.supervise(order(*matters), by=world.actor("贵州省总"), at=NOW)
    assert [notice.organisation.short_name for notice in outcome.sent] == ["贵阳市总", "碧江区总"]
    assert [problem.message for problem in outcome.problems] == [
        "“铜仁市总”的“开展“五讲五进”宣讲”已在督办、还没有办结，不重复督办"
    ]


def test_an_answer_goes_back_and_forth_until_it_is_closed(world: World, given: Task) -> None:
    asker, answerer = world.actor("贵州省总"), world.actor("铜仁市总")
    notice = send(world, given)
    sup.answer_notice(notice, " 已成立专班。 ", by=answerer, at=NOW)
    assert (notice.state, notice.answer, notice.answered_on) == ("answered", "已成立专班。", TODAY)
    assert OpenItem.objects.get(kind="delivery.supervisionnotice").organisation == world.org("贵州省总")
    sup.return_notice(notice, "请写明完成时间", by=asker, at=NOW + timedelta(days=7))
    assert (notice.state, notice.times_returned, notice.due_on) == ("sent", 1, date(2026, 3, 16))
    sup.answer_notice(notice, "4月底前完成。", by=answerer, at=NOW + timedelta(days=8))
    sup.close_notice(notice, "措施可行", by=asker, at=NOW + timedelta(days=9))
    assert (notice.state, notice.closed_on) == ("closed", date(2026, 3, 11))
    assert not OpenItem.objects.filter(kind="delivery.supervisionnotice").exists()
    subjects = (
        Message.objects.filter(account=world.account("铜仁市总")).order_by("pk").values_list("subject", flat=True)
    )
    assert [subject.partition("：")[0] for subject in subjects] == ["督办通知", "督办退回重答", "督办已办结"]
    assert [row.verb for row in of(notice)] == ["close", "answer", "send_back", "answer", "start"]
    assert of(notice)[1].detail["answer"] == "4月底前完成。"


def test_an_answer_given_again_without_a_file_keeps_the_earlier_file(world: World, given: Task) -> None:
    notice, answerer = send(world, given), world.actor("铜仁市总")
    file = keep(ContentFile("名单\n".encode(), name="名单.txt"), by=answerer, at=NOW)
    sup.answer_notice(notice, "已成立专班。", attachment=file, by=answerer, at=NOW)
    sup.return_notice(notice, "请写明完成时间", by=world.actor("贵州省总"), at=NOW)
    sup.answer_notice(notice, "4月底前完成。", by=answerer, at=NOW)
    assert notice.attachment == file


def test_a_file_that_was_replaced_stays_within_reach_of_both_sides(world: World, given: Task, client_of) -> None:
    notice, answerer = send(world, given), world.actor("铜仁市总")
    first, second = (keep(ContentFile(f"{n}\n".encode(), name=f"{n}.txt"), by=answerer, at=NOW) for n in "12")
    sup.answer_notice(notice, "已成立专班。", attachment=first, by=answerer, at=NOW)
    sup.return_notice(notice, "请写明完成时间", by=world.actor("贵州省总"), at=NOW)
    sup.answer_notice(notice, "4月底前完成。", attachment=second, by=answerer, at=NOW)
    former = f"{reverse('delivery:notice_attachment', args=[notice.pk])}?version={first.pk}"
    for name in ("贵州省总", "铜仁市总"):
        assert former in client_of(name).get(notice.get_absolute_url()).content.decode()
        assert b"".join(client_of(name).get(former).streaming_content) == b"1\n"
    assert client_of("贵阳市总").get(former).status_code == 404


def test_after_the_interval_the_same_work_may_be_supervised_again(world: World, given: Task) -> None:
    asker = world.actor("贵州省总")
    notice = send(world, given)
    sup.answer_notice(notice, "在办。", by=world.actor("铜仁市总"), at=NOW)
    sup.close_notice(notice, by=asker, at=NOW)
    later = NOW + timedelta(days=LAW.interval_days)
    again = order(matter(world, given), due_on=later.date() + timedelta(days=3))
    with pytest.raises(Refused):
        sup.supervise(again, by=asker, at=later - timedelta(days=1))
    assert len(sup.supervise(again, by=asker, at=later).sent) == 1


def test_nobody_answers_or_closes_for_another(world: World, given: Task) -> None:
    notice = send(world, given, "碧江区总")
    assert refusal(lambda: sup.answer_notice(notice, "好", by=world.actor("铜仁市总"), at=NOW)) == [
        "此督办由“碧江区总”答复，不能代答"
    ]
    sup.answer_notice(notice, "好", by=world.actor("碧江区总"), at=NOW)
    assert refusal(lambda: sup.close_notice(notice, by=world.actor("铜仁市总"), at=NOW)) == [
        "此督办由“贵州省总”发出，由其办结"
    ]


def test_a_notice_sent_by_mistake_is_withdrawn_with_a_reason_and_may_be_sent_anew(world: World, given: Task) -> None:
    notice = send(world, given)
    asker = world.actor("贵州省总")
    assert refusal(lambda: sup.withdraw_notice(notice, " ", by=asker, at=NOW)) == ["请写明理由，对方才知道怎么办"]
    sup.withdraw_notice(notice, "发错了", by=asker, at=NOW)
    assert notice.state == "withdrawn"
    assert send(world, given).state == "sent"


def test_what_was_supervised_stays_in_the_plan(world: World, plan: Plan, tasks: list[Task]) -> None:
    give(world, tasks[0])
    sup.supervise(order(Matter(world.org("铜仁市总"), plan, tasks[0].programme)), by=world.actor("贵州省总"), at=NOW)
    assert refusal(lambda: actions.drop(tasks[0].programme, by=world.actor("贵州省总"), at=NOW)) == [
        "此项有督办记录，不能删除；督办历史要保留"
    ]


def test_both_sides_and_those_above_them_see_a_notice(world: World, given: Task) -> None:
    notice = send(world, given, "碧江区总")
    for name in ("贵州省总", "铜仁市总", "碧江区总", "中华全国总"):
        assert list(notices_for(world.actor(name))) == [notice]
    for name in ("贵阳市总", "湖北省总", "松桃苗族自治县总"):
        assert list(notices_for(world.actor(name))) == []


# pages


@pytest.fixture
def _in_march(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


pages = pytest.mark.usefixtures("_in_march")


def code(world: World, task: Task, name: str = "铜仁市总") -> str:
    return f"{world.org(name).pk}-{task.plan_id}-{task.programme_id or 0}-{task.pk}"


@pages
def test_a_notice_goes_from_the_form_to_the_answer_to_the_end(world: World, client_of, given: Task) -> None:
    asker, answerer = client_of("贵州省总"), client_of("铜仁市总")
    new = reverse("delivery:new_notice")
    form = asker.get(new, {"rows": code(world, given)}).content.decode()
    assert "截至2026年3月2日，“开展‘五讲五进’宣讲”进度为“正常”。" in form
    assert 'value="2026-03-09"' in form
    data = {"rows": code(world, given), "offered": code(world, given), "words": WORDS, "due_on": "2026-03-09"}
    sent = asker.post(new, data)
    notice = SupervisionNotice.objects.get()
    assert sent.url == notice.get_absolute_url()
    assert asker.post(new, data).status_code == 422  # a second press sends nothing
    upload = SimpleUploadedFile("方案.txt", "工作方案".encode())
    answered = answerer.post(
        reverse("delivery:answer_notice", args=[notice.pk]), {"answer": "已成立专班。", "attachment": upload}
    )
    assert answered.url == notice.get_absolute_url()
    assert "已成立专班。" in asker.get(notice.get_absolute_url()).content.decode()
    file = asker.get(reverse("delivery:notice_attachment", args=[notice.pk]))
    assert b"".join(file.streaming_content) == "工作方案".encode()
    asker.post(reverse("delivery:notice_step", args=[notice.pk, "close"]), {"note": "措施可行"})
    notice.refresh_from_db()
    assert notice.state == "closed"


@pages
def test_a_refused_answer_keeps_the_page_and_says_why(world: World, client_of, given: Task) -> None:
    notice = send(world, given)
    page = client_of("铜仁市总").post(reverse("delivery:answer_notice", args=[notice.pk]), {"answer": ""})
    assert page.status_code == 422
    assert 'id="id_answer-error"' in page.content.decode()
    again = client_of("贵州省总").post(reverse("delivery:notice_step", args=[notice.pk, "close"]))
    assert again.status_code == 422
    assert "不能再“办结”" in again.content.decode()


@pages
def test_some_sent_and_some_not_is_told_on_one_page(world: World, client_of, given: Task) -> None:
    send(world, given)
    codes = [code(world, given), code(world, given, "贵阳市总")]
    data = {"rows": codes, "offered": codes, "words": WORDS, "due_on": "2026-03-09"}
    page = client_of("贵州省总").post(reverse("delivery:new_notice"), data).content.decode()
    assert "已发督办通知 1 件" in page
    assert "不重复督办" in page
    assert "《政府督查工作条例》" in page


@pages
def test_matters_out_of_reach_are_not_known(world: World, client_of, given: Task) -> None:
    for rows in ("1-1-1-1", "x", f"{world.org('铜仁市总').pk}-{given.plan_id}-0-0"):
        assert client_of("贵州省总").get(reverse("delivery:new_notice"), {"rows": rows}).status_code == 404
    assert client_of("湖北省总").get(reverse("delivery:new_notice"), {"rows": code(world, given)}).status_code == 404


@pages
def test_the_list_narrows_exports_and_takes_as_many_queries_for_three_as_for_one(
    world: World, client_of, given: Task
) -> None:
    client, address = client_of("贵州省总"), reverse("delivery:notices")
    client.get(address)
    counts = []
    for names in (["铜仁市总"], ["贵阳市总", "碧江区总"]):
        for name in names:
            send(world, given, name)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    city = client_of("铜仁市总")
    assert city.get(address).content.decode().count("待答复</span>") == 2
    received = city.get(address, {"side": "in"}).content.decode()
    assert "共 <b>1</b> 件" in received
    under = client.get(address, {"under": world.org("铜仁市总").pk}).content.decode()
    assert "共 <b>2</b> 件" in under
    assert client.get(address, {"export": "xlsx"}).content.startswith(b"PK")
