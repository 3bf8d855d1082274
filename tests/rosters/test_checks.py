"""One row of a roster: what it tells, and each thing that can be wrong with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongshu.core.base.identity import IdReader, birth_date, check_id_number
from gongshu.members.enums import Form
from gongshu.rosters.enums import Column
from gongshu.rosters.rules import checks
from gongshu.rosters.rules.checks import COLUMNS, RowReader, Told, read_date
from gongshu.rosters.rules.headings import guessed, heading_of, matching_problems, plain
from gongshu.rosters.rules.limits import USUAL
from gongshu.rosters.rules.samples import shown
from gongshu.rosters.rules.standing import confirming
from tests.members.samples import id_number

TODAY = date(2026, 3, 2)
LABELS = {form.value: form.label for form in Form}


def told(**cells: str) -> Told:
    """Return what a row with some cells tells."""
    names = list(cells)
    reader = RowReader({name: n for n, name in enumerate(names)}, on=TODAY, forms=LABELS, default_form="staff")
    return reader.read(7, [cells[name] for name in names])


def wrong(**cells: str) -> list[tuple[str, str]]:
    """Return field and sentence of what is wrong with a row of somebody."""
    return [(problem.field, problem.message) for problem in told(**{"name": "何立", **cells}).problems]


def test_the_rules_know_the_columns_the_page_offers() -> None:
    assert list(COLUMNS) == Column.values


def test_a_sound_row_tells_gender_and_birth_by_its_number() -> None:
    row = told(name=" 张　三 ".strip(), id_number=id_number(3, woman=True).lower(), phone="138-0000-1111", gender="男")
    assert (row.name, row.gender, row.born_on, row.phone) == ("张三", "f", date(1990, 3, 7), "13800001111")
    assert (row.form, row.problems) == ("staff", [])


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"name": ""}, ("name", "请填写姓名")),
        ({"name": "（演示）何立"}, ("name", "这是模板里的演示行，不导入")),
        ({"name": "(演示)何立"}, ("name", "这是模板里的演示行，不导入")),
        ({"name": "合 计"}, ("name", "“合计”不是姓名；合计行不导入")),
        ({"name": "共：28人"}, ("name", "“共：28人”不是姓名；合计行不导入")),
        ({"name": "7人"}, ("name", "“7人”不是姓名；合计行不导入")),
        ({"name": "何" * 61}, ("name", "姓名应在60字以内，不含特殊字符")),
        ({"name": "520102199003070012"}, ("name", "姓名里有一串号码，请检查是不是填错了栏目")),
        ({"name": "何立13800001111"}, ("name", "姓名里有一串号码，请检查是不是填错了栏目")),
        ({"name": "何\x07立"}, ("name", "姓名应在60字以内，不含特殊字符")),
        ({"id_number": "520102199003070013"}, ("id_number", "身份证号码校验位不符，请核对是否录错")),
        ({"id_number": "52010219900307"}, ("id_number", "身份证号码应为18位，现为14位")),
        ({"id_number": "52010219900307001A"}, ("id_number", "身份证号码前17位应为数字，末位为数字或X")),
        ({"phone": "1380000111"}, ("phone", "手机号码应为11位数字，以1开头")),
        ({"phone": "０８５１８６８２２２２"}, ("phone", "手机号码应为11位数字，以1开头")),
        ({"gender": "不详"}, ("gender", "性别“不详”看不懂，请写“男”或“女”")),
        ({"gender": "520102199003070012"}, ("gender", "性别“520*******”看不懂，请写“男”或“女”")),
        (
            {"form": "52010219900307001X"},
            ("form", "就业形态“520*************1X”看不懂，请从模板里的几种选一种"),
        ),
        (
            {"joined_on": "13800001111"},
            ("joined_on", "入会日期“138******11”看不懂，请写成2020-01-03或2020年1月3日"),
        ),
        ({"joined_on": "2020-13-41"}, ("joined_on", "入会日期“2020-13-41”看不懂，请写成2020-01-03或2020年1月3日")),
        ({"form": "宇航员"}, ("form", "就业形态“宇航员”看不懂，请从模板里的几种选一种")),
        ({"employer": "厂" * 121}, ("employer", "用人单位应在120字以内，不含特殊字符")),
        ({"employer_code": "123"}, ("employer_code", "统一社会信用代码应为18位，现为3位")),
        ({"joined_on": "去年"}, ("joined_on", "入会日期“去年”看不懂，请写成2020-01-03或2020年1月3日")),
        ({"joined_on": "2026-03-03"}, ("joined_on", "入会日期晚于今天")),
    ],
)
def test_each_thing_that_is_wrong_has_its_sentence_and_field(cells: dict[str, str], problem: tuple[str, str]) -> None:
    assert wrong(**cells) == [problem]


def test_a_number_a_spreadsheet_cut_short_says_so() -> None:
    body = next(n for n in ("520102199003071000", "520102199003072000") if check_id_number(n, on=TODAY))
    assert wrong(id_number=body)[0][1].startswith("身份证号码末三位是000，多半是被Excel当成数字")


def test_a_day_before_birth_is_no_day_of_joining() -> None:
    assert wrong(id_number=id_number(1), joined_on="1990-03-07") == [("joined_on", "入会日期早于出生日期")]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("单位职工", "staff"),
        ("在职", "staff"),
        ("外卖骑手", "rider"),
        ("网约车 司机", "ride"),
        ("truck", "truck"),
        ("", "staff"),
    ],
)
def test_forms_of_employment_are_known_by_several_words(words: str, code: str) -> None:
    assert told(name="何立", form=words).form == code


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2020-01-03", date(2020, 1, 3)),
        ("2020/1/3", date(2020, 1, 3)),
        ("2020年1月3日", date(2020, 1, 3)),
        ("2020.1", date(2020, 1, 1)),
        ("2020年1月", date(2020, 1, 1)),
        ("20200103", date(2020, 1, 3)),
        ("43833", date(2020, 1, 3)),
        ("2020-01-03 08:00:00", date(2020, 1, 3)),
        ("2020-13-03", None),
        ("0000-01-01", None),
        ("123456", None),
        ("上周", None),
    ],
)
def test_days_are_read_as_people_and_spreadsheets_write_them(words: str, day: date | None) -> None:
    assert read_date(words) == day


@given(
    st.one_of(
        st.text(max_size=20),
        st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True),
        st.builds(
            lambda order, days: id_number(order, born=date(1920, 1, 1) + timedelta(days=days)),
            st.integers(0, 400),
            st.integers(0, 40_000),
        ),
    )
)
def test_the_quick_reader_of_numbers_agrees_with_the_check(number: str) -> None:
    born = IdReader(TODAY).read(number)
    if born is None:
        assert check_id_number(number, on=TODAY) or number != number.strip().upper()
    else:
        assert (check_id_number(number, on=TODAY), born) == ([], birth_date(number))


def test_the_heading_is_found_below_a_title() -> None:
    head = [(1, ["某某工会会员名册"]), (3, ["序号", "姓 名*", "身份证号（必填）", "备注"]), (4, ["1", "何立", "x"])]
    assert heading_of(head, USUAL) == (3, ["序号", "姓 名*", "身份证号（必填）", "备注"])
    assert guessed(["序号", "姓 名*", "身份证号（必填）", "备注"], {}) == {"name": 1, "id_number": 2}


def test_a_file_without_a_heading_or_with_too_many_columns_says_so() -> None:
    none = heading_of([(1, ["何立", "x"])], USUAL)
    assert isinstance(none, list)
    assert none[0].message.startswith("前 20 行里没有找到表头")
    wide = heading_of([(2, ["姓名", "手机号", *["其他"] * 60])], USUAL)
    assert isinstance(wide, list)
    assert str(wide[0]) == "第2行：表里超过 60 栏，请只留模板里的栏目再上传，多余的信息不需要"
    empty = heading_of([], USUAL)
    assert isinstance(empty, list)


def test_what_was_said_of_a_heading_before_comes_first() -> None:
    remembered = {plain("单位"): "union", plain("工会"): ""}
    assert guessed(["姓名", "单位", "工会"], remembered) == {"name": 0, "union": 1}


def test_a_matching_needs_the_name_and_each_place_once() -> None:
    assert [p.field for p in matching_problems({"phone": 0}, 3)] == ["name"]
    assert [p.field for p in matching_problems({"name": 0, "phone": 0}, 3)] == ["phone"]
    assert [p.field for p in matching_problems({"name": 9}, 3)] == ["name"]


def test_examples_hide_numbers() -> None:
    assert shown("520102199003070011") == "520*************11"
    assert shown("何立") == "何立"
    assert [shown(day) for day in ("2024-05-06", " 2024/5/6", "20240506")] == ["2024-05-06", "2024/5/6", "202***06"]
    assert shown("电话13800001111") == "电话138******11"


def test_there_must_be_something_to_bring_in() -> None:
    assert confirming({"new": 1}, correct=False, move=False) == []
    assert confirming({"changed": 1}, correct=True, move=False) == []
    assert confirming({"elsewhere": 1}, correct=True, move=True) == []
    assert confirming({"elsewhere": 1, "changed": 2, "same": 3}, correct=False, move=False)


def test_a_row_that_ends_early_lacks_its_last_cells() -> None:
    reader = RowReader({"name": 0, "phone": 1, "joined_on": 4}, on=TODAY, forms=LABELS, default_form="staff")
    found = reader.read(7, ["何立", "13800001111"])
    assert (found.phone, found.joined_on, found.problems) == ("13800001111", None, [])


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOST_REMEMBERED", 2)
    asked: list[str] = []

    def work(words: str) -> int:
        asked.append(words)
        return len(words)

    remembered = checks.Remembered(work)
    assert [remembered.of(words) for words in ("甲", "甲", "乙乙", "丙丙丙", "甲")] == [1, 1, 2, 3, 1]
    assert asked == ["甲", "乙乙", "丙丙丙", "甲"]
