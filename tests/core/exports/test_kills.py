"""A worker killed without warning in the middle of an export: nothing to read is left, and the next one is whole."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from zipfile import ZipFile

import pytest
from django.utils import timezone

from gongshu.core.base import sealing
from gongshu.core.exports.models import Export
from gongshu.core.jobs.models import Job
from gongshu.core.orgs.actions import NewOrganisation, add_many
from tests.processes import start, wait_until
from tests.worlds import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CITY, COUNTY, MANY = "铜仁市总", "松桃苗族自治县总", 8_000


def _has_begun(folder: Path, before: set[Path]) -> bool:
    return any((one / "list.sealed").exists() for one in set(folder.glob("tmp*")) - before)


def test_an_export_killed_in_the_middle_is_written_whole_by_the_next_worker(world: World, client_of, settings) -> None:
    names = [f"松桃第{number}号企业工会" for number in range(MANY)]
    add_many([NewOrganisation(name, "base", "base") for name in names], under=world.org(COUNTY))
    client, folder = client_of(CITY), Path(settings.EXPORTS_ROOT)
    rmtree(folder, ignore_errors=True)  # numbers begin anew with each test: an earlier one's list may bear this one's
    settings.EXPORT_AT_ONCE = 1
    client.get("/orgs/list/?q=企业&export=xlsx")
    export = Export.objects.get()

    for is_last in (False, False, True):
        pace = "worker_settings" if is_last else "slow_settings"
        worker = start("worker", home=Path(settings.HOME), settings=f"tests.core.exports.{pace}")
        try:
            if is_last:
                wait_until(lambda: Job.objects.get(name="exports.write").is_finished)
            else:
                before = set(folder.glob("tmp*"))
                wait_until(partial(_has_begun, folder, before))
                assert not Job.objects.get(name="exports.write").is_finished
        finally:
            worker.kill()
            worker.wait()
        Job.objects.filter(state="running").update(lease_until=timezone.now() - timedelta(seconds=1))
        assert export.location.exists() == is_last

    left = [path.read_bytes() for path in folder.glob("tmp*/*")]
    assert len(left) == 2
    assert not any(b"PK" in each[:64] or "企业工会".encode() in each for each in left)
    assert Job.objects.get(name="exports.write").state == "done"
    assert export.location.read_bytes().startswith(sealing.MARK)
    plain = b"".join(client.get(export.get_absolute_url()).streaming_content)
    with ZipFile(BytesIO(plain)) as book:
        rows = book.read("xl/worksheets/sheet1.xml").count(b"<row ")
    assert rows == Export.objects.get().count + 1 > MANY
