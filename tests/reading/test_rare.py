"""What pages seldom hold: each case shows a rule where it says no, or an input nobody sends twice."""

from __future__ import annotations

import io

import docx
import pytest

from gongshu.reading import Unreadable, read
from gongshu.reading.assemble import Record, assemble
from gongshu.reading.find.names import known_names
from gongshu.reading.formats import text_of
from gongshu.reading.formats.markup import from_html
from gongshu.reading.minutes import minutes
from gongshu.reading.repair import repair
from gongshu.reading.repair.draft import Draft, Edit
from gongshu.reading.repair.grid import grid
from gongshu.reading.repair.sample import inserted_numbers
from gongshu.reading.repair.script import script
from gongshu.reading.tasks.columns import columns

HELD = "样例市总工会召开工作会议\n3月8日,样例市总工会工作会议在市工人文化宫召开。"


def meeting(words: str) -> Record:
    return dict(assemble(read(f"{HELD}{words}"))["meeting"])


def test_an_honour_of_nobody_in_particular_is_none() -> None:
    assert meeting("会议指出,我市荣获全国文明城市称号。")["awards"] == []


def test_a_number_that_is_no_day_of_the_calendar_dates_nothing() -> None:
    page = "样例市总工会工作会议召开\n2月8日,样例市总工会工作会议召开。\n{}.jpg"
    assert assemble(read(page.format("20240231")))["meeting"]["date"] == "--02-08"
    assert assemble(read(page.format("20240219")))["meeting"]["date"] == "2024-02-08"


@pytest.mark.parametrize(
    ("words", "adopted"),
    [
        ("会议要求,每年审议通过财务预算。", []),
        ("会议审议通过工作报告", ["工作报告"]),
        ("会议审议通过、。", []),
    ],
)
def test_what_is_adopted_is_named_and_not_only_wished(words: str, adopted: list[str]) -> None:
    assert meeting(words)["adopted"] == adopted


def test_a_name_without_a_post_before_it_was_elected_to_none() -> None:
    elected = meeting("大会选举结果:张大明、主席李小红。")["elected"]
    assert [(person["name"], person["post"]) for person in elected] == [("李小红", "主席")]


def test_groups_joined_by_a_word_are_two() -> None:
    assert meeting("各市总工会主席以及企业代表参加会议。")["attendee_groups"] == ["各市总工会主席", "企业代表"]


def test_a_list_with_a_common_word_in_it_is_no_list_of_names() -> None:
    assert known_names(":王大明、高度、李小红等出席。") == {}
    assert sorted(known_names(":王大明、高小兰、李小红等出席。")) == ["李小红", "王大明", "高小兰"]


def test_of_two_names_that_begin_alike_the_longer_is_read() -> None:
    found = meeting("市总工会主席李小红主持会议。市总工会主任李小讲话。")
    assert [person["name"] for person in found["chair"]] == ["李小红"]
    assert [person["name"] for person in found["speakers"]] == ["李小"]


def test_delegates_are_not_a_list_of_those_present() -> None:
    assert meeting("出席会议的代表听取了报告,市总工会主席王大明作总结。")["attendees_named"] == []


def test_this_meeting_is_no_name() -> None:
    assert assemble(read("样例市总工会消息\n3月5日,本次会议召开。市总工会主席王大明讲话。"))["meeting"]["name"] is None


@pytest.mark.parametrize("body", ["政协", "工商联"])
def test_a_meeting_of_another_body_is_none_of_a_union(body: str) -> None:
    page = f"样例县{body}召开工作会议\n3月5日,样例县{body}工作会议召开。县总工会、团县委、妇联代表参加。"
    assert not read(page).is_union_meeting


def test_utf_16_with_half_a_pair_is_refused() -> None:
    with pytest.raises(Unreadable, match="编码无法识别"):
        text_of("工会".encode("utf-16") + b"\x00\xd8")


def test_zeros_in_an_odd_number_of_bytes_are_no_text() -> None:
    with pytest.raises(Unreadable, match="二进制"):
        text_of(b"abc\x00d")


def test_a_word_of_another_script_does_not_make_a_page_foreign() -> None:
    text = "样例市总工会のの召开会议部署工作任务安排要求落实"
    assert text_of(text) == text


def test_a_page_of_frames_holds_no_text() -> None:
    assert from_html("<html><frameset><frame src='a.html'></frameset></html>") == ""


def test_what_stands_between_the_cells_of_a_row_is_no_cell() -> None:
    assert from_html("<table><tr> <!-- 行 --> <td>工会</td> <td>主席</td></tr></table>") == "工会 | 主席"


def test_a_merged_cell_counts_once() -> None:
    paper = docx.Document()
    table = paper.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "建设职工驿站"
    table.cell(0, 2).text = "市总工会宣教部"
    out = io.BytesIO()
    paper.save(out)
    assert text_of(out.getvalue(), "a.docx") == "建设职工驿站 | 市总工会宣教部"


def test_lines_that_draw_a_table_go() -> None:
    assert [edit.rule for edit in grid("|---|---|")] == ["table-rule"]
    page = repair("样例市总工会任务表\n┌──┬──┐\n│任务│单位│\n├──┼──┤\n│建设驿站5个│市总工会│\n└──┴──┘")
    assert page.text == "样例市总工会任务表\n任务\t单位\n建设驿站5个\t市总工会"


def test_inserted_numbers_run_on_without_a_leap() -> None:
    text = "ID:1234\n会议要求,1、抓好落实。2、强化,3、保障。7、完"
    assert [text[edit.start : edit.end] for edit in inserted_numbers(text)] == ["1、", "2、", "3、"]


def test_a_table_of_characters_that_changes_the_length_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Longer:
        def convert(self, text: str) -> str:
            return f"{text}!"

    monkeypatch.setitem(script.__globals__, "_TAIWAN_TO_SIMPLIFIED", Longer())
    text = "縣總工會開會"
    assert [(edit.start, edit.after) for edit in script(text)] == [(0, "县总"), (3, "会开会")]


def test_a_theme_is_the_task_where_no_column_says_more() -> None:
    assert columns(["序号", "主题", "时间"]) == {"number": 0, "theme": 1, "deadline": 2, "task": 1}


def test_a_sentence_is_no_header() -> None:
    assert columns(["序号", "工作任务", "由县总工会各部室按照职责分工牵头负责落实"]) == {"number": 0, "task": 1}


def test_minutes_name_everything_the_record_holds() -> None:
    page = (
        "样例市总工会召开十届三次全委会议\n3月8日,样例市总工会十届三次全委会议在市工人文化宫召开。市总工会主席王大明主持会议。"
        "李小红讲话。各县区总工会主席参加会议。会议审议通过工作报告。会议选举张大山为副主席。"
        "会议要求,要实施“暖心行动”:一是送岗位;二是送清凉。要关心关爱职工。宣教部牵头建立台账(责任单位:宣教部)。"
    )
    shown = minutes(assemble(read(page), "1"))
    for line in (
        "- 时间：--03-08",
        "- 主持：王大明（市总工会主席）",
        "- 讲话发言：李小红",
        "- 当选：张大山（副主席）",
        "- 参加范围：各县区总工会主席",
        "- 审议通过：工作报告",
        "## 专项",
        "- “暖心行动”：送岗位、送清凉",
    ):
        assert line in shown
    bare = minutes(assemble(read("样例市总工会关于做好帮扶工作的通知\n各县区总工会:"), ""))
    assert bare.startswith("# 文稿\n")
    assert "## 专项" not in bare
    assert "## 任务" not in bare


def test_an_edit_may_fall_on_what_an_earlier_one_wrote() -> None:
    draft = Draft("abc")
    draft.apply([Edit(0, 3, "xyz", "first", "")])
    draft.apply([Edit(0, 1, "1", "second", ""), Edit(2, 3, "3", "third", "")])
    assert draft.text == "1y3"
    assert [(one.rule, one.before, one.after) for one in draft.repairs()] == [("third", "abc", "1y3")]


def test_a_decision_on_honours_is_a_notice_with_awards_and_demands_of_its_own() -> None:
    record = assemble(
        read(
            "样例省总工会关于表彰样例省五一劳动奖的决定\n各市总工会:\n省总工会决定:授予样例医院等38个单位“样例省五一劳动奖状”。\n"
            "热门点击\nabc体育平台下载\n各级工会要广泛宣传先进事迹。"
        )
    )
    assert (record["doc_type"], record["in_scope"]) == ("notice", True)
    assert [task["text"] for task in record["tasks"]] == ["广泛宣传先进事迹"]
    assert "体育平台" not in record["clean_text"]
    assert "热门点击" not in record["clean_text"]


def test_a_post_loses_the_bracket_that_opens_behind_it() -> None:
    elected = meeting("会议选举王大明为主席,李小红、张大山为副主席(张大山为兼职)。")["elected"]
    assert [(one["name"], one["post"]) for one in elected][:2] == [("王大明", "主席"), ("李小红", "副主席")]


def test_what_was_adopted_is_named_without_the_one_who_gave_it() -> None:
    assert meeting("会议审议通过了王大明所作的题为《降本增效》的工作报告。")["adopted"] == ["《降本增效》的工作报告"]


def test_one_report_on_two_years_is_one() -> None:
    heard = meeting("会议听取了2024年预算执行情况和2025年预算安排情况的报告。")["heard"]
    assert heard == ["2024年预算执行情况和2025年预算安排情况的报告"]


def test_workers_of_the_first_line_are_a_group_of_their_own() -> None:
    groups = meeting("部分全国劳模、一线职工代表参加会议。")["attendee_groups"]
    assert groups == ["部分全国劳模", "一线职工代表"]
