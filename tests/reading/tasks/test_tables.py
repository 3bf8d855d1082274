"""Task tables as pages print them: broken cells, months for dates, numbers in cells of their own, one cell a line."""

import pytest

from gongshu.reading.model import TaskFinding
from gongshu.reading.repair import repair
from gongshu.reading.tasks import find_tasks
from gongshu.reading.tasks.columns import columns


def rows(text: str) -> list[tuple[str, list[tuple[float, str]], str | None, str | None]]:
    return [told(task) for task in find_tasks(repair(text), "plan")]


def told(task: TaskFinding) -> tuple[str, list[tuple[float, str]], str | None, str | None]:
    return (
        task.text,
        [(one.value, one.unit) for one in task.quantities],
        task.deadline.value if task.deadline else None,
        task.owner.value if task.owner else None,
    )


def test_a_break_inside_a_cell_keeps_the_row_and_pairs_task_with_number():
    text = (
        "| 月份 | 服务主题 | 具体任务 | 目标数量 | 牵头部门 | 配合单位 |\n|---|---|---|---|---|---|\n"
        "| 7-8月 | 清凉一夏 | 走访高温作业点<br>配发清凉包 | 300个<br>3万份 | 权益部 | 各县总工会 |\n"
    )
    assert rows(text) == [
        ("走访高温作业点", [(300.0, "个")], "7-8月", "权益部"),
        ("配发清凉包", [(30000.0, "份")], "7-8月", "权益部"),
    ]


def test_numbered_lines_of_a_cell_are_paired_with_number_and_date():
    text = (
        "|序号|目标任务|量化指标|牵头单位|协助单位|完成时限|\n|:--:|:--|:--:|:--|:--|:--|\n"
        "|1|1.举办职工运动会<br/>2.组织读书分享会|1场<br/>6期|文体部|各社区工会|5月底前<br/>每两月一期|\n"
        "|2|发放消费券|总额50万元|服务站|各企业工会|中秋、国庆前|\n"
    )
    assert rows(text) == [
        ("举办职工运动会", [(1.0, "场")], "5月底前", "文体部"),
        ("组织读书分享会", [(6.0, "期")], "每两月一期", "文体部"),
        ("发放消费券", [(500000.0, "元")], "中秋、国庆前", "服务站"),
    ]


def test_a_number_in_its_own_cell_goes_to_the_first_task_of_the_row():
    text = "工作内容\t目标值\t责任科室\n新建职工书屋,制定管理办法\t8个\t宣教科\n"
    assert rows(text) == [
        ("新建职工书屋", [(8.0, "个")], None, "宣教科"),
        ("制定管理办法", [], None, "宣教科"),
    ]


def test_a_table_printed_one_cell_a_line_is_read_by_its_numbers():
    text = (
        "2024年重点工作责任分解表\n序号\n工作内容\n目标值\n责任科室\n完成时间\n"
        "1\n开展宣讲进企业\n60场\n宣教科\n11月底前\n"
        "2\n新建职工书屋\n8个\n宣教科\n9月\n星渚区总工会\n"
    )
    assert rows(text) == [
        ("开展宣讲进企业", [(60.0, "场")], "11月底前", "宣教科"),
        ("新建职工书屋", [(8.0, "个")], "9月", "宣教科"),
    ]


def test_a_task_of_two_lines_in_a_table_one_cell_a_line_stays_in_its_row():
    text = (
        "任务表\n序号\n任务\n责任单位\n时限\n"
        "1\n组织技能比武\n评选技术能手10名\n经济部\n6月底\n"
        "2\n慰问困难职工\n保障部\n春节前\n"
    )
    assert rows(text) == [
        ("组织技能比武", [], "6月底", "经济部"),
        ("评选技术能手10名", [(10.0, "名")], "6月底", "经济部"),
        ("慰问困难职工", [], "春节前", "保障部"),
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["序号", "重点任务", "责任部门", "完成时限"], {"number": 0, "task": 1, "owner": 2, "deadline": 3}),
        (["月份", "主题", "具体任务", "牵头部门"], {"deadline": 0, "theme": 1, "task": 2, "owner": 3}),
        (["目标任务", "量化指标", "责任领导", "责任科室"], {"task": 0, "target": 1, "owner": 3}),
        (["2025年重点工作", "牵头单位", "配合单位"], {"task": 0, "owner": 1, "helper": 2}),
        (["姓名", "电话"], None),
        (["1", "开展活动", "宣教部"], None),
    ],
)
def test_columns_are_told_by_the_header(cells: list[str], expected: dict[str, int] | None):
    assert columns(cells) == expected


def test_cells_parted_by_blanks_are_read_under_their_header():
    text = (
        "2024年工会工作任务分解表\n序号 行动名称 主要任务 牵头部门 完成时限\n"
        "1 思想铸魂行动 开展劳模宣讲30场 宣教部 12月底\n2 技能提升行动 举办技能竞赛15项 经济部 10月底\n"
    )
    assert rows(text) == [
        ("开展劳模宣讲30场", [(30.0, "场")], "12月底", "宣教部"),
        ("举办技能竞赛15项", [(15.0, "项")], "10月底", "经济部"),
    ]


def test_a_line_with_other_cells_ends_a_table_parted_by_blanks():
    text = "任务表\n序号 任务 责任部门\n1 慰问职工300户 权益部\n各部门 要抓好落实\n2 建设驿站 基层部\n"
    owned = [(words, owner) for words, _, _, owner in rows(text) if owner]
    assert owned == [("慰问职工300户", "权益部")]
