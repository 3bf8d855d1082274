"""Where somebody lands who has no code; and where a union should be founded."""

from __future__ import annotations

import pytest

from gongshu.core.orgs.actions import add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.members.enums import Form
from gongshu.members.queries import joining
from tests.members.samples import COUNTY
from tests.worlds import NOW, World, union

pytestmark = pytest.mark.django_db
ON = NOW.date()


@pytest.fixture
def town(world: World) -> Organisation:
    return add(union("大兴街道总工会", Level.TOWN), under=world.org(COUNTY))


def lands(form: str, place: Organisation) -> str:
    found = joining.landing(form, place, on=ON)
    assert found is not None
    return found.union.name


def test_without_a_union_of_their_trade_they_land_in_the_towns_home(world: World, town: Organisation):
    assert {lands(form, town) for form in Form.values} == {"大兴街道总工会"}


def test_without_a_town_union_the_countys_takes_them_in_and_above_nobody_does(world: World):
    assert lands(Form.RIDER, world.org(COUNTY)) == world.org(COUNTY).name
    assert joining.landing(Form.RIDER, world.org("铜仁市总"), on=ON) is None


def test_a_union_of_their_trade_comes_before_the_home_and_the_towns_before_the_countys(
    world: World, town: Organisation
):
    add(union("松桃货车司机行业工会联合会", Level.COUNTY, Kind.TRADE), under=world.org(COUNTY))
    assert (lands(Form.TRUCK, town), lands(Form.COURIER, town)) == ("松桃货车司机行业工会联合会", "大兴街道总工会")
    add(union("大兴物流园联合工会", Level.BASE, Kind.JOINT), under=town)
    assert lands(Form.TRUCK, town) == "大兴物流园联合工会"


def test_a_general_union_for_new_forms_takes_in_whoever_has_no_special_one(world: World, town: Organisation):
    add(union("松桃新就业形态工会联合会", Level.COUNTY, Kind.AREA), under=world.org(COUNTY))
    add(union("松桃快递行业工会联合会", Level.COUNTY, Kind.TRADE), under=world.org(COUNTY))
    assert (lands(Form.COURIER, town), lands(Form.RIDE, town)) == ("松桃快递行业工会联合会", "松桃新就业形态工会联合会")
    assert lands(Form.STAFF, town) == "大兴街道总工会"


def test_a_firms_own_union_is_no_union_of_a_trade(world: World, town: Organisation):
    add(union("顺达快递公司工会", Level.BASE, Kind.BASE), under=town)
    assert lands(Form.COURIER, town) == "大兴街道总工会"


def test_unions_of_another_county_are_not_for_them(world: World, town: Organisation):
    add(union("碧江快递行业工会联合会", Level.COUNTY, Kind.TRADE), under=world.org("碧江区总"))
    assert lands(Form.COURIER, town) == "大兴街道总工会"
