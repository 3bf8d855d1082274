"""The local federations of real places: one for each province, city and county, named after its division."""

from __future__ import annotations

from gongshu.core.base.divisions import Division, ancestors, children, division, short_name
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.actions import NewOrganisation, Planned
from gongshu.core.orgs.enums import Kind, Level

NATION = "中华全国总工会"
LEVELS = {"province": Level.PROVINCE, "city": Level.CITY, "county": Level.COUNTY}
WITHOUT = ("710000", "810000", "820000")  # no local federation of the 总工会 stands there
CODE_DIGITS = 6


def place_of(code: str) -> Division:
    """Return the province, city or county of a code; raises Refused with a sentence where there is none."""
    if code[:CODE_DIGITS].isdecimal() and len(code) > CODE_DIGITS:
        raise Refused.because("请用省、市、县的六位行政区划代码；乡镇街道和基层工会登录后在页面上建立")
    try:
        place = division(code)
    except LookupError as error:
        raise Refused.because(str(error)) from error
    if code in WITHOUT:
        raise Refused.because(f"{place.name}不设地方总工会，请用其他省、市、县的代码")
    return place


def nation(*, is_demo: bool = False) -> NewOrganisation:
    """Return the root of the tree."""
    return NewOrganisation(NATION, Level.NATION, Kind.LOCAL, short_name="全总", is_demo=is_demo)


def federation(place: Division, below: tuple[Planned, ...] = (), *, is_demo: bool = False) -> Planned:
    """Return the federation of one place with those planned below it."""
    new = NewOrganisation(
        name=f"{place.name}总工会",
        level=LEVELS[place.level],
        kind=Kind.LOCAL,
        short_name=f"{spoken(place.name)}总",
        division_code=place.code,
        is_demo=is_demo,
    )
    return Planned(new, below)


def spoken(name: str) -> str:
    """Return the name as people say it: 松桃苗族自治县 → 松桃县, 黔东南苗族侗族自治州 → 黔东南州."""
    bare = short_name(name)
    return bare if bare.endswith(name[-1]) else bare + name[-1]


def whole(place: Division) -> Planned:
    """Return the federation of a place with those of all cities and counties below it."""
    return federation(place, tuple(whole(child) for child in children(place.code)))


def line_to(place: Division) -> Planned:
    """Return the federation of the place's province, below it only the way to the place, there everything."""
    planned = whole(place)
    for above in reversed(ancestors(place.code)):
        planned = federation(above, (planned,))
    return planned
