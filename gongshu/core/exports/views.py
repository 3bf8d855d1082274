"""One's own exports: the list and a file."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from gongshu.core.access.guard import Request, signed_in
from gongshu.core.exports import actions, queries
from gongshu.core.exports.tables import MINE
from gongshu.core.ui.spreadsheet import XLSX


@signed_in("只列出本人的导出")
@require_http_methods(["GET", "POST"])
def mine(request: Request) -> HttpResponse:
    """List one's exports with how far they are; the ticked ones are removed before their time."""
    table = MINE.over(queries.exports_for(request.actor), request.GET)
    if request.method == "POST":
        actions.remove(table.chosen(request.POST), by=request.actor, at=now())
        return redirect("exports:mine")
    return render(request, "exports/mine.html", {"table": table, "days": settings.EXPORT_DAYS})


@signed_in("只能下载本人的导出，且须仍有导出时的权限")
@require_GET
def file(request: Request, pk: int) -> FileResponse:
    """Hand out the file of an export."""
    export = queries.file_for(request.actor, pk)
    try:
        content = export.location.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    actions.record_download(export, by=request.actor, at=now())
    response = FileResponse(content, as_attachment=True, filename=f"{export.title}.xlsx", content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response
