"""The demonstration: real places, made-up unions marked so, and a second run that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from gongshu.core.base import divisions
from gongshu.core.base.problems import Refused
from gongshu.core.flow.actions import item_for
from gongshu.core.flow.models import OpenItem, Stateful
from gongshu.core.orgs.actions import add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Account
from gongshu.core.trail.models import Entry
from gongshu.delivery.models import Assignment
from gongshu.demo import industrial, members, people, tree
from gongshu.demo.management.commands.demo import columns
from gongshu.demo.models import DoneStage
from gongshu.demo.world.load import check_empty
from gongshu.demo.world.shape import NAMES
from gongshu.members.actions.tallies import differing
from gongshu.members.models import Membership, Pair
from gongshu.members.queries.joining import live_of_phone
from gongshu.officers.models import Course, Duty
from gongshu.organising.models import Committee, Founding, Guidance, Holding
from gongshu.organising.queries.coverage import gathered
from gongshu.organising.queries.sharing import shared_out
from gongshu.venues.models import Venue
from tests.worlds import union

TABLES = (
    Organisation, Account, Membership, Pair, Committee, Founding, Guidance, Course, Duty, Venue, Entry, DoneStage,
)  # fmt: skip


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Build the demonstration once for this module, and take it back after."""
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", "--no-serve", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def demo(built: str, db: None) -> str:
    """Return what was printed while the demonstration was built."""
    return built


def counts() -> list[int]:
    return [model.objects.count() for model in TABLES]


def test_a_folder_that_is_not_there_is_refused(db: None):
    with pytest.raises(CommandError, match="没有“/nowhere”这个文件夹"):
        call_command("demo", "--no-serve", "--docs", "/nowhere")


def test_the_tree_holds_the_real_places_and_marks_everything(demo: str):
    for code, name in ((tree.GUIZHOU, "贵州省总工会"), (tree.HUBEI, "湖北省总工会"), (tree.FUJIAN, "福建省总工会")):
        province = Organisation.objects.get(name=name)
        below = [each.code for each in divisions.all_divisions().values() if divisions.is_within(each.code, code)]
        held = Organisation.objects.filter(path__startswith=province.path).exclude(division_code="")
        assert sorted(held.values_list("division_code", flat=True)) == sorted(below)
    assert Organisation.objects.filter(is_demo=False).count() == 0
    made_up = Organisation.objects.filter(division_code="").exclude(level=Level.NATION)
    assert made_up.exclude(name__startswith="演示·").count() == 0
    assert Organisation.objects.filter(level=Level.BASE).count() == 88 * tree.TOWNS * tree.BASES


Waiting = tuple[str, int, str, int, date | None, str]


def _facts(item: OpenItem) -> Waiting:
    return item.kind, item.object_id, item.state, item.organisation_id, item.due_on, item.title


def _should_wait() -> Iterator[Waiting]:
    for model in apps.get_models():
        if issubclass(model, Stateful):
            for thing in model._default_manager.all():
                item = item_for(thing, at=timezone.now())
                if item:
                    yield _facts(item)


def test_just_what_waits_for_somebody_is_in_the_inboxes(demo: str):
    assert sorted(map(_facts, OpenItem.objects.all()), key=repr) == sorted(_should_wait(), key=repr)


def test_every_application_has_a_day(demo: str):
    pending = Membership.objects.filter(state="applied")
    assert pending.count() > 10
    assert not pending.filter(Q(due_on=None) | Q(due_on__lte=timezone.localdate())).exists()


def test_the_tree_is_sound(demo: str):
    assert Organisation.objects.find_problems() == ([], [], [], [], [])


def test_short_names_are_how_people_speak(demo: str):
    said = {
        "松桃苗族自治县总工会": "松桃县总",
        "黔东南苗族侗族自治州总工会": "黔东南州总",
        "南明区总工会": "南明区总",
        "神农架林区总工会": "神农架区总",
        "六枝特区总工会": "六枝区总",
    }
    found = dict(Organisation.objects.filter(name__in=said).values_list("name", "short_name"))
    assert found == said


def test_every_account_it_prints_can_log_in(demo: str):
    assert f"密码都是 {people.PASSWORD}" in demo
    for seat in (*people.SEATS, *people.LATER):
        assert f"  {seat.username} " in demo
        client = Client()
        response = client.post("/login/", {"username": seat.username, "password": people.PASSWORD})
        assert (response.status_code, client.get("/").status_code) == (302, 200)


def test_a_second_run_changes_nothing(demo: str):
    before = counts()
    out = StringIO()
    call_command("demo", "--no-serve", stdout=out)
    assert counts() == before
    assert out.getvalue().count("已有，未改动") == DoneStage.objects.count()


def test_the_demonstration_is_no_beginning_of_real_work(demo: str):
    before = counts()
    with pytest.raises(CommandError, match="演示数据不能转为正式使用"):
        call_command("begin", "520628", user="admin", name="张演示", password_stdin=True, stdout=StringIO())
    assert counts() == before


def test_sample_venues_are_open_preparing_suspended_and_to_be_put_right(demo: str):
    assert set(Venue.objects.values_list("state", flat=True)) == {"open", "preparing", "suspended"}
    assert Venue.objects.exclude(name__startswith="演示·").count() == 0


def test_members_are_marked_counted_and_known_to_be_made_up(demo: str):
    assert Membership.objects.count() > 3000
    assert Membership.objects.exclude(name__startswith="演示·").count() == 0
    assert Membership.objects.exclude(source="demo").count() == 0
    assert differing() == []
    assert Holding.objects.exclude(name__startswith="演示·").count() == 0


def test_industrial_unions_guide_some_unions_and_one_has_asked(demo: str):
    provincial = Organisation.objects.filter(kind=Kind.INDUSTRIAL)
    assert {row.name: (row.level, row.industry) for row in provincial} == {
        industrial.TRAFFIC: ("province", "G"), industrial.BUILDING: ("province", "E"),
    }  # fmt: skip
    assert Guidance.objects.filter(state="standing").count() == sum(map(len, industrial.GUIDED.values()))
    asked = Guidance.objects.get(state="asked")
    item = OpenItem.objects.get(kind="organising.guidance")
    assert (item.object_id, item.organisation.name) == (asked.pk, industrial.TRAFFIC)
    assert not Assignment.objects.filter(organisation__in=provincial).exists()
    shares = shared_out(Organisation.objects.get(name=industrial.PROVINCE), timezone.localdate())
    assert all(shares[row.pk].members > 0 for row in provincial)


def test_one_person_is_found_to_be_registered_twice(demo: str):
    pair = Pair.objects.get()
    assert (pair.state, pair.grounds) == ("found", "phone")
    assert {pair.first.name, pair.second.name} == {"演示·龙小燕"}
    assert pair.organisation.name == members.TOWN


def test_workers_it_prints_are_in_the_states_it_says(demo: str):
    states = {"会员": "active", "入会申请待审批": "applied"}
    for phone, name, said in members.table():
        assert f"{phone}  {name}" in demo
        [held] = live_of_phone(phone)
        assert (held.name, held.state) == (name, states.get(said, "arriving"))
    assert Client().get(members.join_address()).status_code == 200


def test_inboxes_hold_applications_moves_foundings_terms_and_duties(demo: str):
    def kinds(org: str) -> set[str]:
        return set(OpenItem.objects.filter(organisation__name=org).values_list("kind", flat=True))

    assert kinds(members.COUNTY) >= {
        "members.membership", "organising.founding", "organising.committee", "officers.course", "officers.duty",
    }  # fmt: skip
    assert kinds(members.ONE) >= {"members.membership"}
    assert OpenItem.objects.filter(organisation__name=members.ONE, state="arriving").count() == 1
    overdue = Duty.objects.filter(state="due", due_on__lt=timezone.localdate())
    assert overdue.count() <= 1
    home = Organisation.objects.get(name=members.HOME)
    at_home = [row for row in gathered(timezone.localdate()) if row.home == home.pk]
    assert [(row.employer, row.members >= 25) for row in at_home] == [(members.FIRM, True)]


def test_a_world_can_still_be_made_beside_it_once(demo: str):
    check_empty()
    add(union(NAMES[0], Level.NATION))
    with pytest.raises(Refused):
        check_empty()


def test_columns_stand_under_each_other_in_a_terminal():
    assert columns([("甲", "一"), ("ab c", "二")]) == ["甲    一", "ab c  二"]
