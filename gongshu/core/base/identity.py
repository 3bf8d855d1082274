"""Resident identity numbers, unified social credit codes and mobile numbers: checks, readings and masks.

Sources: GB 11643-1999 (identity number), GB 32100-2015 (credit code). Check digits and birth places are
python-stdnum's.
"""

import re
from datetime import date

from stdnum import numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent

from gongshu.core.base.chinese import compact, surname
from gongshu.core.base.problems import Problem

ID_FORM = re.compile(r"\d{17}[\dX]")
CREDIT_FORM = re.compile(r"[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}")
USE = re.compile(r"\[\d*-(?P<until>\d*)\]")
NUMBER_OF_PERSON = re.compile(r"\d(?:[- ]?\d){10,}[Xx]?")  # as long as a mobile number, or longer
MOBILE_FORM = re.compile(r"1[3-9]\d{9}")
ID_LENGTH = CREDIT_LENGTH = 18
OLDEST = 120  # years; nobody alive is older, and the number then belongs to nobody who joins
MOST_PLACES = 50_000  # so many county codes with a year are remembered


def normal_number(text: str) -> str:
    """Return the number in half-width capitals without blanks and hyphens."""
    return compact(text).replace("-", "").upper()


def check_id_number(text: str, *, on: date, field: str = "") -> list[Problem]:
    """Return what is wrong with a resident identity number on the day `on`."""
    number = normal_number(text)
    if len(number) != ID_LENGTH:
        return [Problem(f"身份证号码应为18位，现为{len(number)}位", field=field)]
    if not ID_FORM.fullmatch(number):
        return [Problem("身份证号码前17位应为数字，末位为数字或X", field=field)]
    if number[-1] != ric.calc_check_digit(number):
        return [Problem("身份证号码校验位不符，请核对是否录错", field=field)]
    return _check_birth(number, on, field)


def _check_birth(number: str, on: date, field: str) -> list[Problem]:
    try:
        born = ric.get_birth_date(number)
    except InvalidComponent:
        return [Problem("身份证号码中的出生日期不存在", field=field)]
    if born > on:
        return [Problem("身份证号码中的出生日期晚于今天", field=field)]
    if on.year - born.year > OLDEST:
        return [Problem(f"身份证号码中的出生日期早于{OLDEST}年前，请核对是否录错", field=field)]
    if not _had_place(number[:6], born.year):
        return [Problem("身份证号码前6位不是有效的行政区划代码", field=field)]
    return []


def _had_place(code: str, since: int) -> bool:
    """Tell whether a county had this code in the year `since` or later.

    A number bears the code of the register it was first entered in, at birth or at any time afterwards (GB 11643-1999).
    """
    found = {name: words for _, more in numdb.get("cn/loc").info(code) for name, words in more.items()}
    uses = [USE.match(each) for each in found.get("county", "").split(",")] if "county" in found else []
    return any(use is None or not use["until"] or int(use["until"]) >= since for use in uses)


class IdReader:
    """Reads many identity numbers, remembering the places and days it has met; agrees with `check_id_number`."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._days: dict[str, date | None] = {}
        self._places: dict[str, bool] = {}

    def read(self, number: str) -> date | None:
        """Return the birth date in a normal number, None where `check_id_number` finds something wrong with it."""
        if not ID_FORM.fullmatch(number) or not number.isascii() or number[-1] != ric.calc_check_digit(number):
            return None
        digits = number[6:14]
        if digits not in self._days:
            self._days[digits] = self._day(number)
        born = self._days[digits]
        place = number[:10]  # a county's code counts for those born before it went out of use
        if place not in self._places:
            if len(self._places) >= MOST_PLACES:
                self._places.clear()
            self._places[place] = not check_id_number(number, on=self.on)
        return born if self._places[place] else None

    def _day(self, number: str) -> date | None:
        try:
            born = birth_date(number)
        except InvalidComponent:
            return None
        return born if born <= self.on and self.on.year - born.year <= OLDEST else None


def birth_date(number: str) -> date:
    """Return the birth date in a checked identity number."""
    born: date = ric.get_birth_date(normal_number(number))
    return born


def is_woman(number: str) -> bool:
    """Say whether a checked identity number is a woman's (even order number)."""
    return int(normal_number(number)[16]) % 2 == 0


def check_credit_code(text: str, *, field: str = "") -> list[Problem]:
    """Return what is wrong with a unified social credit code.

    The registering body may be a letter (N and Y exist), which python-stdnum's own `validate` refuses.
    """
    number = normal_number(text)
    if len(number) != CREDIT_LENGTH:
        return [Problem(f"统一社会信用代码应为18位，现为{len(number)}位", field=field)]
    if not CREDIT_FORM.fullmatch(number):
        return [Problem("统一社会信用代码由数字和大写字母（不含I、O、Z、S、V）组成，第3至8位为数字", field=field)]
    if number[-1] != uscc.calc_check_digit(number[:-1]):
        return [Problem("统一社会信用代码校验位不符，请核对是否录错", field=field)]
    return []


def check_mobile(text: str, *, field: str = "") -> list[Problem]:
    """Return what is wrong with a mainland mobile number."""
    if MOBILE_FORM.fullmatch(normal_number(text)):
        return []
    return [Problem("手机号码应为11位数字，以1开头", field=field)]


def mask_id_number(number: str) -> str:
    """Show the first four and the last two characters only: 5201************3X."""
    return _mask(number, 4, 2)


def mask_mobile(number: str) -> str:
    """Show the first three and the last four digits only: 138****5678."""
    return _mask(number, 3, 4)


def mask_account(number: str) -> str:
    """Show the last four digits of a bank account only."""
    return _mask(number, 0, 4)


def quoted(words: str, longest: int) -> str:
    """Return the beginning of what stands in a cell, as a sentence may say it: long numbers with their middle hidden.

    A number in the wrong column is somebody's own, and sentences are kept and handed out as they are.
    """
    plain = "".join(each for each in words if each.isprintable())
    return NUMBER_OF_PERSON.sub(lambda found: _mask(found[0], 3, 2), plain)[:longest]


def mask_name(name: str) -> str:
    """Show the surname only: 王**, 欧阳*."""
    plain = compact(name)
    family = surname(plain)
    return family + "*" * (len(plain) - len(family))


def _mask(text: str, head: int, tail: int) -> str:
    plain = compact(text)
    hidden = len(plain) - head - tail
    return plain[:head] + "*" * hidden + plain[-tail:] if hidden > 0 else "*" * len(plain)
