"""Employers with and without a union: lists taken in, leads given, visited, closed by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.files.models import Attachment
from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.metrics.queries import by_child, value
from gongshu.core.trail.models import Entry
from gongshu.members.actions import joining
from gongshu.members.enums import Form
from gongshu.members.queries.leads import lead_rule
from gongshu.organising.actions import founding, leads, listing
from gongshu.organising.jobs import forget_contacts, receive_employers
from gongshu.organising.metrics import COVERED, UNCOVERED
from gongshu.organising.models import Employer, EmployerList, Lead
from gongshu.organising.queries.coverage import coverage, gathered, rest_of
from gongshu.organising.rules import coverage as rules
from tests.members.samples import facts
from tests.organising.samples import (
    BASE,
    CITY,
    CODE,
    COUNTY,
    FACTS,
    FAR,
    HEADS,
    SECOND_CODE,
    SISTER,
    applied,
    code_of,
    csv_of,
    employer,
    lead,
    taken,
)  # fmt: skip
from tests.worlds import BUILDER, NOW, World

PLACES_OF = {code: at for at, code in enumerate(rules.COLUMNS)}


def sheet(rows: list[list[object]]) -> File:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for line, row in enumerate(rows):
            for at, cell in enumerate(row):
                page.write(line, at, cell)
    buffer.seek(0)
    return File(buffer, name="名单.xlsx")


def why(*cells: str) -> str:
    told, problems = rules.read(cells, PLACES_OF, row=7)
    assert (told is None) == bool(problems)
    assert all(problem.row == 7 for problem in problems)
    return "；".join(problem.message for problem in problems)


# ---- rows


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("梵净制衣", SECOND_CODE), ""),
        (("", SECOND_CODE), "没有填单位名称"),
        (("梵净制衣", ""), "没有填统一社会信用代码"),
        (("梵净制衣", SECOND_CODE[:-1] + "M"), "校验位不符"),
        (("梵净制衣", "9.11100006000373E+17"), "存成了数字"),
        (("梵净制衣", "911100006000373410"), "存成了数字"),
        (("梵净制衣", SECOND_CODE, "", "", "三十"), "不是整数"),
        (("梵净制衣", SECOND_CODE, "", "制造业", "1,200人"), ""),
        (("梵净制衣", SECOND_CODE, "", "造纸"), "没有“造纸”这个行业门类"),
        (("梵净制衣", SECOND_CODE, "", "C", "3", "赵", "0856-5220001"), ""),
        (("梵净制衣", SECOND_CODE, "", "C", "3", "赵", "12"), "联系电话应为"),
        (("制" * 121, SECOND_CODE), "最多120个"),
    ],
)
def test_a_row_is_read_or_refused_with_a_sentence(cells: tuple[str, ...], said: str) -> None:
    assert (said in why(*cells)) if said else why(*cells) == ""


def test_codes_that_look_like_numbers_are_told_apart() -> None:
    told, _ = rules.read(("甲", code_of(1)), PLACES_OF, row=1)
    assert told.code == code_of(1)
    assert rules.heads({"name": 0})[0].message == "没有找到“统一社会信用代码”列，请按模板的表头整理"


# ---- taking in


def test_a_list_is_taken_in_once_however_often(world: World) -> None:
    rows = [
        ("梵净制衣有限公司", code_of(1), "", "制造业", 40, "赵老板", "13800001111"),
        ("锦江物流有限公司", code_of(2), "碧江区", "G", "", "", ""),
        ("坏码公司", "123", "", "", "", "", ""),
        ("重复公司", code_of(1), "", "", "", "", ""),
        ("外地公司", code_of(3), "武汉市", "", "", "", ""),
    ]
    first = taken(world, rows, CITY)
    assert (first.new, first.changed, first.same, first.refused) == (2, 0, 0, 3)
    assert [row for row, _ in first.reasons] == [4, 5, 6]
    assert "与第2行是同一个统一社会信用代码" in first.reasons[1][1]
    assert "范围内没有“武汉市”" in first.reasons[2][1]
    again = taken(world, rows, CITY)
    assert (again.new, again.changed, again.same, again.refused) == (0, 0, 2, 3)
    rows[0] = ("梵净制衣有限公司", code_of(1), "", "C", 55, "", "")
    assert taken(world, rows, CITY).changed == 1
    row = Employer.objects.get(code=code_of(1))
    assert (row.workers, row.contact, row.phone.masked(), row.place) == (55, "赵老板", "138****1111", world.org(CITY))
    assert Employer.objects.get(code=code_of(2)).place == world.org("碧江区总")
    assert Employer.objects.count() == 2
    assert Entry.objects.filter(kind="organising.employerlist", verb="finish").count() == 3


def test_an_xlsx_with_a_title_above_its_heads(world: World) -> None:
    rows = [["全县用人单位名单"], [], ["单位名称*", "统一社会信用代码*", "人数"], ["梵净制衣", code_of(1), 25.0], []]
    found = taken(world, [], upload=sheet(rows))
    assert (found.new, found.refused) == (1, 0)
    assert Employer.objects.get().workers == 25
    bad = taken(world, [], upload=sheet([*rows[:3], ["甲", 911100006000373410]]))
    assert bad.reasons[0][0] == 4
    assert "存成了数字" in bad.reasons[0][1]


def test_a_file_that_is_no_list_is_refused_in_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for upload, said in (
        (csv_of([("甲", "乙")], ("姓名", "电话")), "没有找到"),
        (csv_of([["甲"] * 70]), "最多 60 列"),
        (sheet([list(HEADS), ["甲", "=1+1"]]), "“统一社会信用代码”一栏是公式（B2）"),
    ):
        with pytest.raises(Refused, match=said):
            taken(world, [], upload=upload)
    monkeypatch.setattr(rules, "LIMITS", replace(rules.LIMITS, rows=3, heading=1))
    with pytest.raises(Refused, match="超过 3 行"):
        taken(world, [("甲", code_of(n)) for n in range(20)])
    named = File(BytesIO(b"x"), name="名单.pdf")
    with pytest.raises(Refused, match=r"\.xlsx 或者 \.csv"):
        listing.receive(named, organisation=world.org(COUNTY), by=BUILDER, at=NOW)


def test_a_zip_bomb_is_not_unpacked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LIMITS", replace(rules.LIMITS, inflated=1000))
    with pytest.raises(Refused, match="解压后太大"):
        taken(world, [], upload=sheet([list(HEADS), ["甲", code_of(1)]]))


def test_what_stands_far_from_the_list_is_not_read(world: World) -> None:
    far = sheet([list(HEADS), ["梵净  制衣\n有限公司", code_of(1)], *[[]] * 300, [*[None] * 800, "远"]])
    found = taken(world, [], upload=far)
    assert (found.new, found.refused, Employer.objects.get().name) == (1, 0, "梵净 制衣 有限公司")


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_list_that_was_touched_or_lost_on_the_server_says_so(world: World, is_gone: bool) -> None:
    upload = csv_of([("甲公司", code_of(1))])
    receive_employers(upload, organisation=world.org(COUNTY), by=world.actor(COUNTY), at=NOW)
    place = EmployerList.objects.get().file.location
    if is_gone:
        place.unlink()
    else:
        place.write_bytes(place.read_bytes()[:-1] + b"\x00")
    Worker().drain()
    row = EmployerList.objects.get()
    assert (row.problem[:9], row.file, Job.objects.get(name="organising.employers").state) == (
        "上传的文件在服务器",
        None,
        "done",
    )


def test_a_number_in_the_wrong_column_of_a_list_is_not_kept_in_clear(world: World) -> None:
    found = taken(world, [("甲公司", code_of(1), "", "13800001111", "13800002222", "", "")])
    assert [why for _, why in found.reasons] == [
        "职工人数“138******22”不是整数；没有“138******11”这个行业门类，请填国民经济行业分类的门类字母或者名称"
    ]


def test_gb18030_is_read(world: World) -> None:
    text = f"单位名称,统一社会信用代码\n梵净制衣,{code_of(1)}\n"
    taken(world, [], upload=File(BytesIO(text.encode("gb18030")), name="名单.csv"))
    assert Employer.objects.get().name == "梵净制衣"


def test_what_another_county_wrote_down_is_not_changed(world: World) -> None:
    employer(world)
    other = taken(world, [("改名公司", code_of(1))], "碧江区总")
    assert (other.changed, other.refused) == (0, 1)
    assert Employer.objects.get().name == "梵净制衣有限公司"


def test_the_job_goes_on_where_it_was_cut_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "BATCH", 2)
    rows = [(f"第{n}公司", code_of(n)) for n in range(7)]
    receive_employers(csv_of(rows), organisation=world.org(COUNTY), by=world.actor(COUNTY), at=timezone.now())
    calls, write = [], listing.write

    def breaking(*args: object, **more: object) -> None:
        calls.append(args)
        write(*args, **more)
        if len(calls) == 3:
            raise OSError("断电")  # within the step: nothing of it may stay

    monkeypatch.setattr(listing, "write", breaking)
    Worker().drain()
    assert Employer.objects.count() == 4
    monkeypatch.setattr(listing, "write", write)
    Job.objects.filter(name="organising.employers").update(run_after=NOW)
    Worker().drain()
    found = EmployerList.objects.get()
    assert (Employer.objects.count(), found.new, found.problem) == (7, 7, "")


def test_the_file_of_a_list_goes_when_it_is_read(world: World) -> None:
    rows, by = csv_of([("甲公司", code_of(1))]), world.actor(COUNTY)
    receive_employers(rows, organisation=world.org(COUNTY), by=by, at=timezone.now())
    place = Attachment.objects.get().location
    assert place.exists()
    Worker().drain()
    found = EmployerList.objects.get()
    assert (found.file, found.file_name, found.new, Attachment.objects.count()) == (None, "名单.csv", 1, 0)
    again = Job.objects.get(name="organising.employers")
    Job.objects.filter(pk=again.pk).update(state="queued", run_after=NOW)  # killed before it could say it was done
    Worker().drain()
    again.refresh_from_db()
    assert (again.state, again.result["summary"]) == ("done", "新增 1 家，更新 0 家，未采用 0 行")


def test_a_list_nobody_finished_reading_loses_its_file_after_a_week(world: World) -> None:
    row = listing.receive(csv_of([]), organisation=world.org(COUNTY), by=world.actor(COUNTY), at=NOW)
    assert list(listing.with_old_files(at=NOW + timedelta(days=7))) == []
    assert list(listing.with_old_files(at=NOW + timedelta(days=7, seconds=1))) == [row]
    enqueue(forget_contacts)
    Worker().drain()
    assert EmployerList.objects.get().file is None


def test_unions_that_stand_already_are_found_by_name(world: World) -> None:
    row = lead(world)
    union = world.org(BASE)
    union.name = f"{row.name}工会委员会"
    union.save()
    employer(world)  # the same list again: nothing in it has changed
    row.refresh_from_db()
    assert (row.state, row.union, row.employer.union, row.employer.matched) == ("founded", union, union, "name")
    other = employer(world, row.name, 2)
    assert other.union is None  # the union covers somebody already


def test_a_union_of_a_like_name_can_be_taken_back(world: World) -> None:
    name = world.org(BASE).name.removesuffix("工会")
    row = employer(world, name)
    assert (row.union, row.matched) == (world.org(BASE), "name")
    with pytest.raises(Refused, match="已建会"):
        leads.assign(row, world.org(COUNTY), by=BUILDER, at=NOW)
    listing.unmatch(row, by=world.actor(COUNTY), at=NOW)
    assert employer(world, name).union is None  # remembered when the list comes again
    with pytest.raises(Refused, match="按名称对上"):
        listing.unmatch(row, by=world.actor(COUNTY), at=NOW)


def test_contacts_are_forgotten_after_a_year(world: World) -> None:
    employer(world)
    assert listing.forget_contacts(date(2027, 3, 1), most=10) == 0
    assert listing.forget_contacts(date(2027, 3, 5), most=10) == 1
    row = Employer.objects.get()
    assert (row.contact, row.phone) == ("", None)


# ---- leads


def test_a_lead_waits_in_the_inbox_and_founding_closes_it(world: World) -> None:
    row = lead(world)
    item = OpenItem.objects.get()
    assert (item.organisation, item.title, item.due_on) == (
        world.org(COUNTY), "建会线索：梵净制衣有限公司（40人）", row.due_on,
    )  # fmt: skip
    leads.visit(row, note="老板愿意", by=world.actor(COUNTY), at=NOW)
    assert OpenItem.objects.get().due_on is None
    told = FACTS.__class__(**{**FACTS.__dict__, "employers": (_facts_of(row.employer),)})
    case = founding.apply(told, organisation=world.org(COUNTY), by=BUILDER, at=NOW)
    union = founding.approve(founding.submit(case, by=BUILDER, at=NOW), by=BUILDER, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.union) == ("founded", union)
    assert not OpenItem.objects.filter(kind="organising.lead").exists()
    assert Employer.objects.get(pk=row.employer_id).matched == "founded"


def _facts_of(row: Employer) -> object:
    return FACTS.employers[0].__class__(row.name, row.code)


def test_a_lead_told_unfit_can_be_visited_again(world: World) -> None:
    row = lead(world)
    with pytest.raises(Refused, match="请写明原因"):
        leads.unfit(row, note="", by=BUILDER, at=NOW)
    leads.unfit(row, note="只有三名职工", by=BUILDER, at=NOW)
    assert not OpenItem.objects.exists()
    leads.reopen(row, note="招了人", by=BUILDER, at=NOW)
    assert OpenItem.objects.get().state == "to_visit"


def test_one_lead_at_a_time_for_an_employer_and_only_where_it_stands(world: World) -> None:
    row = lead(world)
    with pytest.raises(Refused, match="不必重复交办"):
        leads.assign(row.employer, world.org(COUNTY), by=BUILDER, at=NOW)
    other = employer(world, "锦江物流有限公司", 2)
    with pytest.raises(Refused, match="所在地"):
        leads.assign(other, world.org("碧江区总"), by=BUILDER, at=NOW)
    with pytest.raises(Refused, match="权限"):
        leads.assign(other, world.org(COUNTY), by=world.actor(SISTER), at=NOW)
    done, problems = leads.assign_many([row.employer, other], by=BUILDER, at=NOW)
    assert (done, len(problems)) == (1, 1)


def _joined(world: World, number: int, firm: str, start: int = 0) -> None:
    for n in range(start, start + number):
        new = joining.NewMember(facts(f"张{n}"), Form.STAFF, employer=firm)
        row = joining.apply(new, organisation=world.org(COUNTY), by=BUILDER, at=NOW)
        joining.approve(row, by=BUILDER, at=NOW)


def test_enough_workers_of_one_employer_in_a_catch_all_home_become_a_lead(world: World) -> None:
    least = lead_rule(NOW.date(), world.org(COUNTY))["members"]
    _joined(world, least - 1, "梵净制衣有限公司")
    assert gathered(NOW.date()) == []
    _joined(world, 1, "梵净制衣有限公司", least)
    listed = employer(world)
    assert leads.gather(gathered(NOW.date()), at=NOW) == 1
    assert leads.gather(gathered(NOW.date()), at=NOW) == 0
    row = Lead.objects.get()
    assert (row.source, row.workers, row.employer) == ("home", least, listed)
    assert OpenItem.objects.get(kind="organising.lead").title == f"建会线索：梵净制衣有限公司（{least}人）"
    leads.unfit(row, note="业主还没有同意", by=BUILDER, at=NOW)
    assert leads.gather(gathered(NOW.date()), at=NOW) == 0
    row.refresh_from_db()
    assert row.state == "unfit"
    _joined(world, 1, "梵净制衣有限公司", least + 1)
    leads.gather(gathered(NOW.date()), at=NOW)
    row.refresh_from_db()
    assert (row.state, row.workers) == ("to_visit", least + 1)


def test_a_union_of_a_like_name_elsewhere_is_no_reason_to_pass_a_home_by(world: World) -> None:
    _joined(world, 12, "梵净制衣有限公司")
    elsewhere = employer(world, number=3, at=SISTER)
    Employer.objects.filter(pk=elsewhere.pk).update(union=world.org(FAR), matched="name")
    assert leads.gather(gathered(NOW.date()), at=NOW) == 1


def test_a_home_that_knows_the_name_alone_is_closed_too(world: World) -> None:
    _joined(world, 12, "梵净制衣有限公司")
    leads.gather(gathered(NOW.date()), at=NOW)
    row = Lead.objects.get()
    assert row.employer is None
    case = applied(world)
    founding.approve(founding.submit(case, by=BUILDER, at=NOW), by=BUILDER, at=NOW)
    row.refresh_from_db()
    assert row.state == "founded"
    assert leads.gather(gathered(NOW.date()), at=NOW) == 0  # its members still stand in the home for a while


# ---- figures


def test_coverage_counts_by_level(world: World, django_assert_num_queries) -> None:
    employer(world, "甲公司", 1), employer(world, "乙公司", 2, "碧江区总")
    applied_row = applied(world)
    founding.approve(founding.submit(applied_row, by=BUILDER, at=NOW), by=BUILDER, at=NOW)
    assert (value(COVERED, world.org(CITY)), value(UNCOVERED, world.org(CITY))) == (1, 2)
    assert by_child(UNCOVERED, world.org(CITY)) == {world.org(COUNTY).pk: 1, world.org("碧江区总").pk: 1}
    with django_assert_num_queries(3):
        whole, below = coverage(world.org(CITY))
    assert (whole.covered, whole.total) == (1, 3)
    assert {row.organisation.short_name: row.share for row in below} == {COUNTY: 0.5, "碧江区总": 0.0}
    assert Employer.objects.get(code=CODE).place == world.org(COUNTY)
    assert rest_of(whole, below).total == 0
    whole, below = coverage(world.org(COUNTY))
    assert (rest_of(whole, below).covered, rest_of(whole, below).total) == (1, 2)  # in no town


# ---- pages


def test_the_pages_from_list_to_founding(world: World, client_of: Callable[..., Client]) -> None:
    client = client_of(COUNTY)
    content = csv_of([("梵净制衣", code_of(1), "", "C", 40, "赵老板", "13800001111")]).read()
    upload = SimpleUploadedFile("名单.csv", content)
    answer = client.post("/organising/employers/lists/new/", {"upload": upload})
    assert answer.status_code == 302
    Worker().drain()
    row = Employer.objects.get()
    page = client.get(f"/organising/employers/{row.pk}/").content.decode()
    assert "赵**" in page
    assert "赵老板" not in page
    assert "13800001111" not in page
    address = f"/organising/employers/{row.pk}/"
    assert client.post(f"{address}contact/", {"reason": ""}).status_code == 422
    assert "13800001111" in client.post(f"{address}contact/", {"reason": "约时间"}).content.decode()
    assert Entry.objects.filter(verb="reveal", kind="organising.employer").count() == 1
    assert "已交办 1 家" in client.post("/organising/employers/", {"rows": row.pk, "action": "assign"}).content.decode()
    held = Lead.objects.get()
    page = client.get(held.get_absolute_url()).content.decode()
    assert "申请建会" in page
    form = client.get(f"/organising/new/?at={world.org(COUNTY).pk}&lead={held.pk}").content.decode()
    assert "梵净制衣工会" in form
    assert code_of(1) in form
    assert client.post(f"{held.get_absolute_url()}step/visit/", {"note": "已去过"}).status_code == 302
    assert client.post(f"{held.get_absolute_url()}step/visit/", {"note": "已去过"}).status_code == 422
    assert client.post(f"{held.get_absolute_url()}step/found/", {"note": "已去过"}).status_code == 404
    page = client.get("/organising/coverage/").content.decode()
    assert "建会率" in page
    assert f"/organising/employers/lists/new/?at={world.org(COUNTY).pk}" in page


def test_the_template_reads_as_a_list(world: World, client_of: Callable[..., Client]) -> None:
    content = client_of(COUNTY).get("/organising/employers/lists/template/").content
    found = taken(world, [], upload=File(BytesIO(content), name="模板.xlsx"))
    assert (found.new, found.refused, found.problem) == (0, 0, "")


def test_sisters_and_base_unions_see_none_of_it(world: World, client_of: Callable[..., Client]) -> None:
    row = lead(world)
    for client in (client_of(SISTER), client_of(BASE, "base_officer")):
        for address in (row.get_absolute_url(), f"/organising/employers/{row.employer_id}/"):
            assert client.get(address).status_code == 404
        assert "梵净" not in client.get("/organising/employers/").content.decode()
        assert "梵净" not in client.get("/organising/leads/").content.decode()
    own = client_of(COUNTY, "leader")
    assert own.get(f"/organising/employers/{row.employer_id}/").status_code == 200
    assert own.post("/organising/employers/", {"rows": row.employer_id}).status_code == 200
    assert own.post(f"/organising/employers/{row.employer_id}/contact/", {"reason": "看"}).status_code == 403


@pytest.mark.parametrize("address", ["/organising/employers/", "/organising/leads/", "/organising/employers/lists/"])
def test_lists_cost_the_same_however_long(
    world: World, client_of: Callable[..., Client], address: str, django_assert_max_num_queries
) -> None:
    client = client_of(COUNTY)
    lead(world)
    with django_assert_max_num_queries(25) as few:
        client.get(address)
    for number in range(2, 12):
        leads.assign(employer(world, f"第{number}公司", number), world.org(COUNTY), by=BUILDER, at=NOW)
    with django_assert_max_num_queries(len(few)):
        client.get(address)
