"""Venues over the API."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from ninja import Query, Router

from gongshu.api.queries.paging import slice_of
from gongshu.api.views.v1.calls import ApiRequest, changes, reads, unchanged, writes
from gongshu.api.views.v1.places import place_to
from gongshu.api.views.v1.shapes.base import OrganisationRef, Pk
from gongshu.api.views.v1.shapes.venues import (
    VENUE_STEPS,
    NewVenue,
    SpanOut,
    VenueChange,
    VenueFilters,
    VenueOut,
    Venues,
    VenueStep,
)
from gongshu.core.base.problems import Refused
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.queries import within
from gongshu.venues import actions, queries
from gongshu.venues.enums import Permission
from gongshu.venues.models import Venue
from gongshu.venues.rules import hours
from gongshu.venues.rules.checks import VenueFacts

router = Router(tags=["阵地"])


def one(row: Venue) -> VenueOut:
    """Return one venue."""
    return VenueOut(
        id=row.pk,
        organisation=OrganisationRef.of(row.organisation),
        kind=row.kind,
        kind_label=row.kind_of.label,
        name=row.name,
        address=row.address,
        division_code=row.division_code,
        phone=row.phone,
        hours=row.hours_words,
        spans=[SpanOut(day=span.day, start=span.start, end=span.end) for span in row.spans],
        equipment=row.equipment,
        state=row.state,
        state_label=row.state_label,
        state_reason=row.state_reason,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        inspected_on=row.inspected_on,
    )


def _hours(line: str) -> list[dict[str, Any]]:
    try:
        return [vars(span) for span in hours.parse(line)]
    except hours.BadHours as error:
        raise Refused.because(str(error), field="hours") from error


@reads(router, "/venues", needs=Permission.SEE, gives=Venues, says="阵地名录：列出密钥范围内的阵地")
def venues(request: ApiRequest, wanted: Query[VenueFilters]) -> Venues:
    """List venues."""
    rows = queries.venues_for(request.actor)
    if wanted.organisation:
        rows = rows.filter(within(place_to(request.actor, Permission.SEE, wanted.organisation)))
    for name in ("kind", "state"):
        value = getattr(wanted, name)
        rows = rows.filter(**{name: value}) if value else rows
    page = slice_of(rows, wanted.place(request, "venues"))
    return Venues(items=[one(row) for row in page.rows], next=page.following)


@reads(router, "/venues/{pk}", needs=Permission.SEE, gives=VenueOut, says="一个阵地：读取一个阵地")
def venue(request: ApiRequest, pk: Pk) -> VenueOut:
    """Show one venue."""
    return one(queries.venue_for(request.actor, pk))


@writes(
    router,
    "/venues",
    needs=Permission.EDIT,
    gives=VenueOut,
    says="登记阵地：登记一个筹建中的阵地；开放另办（open）",
    makes="venue",
)
def register_venue(request: ApiRequest, told: NewVenue) -> VenueOut:
    """Write down a venue in preparation."""
    place = place_to(request.actor, Permission.EDIT, told.organisation_id)
    facts = VenueFacts(told.kind, told.name, told.address, told.phone, _hours(told.hours), told.equipment)
    return one(actions.register(facts, organisation=place, by=request.actor, at=timezone.now()))


@changes(
    router, "/venues/{pk}", needs=Permission.EDIT, gives=VenueOut, says="修改阵地：修改没有关闭的阵地；没有写的不变"
)
def change_venue(request: ApiRequest, pk: Pk, told: VenueChange) -> VenueOut:
    """Change what is told about a venue."""
    row = unchanged(request, queries.venue_for(request.actor, pk), one)
    changes = told.model_dump(exclude_none=True)
    if told.hours is not None:
        changes["hours"] = _hours(told.hours)
    return one(actions.change(row, replace(row.facts, **changes), by=request.actor, at=timezone.now()))


@writes(
    router,
    "/venues/{pk}/steps",
    needs=Permission.EDIT,
    gives=VenueOut,
    says="开放、暂停、关闭阵地：办理一步：open 开放、suspend 暂停、resume 恢复开放、close 关闭；暂停和关闭要写原因",
)
def take_venue_step(request: ApiRequest, pk: Pk, told: VenueStep) -> VenueOut:
    """Take a step of a venue."""
    row, now, note = queries.venue_for(request.actor, pk), timezone.now(), told.note.strip()
    if told.step not in VENUE_STEPS:
        raise Refused.because(f"step 只能是：{'、'.join(VENUE_STEPS)}", field="step")
    if told.step == "close":
        actions.close(row, reason=note, by=request.actor, at=now)
    else:
        flow.advance(row, told.step, by=request.actor, at=now, facts={"note": note})
    return one(row)
