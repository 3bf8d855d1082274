"""Members for tests."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.test import Client
from stdnum.cn import ric

from gongshu.core.messages.models import PhoneText
from gongshu.core.people.identity import PersonFacts
from gongshu.members.actions import finding, joining
from gongshu.members.enums import Form
from gongshu.members.models import Membership, Pair
from gongshu.members.queries.pairs import candidates
from tests.worlds import BUILDER, NOW, World

BASE, OTHER, COUNTY, CITY = "松桃苗族自治县1号企业", "松桃苗族自治县2号企业", "松桃苗族自治县总", "铜仁市总"
FAR = "碧江区1号企业"


def id_number(order: int = 1, *, born: date = date(1990, 3, 7), woman: bool = False) -> str:
    """Return a valid identity number of 贵阳市南明区."""
    body = f"520102{born:%Y%m%d}{order * 2 + (0 if woman else 1):03d}"
    return body + ric.calc_check_digit(body + "0")


def facts(name: str = "何立", order: int = 0, phone: str = "", *, woman: bool = False) -> PersonFacts:
    """Return what is told of a person; without an order number there is no identity number."""
    return PersonFacts(name, id_number(order, woman=woman) if order else "", phone)


def applied(
    world: World, name: str = "何立", at: str = BASE, order: int = 0, form: str = Form.STAFF, phone: str = ""
) -> Membership:
    """Return an application at a union."""
    new = joining.NewMember(facts(name, order, phone), form)
    return joining.apply(new, organisation=world.org(at), by=BUILDER, at=NOW)


def member(
    world: World, name: str = "何立", at: str = BASE, order: int = 0, form: str = Form.STAFF, phone: str = ""
) -> Membership:
    """Return a member of a union."""
    return joining.approve(applied(world, name, at, order, form, phone), by=BUILDER, at=NOW + timedelta(hours=1))


def text_to(phone: str) -> str:
    """Return the newest text to a phone, as the outbox page would show it."""
    found = [row for row in PhoneText.objects.order_by("-pk") if row.phone.reveal() == phone]
    return found[0].text.reveal()


def code_to(phone: str) -> str:
    """Return the one-time code last sent to a phone."""
    return text_to(phone).split("验证码 ")[1][:6]


def proved(client: Client, address: str, phone: str) -> HttpResponse:
    """Show at an address that a phone is one's own: number, then code; return the last answer."""
    client.post(address, {"phone": phone})
    return client.post(address, {"phone": phone, "code": code_to(phone)})


PHONE = "13800001111"


def twins(world: World, other: str = OTHER) -> Pair:
    """Return the pair of somebody registered twice with one phone, at `BASE` with an identity number too."""
    member(world, order=7, phone=PHONE)
    member(world, at=other, phone=PHONE)
    finding.write(candidates(), at=NOW)
    return Pair.objects.get()
