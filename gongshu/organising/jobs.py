"""Background work of organising: carrying over the members of an ended union, and the clock of terms."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongshu.core.access.actor import Actor, system_actor
from gongshu.core.base.keyring import Tampered
from gongshu.core.base.problems import Refused
from gongshu.core.files.actions import Upload
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.core.orgs.models import Organisation
from gongshu.organising.actions import ending as actions
from gongshu.organising.actions import leads, listing, sharing, terms
from gongshu.organising.models import EmployerList, Ending
from gongshu.organising.queries import coverage
from gongshu.organising.queries.coverage import Places

LEADS_A_STEP = 200


@job("organising.settle", label="接转撤并工会的会籍", lease=timedelta(minutes=2))
def settle_members(run: Run, *, ending_id: int) -> dict[str, object]:
    """Carry the members of an ended union over batch by batch; a later run goes on with those still there."""
    ending = Ending.objects.select_related("organisation", "upper", "successor").get(pk=ending_id)
    done, is_over = 0, False
    while not is_over:
        with run.step():
            count = actions.settle(ending, at=timezone.now())
        done, is_over = done + count, count == 0
        run.progress(done, note=f"已接转 {done} 人")
    return {"接转": done}


def approve_ending(ending: Ending, *, by: Actor, at: datetime, note: str = "") -> Ending:
    """Approve the end of a union and put the carrying over of its members into the queue, both or neither."""
    with transaction.atomic():
        actions.approve(ending, by=by, at=at, note=note)
        enqueue(settle_members, key=f"settle:{ending.pk}", by=by, ending_id=ending.pk)
    return ending


@job("organising.terms", label="任期提醒")
def remind_terms(run: Run) -> dict[str, object]:
    """Remind every union whose term nears its end or is over, once for each warning."""
    done, after = 0, 0
    while True:
        with run.step():
            count, last = terms.remind_some(at=timezone.now(), after=after)
        done += count
        run.progress(done, note=f"已提醒 {done} 家")
        if not last:
            return {"提醒": done}
        after = last


def receive_employers(upload: Upload, *, organisation: Organisation, by: Actor, at: datetime) -> Job:
    """Keep a list of employers and put the reading of it into the queue, both or neither; raises Refused."""
    with transaction.atomic():
        taken = listing.receive(upload, organisation=organisation, by=by, at=at)
        return enqueue(take_in_employers, key=f"list:{taken.pk}", by=by, organisation=organisation, list_id=taken.pk)


@job("organising.employers", label="导入用人单位名单", lease=timedelta(minutes=5))
def take_in_employers(run: Run, *, list_id: int) -> dict[str, object]:
    """Read a list batch by batch; a later run goes on after the last row written."""
    taken = EmployerList.objects.select_related("organisation", "file").get(pk=list_id)
    if taken.file is None:  # a worker that was killed after the end had read it
        return _told(taken)
    by, places = system_actor("导入用人单位名单"), Places(taken.organisation)
    after = run.cursor if isinstance(run.cursor, int) else 0
    problem = ""
    try:
        for batch in listing.batches(taken, after=after):
            with run.step():
                listing.write(taken, batch, places, at=timezone.now())
                run.cursor = batch.last
            done = taken.new + taken.changed + taken.same + taken.refused
            run.progress(done, note=f"新增 {taken.new}，更新 {taken.changed}，未采用 {taken.refused}")
    except Refused as refusal:
        problem = str(refusal)
    except (Tampered, FileNotFoundError):
        problem = "上传的文件在服务器上被改动、损坏或者已不在，不能再读，请重新上传"
    with run.step():
        listing.finish(taken, by=by, at=timezone.now(), problem=problem)
    return _told(taken)


def _told(taken: EmployerList) -> dict[str, object]:
    told = taken.problem or f"新增 {taken.new} 家，更新 {taken.changed} 家，未采用 {taken.refused} 行"
    return {"summary": told, "url": taken.get_absolute_url()}


@job("organising.leads", label="查找建会线索")
def find_leads(run: Run) -> dict[str, object]:
    """Write a lead wherever enough workers of one employer are in a catch-all home."""
    found, new = coverage.gathered(timezone.localdate()), 0
    for start in range(0, len(found), LEADS_A_STEP):
        with run.step():
            new += leads.gather(found[start : start + LEADS_A_STEP], at=timezone.now())
        run.progress(start, len(found))
    return {"new": new}


@job("organising.forget", label="清除过期的用人单位联系人")
def forget_contacts(run: Run) -> dict[str, object]:
    """Erase contacts that are no longer needed, and lists nobody finished reading."""
    for taken in listing.with_old_files(at=timezone.now()):
        with run.step():
            listing.drop_file(taken, at=timezone.now())
    done = 0
    while True:
        with run.step():
            count = listing.forget_contacts(timezone.localdate(), most=LEADS_A_STEP)
        done += count
        if not count:
            return {"cleared": done}


@job("organising.shares", label="刷新按产业汇总")
def refresh_shares(run: Run) -> dict[str, int]:
    """Divide the high organisations by industrial union anew."""
    with run.step():
        count = sharing.refresh_shares(at=timezone.now())
    return {"shares": count}


JOBS = (settle_members, remind_terms, take_in_employers, find_leads, forget_contacts, refresh_shares)
SCHEDULES = (
    Schedule(refresh_shares, every=timedelta(minutes=5)),
    Schedule(remind_terms, every=timedelta(days=1), offset=timedelta(hours=6)),
    Schedule(find_leads, every=timedelta(days=1), offset=timedelta(hours=5)),
    Schedule(forget_contacts, every=timedelta(days=1), offset=timedelta(hours=4)),
)
