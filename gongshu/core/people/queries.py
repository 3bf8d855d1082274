"""Finding persons by what is sealed: exact matches only, through the blind index."""

from __future__ import annotations

from django.db.models import QuerySet

from gongshu.core.base.identity import normal_number
from gongshu.core.people.models import Person
from gongshu.core.people.protected import sealed_field


def by_id_number(number: str) -> Person | None:
    """Return the person with this identity number."""
    blinds = sealed_field(Person, "id_number").blinds(normal_number(number))
    return Person.objects.filter(id_index__in=blinds).order_by("pk").first()


def by_phone(number: str) -> QuerySet[Person]:
    """Return the persons with this mobile number."""
    blinds = sealed_field(Person, "phone").blinds(normal_number(number))
    return Person.objects.filter(phone_index__in=blinds).order_by("pk")


def by_number(number: str) -> QuerySet[Person]:
    """Return the persons with this identity or mobile number."""
    plain = normal_number(number)
    found = Person.objects.filter(id_index__in=sealed_field(Person, "id_number").blinds(plain))
    return found | Person.objects.filter(phone_index__in=sealed_field(Person, "phone").blinds(plain))
