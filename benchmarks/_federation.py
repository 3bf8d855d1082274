"""A federation of any size, and an officer at its top."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone

from gongshu.core.access.actions import appoint
from gongshu.core.access.actor import Actor, actor_for, system_actor
from gongshu.core.orgs.actions import NewOrganisation, add, add_many
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Account

CITIES, COUNTIES = 10, 10
BUILDER = system_actor("测量")


def build(size: int) -> Organisation:
    """Make the tables and a province with `size` organisations below it: 10 cities, 100 counties, base unions."""
    call_command("migrate", verbosity=0)
    top = add(NewOrganisation("测量省总工会", Level.PROVINCE, Kind.LOCAL))
    cities = add_many(_named("市", Level.CITY, CITIES), under=top)
    counties = [county for city in cities for county in add_many(_named("县", Level.COUNTY, COUNTIES), under=city)]
    left = size - len(cities) - len(counties)
    for place, county in enumerate(counties):
        add_many(_named("企业", Level.BASE, left // COUNTIES**2 + (place < left % COUNTIES**2)), under=county)
    return top


def _named(word: str, level: Level, count: int) -> list[NewOrganisation]:
    kind = Kind.BASE if level == Level.BASE else Kind.LOCAL
    return [NewOrganisation(f"{n}号{word}工会", level, kind) for n in range(1, count + 1)]


def officer_at(org: Organisation) -> Actor:
    """Return a new officer of an organisation."""
    return actor_for(account_at(org), on=timezone.localdate())


def account_at(org: Organisation) -> Account:
    """Return the account of a new officer of an organisation."""
    account = Account.objects.create_account(f"u{org.pk}", "测量", "gongshu-2026")
    appoint(account, "office", org, by=BUILDER, at=timezone.now())
    return account
