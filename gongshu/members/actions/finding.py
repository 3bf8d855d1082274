"""Writing down which registrations may be of one person, and which of them are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from gongshu.core.access.actor import Actor, system_actor
from gongshu.core.flow import actions as flow
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.models import Person
from gongshu.core.trail import actions as trail
from gongshu.members.enums import EXACT, Ground
from gongshu.members.machine import PAIR
from gongshu.members.models import Pair
from gongshu.members.queries.pairs import Key, homes

BATCH = 500
FINDER = system_actor("查找重复登记")


def note(one: Person, other: Person, *, by: Actor, at: datetime) -> Pair | None:
    """Write down that one identity number was told of two persons; None where no organisation is above both."""
    key = (min(one.pk, other.pk), max(one.pk, other.pk))
    with transaction.atomic():
        list(Person.objects.select_for_update().filter(pk__in=key).order_by("pk"))
        write({key: {Ground.ID.value}}, by=by, at=at)
        return Pair.objects.filter(first=key[0], second=key[1]).first()


def write(found: Mapping[Key, set[str]], *, by: Actor = FINDER, at: datetime) -> int:
    """Write pairs down, at most `BATCH` of them, in the caller's transaction; return how many are new.

    What was judged stays judged; what waits gets its present grounds and the union that now reaches both.
    """
    known = {
        (pair.first_id, pair.second_id): pair
        for pair in Pair.objects.filter(first__in={a for a, _ in found}, second__in={b for _, b in found})
    }
    places = homes(found)
    fresh = [key for key in found if key in places and key not in known]
    _start([_pair(key, found[key], places[key]) for key in fresh], by=by, at=at)
    for key in found.keys() & known.keys():
        if key in places:
            _renew(known[key], found[key], places[key], at=at)
    return len(fresh)


def _words(grounds: set[str]) -> str:
    return " ".join(code for code in Ground.values if code in grounds)


def _pair(key: Key, grounds: set[str], home: Organisation) -> Pair:
    is_exact = bool(grounds & set(EXACT))
    return Pair(first_id=key[0], second_id=key[1], organisation=home, grounds=_words(grounds), is_exact=is_exact)


def _start(pairs: Sequence[Pair], *, by: Actor, at: datetime) -> None:
    """Save many new pairs in their first state; nobody's desk waits, so there are no open items to write."""
    for pair in pairs:
        pair.state, pair.state_since = PAIR.initial.code, at
    Pair.objects.bulk_create(pairs)
    trail.record_many(
        trail.entry(
            "start",
            pair,
            by=by,
            at=at,
            summary=f"发现疑似重复登记：{'、'.join(pair.ground_labels)}",
            organisation_id=pair.organisation_id,
        )
        for pair in pairs
    )


def _renew(pair: Pair, grounds: set[str], home: Organisation, *, at: datetime) -> None:
    if pair.state == "gone":
        flow.advance(pair, "reappear", by=FINDER, at=at)
    kept = grounds | ({Ground.ID.value} & set(pair.grounds.split()))
    words = _words(kept)
    if pair.state == "found" and (pair.grounds, pair.organisation_id) != (words, home.pk):
        pair.grounds, pair.organisation, pair.is_exact = words, home, bool(kept & set(EXACT))
        pair.save(update_fields=["grounds", "organisation", "is_exact"])


def vanish(pairs: Sequence[Pair], *, at: datetime) -> None:
    """Take pairs off the list that are no longer alike, or of which one registration is no more."""
    for pair in pairs:
        flow.advance(pair, "vanish", by=FINDER, at=at)


def stale(found: Mapping[Key, set[str]], *, after: int) -> tuple[list[Pair], int]:
    """Return the waiting pairs of the next batch that are no longer alike, and the last key looked at (0: the end)."""
    rows = list(Pair.objects.filter(state="found", pk__gt=after).order_by("pk")[:BATCH])
    gone = [
        pair
        for pair in rows
        if (pair.first_id, pair.second_id) not in found and Ground.ID.value not in pair.grounds.split()
    ]
    return gone, (rows[-1].pk if rows else 0)


def set_apart(pair: Pair, *, reason: str, by: Actor, at: datetime) -> Pair:
    """Remember that two registrations are of two people: they are not listed again."""
    return flow.advance(pair, "apart", by=by, at=at, facts={"note": reason})


def reopen(pair: Pair, *, reason: str, by: Actor, at: datetime) -> Pair:
    """Look again at two registrations that were taken for two people."""
    return flow.advance(pair, "reopen", by=by, at=at, facts={"note": reason})
