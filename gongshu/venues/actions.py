"""The only place that writes venues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.files.actions import supersede
from gongshu.core.files.models import Attachment
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.venues.enums import Permission, Result
from gongshu.venues.models import Inspection, Remedy, Venue
from gongshu.venues.queries import division_of
from gongshu.venues.rules import checks as rules
from gongshu.venues.rules.checks import Finding, VenueFacts
from gongshu.venues.rules.kinds import kinds

TAKEN = Problem("本单位已经登记过同名的阵地，请核对或换一个名称", field="name")


def register(facts: VenueFacts, *, organisation: Organisation, by: Actor, at: datetime) -> Venue:
    """Write down a venue of an organisation, in preparation. Its division is taken from the organisation."""
    require(by, Permission.EDIT, at=organisation)
    refuse_if(rules.registering(facts, kinds().get(facts.kind)))
    venue = Venue(organisation=organisation, division_code=division_of(organisation))
    _fill(venue, facts)
    try:
        return flow.start(venue, by=by, at=at)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error


def change(venue: Venue, facts: VenueFacts, *, by: Actor, at: datetime) -> Venue:
    """Change what is told about a venue that is not closed. Its kind stays; while open it keeps what opening asked."""
    with transaction.atomic():
        fresh = _locked(venue)
        require(by, Permission.EDIT, at=fresh.organisation)
        facts = replace(facts, kind=fresh.kind)
        refuse_if(_changing(fresh, facts))
        before = fresh.facts
        _fill(fresh, facts)
        _save(fresh)
        changed = {name: value for name, value in vars(fresh.facts).items() if value != getattr(before, name)}
        if changed:
            summary = f"修改阵地：{fresh.name}"
            trail.record(
                "change", fresh, by=by, at=at, summary=summary, detail=changed, organisation_id=fresh.organisation_id
            )
        flow.refresh(fresh)
    return fresh


def _changing(venue: Venue, facts: VenueFacts) -> list[Problem]:
    if venue.state == "closed":
        return [Problem("阵地已关闭，不能再改；重新启用请另行登记")]
    problems = rules.registering(facts, venue.kind_of)
    return problems + (rules.opening(facts, venue.kind_of) if venue.state == "open" else [])


def _locked(venue: Venue) -> Venue:
    return Venue.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=venue.pk)


def _fill(venue: Venue, facts: VenueFacts) -> None:
    venue.kind, venue.name = facts.kind, facts.name.strip()
    venue.address, venue.phone = facts.address.strip(), facts.phone.strip()
    venue.hours = facts.hours
    venue.equipment = [code for code in venue.kind_of.equipment if code in facts.equipment]


def _save(venue: Venue) -> None:
    try:
        with transaction.atomic():
            venue.save()
    except IntegrityError as error:
        raise Refused([TAKEN]) from error


def set_photo(venue: Venue, photo: Attachment | None, *, by: Actor, at: datetime) -> None:
    """Set or take away the photo; it is never asked for."""
    with transaction.atomic():
        fresh = _locked(venue)
        require(by, Permission.EDIT, at=fresh.organisation)
        if photo:
            supersede(photo, fresh.photo)
        fresh.photo = photo
        fresh.save(update_fields=["photo"])
        summary = f"{'更换' if photo else '移除'}阵地照片：{fresh.name}"
        trail.record("photo", fresh, by=by, at=at, summary=summary, organisation_id=fresh.organisation_id)


def close(venue: Venue, *, reason: str, by: Actor, at: datetime) -> None:
    """Close a venue for good; what was still to be put right there ends with it."""
    with transaction.atomic():
        flow.advance(venue, "close", by=by, at=at, facts={"note": reason})
        for remedy in _remedies(venue):
            flow.advance(remedy, "lapse", by=by, at=at, facts={"note": reason})


def _remedies(venue: Venue) -> list[Remedy]:
    return list(Remedy.objects.filter(inspection__venue=venue, state="todo").order_by("pk"))


def inspect(
    venue: Venue, findings: Sequence[Finding], *, note: str, due_on: date | None, by: Actor, at: datetime
) -> Inspection:
    """Write down what was seen at a venue; something bad waits at its desk until put right."""
    on = timezone.localdate(at)
    with transaction.atomic():
        fresh = _locked(venue)
        require(by, Permission.INSPECT, at=fresh.organisation)
        refuse_if(_inspecting(fresh, findings) + rules.inspecting(findings, note, due_on, on=on))
        sound = rules.is_sound(findings)
        row = Inspection.objects.create(
            venue=fresh,
            inspected_on=on,
            account_id=by.account_id,
            who=by.display_name[:80],
            findings=[{"item": finding.item, "is_sound": finding.is_sound} for finding in findings],
            note=note.strip(),
            result=Result.SOUND if sound else Result.FAULTY,
        )
        fresh.inspected_on = on
        fresh.save(update_fields=["inspected_on"])
        summary = f"检查阵地：{fresh.name}，{row.get_result_display()}"
        trail.record("inspect", fresh, by=by, at=at, summary=summary, organisation_id=fresh.organisation_id)
        if not sound:
            remedy = Remedy(inspection=row, organisation=fresh.organisation, due_on=due_on)
            flow.start(remedy, by=by, at=at, summary=f"要求整改：{fresh.name}，{row.note}")
    return row


def _inspecting(venue: Venue, findings: Sequence[Finding]) -> list[Problem]:
    if venue.state == "closed":
        return [Problem("阵地已关闭，不需要检查")]
    unknown = [finding.item for finding in findings if finding.item not in venue.kind_of.equipment]
    return [Problem(f"{venue.kind_of.label}没有这项设施：{'、'.join(unknown)}")] if unknown else []
