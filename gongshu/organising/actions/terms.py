"""Committees elected, posts left and filled, elections put off, and the clock that reminds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, accounts_at, require, system_actor
from gongshu.core.base.days import add_months
from gongshu.core.base.problems import Refused, refuse_if
from gongshu.core.flow import actions as flow
from gongshu.core.messages.actions import tell
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.core.ui.figures import cn_date
from gongshu.members.queries.counting import headcount
from gongshu.organising.enums import SITTING, Body, Permission, Shape
from gongshu.organising.models import Committee, Holding, Vacancy
from gongshu.organising.queries import law
from gongshu.organising.rules import terms as rules
from gongshu.organising.rules.founding import FoundingFacts
from gongshu.organising.rules.terms import Around, Departure, TermFacts

CLOCK = system_actor("任期时钟")


@dataclass(frozen=True)
class Filling:
    """Who fills a vacancy, from when."""

    name: str
    on: date


def elect(facts: TermFacts, *, organisation: Organisation, by: Actor, at: datetime) -> Committee:
    """Write down a committee elected; the one of the same kind before it is replaced. Raises Refused."""
    on = timezone.localdate(at)
    with transaction.atomic():
        org = Organisation.objects.select_for_update().get(pk=organisation.pk)
        require(by, Permission.EDIT, at=org)
        if org.ended_on:
            raise Refused.because("这个工会已经撤销，不能再登记换届")
        before = Committee.objects.filter(organisation=org, body=facts.body, state__in=SITTING).first()
        around = Around(
            on=on,
            before_on=before.began_on if before else None,
            members=headcount(org, live=True).members if facts.body == Body.UNION else 0,
            is_base=org.level == Level.BASE,
        )
        refuse_if(rules.electing(facts, around, law.term_law(on, org)))
        if before:
            _finish(before, "replace", on=facts.began_on, by=by, at=at)
        return _sit(facts, org, by=by, at=at)


def _sit(facts: TermFacts, org: Organisation, *, by: Actor, at: datetime) -> Committee:
    earlier = Committee.objects.filter(organisation=org, body=facts.body).order_by("-number").first()
    ends_on = add_months(facts.began_on, rules.MONTHS * facts.years)
    row = Committee(
        organisation=org,
        body=facts.body,
        number=earlier.number + 1 if earlier else 1,
        began_on=facts.began_on,
        years=facts.years,
        ends_on=ends_on,
        due_on=ends_on,
    )
    flow.start(row, by=by, at=at, summary=f"登记选举结果：{org.short_name}{row}")
    Holding.objects.bulk_create(
        [Holding(committee=row, name=each.name, post=each.post, from_on=facts.began_on) for each in facts.holders]
    )
    return row


def first(facts: FoundingFacts, union: Organisation, *, on: date, at: datetime) -> Committee | None:
    """Seat the first committee (or organiser) of a union just founded, as it was approved."""
    if not facts.nominees:
        return None
    told = TermFacts(Body.UNION, on, facts.years, facts.nominees)
    what = Shape(facts.shape).label
    return _sit(told, union, by=system_actor(f"批准成立（{what}）"), at=at)


def _finish(committee: Committee, step: str, *, on: date, by: Actor, at: datetime) -> None:
    """End a committee; its posts end with it, and what was still to be filled."""
    for vacancy in Vacancy.objects.filter(left__committee=committee, state="open").order_by("pk"):
        flow.advance(vacancy, "lapse", by=by, at=at)
    Holding.objects.filter(committee=committee, until_on__isnull=True).update(until_on=on)
    flow.advance(committee, step, by=by, at=at, facts={"on": on})


def close_all(org: Organisation, *, on: date, at: datetime) -> None:
    """End all committees of a union that ends."""
    by = system_actor("随工会撤并")
    for committee in Committee.objects.filter(organisation=org, state__in=SITTING).order_by("pk"):
        _finish(committee, "close", on=on, by=by, at=at)


def leave(holding: Holding, told: Departure, *, by: Actor, at: datetime) -> Vacancy:
    """Write down that somebody left a post; the vacancy waits at the union's desk. Raises Refused."""
    on = timezone.localdate(at)
    with transaction.atomic():
        row = Holding.objects.select_for_update(of=("self",)).select_related("committee__organisation").get(
            pk=holding.pk
        )  # fmt: skip
        org = row.committee.organisation
        require(by, Permission.EDIT, at=org)
        if row.until_on or row.committee.state not in SITTING:
            raise Refused.because("此人已经离任")
        refuse_if(rules.leaving(row.post, told, since=row.from_on, on=on, law=law.leaving_rule(on)))
        row.until_on, row.why = told.on, told.why
        row.save(update_fields=["until_on", "why"])
        due_on = add_months(told.on, law.vacancy_rule(on, org)["months"])
        vacancy = Vacancy(organisation=org, left=row, due_on=due_on)
        summary = f"{row.get_why_display()}离任：{org.short_name}{row.get_post_display()}{row.name}"
        flow.start(vacancy, by=by, at=at, summary=summary)
    return vacancy


def fill(vacancy: Vacancy, told: Filling, *, by: Actor, at: datetime) -> Holding:
    """Fill a vacancy; raises Refused."""
    left = vacancy.left
    refuse_if(rules.filling(told.name, told.on, since=left.until_on or left.from_on, on=timezone.localdate(at)))
    try:
        with transaction.atomic():
            row = Holding.objects.create(
                committee=left.committee, name=told.name.strip(), post=left.post, from_on=told.on
            )
            flow.advance(vacancy, "fill", by=by, at=at, facts={"filled_by": row, "note": row.name})
    except IntegrityError as error:
        raise Refused.because("此人已在本届委员会任职，请核对", field="name") from error
    return row


def put_off(committee: Committee, until: date, *, reason: str, by: Actor, at: datetime) -> Committee:
    """Agree, as the union above, that an election is held later; raises Refused with the clause."""
    if committee.upper is None:
        raise Refused.because("没有上一级工会，不能延期换届")
    rule = law.postponing_rule(timezone.localdate(at), committee.organisation)
    facts = {"until": until, "note": reason, "law": rule}
    return flow.advance(committee, "put_off", by=by, at=at, facts=facts)


def remind_some(*, at: datetime, after: int = 0, most: int = 200) -> tuple[int, int]:
    """Remind up to `most` unions whose term nears its end, once for each warning; return how many and the last key."""
    on = timezone.localdate(at)
    months = law.warning_rule(on)["months"]
    near = Committee.objects.filter(state__in=SITTING, due_on__lte=add_months(on, max(months)), pk__gt=after)
    rows = list(near.select_related("organisation").order_by("pk")[:most])
    told = accounts_at(Permission.EDIT, {row.organisation_id for row in rows}, on=on)
    count = sum(_remind(row, told.get(row.organisation_id, []), months, at) for row in rows)
    return count, rows[-1].pk if rows else 0


def _remind(row: Committee, accounts: list[int], months: tuple[int, ...], at: datetime) -> bool:
    on = timezone.localdate(at)
    warning = rules.to_warn(row.due_on, row.warned, on, months)
    if warning is None:
        return False
    Committee.objects.filter(pk=row.pk).update(warned=warning)
    when = f"{cn_date(row.due_on)}{'' if row.due_on >= on else '已'}任期届满"
    if row.state == "sitting":
        flow.advance(row, "remind", by=CLOCK, at=at, facts={"note": when})
    else:
        text = f"再次提醒换届：{row.organisation.short_name}{row}（{when}）"
        trail.record("warn", row, by=CLOCK, at=at, summary=text, organisation_id=row.organisation_id)
    tell(
        accounts,
        subject=f"请准备换届：{row}",
        body=f"{row.organisation.name}{row}{when}，请按期换届；确需延期的，报上一级工会同意。",
        url=row.get_absolute_url(),
        at=at,
        organisation=row.organisation,
    )
    return True
