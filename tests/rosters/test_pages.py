"""Whole requests: upload, matching, dry run, confirmation, result, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from gongshu.core.base.sealing import SealedWriter
from gongshu.core.exports.models import Export
from gongshu.core.files.models import sealed_name
from gongshu.core.files.sheets.lines import Line
from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs import actions as job_actions
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.messages.models import Message
from gongshu.core.people.protected import ring
from gongshu.core.people.resealing import add_active_keys
from gongshu.core.trail.models import Entry
from gongshu.members.actions.codes import code_of
from gongshu.members.models import Membership
from gongshu.rosters import jobs
from gongshu.rosters.actions.checking import Checker
from gongshu.rosters.actions.forgetting import days_of
from gongshu.rosters.actions.staging import Checked, rows_in
from gongshu.rosters.exports import EXAMPLE
from gongshu.rosters.models import Block, Heading, Roster, RosterRow
from gongshu.rosters.queries.scope import job_of
from tests.members.samples import BASE, COUNTY, FAR, id_number, member
from tests.rosters.samples import BASE_NAME, FAR_NAME, checked, entered, matched, received, row, upload
from tests.sheets import csv_bytes, xlsx_bytes
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
SISTER = "碧江区总"


@pytest.fixture
def officer(client_of) -> Client:
    return client_of(COUNTY)


def words_of(response) -> str:
    return response.content.decode()


def test_from_the_upload_to_the_result(world: World, officer: Client) -> None:
    content = xlsx_bytes(
        [row(1, phone="13800001111"), row(2, "张2", union=FAR_NAME), ["李四", "123", "", "", BASE_NAME]]
    )
    answer = officer.post("/members/import/new/", {"upload": upload(content, "全县.xlsx")})
    roster = Roster.objects.get()
    address = f"/members/import/{roster.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, address)
    page = words_of(officer.get(address))
    assert "核对栏目" in page
    assert id_number(1) not in page
    assert f"例：{id_number(1)[:3]}" in page
    told = {"name": "0", "id_number": "1", "phone": "2", "employer": "3", "union": "4", "default_form": "staff"}
    assert officer.post(f"{address}match/", told).status_code == 302
    assert "检查中" in words_of(officer.get(address))
    Worker().drain()
    page = words_of(officer.get(address))
    assert "还没有写入名册" in page
    assert "不在您的管理范围内" in page
    assert "身份证号码应为18位，现为3位" in page
    assert OpenItem.objects.get(kind="rosters.roster").title == "名册导入：全县.xlsx"
    assert officer.post(f"{address}confirm/", {"correct": "on"}).status_code == 302
    Worker().drain()
    page = words_of(officer.get(address))
    assert "新增会员" in page
    assert "没有导入的行" in page
    assert Membership.objects.get().name == "张1"
    assert not OpenItem.objects.filter(kind="rosters.roster").exists()
    assert Message.objects.get(account=world.account(COUNTY)).subject == "名册已导入：全县.xlsx"


def test_the_columns_are_remembered_for_the_union(world: World, officer: Client) -> None:
    content = csv_bytes([["何立", "甲厂"]], ["姓名", "电话", "车间"])
    officer.post("/members/import/new/", {"upload": upload(content)})
    first = Roster.objects.get()
    assert first.columns == {"name": 0, "phone": 1}
    officer.post(f"{first.get_absolute_url()}match/", {"name": "0", "employer": "2", "default_form": "rider"})
    officer.post("/members/import/new/", {"upload": upload(content)})
    assert Roster.objects.order_by("-pk").first().columns == {"name": 0, "employer": 2}
    assert Heading.objects.filter(organisation=world.org(COUNTY)).count() == 3


def test_a_wrong_matching_is_told_beside_its_field(world: World, officer: Client) -> None:
    roster = received(world, [row(1)])
    answer = officer.post(f"{roster.get_absolute_url()}match/", {"name": "0", "phone": "0", "default_form": "staff"})
    assert answer.status_code == 422
    assert "同一栏不能用两次，请重新选择" in words_of(answer)
    assert officer.post(f"{roster.get_absolute_url()}match/", {"name": "99"}).status_code == 422
    assert Job.objects.count() == 0


def test_columns_can_be_matched_anew_after_the_check(world: World, officer: Client) -> None:
    roster = checked(world, [row(1, union=BASE_NAME), row(2, union=FAR_NAME)])
    assert roster.counts == {"new": 1, "refused": 1}
    told = {"name": "0", "id_number": "1", "default_form": "rider"}
    assert officer.post(f"{roster.get_absolute_url()}match/", told).status_code == 302
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, roster.rows, roster.counts) == ("checked", 2, {"new": 2})
    assert (RosterRow.objects.count(), [block.new for block in Block.objects.all()]) == (0, [2])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("名册.csv", b"", "空"),
        ("名册.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "是旧格式"),
        ("名册.xlsx", b"PK\x03\x04nonsense", "已损坏"),
        ("名册.csv", "一,二\n三,四\n".encode(), "没有找到表头"),
        ("名册.csv", csv_bytes([["x"] * 200], ["姓名", "手机号", *["栏"] * 198]), "表里超过 60 栏"),
        ("名册.csv", csv_bytes([["何立", ""]] * 3000, ["姓名", "手机号"]) + b"\xff\xff\xff", "有无法识别的文字"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(
    officer: Client, settings, name: str, content: bytes, sentence: str
) -> None:
    before = set(Path(settings.MEDIA_ROOT).glob("??/*"))
    answer = officer.post("/members/import/new/", {"upload": upload(content, name)})
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert Roster.objects.count() == 0
    assert set(Path(settings.MEDIA_ROOT).glob("??/*")) == before


def test_a_file_found_wanting_by_the_check_says_why(world: World, officer: Client) -> None:
    import_of = xlsx_bytes([[f"张{n}", "1"] for n in range(3)], ["姓名", "手机号"])
    officer.post("/members/import/new/", {"upload": upload(import_of, "a.xlsx")})
    roster = Roster.objects.get()
    assert b"PK" not in roster.file.location.read_bytes()[:4]
    with roster.file.location.open("wb") as file:
        sealed = SealedWriter(file, ring(), sealed_name(roster.file.path))
        sealed.write(import_of[:-300])
        sealed.finish()
    officer.post(f"{roster.get_absolute_url()}match/", {"name": "0", "default_form": "staff"})
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, roster.file) == ("refused", None)
    assert "文件已损坏" in words_of(officer.get(roster.get_absolute_url()))


def test_a_file_that_was_touched_on_the_server_is_not_read(world: World, officer: Client) -> None:
    roster = received(world, [row(n) for n in range(1, 9)])
    content = bytearray(roster.file.location.read_bytes())
    content[-40] ^= 1
    roster.file.location.write_bytes(content)
    officer.post(f"{roster.get_absolute_url()}match/", {"name": "0", "default_form": "staff"})
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, roster.file, RosterRow.objects.count()) == ("refused", None, 0)
    assert "上传的文件在服务器上被改动或损坏" in words_of(officer.get(roster.get_absolute_url()))


def test_a_roster_is_read_under_an_older_key(world: World, officer: Client) -> None:
    roster = received(world, [row(1)])
    add_active_keys("sm4-gcm")
    officer.post(f"{roster.get_absolute_url()}match/", {"name": "0", "id_number": "1", "default_form": "staff"})
    Worker().drain()
    roster.refresh_from_db()
    assert roster.state == "checked"


def test_many_rows_left_out_are_written_by_a_job(world: World, officer: Client, settings) -> None:
    settings.EXPORT_AT_ONCE = 1
    roster = checked(world, [["错", "123", "", "", BASE_NAME]] * 3)
    answer = officer.get(f"{roster.get_absolute_url()}refused/?form=xlsx")
    assert answer.status_code == 302
    assert not Entry.objects.filter(verb="export", kind="rosters.roster").exists()
    Worker().drain()
    export = Export.objects.get()
    file = b"".join(officer.get(export.get_absolute_url()).streaming_content)
    assert ZipFile(BytesIO(file)).read("xl/worksheets/sheet1.xml").decode().count("<row ") == 4
    assert Entry.objects.get(verb="export", kind="rosters.roster").detail == {"count": 3}


def test_nobody_sees_or_touches_the_rosters_of_others(world: World, client_of) -> None:
    roster = checked(world, [row(1)])
    stranger, leader = client_of(SISTER), client_of("贵州省总", "leader")
    for name in ("", "match/", "confirm/", "go-on/", "drop/", "refused/"):
        address = f"{roster.get_absolute_url()}{name}"
        assert {stranger.get(address).status_code, stranger.post(address).status_code} <= {404, 405}
        assert {leader.get(address).status_code, leader.post(address).status_code} == {403}
    assert "名册.csv" not in words_of(stranger.get("/members/import/"))
    assert "名册.csv" in words_of(client_of("铜仁市总").get("/members/import/"))
    answer = stranger.post(f"/members/import/new/?at={world.org(COUNTY).pk}", {"upload": upload(csv_bytes([row(1)]))})
    assert answer.status_code == 404


def test_a_base_union_brings_its_own_members_in(world: World) -> None:
    by = world.actor(BASE, "base_officer")
    rows = [row(1), row(2, union=""), row(3, union=FAR_NAME), row(4, union="松桃苗族自治县2号企业工会")]
    roster = entered(world, rows, by=by, at=BASE)
    assert roster.results == {"entered": 2, "refused": 2}
    assert set(Membership.objects.values_list("organisation__short_name", flat=True)) == {BASE}


def test_a_city_names_the_union_of_each_row(world: World) -> None:
    roster = checked(world, [row(1, union="")], at="铜仁市总")
    [kept] = RosterRow.objects.filter(roster=roster)
    assert kept.reason == "铜仁市总不直接吸收会员，请写明会员所在的基层工会"


def test_a_union_is_known_by_its_code_its_short_name_and_its_path(world: World) -> None:
    code = code_of(world.org(BASE), by=world.actor(COUNTY), at=NOW).code
    rows = [row(1, union=code), row(2, union=BASE), row(3, union=world.org(BASE).path)]
    roster = checked(world, rows)
    waiting = rows_in(Block.objects.get(roster=roster))
    assert [one.organisation_id for one in waiting] == [world.org(BASE).pk] * 3


def test_a_stopped_check_goes_on(world: World, officer: Client) -> None:
    roster = received(world, [row(n) for n in range(1, 4)])
    officer.post(f"{roster.get_absolute_url()}match/", {"name": "0", "default_form": "staff"})
    roster.refresh_from_db()
    job_actions.cancel(job_of(roster), at=NOW)
    page = words_of(officer.get(roster.get_absolute_url()))
    assert "已停下" in page
    assert officer.post(f"{roster.get_absolute_url()}go-on/").status_code == 302
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, roster.counts) == ("checked", {"new": 3})


def test_a_roster_that_is_given_up_is_gone_with_its_file(world: World, officer: Client) -> None:
    roster = checked(world, [row(1)])
    place = roster.file.location
    assert officer.post(f"{roster.get_absolute_url()}drop/").status_code == 302
    roster.refresh_from_db()
    assert (roster.state, roster.file, place.exists()) == ("dropped", None, False)
    assert officer.post(f"{roster.get_absolute_url()}confirm/").status_code == 422
    assert officer.post(f"{roster.get_absolute_url()}drop/").status_code == 422


def test_a_check_under_way_ends_when_its_roster_is_given_up(
    world: World, officer: Client, settings, monkeypatch
) -> None:
    settings.ROSTER_ROWS_A_STEP = 1
    roster, read = matched(received(world, [row(1), row(2), row(3)]), world.actor(COUNTY)), Checker.blocks

    def and_give_up(checker: Checker, lines: Iterator[Line]) -> Iterator[Checked]:
        for number, some in enumerate(read(checker, lines)):
            if number == 1:
                officer.post(f"{roster.get_absolute_url()}drop/")
            yield some

    monkeypatch.setattr(Checker, "blocks", and_give_up)
    Worker().drain()
    roster.refresh_from_db()
    job = Job.objects.get(name="rosters.check")
    assert (roster.state, roster.file, roster.read_to, job.state) == ("dropped", None, 2, "cancelled")


def test_a_double_click_on_the_confirmation_brings_in_once(world: World, officer: Client) -> None:
    roster = checked(world, [row(1)])
    answers = [officer.post(f"{roster.get_absolute_url()}confirm/").status_code for _ in range(2)]
    assert answers == [302, 422]
    Worker().drain()
    assert Membership.objects.count() == 1


def test_the_rows_left_out_are_handed_out_masked(world: World, officer: Client) -> None:
    member(world, "张1", FAR, order=1)
    roster = entered(world, [row(1), ["=1+1", "520102199003070013", "", "", BASE_NAME], row(5)])
    answer = officer.get(f"{roster.get_absolute_url()}refused/?form=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "行号,姓名,身份证号码,栏目,原因"
    assert f"2,张1,{id_number(1)[:4]}************{id_number(1)[-2:]},所在工会,此人的会籍在其他工会" in text
    assert "3,'=1+1,5201************13,身份证号码,身份证号码校验位不符，请核对是否录错" in text
    book = officer.get(f"{roster.get_absolute_url()}refused/").content
    assert "张1" in ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert Entry.objects.filter(verb="export", kind="rosters.roster").count() == 2


def test_the_template_can_be_filled_in_and_its_example_is_left_out(world: World, officer: Client) -> None:
    answer = officer.get("/members/import/template/")
    assert answer["Content-Disposition"].startswith("attachment")
    officer.post("/members/import/new/", {"upload": upload(answer.content, "模板.xlsx")})
    roster = Roster.objects.get()
    assert set(roster.columns) == set(EXAMPLE)
    assert roster.sheets == ["会员名册", "填写说明"]
    told = {column: str(place) for column, place in roster.columns.items()}
    officer.post(f"{roster.get_absolute_url()}match/", {**told, "default_form": "staff"})
    Worker().drain()
    roster.refresh_from_db()
    assert roster.counts == {"refused": 1}
    assert RosterRow.objects.get(roster=roster).reason.startswith("这是模板里的演示行，不导入")
    page = words_of(officer.get(roster.get_absolute_url()))
    assert "没有可以导入的行" in page
    assert "/confirm/" not in page


def test_lists_cost_as_many_queries_at_one_roster_as_at_many(
    world: World, officer: Client, django_assert_max_num_queries
) -> None:
    for n in range(3):
        roster = checked(world, [["", "", "", "", ""], *([["", "x", "", "", BASE_NAME]] * (1 + 5 * n))])
        with django_assert_max_num_queries(12):
            assert officer.get("/members/import/").status_code == 200
        with django_assert_max_num_queries(17):
            assert officer.get(roster.get_absolute_url()).status_code == 200


def test_files_and_rows_go_when_their_time_is_over(world: World) -> None:

    wrong = ["错", "123", "", "", BASE_NAME]
    waiting, done = checked(world, [row(1), wrong]), entered(world, [row(2), wrong])
    place = waiting.file.location
    long_ago = timezone.now() - timedelta(days=days_of("rosters.Roster.file") + 1)
    Roster.objects.update(uploaded_at=long_ago)
    job_actions.enqueue(jobs.forget)
    Worker().drain()
    waiting.refresh_from_db()
    assert (waiting.file, place.exists(), RosterRow.objects.count(), Block.objects.count()) == (None, False, 2, 1)
    Roster.objects.update(state_since=timezone.now() - timedelta(days=days_of("rosters.RosterRow.name") + 1))
    job_actions.enqueue(jobs.forget)
    Worker().drain()
    waiting.refresh_from_db(), done.refresh_from_db()
    assert (RosterRow.objects.count(), Block.objects.count()) == (0, 0)
    assert (waiting.state, done.state) == ("dropped", "done")
    assert [sample for roster in (waiting, done) for _, sample in roster.headings if sample] == []
    assert [words for words, _ in done.headings][:2] == ["姓名", "身份证号码"]
    assert (waiting.cleared_on, OpenItem.objects.filter(kind="rosters.roster").count()) == (timezone.localdate(), 0)
    assert Membership.objects.count() == 1
