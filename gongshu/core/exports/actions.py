"""The only place that writes exports and their files."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from gongshu.core.access.actor import Actor
from gongshu.core.access.guard import Request
from gongshu.core.base.sealing import SUFFIX
from gongshu.core.exports.models import Export
from gongshu.core.exports.replay import needs_of
from gongshu.core.exports.sheet import Sheet
from gongshu.core.files.actions import is_older
from gongshu.core.jobs import actions as jobs
from gongshu.core.jobs.enums import FINISHED
from gongshu.core.jobs.models import Job
from gongshu.core.messages.actions import tell
from gongshu.core.trail import actions as trail

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
SENSITIVE_FOR = timedelta(days=1)
LEFT_OVER = timedelta(days=1)


@transaction.atomic
def open_export(request: Request, sheet: Sheet, *, at: datetime) -> Export:
    """Write down what was asked for; asked again while its job is under way, it is the same export."""
    actor = request.actor
    asked: dict[str, Any] = {
        "account_id": actor.account_id,
        "seat_id": actor.seat.appointment_id if actor.seat else None,
        "address": request.path_info,
        "query": request.GET.urlencode(),
        "posted": _posted(request),
    }
    under_way = Export.objects.filter(**asked, ready_at=None, job__isnull=False).exclude(job__state__in=FINISHED)
    return under_way.first() or Export.objects.create(
        **asked,
        organisation=actor.desk,
        title=sheet.title[:120],
        needs=[*needs_of(request.path_info), *sheet.needs],
        is_sensitive=sheet.is_sensitive,
        asked_at=at,
        kept_until=at + _kept_for(is_sensitive=sheet.is_sensitive),
    )


def _posted(request: Request) -> str:
    """Return what was posted; a page that was posted to is asked again by a post, even without any field."""
    if request.method != "POST":
        return ""
    posted = request.POST.copy()
    posted.pop(TOKEN, None)
    posted["export"] = "xlsx"
    return str(posted.urlencode())


def _kept_for(*, is_sensitive: bool) -> timedelta:
    return SENSITIVE_FOR if is_sensitive else timedelta(days=settings.EXPORT_DAYS)


def attach(export: Export, job: Job) -> None:
    """Say which job writes an export."""
    export.job = job
    export.save(update_fields=["job"])


def finish(export: Export, sheet: Sheet, *, count: int, size: int, by: Actor, at: datetime) -> None:
    """Make a file of so many rows and bytes available and tell whoever asked; in the caller's transaction."""
    export.count, export.size, export.ready_at = count, size, at
    export.kept_until = at + _kept_for(is_sensitive=export.is_sensitive)
    export.save(update_fields=["count", "ready_at", "size", "kept_until"])
    sheet.record(count)
    detail = {"count": count, "address": export.address}
    trail.record("export", export, by=by, at=at, summary=f"导出“{export.title}”，{count} 行", detail=detail)
    told = f"共 {count} 行，请到“我的导出”下载。"
    tell([export.account_id], subject=f"“{export.title}”已导出", body=told, url=reverse("exports:mine"), at=at)


def record_download(export: Export, *, by: Actor, at: datetime) -> None:
    """Write down that the file was taken."""
    trail.record("download", export, by=by, at=at, summary=f"下载“{export.title}”，{export.count} 行")


@transaction.atomic
def remove(exports: Iterable[Export], *, by: Actor, at: datetime) -> None:
    """Remove exports before their time, with their files; jobs that still write them are stopped."""
    for export in exports:
        if export.job is not None and not export.job.is_finished:
            jobs.cancel(export.job, at=at)
        trail.record("remove", export, by=by, at=at, summary=f"删除导出“{export.title}”")
        transaction.on_commit(partial(export.location.unlink, missing_ok=True))
        export.delete()


def remove_old(*, at: datetime) -> int:
    """Remove exports whose time is over with their files, then what interrupted jobs left; return how many exports."""
    with transaction.atomic():
        old = list(Export.objects.select_for_update().filter(kept_until__lt=at))  # one that is finished now is kept on
        Export.objects.filter(pk__in=[export.pk for export in old]).delete()
    for export in old:
        export.location.unlink(missing_ok=True)
    _sweep(at)
    return len(old)


def _sweep(at: datetime) -> None:
    known = {f"{pk}{SUFFIX}" for pk in Export.objects.values_list("pk", flat=True)}
    for path in Path(settings.EXPORTS_ROOT).glob("*"):
        if path.name not in known and is_older(path, at - LEFT_OVER):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
