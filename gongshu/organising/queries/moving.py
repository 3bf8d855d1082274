"""Applications to move a union, what would go with it, and what stays with those above it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string

from gongshu.core.access.actor import Actor, reach
from gongshu.core.access.models import Appointment
from gongshu.core.flow.models import OpenItem
from gongshu.core.orgs.enums import LEVEL_ORDER
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import children, crumbs, find_by_name, parent, subtree, within
from gongshu.members.queries.counting import headcount
from gongshu.organising.enums import Permission
from gongshu.organising.models import Ending, Relocation
from gongshu.organising.queries.guiding import is_round_below
from gongshu.organising.rules.moving import MoveFacts, Place


@dataclass(frozen=True)
class Effect:
    """Something a move leaves as it is or changes: what, how many, and what becomes of it."""

    label: str
    number: int
    unit: str
    words: str


Finder = Callable[[Organisation], list[Effect]]


@dataclass(frozen=True)
class Figure:
    """The members of a union above, before the move and after it."""

    organisation: Organisation
    before: int
    after: int


@dataclass(frozen=True)
class Preview:
    """What a move means: how many unions and members, which figures change, what stays."""

    unions: int
    members: int
    figures: list[Figure]
    effects: list[Effect]
    hints: list[str]


def relocations_for(actor: Actor) -> QuerySet[Relocation]:
    """Return the applications to move unions within reach: of the union, of the one above it, of the new one."""
    rows = Relocation.objects.select_related("organisation", "old_upper", "new_upper")
    mine = reach(actor, Permission.SEE) | reach(actor, Permission.SEE, "old_upper")
    return rows.filter(mine | reach(actor, Permission.SEE, "new_upper"))


def relocation_for(actor: Actor, pk: int) -> Relocation:
    """Return one application within reach; raises Http404."""
    return get_object_or_404(relocations_for(actor), pk=pk)


def move_facts(org: Organisation, upper: Organisation, on: date) -> MoveFacts:
    """Return what the ledger knows of a union and the one it is to stand under."""
    taken = children(upper).filter(name=org.name).exclude(pk=org.pk)
    return MoveFacts(
        union=_place(org),
        upper=_place(upper),
        has_upper=bool(org.parent_path),
        is_within=org.holds(upper),
        is_there=org.parent_path == upper.path,
        is_name_taken=taken.exists(),
        is_ending=Ending.objects.filter(organisation=org, state__in=("applied", "submitted")).exists(),
        is_round=is_round_below(org, upper, on),
    )


def _place(org: Organisation) -> Place:
    return Place(org.name, org.level, org.kind, org.ended_on is not None)


def uppers_named(name: str, org: Organisation) -> list[Organisation]:
    """Return up to ten standing unions of a higher level than `org` outside it by their name, near ones first."""
    higher = LEVEL_ORDER[: LEVEL_ORDER.index(org.level)]
    return [each for each in find_by_name(name.strip(), levels=higher, near=org) if not org.holds(each)]


def branches(old: Organisation, new: Organisation) -> tuple[list[Organisation], list[Organisation]]:
    """Return the organisations that lose the union and those that gain it: at and above each, without common ones."""
    above_old, above_new = list(crumbs(old)), list(crumbs(new))
    common = {org.pk for org in above_old} & {org.pk for org in above_new}
    losing = [org for org in above_old if org.pk not in common]
    return losing, [org for org in above_new if org.pk not in common]


def preview(org: Organisation, upper: Organisation) -> Preview:
    """Return what putting `org` under `upper` means; as many queries as there are levels, however large it is."""
    old = parent(org) or upper
    members = headcount(org, live=True).members
    losing, gaining = branches(old, upper)
    figures = [_figure(above, -members) for above in losing] + [_figure(above, members) for above in gaining]
    return Preview(subtree(org).count(), members, figures, [*_kept(org), *_told(org)], _hints(org, upper))


def _figure(above: Organisation, change: int) -> Figure:
    before = headcount(above, live=True).members
    return Figure(above, before, before + change)


def _kept(org: Organisation) -> list[Effect]:
    items = OpenItem.objects.filter(within(org)).count()
    posts = Appointment.objects.filter(within(org), until_on__isnull=True).count()
    return [
        Effect("待办事项", items, "件", "留在各单位办理，不因划转退回"),
        Effect("任职人员", posts, "人", "角色和权限不变；新上级的人员从划转时起能看到，原上级的人员不再能看到"),
    ]


def _told(org: Organisation) -> list[Effect]:
    """Return what the lines listed as `MOVE_EFFECTS` have to say."""
    finders: tuple[Finder, ...] = import_string(f"{settings.CATALOGUE}.MOVE_EFFECTS")
    return [effect for find in finders for effect in find(org)]


def _hints(org: Organisation, upper: Organisation) -> list[str]:
    """Return what is allowed but should be looked at."""
    codes = [each.division_code for each in (org, upper)]
    if all(codes) and not codes[0].startswith(codes[1].rstrip("0")):
        return [f"{org.short_name}的行政区划代码{codes[0]}不在{upper.short_name}的{codes[1]}之内，请核对区划调整文件"]
    return []
