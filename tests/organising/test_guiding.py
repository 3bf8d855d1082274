"""The guiding line: set by both sides, figures along either line, nobody counted twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongshu.core.base.problems import Refused
from gongshu.core.flow.models import OpenItem
from gongshu.core.metrics.queries import value
from gongshu.core.orgs.actions import NewOrganisation, add
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.moving import move
from gongshu.core.orgs.queries import subtree
from gongshu.core.orgs.ranges import Range, divide, in_orgs, in_ranges, placed
from gongshu.members.metrics import ACTIVE
from gongshu.members.models import Tally
from gongshu.members.queries.counting import headcount
from gongshu.organising.actions import guiding, moving
from gongshu.organising.actions.sharing import refresh_shares
from gongshu.organising.metrics import FOUNDED
from gongshu.organising.models import Guidance, LineShare
from gongshu.organising.queries import guiding as queries
from gongshu.organising.queries import sharing
from gongshu.organising.rules.sharing import NOBODY, Figures
from gongshu.organising.views.guiding import ALONG
from tests.members import samples as people
from tests.organising.samples import (
    BASE,
    CITY,
    COUNTY,
    FAR,
    OTHER,
    SISTER,
    founded,
    guided,
    guiding_asked,
    industrial,
    moved,
)
from tests.worlds import BUILDER, NOW, World

TODAY = NOW.date()
BEFORE, LATER = TODAY - timedelta(days=1), NOW + timedelta(days=10)
TRAFFIC, POST, UPPER = "铜仁市交通产业工会", "铜仁市邮政产业工会", "贵州省交通产业工会"
PROVINCE, NEAR = "贵州省总", "碧江区总"


def members_along(world: World, name: str, on=TODAY) -> int:
    line = queries.along(world.org(name), on)
    by_branch = sharing.figures_of(line.orgs)
    assert sum(each.members for each in by_branch.values()) == queries.values_along([ACTIVE], line)[0]
    return queries.values_along([ACTIVE], line)[0]


def test_a_guided_union_counts_along_both_lines_but_once_in_each(world: World) -> None:
    people.member(world, "张一")
    people.member(world, "张二", at=OTHER)
    guided(world)
    assert members_along(world, TRAFFIC) == 1
    assert [headcount(world.org(name), live=True).members for name in (TRAFFIC, COUNTY, CITY)] == [0, 2, 2]
    line = queries.along(world.org(TRAFFIC), TODAY)
    assert line.branches == {world.org(TRAFFIC).pk: "直属", world.org(BASE).pk: "指导"}
    found = sharing.figures_of(line.orgs)
    assert found == {world.org(TRAFFIC).pk: Figures(1), world.org(BASE).pk: Figures(1, 1)}
    shared = sharing.shared_out(world.org(CITY), TODAY)
    assert shared == {NOBODY: Figures(6, 1), world.org(TRAFFIC).pk: Figures(2, 1)}


def test_all_below_is_guided_too_but_for_what_has_its_own_guide(world: World) -> None:
    group = add(NewOrganisation("铜仁货运集团工会", Level.TOWN, Kind.JOINT), under=world.org(COUNTY))
    world.orgs["集团"] = group
    parts = [add(NewOrganisation(f"{n}分公司工会", Level.BASE, Kind.BASE), under=group) for n in range(3)]
    for n, part in enumerate(parts):
        world.orgs[f"分{n}"] = part
        people.member(world, f"张{n}", at=f"分{n}")
    guided(world, "集团")
    assert members_along(world, TRAFFIC) == 3
    industrial(world, POST)
    guided(world, "分1", POST)
    assert (members_along(world, TRAFFIC), members_along(world, POST)) == (2, 1)
    assert queries.guide_on(parts[0], TODAY).organisation == group
    assert queries.guide_on(parts[1], TODAY).guide == world.org(POST)
    assert queries.guide_on(world.org(BASE), TODAY) is None
    add(NewOrganisation("新分公司工会", Level.BASE, Kind.BASE), under=group)
    assert sharing.figures_of(queries.along(world.org(TRAFFIC), TODAY).orgs)[group.pk].unions == 4


def test_a_part_guided_by_the_same_union_as_its_whole_counts_once_by_itself(world: World) -> None:
    group = add(NewOrganisation("铜仁货运集团工会", Level.TOWN, Kind.JOINT), under=world.org(COUNTY))
    part = add(NewOrganisation("分公司工会", Level.BASE, Kind.BASE), under=group)
    world.orgs |= {"集团": group, "分": part}
    people.member(world, "张一", at="集团")
    people.member(world, "张二", at="分")
    guided(world, "分")
    guided(world, "集团")
    assert members_along(world, TRAFFIC) == 2
    counts = sharing.figures_of(queries.along(world.org(TRAFFIC), TODAY).orgs)
    assert [counts[org.pk].members for org in (group, part)] == [1, 1]


def test_an_industrial_union_below_a_guided_one_with_a_guide_of_its_own_counts_there(world: World) -> None:
    group = add(NewOrganisation("铜仁货运集团工会", Level.TOWN, Kind.JOINT), under=world.org(COUNTY))
    world.orgs["集团"] = group
    world.orgs["内"] = add(NewOrganisation("集团航运产业工会", Level.VILLAGE, Kind.INDUSTRIAL), under=group)
    people.member(world, "张一", at="内")
    industrial(world, POST)
    guided(world, "集团")
    assert (members_along(world, TRAFFIC), members_along(world, POST)) == (1, 0)
    guided(world, "内", POST)
    assert (members_along(world, TRAFFIC), members_along(world, POST)) == (0, 1)


def test_what_a_guided_industrial_union_leads_and_guides_counts_above_it(world: World) -> None:
    industrial(world, UPPER, PROVINCE, Level.PROVINCE)
    guided(world)
    guided(world, TRAFFIC, UPPER)
    own = add(NewOrganisation("公交集团工会", Level.BASE, Kind.BASE), under=world.org(TRAFFIC))
    world.orgs["公交"] = own
    people.member(world, "张一")
    people.member(world, "张二", at="公交")
    assert (members_along(world, UPPER), members_along(world, TRAFFIC)) == (2, 2)
    line = queries.along(world.org(UPPER), TODAY)
    assert line.branches == {world.org(UPPER).pk: "直属", world.org(TRAFFIC).pk: "指导"}
    assert queries.guide_on(own, TODAY) is None


def test_a_tie_counts_from_its_day_until_its_end(world: World) -> None:
    people.member(world, "张一")
    row = guided(world)
    assert [members_along(world, TRAFFIC, on) for on in (BEFORE, TODAY)] == [0, 1]
    guiding.take(row, "release", note="划归他业", by=BUILDER, at=LATER)
    days = (BEFORE, TODAY, LATER.date() - timedelta(days=1), LATER.date())
    assert [members_along(world, TRAFFIC, on) for on in days] == [0, 1, 1, 0]
    assert [queries.guide_on(world.org(BASE), on) for on in days] == [None, row, row, None]


def test_a_new_guide_takes_over_from_the_old_one_on_the_same_day(world: World) -> None:
    people.member(world, "张一")
    guided(world)
    industrial(world, POST)
    guided(world, BASE, POST, LATER)
    first, second = Guidance.objects.order_by("pk")
    assert (first.state, first.until_on, second.state, second.from_on) == (
        "ended", LATER.date(), "standing", LATER.date(),
    )  # fmt: skip
    assert (members_along(world, TRAFFIC, LATER.date()), members_along(world, POST, LATER.date())) == (0, 1)
    assert [row.guide.name for row in queries.guidances_of(world.org(BASE))] == [POST, TRAFFIC]


def test_the_other_side_must_agree(world: World) -> None:
    guide = industrial(world)
    asked = guiding.ask(world.org(BASE), guide, by=world.actor(BASE, "base_officer"), at=NOW)
    assert (asked.awaited, asked.asker, OpenItem.objects.get().organisation) == (guide, world.org(BASE), guide)
    with pytest.raises(Refused, match="没有在"):
        guiding.agree(asked, by=world.actor(COUNTY), at=NOW)
    with pytest.raises(Refused, match="正在办理"):
        guiding.ask(world.org(BASE), guide, by=BUILDER, at=NOW)
    guiding.agree(asked, by=world.actor(TRAFFIC), at=NOW)
    assert not OpenItem.objects.exists()
    from_guide = guiding.ask(world.org(OTHER), guide, by=world.actor(TRAFFIC), at=NOW)
    assert (from_guide.awaited, from_guide.asker) == (world.org(COUNTY), guide)
    with pytest.raises(Refused, match="没有在"):
        guiding.agree(from_guide, by=world.actor(TRAFFIC), at=NOW)
    guiding.agree(from_guide, by=world.actor(COUNTY), at=NOW)
    assert queries.guide_on(world.org(OTHER), TODAY) == from_guide
    with pytest.raises(Refused, match="没有在"):
        guiding.ask(world.org(FAR), guide, by=world.actor(SISTER), at=NOW)


def test_the_union_above_both_decides_by_itself(world: World) -> None:
    guide, city = industrial(world), world.actor(CITY)
    row = guiding.agree(guiding.ask(world.org(BASE), guide, by=city, at=NOW), by=city, at=NOW)
    assert row.state == "standing"


def test_it_can_be_refused_or_withdrawn_with_a_reason_and_ended_from_either_side(world: World) -> None:
    row = guiding_asked(world)
    with pytest.raises(Refused, match="写明原因"):
        guiding.take(row, "refuse", note="", by=BUILDER, at=NOW)
    guiding.take(row, "refuse", note="不属本产业", by=world.actor(TRAFFIC), at=NOW)
    guiding.take(guiding_asked(world), "withdraw", note="", by=world.actor(BASE, "base_officer"), at=NOW)
    guiding.take(guided(world), "leave", note="改由他业", by=world.actor(COUNTY), at=NOW)
    assert [each.state for each in Guidance.objects.order_by("pk")] == ["refused", "withdrawn", "ended"]


@pytest.mark.parametrize(
    ("org", "by", "words"),
    [
        (BASE, COUNTY, "应当是产业工会，松桃苗族自治县总工会是地方总工会"),
        (COUNTY, TRAFFIC, "由上级总工会领导，不接受产业工会指导"),
        ("公交", TRAFFIC, "本来就在铜仁市交通产业工会的领导之下"),
        (TRAFFIC, TRAFFIC, "本来就在|不能由自己"),
        (UPPER, TRAFFIC, "不能由自己领导、指导的工会来指导自己"),
        (UPPER, "湖北低层产业工会", "层级不能低于"),
        (BASE, UPPER, "已经由贵州省交通产业工会指导"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(world: World, org: str, by: str, words: str) -> None:
    industrial(world, TRAFFIC)
    industrial(world, UPPER, PROVINCE, Level.PROVINCE)
    industrial(world, "湖北低层产业工会", "湖北省总", Level.COUNTY)
    world.orgs["公交"] = add(NewOrganisation("公交集团工会", Level.BASE, Kind.BASE), under=world.org(TRAFFIC))
    guided(world, TRAFFIC, UPPER)
    guided(world, BASE, UPPER)
    with pytest.raises(Refused, match=words):
        guiding_asked(world, org, by)


def test_no_round_is_made_by_moving_either(world: World) -> None:
    industrial(world, TRAFFIC)
    industrial(world, UPPER, PROVINCE, Level.PROVINCE)
    county_union = industrial(world, "碧江区交通产业工会", NEAR, Level.COUNTY)
    guided(world, TRAFFIC, UPPER)
    guided(world, "碧江区交通产业工会", TRAFFIC)
    with pytest.raises(Refused, match=r"互相指导|层级应当高于"):
        moving.apply(world.org(TRAFFIC), county_union, reason="调整", by=BUILDER, at=NOW)
    assert queries.is_round_below(world.org(TRAFFIC), county_union, TODAY)
    assert not queries.is_round_below(world.org(BASE), county_union, TODAY)


def test_organising_metrics_are_asked_along_either_line(world: World) -> None:
    group = add(NewOrganisation("铜仁货运集团工会", Level.TOWN, Kind.JOINT), under=world.org(COUNTY))
    world.orgs["集团"] = group
    founded(world, "集团")
    guided(world, "集团")
    line = queries.along(world.org(TRAFFIC), TODAY)
    assert (queries.values_along([FOUNDED], line)[0], value(FOUNDED, world.org(TRAFFIC))) == (1, 0)
    assert value(FOUNDED, world.org(CITY)) == 1


def test_figures_asked_together_are_those_asked_alone(world: World, django_assert_num_queries) -> None:
    people.member(world, "张一", form="truck")
    founded(world)
    guided(world)
    line = queries.along(world.org(TRAFFIC), TODAY)
    with django_assert_num_queries(7):  # the line; counters, foundings, committees, employers twice, base unions
        together = queries.values_along(ALONG, line)
    assert together == [queries.values_along([metric], line)[0] for metric in ALONG]
    figures = dict(zip((metric.code for metric in ALONG), together, strict=True))
    assert [figures[code] for code in ("members.active", "members.active_new", "unions.weak", "unions.healthy")] == [
        1, 1, 1, 0,
    ]  # fmt: skip


# nobody twice, whatever the trees


def owner_by_hand(org: Organisation, ties: dict[int, int], by_path: dict[str, Organisation]) -> int:
    for end in range(len(org.path), 0, -Organisation.steplen):
        above = by_path[org.path[:end]]
        if above.kind == Kind.INDUSTRIAL:
            return int(above.pk)
        if above.pk in ties:
            return ties[above.pk]
    return NOBODY


def chain(owner: int, ties: dict[int, int], by_path: dict[str, Organisation]) -> list[int]:
    """Return an industrial union and those above it along the guiding line."""
    by_pk, found = {org.pk: org for org in by_path.values()}, []
    while owner and owner not in found:
        found.append(owner)
        above = by_path.get(by_pk[owner].parent_path)
        owner = ties.get(owner) or (owner_by_hand(above, ties, by_path) if above else NOBODY)
    return found


PLACE = st.integers(0, 99)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    grown=st.lists(
        st.tuples(st.integers(0, 99), st.sampled_from((Kind.BASE, Kind.JOINT, Kind.INDUSTRIAL))), max_size=14
    ),
    wanted=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=10),
    moves=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=3),
)
def test_every_member_counts_once_along_the_guiding_line(world: World, grown, wanted, moves) -> None:
    with transaction.atomic():
        orgs = list(subtree(world.org(PROVINCE)))
        for n, (place, kind) in enumerate(grown):
            upper = Organisation.objects.get(pk=orgs[place % len(orgs)].pk)
            orgs.append(add(NewOrganisation(f"{n}号", Level.TOWN, kind), under=upper))
        ask_for(orgs, wanted)
        for one, other in moves:
            org, upper = (Organisation.objects.get(pk=orgs[n % len(orgs)].pk) for n in (one, other))
            if not org.holds(upper) and org.parent_path and not queries.is_round_below(org, upper, TODAY):
                move(org, under=upper)
        Tally.objects.bulk_create([Tally(organisation=org, n_staff_m=1 << (n % 20)) for n, org in enumerate(orgs)])
        check(world)
        transaction.set_rollback(True)


def ask_for(orgs: list[Organisation], wanted: list[tuple[int, int]]) -> None:
    guides = [org for org in orgs if org.kind == Kind.INDUSTRIAL]
    for one, other in wanted:
        if not guides:
            return
        org, guide = orgs[one % len(orgs)], guides[other % len(guides)]
        try:
            guiding.agree(guiding.ask(org, guide, by=BUILDER, at=NOW), by=BUILDER, at=NOW)
        except Refused:
            Guidance.objects.filter(state="asked").delete()
            OpenItem.objects.all().delete()


def check(world: World) -> None:
    by_path = {org.path: org for org in Organisation.objects.all()}
    ties = dict(Guidance.objects.filter(state="standing").values_list("organisation", "guide"))
    own = dict(Tally.objects.values_list("organisation", "n_staff_m"))
    by_owner, by_line = Counter[int](), Counter[int]()
    for org in by_path.values():
        owner = owner_by_hand(org, ties, by_path)
        by_owner[owner] += own.get(org.pk, 0)
        for guide in chain(owner, ties, by_path):
            by_line[guide] += own.get(org.pk, 0)
    top = Organisation.objects.get(depth=1)
    shared = sharing.shared_out(top, TODAY)
    assert {key: each.members for key, each in shared.items() if each.members} == +by_owner
    assert sum(each.members for each in shared.values()) == headcount(top, live=True).members == sum(own.values())
    refresh_shares(at=NOW)
    kept: dict[int, dict[int, Figures]] = {}
    for row in LineShare.objects.all():
        figures = Figures(row.unions, row.members, row.real_name, row.in_new_forms)
        kept.setdefault(row.organisation_id, {})[row.guide_id or NOBODY] = figures
    high = [org for org in by_path.values() if org.level in ("nation", "province")]
    assert kept == {org.pk: sharing.shared_out(org, TODAY) for org in high}
    for org in by_path.values():
        if org.kind == Kind.INDUSTRIAL:
            line = queries.along(org, TODAY)
            assert queries.values_along([ACTIVE], line)[0] == by_line[org.pk]
            assert sum(each.members for each in sharing.figures_of(line.orgs).values()) == by_line[org.pk]


DIGITS = st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=4), max_size=12)


@given(DIGITS)
def test_ranges_divided_are_disjoint_and_make_up_the_whole(ways: list[list[int]]) -> None:
    whole = Range.below("00001")
    parts = [Range.below("00001" + "".join(f"{n:05d}" for n in way), key) for key, way in enumerate(ways, start=1)]
    parts = list({part.lo: part for part in parts}.values())
    found = divide(whole, parts)
    assert (found[0].lo, found[-1].hi) == (whole.lo, whole.hi)
    assert all(one.hi == other.lo for one, other in pairwise(found))
    for part in parts:
        inner = [each for each in parts if each.lo.startswith(part.lo)]
        assert {each.key for each in found if part.lo <= each.lo < part.hi} <= {each.key for each in inner}


def test_ranges_are_a_condition_on_organisations_and_on_what_hangs_on_them(world: World) -> None:
    people.member(world, "张一")
    county = world.org(COUNTY)
    ranges = [Range.below(county.path)]
    assert set(Organisation.objects.filter(in_ranges(ranges, ""))) == set(subtree(county))
    assert Tally.objects.filter(in_ranges(ranges)).count() == 1
    assert Tally.objects.filter(in_ranges([])).count() == 0
    assert (placed([]), sharing.figures_of({})) == ({}, {})
    assert set(Tally.objects.filter(in_orgs(placed(ranges)))) == set(Tally.objects.filter(in_ranges(ranges)))
    assert not Organisation.objects.filter(in_orgs([], "")).exists()


# pages


def text(response) -> str:
    return response.content.decode()


def test_a_base_union_asks_and_the_industrial_union_agrees_on_their_pages(world: World, client_of) -> None:
    industrial(world)
    people.member(world, "张一")
    base = client_of(BASE, "base_officer")
    assert "申请由产业工会指导" in text(base.get("/organising/lines/"))
    address = f"/organising/guidances/new/?at={world.org(BASE).pk}"
    wrong = base.post(address, {"guide": "没有这个产业工会", "reason": "同业"})
    assert (wrong.status_code, "没有叫" in text(wrong), "同业" in text(wrong)) == (422, True, True)
    assert base.post(address, {"guide": TRAFFIC}).status_code == 302
    row = Guidance.objects.get()
    guide = client_of(TRAFFIC)
    assert "同意" in text(guide.get(row.get_absolute_url()))
    assert guide.post(f"{row.get_absolute_url()}step/agree/").status_code == 302
    shown = text(guide.get("/organising/lines/"))
    assert all(word in shown for word in ("按领导关系：会员", "按指导关系：会员", world.org(BASE).name))
    assert TRAFFIC in text(client_of(COUNTY).get(f"/orgs/?at={world.org(BASE).pk}"))
    assert "没有产业工会" in text(client_of(CITY).get("/organising/lines/"))
    row.refresh_from_db()
    of_county = client_of(COUNTY)
    assert TRAFFIC in text(of_county.get("/organising/lines/"))
    assert TRAFFIC not in text(of_county.get(f"/organising/lines/?on={row.from_on - timedelta(days=1)}"))
    assert "按指导关系" in text(client_of(CITY).get("/members/headcount/"))


def test_the_form_gives_a_standing_industrial_union_as_example(world: World, client_of) -> None:
    industrial(world, "贵阳市交通产业工会", at=SISTER)
    industrial(world)
    shown = text(client_of(BASE, "base_officer").get("/organising/guidances/new/"))
    assert f"例：{TRAFFIC}" in shown
    assert not any(words in shown for words in ("贵阳市交通产业工会", "shape=industrial"))


def test_without_an_industrial_union_the_form_leads_to_founding_one_who_may(world: World, client_of) -> None:
    low = industrial(world, "碧江区交通产业工会", at=NEAR, level=Level.COUNTY)
    group = add(NewOrganisation("铜仁货运集团工会", Level.CITY, Kind.JOINT), under=world.org(CITY))
    base = text(client_of(BASE, "base_officer").get("/organising/guidances/new/"))
    assert f"例：{low.name}" in base
    city = client_of(CITY)
    shown = text(city.get(f"/organising/guidances/new/?at={group.pk}"))
    address = f"/organising/new/?at={world.org(CITY).pk}&amp;shape=industrial"
    assert (address in shown, "例：" in shown) == (True, False)
    form = text(city.get(address.replace("&amp;", "&")))
    assert '<option value="industrial" selected>产业工会</option>' in form
    assert all(words in form for words in ('name="years" value="5"', "一个行业只建一个产业工会", "待核实"))
    assert "一个行业只建一个产业工会" not in text(city.get("/organising/new/"))
    low.ended_on = TODAY
    low.save()
    told = text(client_of(BASE, "base_officer").get("/organising/guidances/new/"))
    assert ("由上级总工会在“申请建会”中建立后再申请" in told, "shape=industrial" in told) == (True, False)


def test_others_are_told_nothing_and_wrong_steps_are_refused(world: World, client_of) -> None:
    row = guiding_asked(world)
    stranger = client_of(SISTER)
    assert stranger.get(row.get_absolute_url()).status_code == 404
    assert stranger.get(f"/organising/lines/?at={world.org(BASE).pk}").status_code == 404
    refused = client_of(COUNTY).post(f"{row.get_absolute_url()}step/agree/")
    assert (refused.status_code, "没有在" in text(refused)) == (422, True)
    for name in ("dance", "replace"):
        assert client_of(COUNTY).post(f"{row.get_absolute_url()}step/{name}/").status_code == 404
    assert client_of(CITY, "admin").get("/organising/guidances/").status_code == 403
    leader = client_of(CITY, "leader")
    for page in ("/organising/guidances/", f"/organising/lines/?at={world.org(BASE).pk}"):
        shown = leader.get(page)
        assert (shown.status_code, "/organising/guidances/new/" in text(shown)) == (200, False)


def test_pages_cost_the_same_however_many_are_guided(world: World, client_of) -> None:
    industrial(world)
    client: Client = client_of(CITY)
    counts = []
    for org in (BASE, OTHER, FAR):
        guided(world, org)
        pages = ("/organising/guidances/", f"/organising/lines/?at={world.org(TRAFFIC).pk}", "/organising/lines/")
        counts.append([])
        for page in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            counts[-1].append(len(captured))
    assert counts[0] == counts[1] == counts[2]
    assert client.get("/organising/guidances/?export=xlsx").status_code == 200


def test_after_a_move_the_new_upper_union_decides_and_the_old_one_no_longer(world: World) -> None:
    asked = guiding.ask(world.org(BASE), industrial(world), by=world.actor(TRAFFIC), at=NOW)
    assert OpenItem.objects.get().organisation == world.org(COUNTY)
    moved(world, BASE, NEAR)
    asked.refresh_from_db()
    assert OpenItem.objects.get().organisation == world.org(NEAR)
    with pytest.raises(Refused):
        guiding.agree(asked, by=world.actor(COUNTY), at=NOW)
    guiding.agree(asked, by=world.actor(NEAR), at=NOW)


def test_after_a_move_the_old_upper_union_ends_no_tie_and_sees_none(world: World) -> None:
    row = guided(world)
    moved(world, BASE, NEAR)
    row.refresh_from_db()
    with pytest.raises(Refused):
        guiding.take(row, "leave", note="不再需要", by=world.actor(COUNTY), at=LATER)
    assert row not in queries.guidances_for(world.actor(COUNTY))
    guiding.take(row, "leave", note="不再需要", by=world.actor(NEAR), at=LATER)
