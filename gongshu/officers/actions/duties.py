"""The ledger of a year opened, duties done, and the clock that reminds before they are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, accounts_at, require, system_actor
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.files.models import Attachment
from gongshu.core.flow import actions as flow
from gongshu.core.messages.actions import tell
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail import actions as trail
from gongshu.core.ui.figures import cn_date
from gongshu.officers import rules
from gongshu.officers.enums import OTHER_DUTY, Permission
from gongshu.officers.models import Duty
from gongshu.officers.queries.duties import Asked, asked_in, reminder_rule
from gongshu.officers.rules import Doing

CLOCK = system_actor("台账时钟")
TAKEN = Problem("台账里已有同一期限的这件事项", field="title")


@dataclass(frozen=True)
class NewDuty:
    """A duty entered by hand: what, which post answers for it, by when."""

    title: str
    post: str
    due_on: date


def open_year(year: int, *, organisation: Organisation, by: Actor, at: datetime) -> int:
    """Write down what the data file asks of an organisation in a year from today on; return how many were new.

    Those already there stay as they are, so that it may be asked for again. Raises Refused.
    """
    on = timezone.localdate(at)
    with transaction.atomic():
        org = Organisation.objects.select_for_update().get(pk=organisation.pk)
        require(by, Permission.KEEP, at=org)
        wanted = [each for each in asked_in(year, org) if each.due_on >= on]
        held = set(Duty.objects.filter(organisation=org, due_on__year=year).values_list("kind", "due_on"))
        new = [each for each in wanted if (each.source.article, each.due_on) not in held]
        if not wanted:
            raise Refused.because(f"{year}年没有要列入台账的事项：本级没有规定，或者期限都已过去")
        for each in new:
            _start(_duty(org, each), by=by, at=at)
        if new:
            summary = f"列出{year}年党建和廉政台账：{len(new)}件"
            trail.record("open_year", org, by=by, at=at, summary=summary, organisation_id=org.pk)
    return len(new)


def _duty(org: Organisation, asked: Asked) -> Duty:
    rule = asked.source
    several = len(rule["months"]) > 1
    return Duty(
        organisation=org,
        kind=rule.article,
        title=f"{rule.heading}（{asked.due_on.month}月）" if several else rule.heading,
        post=rule["post"],
        due_on=asked.due_on,
        takes_file=rule["takes_file"],
    )


def _start(duty: Duty, *, by: Actor, at: datetime) -> Duty:
    flow.start(duty, by=by, at=at)
    if _is_near(duty, timezone.localdate(at), reminder_rule(timezone.localdate(at))["days"]):
        flow.advance(duty, "remind", by=CLOCK, at=at)
    return duty


def _is_near(duty: Duty, on: date, days: int) -> bool:
    return duty.due_on - on <= timedelta(days=days)


def add(new: NewDuty, *, organisation: Organisation, by: Actor, at: datetime) -> Duty:
    """Write down a duty the data file does not know; raises Refused."""
    require(by, Permission.KEEP, at=organisation)
    refuse_if(rules.planning_duty(new.title, new.due_on, on=timezone.localdate(at)))
    duty = Duty(organisation=organisation, kind=OTHER_DUTY, title=new.title.strip(), post=new.post, due_on=new.due_on)
    try:
        with transaction.atomic():
            return _start(duty, by=by, at=at)
    except IntegrityError as error:
        raise Refused([TAKEN]) from error


def finish(duty: Duty, doing: Doing, *, attachment: Attachment | None = None, by: Actor, at: datetime) -> Duty:
    """Say in one line that a duty is done; raises Refused."""
    facts = {"doing": doing, "attachment": attachment, "on": timezone.localdate(at), "note": doing.note.strip()}
    return flow.advance(duty, "finish", by=by, at=at, facts=facts)


def reopen(duty: Duty, *, reason: str, by: Actor, at: datetime) -> Duty:
    """Take back that a duty is done; raises Refused."""
    return flow.advance(duty, "reopen", by=by, at=at, facts={"note": reason})


def drop(duty: Duty, *, reason: str, by: Actor, at: datetime) -> Duty:
    """Say why a duty does not apply; raises Refused."""
    return flow.advance(duty, "drop", by=by, at=at, facts={"note": reason})


def remind_some(*, at: datetime, after: int = 0, most: int = 200) -> tuple[int, int]:
    """Bring up to `most` duties near their day into the inbox and tell their keepers; return how many, the last key."""
    on = timezone.localdate(at)
    until = on + timedelta(days=reminder_rule(on)["days"])
    near = Duty.objects.filter(state="ahead", due_on__lte=until, pk__gt=after)
    rows = list(near.select_related("organisation").order_by("pk")[:most])
    keepers = accounts_at(Permission.KEEP, {row.organisation_id for row in rows}, on=on)
    for row in rows:
        flow.advance(row, "remind", by=CLOCK, at=at)
        tell(
            keepers.get(row.organisation_id, []),
            subject=f"快到期：{row.title}",
            body=f"{row.organisation.name}：{row.open_title()}，期限{cn_date(row.due_on)}。办完写一句话即可。",
            url=row.get_absolute_url(),
            at=at,
            organisation=row.organisation,
        )
    return len(rows), rows[-1].pk if rows else 0


def carry_on_some(*, at: datetime, after: int = 0, most: int = 50) -> tuple[int, int]:
    """Open this year's ledger of up to `most` organisations that kept one last year; return how many, the last key."""
    year = timezone.localdate(at).year
    kept = Duty.objects.filter(due_on__year=year - 1, organisation__pk__gt=after, organisation__ended_on__isnull=True)
    begun = Duty.objects.filter(due_on__year=year).exclude(kind=OTHER_DUTY).values("organisation")
    keys = kept.exclude(kind=OTHER_DUTY).exclude(organisation__in=begun).order_by("organisation")
    orgs = list(Organisation.objects.filter(pk__in=keys.values("organisation")).order_by("pk")[:most])
    for org in orgs:
        if any(each.due_on >= timezone.localdate(at) for each in asked_in(year, org)):
            open_year(year, organisation=org, by=CLOCK, at=at)
    return len(orgs), orgs[-1].pk if orgs else 0
