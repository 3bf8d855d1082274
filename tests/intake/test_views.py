"""Pages of 收文, as whole requests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongshu.delivery.models import Plan
from gongshu.intake.models import Document, Draft, SetAside
from gongshu.intake.rules.record.shape import Record, from_json
from gongshu.meetings.models import Meeting
from tests.intake.papers import NEWS, RECIPE, YEARLESS, take
from tests.worlds import World

ClientOf = Callable[..., Client]
AUTO = {"X-Autosave": "1"}


def record() -> Record:
    return from_json(Draft.objects.get().record)


def test_a_dropped_in_file_leads_to_its_review(world: World, client_of: ClientOf) -> None:
    upload = SimpleUploadedFile("../../<b>会议</b>.txt", NEWS.encode("gb18030"))
    answer = client_of("贵州省总").post("/intake/receive/", {"upload": upload, "words": ""})
    document = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, document.get_absolute_url())
    assert "/" not in document.source.name
    assert document.organisation == world.org("贵州省总")


def test_pasted_words_are_received_too(world: World, client_of: ClientOf) -> None:
    answer = client_of("铜仁市总").post("/intake/receive/", {"words": NEWS})
    assert answer.status_code == 302
    assert Document.objects.get().received_by == world.account("铜仁市总")


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": ""}, "请选择文件，或者粘贴文字"),
        ({"words": RECIPE}, "不像工会的会议材料"),
        ({"words": "hello world " * 50}, "几乎没有汉字"),
        ({"upload": b"", "words": ""}, "空"),
        ({"upload": b"x" * (21 * 1024 * 1024), "words": ""}, "超过 20 MB"),
        ({"upload": NEWS.encode(), "words": NEWS}, "分两次收"),
    ],
    ids=["nothing", "recipe", "english", "empty", "large", "both"],
)
def test_a_refusal_is_one_sentence_and_stores_nothing(
    world: World, client_of: ClientOf, sent: dict[str, object], sentence: str
) -> None:
    if isinstance(content := sent.get("upload"), bytes):
        sent = {**sent, "upload": SimpleUploadedFile("a.txt", content)}
    answer = client_of("贵州省总").post("/intake/receive/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Document.objects.count() == 0


def test_the_same_file_again_leads_to_the_first(world: World, client_of: ClientOf) -> None:
    first = take(world)
    answer = client_of("贵州省总").post("/intake/receive/", {"words": NEWS.strip() + "\n"})
    assert answer.status_code == 302  # pasted words differ from the file by a last line break
    upload = SimpleUploadedFile("又一份.txt", NEWS.encode())
    answer = client_of("贵州省总").post("/intake/receive/", {"upload": upload})
    assert answer.status_code == 422
    assert f'href="{first.get_absolute_url()}"' in answer.content.decode()


def test_the_review_shows_both_texts_and_links_each_thing_to_its_sentence(world: World, client_of: ClientOf) -> None:
    document = take(world, "首頁>新聞\n" + NEWS)
    page = client_of("贵州省总").get(document.get_absolute_url()).content.decode()
    homes = next(task for task in record().tasks if "司机之家" in task.text)
    assert "首頁&gt;新聞" in page
    assert f'data-drawn="{homes.id}"' in page
    anchor = page.split(f'data-entry="{homes.id}"')[1].split('data-jump="')[1].split('"')[0]
    assert f'id="{anchor}"' in page


def test_markup_in_a_document_stays_words(world: World, client_of: ClientOf) -> None:
    document = take(world, NEWS.replace("张三", "<script>alert(1)</script>张三"))
    page = client_of("贵州省总").get(document.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_continuous_saving_tells_the_page_its_new_version_and_ids(world: World, client_of: ClientOf) -> None:
    document = take(world)
    sent = {"version": "1", "facts-place": "遵义", "new-task-0-text": "补一条"}
    answer = client_of("贵州省总").post(f"{document.get_absolute_url()}save/", sent, headers=AUTO)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["version"], told["set"], told["missing"]) == (2, {}, 0)
    assert told["added"] == {"new-task-0": record().tasks[-1].id}
    assert (record().facts.place, record().tasks[-1].text) == ("遵义", "补一条")


def test_the_plain_form_saves_and_goes_on_to_confirm(world: World, client_of: ClientOf) -> None:
    document = take(world)
    sent = {"version": "1", "facts-place": "遵义", "go": "confirm"}
    answer = client_of("贵州省总").post(f"{document.get_absolute_url()}save/", sent)
    assert answer["Location"] == f"{document.get_absolute_url()}confirm/"
    assert record().facts.place == "遵义"


def test_a_character_filled_in_is_told_to_the_page(world: World, client_of: ClientOf) -> None:
    document = take(world, NEWS.replace("贵州省总工会十四届", "×州省总工会十四届"))
    number = next(n for n, row in enumerate(document.repairs) if row[6])
    sent = {"version": "1", f"fix-{number}": "贵"}
    told = client_of("贵州省总").post(f"{document.get_absolute_url()}save/", sent, headers=AUTO).json()
    assert record().corrections == {str(number): "贵"}
    assert all("贵州" in words for words in told["set"].values())


@pytest.mark.parametrize("version", ["", "0", "abc", "99999999", "2"])
def test_a_save_on_another_version_is_told_and_can_be_compared(world: World, client_of: ClientOf, version: str) -> None:
    document = take(world)
    client, address = client_of("贵州省总"), document.get_absolute_url()
    answer = client.post(f"{address}save/", {"version": version, "facts-place": "我的"}, headers=AUTO)
    assert (answer.status_code, answer.json()["compare"]) == (422, f"{address}compare/")
    page = client.get(f"{address}compare/").content.decode()
    assert "我的" in page
    assert "贵阳" in page
    done = client.post(f"{address}compare/", {"version": "1", "take-facts-place": "mine"})
    assert done["Location"] == address
    assert (record().facts.place, SetAside.objects.count()) == ("我的", 0)


def test_too_long_an_entry_comes_back_with_everything_typed(world: World, client_of: ClientOf) -> None:
    document = take(world)
    task = record().tasks[0].id
    sent = {"version": "1", f"{task}-text": "字" * 2001, "facts-place": "遵义会场"}
    answer = client_of("贵州省总").post(f"{document.get_absolute_url()}save/", sent)
    assert answer.status_code == 422
    assert "遵义会场" in answer.content.decode()
    assert record().facts.place == "贵阳"


def test_confirming_enters_and_leads_to_the_meeting(world: World, client_of: ClientOf) -> None:
    document = take(world)
    client, address = client_of("贵州省总"), f"{document.get_absolute_url()}confirm/"
    page = client.get(address)
    assert page.context["form"]["organisation"].value() == str(world.org("贵州省总").pk)
    answer = client.post(address, {"organisation": world.org("贵州省总").pk, "version": "1"})
    assert answer["Location"] == Meeting.objects.get().get_absolute_url()
    plan = Plan.objects.get()
    shown = client.get(answer["Location"]).content.decode()
    assert document.get_absolute_url() in shown
    assert plan.title in shown
    again = client.post(address, {"organisation": world.org("贵州省总").pk, "version": "1"})
    assert again.status_code == 422
    assert Plan.objects.count() == 1


def test_confirming_asks_for_the_year(world: World, client_of: ClientOf) -> None:
    document = take(world, YEARLESS)
    client, address = client_of("贵州省总"), document.get_absolute_url()
    assert "系统不推测年份" in client.get(f"{address}confirm/").content.decode()
    answer = client.post(f"{address}confirm/", {"organisation": world.org("贵州省总").pk, "version": "1"})
    assert answer.status_code == 422
    client.post(f"{address}save/", {"version": "1", "facts-year": "2023"})
    answer = client.post(f"{address}confirm/", {"organisation": world.org("贵州省总").pk, "version": "2"})
    assert answer.status_code == 302
    assert Meeting.objects.get().year == 2023


def test_where_the_union_is_not_certain_a_person_chooses(world: World, client_of: ClientOf) -> None:
    document = take(world, NEWS.replace("贵州省总工会十四届", "省总工会十四届"))
    client, address = client_of("贵州省总"), f"{document.get_absolute_url()}confirm/"
    form = client.get(address).context["form"]
    assert form["organisation"].value() == ""
    assert [org.short_name for org in form.organisations.values()] == ["贵州省总"]
    found = client.get(f"{address}?q=铜仁").context["form"].organisations.values()
    assert "铜仁市总" in [org.short_name for org in found]
    assert client.post(address, {"version": "1"}).status_code == 422


def test_another_provinces_meeting_is_not_entered_from_here(world: World, client_of: ClientOf) -> None:
    document = take(world, NEWS.replace("贵州省总工会", "湖北省总工会"))
    client, address = client_of("贵州省总"), f"{document.get_absolute_url()}confirm/"
    assert "“湖北省总工会”不在您的职责范围内" in client.get(address).content.decode()
    answer = client.post(address, {"organisation": world.org("湖北省总").pk, "version": "1"})
    assert answer.status_code == 422
    assert Meeting.objects.count() == 0


def test_taking_a_document_off_the_desk_needs_a_reason(world: World, client_of: ClientOf) -> None:
    document = take(world)
    client, address = client_of("贵州省总"), document.get_absolute_url()
    assert client.post(f"{address}drop/", {"reason": " "}).status_code == 422
    assert client.post(f"{address}drop/", {"reason": "重复"}).status_code == 302
    assert "已撤下" in client.get(address).content.decode()
    assert client.post(f"{address}drop/", {"reason": "重复"}).status_code == 422
    client.post(f"{address}restore/")
    assert Document.objects.get().state == "draft"


def test_whoever_may_not_see_it_does_not_learn_of_it(world: World, client_of: ClientOf) -> None:
    address = take(world).get_absolute_url()
    for name in ("贵阳市总", "湖北省总"):
        for tail in ("", "confirm/", "source/", "compare/"):
            assert client_of(name).get(address + tail).status_code == 404
        assert client_of(name).post(f"{address}save/", {"version": "1"}).status_code == 404
    assert client_of("贵州省总", "leader").get(address).status_code == 403


def test_the_file_is_handed_out_as_it_came(world: World, client_of: ClientOf) -> None:
    answer = client_of("贵州省总").get(f"{take(world).get_absolute_url()}source/")
    assert b"".join(answer.streaming_content) == NEWS.encode()


def test_the_list_asks_the_database_as_often_for_three_as_for_one(world: World, client_of: ClientOf) -> None:
    client = client_of("贵州省总")
    take(world)
    counts = []
    client.get("/intake/")
    for turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/intake/?state=draft").status_code == 200
        counts.append(len(asked))
        for n in (1, 2):
            take(world, f"{NEWS}\n第{turn}{n}版。", org="铜仁市总")
    assert counts[0] == counts[1]


def test_the_review_asks_the_database_as_often_for_a_long_text(world: World, client_of: ClientOf) -> None:
    client = client_of("贵州省总")
    short, long = take(world), take(world, NEWS + "会议要求,各级工会要建立工会干部蹲点台账。\n" * 40)
    client.get(short.get_absolute_url())
    counts = []
    for document in (short, long):
        with CaptureQueriesContext(connection) as asked:
            client.get(document.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_can_be_narrowed_and_taken_away(world: World, client_of: ClientOf) -> None:
    take(world)
    client = client_of("贵州省总")
    assert client.get("/intake/?state=confirmed").context["table"].total == 0
    assert client.get("/intake/?export=xlsx").content[:2] == b"PK"
