"""Administrative divisions."""

from collections import Counter

import pytest

from gongshu.core.base import divisions

PROVINCES = {"520000": (9, 88), "420000": (13, 103), "350000": (9, 84)}


def test_the_country_has_its_known_numbers_of_divisions() -> None:
    levels = Counter(each.level for each in divisions.all_divisions().values())
    assert levels == {"province": 34, "city": 333, "county": 2844}


@pytest.mark.parametrize("code", PROVINCES)
def test_the_demonstration_provinces_are_complete(code: str) -> None:
    inside = [each for each in divisions.all_divisions() if divisions.is_within(each, code)]
    levels = Counter(divisions.division(each).level for each in inside)
    assert (levels["city"], levels["county"]) == PROVINCES[code]


def test_every_parent_exists_and_lies_one_or_two_levels_up() -> None:
    steps = {
        (divisions.division(each.parent).level if each.parent else "", each.level)
        for each in divisions.all_divisions().values()
    }
    assert steps == {("", "province"), ("province", "city"), ("province", "county"), ("city", "county")}


def test_counties_run_by_the_province_stand_under_it() -> None:
    under_hubei = [each.name for each in divisions.children("420000") if each.level == "county"]
    assert under_hubei == ["仙桃市", "潜江市", "天门市", "神农架林区"]


def test_a_county_knows_its_ancestors_and_full_name() -> None:
    assert [each.name for each in divisions.ancestors("520628")] == ["贵州省", "铜仁市"]
    assert divisions.full_name("520628") == "贵州省铜仁市松桃苗族自治县"
    assert divisions.full_name("429021") == "湖北省神农架林区"


def test_the_provinces_are_the_children_of_the_country() -> None:
    assert len(divisions.children()) == 34
    assert divisions.children("520628") == ()


@pytest.mark.parametrize(
    ("code", "digits"), [("520000", "52"), ("520600", "5206"), ("520628", "520628"), ("429004", "429004")]
)
def test_a_prefix_holds_the_digits_shared_inside(code: str, digits: str) -> None:
    assert divisions.prefix(code) == digits


def test_being_within_a_region() -> None:
    assert divisions.is_within("520628", "520600")
    assert divisions.is_within("520628", "")
    assert not divisions.is_within("520628", "420000")
    assert not divisions.is_within("520000", "520600")


def test_an_unknown_code_is_named_in_the_refusal() -> None:
    with pytest.raises(divisions.NoSuchDivision, match="529999"):
        divisions.division("529999")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("贵州省", "贵州"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("黔东南苗族侗族自治州", "黔东南"),
        ("松桃苗族自治县", "松桃"),
        ("务川仡佬族苗族自治县", "务川"),
        ("伊犁哈萨克自治州", "伊犁"),
        ("龙胜各族自治县", "龙胜"),
        ("东乡族自治县", "东乡族自治县"),
        ("神农架林区", "神农架"),
        ("碑林区", "碑林"),
        ("雄县", "雄县"),
        ("库伦旗", "库伦旗"),
        ("香港特别行政区", "香港"),
    ],
)
def test_short_names_are_the_bare_place(name: str, short: str) -> None:
    assert divisions.short_name(name) == short
