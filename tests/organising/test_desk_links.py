"""An organisation's page leads to its history and its committees, for those who may see them."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.organising.samples import CITY, COUNTY
from tests.worlds import World


def test_an_organisations_page_leads_to_its_history_and_committees(
    world: World, client_of: Callable[..., Client]
) -> None:
    county = world.org(COUNTY).pk
    links = [f"/organising/history/?at={county}", f"/organising/committees/?at={county}"]
    for role, expected in (("office", [True, True]), ("admin", [False, False])):
        client = client_of(CITY, role)
        page = client.get(f"/orgs/{county}/").content.decode()
        assert [link in page for link in links] == expected
        assert all(client.get(link).status_code == (200 if role == "office" else 403) for link in links)
