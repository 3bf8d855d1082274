"""Which column of a task table is which, told by its header row."""

import re

_COLUMNS = {
    "number": re.compile(r"^(?:序号|编号|No\.?|类别|板块|项目类别)$"),
    "helper": re.compile(r"配合|协助|协办|参与"),
    "owner": re.compile(
        r"责任|牵头|承办|负责|主办|(?:实施|落实|承担|建设|组织)(?:单位|部门)|^(?:部门|科室|处室|部室|股室)$"
    ),
    "deadline": re.compile(r"时限|时间|期限|进度|节点|日期|办结|截止|^月份?$"),
    "target": re.compile(r"目标|指标|数量|任务数|计划数|目标值|规模|场次|名额|任务量"),
    "unit": re.compile(r"^(?:计量)?单位$"),
    "note": re.compile(r"备注|说明|资金|经费|投资|地点|地址|对象|分管|联系|电话"),
    "theme": re.compile(r"主题|专题|^实事(?:名称|项目)?$|(?:工程|行动)名称"),
    "task": re.compile(r"任务|工作|事项|项目|内容|措施|举措|名称|要点"),
}
_TASK_TOO = re.compile("任务|内容|措施|事项")
_SAYS_MORE = re.compile(r"具体|内容|措施|举措|重点任务|工作任务")
_YEAR = re.compile(r"20\d\d年?度?")
_WORK_AND_AIM = re.compile(
    r"(?:措施|举措|内容)[^,，]{0,2}(?:目标|指标|标准)|(?:目标|指标)[及和与、](?:工作)?(?:措施|举措|内容)"
)
_LONGEST = 14


def columns(cells: list[str]) -> dict[str, int] | None:
    """Return which column is which when the cells are a header, None when they are not."""
    if any(re.search(r"\d", _YEAR.sub("", cell)) for cell in cells):
        return None
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        kind = _kind(cell)
        if kind is not None:
            found[kind] = _chosen(cells, kind, found.get(kind), place)
    _make_up(cells, found)
    return found if "task" in found and len(found) >= 2 else None


def _kind(cell: str) -> str | None:
    if len(cell) > _LONGEST:
        return None
    if _WORK_AND_AIM.search(cell):
        return "task"
    return next((kind for kind, pattern in _COLUMNS.items() if pattern.search(cell)), None)


def _chosen(cells: list[str], kind: str, old: int | None, new: int) -> int:
    """Return the better of two columns of a kind: the fuller words of a task, a body before a person."""
    if old is None:
        return new
    if kind == "task":
        return new if _SAYS_MORE.search(cells[new]) else old
    if kind == "owner" and re.search(r"部门|单位|科室|处室|部室", cells[new]):
        return new if re.search(r"领导|人", cells[old]) else old
    return old


def _make_up(cells: list[str], found: dict[str, int]) -> None:
    """Take 目标任务 or the theme for the task where no column says more."""
    if "task" in found:
        return
    targets = [place for place, cell in enumerate(cells) if _kind(cell) == "target"]
    both = next((place for place in targets if _TASK_TOO.search(cells[place])), None)
    if both is not None:
        found["task"] = both
        rest = [place for place in targets if place != both]
        found.update({"target": rest[0]}) if rest else found.pop("target")
    elif "theme" in found:
        found["task"] = found["theme"]
