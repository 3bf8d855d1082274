"""Two officers at once, in real transactions on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from gongshu.core.base.problems import Refused
from gongshu.delivery.models import Plan
from gongshu.intake import actions
from gongshu.intake.models import Document, Draft, SetAside
from gongshu.intake.rules.record.shape import from_json
from gongshu.meetings.models import Meeting
from tests.intake.papers import NEWS, take, take_as
from tests.worlds import NOW, World, build

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes one writer at a time"),
]


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do things at the same moment in threads; return `done` or the reason of the refusal for each."""
    gate, said = threading.Barrier(len(deeds)), ["" for _ in deeds]

    def run(place: int, deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            deed()
            said[place] = "done"
        except Refused as refusal:
            said[place] = refusal.problems[0].message
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return said


@pytest.fixture
def open_world(transactional_db: None) -> World:
    return build()


def test_two_officers_enter_the_same_document_once(open_world: World) -> None:
    document = take(open_world)
    org = open_world.org("贵州省总")
    actors = [open_world.actor("贵州省总"), open_world.actor("中华全国总")]

    def entering(n: int) -> Callable[[], object]:
        twin = Document.objects.select_related("organisation", "source").get(pk=document.pk)
        return lambda: actions.confirm(twin, actions.Entry(org, 1), by=actors[n], at=NOW)

    said = at_once(entering(0), entering(1))
    assert sorted(word == "done" for word in said) == [False, True]
    assert "已入库" in next(word for word in said if word != "done")
    assert (Meeting.objects.count(), Plan.objects.count()) == (1, 1)


def test_two_saves_of_one_version_keep_one_and_set_the_other_aside(open_world: World) -> None:
    document = take(open_world)
    actors = [open_world.actor("贵州省总"), open_world.actor("中华全国总")]

    def saving(n: int) -> Callable[[], object]:
        record = from_json(Draft.objects.get().record)
        record.facts.place = f"第{n}处"
        return lambda: actions.save_draft(document, record, version=1, by=actors[n], at=NOW)

    said = at_once(saving(0), saving(1))
    assert sorted(word == "done" for word in said) == [False, True]
    kept, aside = from_json(Draft.objects.get().record), from_json(SetAside.objects.get().record)
    assert {kept.facts.place, aside.facts.place} == {"第0处", "第1处"}


def test_the_same_file_from_two_hands_is_received_once(open_world: World) -> None:
    actors = [open_world.actor("贵州省总"), open_world.actor("中华全国总")]
    said = at_once(*(lambda actor=actor: take_as(actor, open_world, NEWS, "贵州省总") for actor in actors))
    assert sorted(word == "done" for word in said) == [False, True]
    assert Document.objects.count() == 1


def test_two_documents_of_one_meeting_make_one_meeting(open_world: World) -> None:
    org, by = open_world.org("贵州省总"), open_world.actor("贵州省总")
    documents = [take(open_world), take_as(by, open_world, NEWS + "\n（另一份报道）", "贵州省总")]

    def entering(document: Document) -> Callable[[], object]:
        twin = Document.objects.select_related("organisation", "source").get(pk=document.pk)
        return lambda: actions.confirm(twin, actions.Entry(org, 1), by=by, at=NOW)

    said = at_once(*(entering(document) for document in documents))
    assert sorted(word == "done" for word in said) == [False, True]
    assert "已有记录；如是同一次会议，请勾选并入" in next(word for word in said if word != "done")
    assert Meeting.objects.count() == 1

    second = Document.objects.select_related("organisation", "source").get(state="draft")
    actions.confirm(second, actions.Entry(org, 1, join=True), by=by, at=NOW)
    assert Meeting.objects.count() == 1
    assert set(Plan.objects.values_list("meeting", flat=True)) == {Meeting.objects.get().pk}
