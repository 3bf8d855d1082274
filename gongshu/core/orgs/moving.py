"""Moving a subtree to another place, while others read and add."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import within

SHAPE = 7_301_202_611  # the key of the lock on the tree's shape


def hold_shape(*, alone: bool = False) -> None:
    """Keep the tree's shape as it is until the caller's transaction ends; take it before locking any organisation.

    Those who add below an organisation or read paths in several statements hold it together; who moves, `alone`.
    SQLite has one writer at a time, which is the same.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(%s)", [SHAPE])


def next_place(parent: Organisation) -> int:
    """Return the place after the last one taken directly below `parent`; raises Refused when all are taken."""
    below = Organisation.objects.filter(within(parent, ""), depth=parent.depth + 1)
    last = below.order_by("-path").values_list("path", flat=True).first()
    place = int(last[-Organisation.steplen :]) + 1 if last else 1
    if place >= 10**Organisation.steplen:
        raise Refused.because(f"“{parent.short_name}”的下级已满，不能再增加")
    return place


def move(org: Organisation, *, under: Organisation) -> int:
    """Put `org` with all below it at the end of those below `under`; return how many organisations moved.

    Paths stand on organisations alone, so this is one statement over one index range, whatever hangs on them. Both
    rows are read again under the lock. Raises ValueError for a place below itself; whether it may is for the caller.
    """
    with transaction.atomic():
        hold_shape(alone=True)
        here = Organisation.objects.get(pk=org.pk)
        upper = Organisation.objects.get(pk=under.pk)
        if here.holds(upper):
            raise ValueError(f"{under.pk} stands at or below {org.pk}")
        path = f"{upper.path}{next_place(upper):0{Organisation.steplen}d}"
        rest = Substr("path", len(here.path) + 1)
        moved: int = Organisation.objects.filter(within(here, "")).update(
            path=Concat(Value(path), rest), depth=F("depth") + upper.depth + 1 - here.depth
        )
        Organisation.objects.filter(path=here.parent_path).update(numchild=F("numchild") - 1)
        Organisation.objects.filter(pk=upper.pk).update(numchild=F("numchild") + 1)
    org.path, org.depth = path, upper.depth + 1
    return moved
