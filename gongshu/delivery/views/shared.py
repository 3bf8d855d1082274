"""What several pages of delivery do alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect

from gongshu.core.access.guard import Request
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.files.actions import keep
from gongshu.core.files.models import Attachment
from gongshu.core.files.queries import version_of
from gongshu.core.files.responses import serve
from gongshu.delivery.models import Assignment, SupervisionNotice

Row = Assignment | SupervisionNotice


def take(row: Row, act: Callable[[], Any], again: Callable[[Sequence[Problem]], HttpResponse]) -> HttpResponse:
    """Take a step and show the row, or show the page `again` with why not."""
    try:
        act()
    except Refused as refusal:
        return again(refusal.problems)
    return redirect(row)


def kept(request: Request, form: Form) -> Attachment | None:
    """Keep the file that came with a form, if one did; raises Refused."""
    upload = form.cleaned_data["attachment"]
    return keep(upload, by=request.actor) if upload else None


def file_of(request: Request, row: Row) -> FileResponse:
    """Hand out the file that came with a row, or the one it replaced that `?version=` names; raises Http404."""
    return serve(version_of(row.attachment, request.GET.get("version", "")))
