"""Texts that tell a person what was decided about a thing of theirs.

They are written down in the transaction of the decision and go out after it, so that no supplier can hold a decision
up; whether one went out, or why not, stays with the thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction

from gongshu.core.flow.models import Stateful
from gongshu.core.messages.doors import NotTaken, sms_door
from gongshu.core.messages.models import PersonText

MOST_TRIES = 5
KEPT = timedelta(days=90)
SIGN = "【工会】"
NO_PHONE = "没有登记手机号码"


@dataclass(frozen=True)
class Told:
    """What a person is to be told about a thing of theirs."""

    person_id: int
    about: models.Model
    words: str


def tell_persons(told: Iterable[Told], *, at: datetime) -> None:
    """Write texts down in the caller's transaction; they go out after it."""
    PersonText.objects.bulk_create(
        [
            PersonText(
                person_id=each.person_id,
                kind=each.about._meta.label_lower,
                object_id=each.about.pk,
                text=f"{SIGN}{each.words}"[:300],
                at=at,
            )
            for each in told
        ],
        batch_size=500,
    )


def last_about(thing: Stateful) -> PersonText | None:
    """Return the text about how a thing came into its state, with whom it is for; None when there was none."""
    rows = PersonText.objects.filter(kind=thing._meta.label_lower, object_id=thing.pk, at__gte=thing.state_since)
    rows = rows.select_related("person")
    return rows.order_by("-at", "-pk").first()


def of_person(person_id: int) -> list[PersonText]:
    """Return the texts for a person still kept, the oldest first."""
    return list(PersonText.objects.filter(person_id=person_id).order_by("at", "pk"))


def follow(model: type[models.Model], keys: Sequence[int], person_id: int) -> None:
    """Let the texts about things of a model follow them to another registration of their person."""
    PersonText.objects.filter(kind=model._meta.label_lower, object_id__in=keys).update(person=person_id)


def waiting(after: int = 0, most: int = 100) -> list[int]:
    """Return the keys of texts still to go out."""
    rows = PersonText.objects.filter(sent_at__isnull=True, tries__lt=MOST_TRIES, pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def send(pk: int, *, at: datetime) -> bool:
    """Hand a text to the supplier; a failure is written down beside it and tried again later, five times in all."""
    with transaction.atomic():
        row = PersonText.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
        if row.sent_at or row.tries >= MOST_TRIES:
            return False
        row.tries, row.failure = row.tries + 1, ""
        if row.person.phone is None:
            row.tries, row.failure = MOST_TRIES, NO_PHONE
        else:
            try:
                with transaction.atomic():
                    sms_door().send_to(row.person.phone.reveal(), row.text, at=at)
                row.sent_at = at
            except (NotTaken, OSError) as error:
                row.failure = f"短信服务商没有接收：{error}"[:100]
        row.save(update_fields=["tries", "failure", "sent_at"])
    return row.sent_at is not None


def forget(*, at: datetime) -> int:
    """Delete texts older than ninety days; return how many."""
    count, _ = PersonText.objects.filter(at__lt=at - KEPT).delete()
    return count
