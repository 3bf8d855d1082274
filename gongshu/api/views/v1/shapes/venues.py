"""Venues, as calls take and give them."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from gongshu.api.views.v1.shapes.base import (
    Long,
    Noted,
    Number,
    OrganisationRef,
    Paging,
    Short,
    Told,
    coded,
    storable,
)
from gongshu.venues.machine import VENUE
from gongshu.venues.rules.kinds import kinds

VENUE_STEPS = tuple(step.name for step in VENUE.steps)


class VenueFilters(Paging):
    """Which venues."""

    organisation: Number | None = Field(None, description="只看这个组织及其下级")
    kind: Short = Field("", description="类型", json_schema_extra=coded(["", *kinds()]))
    state: Short = Field("", description="状态", json_schema_extra=coded(["", *dict(VENUE.choices())]))


class SpanOut(Schema):
    """Open on a weekday, 1 Monday … 7 Sunday, from and to HH:MM."""

    day: int
    start: str
    end: str


class VenueOut(Schema):
    """A venue."""

    id: int
    organisation: OrganisationRef
    kind: str
    kind_label: str
    name: str
    address: str
    division_code: str
    phone: str
    hours: str = Field(description="开放时间，一行")
    spans: list[SpanOut]
    equipment: list[str]
    state: str
    state_label: str
    state_reason: str
    opened_on: date | None
    closed_on: date | None
    inspected_on: date | None


class Venues(Schema):
    """A page of venues."""

    items: list[VenueOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class NewVenue(Told):
    """A venue to be written down. Its division is taken from the organisation."""

    organisation_id: Number
    kind: Short = Field(description="类型", json_schema_extra=coded(kinds()))
    name: Annotated[str, StringConstraints(max_length=80), AfterValidator(storable)]
    address: Annotated[str, StringConstraints(max_length=200), AfterValidator(storable)] = ""
    phone: Short = Field("", description="值班电话，不填个人手机号")
    hours: Long = Field("", description="一行，例：周一至周五 8:30-12:00、14:00-17:30")
    equipment: Annotated[list[Short], Field(max_length=60)] = []


class VenueChange(Told):
    """What changes of a venue; what is left out stays."""

    name: Annotated[str, StringConstraints(max_length=80), AfterValidator(storable)] | None = None
    address: Annotated[str, StringConstraints(max_length=200), AfterValidator(storable)] | None = None
    phone: Short | None = None
    hours: Long | None = None
    equipment: Annotated[list[Short], Field(max_length=60)] | None = None


class VenueStep(Noted):
    """A step of a venue."""

    step: Short = Field(description="办理哪一步", json_schema_extra=coded(VENUE_STEPS))
