"""Organisations over the API."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone
from ninja import Query, Router

from gongshu.api.queries.paging import slice_of
from gongshu.api.views.v1.calls import ApiRequest, changes, reads, unchanged
from gongshu.api.views.v1.shapes.base import Pk
from gongshu.api.views.v1.shapes.organisations import OrganisationFilters, OrganisationOut, Organisations, Rename
from gongshu.core.access.enums import Permission
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import within
from gongshu.desk.queries.reach import org_for, orgs_for
from gongshu.organising.actions.renaming import called
from gongshu.organising.actions.renaming import rename as rename_to
from gongshu.organising.enums import Permission as Organising

router = Router(tags=["组织"])


def shown(rows: Sequence[Organisation]) -> list[OrganisationOut]:
    """Return organisations with the keys of those above them, in one query more."""
    above = {row.parent_path for row in rows if row.parent_path}
    keys = dict(Organisation.objects.filter(path__in=above).values_list("path", "pk")) if above else {}
    return [
        OrganisationOut(
            id=row.pk,
            name=row.name,
            short_name=row.short_name,
            level=row.level,
            level_label=row.get_level_display(),
            kind=row.kind,
            kind_label=row.get_kind_display(),
            division_code=row.division_code,
            industry=row.industry,
            parent_id=keys.get(row.parent_path),
            ended_on=row.ended_on,
        )
        for row in rows
    ]


def one(row: Organisation) -> OrganisationOut:
    """Return one organisation."""
    return shown([row])[0]


@reads(
    router,
    "/organisations",
    needs=Permission.SEE_TREE,
    gives=Organisations,
    says="组织名录：按层级顺序列出密钥范围内的组织",
)
def organisations(request: ApiRequest, wanted: Query[OrganisationFilters]) -> Organisations:
    """List organisations in tree order."""
    rows = orgs_for(request.actor)
    if wanted.under:
        rows = rows.filter(within(org_for(request.actor, wanted.under), ""))
    if not wanted.with_ended:
        rows = rows.filter(ended_on__isnull=True)
    for name, value in (("level", wanted.level), ("kind", wanted.kind), ("name__contains", wanted.name)):
        rows = rows.filter(**{name: value}) if value else rows
    page = slice_of(rows, wanted.place(request, "organisations"), by="path")
    return Organisations(items=shown(page.rows), next=page.following)


@reads(router, "/organisations/{pk}", needs=Permission.SEE_TREE, gives=OrganisationOut, says="一个组织：读取一个组织")
def organisation(request: ApiRequest, pk: Pk) -> OrganisationOut:
    """Show one organisation."""
    return one(org_for(request.actor, pk))


@changes(
    router,
    "/organisations/{pk}",
    needs=Organising.APPROVE,
    gives=OrganisationOut,
    says="组织更名：更改名称，由上一级工会办理；历史名称在留痕里",
)
def rename(request: ApiRequest, pk: Pk, told: Rename) -> OrganisationOut:
    """Give an organisation another name."""
    row = unchanged(request, org_for(request.actor, pk), one)
    before = called(row)
    name, short = told.name.strip() or before.name, told.short_name.strip() or before.short_name
    return one(rename_to(row, replace(before, name=name, short_name=short), by=request.actor, at=timezone.now()))
