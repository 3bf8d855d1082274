"""The tree."""

from gongshu.core.orgs import queries
from tests.worlds import World


def test_a_subtree_is_one_range_and_holds_exactly_what_stands_below(world: World) -> None:
    names = [org.short_name for org in queries.subtree(world.org("铜仁市总"))]
    assert names == [
        "铜仁市总",
        "松桃苗族自治县总",
        "松桃苗族自治县1号企业",
        "松桃苗族自治县2号企业",
        "碧江区总",
        "碧江区1号企业",
        "碧江区2号企业",
    ]


def test_children_are_one_level_below(world: World) -> None:
    assert [o.short_name for o in queries.children(world.org("贵州省总"))] == ["贵阳市总", "铜仁市总"]


def test_ancestors_run_from_the_root(world: World) -> None:
    found = [o.short_name for o in queries.ancestors(world.org("碧江区1号企业"))]
    assert found == ["中华全国总", "贵州省总", "铜仁市总", "碧江区总"]


def test_an_exact_name_is_found_before_a_partial_one(world: World) -> None:
    assert [o.name for o in queries.find_by_name("铜仁市总工会")] == ["铜仁市总工会"]
    assert queries.find_by_name("总工会")[0].name == "中华全国总工会"


def test_what_is_near_is_found_before_what_stands_elsewhere(world: World) -> None:
    near = world.org("碧江区2号企业")
    found = [org.short_name for org in queries.find_by_name("1号企业", near=near)]
    assert (found[0], len(found)) == ("碧江区1号企业", len(queries.find_by_name("1号企业")))
