"""Taking in a list of employers: kept as a file, read in batches, each employer once by its credit code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongshu.core.access.actor import Actor, require
from gongshu.core.base.problems import Problem, Refused, refuse_if
from gongshu.core.files import actions as files
from gongshu.core.files.actions import Upload
from gongshu.core.files.sheets.book import CSV, XLSX, Book
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.privacy import days_of
from gongshu.core.people.protected import is_same, sealed_field
from gongshu.core.trail import actions as trail
from gongshu.organising.actions import leads
from gongshu.organising.enums import Match, Permission
from gongshu.organising.models import Employer, EmployerList
from gongshu.organising.queries.coverage import Places, unions_by_name
from gongshu.organising.rules import coverage as rules
from gongshu.organising.rules.coverage import Listed

BATCH = 1000
MOST_REASONS = 1000
TOLD = ("name", "place", "industry", "workers", "contact")
Reason = tuple[int, str]


def receive(upload: Upload, *, organisation: Organisation, by: Actor, at: datetime) -> EmployerList:
    """Keep a list; its rows are read in the background. Raises Refused."""
    require(by, Permission.EDIT, at=organisation)
    if not (upload.name or "").lower().endswith((".xlsx", ".csv")):
        raise Refused.because("名单请用 .xlsx 或者 .csv 文件，可以先下载模板", field="upload")
    with transaction.atomic():
        file = files.keep(upload, by=by, at=at, is_sealed=True)
        row = EmployerList.objects.create(organisation=organisation, file=file, file_name=file.name[:120], made_at=at)
        trail.record(
            "receive", row, by=by, at=at, summary=f"导入用人单位名单：{file.name}", organisation_id=organisation.pk
        )
    return row


@dataclass
class Batch:
    """Rows read together: what they tell by row number, and why others are refused."""

    told: dict[int, Listed] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    last: int = 0


def batches(taken: EmployerList, *, after: int) -> Iterator[Batch]:
    """Yield what the rows after a row number tell, a thousand at a time; raises Refused for a file that cannot be read.

    The rows before are read too, so that a code that stood there is known. A list that was read to its end is empty.
    """
    if taken.file is None:
        return
    kind = CSV if taken.file.media_type == "text/csv" else XLSX
    book = Book(taken.file.opened, kind, rules.LIMITS)
    heading, places = rules.heading_of(book.head(rules.LIMITS.heading))
    refuse_if(rules.heads(places))
    reader = book.opened({at: rules.COLUMNS[code][0] for code, at in places.items()}, heading).lines()
    seen: dict[str, int] = {}
    while part := list(islice(reader, BATCH)):
        batch = Batch(last=part[-1][0])
        for number, cells in part:
            _take(batch, number, cells, places, seen)
        if batch.last > after:
            yield batch


def _take(batch: Batch, number: int, cells: Sequence[str], places: Mapping[str, int], seen: dict[str, int]) -> None:
    refuse_if(rules.width(cells, number))
    told, problems = rules.read(cells, places, row=number)
    if told and told.code in seen:
        problems = [Problem(f"与第{seen[told.code]}行是同一个统一社会信用代码", row=number)]
    if problems or told is None:
        batch.reasons.append((number, "；".join(problem.message for problem in problems)))
    else:
        seen[told.code] = number
        batch.told[number] = told


def write(taken: EmployerList, batch: Batch, places: Places, *, at: datetime) -> None:
    """Write a batch in the caller's transaction: new employers, changed ones, unions found by name, the counts."""
    on = timezone.localdate(at)
    known = {row.code: row for row in _locked([each.code for each in batch.told.values()])}
    new, changed = list[Employer](), list[Employer]()
    for number, told in batch.told.items():
        place, why = places.find(told.place)
        held = known.get(told.code)
        if place is None or (held and not _is_ours(held, places.org)):
            batch.reasons.append((number, why or f"{told.name}已由别处登记，范围之外的单位不能改"))
        elif held is None:
            new.append(_fill(Employer(code=told.code, listed_on=on), told, place))
        elif _differs(held, told, place):
            changed.append(_fill(held, told, place))
        else:
            taken.same += 1
    Employer.objects.bulk_create(new)
    Employer.objects.bulk_update(changed, [*TOLD, "phone"], batch_size=200)
    listed = [row.pk for row in known.values() if _is_ours(row, places.org)]
    Employer.objects.filter(pk__in=listed).update(listed_on=on)
    taken.matched += _match([*new, *(row for row in known.values() if _is_ours(row, places.org))], at=at)
    taken.new, taken.changed = taken.new + len(new), taken.changed + len(changed)
    taken.refused += len(batch.reasons)
    taken.reasons = (taken.reasons + [list(each) for each in sorted(batch.reasons)])[:MOST_REASONS]
    taken.save()


def _locked(codes: Sequence[str]) -> list[Employer]:
    found = Employer.objects.filter(code__in=codes).order_by("pk").select_for_update(of=("self",))
    return list(found.select_related("place", "union"))


def _is_ours(held: Employer, org: Organisation) -> bool:
    return held.place is None or org.holds(held.place)


def _fill(row: Employer, told: Listed, place: Organisation) -> Employer:
    """Set what a row tells; an empty cell leaves what is known."""
    row.name, row.place = told.name, place
    row.industry, row.contact = told.industry or row.industry, told.contact or row.contact
    row.workers = row.workers if told.workers is None else told.workers
    if told.phone:
        sealed = sealed_field(Employer, "phone").seal(told.phone)
        row.phone = row.phone if sealed and is_same(row.phone, sealed) else sealed
    return row


def _differs(held: Employer, told: Listed, place: Organisation) -> bool:
    before = [getattr(held, name) for name in TOLD]
    phone = held.phone
    after = _fill(held, told, place)
    return before != [getattr(after, name) for name in TOLD] or after.phone is not phone


def _match(rows: Sequence[Employer], *, at: datetime) -> int:
    """Note the unions that stand already under an employer's name, and close its leads; return how many."""
    found = unions_by_name([row for row in rows if row.union_id is None and row.matched != Match.APART])
    for row in rows:
        union = found.get(row.pk)
        if union is not None and row.place is not None:
            Employer.objects.filter(pk=row.pk).update(union=union, matched=Match.NAME)
            leads.close_covered([row], union, row.place, at=at)
    return len(found)


def unmatch(employer: Employer, *, by: Actor, at: datetime) -> Employer:
    """Remember that a union of a like name is not this employer's; raises Refused."""
    with transaction.atomic():
        row = Employer.objects.select_for_update(of=("self",)).select_related("place", "union").get(pk=employer.pk)
        if row.place is None or row.union is None or row.matched != Match.NAME:
            raise Refused.because("只有按名称对上的可以取消")
        require(by, Permission.EDIT, at=row.place)
        union = row.union
        row.union, row.matched = None, Match.APART
        row.save(update_fields=["union", "matched"])
        text = f"不是同一家：{row.name}与{union}"
        trail.record("unmatch", row, by=by, at=at, summary=text, organisation_id=row.place_id)
    return row


def finish(taken: EmployerList, *, by: Actor, at: datetime, problem: str = "") -> None:
    """Note that a list is through, or why it could not be read, and delete its file, in the caller's transaction."""
    taken.done_at, taken.problem = at, problem[:300]
    taken.save(update_fields=["done_at", "problem"])
    drop_file(taken, at=at)
    told = problem or f"新增{taken.new}家，更新{taken.changed}家，未采用{taken.refused}行"
    text = f"用人单位名单{taken.file_name}：{told}"
    trail.record("finish", taken, by=by, at=at, summary=text, organisation_id=taken.organisation_id)


def drop_file(taken: EmployerList, *, at: datetime) -> None:
    """Delete the file of a list, in the caller's transaction."""
    kept, taken.file = taken.file, None
    taken.save(update_fields=["file"])
    if kept is not None:
        files.discard(kept, at=at)


def with_old_files(*, at: datetime) -> QuerySet[EmployerList]:
    """Return the lists that nobody finished reading, whose file is to go."""
    limit = at - timedelta(days=days_of("organising.EmployerList.file"))
    return EmployerList.objects.filter(file__isnull=False, made_at__lt=limit).select_related("file").order_by("pk")


def forget_contacts(on: date, *, most: int) -> int:
    """Erase contacts of employers that stood on no list for as long as `privacy.toml` says; return how many."""
    limit = on - timedelta(days=days_of("organising.Employer.contact"))
    old = Employer.objects.filter(listed_on__lt=limit).exclude(contact="", phone__isnull=True)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:most])
    return Employer.objects.filter(pk__in=keys).update(contact="", phone=None)
