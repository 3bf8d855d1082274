"""The overview wall: for a screen on the wall, and readable on a phone; it refreshes itself."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongshu.core.access.guard import Request, needs
from gongshu.core.orgs.models import Organisation
from gongshu.core.ui.shapes import Bar, HeatCell, HeatRow, Link, Series
from gongshu.delivery.enums import Status
from gongshu.delivery.queries.overview import ProgrammeLine
from gongshu.delivery.queries.warmap import Cell
from gongshu.delivery.tables import notice_pill
from gongshu.desk.enums import Permission
from gongshu.desk.queries.wall import Wall, wall_of, walls_for

MOST_PROGRAMMES = 12
ACROSS = 16
MONTHS = [f"{month}月" for month in range(1, 13)]
LEGEND = [
    *((status.tone, status.label) for status in Status if status not in (Status.NOT_GIVEN, Status.LEFT)),
    ("", "未部署"),
]


@needs(Permission.WALL)
def own(request: Request) -> HttpResponse:
    """Go to the wall of one's own desk."""
    desk = request.actor.desk
    if desk is None:
        raise Http404
    return redirect("desk:wall_of", pk=desk.pk)


@needs(Permission.WALL)
def show(request: Request, pk: int) -> HttpResponse:
    """Show the wall of an organisation; htmx asks again each minute for the middle part alone."""
    at = get_object_or_404(walls_for(request.actor), pk=pk)
    now = timezone.now()
    wall = wall_of(at, on=timezone.localdate(now))
    context = {
        "wall": wall,
        "at": at,
        "now": now,
        "bars": [_bar(each) for each in wall.programmes[:MOST_PROGRAMMES]],
        "more": max(len(wall.programmes) - MOST_PROGRAMMES, 0),
        "rows": _strips(wall),
        "legend": LEGEND,
        "map_url": f"{reverse('delivery:warmap')}?at={at.pk}",
        "latest": [(notice, notice_pill(notice)) for notice in wall.latest],
        "labels": MONTHS,
        "series": _series(wall, timezone.localdate(now).year),
    }
    template = "desk/_wall.html" if request.headers.get("HX-Request") else "desk/wall.html"
    return render(request, template, context)


def _bar(each: ProgrammeLine) -> Bar:
    note = f"{each.status.label} {each.done}/{len(each.lines)}项"
    return Bar(each.label, each.percent, url=each.plan.get_absolute_url(), tone=each.status.tone, note=note)


def _series(wall: Wall, year: int) -> list[Series]:
    """Return this year's months, and the year before where anything was counted then."""
    found = [Series(f"{year}年", wall.months)]
    return [*found, Series(f"{year - 1}年", wall.last_year)] if any(wall.last_year) else found


def _strips(wall: Wall) -> list[tuple[list[Link], list[HeatRow]]]:
    """Return the organisations directly below in strips of at most sixteen: heads and one row of cells each."""
    found = []
    for start in range(0, len(wall.children), ACROSS):
        part = wall.children[start : start + ACROSS]
        heads = [Link(org.short_name, reverse("desk:wall_of", args=[org.pk])) for org, _ in part]
        found.append((heads, [HeatRow("完成／任务", [_cell(org, cell) for org, cell in part])]))
    return found


def _cell(org: Organisation, cell: Cell) -> HeatCell:
    if not cell.total:
        return HeatCell("—", title=f"{org.short_name}：没有承办任务")
    url = f"{reverse('delivery:warmap')}?at={org.pk}"
    return HeatCell(f"{cell.done}/{cell.total}", cell.status.tone, url, f"{org.short_name}：{cell.why}")
