"""Receiving, saving, comparing, entering."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import OpenItem
from gongshu.core.trail.queries import of as trail_of
from gongshu.delivery.models import Plan, Programme, Target, Task
from gongshu.intake import actions
from gongshu.intake.actions import AlreadyReceived, Received, Stale, receive
from gongshu.intake.models import Document, Draft, SetAside
from gongshu.intake.rules.record.changes import differences
from gongshu.intake.rules.record.shape import Record, TaskEntry, from_json
from gongshu.meetings.models import Meeting
from tests.intake.papers import ENGLISH, NEWS, RECIPE, YEARLESS, take, take_as
from tests.worlds import NOW, World


def record_of(document: Document) -> Record:
    return from_json(Draft.objects.get(document=document).record)


def test_a_document_waits_at_the_desk_until_it_is_entered(world: World) -> None:
    document = take(world)
    assert (document.state, document.title) == ("draft", "贵州省总工会十四届十一次全委(扩大)会议")
    assert [item.title for item in OpenItem.objects.all()] == [f"校核收文：{document.title}"]
    actions.confirm(document, actions.Entry(world.org("贵州省总"), 1), by=world.actor("贵州省总"), at=NOW)
    assert (document.state, [item.kind for item in OpenItem.objects.all()]) == ("confirmed", ["delivery.plan"])


BAD = [
    (b"", "空.txt", "空的"),
    (b"\x00\x01\x02\x03\xff\xfe" * 200, "程序.txt", "二进制"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "图.txt", "图片"),
    ("工会".encode() + b"\xff\xfe\xfa\xfb" * 400, "乱码.txt", "编码"),
    (ENGLISH.encode(), "english.txt", "汉字"),
    (RECIPE.encode(), "菜谱.txt", "不像工会"),
    ("工会会议".encode() * 2_000_000, "大.txt", "MB"),
    ("工会会议。\n".encode() * 25_000, "长.txt", "万字"),
]


@pytest.mark.parametrize(("content", "name", "words"), BAD, ids=[name for _, name, _ in BAD])
def test_what_cannot_be_read_is_refused_with_a_sentence_and_leaves_nothing(
    world: World, content: bytes, name: str, words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        receive(Received(content, name), organisation=world.org("贵州省总"), by=world.actor("贵州省总"), at=NOW)
    assert len(refusal.value.problems) == 1
    assert words in refusal.value.problems[0].message
    assert (Document.objects.count(), Attachment.objects.count(), OpenItem.objects.count()) == (0, 0, 0)


def test_the_same_file_is_received_once_a_desk(world: World) -> None:
    first = take(world)
    with pytest.raises(AlreadyReceived) as refusal:
        take(world, name="另一个名字.txt")
    assert refusal.value.document == first
    assert take(world, org="铜仁市总").organisation == world.org("铜仁市总")
    assert Document.objects.count() == 2


def test_a_desk_out_of_reach_cannot_be_received_at(world: World) -> None:
    with pytest.raises(Refused):
        take_as(world.actor("贵阳市总"), world, NEWS, "贵州省总")
    assert Document.objects.count() == 0


def test_entering_makes_the_meeting_and_the_plan_at_once(world: World) -> None:
    document = take(world)
    org = world.org("贵州省总")
    actions.confirm(document, actions.Entry(org, 1), by=world.actor("贵州省总"), at=NOW)
    meeting, plan = Meeting.objects.get(), Plan.objects.get()
    assert (meeting.organisation, meeting.date_text, meeting.source) == (org, "2023年2月24日", document.source)
    assert [(p.part, p.name) for p in meeting.people.all()] == [("chair", "张三"), ("speaker", "张三")]
    assert (plan.organisation, plan.year, plan.source) == (org, 2023, meeting.name)
    assert [p.name for p in Programme.objects.all()] == ["“1+1”重点工作"]
    assert [i.name for i in Programme.objects.get().items.all()] == [
        "职工职业技能大赛系列活动",
        "劳模(工匠)评宣系列活动",
    ]
    assert sorted((int(t.amount), t.unit) for t in Target.objects.all()) == [(200, "个"), (100000, "名")]
    homes = Task.objects.get(text="建立200个“司机之家”")
    assert homes.source_quote.startswith("会议强调,为10万名")
    assert (document.meeting, document.plan) == (meeting, plan)


def test_a_task_is_quoted_with_the_characters_a_person_gave(world: World) -> None:
    document = take(world, NEWS.replace("伤害保险", "伤害保?xiǎn)"))
    actor, record = world.actor("贵州省总"), record_of(document)
    record.corrections = {str(next(n for n, row in enumerate(document.repairs) if row[6])): "险"}
    actions.save_draft(document, record, version=1, by=actor, at=NOW)
    actions.confirm(document, actions.Entry(world.org("贵州省总"), 2), by=actor, at=NOW)
    assert Task.objects.get(text__contains="司机之家").source_quote.startswith(
        "会议强调,为10万名新就业形态劳动者购买意外伤害保险,"
    )


def test_a_deadline_becomes_a_date_in_the_meetings_year(world: World) -> None:
    document = take(world)
    actions.confirm(document, actions.Entry(world.org("贵州省总"), 1), by=world.actor("贵州省总"), at=NOW)
    task = Task.objects.get(text__contains="用工名册")
    assert (task.deadline_text, str(task.due_on)) == ("9月25日前", "2023-09-25")


def test_without_a_year_nothing_is_entered(world: World) -> None:
    document = take(world, YEARLESS)
    with pytest.raises(Refused) as refusal:
        actions.confirm(document, actions.Entry(world.org("贵州省总"), 1), by=world.actor("贵州省总"), at=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["facts-year"]
    assert (Meeting.objects.count(), Plan.objects.count()) == (0, 0)
    assert Document.objects.get().state == "draft"


def test_a_second_entering_is_refused_and_nothing_is_doubled(world: World) -> None:
    document = take(world)
    twin = Document.objects.get(pk=document.pk)
    entry = actions.Entry(world.org("贵州省总"), 1)
    told = {"by": world.actor("贵州省总"), "at": NOW}
    actions.confirm(document, entry, **told)
    with pytest.raises(Refused) as refusal:
        actions.confirm(twin, entry, **told)
    assert "已入库" in refusal.value.problems[0].message
    assert (Meeting.objects.count(), Plan.objects.count()) == (1, 1)


def test_what_changed_since_it_was_looked_at_is_not_entered(world: World) -> None:
    document = take(world)
    actor = world.actor("贵州省总")
    actions.save_draft(document, record_of(document), version=1, by=actor, at=NOW)
    with pytest.raises(Refused) as refusal:
        actions.confirm(document, actions.Entry(world.org("贵州省总"), 1), by=actor, at=NOW)
    assert "刚刚修改过" in refusal.value.problems[0].message
    assert Meeting.objects.count() == 0


def test_a_unit_out_of_reach_cannot_be_entered_for(world: World) -> None:
    document = take(world)
    with pytest.raises(Refused):
        actions.confirm(document, actions.Entry(world.org("湖北省总"), 1), by=world.actor("贵州省总"), at=NOW)
    assert Meeting.objects.count() == 0


def test_two_papers_of_one_meeting_share_its_record_when_asked(world: World) -> None:
    entry = actions.Entry(world.org("贵州省总"), 1)
    told = {"by": world.actor("贵州省总"), "at": NOW}
    actions.confirm(take(world), entry, **told)
    second = take(world, NEWS + "\n会议要求,各级工会要建立工会干部蹲点台账。")
    with pytest.raises(Refused) as refusal:
        actions.confirm(second, entry, **told)
    assert refusal.value.problems[0].field == "join"
    actions.confirm(second, replace(entry, join=True), **told)
    assert (Meeting.objects.count(), Plan.objects.count()) == (1, 2)


def test_dropped_entries_stay_in_the_draft_and_out_of_the_ledger(world: World) -> None:
    document = take(world)
    actor, org = world.actor("贵州省总"), world.org("贵州省总")
    record = record_of(document)
    record.programmes[0].dropped = True
    for task in record.tasks:
        task.dropped = "司机之家" not in task.text
    actions.save_draft(document, record, version=1, by=actor, at=NOW)
    actions.confirm(document, actions.Entry(org, 2), by=actor, at=NOW)
    assert [(task.text, task.programme) for task in Task.objects.all()] == [("建立200个“司机之家”", None)]
    assert trail_of(document)[0].detail["dropped"] == 4


def test_a_stale_save_is_told_and_set_aside(world: World) -> None:
    document = take(world)
    mine, theirs = record_of(document), record_of(document)
    theirs.facts.place = "贵阳市"
    mine.facts.place = "贵阳国际会议中心"
    assert actions.save_draft(document, theirs, version=1, by=world.actor("中华全国总"), at=NOW) == 2
    with pytest.raises(Stale):
        actions.save_draft(document, mine, version=1, by=world.actor("贵州省总"), at=NOW)
    assert record_of(document).facts.place == "贵阳市"
    aside = SetAside.objects.get()
    shown = differences(record_of(document), from_json(aside.record))
    assert [(d.key, d.theirs, d.mine) for d in shown] == [("facts-place", "贵阳市", "贵阳国际会议中心")]
    actions.settle(document, aside, take_mine=["facts-place"], version=2, by=world.actor("贵州省总"), at=NOW)
    assert record_of(document).facts.place == "贵阳国际会议中心"
    assert SetAside.objects.count() == 0


def test_settling_against_yet_another_save_keeps_what_was_set_aside(world: World) -> None:
    document = take(world)
    actor = world.actor("贵州省总")
    actions.save_draft(document, record_of(document), version=1, by=world.actor("中华全国总"), at=NOW)
    with pytest.raises(Stale):
        actions.save_draft(document, record_of(document), version=1, by=actor, at=NOW)
    with pytest.raises(Stale):
        actions.settle(document, SetAside.objects.get(), take_mine=[], version=1, by=actor, at=NOW)
    assert SetAside.objects.count() == 1


def test_continuous_saving_leaves_one_line_in_the_trail(world: World) -> None:
    document = take(world)
    for version in (1, 2, 3):
        actions.save_draft(document, record_of(document), version=version, by=world.actor("贵州省总"), at=NOW)
    assert [entry.verb for entry in trail_of(document)] == ["edit", "start"]


def test_an_entered_document_can_no_longer_be_changed(world: World) -> None:
    document = take(world)
    actor = world.actor("贵州省总")
    record = record_of(document)
    actions.confirm(document, actions.Entry(world.org("贵州省总"), 1), by=actor, at=NOW)
    with pytest.raises(Refused):
        actions.save_draft(document, record, version=1, by=actor, at=NOW)


def test_a_far_too_long_entry_is_not_saved(world: World) -> None:
    document = take(world)
    record = record_of(document)
    record.tasks.append(TaskEntry("t99", "字" * 2001, "task"))
    with pytest.raises(Refused) as refusal:
        actions.save_draft(document, record, version=1, by=world.actor("贵州省总"), at=NOW)
    assert [problem.field for problem in refusal.value.problems] == ["t99-text"]


def test_a_dropped_document_leaves_the_desk_and_comes_back(world: World) -> None:
    document = take(world)
    actor = world.actor("贵州省总")
    actions.drop(document, reason="不属本级办理", by=actor, at=NOW)
    assert (document.state, OpenItem.objects.count()) == ("dropped", 0)
    assert trail_of(document)[0].detail["note"] == "不属本级办理"
    actions.restore(document, by=actor, at=NOW)
    assert (document.state, OpenItem.objects.count()) == ("draft", 1)


def test_an_older_meetings_work_is_taken_up_now_when_asked(world: World) -> None:
    document = take(world)
    entry = actions.Entry(world.org("贵州省总"), 1, until=date(2026, 12, 31))
    actions.confirm(document, entry, by=world.actor("贵州省总"), at=NOW)
    plan = Plan.objects.get()
    assert (plan.year, plan.starts_on, plan.ends_on) == (2026, NOW.date(), date(2026, 12, 31))
    target = Target.objects.get(task__text__contains="司机之家")
    assert (target.starts_on, target.ends_on) == (NOW.date(), date(2026, 12, 31))
    assert plan.title.startswith("贵州省总工会2026年工作部署（")
    assert set(plan.tasks.values_list("due_on", flat=True)) == {None}  # 9月25日 was in 2023


def test_an_older_meetings_work_cannot_be_taken_up_until_a_day_that_is_over(world: World) -> None:
    entry = actions.Entry(world.org("贵州省总"), 1, until=date(2026, 3, 1))
    with pytest.raises(Refused) as refusal:
        actions.confirm(take(world), entry, by=world.actor("贵州省总"), at=NOW)
    assert [(problem.field, problem.message) for problem in refusal.value.problems] == [
        ("until", "实施到的日期已经过去，请改为今天或以后；只存档的请留空")
    ]
    assert Plan.objects.count() == 0
