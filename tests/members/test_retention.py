"""Forgetting what need not be kept, and the worlds made to try things on."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gongshu.core.base.identity import check_id_number
from gongshu.core.flow.models import OpenItem
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Account, Person
from gongshu.members.actions import lasting, retention, tallies
from gongshu.members.jobs import forget_ended
from gongshu.members.models import Membership
from gongshu.members.queries.counting import headcount
from tests.members.samples import applied, member
from tests.worlds import BUILDER, NOW, World

DAYS = {rule.column: rule.days for rule in retention.rules_of_persons()}


def left(world: World, name: str, order: int, days_ago: int) -> Person:
    """Return a person who left so many days before `NOW`."""
    row = member(world, name, order=order, phone=f"138{order:08d}")
    lasting.finish(row, "leave", reason="本人申请", by=BUILDER, at=NOW - timedelta(days=days_ago))
    return row.person


def held(person: Person) -> tuple[bool, bool, bool]:
    person.refresh_from_db()
    return person.id_number is not None, person.phone is not None, person.born_on is not None


def test_the_columns_to_forget_stand_in_the_privacy_file() -> None:
    assert DAYS == {"id_number": 1095, "phone": 365, "born_on": 1095}


def test_columns_are_cleared_on_their_day_and_not_before(world: World) -> None:
    day = DAYS["phone"]
    young, old = left(world, "张一", 1, day - 1), left(world, "张二", 2, day)
    oldest = left(world, "张三", 3, DAYS["id_number"])
    for rule in retention.rules_of_persons():
        retention.clear(rule, on=NOW.date())
    assert (held(young), held(old), held(oldest)) == ((True,) * 3, (True, False, True), (False,) * 3)
    assert Person.objects.values_list("id_index", "phone_index").get(pk=oldest.pk) == (None, None)


def test_whoever_is_a_member_again_or_has_an_account_keeps_their_numbers(world: World) -> None:
    back, officer = left(world, "张一", 1, 5000), left(world, "张二", 2, 5000)
    applied(world, "张一", order=1)
    Account.objects.create(username="zhang2", person=officer)
    for rule in retention.rules_of_persons():
        assert retention.clear(rule, on=NOW.date()) == 0
    assert (held(back), held(officer)) == ((True,) * 3, (True,) * 3)


def test_the_job_forgets_batch_by_batch(world: World, monkeypatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for n in range(1, 6):
        left(world, f"张{n}", n, 5000)
    enqueue(forget_ended)
    Worker().drain()
    assert Job.objects.get(name=forget_ended.name, key="").result == {"cleared": 15}
    assert not Person.objects.exclude(id_number=None, phone=None).filter(account=None).exists()


def test_a_world_has_seven_levels_valid_numbers_and_true_counters(db: None) -> None:
    told = StringIO()
    call_command("world", "--orgs", "60", "--members", "400", stdout=told)
    assert told.getvalue().startswith("组织 60 个，会员 400 人")
    nation = Organisation.objects.get(depth=1)
    assert set(Organisation.objects.values_list("depth", flat=True)) == set(range(1, 8))
    assert {org.numchild for org in Organisation.objects.filter(depth=7)} == {0}
    assert sum(Organisation.objects.values_list("numchild", flat=True)) == 59
    assert not Organisation.objects.filter(is_demo=False).exists()
    assert tallies.differing() == []
    assert headcount(nation).members == headcount(nation, live=True).members > 300
    assert OpenItem.objects.count() == Membership.objects.filter(state="applied").count()
    known = Person.objects.exclude(id_number=None)
    assert 150 < known.count() < 350
    for person in known[:40]:
        assert check_id_number(person.id_number.reveal(), on=NOW.date()) == []
    with pytest.raises(CommandError, match="另用一个空的数据库"):
        call_command("world")


def test_a_world_is_refused_beside_real_unions_and_in_silly_sizes(world: World) -> None:
    for size, words in (("60", "另用一个空的数据库"), ("3", "不少于")):
        with pytest.raises(CommandError, match=words):
            call_command("world", "--orgs", size)
