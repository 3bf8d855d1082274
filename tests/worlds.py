"""A small federation for tests: a nation, two provinces, two cities, four counties, base unions, officers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from gongshu.core.access.actions import appoint
from gongshu.core.access.actor import Actor, actor_for, system_actor
from gongshu.core.orgs.actions import NewOrganisation, add, add_departments, add_many
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Account

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
BUILDER = system_actor("测试搭建")
PASSWORD = "gongshu-2026"


@dataclass
class World:
    """Organisations and actors by short name, e.g. `world.orgs["铜仁市总"]`, `world.actor("铜仁市总")`."""

    orgs: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def org(self, name: str) -> Organisation:
        """Return an organisation by short name."""
        return self.orgs[name]

    def account(self, name: str, role: str = "office") -> Account:
        """Return the account holding `role` at the organisation, appointing one when there is none."""
        key = f"{name}/{role}"
        if key not in self.accounts:
            username = f"u{len(self.accounts) + 1}"
            account = Account.objects.create_account(username, f"{name}{role}", PASSWORD)
            appoint(account, role, self.orgs[name], by=BUILDER, at=NOW)
            self.accounts[key] = account
        return self.accounts[key]

    def actor(self, name: str, role: str = "office") -> Actor:
        """Return the actor of that account on the day of `NOW`."""
        return actor_for(self.account(name, role), on=NOW.date())


def union(name: str, level: Level, kind: Kind = Kind.LOCAL, code: str = "") -> NewOrganisation:
    """Return a new organisation whose short name is its name without 会."""
    return NewOrganisation(name=name, short_name=name.removesuffix("工会"), level=level, kind=kind, division_code=code)


def build() -> World:
    """Build the federation: 全国 > 贵州省总 > 贵阳市总, 铜仁市总 > two counties each > two base unions each."""
    nation = add(union("中华全国总工会", Level.NATION))
    province = add(union("贵州省总工会", Level.PROVINCE, code="520000"), under=nation)
    sister = add(union("湖北省总工会", Level.PROVINCE, code="420000"), under=nation)
    rows = [nation, province, sister]
    places = {
        "贵阳市": ("520100", ["南明区", "云岩区"]),
        "铜仁市": ("520600", ["松桃苗族自治县", "碧江区"]),
    }
    for city_name, (code, counties) in places.items():
        city = add(union(f"{city_name}总工会", Level.CITY, code=code), under=province)
        below = add_many([union(f"{name}总工会", Level.COUNTY) for name in counties], under=city)
        rows += [city, *below]
        for county in below:
            place = county.name.removesuffix("总工会")
            bases = [union(f"{place}{n}号企业工会", Level.BASE, Kind.BASE) for n in (1, 2)]
            rows += add_many(bases, under=county)
    world = World(orgs={row.short_name: row for row in rows})
    add_departments(province, ["基层工作部", "权益保障部"])
    return world
