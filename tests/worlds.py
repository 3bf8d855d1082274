"""Small named federations for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongshu.core.access.actor import Actor, actor_for
from gongshu.core.access.models import Appointment
from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Account

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
TODAY = date(2026, 11, 20)


@dataclass
class World:
    """A nation, one province, two cities, three counties (two of them in the first city) and one base union."""

    nation: Organisation
    province: Organisation
    city: Organisation
    other_city: Organisation
    county: Organisation
    next_county: Organisation
    other_county: Organisation
    base: Organisation

    def account(self, username: str, *, role: str = "", at: Organisation | None = None) -> Account:
        """Make an account, holding `role` at an organisation where named."""
        account = Account(username=username)
        account.person = _person(username)
        account.set_password("gongshu-2026")
        account.save()
        if role:
            Appointment.objects.create(account=account, role=role, organisation=at or self.province, from_on=TODAY)
        return account

    def actor(self, username: str, *, role: str = "", at: Organisation | None = None) -> Actor:
        """Make an account and return its actor on the day of the tests."""
        return actor_for(self.account(username, role=role, at=at), on=TODAY)


def _person(name: str):
    person = Account._meta.get_field("person").related_model(name=f"演示{name}")
    person.save()
    return person


def small_federation() -> World:
    """Build the small federation."""
    nation = _add("演示总工会", Level.NATION)
    province = _add("演示省总工会", Level.PROVINCE, nation)
    city = _add("甲市总工会", Level.CITY, province)
    other_city = _add("乙市总工会", Level.CITY, province)
    county = _add("甲一县总工会", Level.COUNTY, city)
    next_county = _add("甲二县总工会", Level.COUNTY, city)
    other_county = _add("乙一县总工会", Level.COUNTY, other_city)
    base = _add("演示公司工会", Level.BASE, county, Kind.BASE)
    found = (nation, province, city, other_city, county, next_county, other_county, base)
    return World(*(Organisation.objects.get(pk=org.pk) for org in found))


def _add(name: str, level: str, under: Organisation | None = None, kind: str = Kind.LOCAL) -> Organisation:
    return add(NewOrganisation(name=name, level=level, kind=kind, is_demo=True), under=under)
