"""What a page calls to hand out its list."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gongshu.core.access.guard import Request
from gongshu.core.exports.jobs import ask_for
from gongshu.core.exports.replay import Replay
from gongshu.core.exports.sheet import Sheet
from gongshu.core.ui.spreadsheet import attached, workbook
from gongshu.core.ui.tables import TableShown


def download(request: Request, table: TableShown, title: str) -> HttpResponse:
    """Answer with the table that is shown as .xlsx; a long one is handed to a job."""
    return hand_out(request, Sheet(table, title))


def hand_out(request: Request, sheet: Sheet) -> HttpResponse:
    """Answer with a list as .xlsx; a long one is handed to a job, whose progress is shown instead."""
    if isinstance(request, Replay):
        request.sheet = sheet
        return HttpResponse(status=204)
    if sheet.rows.is_longer_than(settings.EXPORT_AT_ONCE):
        return redirect(ask_for(request, sheet, at=timezone.now()))
    content, count = workbook(sheet.rows)
    with transaction.atomic():
        sheet.record(count)
    return attached(content, sheet.title)
