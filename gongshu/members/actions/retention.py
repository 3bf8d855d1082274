"""Forgetting: columns of persons whose memberships ended longer ago than `privacy.toml` says."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from gongshu.core.people.models import Account, Person
from gongshu.core.people.privacy import Rule, rules
from gongshu.core.people.protected import SealedField
from gongshu.members.models import Membership

BATCH = 1000


def rules_of_persons() -> list[Rule]:
    """Return the columns of persons that are to be cleared so many days after their last membership ended."""
    return [rule for rule in rules() if rule.model == Person._meta.label]


def clear(rule: Rule, *, on: date) -> int:
    """Clear a column (with its blind index) of up to a thousand persons; return how many.

    Whoever has a membership that is not long ended, or an account, keeps theirs.
    """
    limit = on - timedelta(days=rule.days)
    of_person = Membership.objects.filter(person=OuterRef("pk"))
    ended = Membership.objects.filter(ended_on__isnull=False, ended_on__lte=limit).values("person")
    rows = (
        Person.objects.filter(pk__in=ended, **{f"{rule.column}__isnull": False})
        .exclude(Exists(of_person.filter(ended_on__isnull=True)))
        .exclude(Exists(of_person.filter(ended_on__gt=limit)))
        .exclude(Exists(Account.objects.filter(person=OuterRef("pk"))))
    )
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    field = Person._meta.get_field(rule.column)
    empty = {rule.column: None}
    if isinstance(field, SealedField) and field.index:
        empty[field.index] = None
    Person.objects.filter(pk__in=keys).update(**empty)
    return len(keys)
