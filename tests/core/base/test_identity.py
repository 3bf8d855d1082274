"""Identity numbers, credit codes, mobiles and their masks. All numbers here are made up."""

from datetime import date

import pytest
from stdnum.cn import ric, uscc

from gongshu.core.base import identity

TODAY = date(2026, 11, 20)


def id_number(place: str = "520102", born: str = "19900307", order: str = "012") -> str:
    body = place + born + order
    return body + ric.calc_check_digit(body + "0")


def messages(number: str) -> list[str]:
    return [problem.message for problem in identity.check_id_number(number, on=TODAY, field="id_number")]


def test_a_right_number_has_no_problem_however_it_is_typed() -> None:
    number = id_number()
    assert messages(number) == []
    assert messages(f" {number[:6]} {number[6:].lower()}") == []


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("5201", "身份证号码应为18位，现为4位"),
        ("52010219900307O12X", "身份证号码前17位应为数字，末位为数字或X"),
        (id_number()[:-1] + ("1" if id_number()[-1] != "1" else "2"), "身份证号码校验位不符，请核对是否录错"),
        (id_number(born="19900231"), "身份证号码中的出生日期不存在"),
        (id_number(born="20990101"), "身份证号码中的出生日期晚于今天"),
        (id_number(born="18800101"), "身份证号码中的出生日期早于120年前，请核对是否录错"),
        (id_number(place="990102"), "身份证号码前6位不是有效的行政区划代码"),
        (id_number(place="529999"), "身份证号码前6位不是有效的行政区划代码"),
    ],
)
def test_each_kind_of_mistake_is_named(number: str, message: str) -> None:
    assert messages(number) == [message]


def test_a_number_may_bear_a_code_given_after_birth_but_none_that_had_gone_before() -> None:
    assert messages(id_number(place="522201", born="19800307")) == []  # 铜仁市 had this code from 1987 to 2011
    assert messages(id_number(place="522201", born="20200307")) == ["身份证号码前6位不是有效的行政区划代码"]
    reader = identity.IdReader(TODAY)
    assert reader.read(id_number(place="522201", born="19800307")) == date(1980, 3, 7)
    assert reader.read(id_number(place="522201", born="20200307")) is None


def test_a_problem_names_its_field() -> None:
    assert identity.check_id_number("1", on=TODAY, field="id_number")[0].field == "id_number"


def test_birth_date_and_sex_are_read_from_the_number() -> None:
    assert identity.birth_date(id_number()) == date(1990, 3, 7)
    assert identity.is_woman(id_number(order="012"))
    assert not identity.is_woman(id_number(order="013"))


def credit_code(body: str) -> str:
    return body + uscc.calc_check_digit(body)


@pytest.mark.parametrize("body", ["81520000MC1234567", "91520100600037341", "N2520121MA6AA0000"])
def test_right_credit_codes_pass_also_those_with_letters_first(body: str) -> None:
    assert identity.check_credit_code(credit_code(body).lower()) == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("123", "统一社会信用代码应为18位，现为3位"),
        ("91520100I00037341L", "统一社会信用代码由数字和大写字母（不含I、O、Z、S、V）组成，第3至8位为数字"),
        ("91110000600037341M", "统一社会信用代码校验位不符，请核对是否录错"),
    ],
)
def test_wrong_credit_codes_are_explained(code: str, message: str) -> None:
    assert [problem.message for problem in identity.check_credit_code(code)] == [message]


def test_mobiles_have_eleven_digits() -> None:
    assert identity.check_mobile("138 0000-0000") == []
    assert [problem.message for problem in identity.check_mobile("1280000000")] == ["手机号码应为11位数字，以1开头"]


def test_masks_show_only_the_ends() -> None:
    assert identity.mask_id_number("520102199003070122") == "5201************22"
    assert identity.mask_mobile("13800001234") == "138****1234"
    assert identity.mask_account("6222000011112222333") == "***************2333"
    assert identity.mask_name("王小明") == "王**"
    assert identity.mask_name("欧阳甲") == "欧阳*"


def test_a_text_too_short_to_mask_in_part_is_hidden_whole() -> None:
    assert identity.mask_mobile("1380") == "****"
