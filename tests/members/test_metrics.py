"""What members count as, for targets and for the desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.metrics import queries
from gongshu.core.metrics.many import Ask, Slice, grid, measure
from gongshu.core.orgs.models import Organisation
from gongshu.delivery.queries.bindings import suggest
from gongshu.members.actions import joining, lasting
from gongshu.members.enums import NEW_FORMS
from gongshu.members.metrics import ACTIVE, ACTIVE_NEW, JOINED, JOINED_NEW, REAL_NAME
from tests.members.samples import BASE, CITY, COUNTY, FAR, applied, member
from tests.worlds import BUILDER, NOW, World


@pytest.fixture
def members(world: World) -> World:
    """Two drivers, one with a number, and a clerk who left; one rider far away; one who still waits."""
    member(world, "张一", form="truck", order=1), member(world, "张二", form="truck")
    lasting.finish(member(world, "张三"), "leave", reason="本人申请", by=BUILDER, at=NOW)
    member(world, "张四", FAR, form="rider", order=2)
    applied(world, "张五")
    return world


def test_the_metrics_count_members_real_names_and_joins(members: World) -> None:
    figures = {m.code: queries.value(m, members.org(CITY)) for m in (ACTIVE, REAL_NAME, JOINED)}
    assert figures == {"members.active": 3, "members.real_name": 2, "members.joined": 4}
    assert queries.by_child(ACTIVE, members.org(CITY)) == {
        members.org(COUNTY).pk: 2, members.org("碧江区总").pk: 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "active", "joined"),
    [
        ({"form": "truck"}, 2, 2),
        ({"form": list(NEW_FORMS)}, 3, 3),
        ({"form": ["rider", "staff"]}, 1, 2),
        ({"gender": "m"}, 2, 2),
        ({"form": "truck", "gender": "u"}, 1, 1),
        ({"level": "base"}, 3, 4),
        ({"level": "town"}, 0, 0),
        ({"industry": "G", "form": "truck"}, 2, 2),
    ],
)
def test_the_metrics_are_filtered_alike(members: World, filters, active: int, joined: int) -> None:
    Organisation.objects.filter(pk=members.org(BASE).pk).update(industry="G")
    nation = members.org("中华全国总")
    assert queries.value(ACTIVE, nation, filters=filters) == active
    assert queries.value(JOINED, nation, filters=filters) == joined
    assert measure([Ask(ACTIVE, nation, filters=filters), Ask(JOINED, nation, filters=filters)]) == [active, joined]
    assert [found[nation.pk] for found in grid([Slice(ACTIVE, filters=filters)], [nation])] == [active]


def test_a_period_narrows_joins_but_not_what_there_is(members: World) -> None:
    joining.approve(applied(members, "张六"), by=BUILDER, at=NOW + timedelta(days=10))
    later = date(2026, 3, 5)
    assert queries.value(JOINED, members.org(CITY), since=later) == 1
    assert queries.value(JOINED, members.org(CITY), until=later) == 4
    assert queries.value(ACTIVE, members.org(CITY), since=later) == 4
    assert queries.by_month(JOINED, members.org(CITY), 2026)[2] == 5
    with pytest.raises(Refused, match="没有分月的数"):
        queries.by_month(ACTIVE, members.org(CITY), 2026)


def test_new_forms_of_employment_have_measures_of_their_own(members: World) -> None:
    member(members, "张七", form="staff")
    nation = members.org("中华全国总")
    assert [queries.value(metric, nation) for metric in (ACTIVE_NEW, JOINED_NEW)] == [3, 3]
    assert [queries.value(metric, nation, filters={"form": "rider"}) for metric in (ACTIVE_NEW, JOINED_NEW)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("推动10万名新就业形态劳动者建会入会", "members.joined_new"),
        ("新发展会员5万人", "members.joined"),
        ("会员实名率明显提高", "members.real_name"),
        ("为10万名新就业形态劳动者办理意外伤害保险", None),
    ],
)
def test_a_targets_words_suggest_the_measure(text: str, code: str | None) -> None:
    found = suggest(text, "人")
    assert (found.metric.code if found else None) == code


def test_a_strange_filter_is_refused(members: World) -> None:
    with pytest.raises(Refused, match="没有“pilot”这一项"):
        queries.value(ACTIVE, members.org(CITY), filters={"form": "pilot"})
