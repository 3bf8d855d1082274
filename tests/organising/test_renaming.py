"""What an organisation is called is changed by the union above, and the trail keeps what it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.models import Entry
from gongshu.organising.actions.renaming import called, rename
from tests.organising.samples import BASE, CITY, COUNTY, OTHER, SISTER, ended, merging
from tests.worlds import NOW, World


def test_the_union_above_renames_and_the_trail_keeps_the_old_name(world: World) -> None:
    county, by = world.org(COUNTY), world.actor(CITY)
    old = called(county)
    now = replace(old, name="松桃县总工会", division_code="520628")
    rename(county, now, by=by, at=NOW)
    assert called(Organisation.objects.get(pk=county.pk)) == now
    entry = Entry.objects.get(verb="rename")
    assert entry.summary == "更名：松桃苗族自治县总工会改为松桃县总工会"
    assert (entry.detail["before"]["name"], entry.organisation_id) == (old.name, county.pk)
    with pytest.raises(Refused, match="没有改动"):
        rename(county, now, by=by, at=NOW)
    rename(county, replace(now, industry="S"), by=by, at=NOW)
    assert Entry.objects.filter(verb="rename").order_by("pk").last().summary == "修改组织资料：松桃县总工会"


def test_who_may_not_and_names_that_cannot_be_are_refused(world: World) -> None:
    base = world.org(BASE)
    now = called(base)
    for stranger in (world.actor(BASE, "base_officer"), world.actor(SISTER)):
        with pytest.raises(Refused, match="没有在"):
            rename(base, replace(now, name="新工会"), by=stranger, at=NOW)
    by = world.actor(COUNTY)
    with pytest.raises(Refused, match="结尾"):
        rename(base, replace(now, name="新公司"), by=by, at=NOW)
    with pytest.raises(Refused, match="已有"):
        rename(base, replace(now, name=world.org(OTHER).name), by=by, at=NOW)
    ended(merging(world))
    with pytest.raises(Refused, match="已经撤销"):
        rename(base, replace(now, name="新工会"), by=by, at=NOW)


def test_the_page_keeps_what_was_typed_and_is_not_for_the_union_itself(world: World, client_of) -> None:
    address = f"/organising/name/?at={world.org(COUNTY).pk}"
    client = client_of(CITY)
    assert world.org(COUNTY).name in client.get(address).content.decode()
    form = {"name": "松桃县总", "short_name": "松桃", "division_code": "12", "industry": ""}
    wrong = client.post(address, form)
    assert (wrong.status_code, "松桃县总" in wrong.content.decode()) == (422, True)
    again = client.post(address, form | {"division_code": ""})
    assert (again.status_code, "结尾" in again.content.decode()) == (422, True)
    assert client.post(address, form | {"name": "松桃县总工会", "division_code": "520628"}).status_code == 302
    assert "更名" in client.get(f"/organising/history/?at={world.org(COUNTY).pk}").content.decode()
    assert client_of(COUNTY).get(address).status_code == 404
    assert client_of(SISTER).get(address).status_code == 404
    assert client_of(BASE, "base_officer").get(address).status_code == 403
