"""Where somebody joins: by a union's code, else by occupation and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.shortcuts import get_object_or_404

from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, crumbs, everywhere, find_by_name, subtree
from gongshu.core.people.models import Person
from gongshu.core.people.queries import by_phone
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.members.enums import LIVE_STATES, NEW_FORMS, Form
from gongshu.members.models import JoinCode, Membership
from gongshu.members.queries.law import catch_all_home, home_rule

PLACES = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN)
NARROW = (Level.COUNTY, Level.TOWN)  # places small enough to work in


@dataclass(frozen=True)
class Landing:
    """The union somebody lands in, why in words, and the rule."""

    union: Organisation
    why: str
    clause: Clause


def union_of(code: str) -> Organisation:
    """Return the union whose code this is; raises Http404."""
    found: JoinCode = get_object_or_404(JoinCode.objects.select_related("organisation"), code=code)
    return found.organisation


def takes_in(union: Organisation) -> bool:
    """Tell whether members may be asked into a union: federations above the county have none of their own."""
    return union.kind != Kind.LOCAL or union.level not in (Level.NATION, Level.PROVINCE, Level.CITY)


def union_for(pk: str) -> Organisation | None:
    """Return the union with this key that takes in members, None where there is none."""
    found: Organisation | None = everywhere().filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None
    return found if found and takes_in(found) else None


def unions_named(name: str, *, near: Organisation | None = None) -> list[Organisation]:
    """Return up to ten unions of a name that take in members; those near `near` first."""
    return [union for union in find_by_name(name, near=near) if takes_in(union)] if name else []


def place_for(pk: str) -> Organisation | None:
    """Return the local federation with this key, the highest one for none; None where there is no such place."""
    places = everywhere().filter(kind=Kind.LOCAL)
    if pk:
        return places.filter(pk=int(pk), level__in=PLACES).first() if pk.isdecimal() and len(pk) < 19 else None
    return places.order_by("depth", "path").first()


def places_below(place: Organisation) -> list[Organisation]:
    """Return the places directly below a place, e.g. a city's counties."""
    return list(children(place).filter(kind=Kind.LOCAL, level__in=PLACES))


def place_path(place: Organisation) -> list[Organisation]:
    """Return the places from the province down to a place."""
    return list(crumbs(place).filter(level__in=PLACES))


def landing(form: str, place: Organisation, *, on: date) -> Landing | None:
    """Return where somebody of a form of employment lands at a place: a union of their trade there, else its home."""
    rule = clause("defaults", "new-form-home", on=on, region=place.division_code)
    found = _of_trade(form, place, rule)
    if found:
        return Landing(found, f"当地由这个工会接收{Form(form).label}", rule)
    home = catch_all_home(place, on=on)
    if home is None:
        return None
    why = f"当地还没有专门接收{Form(form).label}的工会，由这个工会接收；以后建了会，会籍可以转过去"
    return Landing(home, why, home_rule(on, place.division_code))


def _of_trade(form: str, place: Organisation, rule: Clause) -> Organisation | None:
    """Return the union named for a trade nearest to a place: in the town, then in its county; special words first."""
    if form not in NEW_FORMS and form != Form.FLEXIBLE:
        return None
    county = next((org for org in crumbs(place).filter(level=Level.COUNTY)), None)
    for words in (rule[form], rule["general"]):
        named = reduce(or_, (Q(name__contains=word) for word in words))
        for around in (place, county):
            rows = subtree(around).filter(named, kind__in=rule["kinds"]) if around else everywhere().none()
            found = rows.order_by("depth", "path").first()
            if found:
                return found
    return None


def real_name_is_required(union: Organisation, *, on: date) -> bool:
    """Tell whether who joins by phone must give an identity number."""
    return bool(clause("defaults", "join-real-name", on=on, region=union.division_code)["required"])


def most_persons(union: Organisation, *, on: date) -> int:
    """Return how many persons one phone may join for."""
    return int(clause("defaults", "join-per-phone", on=on, region=union.division_code)["persons"])


def live_of(person: Person) -> Membership | None:
    """Return a person's membership or application that is not ended."""
    rows = Membership.objects.select_related("organisation", "destination", "person")
    return rows.filter(person=person, state__in=LIVE_STATES).first()


def live_of_phone(phone: str) -> Sequence[Membership]:
    """Return the memberships and applications, not ended, of whoever has a phone."""
    rows = Membership.objects.select_related("organisation", "destination", "person")
    return list(rows.filter(person__in=by_phone(phone), state__in=LIVE_STATES).order_by("pk"))
