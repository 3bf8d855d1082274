"""The people of a world: made-up names, valid but unassigned numbers, sealed as everybody's are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from gongshu.core.base.keyring import KeyRing
from gongshu.core.people.models import Person
from gongshu.demo.world.shape import Union
from gongshu.members.enums import Form
from gongshu.members.models import Membership

AREAS = ("520102", "520103", "520111", "420102", "420103", "350102", "350103", "110101", "310101", "440103")
FIRST_BIRTH, BIRTH_DAYS = date(1985, 1, 1), 8_000  # the areas below have had these codes all the while
ORDERS = 1_000
SPREAD = 48_271  # prime, so that neighbours in the roll have far birthdays and no number comes twice
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红梅建国文斌鑫雪宇浩然子轩梓涵欣怡佳琪"
FORM_SHARES = {
    Form.STAFF: 760, Form.DISPATCHED: 60, Form.TRUCK: 35, Form.RIDE: 35, Form.COURIER: 35, Form.RIDER: 45,
    Form.OTHER_NEW: 15, Form.FLEXIBLE: 15,
}  # fmt: skip
STATE_SHARES = {"active": 955, "kept": 22, "parked": 3, "applied": 8, "left": 12}
REAL_NAME, WITH_PHONE, WOMEN = 0.65, 0.85, 0.44
JOINED_WITHIN = 3_650  # days

PERSON_COLUMNS = ("id", "name", "id_number", "id_index", "phone", "phone_index", "gender", "born_on")
MEMBER_COLUMNS = (
    "id", "person_id", "organisation_id", "name", "gender", "form", "is_real_name", "has_phone", "employer",
    "employer_code", "source", "applied_at", "joined_on", "since_on", "ended_on", "destination_id", "was_parked",
    "due_on", "reason", "state", "state_since",
)  # fmt: skip
STATE, PENDING = MEMBER_COLUMNS.index("state"), "applied"


def partial(text: str, start: int) -> int:
    """Return the part of the check sum that some digits of an identity number make up, from a place on."""
    return sum(int(digit) * WEIGHTS[start + n] for n, digit in enumerate(text))


@dataclass(frozen=True)
class Numbers:
    """Identity numbers by their order: area, day of birth and order number, with the check digit."""

    areas: Sequence[tuple[str, int]]
    days: Sequence[tuple[date, str, int]]
    orders: Sequence[tuple[str, int]]

    @classmethod
    def make(cls) -> Numbers:
        """Return the tables the numbers are put together from."""
        days = [FIRST_BIRTH + timedelta(days=n) for n in range(BIRTH_DAYS)]
        return cls(
            [(area, partial(area, 0)) for area in AREAS],
            [(day, f"{day:%Y%m%d}", partial(f"{day:%Y%m%d}", 6)) for day in days],
            [(f"{n:03d}", partial(f"{n:03d}", 14)) for n in range(ORDERS)],
        )

    def number(self, place: int, *, woman: bool) -> tuple[str, date]:
        """Return the identity number of a place, none like another's of the same gender, and its day of birth."""
        place, half = divmod(place * SPREAD % (BIRTH_DAYS * len(self.areas) * (ORDERS // 2)), ORDERS // 2)
        area, day = divmod(place, BIRTH_DAYS)
        code, code_sum = self.areas[area % len(self.areas)]
        born, digits, day_sum = self.days[day]
        order, order_sum = self.orders[half * 2 + (0 if woman else 1)]
        return f"{code}{digits}{order}{CHECKS[(code_sum + day_sum + order_sum) % 11]}", born


class People:
    """Makes rows of persons and of their memberships, side by side."""

    def __init__(self, keys: KeyRing, first_pk: int, at: datetime, due: date, chance: Random, next_pk: int) -> None:
        self.keys, self.next_pk, self.first_pk, self.at, self.chance = keys, next_pk, first_pk, at, chance
        self.due = due  # when what is applied for should be decided
        self.numbers = Numbers.make()
        given = [*GIVEN, *(one + two for one in GIVEN for two in GIVEN[::7])]
        self.names = [family + name for family in SURNAMES for name in given]
        self.id_column, self.phone_column = (f"{Person._meta.label}.{name}" for name in ("id_number", "phone"))
        self.today = timezone.localdate(at)

    def of(self, union: Union) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
        """Yield the rows of a union's members: person and membership, in the order of the columns above."""
        chance, size = self.chance, union.size
        forms = chance.choices(list(FORM_SHARES), list(FORM_SHARES.values()), k=size)
        states = chance.choices(list(STATE_SHARES), list(STATE_SHARES.values()), k=size)
        names = chance.choices(self.names, k=size)
        for name, form, state in zip(names, forms, states, strict=True):
            person = self._person(name)
            yield person, self._membership(person, union.pk, str(form), state)

    def _person(self, name: str) -> tuple[Any, ...]:
        pk, keys, chance = self.next_pk, self.keys, self.chance
        self.next_pk += 1
        woman = chance.random() < WOMEN
        number: bytes | None = None
        index = phone = phone_index = born = None
        if chance.random() < REAL_NAME:
            plain, born = self.numbers.number(pk - self.first_pk, woman=woman)
            number, index = keys.seal(self.id_column, plain), keys.blind(self.id_column, plain)
        if chance.random() < WITH_PHONE:
            plain = f"1{30 + pk % 60}{pk % 100_000_000:08d}"
            phone, phone_index = keys.seal(self.phone_column, plain), keys.blind(self.phone_column, plain)
        gender = "u" if number is None and pk % 5 == 0 else "f" if woman else "m"
        return pk, name, number, index, phone, phone_index, gender, born

    def _membership(self, person: tuple[Any, ...], union: int, form: str, state: str) -> tuple[Any, ...]:
        joined = self.today - timedelta(days=int(self.chance.random() * JOINED_WITHIN))
        is_pending = state == PENDING
        on = None if is_pending else joined
        ended = self.today if state == "left" else None
        return (
            person[0], person[0], union, person[1], person[6], form, person[2] is not None, person[4] is not None,
            "", "", "demo", self.at, on, on, ended, None, False, self.due if is_pending else None, "", state,
            self.at,
        )  # fmt: skip


def open_title(name: str, form: str) -> str:
    """Return what the inbox shows of an application, as the membership itself would say."""
    return Membership(name=name, form=form, state=PENDING).open_title()
