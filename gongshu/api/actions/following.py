"""Following the trail, entry by entry, and putting what other systems are to be told in line.

The trail is the outbox: an entry stands in the transaction of the write it is about, so that telling costs writers
nothing. On PostgreSQL numbers are taken before they are committed, and some never are. Reading goes on without a break
while there is no gap; at a gap it waits until no transaction is left that could still fill it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from gongshu.api.enums import Event, HookState
from gongshu.api.models import Delivery, Hook, Reader
from gongshu.api.queries.keys import actor_of
from gongshu.api.rules.hooks import DISPATCH, MEMBER, NEEDS, TOLD, UNION, Happened
from gongshu.core.access.actor import Actor, can, reach
from gongshu.core.base.ids import new_id
from gongshu.core.orgs.models import Organisation
from gongshu.core.trail.models import Entry
from gongshu.delivery.models import Assignment
from gongshu.members.models import PastHome

PATCH = 1000
KINDS = tuple({kind for kind, _ in TOLD})


def follow(*, at: datetime) -> int:
    """Read on in the trail; return how many entries were read. To be called in a transaction."""
    reader = Reader.objects.select_for_update().filter(pk=1).first()
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    hooks = _listeners(at)
    if reader is None or not hooks:  # nobody listens: what was before is not told later
        Reader.objects.update_or_create(pk=1, defaults={"position": newest, "settled": newest, "writers": []})
        return 0
    _settle(reader, newest)
    numbers = _readable(reader)
    if numbers:
        rows = Entry.objects.filter(pk__gt=reader.position, pk__lte=numbers[-1], kind__in=KINDS)
        _put_in_line(list(rows.select_related("organisation").order_by("pk")), hooks, at)
    reader.position = numbers[-1] if numbers else max(reader.position, reader.settled)
    reader.save()
    return len(numbers)


def _listeners(at: datetime) -> list[tuple[Hook, Actor]]:
    rows = Hook.objects.filter(state=HookState.ON).select_related("key__organisation").order_by("pk")
    day = timezone.localdate(at)
    return [(hook, actor_of(hook.key)) for hook in rows if hook.key.is_valid_on(day)]


def _settle(reader: Reader, newest: int) -> None:
    """Move up to where no number can come any more.

    On SQLite there is one writer at a time: numbers are committed in order. On PostgreSQL whoever took a number up to
    the newest one seen holds the table's lock for writing until the end: once all who held it then have let go, every
    number up to it is there or will never be.
    """
    if connection.vendor != "postgresql":
        reader.settled = newest
        return
    writing = _writers()
    left = writing & set(reader.writers)
    if not left:
        reader.settled = newest if not writing else max(reader.settled, reader.mark)
        reader.mark, left = newest, writing
    reader.writers = sorted(left)


def _writers() -> set[str]:
    """Return the transactions that may be writing entries at this moment; each has a name of its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select virtualtransaction from pg_locks where locktype = 'relation' and relation = %s::regclass"
            " and database = (select oid from pg_database where datname = current_database())"
            " and mode = 'RowExclusiveLock' and granted and pid <> pg_backend_pid()",
            [Entry._meta.db_table],
        )
        return {row[0] for row in cursor.fetchall()}


def _readable(reader: Reader) -> list[int]:
    """Return the next numbers that may be read: up to what is settled, and beyond as long as none is missing."""
    rows = Entry.objects.filter(pk__gt=reader.position).order_by("pk")
    found: list[int] = []
    last = reader.position
    for number in rows.values_list("pk", flat=True)[:PATCH]:
        if number > reader.settled and number != last + 1:
            break
        found.append(number)
        last = number
    return found


def _put_in_line(entries: Sequence[Entry], hooks: Iterable[tuple[Hook, Actor]], at: datetime) -> None:
    rows = []
    for entry in entries:
        event = TOLD.get((entry.kind, entry.verb))
        if event is None:
            continue
        others = _left(entry)
        happened = Happened(event, entry.at, entry.pk, entry.kind, entry.object_id, entry.organisation_id)
        rows += [
            Delivery(
                hook=hook,
                entry_id=entry.pk,
                event=event,
                message_id=f"msg_{new_id()}",
                payload=happened.payload(),
                next_try_at=at,
                at=at,
            )
            for hook, actor in hooks
            if event in hook.events and entry.at >= hook.made_at and _concerns(entry, others, actor)
        ]
    Delivery.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def _concerns(entry: Entry, others: Sequence[Organisation], actor: Actor) -> bool:
    """Tell whether a key may read what an entry is about; a dispatch also concerns those it went to."""
    needed = NEEDS[entry.kind]
    places = [entry.organisation, *others] if entry.organisation else others
    if any(can(actor, needed, at=place) for place in places):
        return True
    given = Assignment.objects.filter(reach(actor, needed), dispatch=entry.object_id, **_batch(entry))
    return entry.kind == DISPATCH and given.exists()


def _left(entry: Entry) -> list[Organisation]:
    """Return the union that was left: by a member who went to another, by a union placed under another."""
    if entry.kind == MEMBER and TOLD[entry.kind, entry.verb] == Event.MEMBER_TRANSFERRED:
        homes = PastHome.objects.filter(membership=entry.object_id).select_related("organisation").order_by("-pk")
        return [home.organisation for home in homes[:1]]
    if entry.kind == UNION and entry.detail.get("from"):
        return list(Organisation.objects.filter(pk=entry.detail["from"]))
    return []


def _batch(entry: Entry) -> dict[str, int]:
    """Return the range of receivers an entry about a batch of a dispatch names."""
    first, last = entry.detail.get("first"), entry.detail.get("last")
    return {"organisation_id__gte": first, "organisation_id__lte": last} if first and last else {}
