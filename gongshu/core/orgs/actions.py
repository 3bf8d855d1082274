"""Writes to the tree. Founding with its approvals belongs to 组织建设; these are the bare moves it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.orgs.moving import hold_shape, next_place


@dataclass(frozen=True)
class NewOrganisation:
    """What an organisation is made of. `division_code` is GB/T 2260, empty where it has none."""

    name: str
    level: str
    kind: str
    short_name: str = ""
    division_code: str = ""
    is_demo: bool = False
    industry: str = ""

    def unsaved(self) -> Organisation:
        """Return the row without a place in the tree."""
        return Organisation(
            name=self.name,
            short_name=self.short_name or self.name,
            level=self.level,
            kind=self.kind,
            division_code=self.division_code,
            is_demo=self.is_demo,
            industry=self.industry,
        )


@transaction.atomic
def add(new: NewOrganisation, *, under: Organisation | None = None) -> Organisation:
    """Add one organisation at the end of those under `under`, or as a root."""
    row = new.unsaved()
    if under is None:
        Organisation.objects.add_root(instance=row)
    else:
        _add_below(row, under)
    return row


def _add_below(row: Organisation, under: Organisation) -> None:
    hold_shape()
    parent = Organisation.objects.select_for_update().get(pk=under.pk)
    row.path = f"{parent.path}{next_place(parent):0{Organisation.steplen}d}"
    row.depth = parent.depth + 1
    row.save(force_insert=True)
    Organisation.objects.filter(pk=parent.pk).update(numchild=parent.numchild + 1)
    under.numchild = parent.numchild + 1


@transaction.atomic
def add_many(news: list[NewOrganisation], *, under: Organisation) -> list[Organisation]:
    """Add many organisations under one parent in two statements, in the order given."""
    hold_shape()
    parent = Organisation.objects.select_for_update().get(pk=under.pk)
    rows = [new.unsaved() for new in news]
    for place, row in enumerate(rows, start=next_place(parent)):
        row.path = f"{parent.path}{place:0{Organisation.steplen}d}"
        row.depth = parent.depth + 1
    Organisation.objects.bulk_create(rows, batch_size=2000)
    Organisation.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(rows))
    return rows


@dataclass(frozen=True)
class Planned:
    """An organisation to be added with those to be added below it."""

    new: NewOrganisation
    below: tuple[Planned, ...] = ()


@transaction.atomic
def add_trees(planned: Sequence[Planned], *, under: Organisation) -> list[Organisation]:
    """Add whole trees under one parent in few statements, in tree order; return the rows, likewise."""
    hold_shape()
    parent = Organisation.objects.select_for_update().get(pk=under.pk)
    rows = list(_placed(planned, parent.path, next_place(parent)))
    Organisation.objects.bulk_create(rows, batch_size=2000)
    Organisation.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(planned))
    return rows


def _placed(planned: Sequence[Planned], above: str, start: int = 1) -> Iterator[Organisation]:
    for place, each in enumerate(planned, start=start):
        row = each.new.unsaved()
        row.path = f"{above}{place:0{Organisation.steplen}d}"
        row.depth = len(row.path) // Organisation.steplen
        row.numchild = len(each.below)
        yield row
        yield from _placed(each.below, row.path)


def add_departments(org: Organisation, names: list[str]) -> list[Department]:
    """Add departments to an organisation; those already there are left alone."""
    Department.objects.bulk_create([Department(organisation=org, name=n) for n in names], ignore_conflicts=True)
    return list(org.departments.filter(name__in=names))


def end(org: Organisation, *, on: date) -> None:
    """Mark an organisation as ended; its row, its place and its figures stay."""
    Organisation.objects.filter(pk=org.pk, ended_on__isnull=True).update(ended_on=on)
    org.ended_on = on
