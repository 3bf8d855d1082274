"""What the ledger knows of the people of some rows, and what therefore becomes of each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from gongshu.core.access.actor import Actor, can
from gongshu.core.people.identity import ANOTHER_NAME
from gongshu.core.people.models import Person
from gongshu.core.people.protected import sealed_field
from gongshu.members.enums import LIVE_STATES, PENDING_STATES, Permission
from gongshu.members.models import Membership
from gongshu.rosters.enums import Verdict

AT_ONCE = 2_000
PAIRS = 400


@dataclass(slots=True)
class Asked:
    """What is asked of one row: who, where, and what is told of them.

    `blinds` are the indexes of the identity number, the first one under the active key; `phone` is the number as it is.
    """

    name: str
    organisation_id: int
    form: str
    employer: str
    employer_code: str
    blinds: Sequence[bytes] = ()
    phone: str = ""

    @property
    def phones(self) -> Sequence[bytes]:
        """Return the indexes of the phone under every key."""
        return sealed_field(Person, "phone").blinds(self.phone) if self.phone else ()


@dataclass(frozen=True)
class Judged:
    """What becomes of a row: a verdict with the sentence for it, and whom the ledger knows."""

    verdict: str
    reason: str = ""
    field: str = ""
    person_id: int | None = None
    membership_id: int | None = None


NEW = Judged(Verdict.NEW)
APPLYING = "此人的入会申请正在审批，请先在“入会审批”里办理"


@dataclass
class Known:
    """What was found of persons: by index of the identity number, and memberships by person and by union and name."""

    persons: dict[bytes, tuple[int, str, bytes | None]] = field(default_factory=dict)
    of_person: dict[int, Membership] = field(default_factory=dict)
    namesakes: dict[tuple[int, str], list[Membership]] = field(default_factory=lambda: defaultdict(list))


def judged(rows: Sequence[Asked], actor: Actor) -> list[Judged]:
    """Return what becomes of each row as the ledger stands now; some queries for each two thousand rows."""
    found: list[Judged] = []
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        known = _known(some)
        found += [_judge(row, known, actor) for row in some]
    return found


def _known(rows: Sequence[Asked]) -> Known:
    known = Known()
    blinds = [blind for row in rows for blind in row.blinds]
    if blinds:
        columns = ("id_index", "pk", "name", "phone_index")
        for index, pk, name, phone in Person.objects.filter(id_index__among=blinds).values_list(*columns):
            known.persons[bytes(index)] = (pk, name, bytes(phone) if phone is not None else None)
    if known.persons:
        keys = [pk for pk, _, _ in known.persons.values()]
        live = Membership.objects.filter(person__in=keys, state__in=LIVE_STATES).select_related("organisation")
        known.of_person = {row.person_id: row for row in live}
    _namesakes(known, [row for row in rows if not row.blinds])
    return known


def _namesakes(known: Known, rows: Sequence[Asked]) -> None:
    """Find members of the rows' unions with their names, for rows without an identity number."""
    pairs = sorted({(row.organisation_id, row.name) for row in rows})
    for start in range(0, len(pairs), PAIRS):
        keys = _of_pairs(pairs[start : start + PAIRS])
        for found in Membership.objects.filter(pk__in=keys, state__in=LIVE_STATES).select_related("person"):
            known.namesakes[found.organisation_id, found.name].append(found)


def _of_pairs(pairs: Sequence[tuple[int, str]]) -> list[int]:
    """Return the keys of the memberships with a union and a name; one way along the index of the roll."""
    marks = ", ".join(["(%s, %s)"] * len(pairs))
    sql = f"SELECT id FROM {Membership._meta.db_table} WHERE (organisation_id, name) IN (VALUES {marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for pair in pairs for value in pair])
        return [row[0] for row in cursor.fetchall()]


def _judge(row: Asked, known: Known, actor: Actor) -> Judged:
    if not row.blinds:
        return _by_name(row, known.namesakes.get((row.organisation_id, row.name), ()))
    person = next((known.persons[blind] for blind in row.blinds if blind in known.persons), None)
    if person is None:
        return NEW
    pk, name, phone = person
    if name != row.name:
        return Judged(Verdict.REFUSED, ANOTHER_NAME.message, "id_number")
    held = known.of_person.get(pk)
    if held is None:
        return Judged(Verdict.KNOWN, person_id=pk)
    if held.organisation_id != row.organisation_id:
        return Judged(Verdict.ELSEWHERE, _where(held, actor), "union", pk, held.pk)
    return _here(row, held, phone)


def _by_name(row: Asked, found: Iterable[Membership]) -> Judged:
    """Judge a row without an identity number: somebody here with the name and the phone, if one is told."""
    for held in found:
        phone = held.person.phone_index
        if not row.phones or (phone is not None and bytes(phone) in row.phones):
            return _here(row, held, None)
    return NEW


def _here(row: Asked, held: Membership, phone: bytes | None) -> Judged:
    if held.state in PENDING_STATES:
        return Judged(Verdict.REFUSED, APPLYING, "name", held.person_id, held.pk)
    told = {"就业形态": (row.form, held.form), "用人单位": (row.employer, held.employer)}
    told["统一社会信用代码"] = (row.employer_code, held.employer_code)
    other = [label for label, (new, old) in told.items() if new and new != old]
    if row.blinds and row.phones and phone not in row.phones:
        other.append("手机号码")
    verdict = Verdict.CHANGED if other else Verdict.SAME
    return Judged(verdict, "、".join(other), "", held.person_id, held.pk)


def _where(held: Membership, actor: Actor) -> str:
    """Say that a membership is elsewhere; where, only to whom may see it there."""
    where = held.organisation.name if can(actor, Permission.SEE, at=held.organisation) else "其他工会"
    if held.state in PENDING_STATES:
        return f"此人已向{where}提出入会申请，一人一籍"
    return f"此人的会籍在{where}，一人一籍；到本会工作的，请办理转会"
