"""The counters: changed in the transaction that changes a member, proved against the rows, built anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Length

from gongshu.core.metrics.refreshed import Refreshed
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.moving import hold_shape
from gongshu.core.orgs.ranges import Range, as_table
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
    """Sum up the high organisations anew, with the time; return how many. One statement, with what goes and is counted.

    Counters are added up by branch at the deepest place where a high organisation stands, then branches by those above.
    """
    high = Organisation.objects.filter(level__in=SUMMED_LEVELS)
    hold_shape()
    Summary.objects.exclude(organisation__in=high).delete()
    lengths = sorted(high.order_by().values_list(Length("path"), flat=True).distinct())
    if lengths:
        with connection.cursor() as cursor:
            cursor.execute(_rolled_up(lengths), [at, *SUMMED_LEVELS])
    return Summary.objects.count()


def _rolled_up(lengths: Sequence[int]) -> str:
    """Return the statement that sums up all high organisations, whose paths have these lengths."""
    table, orgs = Summary._meta.db_table, Organisation._meta.db_table
    sums = ", ".join(f"SUM({c}) AS {c}" for c in COLUMNS)
    leaves = f"SELECT SUBSTR(path, 1, {lengths[-1]}) AS branch, {sums} "
    leaves += f"FROM {Tally._meta.db_table} JOIN {orgs} ON id = organisation_id GROUP BY 1"
    branches = " UNION ALL ".join(
        f"SELECT SUBSTR(branch, 1, {length}) AS branch, {sums} FROM leaves WHERE LENGTH(branch) >= {length} GROUP BY 1"  # noqa: S608
        for length in lengths
    )
    return (
        f"WITH leaves AS MATERIALIZED ({leaves}), branches AS ({branches}) "  # noqa: S608
        f"INSERT INTO {table} (organisation_id, as_at, {', '.join(COLUMNS)}) "
        f"SELECT o.id, %s, {', '.join(f'COALESCE(b.{c}, 0)' for c in COLUMNS)} "
        f"FROM {orgs} o LEFT JOIN branches b ON b.branch = o.path "
        f"WHERE o.level IN ({', '.join(['%s'] * len(SUMMED_LEVELS))}) ON CONFLICT (organisation_id) DO UPDATE SET "
        + ", ".join(f"{c} = excluded.{c}" for c in ("as_at", *COLUMNS))
    )


def differing_summaries() -> list[int]:
    """Return the keys of the high organisations whose sums are not those of the counters at and below them now.

    One statement over their ranges of paths: another way than that of the refresh.
    """
    high = Organisation.objects.filter(level__in=SUMMED_LEVELS).order_by("path").values_list("path", "pk")
    table, parameters = as_table([Range.below(path, pk) for path, pk in high])
    sums = ", ".join(f"COALESCE(SUM({c}), 0) AS {c}" for c in COLUMNS)
    wrong = " OR ".join(f"s.{c} <> now.{c}" for c in COLUMNS)
    sql = (
        f"WITH {table}, now AS (SELECT k, {sums} FROM ranged "  # noqa: S608 - our own names
        f"LEFT JOIN {Tally._meta.db_table} ON organisation_id = id GROUP BY k) "
        f"SELECT k FROM now LEFT JOIN {Summary._meta.db_table} s ON s.organisation_id = k "
        f"WHERE s.as_at IS NULL OR {wrong} ORDER BY k"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [row[0] for row in cursor.fetchall()]


SUMMARIES = Refreshed("会员汇总", refresh_summaries, differing_summaries)
