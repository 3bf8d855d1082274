"""Whoever acts, and the answers to: may they, on which rows, who may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from gongshu.core.access.models import Appointment
from gongshu.core.access.roles import Role, roles, roles_granting
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import ancestor_paths, within
from gongshu.core.people.models import Account

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Held:
    """A role held at an organisation."""

    appointment_id: int
    role: Role
    organisation: Organisation
    department_id: int | None

    def reaches(self, org: Organisation) -> bool:
        """Tell whether this role counts at `org`."""
        return self.organisation.holds(org) if self.role.reach == "subtree" else self.organisation.pk == org.pk


@dataclass(frozen=True)
class Actor:
    """Whoever acts: an account with the roles it holds today and the desk it sits at, nobody, or the system."""

    account_id: int | None
    display_name: str
    held: tuple[Held, ...] = ()
    seat: Held | None = None
    is_system: bool = False
    _desk: Organisation | None = field(default=None, compare=False)

    @property
    def desk(self) -> Organisation | None:
        """Return the organisation whose desk they sit at."""
        return self.seat.organisation if self.seat else self._desk

    @property
    def department_id(self) -> int | None:
        """Return the department they sit in, None for the whole organisation."""
        return self.seat.department_id if self.seat else None

    @property
    def organisation_id(self) -> int | None:
        """Return the key of the desk's organisation."""
        return self.desk.pk if self.desk else None

    @property
    def is_somebody(self) -> bool:
        """Tell whether an account stands behind them."""
        return self.account_id is not None


NOBODY = Actor(None, "访客")


def system_actor(name: str, desk: Organisation | None = None) -> Actor:
    """Return the actor for work with nobody behind it: it may do everything, and the trail names it."""
    return Actor(None, name, is_system=True, _desk=desk)


def actor_for(account: Account, *, on: date, seat_id: int | None = None) -> Actor:
    """Return the account's actor with the roles in force on `on`, at the desk `seat_id` or the first; two queries."""
    rows = account.appointments.active_on(on).select_related("organisation").order_by("organisation__path", "pk")
    held = tuple(
        Held(row.pk, roles()[row.role], row.organisation, row.department_id) for row in rows if row.role in roles()
    )
    seat = next((h for h in held if h.appointment_id == seat_id), held[0] if held else None)
    return Actor(account.pk, account.person.name, held, seat)


def may_somewhere(actor: Actor, permission: str) -> bool:
    """Tell whether they hold `permission` anywhere."""
    return actor.is_system or any(permission in h.role.grants for h in actor.held)


def can(actor: Actor, permission: str, *, at: Organisation) -> bool:
    """Tell whether they may do `permission` at `at`."""
    return actor.is_system or any(permission in h.role.grants and h.reaches(at) for h in actor.held)


def require(actor: Actor, permission: str, *, at: Organisation) -> None:
    """Raise `Refused` unless they may do `permission` at `at`."""
    if not can(actor, permission, at=at):
        raise Refused.because(f"您没有在“{at.short_name}”办理此事的权限，请联系本级管理员")


def reach(actor: Actor, permission: str, at: str = "organisation") -> Q:
    """Return the condition for the rows whose organisation (key path `at`) lies within their reach for `permission`."""
    if actor.is_system:
        return Q()
    lead = f"{at}__" if at else ""
    found = Q(pk__in=[])
    for held in actor.held:
        if permission in held.role.grants:
            wide = held.role.reach == "subtree"
            found |= within(held.organisation, at) if wide else Q(**{f"{lead}pk": held.organisation.pk})
    return found


def visible(actor: Actor, permission: str, rows: QuerySet[M], at: str = "organisation") -> QuerySet[M]:
    """Narrow `rows` to those within their reach for `permission`."""
    return rows.filter(reach(actor, permission, at))


def who(permission: str, *, at: Organisation, on: date, above: bool = False) -> QuerySet[Account]:
    """Return the accounts that may do `permission` at `at`; with `above` also those higher up who reach down."""
    here = Q(appointments__organisation=at, appointments__role__in=roles_granting(permission))
    if above:
        wide = [code for code in roles_granting(permission) if roles()[code].reach == "subtree"]
        paths = ancestor_paths(at.path)[:-1]
        here |= Q(appointments__organisation__path__in=paths, appointments__role__in=wide)
    day = Q(appointments__from_on__lte=on) & (Q(appointments__until_on__isnull=True) | Q(appointments__until_on__gt=on))
    return Account.objects.filter(here & day, is_active=True).distinct().order_by("pk")


def accounts_at(permission: str, orgs: Iterable[int], *, on: date) -> dict[int, list[int]]:
    """Return the account keys that may do `permission` at each of many organisations (keys), in one query."""
    rows = Appointment.objects.active_on(on).filter(
        organisation__in=list(orgs), role__in=roles_granting(permission), account__is_active=True
    )
    found: dict[int, list[int]] = {}
    for org_id, account_id in rows.values_list("organisation_id", "account_id").order_by("pk"):
        found.setdefault(org_id, []).append(account_id)
    return found
