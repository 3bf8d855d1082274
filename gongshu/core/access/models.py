"""Who holds which role where, and from when until when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongshu.core.orgs.models import Department, Organisation


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Chains over appointments."""

    def active_on(self, day: date) -> AppointmentQuerySet:
        """Keep those in force on `day`; `until_on` is the first day no longer in force."""
        return self.filter(from_on__lte=day).filter(Q(until_on__isnull=True) | Q(until_on__gt=day))


class Appointment(models.Model):
    """A person's role at an organisation, in which department, for a time. Roles are in `config/roles.toml`."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments", verbose_name="账号"
    )
    role = models.CharField("角色", max_length=40)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="appointments", verbose_name="组织"
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name="部门",
    )
    from_on = models.DateField("任职起")
    until_on = models.DateField("任职止", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="appointment_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="appointment_org_role")]

    def __str__(self) -> str:
        return f"{self.account} {self.role}"
