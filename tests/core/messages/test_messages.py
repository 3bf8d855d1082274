"""Telling people things."""

from __future__ import annotations

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongshu.core.messages import actions, queries
from gongshu.core.messages.models import Message, Outbox
from tests.worlds import NOW


def tell_all(world, names, **more):
    accounts = [world.account(name) for name in names]
    return actions.tell(accounts, subject="部署下发", body="请按期办理", url="/somewhere/", at=NOW, **more)


def test_many_are_told_in_one_statement_each_once(world, django_assert_num_queries):
    accounts = [world.account(name) for name in ("铜仁市总", "贵阳市总")]
    with django_assert_num_queries(1):
        told = actions.tell([*accounts, accounts[0].pk], subject="部署下发", at=NOW)

    assert told == 2
    assert sorted(Message.objects.values_list("account_id", "subject", "read_at")) == sorted(
        (account.pk, "部署下发", None) for account in accounts
    )


def test_telling_nobody_is_no_error(db):
    assert actions.tell([], subject="部署下发", at=NOW) == 0


def test_an_undone_action_tells_nobody_anything(world):
    account = world.account("铜仁市总")
    with transaction.atomic():
        actions.tell([account], subject="部署下发", at=NOW)
        actions.text([account], text="请登录办理", at=NOW)
        transaction.set_rollback(True)

    assert (Message.objects.count(), Outbox.objects.count()) == (0, 0)


def test_texts_go_into_the_outbox(world):
    account = world.account("铜仁市总")

    assert actions.text([account], text="请登录办理", at=NOW) == 1
    assert list(Outbox.objects.values_list("account_id", "text", "sent_at")) == [(account.pk, "请登录办理", None)]


def test_a_person_sees_their_own_messages_newest_first(world, client_of):
    tell_all(world, ["铜仁市总"])
    actions.tell([world.account("铜仁市总")], subject="督办通知", at=timezone.now())
    actions.tell([world.account("贵阳市总")], subject="别人的事", at=NOW)
    page = client_of("铜仁市总").get(reverse("messages:inbox"))

    assert [message.subject for message in page.context["page"]] == ["督办通知", "部署下发"]
    assert "别人的事" not in page.content.decode()
    assert page.context["unread"] == 2


def test_opening_a_message_marks_it_read_and_goes_where_it_points(world, client_of):
    tell_all(world, ["铜仁市总"])
    message = Message.objects.get()
    response = client_of("铜仁市总").post(reverse("messages:read", args=[message.pk]))

    assert (response.status_code, response.url) == (302, "/somewhere/")
    assert queries.unread_count(world.actor("铜仁市总")) == 0


def test_a_message_that_points_out_of_the_house_is_not_followed(world, client_of):
    actions.tell([world.account("铜仁市总")], subject="x", url="https://elsewhere.example/", at=NOW)
    response = client_of("铜仁市总").post(reverse("messages:read", args=[Message.objects.get().pk]))

    assert response.url == reverse("messages:inbox")


def test_nobody_opens_another_persons_message(world, client_of):
    tell_all(world, ["铜仁市总"])
    response = client_of("贵阳市总").post(reverse("messages:read", args=[Message.objects.get().pk]))

    assert response.status_code == 404
    assert Message.objects.get().read_at is None


def test_all_are_marked_read_at_once_for_this_person_alone(world, client_of):
    tell_all(world, ["铜仁市总", "贵阳市总"])
    client_of("铜仁市总").post(reverse("messages:read_all"))

    assert queries.unread_count(world.actor("铜仁市总")) == 0
    assert queries.unread_count(world.actor("贵阳市总")) == 1


def test_the_list_costs_the_same_for_one_message_and_three(world, client_of):
    client = client_of("铜仁市总")
    costs = []
    for more in (1, 2):
        for _ in range(more):
            tell_all(world, ["铜仁市总"], organisation=world.org("贵州省总"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("messages:inbox")).status_code == 200
        costs.append(len(asked))

    assert costs[0] == costs[1]
