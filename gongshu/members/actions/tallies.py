"""The counters: changed in the transaction that changes a member, proved against the rows, built anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Sum
from django.db.models.functions import Substr

from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.moving import hold_shape
from gongshu.core.people.enums import Gender
from gongshu.members.enums import ACTIVE_STATES, PENDING_STATES, Form
from gongshu.members.models import Membership, Summary, Tally
from gongshu.members.queries.counting import COLUMNS, SUMMED_LEVELS, headcount

Delta = Mapping[str, int]
ROWS_A_STATEMENT = 500


def counted(membership: Membership, state: str = "") -> Counter[str]:
    """Return what a membership adds to its organisation's counters, in its state or in another one."""
    state = state or membership.state
    if state in PENDING_STATES:
        return Counter(pending=1)
    if state not in ACTIVE_STATES:
        return Counter({state: 1}) if state in ("kept", "parked") else Counter()
    found = of_active(membership.form, membership.gender, membership.is_real_name, membership.has_phone)
    found["moving"] += state != "active"
    return found


def of_active(form: str, gender: str, is_real_name: bool, has_phone: bool, number: int = 1) -> Counter[str]:
    """Return what so many active members alike add to their organisation's counters."""
    cell = f"{form}_{gender}"
    return Counter({f"n_{cell}": number, f"r_{cell}": number * is_real_name, "phones": number * has_phone})


def add(changes: Iterable[tuple[int, Delta]]) -> None:
    """Add changes to the counters of organisations (keys), in the caller's transaction; rows in order of key."""
    sums: dict[int, Counter[str]] = {}
    for org, delta in changes:
        sums.setdefault(org, Counter()).update(delta)
    rows = [(org, delta) for org, delta in sorted(sums.items()) if any(delta.values())]
    columns = [c for c in COLUMNS if any(delta[c] for _, delta in rows)]
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        _upsert(columns, [(org, *(delta[c] for c in columns)) for org, delta in rows[start : start + ROWS_A_STATEMENT]])


def _upsert(columns: list[str], rows: list[tuple[int, ...]]) -> None:
    table = Tally._meta.db_table
    marks = ", ".join(["(" + ", ".join(["%s"] * (len(columns) + 1)) + ")"] * len(rows))
    sums = ", ".join(f"{c} = {table}.{c} + excluded.{c}" for c in columns)
    sql = (  # column names are our own, never a user's
        f"INSERT INTO {table} (organisation_id, {', '.join(columns)}) VALUES {marks} "  # noqa: S608
        f"ON CONFLICT (organisation_id) DO UPDATE SET {sums}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])


def moved(before: Membership, after: Membership) -> None:
    """Take a membership's old place and state off the counters and add the new one."""
    old = {column: -number for column, number in counted(before).items()}
    add([(before.organisation_id, old), (after.organisation_id, counted(after))])


def _condition(column: str) -> str:
    """Return the SQL condition on membership rows that a counter counts."""
    active = f"state IN {ACTIVE_STATES}"
    if column == "pending":
        return f"state IN {PENDING_STATES}"
    if column in ("kept", "parked"):
        return f"state = '{column}'"
    if column == "moving":
        return "state IN ('leaving', 'arriving')"
    if column == "phones":
        return f"{active} AND has_phone"
    lead, form, gender = cell(column)
    return f"{active} AND form = '{form}' AND gender = '{gender}'" + (" AND is_real_name" if lead == "r" else "")


def cell(column: str) -> tuple[str, str, str]:
    """Return lead, form and gender of a cell's column, e.g. `n_other_new_f`."""
    lead, _, rest = column.partition("_")
    form, _, gender = rest.rpartition("_")
    return lead, Form(form).value, Gender(gender).value


def _counts(sign: str = "") -> str:
    """Return the SELECT that counts the membership rows of each organisation, column by column."""
    counts = ", ".join(f"{sign}COUNT(*) FILTER (WHERE {_condition(c)}) AS {c}" for c in COLUMNS)
    table = Membership._meta.db_table
    return f"SELECT organisation_id, {counts} FROM {table} GROUP BY organisation_id"  # noqa: S608


def differing() -> list[int]:
    """Return the keys of the organisations whose counters do not equal their rows: one statement, one snapshot."""
    names = ", ".join(COLUMNS)
    table = Tally._meta.db_table
    wrong = " OR ".join(f"SUM({c}) <> 0" for c in COLUMNS)
    sql = (
        f"SELECT organisation_id FROM (SELECT organisation_id, {names} FROM {table} "  # noqa: S608
        f"UNION ALL {_counts('-')}) AS both_sides GROUP BY organisation_id HAVING {wrong} ORDER BY organisation_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def rebuild() -> int:
    """Count everything anew while others go on joining; return the number of organisations with members.

    On PostgreSQL writers of counters wait for the lock: whoever joined before is counted, whoever comes after adds.
    """
    table = Tally._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        cursor.execute(f"INSERT INTO {table} (organisation_id, {', '.join(COLUMNS)}) {_counts()}")
    return Tally.objects.count()


def resum(orgs: Iterable[Organisation], *, at: datetime) -> None:
    """Sum up anew those of some organisations that are summed up at all, in the caller's transaction."""
    known = Summary.objects.filter(pk__in=[org.pk for org in orgs if org.level in SUMMED_LEVELS])
    for row in known.select_related("organisation").order_by("pk"):
        sums = headcount(row.organisation, live=True).counters
        Summary.objects.filter(pk=row.pk).update(as_at=at, **sums)


@transaction.atomic
def refresh_summaries(*, at: datetime) -> int:
    """Sum up the high organisations anew, with the time; return how many. One query a level of the tree.

    Nothing moves meanwhile: the levels are read one after another.
    """
    hold_shape()
    high = Organisation.objects.filter(level__in=SUMMED_LEVELS).values_list("path", "pk")
    by_length: dict[int, dict[str, int]] = {}
    for path, pk in high:
        by_length.setdefault(len(path), {})[path] = pk
    rows = [row for length, named in by_length.items() for row in _summed(length, named, at)]
    Summary.objects.exclude(pk__in=[row.pk for row in rows]).delete()
    Summary.objects.bulk_create(
        rows, batch_size=200, update_conflicts=True, unique_fields=["organisation"], update_fields=[*COLUMNS, "as_at"]
    )
    return len(rows)


def _summed(length: int, named: Mapping[str, int], at: datetime) -> list[Summary]:
    branches = Tally.objects.annotate(branch=Substr("organisation__path", 1, length)).order_by().values("branch")
    groups = branches.annotate(**{f"sum_{c}": Sum(c) for c in COLUMNS})
    found = {row[0]: row[1:] for row in groups.values_list("branch", *(f"sum_{c}" for c in COLUMNS))}
    nothing = (0,) * len(COLUMNS)
    return [
        Summary(organisation_id=pk, as_at=at, **dict(zip(COLUMNS, found.get(path, nothing), strict=True)))
        for path, pk in named.items()
    ]
