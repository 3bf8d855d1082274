"""Writing long lists, and removing them when they are old."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongshu.core.access.actor import actor_for
from gongshu.core.access.guard import Request
from gongshu.core.base.problems import Refused
from gongshu.core.base.sealing import SUFFIX, SealedWriter
from gongshu.core.exports import actions
from gongshu.core.exports.models import Export
from gongshu.core.exports.replay import sheet_of
from gongshu.core.exports.sheet import Sheet
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.core.people.protected import ring
from gongshu.core.ui.spreadsheet import write


@job("exports.write", label="导出名单", max_tries=3)
def write_export(run: Run, *, export_id: int) -> dict[str, object]:
    """Ask the page again for its list, with the rights the account has now, and write it row by row, sealed at once."""
    export = Export.objects.select_related("account__person", "organisation").filter(pk=export_id).first()
    if export is None:
        raise Refused.because("这份导出已被删除")
    if export.ready_at is not None:  # a worker that was killed after the end had written it
        return _told(export.count or 0)
    sheet = sheet_of(export)
    folder = Path(settings.EXPORTS_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as part:
        target, total = Path(part) / f"list{SUFFIX}", sheet.rows.count()
        with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            sealed = SealedWriter(file, ring(), export.sealed_name)
            count = write(sheet.rows, sealed, lambda done: run.progress(done, max(total, done), "正在写入"))
            sealed.finish()
            file.flush()
            os.fsync(file.fileno())
        by = actor_for(export.account, on=timezone.localdate(), seat_id=export.seat_id)
        with run.step():
            os.replace(target, export.location)
            actions.finish(export, sheet, count=count, size=sealed.size, by=by, at=timezone.now())
            run.progress(count, count, "已完成")
    return _told(count)


def _told(count: int) -> dict[str, object]:
    return {"summary": f"共 {count} 行", "url": reverse("exports:mine")}


@transaction.atomic
def ask_for(request: Request, sheet: Sheet, *, at: datetime) -> Job:
    """Have a list written by a job; asked again while that is under way, it is the same job."""
    export = actions.open_export(request, sheet, at=at)
    if export.job is None:
        key = f"export:{export.pk}"
        made = enqueue(write_export, key, by=request.actor, organisation=request.actor.desk, export_id=export.pk)
        actions.attach(export, made)
        return made
    return export.job


@job("exports.forget", label="清理过期的导出")
def forget_exports(run: Run) -> dict[str, int]:
    """Remove the exports whose time is over."""
    return {"removed": actions.remove_old(at=timezone.now())}


JOBS = (write_export, forget_exports)
SCHEDULES = (Schedule(forget_exports, every=timedelta(hours=1)),)
