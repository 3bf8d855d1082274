"""A row of a list of employers: what it tells, and what is wrong with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongshu.core.base.identity import MOBILE_FORM, check_credit_code, normal_number, quoted
from gongshu.core.base.problems import Problem
from gongshu.core.files.sheets.lines import Limits, Line
from gongshu.core.orgs.enums import Industry

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("单位名称", "企业名称", "用人单位", "名称"),
    "code": ("统一社会信用代码", "信用代码", "社会信用代码"),
    "place": ("所在地", "行政区划", "所属区县", "所属乡镇", "所在乡镇（街道）"),
    "industry": ("行业门类", "行业", "所属行业"),
    "workers": ("职工人数", "从业人数", "职工数", "人数"),
    "contact": ("联系人", "联系人姓名"),
    "phone": ("联系电话", "电话", "手机号码", "手机"),
}
NEEDED = ("name", "code")
LIMITS = Limits(rows=200_000, heading=10, thing="名单", entry="每家单位一行")
LANDLINE = re.compile(r"(0\d{2,3})?\d{7,8}")
MOST_WORKERS = 1_000_000
CODE_AS_NUMBER = re.compile(r"[\d.]+E\+?\d+|\d{17,18}\.?\d*", re.IGNORECASE)
_INDUSTRIES = {**{code: code for code in Industry.values}, **{label: code for code, label in Industry.choices}}


@dataclass(frozen=True)
class Listed:
    """An employer as a row tells of it; `place` in the words of the row."""

    name: str
    code: str
    place: str = ""
    industry: str = ""
    workers: int | None = None
    contact: str = ""
    phone: str = ""


def heading_of(head: Sequence[Line]) -> tuple[int, dict[str, int]]:
    """Return which of the first rows is the heading, and at which column each thing stands: the first that names two.

    Without one the row is 0 and no column is known.
    """
    for number, cells in head:
        words = ["".join(cell.split()).rstrip("*＊") for cell in cells]
        places = {
            code: next(place for place, word in enumerate(words) if word in told)
            for code, told in COLUMNS.items()
            if any(word in told for word in words)
        }
        if len(places) > 1:
            return number, places
    return 0, {}


def heads(places: Mapping[str, int]) -> list[Problem]:
    """Return which columns a list lacks."""
    missing = [COLUMNS[code][0] for code in NEEDED if code not in places]
    return [Problem(f"没有找到“{'”“'.join(missing)}”列，请按模板的表头整理")] if missing else []


def width(cells: Sequence[str], row: int) -> list[Problem]:
    """Return whether a row has more columns than a list is read with."""
    if len(cells) <= LIMITS.columns:
        return []
    return [Problem(f"表里的列太多，最多 {LIMITS.columns} 列，请按模板整理后再导入", row=row)]


def read(cells: Sequence[str], places: Mapping[str, int], *, row: int) -> tuple[Listed | None, list[Problem]]:
    """Return what a row tells, and what is wrong with it; None where anything is."""
    told = {code: " ".join(cells[at].split()) if at < len(cells) else "" for code, at in places.items()}
    workers, wrong = _workers(told.get("workers", ""))
    problems = [*_name(told["name"]), *_code(told["code"]), *wrong, *_industry(told.get("industry", ""))]
    phone = normal_number(told.get("phone", ""))
    problems += _phone(phone) + _contact(told.get("contact", ""))
    if problems:
        return None, [Problem(each.message, each.clause, each.field, row) for each in problems]
    listed = Listed(
        name=told["name"],
        code=normal_number(told["code"]),
        place=told.get("place", ""),
        industry=_INDUSTRIES.get(told.get("industry", ""), ""),
        workers=workers,
        contact=told.get("contact", ""),
        phone=phone,
    )
    return listed, []


def _name(name: str) -> list[Problem]:
    if not name:
        return [Problem("没有填单位名称", field="name")]
    return [Problem(f"单位名称有{len(name)}个字，最多120个", field="name")] if len(name) > 120 else []


def _code(code: str) -> list[Problem]:
    if not code:
        return [Problem("没有填统一社会信用代码", field="code")]
    if CODE_AS_NUMBER.fullmatch(code):
        return [Problem("统一社会信用代码被存成了数字，末几位已经丢失，请把这一列设为文本后重新填写", field="code")]
    return check_credit_code(code, field="code")


def _workers(text: str) -> tuple[int | None, list[Problem]]:
    if not text:
        return None, []
    plain = text.removesuffix("人").replace(",", "").replace("，", "")
    if plain.isdecimal() and int(plain) <= MOST_WORKERS:
        return int(plain), []
    return None, [Problem(f"职工人数“{quoted(text, 20)}”不是整数", field="workers")]


def _industry(text: str) -> list[Problem]:
    if not text or text in _INDUSTRIES:
        return []
    return [Problem(f"没有“{quoted(text, 20)}”这个行业门类，请填国民经济行业分类的门类字母或者名称", field="industry")]


def _phone(phone: str) -> list[Problem]:
    if not phone or MOBILE_FORM.fullmatch(phone) or LANDLINE.fullmatch(phone):
        return []
    return [Problem("联系电话应为手机号码，或者带区号的座机号码", field="phone")]


def _contact(name: str) -> list[Problem]:
    return [Problem("联系人姓名最多60个字", field="contact")] if len(name) > 60 else []


def union_names(employer: str) -> tuple[str, str]:
    """Return how the union of an employer is called."""
    return f"{employer}工会", f"{employer}工会委员会"
