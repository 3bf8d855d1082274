"""Appointing people to roles and ending appointments."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.access.enums import Permission
from gongshu.core.access.models import Appointment
from gongshu.core.access.roles import roles
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.people.models import Account
from gongshu.core.trail import actions as trail


@transaction.atomic
def appoint(
    account: Account,
    role: str,
    organisation: Organisation,
    *,
    by: Actor,
    at: datetime,
    department: Department | None = None,
) -> Appointment:
    """Give `account` a role at an organisation from the day of `at`."""
    require(by, Permission.APPOINT, at=organisation)
    if role not in roles():
        raise Refused.because("没有这个角色", field="role")
    if department and department.organisation_id != organisation.pk:
        raise Refused.because(f"“{department.name}”不是{organisation.short_name}的部门", field="department")
    if organisation.level not in roles()[role].levels:
        raise Refused.because(f"“{roles()[role].name}”不在{organisation.get_level_display()}一级设置", field="role")
    row = Appointment.objects.create(
        account=account, role=role, organisation=organisation, department=department, from_on=timezone.localdate(at)
    )
    summary = f"任命{account.person.name}为{organisation.short_name}{roles()[role].name}"
    trail.record("appoint", row, by=by, at=at, summary=summary, organisation_id=organisation.pk)
    return row


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: Actor, at: datetime, until: date) -> None:
    """End an appointment; `until` is the first day it no longer holds."""
    require(by, Permission.APPOINT, at=appointment.organisation)
    if appointment.until_on and appointment.until_on <= timezone.localdate(at):
        raise Refused.because("此任职已经免去；再任请另行任命", field="until_on")
    if until <= appointment.from_on:
        raise Refused.because("免职日期须晚于任职日期", field="until_on")
    appointment.until_on = until
    appointment.save(update_fields=["until_on"])
    name = appointment.account.person.name
    summary = f"免去{name}{appointment.organisation.short_name}{roles()[appointment.role].name}"
    trail.record("end", appointment, by=by, at=at, summary=summary, organisation_id=appointment.organisation_id)
