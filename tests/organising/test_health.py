"""The health of base unions: what the ledger knows, component by component."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongshu.core.orgs.models import Organisation
from gongshu.core.statutes.lookup import clause
from gongshu.core.statutes.model import Clause
from gongshu.organising.queries.health import WEAKNESSES, base_unions, components_of, health_rule, weak
from gongshu.organising.rules import health as rules
from gongshu.organising.rules.health import HealthFacts
from tests.members import samples as people
from tests.organising.samples import BASE, CITY, COUNTY, FAR, OTHER, SISTER, elected
from tests.worlds import NOW, World

ON = date(2026, 3, 2)
LAW = clause("defaults", "base-health", on=ON)
GOOD = HealthFacts(members=10, real_name=9, phones=9, last_on=ON - timedelta(days=180), due_on=ON)


def found(facts: HealthFacts) -> dict[str, tuple[str, bool]]:
    return {each.code: (each.found, each.is_weak) for each in rules.components(facts, LAW, on=ON)}


def test_at_the_limit_every_component_is_sound() -> None:
    assert found(GOOD) == {
        "empty": ("10人", False),
        "real_name": ("9人，占90%", False),
        "phone": ("9人，占90%", False),
        "term": ("2026年3月2日届满", False),
        "idle": ("2025年9月3日", False),
    }


def test_just_beyond_the_limit_every_component_is_weak_and_says_what_to_do() -> None:
    worse = HealthFacts(10, 8, 8, ON - timedelta(days=181), ON - timedelta(days=1))
    assert {code for code, (_, is_weak) in found(worse).items() if is_weak} == {"real_name", "phone", "term", "idle"}
    nothing = HealthFacts(0, 0, 0, None, None)
    assert found(nothing) == {
        "empty": ("0人", True),
        "real_name": ("—", False),
        "phone": ("—", False),
        "term": ("没有登记", True),
        "idle": ("没有记录", True),
    }
    assert all(each.source for each in rules.components(nothing, LAW, on=ON))


@pytest.fixture
def mixed(world: World) -> World:
    """Return a federation where one base union is sound and the others are not."""
    for n in range(1, 11):
        people.member(world, f"张{n}", order=n, phone=f"138000000{n:02d}")
    people.member(world, "李一", at=OTHER)
    elected(world, BASE)
    elected(world, OTHER, began=date(2023, 3, 1))
    return world


def weak_codes(row: Organisation, law: Clause) -> list[str]:
    return [each.code for each in components_of(row, law, on=ON) if each.is_weak]


def test_the_database_and_the_rules_agree_on_every_union(mixed: World) -> None:
    org = mixed.org(CITY)
    law = health_rule(ON, org)
    conditions = weak(law, ON)
    assert list(conditions) == [code for code, _ in WEAKNESSES]
    rows = list(base_unions(org))
    for code, condition in conditions.items():
        narrowed = {row.pk for row in base_unions(org).filter(condition)}
        by_rule = {
            row.pk for row in rows for each in components_of(row, law, on=ON) if each.code == code and each.is_weak
        }
        assert narrowed == by_rule, code
    weaknesses = {row.short_name: weak_codes(row, law) for row in rows}
    assert weaknesses[BASE] == []
    assert weaknesses[OTHER] == ["real_name", "phone", "term"]
    assert weaknesses[FAR] == ["empty", "term", "idle"]


@pytest.mark.parametrize("count", [1, 5, 9, 10, 11])
def test_the_share_is_exact_in_the_database(world: World, count: int) -> None:
    for n in range(1, count + 1):
        people.member(world, f"张{n}", order=n if n > 1 else 0)
    law = health_rule(ON, world.org(COUNTY))
    narrowed = base_unions(world.org(COUNTY)).filter(weak(law, ON)["real_name"])
    assert narrowed.exists() == ((count - 1) * 10 < count * 9)


def test_the_pages_show_components_sources_and_advice_and_ask_a_constant_number_of_questions(
    mixed: World, client_of: Callable[..., Client]
) -> None:
    client = client_of(COUNTY)
    asked = set()
    for address in ("/organising/health/", "/organising/health/?weak=real_name"):
        client.get(address)
        with CaptureQueriesContext(connection) as questions:
            page = client.get(address).content.decode()
        asked.add(len(questions))
    assert len(asked) == 1
    assert (f">{OTHER}<" in page, f">{BASE}<" in page) == (True, False)
    detail = f"/organising/health/union/?at={mixed.org(OTHER).pk}"
    page = client.get(detail).content.decode()
    for said in ("来源：会员名册", "来源：委员会任期", "来源：留痕", "怎么办：补录会员手机号码", "待核实"):
        assert said in page
    assert client.get(f"/organising/health/union/?at={mixed.org(COUNTY).pk}").status_code == 404
    assert client_of(SISTER).get(detail).status_code == 404
    exported = client.get("/organising/health/?export=xlsx")
    assert exported["Content-Type"].startswith("application/vnd.openxmlformats")
    assert timezone.localdate() > NOW.date()
