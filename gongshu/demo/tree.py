"""The demonstration's tree: real provinces, cities and counties; towns and base unions made up and marked 演示."""

from __future__ import annotations

from gongshu.core.base.divisions import Division, children, division
from gongshu.core.base.problems import Refused
from gongshu.core.orgs import federations
from gongshu.core.orgs.actions import NewOrganisation, Planned, add, add_trees
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.federations import spoken
from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.trail import actions as trail
from gongshu.demo.stages import Setting

GUIZHOU, HUBEI, FUJIAN = "520000", "420000", "350000"
TOWNS = 3
BASES = 12
EVERY_JOINT = 4  # every fourth base union is one of several small enterprises
PROVINCE_DEPARTMENTS = (
    "办公室",
    "组织和基层工作部",
    "宣传教育和网络工作部",
    "劳动和经济工作部",
    "权益保障部",
    "财务部",
    "经审办公室",
)
CITY_DEPARTMENTS = ("办公室", "基层工作部", "权益保障部")


def build(setting: Setting) -> str:
    """Build the tree: nation, three provinces with their cities and counties, towns and base unions of 贵州.

    Raises Refused beside real organisations: the demonstration's passwords are known to everybody.
    """
    if Organisation.objects.filter(is_demo=False).exists():
        raise Refused.because("数据库里已有真实的组织，不能再建演示数据；请另用一个空的数据库")
    nation = add(federations.nation(is_demo=True))
    planned = [_local(division(code), is_deep=code == GUIZHOU) for code in (HUBEI, FUJIAN, GUIZHOU)]
    rows = add_trees(planned, under=nation)
    _departments(rows)
    bases = sum(row.level == Level.BASE for row in rows)
    told = f"组织 {len(rows) + 1} 个：全国、3 个省及其市县，贵州另有演示乡镇和 {bases} 个演示基层工会"
    trail.record("build", nation, by=setting.by, at=setting.at, summary=told)
    return told


def _local(place: Division, *, is_deep: bool) -> Planned:
    below = tuple(_local(child, is_deep=is_deep) for child in children(place.code))
    if is_deep and place.level == "county":
        below = _towns(place)
    return federations.federation(place, below, is_demo=True)


def _towns(county: Division) -> tuple[Planned, ...]:
    return tuple(_town(spoken(county.name), number) for number in range(1, TOWNS + 1))


def _town(county: str, number: int) -> Planned:
    first = (number - 1) * BASES + 1
    name = f"演示·{county}第{number}镇总"
    new = NewOrganisation(f"{name}工会", Level.TOWN, Kind.LOCAL, short_name=name, is_demo=True)
    return Planned(new, tuple(_base(county, n) for n in range(first, first + BASES)))


def _base(county: str, number: int) -> Planned:
    is_joint = number % EVERY_JOINT == 0
    name = f"演示·{county}第{number}号{'企业联合' if is_joint else '企业'}工会"
    return Planned(NewOrganisation(name, Level.BASE, Kind.JOINT if is_joint else Kind.BASE, is_demo=True))


def _departments(rows: list[Organisation]) -> None:
    names = {Level.PROVINCE: PROVINCE_DEPARTMENTS, Level.CITY: CITY_DEPARTMENTS}
    Department.objects.bulk_create(
        Department(organisation=row, name=name) for row in rows for name in names.get(Level(row.level), ())
    )
