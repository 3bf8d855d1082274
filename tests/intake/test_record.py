"""The record: found, typed over, compared, assigned."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from gongshu.intake import rules
from gongshu.intake.rules.record.changes import differences, merged, tally
from gongshu.intake.rules.record.found import date_parts, from_reading
from gongshu.intake.rules.record.shape import Record, TargetEntry, from_json, to_json
from gongshu.intake.rules.record.typed import from_post
from gongshu.reading import read
from tests.intake.papers import NEWS, YEARLESS

FOUR = """福建省总工会十三届十二次全委(扩大)会议召开

2月28日,福建省总工会十三届十二次全委(扩大)会议在福州召开。会议提出,要奋力打造“四个工会”。

会议提出,要奋力打造“红色工会”。深化“第一议题”制度,举办福建省职工联合会成立90周年纪念活动。

会议指出,要奋力打造“实干工会”。开展百万职工“五小”创新大赛。

会议强调,要奋力打造“为民工会”。建立200个“司机之家”。

会议要求,要奋力打造“品牌工会”。开展全省工会改革创新项目评审活动。
"""


def found(text: str = NEWS) -> Record:
    return from_reading(read(text))


def posted(**fields: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name.replace("__", "-"): value for name, value in fields.items()})
    return query


def test_a_record_survives_the_way_to_json_and_back() -> None:
    record = found()
    assert from_json(to_json(record)) == record


def test_everything_found_stands_where_it_says() -> None:
    reading = read(NEWS)
    record = from_reading(reading)
    for task in record.tasks:
        assert task.place is not None
        assert reading.page.text[task.place.start : task.place.end] == task.text


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("2023-02-24", ("2023", "2", "24")),
        ("--02-28", ("", "2", "28")),
        ("2023-11", ("2023", "11", "")),
        ("2023", ("2023", "", "")),
    ],
)
def test_a_date_is_taken_apart_and_no_year_is_made_up(written: str, parts: tuple[str, str, str]) -> None:
    assert date_parts(written) == parts


def test_tasks_fall_under_the_part_their_paragraph_opens_with() -> None:
    record = found(FOUR)
    four = next(programme for programme in record.programmes if "四个工会" in programme.name)
    assert [item.text for item in four.items] == ["红色工会", "实干工会", "为民工会", "品牌工会"]
    by_words = {task.text: (task.programme, task.item) for task in record.work}
    assert by_words["建立200个“司机之家”"] == (four.id, "为民工会")
    assert by_words["开展百万职工“五小”创新大赛"] == (four.id, "实干工会")


def test_the_seven_of_six_plus_one_fall_under_it() -> None:
    listed = "大抓职工创新系列活动、大抓劳模评宣系列活动、开好贵州省工会第十五次代表大会“2+1”重点工作"
    record = found(f"贵州省总工会十四届十一次全委会议召开\n\n会议明确,全省工会要突出做好{listed}。")
    programme = record.programmes[0]
    assert len(programme.items) == 3
    assert {task.programme for task in record.work} == {programme.id}


def test_what_was_typed_takes_the_place_of_what_was_read() -> None:
    record = found(YEARLESS)
    homes = next(task for task in record.tasks if "司机之家" in task.text)
    fields = {
        "facts-year": " 2023\n",
        f"{homes.id}-owner": "权益保障部",
        f"{homes.id}-programme": record.programmes[0].id,
    }
    typed = from_post(record, posted(**fields)).record
    again = next(task for task in typed.tasks if task.id == homes.id)
    assert (typed.facts.year, again.owner, again.programme) == ("2023", "权益保障部", record.programmes[0].id)
    assert homes.owner == ""


def test_what_was_not_sent_stays_as_it_was() -> None:
    record = found()
    assert from_post(record, posted()).record == record


def test_unknown_ids_choices_and_control_characters_are_not_taken() -> None:
    record = found()
    task = record.tasks[0]
    forged = {
        f"{task.id}-kind": "admin",
        f"{task.id}-programme": "g999",
        "t999-text": "混进来的",
        "facts-kind": "party",
        "facts-place": "贵\x00阳\x1b",
        "fix-x": "字",
    }
    typed = from_post(record, posted(**forged)).record
    assert (typed.tasks[0].kind, typed.tasks[0].programme) == (task.kind, task.programme)
    assert len(typed.tasks) == len(record.tasks)
    assert (typed.facts.kind, typed.facts.place, typed.corrections) == ("plenary", "贵阳", {})


def test_an_entry_is_dropped_only_when_it_was_shown_with_its_box() -> None:
    record = found()
    first, second = record.tasks[0].id, record.tasks[1].id
    typed = from_post(record, posted(**{f"{first}-shown": "1", f"{first}-dropped": "1", f"{second}-dropped": "1"}))
    assert [task.dropped for task in typed.record.tasks[:2]] == [True, False]
    back = from_post(typed.record, posted(**{f"{first}-shown": "1"}))
    assert back.record.tasks[0].dropped is False


def test_new_entries_get_ids_of_their_own() -> None:
    record = found()
    fields = {
        "new-task-0-text": "补的任务", "new-task-0-value-0": "30", "new-task-0-unit-0": "家", "new-task-7-text": " ",
        "new-person-0-name": "李四", "new-person-0-part": "attendee", "new-point-0-text": "听取报告",
        "new-point-0-kind": "heard", "new-programme-0-name": "强基工程", "new-programme-0-items": "甲\n\n乙\n甲",
    }  # fmt: skip
    typed = from_post(record, posted(**fields))
    ids = [entry.id for entry in typed.record.entries()]
    assert len(ids) == len(set(ids))
    assert sorted(typed.added) == ["new-person-0", "new-point-0", "new-programme-0", "new-task-0"]
    task = typed.record.tasks[-1]
    assert (task.text, task.kind, task.targets) == ("补的任务", "task", [TargetEntry("30", "家")])
    assert [item.text for item in typed.record.programmes[-1].items] == ["甲", "乙"]
    assert typed.record.people[-1].part == "attendee"


def test_targets_are_added_changed_and_taken_away() -> None:
    record = found()
    homes = next(task for task in record.tasks if "司机之家" in task.text)
    lead = homes.id
    fields = {f"{lead}-value-0": "300", f"{lead}-unit-0": "个", f"{lead}-value-1": "5", f"{lead}-unit-1": "市"}
    more = from_post(record, posted(**fields)).record
    assert [(t.value, t.unit) for t in next(t for t in more.tasks if t.id == lead).targets] == [
        ("300", "个"),
        ("5", "市"),
    ]
    none = from_post(record, posted(**{f"{lead}-value-0": "", f"{lead}-unit-0": ""})).record
    assert next(t for t in none.tasks if t.id == lead).targets == []


def test_a_mixture_takes_each_thing_from_the_side_that_was_chosen() -> None:
    theirs = found()
    fields = {"facts-place": "遵义", "facts-session": "", "new-task-0-text": "我补的", "fix-0": "报"}
    mine = from_post(theirs, posted(**fields)).record
    theirs.tasks[0].text = "他改的"
    keys = {one.key: one for one in differences(theirs, mine)}
    added = mine.tasks[-1].id
    assert sorted(keys) == sorted(["facts-place", "facts-session", theirs.tasks[0].id, added, "fix-0"])
    mixed = merged(theirs, mine, {"facts-place", added, "fix-0"})
    assert (mixed.facts.place, mixed.facts.session) == ("遵义", theirs.facts.session)
    assert (mixed.tasks[0].text, mixed.tasks[-1].text, mixed.corrections) == ("他改的", "我补的", {"0": "报"})
    assert merged(theirs, mine, ()).tasks == theirs.tasks


def test_the_tally_counts_what_a_person_did() -> None:
    record = found()
    lead = record.tasks[0].id
    fields = {"facts-place": "遵义", "new-task-0-text": "补", f"{lead}-shown": "1", f"{lead}-dropped": "1"}
    typed = from_post(record, posted(**fields)).record
    assert tally(record, typed) == {"corrected": 1, "added": 1, "dropped": 1}


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("9月25日前", "2023-09-25"),
        ("6月底前", "2023-06-30"),
        ("2月底", "2023-02-28"),
        ("2024年2月底前", "2024-02-29"),
        ("2025年底", "2025-12-31"),
        ("今年年底前", "2023-12-31"),
        ("年底前", "2023-12-31"),
        ("13月底", "None"),
        ("0000年底", "None"),
        ("2月30日", "None"),
        ("尽快", "None"),
        ("", "None"),
    ],
)
def test_a_deadline_is_the_last_day_its_words_mean(deadline: str, day: str) -> None:
    assert str(rules.due_on(deadline, 2023)) == day


@pytest.mark.parametrize(
    ("organiser", "name", "names"),
    [
        ("贵州省总工会", "贵州省总工会十四届十一次全委(扩大)会议", ["贵州省总工会"]),
        ("铜仁市工会", "铜仁市工会2023年半年工作推进会", ["铜仁市总工会"]),
        ("省政府与省总工会", "2022年联席会议", ["省总工会"]),
        ("省总工会", "贵州省总工会全委会", ["贵州省总工会", "省总工会"]),
        ("", "座谈会", []),
    ],
)
def test_the_unions_a_text_names_come_fullest_first(organiser: str, name: str, names: list[str]) -> None:
    record = Record()
    record.facts.organiser, record.facts.name = organiser, name
    assert rules.union_names(record) == names


def test_what_must_be_right_before_entering_is_said_field_by_field() -> None:
    record = found()
    record.facts.year, record.facts.month = "二〇二三", "2"
    task = record.work[0]
    task.text, task.targets = "", [TargetEntry("许多", "个"), TargetEntry("0", "个"), TargetEntry("1,000", "个")]
    record.programmes.append(record.programmes[0])
    fields = [problem.field for problem in rules.problems(record)]
    assert fields == [
        "facts-year",
        f"{task.id}-text",
        f"{task.id}-value-0",
        f"{task.id}-value-1",
        f"{record.programmes[0].id}-name",
    ]


def test_dropped_and_unticked_things_need_not_be_right() -> None:
    record = found()
    for task in record.tasks:
        task.text, task.dropped = "", True
    assert rules.problems(record) == []
