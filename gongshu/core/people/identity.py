"""Persons as lines of work tell of them: checked, sealed, with what the identity number says read from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongshu.core.base.identity import birth_date, check_id_number, check_mobile, is_woman, normal_number
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.people.enums import Gender
from gongshu.core.people.models import Person
from gongshu.core.people.protected import put
from gongshu.core.people.queries import by_id_number

ANOTHER_NAME = Problem("这个身份证号码登记在另一个姓名下，请核对", field="id_number")


@dataclass(frozen=True)
class PersonFacts:
    """What is told of a person; gender and birth only where there is no identity number to read them from."""

    name: str
    id_number: str = ""
    phone: str = ""
    gender: str = Gender.UNKNOWN
    born_on: date | None = None


def fact_problems(facts: PersonFacts, *, on: date) -> list[Problem]:
    """Return what is wrong with what is told of a person."""
    problems = [] if facts.name.strip() else [Problem("请填写姓名", field="name")]
    if facts.id_number:
        problems += check_id_number(facts.id_number, on=on, field="id_number")
    if facts.phone:
        problems += check_mobile(facts.phone, field="phone")
    if facts.born_on and facts.born_on > on:
        problems.append(Problem("出生日期晚于今天", field="born_on"))
    return problems


def fill(person: Person, facts: PersonFacts) -> Person:
    """Set a person's columns from checked facts, without saving; an empty number leaves the one that is there."""
    person.name = facts.name.strip()
    if facts.id_number:
        number = normal_number(facts.id_number)
        put(person, "id_number", number)
        person.gender = Gender.WOMAN if is_woman(number) else Gender.MAN
        person.born_on = birth_date(number)
    elif person.id_number is None:
        person.gender, person.born_on = facts.gender, facts.born_on or person.born_on
    if facts.phone:
        put(person, "phone", normal_number(facts.phone))
    return person


def find_or_make(facts: PersonFacts, *, on: date) -> Person:
    """Return the saved person with this identity number, else a new one; raises Refused.

    Somebody without an identity number is always made anew: likely duplicates are for a person to judge.
    """
    refuse_if(fact_problems(facts, on=on))
    known = by_id_number(facts.id_number) if facts.id_number else None
    if known is None:
        person = fill(Person(), facts)
        person.save(force_insert=True)
        return person
    if known.name != facts.name.strip():
        raise Refused([ANOTHER_NAME])
    if facts.phone:
        put(known, "phone", normal_number(facts.phone))
        known.save(update_fields=["phone", "phone_index"])
    return known
