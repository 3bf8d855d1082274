"""县级工会加强年 as a programme: a target says how few weak unions there should be, and moves as they get well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.test import Client
from django.utils import timezone

from gongshu.core.metrics.queries import by_child, by_organisations, value
from gongshu.delivery import actions
from gongshu.delivery.actions import PlanDraft, ProgrammeDraft, SplitOrder, TaskDraft
from gongshu.delivery.exports import _gauge_sentence
from gongshu.delivery.models import Target
from gongshu.delivery.queries.bindings import suggest
from gongshu.delivery.queries.progress import Goal, gauges_of, share_lines
from gongshu.delivery.queries.standing import standing
from gongshu.delivery.rules import ratio
from gongshu.organising.metrics import HEALTHY, WEAK, WEAK_IN
from tests.delivery.conftest import give
from tests.members import samples as people
from tests.organising.samples import BASE, CITY, COUNTY, FAR, OTHER, elected
from tests.worlds import NOW, World

WORDS = "把薄弱基层工会减到3家"


@pytest.fixture(autouse=True)
def _catalogue(settings) -> None:
    settings.CATALOGUE = "config.catalogue"


@pytest.mark.parametrize(
    ("done", "goal", "found"), [(4, 3, Fraction(3, 4)), (3, 3, 1), (0, 3, 1), (4, 0, 0), (0, 0, 1)]
)  # fmt: skip
def test_a_falling_goal_is_reached_at_it_and_below(done: int, goal: int, found: Fraction) -> None:
    assert ratio(done, goal, is_falling=True) == found


def make_well(world: World, name: str) -> None:
    """Give a base union a member with number and phone, and a committee whose term is not over."""
    place = (BASE, OTHER, FAR).index(name) + 1
    people.member(world, "张一", at=name, order=place, phone=f"1380000000{place}")
    elected(world, name, began=timezone.localdate() - timedelta(days=30))


@pytest.fixture
def target(world: World, monkeypatch: pytest.MonkeyPatch) -> Target:
    """Return the city's target, bound to what the health of unions tells."""
    drafted = PlanDraft(
        title="县级工会加强年",
        organisation=world.org(CITY),
        year=NOW.year,
        starts_on=date(NOW.year, 1, 1),
        ends_on=date(NOW.year, 12, 31),
        programmes=[ProgrammeDraft("县级工会加强年")],
        tasks=[TaskDraft(WORDS, quantities=[(3, "家")], programme="县级工会加强年")],
    )
    plan = actions.make_plan(drafted, by=world.actor(CITY), at=NOW)
    found = suggest(WORDS, "家")
    assert found
    assert found.metric is WEAK
    return actions.bind(plan.tasks.get().targets.get(), found.metric.code, {}, by=world.actor(CITY), at=NOW)


def now_at(target: Target, world: World, name: str = CITY) -> tuple[int | None, Fraction | None, str]:
    gauge = gauges_of([Goal(target, world.org(name), target.amount)])[0]
    return gauge.done, gauge.ratio, gauge.text


def test_the_target_moves_by_itself_as_unions_get_well(world: World, target: Target, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    assert now_at(target, world) == (4, Fraction(3, 4), "现有4，减到3家")
    make_well(world, BASE)
    assert now_at(target, world) == (3, 1, "现有3，减到3家")
    assert value(HEALTHY, world.org(CITY)) == 1
    sentence = _gauge_sentence(gauges_of([Goal(target, world.org(CITY), target.amount)])[0])
    assert sentence == "目标减到3家，现有3家。"


def test_each_weakness_is_counted_by_itself_along_the_tree(world: World, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make_well(world, BASE)
    people.member(world, "李二", at=OTHER)
    counts = {metric.code: value(metric, world.org(COUNTY)) for metric in WEAK_IN}
    assert counts == {
        "unions.weak_empty": 0,
        "unions.weak_real_name": 1,
        "unions.weak_phone": 1,
        "unions.weak_term": 1,
        "unions.weak_idle": 0,
    }
    both = [world.org(name) for name in (CITY, COUNTY, BASE)]
    assert list(by_organisations(WEAK, both).values()) == [3, 1, 0]
    assert sorted(by_child(WEAK, world.org(CITY)).values()) == [1, 2]


def test_shares_of_a_falling_target_are_coloured_by_what_is_left(world: World, target: Target, monkeypatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    give(world, target.task, CITY, due_on=date(2026, 12, 1))
    near, far = world.org(COUNTY).pk, world.org("碧江区总").pk
    order = SplitOrder({near: 1, far: 2}, "equal", {near: 1, far: 1})
    actions.split(target, order, by=world.actor(CITY), at=NOW)
    on = date(2026, 12, 31)
    lines = {line.share.organisation_id: line for line in share_lines(target, None, on=on)}
    assert [lines[near].gauge.percent, lines[far].gauge.percent] == [50, 100]
    colours = standing([target.task.plan], [world.org(COUNTY), world.org("碧江区总")], on=on)
    assert len(set(colours.values())) == 2


def test_the_pages_say_how_many_there_are_and_should_be(
    world: World, target: Target, client_of: Callable[..., Client]
) -> None:
    page = client_of(CITY).get(target.task.get_absolute_url()).content.decode()
    assert "现有4，减到3家" in page
