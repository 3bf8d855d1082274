"""Long lists: handed to a job with the rights of whoever asked, kept for a while, taken only by them."""

from __future__ import annotations

import os
import tracemalloc
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.access.actions import end_appointment
from gongshu.core.base import sealing
from gongshu.core.base.sealing import SealedWriter
from gongshu.core.exports import actions
from gongshu.core.exports.jobs import forget_exports
from gongshu.core.exports.models import Export
from gongshu.core.files.actions import remove_orphans
from gongshu.core.jobs import actions as job_actions
from gongshu.core.jobs.enums import JobState
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.run import Run
from gongshu.core.jobs.worker import Worker
from gongshu.core.messages.models import Message
from gongshu.core.people.protected import ring
from gongshu.core.trail.models import Entry
from gongshu.core.ui import tables
from gongshu.core.ui.cells import Column
from gongshu.core.ui.spreadsheet import write
from gongshu.core.ui.workbook import Page
from tests.members.samples import id_number, member
from tests.worlds import BUILDER, World

CITY, COUNTY, SISTER = "铜仁市总", "松桃苗族自治县总", "贵阳市总"
ORGS = "/orgs/list/?q=企业&export=xlsx"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.EXPORT_AT_ONCE = 1
    settings.EXPORTS_ROOT, settings.MEDIA_ROOT = tmp_path / "exports", tmp_path / "files"
    return settings.EXPORTS_ROOT


@pytest.fixture
def work():
    """Return a function that runs what is in the queue."""

    def run() -> Job:
        worker = Worker()
        worker.schedules = ()
        worker.work_once()
        return Job.objects.get(name="exports.write")

    return run


def words(client: Client) -> str:
    export = Export.objects.get()
    answer = client.get(export.get_absolute_url())
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_a_long_list_is_written_by_a_job_and_taken_from_ones_exports(client_of, work, folder):
    client = client_of(CITY)

    asked = client.get(ORGS)
    job = Job.objects.get(name="exports.write")
    assert asked.url == job.get_absolute_url()
    assert client.get(ORGS).url == asked.url  # a second press is the same job
    assert "排队中" in client.get("/exports/").content.decode()

    job = work()
    export = Export.objects.get()
    assert (job.state, job.result["url"]) == (JobState.DONE, "/exports/")
    assert [row.name for row in folder.iterdir()] == [f"{export.pk}.sealed"]
    assert export.location.stat().st_mode & 0o077 == 0
    assert words(client).count("<row ") == export.count + 1
    assert Message.objects.get().subject == "“组织”已导出"
    assert set(Entry.objects.filter(kind="exports.export").values_list("verb", flat=True)) == {"export", "download"}
    assert "可下载" in client.get("/exports/").content.decode()


def test_short_lists_are_answered_at_once(client_of, settings):
    settings.EXPORT_AT_ONCE = 1000

    assert client_of(CITY).get(ORGS).content.startswith(b"PK")
    assert Export.objects.count() == 0


def test_nobody_else_gets_the_file(client_of, work):
    client_of(CITY).get(ORGS)
    work()
    address = Export.objects.get().get_absolute_url()

    assert [client_of(name).get(address).status_code for name in (COUNTY, SISTER)] == [404, 404]
    assert Client().get(address).status_code == 302
    assert "组织" not in client_of(SISTER).get("/exports/").content.decode().partition("<main")[2]


def test_who_has_lost_the_post_gets_neither_list_nor_file(client_of, world: World, work, folder):
    client = client_of(CITY)
    client.get(ORGS)
    post = world.account(CITY).appointments.get()
    end_appointment(post, until=timezone.localdate(), by=BUILDER, at=timezone.now())

    assert "您已没有导出这份名单的权限" in work().problem
    assert not any(folder.rglob("*"))


def test_a_file_is_not_handed_out_once_the_post_is_lost(client_of, world: World, work):
    client = client_of(CITY)
    client.get(ORGS)
    work()
    post = world.account(CITY).appointments.get()
    end_appointment(post, until=timezone.localdate(), by=BUILDER, at=timezone.now())

    assert client.get(Export.objects.get().get_absolute_url()).status_code == 404


def test_a_roll_is_masked_and_written_down_when_it_is_there(client_of, world: World, work):
    member(world, "何立", order=3, phone="13800001111"), member(world, "张一", order=4)
    client = client_of(CITY)
    client.post("/members/export/")
    assert not Entry.objects.filter(verb="export").exists()
    work()

    told = words(client)
    assert ["何立" in told, "138****1111" in told, id_number(3) in told] == [True, True, False]
    entry = Entry.objects.get(verb="export", kind="orgs.organisation")
    assert entry.detail == {"count": 2, "in_clear": False, "reason": ""}


def test_a_roll_with_whole_numbers_is_kept_for_a_day(client_of, world: World, work):
    member(world, "何立", order=3), member(world, "张一", order=4)
    keeper = client_of(CITY, "member_officer")
    assert keeper.post("/members/export/", {"in_clear": "on"}).status_code == 422
    keeper.post("/members/export/", {"in_clear": "on", "reason": "上报核对"})
    work()

    export = Export.objects.get()
    assert id_number(3) in words(keeper)
    assert export.kept_until - export.ready_at == timedelta(days=1)
    assert "members.reveal" in export.needs
    assert "csrf" not in export.posted


def test_a_file_is_sealed_from_its_first_byte_on(client_of, work, folder, monkeypatch):
    client = client_of(CITY)
    client.get(ORGS)
    monkeypatch.setattr(tables, "BATCH", 1)
    monkeypatch.setattr(sealing, "PIECE", 512)
    monkeypatch.setattr(sealing, "WHOLE", 512 + sealing.TAG)
    monkeypatch.setattr(Page, "write", lambda page, words: page._part.write(os.urandom(900) + words.encode()))
    seen: list[bytes] = []
    ask = Run.progress

    def and_look(run: Run, *told, **more):
        seen.extend(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        ask(run, *told, **more)

    monkeypatch.setattr(Run, "progress", and_look)
    assert work().state == JobState.DONE

    export = Export.objects.get()
    content = export.location.read_bytes()
    assert max(map(len, seen)) > 2000  # so much was on disk before it was whole
    assert not any(b"PK" in each[:200] or b"xl/worksheets" in each for each in [content, *seen])
    assert content.startswith(sealing.MARK)
    plain = b"".join(client.get(export.get_absolute_url()).streaming_content)
    assert (plain[:2], len(plain)) == (b"PK", export.size)


def test_a_worker_killed_in_the_middle_leaves_nothing_to_read_and_the_next_try_is_whole(client_of, work, folder):
    client = client_of(CITY)
    client.get(ORGS)
    export = Export.objects.get()
    left = folder / "tmpkilled" / "list.sealed"
    left.parent.mkdir(parents=True)
    with left.open("wb") as file:  # a kill takes the process before it can tidy up
        SealedWriter(file, ring(), export.sealed_name).write("何立".encode() * 50_000)

    assert "何立".encode() not in left.read_bytes()
    assert work().state == JobState.DONE
    assert words(client).count("<row ") == Export.objects.get().count + 1
    left.replace(export.location)
    assert client.get(export.get_absolute_url()).status_code == 422


def test_an_export_is_removed_with_its_file_or_not_at_all(client_of, work, monkeypatch):
    client = client_of(CITY)
    client.get(ORGS)
    Export.objects.update(kept_until=timezone.now() - timedelta(seconds=1))
    place, is_first = Export.location.fget, iter([True])

    def finished_meanwhile(export: Export) -> Path:
        if next(is_first, False):
            work()
        return place(export)

    with monkeypatch.context() as context:
        context.setattr(Export, "location", property(finished_meanwhile))
        actions.remove_old(at=timezone.now())
    assert all(export.location.exists() for export in Export.objects.all())


def test_what_a_job_tidied_up_in_the_meantime_is_no_fault(folder, monkeypatch, db):
    look = Path.glob
    (folder / "tmpdone").mkdir(parents=True)
    monkeypatch.setattr(Path, "glob", lambda *asked: [*look(*asked), folder / "gone", folder / "files" / "gone"])

    assert (actions.remove_old(at=timezone.now()), remove_orphans(at=timezone.now())) == (0, 0)
    assert (folder / "tmpdone").exists()


def test_a_worker_killed_after_the_end_has_neither_told_nor_written_down_twice(client_of, work, monkeypatch):
    client = client_of(CITY)
    client.get(ORGS)

    def kill(*told, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(job_actions, "finish", kill)
        with pytest.raises(KeyboardInterrupt):
            work()
    ready_at = Export.objects.get().ready_at
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert (work().state, Export.objects.get().ready_at) == (JobState.DONE, ready_at)
    assert Message.objects.count() == 1
    assert Entry.objects.filter(kind="exports.export", verb="export").count() == 1


def test_a_file_that_was_touched_or_exchanged_is_refused_with_a_sentence(client_of, work):
    client = client_of(CITY)
    client.get(ORGS)
    work()
    export = Export.objects.get()
    whole = export.location.read_bytes()
    other = Export.objects.get()
    other.pk = None
    other.save()

    for touched in (whole[:-1], whole[:-20] + bytes(20), b"PK" + whole[2:], b""):
        export.location.write_bytes(touched)
        answer = client.get(export.get_absolute_url())
        assert (answer.status_code, "的文件不能解密" in answer.content.decode()) == (422, True)
    other.location.write_bytes(whole)
    assert client.get(other.get_absolute_url()).status_code == 422
    assert not Entry.objects.filter(verb="download").exists()
    export.location.unlink()
    assert client.get(export.get_absolute_url()).status_code == 404


def test_a_rotated_key_leaves_exports_readable(client_of, work, capsys):
    client = client_of(CITY)
    client.get(ORGS)
    work()
    rows, before = words(client), ring().active

    call_command("keys", "rotate")
    work()

    assert words(client) == rows
    call_command("keys", "status")
    assert f"删完之前旧密钥不能去掉）：第 {before} 号 1 份" in capsys.readouterr().out


def test_a_cancelled_one_leaves_no_file(client_of, work, folder, monkeypatch):
    client_of(CITY).get(ORGS)
    monkeypatch.setattr(tables, "BATCH", 1)
    ask = Run.progress

    def and_cancel(run: Run, *told, **more):
        Job.objects.filter(pk=run.job.pk).update(cancel_requested=True)
        run._written = 0
        ask(run, *told, **more)

    monkeypatch.setattr(Run, "progress", and_cancel)

    assert work().state == JobState.CANCELLED
    assert list(folder.iterdir()) == []
    assert Export.objects.get().ready_at is None


def test_one_may_remove_ones_export(client_of, work, folder, django_capture_on_commit_callbacks):
    client, other = client_of(CITY), client_of(SISTER)
    client.get(ORGS)
    work()
    export = Export.objects.get()
    other.post("/exports/", {"action": "remove", "rows": export.pk})
    assert Export.objects.count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/exports/", {"action": "remove", "rows": export.pk})

    assert (Export.objects.count(), list(folder.iterdir())) == (0, [])


def test_removing_one_that_waits_stops_its_job(client_of):
    client = client_of(CITY)
    client.get(ORGS)

    client.post("/exports/", {"action": "remove", "rows": Export.objects.get().pk})

    assert Job.objects.get().state == JobState.CANCELLED


def test_old_exports_go_with_their_files_and_what_was_left_over(client_of, work, folder):
    client_of(CITY).get(ORGS)
    work()
    export = Export.objects.get()
    left, fresh = folder / "tmpabc", folder / "tmpdef"
    left.mkdir(), fresh.mkdir()
    later = export.kept_until + timedelta(seconds=1)
    os.utime(left, (0, 0))
    os.utime(fresh, (later.timestamp(), later.timestamp()))

    assert actions.remove_old(at=export.kept_until - timedelta(seconds=1)) == 0
    assert export.location.exists()
    assert actions.remove_old(at=later) == 1
    assert list(folder.iterdir()) == [fresh]
    assert forget_exports(None) == {"removed": 0}


def test_the_list_of_exports_takes_as_many_queries_for_three_as_for_one(client_of, work):
    client = client_of(CITY)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/exports/")
        return len(seen)

    client.get(ORGS)
    one = queries()
    client.get("/orgs/list/?export=xlsx"), client.get("/orgs/list/?q=1&export=xlsx")

    assert Export.objects.count() == 3
    assert queries() == one


def test_memory_stays_the_same_however_long_the_list(tmp_path):
    class Rows:
        columns = [Column(name, name, value=lambda row: f"第{row}行") for name in "abcdef"]

        def __init__(self, count: int) -> None:
            self.count = count

        def batches(self):
            for start in range(0, self.count, 1000):
                yield range(start, start + 1000)

    def peak(count: int) -> int:
        tracemalloc.start()
        try:
            with (tmp_path / "list.xlsx").open("wb") as file:
                write(Rows(count), file)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few = peak(2000)
    assert peak(20_000) < few * 1.5
