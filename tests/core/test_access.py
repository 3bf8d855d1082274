"""Who may do what, where."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from gongshu.core.access.actions import appoint, end_appointment
from gongshu.core.access.actor import NOBODY, accounts_at, actor_for, can, visible, who
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.people import actions as people
from gongshu.core.people.models import FailedLogin
from gongshu.core.trail.models import Entry
from tests.worlds import BUILDER, NOW, PASSWORD, World


def test_a_subtree_role_reaches_down_but_not_up_or_aside(world: World) -> None:
    city = world.actor("铜仁市总")
    assert [can(city, "venues.edit", at=world.org(n)) for n in ("铜仁市总", "碧江区总", "贵州省总", "南明区总")] == [
        True,
        True,
        False,
        False,
    ]


def test_an_own_role_stays_at_home(world: World) -> None:
    base = world.actor("碧江区1号企业", "base_officer")
    assert can(base, "venues.edit", at=world.org("碧江区1号企业"))
    assert not can(base, "venues.edit", at=world.org("碧江区2号企业"))


def test_a_role_grants_only_what_it_names(world: World) -> None:
    assert not can(world.actor("铜仁市总", "leader"), "venues.edit", at=world.org("铜仁市总"))


def test_nobody_may_nothing(world: World) -> None:
    assert not can(NOBODY, "venues.see", at=world.org("铜仁市总"))
    assert list(visible(NOBODY, "orgs.see", Organisation.objects.all(), at="")) == []


def test_rows_are_narrowed_to_the_reach(world: World) -> None:
    seen = visible(world.actor("碧江区总"), "orgs.see", Organisation.objects.order_by("path"), at="")
    assert [o.short_name for o in seen] == ["碧江区总", "碧江区1号企业", "碧江区2号企业"]


def test_an_ended_appointment_counts_no_more(world: World) -> None:
    account = world.account("碧江区总")
    row = account.appointments.get()
    end_appointment(row, by=BUILDER, at=NOW, until=NOW.date() + timedelta(days=3))
    assert can(actor_for(account, on=NOW.date() + timedelta(days=2)), "venues.edit", at=world.org("碧江区总"))
    assert not can(actor_for(account, on=NOW.date() + timedelta(days=3)), "venues.edit", at=world.org("碧江区总"))
    assert Entry.objects.filter(verb="end").count() == 1


def test_an_appointment_cannot_end_before_it_began(world: World) -> None:
    row = world.account("碧江区总").appointments.get()
    with pytest.raises(Refused, match="免职日期须晚于任职日期"):
        end_appointment(row, by=BUILDER, at=NOW, until=NOW.date())


def test_a_role_is_refused_at_a_level_that_has_none(world: World) -> None:
    with pytest.raises(Refused, match="不在基层一级设置"):
        appoint(world.account("碧江区总"), "office", world.org("碧江区1号企业"), by=BUILDER, at=NOW)


def test_only_an_administrator_appoints(world: World) -> None:
    with pytest.raises(Refused, match="没有在“碧江区总”办理此事的权限"):
        appoint(world.account("碧江区总"), "worker", world.org("碧江区总"), by=world.actor("铜仁市总"), at=NOW)


def test_who_may_at_a_desk_and_above(world: World) -> None:
    county, city = world.account("碧江区总"), world.account("铜仁市总")
    world.account("碧江区总", "leader")
    here = who("delivery.sign", at=world.org("碧江区总"), on=NOW.date())
    assert list(here) == [county]
    above = who("delivery.sign", at=world.org("碧江区总"), on=NOW.date(), above=True)
    assert list(above) == [county, city]
    keys = accounts_at("delivery.sign", [world.org("碧江区总").pk, world.org("铜仁市总").pk], on=NOW.date())
    assert keys == {world.org("碧江区总").pk: [county.pk], world.org("铜仁市总").pk: [city.pk]}


def test_five_wrong_passwords_pause_the_account_and_the_right_one_frees_it(world: World) -> None:
    account = world.account("碧江区总")
    for _ in range(5):
        people.check_pause(account.username, at=NOW)
        people.note_failure(account.username, at=NOW)
    with pytest.raises(Refused, match="五分钟后再试"):
        people.check_pause(account.username, at=NOW)
    people.check_pause(account.username, at=NOW + timedelta(minutes=6))
    people.note_success(account)
    assert FailedLogin.objects.count() == 0


def test_logging_in_with_the_password_opens_a_session(world: World) -> None:
    account = world.account("碧江区总")
    answer = Client().post("/login/", {"username": account.username.upper(), "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_login_never_sends_people_to_another_site(world: World) -> None:
    account = world.account("碧江区总")
    form = {"username": account.username, "password": PASSWORD, "next": "https://example.org/"}
    assert Client().post("/login/", form)["Location"] == "/"


def test_wrong_guesses_at_many_names_do_not_pile_up(world: World) -> None:
    for guess in ("admin", "root", "test"):
        people.note_failure(guess, at=NOW)
    people.note_failure("guest", at=NOW + timedelta(minutes=6))
    assert list(FailedLogin.objects.values_list("username", flat=True)) == ["guest"]


def test_an_ended_appointment_is_not_ended_again_to_a_later_day(world: World) -> None:
    row = world.account("碧江区总").appointments.get()
    end_appointment(row, by=BUILDER, at=NOW + timedelta(days=9), until=NOW.date() + timedelta(days=5))
    with pytest.raises(Refused, match="此任职已经免去"):
        end_appointment(row, by=BUILDER, at=NOW + timedelta(days=9), until=NOW.date() + timedelta(days=30))


def test_a_department_of_another_organisation_is_refused(world: World) -> None:
    strange = Department.objects.filter(organisation=world.org("贵州省总"))[0]
    with pytest.raises(Refused, match="不是铜仁市总的部门"):
        appoint(world.account("铜仁市总"), "worker", world.org("铜仁市总"), by=BUILDER, at=NOW, department=strange)


def test_a_new_password_is_another_than_the_old_one(world: World) -> None:
    client = Client()
    client.force_login(world.account("碧江区总"))
    answer = client.post("/password/", {"old": PASSWORD, "new": PASSWORD, "again": PASSWORD})
    assert (answer.status_code, answer.context["form"].errors) == (422, {"new": ["新密码不能和现用密码一样"]})


def test_a_short_password_is_refused_in_chinese(world: World) -> None:
    client = Client()
    client.force_login(world.account("碧江区总"))
    answer = client.post("/password/", {"old": PASSWORD, "new": "kx3-vw", "again": "kx3-vw"})
    assert (answer.status_code, answer.context["form"].errors) == (422, {"new": ["密码太短，至少 8 位。"]})


def test_far_too_much_is_turned_away_before_it_is_read(db: None) -> None:
    form = {"username": "a", "password": "b"}
    assert Client().post("/login/", form, CONTENT_LENGTH=str(settings.LARGEST_REQUEST + 1)).status_code == 400
    assert Client().post("/login/", form, CONTENT_LENGTH="-1").status_code == 400


@pytest.mark.parametrize("address", ["/orgs/list/?q=%00", "/login/?next=/%00"])
def test_a_character_no_field_can_hold_is_turned_away(world: World, address: str) -> None:
    client = Client()
    client.force_login(world.account("碧江区总"))
    assert client.get(address).status_code == 400
    assert client.post("/login/", {"username": "a\0", "password": "b"}).status_code == 400
