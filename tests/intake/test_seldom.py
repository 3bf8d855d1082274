"""The rules of the record where they seldom speak: what is too long, what has no name, what a person took back."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from gongshu.intake import rules
from gongshu.intake.rules.marking import Mend, Piece, _trimmed
from gongshu.intake.rules.reader import Read
from gongshu.intake.rules.record.assigning import assign
from gongshu.intake.rules.record.changes import differences, merged
from gongshu.intake.rules.record.found import from_reading
from gongshu.intake.rules.record.mending import carry
from gongshu.intake.rules.record.shape import (
    Item,
    PersonEntry,
    Place,
    PointEntry,
    ProgrammeEntry,
    Record,
    TargetEntry,
    TaskEntry,
)
from gongshu.intake.rules.record.typed import from_post
from gongshu.reading import read

HEARD = (
    "样例市总工会召开座谈会\n3月8日,样例市总工会在市工人文化宫召开劳模座谈会。市总工会主席王大明主持会议。"
    "会议听取了工作报告。会议要求,要建立台账。"
)
PLAN = "样例市总工会2024年工作要点\n一、加强组织建设\n新建工会20家。"


def full() -> Record:
    return Record(
        people=[PersonEntry("p1", "chair", "王大明", "主席", Place(0, 9))],
        points=[PointEntry("n1", "heard", "工作报告")],
        programmes=[ProgrammeEntry("g1", "强基工程", [Item("建会"), Item("入会")], Place(0, 9))],
        tasks=[TaskEntry("t1", "建立台账", "task")],
    )


def test_what_is_too_long_or_has_no_name_is_said_at_its_field() -> None:
    record = full()
    record.facts.name, record.facts.year = "样例市总工会工作会议", "2024"
    record.tasks[0].deadline = "月" * 101
    record.tasks[0].targets = [TargetEntry("5", "个" * 41)]
    record.programmes += [ProgrammeEntry("g2", ""), ProgrammeEntry("g3", "工程", [Item("分" * 201)])]
    fields = [problem.field for problem in rules.problems(record)]
    assert fields[-4:] == ["t1-deadline", "t1-unit-0", "g2-name", "g3-name"]


def test_every_sort_of_entry_is_compared_in_words() -> None:
    theirs, mine = full(), full()
    mine.people[0].name, mine.points[0].text, mine.programmes[0].name = "李小红", "经审报告", "暖心工程"
    assert [(one.label, one.theirs, one.mine) for one in differences(theirs, mine)] == [
        ("人员", "王大明 主席", "李小红 主席"),
        ("会议事项", "工作报告", "经审报告"),
        ("专项", "强基工程：建会、入会", "暖心工程：建会、入会"),
    ]


def test_a_correction_taken_back_is_taken_back_in_the_mixture() -> None:
    theirs, mine = full(), full()
    theirs.corrections, mine.corrections = {"0": "报", "1": "会"}, {"1": "会"}
    assert [one.key for one in differences(theirs, mine)] == ["fix-0"]
    assert merged(theirs, mine, {"fix-0"}).corrections == {"1": "会"}
    query = QueryDict(mutable=True)
    query.update({"fix-1": "", "p1-name": "李小红"})
    typed = from_post(mine, query).record
    assert typed.corrections == {}
    assert typed.people[0].name == "李小红"


def test_a_corrected_character_reaches_persons_and_programmes() -> None:
    record = full()
    record.people[0].name, record.programmes[0].name = "王□明", "王□工程"
    record.corrections = {"0": "大"}
    mend = Mend(0, "lost", (0, 2), (1, 2), "", True, "?", "□")
    carry(record, {}, [mend], "王□明")
    assert record.people[0].name == "王大明"
    assert record.programmes[0].name == "王大工程"


def test_a_paper_without_a_meeting_is_called_by_its_title() -> None:
    reading = read(PLAN)
    assert Read(reading, from_reading(reading)).title == "样例市总工会2024年工作要点"
    assert from_reading(reading).facts.kind == "other"


def test_reports_heard_are_points_and_a_meeting_may_have_no_session() -> None:
    record = from_reading(read(HEARD))
    assert [point.text for point in record.points] == ["工作报告"]
    assert record.facts.session == ""


def test_a_task_inside_a_programmes_words_falls_under_it() -> None:
    reading = read(PLAN)
    record = Record(
        tasks=[TaskEntry("t1", "新建工会20家", "task", place=Place(30, 34)), TaskEntry("t2", "另立", "task")]
    )
    assign(record, reading.page)
    assert record.tasks[0].programme == ""
    record.programmes = [ProgrammeEntry("g1", "甲行动", place=Place(25, 40))]
    assign(record, reading.page)
    assert [task.programme for task in record.tasks] == ["g1", ""]


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("创新“省级技能赛、企业专场赛”五级竞赛体系", ""),
        ("办好省级技能赛", "省级技能赛"),
        ("健全五级竞赛体系", ""),
    ],
)
def test_a_task_that_names_several_parts_is_the_whole_programmes(words: str, item: str) -> None:
    items = [Item("省级技能赛"), Item("企业专场赛")]
    programme = ProgrammeEntry("g1", "五级竞赛体系", items=items)
    record = Record(tasks=[TaskEntry("t1", words, "task")], programmes=[programme])
    assign(record, read(PLAN).page)
    assert (record.tasks[0].programme, record.tasks[0].item) == ("g1", item)


def test_a_sentence_of_blanks_has_no_pieces() -> None:
    assert _trimmed([Piece(" ", None, ()), Piece("\n", None, ())]) == []
