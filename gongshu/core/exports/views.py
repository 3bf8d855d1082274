"""One's own exports: the list and a file."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_http_methods

from gongshu.core.access.guard import Request, signed_in
from gongshu.core.base.keyring import KeyMissing, Tampered
from gongshu.core.base.problems import Problem
from gongshu.core.base.sealing import PIECE
from gongshu.core.exports import actions, queries
from gongshu.core.exports.tables import MINE
from gongshu.core.ui.spreadsheet import XLSX

logger = logging.getLogger(__name__)


@signed_in("只列出本人的导出")
@require_http_methods(["GET", "POST"])
def mine(request: Request) -> HttpResponse:
    """List one's exports with how far they are; the ticked ones are removed before their time."""
    if request.method == "POST":
        table = MINE.over(queries.exports_for(request.actor), request.GET)
        actions.remove(table.chosen(request.POST), by=request.actor, at=now())
        return redirect("exports:mine")
    return _listed(request)


def _listed(request: Request, problems: Sequence[Problem] = ()) -> HttpResponse:
    table = MINE.over(queries.exports_for(request.actor), request.GET)
    context = {"table": table, "days": settings.EXPORT_DAYS, "problems": problems}
    return render(request, "exports/mine.html", context, status=422 if problems else 200)


@signed_in("只能下载本人的导出，且须仍有导出时的权限")
@require_GET
def file(request: Request, pk: int) -> HttpResponseBase:
    """Hand out the file of an export, opened piece by piece on its way; one that was touched is refused."""
    export = queries.file_for(request.actor, pk)
    try:
        content = export.opened()
    except FileNotFoundError:
        raise Http404 from None
    except (KeyMissing, Tampered) as error:
        logger.error("export %s cannot be opened: %s", export.pk, error)
        return _listed(request, [Problem(f"“{export.title}”的文件不能解密，可能已被改动。请删除后重新导出")])
    actions.record_download(export, by=request.actor, at=now())
    response = FileResponse(content, as_attachment=True, filename=f"{export.title}.xlsx", content_type=XLSX)
    response.block_size = PIECE
    response["Cache-Control"] = "private, no-store"
    return response
