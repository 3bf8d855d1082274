"""What bringing a roster in does to the ledger, and what it does not."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.utils import timezone

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs.worker import Worker
from gongshu.core.people import resealing
from gongshu.core.people.identity import find_or_make
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring
from gongshu.core.trail.models import Entry
from gongshu.core.trail.queries import of as trail_of
from gongshu.members.actions import lasting, tallies
from gongshu.members.models import Membership
from gongshu.rosters import jobs
from gongshu.rosters.actions import checking, entering, receiving
from gongshu.rosters.actions.staging import rows_in
from gongshu.rosters.models import Block, Roster, RosterRow
from tests.members.samples import BASE, COUNTY, FAR, OTHER, applied, facts, id_number, member
from tests.rosters.samples import BASE_NAME, FAR_NAME, OTHER_NAME, checked, entered, matched, row, upload
from tests.sheets import xlsx_bytes
from tests.worlds import BUILDER, NOW, World

pytestmark = pytest.mark.django_db(transaction=True)


def reasons(roster: Roster) -> dict[int, str]:
    """Return why rows were not brought in, by their number."""
    return dict(RosterRow.objects.filter(roster=roster).exclude(reason="").values_list("number", "reason"))


def test_a_roster_makes_members_with_their_counters_and_one_entry(world: World) -> None:
    roster = entered(world, [row(1, phone="13800001111", employer="甲厂"), row(2, union=OTHER_NAME)])
    assert roster.results == {"entered": 2}
    first, second = Membership.objects.order_by("name")
    assert (first.name, first.organisation, first.state, first.source) == ("张1", world.org(BASE), "active", "roster")
    assert (first.employer, first.has_phone, first.is_real_name, first.gender) == ("甲厂", True, True, "m")
    assert first.person.id_number.reveal() == id_number(1)
    assert first.person.phone.reveal() == "13800001111"
    assert (second.organisation, second.has_phone) == (world.org(OTHER), False)
    assert tallies.differing() == []
    assert (roster.state, roster.file) == ("done", None)
    assert list(trail_of(first)) == []
    assert Entry.objects.get(pk=first.origin_id).summary == "名册导入：名册.csv，2 行"


def test_a_member_of_a_roster_shows_where_they_came_from(world: World, client_of) -> None:
    entered(world, [row(1)])
    page = client_of(COUNTY).get(Membership.objects.get().get_absolute_url()).content.decode()
    assert "名册导入：名册.csv，1 行" in page


def test_the_same_roster_again_changes_nothing(world: World) -> None:
    rows = [
        row(1, phone="13800001111", employer="甲厂"),
        ["李四", "", "13800002222", "", BASE_NAME],
        ["王五", "", "", "", ""],
    ]
    rows[2][4] = OTHER_NAME
    assert entered(world, rows).results == {"entered": 3}
    before = list(Membership.objects.values())
    again = checked(world, rows)
    assert again.counts == {"same": 3}
    with pytest.raises(Refused, match="没有可以导入的行"):
        receiving.confirm(
            again, correct=True, move=True, by=world.actor(COUNTY), at=timezone.now(), background=jobs.enqueue_enter
        )
    assert list(Membership.objects.values()) == before


def test_two_officers_with_one_roster_bring_it_in_once(world: World) -> None:
    rows = [row(n) for n in range(1, 30)] + [
        ["李四", "", "13800002222", "", BASE_NAME],
        ["王五", "", "", "", BASE_NAME],
    ]
    first, second = checked(world, rows), checked(world, rows, by=world.actor("铜仁市总"))
    assert (first.counts, second.counts) == ({"new": 31}, {"new": 31})
    for roster in (first, second):
        by = world.actor(COUNTY)
        receiving.confirm(roster, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    Worker().drain()
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.results, second.results) == ({"entered": 31}, {"same": 31})
    assert (Membership.objects.count(), Person.objects.filter(memberships__isnull=False).count()) == (31, 31)
    assert tallies.differing() == []


def test_a_person_of_another_union_is_refused_without_telling_where(world: World) -> None:
    member(world, "张1", FAR, order=1)
    roster = entered(world, [row(1), row(2)])
    assert roster.results == {"entered": 1, "refused": 1}
    assert reasons(roster) == {2: "此人的会籍在其他工会，一人一籍；到本会工作的，请办理转会"}


def test_whoever_may_see_both_unions_is_told_where(world: World) -> None:
    member(world, "张1", OTHER, order=1)
    assert reasons(checked(world, [row(1)])) == {2: f"此人的会籍在{OTHER_NAME}，一人一籍；到本会工作的，请办理转会"}


def test_a_move_is_asked_for_where_that_was_wished(world: World) -> None:
    held = member(world, "张1", FAR, order=1)
    roster = entered(world, [row(1)], move=True)
    held.refresh_from_db()
    assert roster.results == {"asked": 1}
    assert (held.state, held.organisation, held.destination) == ("leaving", world.org(FAR), world.org(BASE))
    assert OpenItem.objects.get(object_id=held.pk, kind="members.membership").organisation == world.org(FAR)
    assert tallies.differing() == []


def test_what_a_roster_tells_otherwise_is_taken_over_with_what_was_there(world: World) -> None:
    held = member(world, "张1", order=1, phone="13800001111")
    roster = entered(world, [row(1, phone="13800003333", employer="乙厂")])
    held.refresh_from_db()
    assert roster.results == {"corrected": 1}
    assert (held.employer, held.person.phone.reveal()) == ("乙厂", "13800003333")
    entry = trail_of(held).first()
    assert (entry.verb, entry.detail["before"]["employer"], entry.detail["new_phone"]) == ("correct", "", True)
    assert "13800003333" not in str(entry.detail)


def test_members_stay_as_they_are_where_that_was_wished(world: World) -> None:
    held = member(world, "张1", order=1)
    roster = entered(world, [row(1, employer="乙厂"), row(2)], correct=False)
    held.refresh_from_db()
    assert (roster.results, held.employer) == ({"entered": 1, "left": 1}, "")


def test_a_person_known_without_a_membership_joins_with_their_own_history(world: World) -> None:
    left = member(world, "张1", order=1)
    lasting.finish(left, "leave", reason="到外地工作", by=BUILDER, at=NOW)
    roster = entered(world, [row(1, phone="13800003333")])
    now = Membership.objects.get(state="active")
    assert roster.results == {"entered": 1}
    assert (now.person, now.person.phone.reveal(), now.origin) == (left.person, "13800003333", roster.origin)
    assert [entry.verb for entry in trail_of(now)] == ["approve", "start"]
    assert tallies.differing() == []


def test_a_known_number_under_another_name_is_refused(world: World) -> None:
    find_or_make(facts("何立", 1), on=NOW.date())
    assert reasons(checked(world, [row(1, "何力")])) == {2: "这个身份证号码登记在另一个姓名下，请核对"}


def test_somebody_whose_application_waits_is_for_the_applications_page(world: World) -> None:
    applied(world, "张1", order=1)
    assert reasons(checked(world, [row(1)])) == {2: "此人的入会申请正在审批，请先在“入会审批”里办理"}


def test_a_union_outside_reach_is_refused_like_one_that_is_not_there(world: World) -> None:
    found = reasons(checked(world, [row(1, union=FAR_NAME), row(2, union="不存在工会"), row(3, union="")]))
    assert found[2] == f"没有找到“{FAR_NAME}”，或者不在您的管理范围内。请写工会全称，或工会的入会码"
    assert found[3] == "没有找到“不存在工会”，或者不在您的管理范围内。请写工会全称，或工会的入会码"
    assert 4 not in found


def test_a_number_in_the_wrong_column_is_kept_nowhere_in_clear(world: World) -> None:
    number = id_number(7)
    roster = checked(world, [["张三", "", "", "", number], [number, "", "", "", BASE_NAME]])
    assert roster.counts == {"refused": 2}
    kept = "".join(f"{row.name}{row.reason}{row.employer}" for row in RosterRow.objects.all())
    assert number not in kept
    assert reasons(roster)[2].startswith(f"没有找到“{number[:3]}*************{number[-2:]}”")


def test_what_no_database_takes_is_left_out_of_the_sentences(world: World) -> None:
    by = world.actor(COUNTY)
    cells = [["王\x00五", "", "", "\x00厂", f"\x00{BASE_NAME}x"], ["何立", "", "", "", f"{BASE_NAME}\x00"]]
    file = upload(xlsx_bytes(cells), "名册.xlsx")
    roster = matched(receiving.receive(file, organisation=world.org(COUNTY), by=by, at=timezone.now()), by)
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, roster.counts) == ("checked", {"new": 1, "refused": 1})
    assert RosterRow.objects.get().name == "王五"


def test_people_told_twice_come_in_once(world: World) -> None:
    rows = [
        row(1),
        row(1),
        ["李四", "", "", "", BASE_NAME],
        ["李四", "", "", "", BASE_NAME],
        ["李四", "", "", "", OTHER_NAME],
    ]
    roster = entered(world, rows)
    assert roster.results == {"entered": 3, "refused": 2}
    assert reasons(roster) == {
        3: "与第2行的身份证号码相同，同一人只导入一次",
        5: "与第4行的姓名、工会、手机号码相同，同一人只导入一次；确是两个人的，请补填身份证号码",
    }


def test_a_person_who_joined_between_the_check_and_the_confirmation_stays_one(world: World) -> None:
    roster = checked(world, [row(1), row(2), ["李四", "", "", "", BASE_NAME]])
    member(world, "张1", BASE, order=1), member(world, "李四", BASE)
    by = world.actor(COUNTY)
    receiving.confirm(roster, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    Worker().drain()
    roster.refresh_from_db()
    assert roster.results == {"entered": 1, "same": 2}
    assert Membership.objects.count() == 3


def test_somebody_a_moment_quicker_is_seen_at_the_second_look(world: World, monkeypatch) -> None:
    roster = checked(world, [row(1), row(2)])
    member(world, "张1", BASE, order=1)
    real, looks = entering.judged, []

    def late(rows, actor):
        looks.append(len(rows))
        return real(rows, actor) if len(looks) > 1 else [entering.NEW] * len(rows)

    monkeypatch.setattr(entering, "judged", late)
    by = world.actor(COUNTY)
    receiving.confirm(roster, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    Worker().drain()
    roster.refresh_from_db()
    assert looks == [2, 2]
    assert roster.results == {"entered": 1, "same": 1}
    assert Person.objects.filter(memberships__isnull=False).count() == 2
    assert tallies.differing() == []


def test_a_person_twice_in_a_block_whose_marks_differ_comes_in_once(world: World, monkeypatch) -> None:
    monkeypatch.setattr(checking.staging, "repeats", lambda roster: iter(()))
    roster = entered(world, [row(1), row(1), ["李四", "", "", "", BASE_NAME]])
    assert roster.results == {"entered": 2, "refused": 1}
    assert reasons(roster) == {3: "此人刚刚由他人登记，请重新导入这一行"}


def test_a_union_that_ended_meanwhile_takes_nobody_in(world: World) -> None:
    roster = checked(world, [row(1), row(2, union=OTHER_NAME)])
    type(world.org(BASE)).objects.filter(pk=world.org(BASE).pk).update(ended_on=NOW.date())
    by = world.actor(COUNTY)
    receiving.confirm(roster, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    Worker().drain()
    roster.refresh_from_db()
    assert roster.results == {"entered": 1, "refused": 1}
    assert reasons(roster) == {2: "所在工会已撤销，或者不在您的管理范围内"}


def test_keys_rotated_between_the_check_and_the_confirmation(world: World) -> None:
    member(world, "张1", order=1)
    roster = checked(world, [row(1), row(2), row(3, phone="13800001111")])
    find_or_make(facts("张3", 3), on=NOW.date())
    resealing.add_active_keys("aes-256-gcm")
    by = world.actor(COUNTY)
    receiving.confirm(roster, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    Worker().drain()
    roster.refresh_from_db()
    assert roster.results == {"entered": 2, "same": 1}
    assert Person.objects.filter(memberships__isnull=False).count() == 3
    assert Person.objects.get(name="张2").id_number.reveal() == id_number(2)
    assert entered_again(world) == {"same": 3}


def entered_again(world: World) -> dict[str, int]:
    return checked(world, [row(1), row(2), row(3, phone="13800001111")]).counts


def test_rows_are_sealed_anew_with_everything_else(world: World) -> None:
    wrong = [*row(1, phone="13800001111")]
    wrong[1] = "110101199001011230"
    roster = checked(world, [wrong, row(2)])
    resealing.add_active_keys("aes-256-gcm")
    for column in resealing.columns():
        with transaction.atomic():
            resealing.reseal(column, 0)
    kept = RosterRow.objects.get(roster=roster)
    assert (kept.id_number.reveal(), kept.phone.reveal()) == (wrong[1], "13800001111")
    block = Block.objects.get(roster=roster)
    assert (block.content.version, [one.id_number for one in rows_in(block)]) == (ring().active, [id_number(2)])


def test_without_the_right_to_approve_a_roster_makes_applications(world: World, monkeypatch) -> None:
    by = world.actor(COUNTY)
    role = by.held[0].role
    lesser = replace(role, grants=role.grants - {"members.approve"})
    weaker = replace(by, held=tuple(replace(held, role=lesser) for held in by.held))
    monkeypatch.setattr(jobs, "actor_of", lambda row: weaker)
    roster = entered(world, [row(1), ["李四", "", "", "", BASE_NAME]], by=weaker)
    assert roster.results == {"applied": 2}
    rows = list(Membership.objects.order_by("pk"))
    assert {(one.state, one.due_on is not None, one.origin_id) for one in rows} == {("applied", True, roster.origin_id)}
    assert OpenItem.objects.filter(kind="members.membership").count() == 2
    assert tallies.differing() == []


def test_two_who_may_not_approve_apply_once_for_somebody_without_a_number(world: World, monkeypatch) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time anyway")
    by = world.actor(COUNTY)
    lesser = replace(by.held[0].role, grants=by.held[0].role.grants - {"members.approve"})
    weaker = replace(by, held=tuple(replace(held, role=lesser) for held in by.held))
    rosters = [checked(world, [["李四", "", "13800002222", "", BASE_NAME]], by=by) for _ in range(2)]
    for one in rosters:
        receiving.confirm(one, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    both, look = threading.Barrier(2), entering.judged

    def look_at_once(*asked: object) -> object:
        found = look(*asked)
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=1)
        return found

    def bring_in() -> None:
        worker = Worker()
        worker.schedules = ()
        worker.work_once()
        connection.close()

    monkeypatch.setattr(jobs, "actor_of", lambda row: weaker)
    monkeypatch.setattr(entering, "judged", look_at_once)
    threads = [threading.Thread(target=bring_in) for _ in rosters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {roster.state for roster in Roster.objects.all()} == {"done"}
    assert Membership.objects.count() == 1


def test_nobody_brings_a_roster_in_after_their_post_ended(world: World) -> None:
    roster = checked(world, [row(1)])
    by = world.actor(COUNTY)
    receiving.confirm(roster, correct=True, move=False, by=by, at=timezone.now(), background=jobs.enqueue_enter)
    world.account(COUNTY).appointments.all().delete()
    Worker().drain()
    roster.refresh_from_db()
    assert (roster.state, Membership.objects.count()) == ("entering", 0)
    assert "权限" in jobs.Job.objects.get(name="rosters.enter").problem
