"""One row of a roster: what it tells, and what is wrong with it, a sentence each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from gongshu.core.base.chinese import compact, tidy
from gongshu.core.base.identity import (
    MOBILE_FORM,
    NUMBER_OF_PERSON,
    IdReader,
    check_credit_code,
    check_id_number,
    check_mobile,
    normal_number,
    quoted,
)
from gongshu.core.base.problems import Problem

COLUMNS = ("name", "id_number", "phone", "gender", "form", "employer", "employer_code", "union", "joined_on")
LONGEST_NAME, LONGEST_EMPLOYER, LONGEST_NUMBER = 60, 120, 40
SAMPLE = "演示"
UNKNOWN, MAN, WOMAN = "u", "m", "f"
GENDERS = {"男": MAN, "女": WOMAN, "男性": MAN, "女性": WOMAN, "m": MAN, "f": WOMAN, "1": MAN, "2": WOMAN, "": UNKNOWN}
FORM_WORDS: dict[str, tuple[str, ...]] = {
    "staff": ("在职", "在职职工", "职工", "正式职工", "正式工", "合同制职工", "合同工", "在编", "单位职工（在职）"),
    "dispatched": ("劳务派遣", "派遣", "派遣工", "劳务派遣工", "劳务工"),
    "truck": ("货车驾驶员", "货运司机", "卡车司机", "大货司机"),
    "ride": ("网约车", "网约车驾驶员", "出租车司机"),
    "courier": ("快递", "快递小哥", "快递从业人员"),
    "rider": ("外卖", "外卖员", "外卖骑手", "骑手", "外卖小哥", "网约配送员", "外卖送餐员"),
    "other_new": (
        "新就业形态",
        "新就业形态劳动者",
        "网络主播",
        "代驾",
        "代驾司机",
        "家政服务员",
        "护工护理员",
        "保安员",
    ),
    "flexible": ("灵活就业", "灵活就业人员", "自由职业", "个体"),
}
DATE = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?(?:[ T].*)?")
DAY = re.compile(r"(\d{4})(\d{2})(\d{2})?")
TOTAL = re.compile(r"([合小总共]计|共)?[:：]?\d*[人名]?")  # the last row of many a roster
SERIAL = re.compile(r"\d{5}")
SERIAL_EPOCH = date(1899, 12, 30)  # ECMA-376 part 1, §18.17.4.1: the date base 1900, as Excel counts
MOST_REMEMBERED = 50_000
Answer = TypeVar("Answer")
LOST_DIGITS = "000"


@dataclass(slots=True)
class Told:
    """What a row tells of a member, and what is wrong with it; numbers in their normal form."""

    number: int
    name: str = ""
    id_number: str = ""
    phone: str = ""
    gender: str = UNKNOWN
    born_on: date | None = None
    form: str = ""
    employer: str = ""
    employer_code: str = ""
    union: str = ""
    joined_on: date | None = None
    problems: list[Problem] = field(default_factory=list)


def _printable(words: str) -> str:
    """Return words without what no database takes and no page shows."""
    return words if words.isprintable() else "".join(char for char in words if char.isprintable())


def form_words(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the code of each form of employment by the words for it, compact and in lower case."""
    found = {compact(word): code for code, words in FORM_WORDS.items() for word in words}
    return found | {compact(label): code for code, label in labels.items()} | {code: code for code in labels}


def read_date(words: str) -> date | None:
    """Return the day in words (2020-01-03, 2020年1月3日, 2020.1, 20200103, a serial number), None if none."""
    plain = compact(words)
    if SERIAL.fullmatch(plain):
        return SERIAL_EPOCH + timedelta(days=int(plain))
    found = DATE.fullmatch(tidy(words)) or DATE.fullmatch(plain) or DAY.fullmatch(plain)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


class RowReader:
    """Reads rows one after another on a day; remembers what comes again and again."""

    def __init__(self, columns: Mapping[str, int], *, on: date, forms: Mapping[str, str], default_form: str) -> None:
        self.on, self.default_form = on, default_form
        self._forms = form_words(forms)
        self._places = [columns.get(name, -1) for name in COLUMNS]
        self._width = max(columns.values(), default=0) + 1
        self._ids = IdReader(on)
        self._days = Remembered(read_date)
        self._codes = Remembered(lambda code: check_credit_code(code, field="employer_code"))

    def read(self, number: int, cells: Sequence[str]) -> Told:
        """Return what a row tells; its problems name the fields."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        name, id_number, phone, gender, form, employer, code, union, joined = (
            cells[place] if place >= 0 else "" for place in self._places
        )
        told = Told(number, tidy(name) if " " in name or "\u3000" in name else name)
        self._name(told)
        if id_number:
            self._id_number(told, id_number)
        else:
            self._gender(told, gender)
        if phone:
            self._phone(told, phone)
        self._form(told, form)
        self._employer(told, employer, code)
        told.union = _printable(tidy(union))
        if joined:
            self._joined(told, joined)
        return told

    def _name(self, told: Told) -> None:
        if not told.name:
            told.problems.append(Problem("请填写姓名", field="name"))
        elif told.name.startswith((f"（{SAMPLE}）", f"({SAMPLE})")):
            told.problems.append(Problem("这是模板里的演示行，不导入", field="name"))
        elif len(told.name) > LONGEST_NAME or not told.name.isprintable():
            told.problems.append(Problem(f"姓名应在{LONGEST_NAME}字以内，不含特殊字符", field="name"))
            told.name = quoted(told.name, LONGEST_NAME)
        elif NUMBER_OF_PERSON.search(told.name):
            told.problems.append(Problem("姓名里有一串号码，请检查是不是填错了栏目", field="name"))
            told.name = quoted(told.name, LONGEST_NAME)
        elif TOTAL.fullmatch(told.name):
            told.problems.append(Problem(f"“{told.name[:20]}”不是姓名；合计行不导入", field="name"))

    def _id_number(self, told: Told, written: str) -> None:
        number = written if len(written) == 18 and written.isalnum() and written.isascii() else normal_number(written)
        number = number.upper()
        born = self._ids.read(number)
        told.id_number = number[:LONGEST_NUMBER]
        if born is None:
            told.problems += self._why_not(number)
            return
        told.born_on, told.gender = born, WOMAN if int(number[16]) % 2 == 0 else MAN

    def _why_not(self, number: str) -> list[Problem]:
        if len(number) == 18 and number.endswith(LOST_DIGITS):
            words = "身份证号码末三位是000，多半是被Excel当成数字、丢了后三位。请把这一栏设为文本，重新填写"
            return [Problem(words, field="id_number")]
        return check_id_number(number, on=self.on, field="id_number")

    def _phone(self, told: Told, written: str) -> None:
        number = written if len(written) == 11 and written.isascii() else normal_number(written)
        told.phone = number[:LONGEST_NUMBER]
        if not (number.isascii() and MOBILE_FORM.fullmatch(number)):
            told.problems += check_mobile(number, field="phone")

    def _gender(self, told: Told, written: str) -> None:
        found = GENDERS.get(compact(written).lower())
        if found is None:
            told.problems.append(Problem(f"性别“{quoted(written, 10)}”看不懂，请写“男”或“女”", field="gender"))
        else:
            told.gender = found

    def _form(self, told: Told, written: str) -> None:
        if not written:
            told.form = self.default_form
            return
        found = self._forms.get(written) or self._forms.get(compact(written).lower())
        if found is None:
            words = f"就业形态“{quoted(written, 20)}”看不懂，请从模板里的几种选一种"
            told.problems.append(Problem(words, field="form"))
        else:
            told.form = found

    def _employer(self, told: Told, employer: str, code: str) -> None:
        told.employer = tidy(employer)
        if len(told.employer) > LONGEST_EMPLOYER or not told.employer.isprintable():
            told.problems.append(Problem(f"用人单位应在{LONGEST_EMPLOYER}字以内，不含特殊字符", field="employer"))
            told.employer = _printable(told.employer)[:LONGEST_EMPLOYER]
        if code:
            told.problems += self._codes.of(code)
            told.employer_code = _printable(normal_number(code))[:18]

    def _joined(self, told: Told, written: str) -> None:
        day = self._days.of(written)
        if day is None:
            words = f"入会日期“{quoted(written, 20)}”看不懂，请写成2020-01-03或2020年1月3日"
            told.problems.append(Problem(words, field="joined_on"))
        elif day > self.on:
            told.problems.append(Problem("入会日期晚于今天", field="joined_on"))
        elif told.born_on and day <= told.born_on:
            told.problems.append(Problem("入会日期早于出生日期", field="joined_on"))
        told.joined_on = day


class Remembered(Generic[Answer]):
    """A function of words whose answers are remembered, up to a number of them."""

    def __init__(self, work: Callable[[str], Answer]) -> None:
        self._work = work
        self._known: dict[str, Answer] = {}

    def of(self, words: str) -> Answer:
        """Return the answer for some words."""
        if words not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[words] = self._work(words)
        return self._known[words]
