"""Pages of meeting records."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongshu.core.files.actions import keep
from gongshu.core.files.models import Attachment
from gongshu.meetings.forms import initial_of
from gongshu.meetings.models import Meeting
from gongshu.meetings.queries import facts_of
from tests.meetings.makers import PLENARY, make
from tests.worlds import NOW, World

ClientOf = Callable[..., Client]


def test_the_list_shows_the_meetings_within_reach_and_no_others(world: World, client_of: ClientOf) -> None:
    make(world)
    make(world, "湖北省总", name="湖北省总工会联席会议")
    page = client_of("贵州省总").get("/meetings/")
    assert [row.name for row in page.context["table"].page] == [PLENARY.name]
    assert client_of("贵阳市总").get("/meetings/").context["table"].total == 0


def test_the_list_narrows_by_kind_and_year_from_the_address(world: World, client_of: ClientOf) -> None:
    make(world)
    make(world, name="推进会", kind="progress", year=2024)
    client = client_of("贵州省总")
    assert [row.name for row in client.get("/meetings/?kind=progress").context["table"].page] == ["推进会"]
    assert [row.name for row in client.get("/meetings/?year=2023").context["table"].page] == [PLENARY.name]


def test_the_list_can_be_taken_away_as_a_workbook(world: World, client_of: ClientOf) -> None:
    make(world, name="=HYPERLINK(1)")
    answer = client_of("贵州省总").get("/meetings/?export=xlsx")
    assert answer.content[:2] == b"PK"


def test_the_list_asks_the_database_as_often_for_three_as_for_one(world: World, client_of: ClientOf) -> None:
    client = client_of("贵州省总")
    make(world)
    client.get("/meetings/")
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/meetings/")
        counts.append(len(asked))
        make(world, name="第二次", day=turn + 1)
        make(world, name="第三次", kind="joint", day=turn + 1)
    assert counts[0] == counts[1]


def test_the_page_of_a_meeting_says_who_chaired_and_what_was_adopted(world: World, client_of: ClientOf) -> None:
    meeting = make(world)
    text = client_of("贵州省总").get(meeting.get_absolute_url()).content.decode()
    for words in ("桑维亮", "省总工会主席", "省总工会十四届委员会委员", "2023年2月24日", "会议入库"):
        assert words in text


def test_a_meeting_out_of_reach_is_not_there(world: World, client_of: ClientOf) -> None:
    meeting = make(world)
    assert client_of("湖北省总").get(meeting.get_absolute_url()).status_code == 404
    assert client_of("贵州省总", "leader").get(f"{meeting.get_absolute_url()}edit/").status_code == 403


def _asked(meeting: Meeting, **changes: object) -> dict[str, object]:
    shown = initial_of(facts_of(meeting), meeting.version)
    return {key: "" if value is None else value for key, value in {**shown, **changes}.items()}


def test_an_officer_puts_a_record_right(world: World, client_of: ClientOf) -> None:
    meeting = make(world)
    sent = _asked(meeting, place="贵阳市", chair="桑维亮 省人大常委会副主任\n  \n李四")
    answer = client_of("贵州省总").post(f"{meeting.get_absolute_url()}edit/", sent)
    assert answer.status_code == 302
    facts = facts_of(Meeting.objects.get())
    assert facts.place == "贵阳市"
    assert [(p.name, p.title) for p in facts.people if p.part == "chair"] == [
        ("桑维亮", "省人大常委会副主任"),
        ("李四", ""),
    ]


@pytest.mark.parametrize(("field", "value"), [("year", ""), ("name", ""), ("day", "30"), ("kind", "party")])
def test_a_wrong_record_is_not_saved_and_nothing_typed_is_lost(
    world: World, client_of: ClientOf, field: str, value: str
) -> None:
    meeting = make(world)
    sent = _asked(meeting, **{"place": "另一处", field: value})
    answer = client_of("贵州省总").post(f"{meeting.get_absolute_url()}edit/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "另一处" in answer.content.decode()
    assert facts_of(Meeting.objects.get()) == PLENARY


def test_the_file_a_record_was_made_from_can_be_fetched(world: World, client_of: ClientOf) -> None:
    meeting = make(world)
    address = f"{meeting.get_absolute_url()}source/"
    client = client_of("贵州省总")
    assert client.get(address).status_code == 404
    meeting.source = _kept(world)
    meeting.save()
    assert b"".join(client.get(address).streaming_content) == "会议材料".encode()


def _kept(world: World) -> Attachment:
    return keep(ContentFile("会议材料".encode(), name="a.txt"), by=world.actor("贵州省总"), at=NOW)


def test_who_saves_second_loses_nothing_typed_and_may_save_again(world: World, client_of: ClientOf) -> None:
    meeting = make(world)
    client, address = client_of("贵州省总"), f"{meeting.get_absolute_url()}edit/"
    mine = _asked(meeting, organiser="省总工会")
    client_of("中华全国总").post(address, _asked(meeting, place="贵阳市"))

    answer = client.post(address, mine)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "中华全国总office已更正过这份记录" in text
    assert 'value="省总工会"' in text
    assert Meeting.objects.get().place == "贵阳市"

    again = mine | {"version": answer.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    assert (Meeting.objects.get().place, Meeting.objects.get().organiser) == ("贵阳", "省总工会")
