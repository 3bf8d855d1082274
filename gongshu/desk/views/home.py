"""The first page: what waits at this desk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string

from gongshu.core.access.actor import Actor, can
from gongshu.core.access.enums import Permission
from gongshu.core.access.guard import Request, signed_in
from gongshu.core.flow.machine import Machine
from gongshu.core.flow.models import OpenItem
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.models import Entry
from gongshu.core.ui.figures import NEAR_DAYS
from gongshu.core.ui.links import with_params
from gongshu.core.ui.shapes import Link, PillValue
from gongshu.core.ui.tables import rows_of
from gongshu.delivery.enums import Permission as Delivery
from gongshu.delivery.enums import Status
from gongshu.delivery.queries.overview import ProgrammeLine, overview
from gongshu.delivery.queries.warmap import plans_above
from gongshu.delivery.rules.warmap import WORST_FIRST
from gongshu.delivery.tables import status_pill
from gongshu.desk.queries import inbox
from gongshu.desk.queries.figures import figures_of
from gongshu.desk.tables import INBOX, Waiting
from gongshu.members.enums import Permission as Members
from gongshu.members.queries.counting import HeadCount, headcount

MOST_PROGRAMMES = 8


def machines() -> dict[str, Machine]:
    """Return the machines that the catalogue lists, by the kind their open items carry."""
    listed: tuple[Machine, ...] = import_string(f"{settings.CATALOGUE}.MACHINES")
    return {machine.model.lower(): machine for machine in listed}


@signed_in("只列出本人所坐办公桌的待办")
def home(request: Request) -> HttpResponse:
    """Show what waits, narrowed by kind and colour, a page at a time; beside it the desk's figures."""
    known, today = machines(), timezone.localdate()
    kind = request.GET.get("kind", "") if request.GET.get("kind") in known else ""
    colour = request.GET.get("colour", "") if request.GET.get("colour") in dict(inbox.COLOURS) else ""
    narrow = inbox.colour(colour, on=today, near_days=NEAR_DAYS) if colour else Q()
    rows = inbox.waiting(request.actor, kind=kind, narrow=narrow)
    after = inbox.Cursor.read(request.GET.get("after", ""))
    page = inbox.page(rows, after, parts=inbox.parts_of(colour))
    moved = inbox.senders(page.items)
    given = inbox.issuers([item for item in page.items if (item.kind, item.object_id) not in moved])
    waiting = [_row(item, known, moved, given) for item in page.items]
    is_all = not (kind or colour or after or page.following)
    held = {item.kind for item in page.items} if is_all else inbox.kinds_waiting(request.actor)
    shown, folded = _kind_chips(request, _kinds(request.actor, known), held)
    context = {
        "rows": waiting,
        "columns": INBOX,
        "body": rows_of(INBOX, waiting),
        "following": with_params(request.GET, {"after": str(page.following)}) if page.following else "",
        "first": with_params(request.GET, {"after": None}) if request.GET.get("after") else "",
        "kinds": shown,
        "more_kinds": folded,
        "colours": _chips(request, "colour", inbox.COLOURS),
        "is_narrowed": bool(kind or colour),
        "figures": figures_of(request.actor.desk) if request.actor.desk else [],
        "work": _work(request.actor, on=today),
        "joining": _joining(request.actor),
        "may_see_tree": bool(request.actor.desk and can(request.actor, Permission.SEE_TREE, at=request.actor.desk)),
    }
    return render(request, "desk/home.html", context)


def _row(
    item: OpenItem, known: dict[str, Machine], moved: dict[tuple[str, int], Entry], given: dict[int, Organisation]
) -> Waiting:
    machine = known.get(item.kind)
    label = machine.label if machine else item.kind
    state = machine.state(item.state).label if machine else item.state
    issuer = given.get(item.object_id) if item.kind == inbox.ASSIGNMENTS else None
    return Waiting(item, label, state, moved.get((item.kind, item.object_id)), issuer)


def _kinds(actor: Actor, known: dict[str, Machine]) -> list[tuple[str, str]]:
    """Return the kinds of things that can wait for this person at all."""
    seat = actor.seat
    rights = {
        right
        for held in actor.held
        if seat and held.organisation.pk == seat.organisation.pk
        for right in held.role.grants
    }
    return [
        (kind, machine.label)
        for kind, machine in known.items()
        if any(state.waits and state.waits.needs in rights for state in machine.states)
    ]


def _kind_chips(
    request: Request, kinds: Sequence[tuple[str, str]], held: Collection[str]
) -> tuple[list[Link], list[Link]]:
    """Return chips for the kinds that something waits of and the one chosen, and for the others, which stand folded."""
    everything, *links = _chips(request, "kind", kinds)
    waits = [link.active or code in held for (code, _), link in zip(kinds, links, strict=True)]
    shown = [link for link, is_shown in zip(links, waits, strict=True) if is_shown]
    folded = [link for link, is_shown in zip(links, waits, strict=True) if not is_shown]
    return ([everything, *shown], folded) if shown else ([], [])


def _chips(request: Request, name: str, choices: Sequence[tuple[str, str]]) -> list[Link]:
    current = request.GET.get(name, "")
    return [
        Link(label, with_params(request.GET, {name: code, "after": None}), active=code == current)
        for code, label in (("", "全部"), *choices)
    ]


def _joining(actor: Actor) -> HeadCount | None:
    """Return the counters with the applications at the desk and below, for whom a list of all of them is there."""
    if actor.desk is None or not can(actor, Members.APPROVE, at=actor.desk) or not actor.desk.numchild:
        return None
    return headcount(actor.desk)


def _work(actor: Actor, *, on: date) -> list[tuple[ProgrammeLine, PillValue, float]]:
    """Return the desk's programmes with their colour and how far they are; eight at most, the worst first."""
    if actor.desk is None or not can(actor, Delivery.SEE, at=actor.desk):
        return []
    lines = overview(actor.desk, list(plans_above(actor.desk)), on=on)
    order = [Status.NOT_GIVEN, *reversed(WORST_FIRST)]
    worst = sorted(lines, key=lambda each: -order.index(each.status))[:MOST_PROGRAMMES]
    return [(each, status_pill(each.status), float(each.percent)) for each in worst]
