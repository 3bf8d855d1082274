"""Which row of a file is its heading, and which column tells what: guessed from its words, else as was said before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gongshu.core.base.chinese import compact
from gongshu.core.base.problems import Problem
from gongshu.core.files.sheets.lines import Limits, Line

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "会员姓名", "职工姓名", "员工姓名", "名字", "真实姓名", "name"),
    "id_number": (
        "身份证号码", "身份证号", "身份证", "证件号码", "证件号", "公民身份号码", "公民身份证号码", "居民身份证号码",
        "有效证件号码", "idnumber", "idno",
    ),
    "phone": (
        "手机号码", "手机号", "手机", "联系电话", "移动电话", "电话", "电话号码", "联系方式", "联系手机", "本人手机",
        "手机电话", "phone", "mobile",
    ),
    "gender": ("性别", "gender", "sex"),
    "form": ("就业形态", "会员类别", "会员类型", "职工类别", "人员类别", "用工形式", "就业方式", "职业类别", "群体"),
    "employer": ("用人单位", "工作单位", "单位名称", "所在单位", "企业名称", "单位", "用工单位", "公司", "公司名称"),
    "employer_code": ("统一社会信用代码", "单位信用代码", "信用代码", "社会信用代码", "单位统一社会信用代码"),
    "union": (
        "所在工会", "工会名称", "所属工会", "基层工会", "基层工会名称", "工会组织", "工会组织名称", "所在基层工会",
        "工会", "会籍所在工会",
    ),
    "joined_on": ("入会日期", "入会时间", "加入工会时间", "加入工会日期", "入会年月", "入会年月日"),
}  # fmt: skip
KNOWN = {word: column for column, words in SYNONYMS.items() for word in words}
BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]|[*＊:：]")
FEWEST_KNOWN = 2
LONGEST_HEADING = 60


def plain(heading: str) -> str:
    """Return a heading as it is compared: without blanks, stars and what stands in brackets, in lower case."""
    return BRACKETS.sub("", compact(heading)).lower()


def heading_of(head: Sequence[Line], limits: Limits) -> Line | list[Problem]:
    """Return the row with the headings among the first ones, else why there is none."""
    if not head:
        return [Problem("表里没有内容，请检查是不是选错了文件，或者名册不在第一张表里")]
    for number, cells in head:
        if number <= limits.heading and len({KNOWN.get(plain(cell)) for cell in cells} - {None}) >= FEWEST_KNOWN:
            return _not_too_wide(number, cells, limits)
    wanted = "“姓名”“身份证号码”“手机号码”"
    return [Problem(f"前 {limits.heading} 行里没有找到表头。第一行请写栏目名称，例如{wanted}；可先下载模板对照")]


def _not_too_wide(number: int, cells: list[str], limits: Limits) -> Line | list[Problem]:
    if len(cells) > limits.columns:
        words = f"表里超过 {limits.columns} 栏，请只留模板里的栏目再上传，多余的信息不需要"
        return [Problem(words, row=number)]
    return number, [cell[:LONGEST_HEADING] for cell in cells]


def guessed(headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each column that is told: as was said of such a heading before, else by its words.

    `remembered` has the column (empty: none) by plain heading. Of two headings for one column the first one is taken.
    """
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        words = plain(heading)
        column = remembered[words] if words in remembered else KNOWN.get(words, "")
        if column:
            found.setdefault(column, place)
    return found


def matching_problems(columns: Mapping[str, int], number: int) -> list[Problem]:
    """Return what is wrong with a matching of columns to the places of a file with so many headings."""
    problems = [] if "name" in columns else [Problem("请指出哪一栏是姓名", field="name")]
    taken: dict[int, str] = {}
    for column, place in columns.items():
        if not 0 <= place < number:
            problems.append(Problem("没有这一栏，请重新选择", field=column))
        elif place in taken:
            problems.append(Problem("同一栏不能用两次，请重新选择", field=column))
        taken[place] = column
    return problems
