"""Background work on rosters: checking one, bringing one in, clearing old ones away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

from django.utils import timezone

from gongshu.core.access.actor import Actor, actor_for, system_actor
from gongshu.core.base import garbage
from gongshu.core.base.keyring import Tampered
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.jobs import actions as jobs
from gongshu.core.jobs.handles import Schedule, job
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.core.people.models import Account
from gongshu.rosters.actions import checking, forgetting, receiving, staging
from gongshu.rosters.actions.entering import Entering, results
from gongshu.rosters.actions.preparing import Ahead
from gongshu.rosters.enums import Verdict
from gongshu.rosters.models import Roster


@job("rosters.check", label="检查名册")
def check(run: Run, *, roster_id: int) -> Mapping[str, object]:
    """Read, check and lay aside every row; a later try goes on after the last row that was laid aside."""
    roster = Roster.objects.select_related("organisation", "file").get(pk=roster_id)
    by = actor_of(run.job)
    if roster.state == "checking":
        problems: Sequence[Problem] = ()
        try:
            with garbage.searched_seldom():
                _check(run, roster, by)
        except Refused as refusal:
            problems = refusal.problems
        except Tampered:
            problems = [Problem("上传的文件在服务器上被改动或损坏，不能再读，请重新上传")]
        if problems:
            with run.step():
                receiving.refuse(_held(roster), list(problems), by=by, at=timezone.now())
    return {"summary": f"{roster.file_name}：{roster.state_label}", "url": roster.get_absolute_url()}


def _check(run: Run, roster: Roster, by: Actor) -> None:
    opened = checking.opened(roster)
    while not roster.read_to:
        with run.step():
            if not staging.clear_rows(_held(roster)):
                break
    total = max(opened.total - roster.heading_row, roster.rows)
    checker = checking.Checker(roster, by, timezone.now())
    with closing(opened.lines(after=roster.read_to)) as lines:
        for some in checker.blocks(lines):
            with run.step():
                if some.last > _held(roster).read_to:
                    staging.lay_aside(roster, some)
                run.progress(roster.rows, max(total, roster.rows), "逐行检查")
            del some  # before the next ones are read
    run.progress(roster.rows, note="查找重复")
    for block, refused in checking.told_again(roster):
        with run.step():
            _held(roster)
            staging.set_aside(block, refused)
    with run.step():
        receiving.checked(_held(roster), by=by, at=timezone.now())


@job("rosters.enter", label="导入名册", max_tries=20)
def enter(run: Run, *, roster_id: int) -> Mapping[str, object]:
    """Bring the rows in, phase by phase; a later try goes on after the last step that was committed."""
    roster = Roster.objects.select_related("organisation", "origin").get(pk=roster_id)
    by = actor_of(run.job)
    if roster.state == "entering":
        with garbage.searched_seldom(), ThreadPoolExecutor(1, "roster-ahead") as pool:
            entering = Entering.of(roster, by, Ahead(pool))
            for phase in entering.phases():
                _phase(run, entering, phase)
        with run.step():
            _held(roster).results = results(roster, staging.count(roster))
            roster.save(update_fields=["results"])
            receiving.finished(roster, by=by, at=timezone.now())
    told = f"{roster.file_name}：{receiving.told_results(roster)}"
    return {"summary": told, "url": roster.get_absolute_url()}


def _phase(run: Run, entering: Entering, phase: str) -> None:
    roster, is_more = entering.roster, True
    while is_more:
        with run.step():
            _held(roster)
            is_more = entering.step(phase)
            done = max(0, roster.reached - roster.heading_row) if phase == Verdict.NEW else roster.rows
            run.progress(min(done, roster.rows), roster.rows, Verdict(phase).label)


def _held(roster: Roster) -> Roster:
    """Return a roster locked and as it stands now; in a step."""
    rows = Roster.objects.select_for_update(of=("self",)).select_related("organisation", "origin", "file")
    roster.refresh_from_db(from_queryset=rows)
    return roster


def actor_of(row: Job) -> Actor:
    """Return whoever asked for a job, with the rights they have today; the system where it was nobody."""
    if row.created_by_id is None:
        return system_actor("名册导入")
    account = Account.objects.filter(pk=row.created_by_id, is_active=True).first()
    if account is None:
        raise Refused.because("发起导入的账号已停用，请由其他经办人继续")
    return actor_for(account, on=timezone.localdate())


def enqueue_check(roster: Roster, by: Actor) -> Job:
    """Have a roster checked; once, however often this is asked for."""
    return jobs.enqueue(check, key=roster.job_key, by=by, organisation=roster.organisation, roster_id=roster.pk)


def enqueue_enter(roster: Roster, by: Actor) -> Job:
    """Have a roster brought in; once, however often this is asked for."""
    return jobs.enqueue(enter, key=roster.job_key, by=by, organisation=roster.organisation, roster_id=roster.pk)


@job("rosters.forget", label="清除到期的名册")
def forget(run: Run) -> dict[str, int]:
    """Delete uploaded files and rows whose time is over."""
    at = timezone.now()
    files = rows = 0
    for roster in forgetting.with_old_files(at=at):
        with run.step():
            forgetting.forget_file(roster, at=at)
        files += 1
    for roster in forgetting.with_old_rows(at=at):
        is_more = True
        while is_more:
            with run.step():
                is_more = forgetting.forget_rows(roster, at=at)
            run.progress(rows)
        rows += 1
    return {"files": files, "rosters": rows}


JOBS = (check, enter, forget)
SCHEDULES = (Schedule(forget, every=timedelta(days=1), offset=timedelta(hours=3)),)
