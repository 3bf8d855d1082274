"""Sharing a target out over more organisations than a page can ask about one by one."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongshu.delivery import queries, rules
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Share, Target, Task
from gongshu.delivery.views import sharing_many
from tests.delivery.conftest import give
from tests.worlds import World

PROVINCE = "贵州省总"


@pytest.fixture
def few(settings, monkeypatch) -> None:
    settings.SPLIT_BY_HAND = 3
    monkeypatch.setattr(sharing_many, "PAGE", 2)


@pytest.fixture
def address(target: Target) -> str:
    return reverse("delivery:split", args=[target.pk])


@pytest.fixture
def counties(world: World, tasks: list[Task]) -> list[str]:
    give(world, tasks[0], receivers=Receivers.LEVEL, level="county")
    return ["南明区总", "云岩区总", "松桃苗族自治县总", "碧江区总"]


def sent(answer) -> dict[str, str]:
    """Return what the page would post as it stands."""
    page = answer.content.decode().partition("<main")[2]
    fields = re.findall(r'<input[^>]*name="(seen|page|share_\d+)"[^>]*>', page)
    values = {name: re.search(rf'<input[^>]*name="{name}"[^>]*>', page)[0] for name in fields}
    return {name: (re.search(r'value="([^"]*)"', tag) or ["", ""])[1] for name, tag in values.items()}


def test_up_to_a_number_of_units_each_has_an_input(settings, client_of, counties, address):
    settings.SPLIT_BY_HAND = 4
    assert "调整为" not in client_of(PROVINCE).get(address).content.decode()
    settings.SPLIT_BY_HAND = 3
    assert "调整为" in client_of(PROVINCE).get(address).content.decode()


def test_very_many_are_shared_out_without_typing_and_few_fields(few, client_of, counties, address):
    client = client_of(PROVINCE)
    page = client.get(address)
    assert [amount for _, _, amount, _ in page.context["rows"]] == [3, 3]
    assert len(sent(page)) == 4  # digest, page and the two of this page

    answer = client.post(address, sent(page) | {"go": "done"})
    assert answer.status_code == 302
    assert sorted(Share.objects.values_list("organisation__short_name", "amount", "rule")) == sorted(
        (name, amount, "平均分配，最大余数法取整，余数相同的按组织顺序")
        for name, amount in zip(counties, (3, 3, 2, 2), strict=True)
    )


def test_what_is_typed_on_one_page_is_kept_on_the_others_and_counts(few, client_of, world: World, counties, address):
    client = client_of(PROVINCE)
    first = sent(client.get(address))
    second = client.post(address, first | {f"share_{world.org('南明区总').pk}": "1", "go": "2"})
    assert second.status_code == 200
    assert [unit.short_name for unit, *_ in second.context["rows"]] == ["松桃苗族自治县总", "碧江区总"]
    assert [amount for _, _, amount, _ in second.context["rows"]] == [3, 3]

    third = client.post(address, sent(second) | {f"share_{world.org('碧江区总').pk}": "0", "go": "1"})
    assert sent(third)[f"share_{world.org('南明区总').pk}"] == "1"
    assert client.post(address, sent(third) | {"go": "done"}).status_code == 302
    assert dict(Share.objects.values_list("organisation__short_name", "amount")) == dict(
        zip(counties, (1, 5, 4, 0), strict=True)
    )
    assert Share.objects.first().rule.endswith("；其中 2 个单位逐个填写")


def test_another_way_to_weigh_keeps_what_was_typed(few, client_of, world: World, counties, address):
    client = client_of(PROVINCE)
    typed = sent(client.get(address)) | {f"share_{world.org('南明区总').pk}": "1", "weighing": "bases", "go": "again"}
    page = client.post(address, typed)
    assert page.context["way"].code == "bases"
    assert page.context["rows"][0][3].value() == 1


def test_only_what_was_seen_is_confirmed(few, client_of, world: World, counties, address):
    client = client_of(PROVINCE)
    typed = sent(client.get(address)) | {f"share_{world.org('南明区总').pk}": "9", "go": "done"}
    answer = client.post(address, typed)
    assert (answer.status_code, Share.objects.count()) == (422, 0)
    assert "请看过再确认" in answer.content.decode()
    assert client.post(address, sent(answer) | {"go": "done"}).status_code == 302
    assert Share.objects.get(organisation=world.org("南明区总")).amount == 9


@pytest.mark.parametrize(
    ("typed", "words"),
    [("11", "逐个调整的份额合计 11，比指标数 10 多 1"), ("x", "有的份额不是整数，请改正"), ("-1", "有的份额不是整数")],
)
def test_a_wrong_number_is_told_and_stays_where_it_was_typed(
    few, client_of, world: World, counties, address, typed, words
):
    client, field = client_of(PROVINCE), f"share_{world.org('南明区总').pk}"
    answer = client.post(address, sent(client.get(address)) | {field: typed, "go": "done"})
    assert (answer.status_code, Share.objects.count()) == (422, 0)
    assert words in answer.content.decode()
    assert sent(answer)[field] == typed


def test_so_many_changes_are_too_many(few, client_of, world: World, counties, address):
    client = client_of(PROVINCE)
    typed = {f"share_{world.org(name).pk}": "1" for name in counties}
    answer = client.post(address, sent(client.get(address)) | typed | {"go": "again"})
    assert "最多逐个调整 3 个单位" in answer.content.decode()


def test_one_may_share_out_over_those_directly_below_instead(few, client_of, counties, address):
    client = client_of(PROVINCE)
    assert "?only=below" in client.get(address).content.decode()
    page = client.get(f"{address}?only=below")
    assert [unit.short_name for unit, _, _ in page.context["rows"]] == ["贵阳市总", "铜仁市总"]


def test_beyond_the_most_only_those_directly_below_are_offered(settings, world: World, counties, target: Target):
    settings.SPLIT_MOST = 3
    units = queries.units_for(target, world.org(PROVINCE))
    assert [unit.short_name for unit in units] == ["贵阳市总", "铜仁市总"]


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=12),
    st.integers(0, 10_000),
    st.dictionaries(st.integers(0, 11), st.integers(0, 40), max_size=6),
)
def test_fixed_shares_stay_and_all_add_up(weights, total, typed):
    fixed = {place: amount for place, amount in typed.items() if place < len(weights)}
    if rules.fixed_problems(total, weights, fixed):
        return
    shares = rules.share_rest(total, weights, fixed)
    assert sum(shares) == total
    assert all(shares[place] == amount for place, amount in fixed.items())


def test_the_rest_goes_nowhere_without_weight():
    problems = rules.fixed_problems(10, [1, 0], {0: 4})
    assert [problem.message for problem in problems] == [
        "还有 6 没有分出去：其余单位的权重都是 0，请换一种办法，或再调整几个单位"
    ]
    assert rules.share_rest(10, [1, 0], {0: 10}) == [10, 0]
