"""Supervision notices, and the facts that decide whether one may go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, reach
from gongshu.core.base.days import add_working_days
from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.lookup import clause
from gongshu.delivery.enums import Permission, Status
from gongshu.delivery.machine import NOTICE_OPEN
from gongshu.delivery.models import Plan, Programme, SupervisionNotice, Task
from gongshu.delivery.queries.standing import standing
from gongshu.delivery.rules import Law, NoticeFacts, worst_of


@dataclass(frozen=True)
class Matter:
    """What a notice is about: a task, or a whole programme where `task` is None, at an organisation."""

    organisation: Organisation
    plan: Plan
    programme: Programme | None
    task: Task | None = None

    @property
    def subject(self) -> str:
        """Return the task's words, else the programme's name."""
        return str(self.task or self.programme)

    @property
    def code(self) -> str:
        """Return what a form sends for it."""
        keys = (self.organisation.pk, self.plan.pk, self.programme, self.task)
        return "-".join(str(getattr(key, "pk", key) or 0) for key in keys)


def law_of(on: date) -> Law:
    """Return the clauses in force on a day; the regulation on government supervision is applied by analogy."""
    interval = clause("defaults", "supervision-interval", on=on)
    return Law(clause("government-supervision", "15", on=on), interval, interval["days"])


def answer_day(on: date) -> date:
    """Return the day a notice sent on `on` is to be answered by, if nothing else is said."""
    return add_working_days(on, clause("defaults", "supervision-answer", on=on)["working_days"])


def notices_for(actor: Actor) -> QuerySet[SupervisionNotice]:
    """Return the notices to or from an organisation within reach, newest first."""
    mine = reach(actor, Permission.SEE) | reach(actor, Permission.SEE, "issuer")
    rows = SupervisionNotice.objects.filter(mine)
    return rows.select_related("organisation", "issuer", "plan", "programme", "task").order_by("-issued_on", "-pk")


def notice_for(actor: Actor, pk: int) -> SupervisionNotice:
    """Return one notice within reach; raises Http404."""
    rows = notices_for(actor).select_related("attachment")
    return get_object_or_404(rows, pk=pk)


@dataclass(frozen=True)
class Standing:
    """What is known about a matter: facts for the rules, its colour now."""

    facts: NoticeFacts
    status: Status


def look_at(matters: Sequence[Matter], issuer: Organisation, *, on: date) -> list[Standing]:
    """Return what decides about each matter, in order: six queries, and one for each metric and hundred targets."""
    plans = list({matter.plan.pk: matter.plan for matter in matters}.values())
    orgs = list({matter.organisation.pk: matter.organisation for matter in matters}.values())
    colours = standing(plans, orgs, on=on)
    programme_of: dict[int, int | None] = dict(Task.objects.filter(plan__in=plans).values_list("pk", "programme_id"))
    earlier = SupervisionNotice.objects.filter(plan__in=plans, organisation__in=orgs)
    still_open = list(earlier.filter(state__in=NOTICE_OPEN).select_related("issuer", "task"))
    closed = _closed(earlier.filter(state="closed"))
    return [_look(m, issuer, _statuses(m, colours, programme_of), still_open, closed) for m in matters]


Subject = tuple[int, int | None, int | None]


def _closed(rows: QuerySet[SupervisionNotice]) -> dict[Subject, date]:
    last = rows.order_by().values("organisation", "programme", "task").annotate(last=Max("closed_on"))
    return {(row["organisation"], row["programme"], row["task"]): row["last"] for row in last}


def _statuses(
    matter: Matter, colours: dict[tuple[int, int], Status], programme_of: dict[int, int | None]
) -> list[Status]:
    org = matter.organisation.pk
    if matter.task:
        return [colours[matter.task.pk, org]] if (matter.task.pk, org) in colours else []
    wanted = matter.programme.pk if matter.programme else None
    return [s for (task, place), s in colours.items() if place == org and programme_of.get(task) == wanted]


def _look(
    matter: Matter,
    issuer: Organisation,
    statuses: Sequence[Status],
    still_open: Sequence[SupervisionNotice],
    closed: dict[Subject, date],
) -> Standing:
    org, status = matter.organisation, worst_of(statuses)
    in_the_way = next((notice for notice in still_open if _overlaps(notice, matter)), None)
    key = (org.pk, matter.programme.pk if matter.programme else None, matter.task.pk if matter.task else None)
    facts = NoticeFacts(
        organisation=org.short_name,
        subject=matter.subject,
        is_below=issuer.holds(org) and issuer.pk != org.pk,
        is_in_range=matter.plan.organisation.holds(issuer),
        is_carried=bool(statuses),
        is_done=status is Status.DONE,
        open_by=in_the_way.issuer.short_name if in_the_way else "",
        is_own=bool(in_the_way and in_the_way.issuer_id == issuer.pk),
        closed_on=closed.get(key),
    )
    return Standing(facts, status)


def _overlaps(notice: SupervisionNotice, matter: Matter) -> bool:
    """Tell whether a notice is about the same work: the same task, or a programme and one of its tasks."""
    if notice.organisation_id != matter.organisation.pk or notice.plan_id != matter.plan.pk:
        return False
    if notice.task_id and matter.task:
        return notice.task_id == matter.task.pk
    return notice.programme_id is not None and notice.programme_id == getattr(matter.programme, "pk", None)
