"""Made-up members of 贵州's base unions, applications in the inboxes, moves under way. All are marked 演示."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.utils import timezone

from gongshu.core.base.bulk import put
from gongshu.core.flow.models import OpenItem
from gongshu.core.orgs.enums import Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import of_level
from gongshu.core.people.identity import PersonFacts
from gongshu.core.people.models import Person
from gongshu.core.people.protected import ring
from gongshu.core.trail import actions as trail
from gongshu.demo.stages import Setting
from gongshu.demo.world.load import count_keys_on, items_of, key_after
from gongshu.demo.world.rows import MEMBER_COLUMNS, PERSON_COLUMNS, People
from gongshu.demo.world.shape import Union
from gongshu.members.actions import joining, moving, tallies
from gongshu.members.actions.codes import code_of
from gongshu.members.enums import Form, Source
from gongshu.members.models import JoinCode, Membership

MARK = "演示·"
SEED = 20261121
NUMBER = 39_000_000  # identity numbers no made-up world of twenty million people gets to
COUNTY = "松桃苗族自治县总工会"
HOME, ONE, TWO = "演示·松桃县第2镇总工会", "演示·松桃县第1号企业工会", "演示·松桃县第2号企业工会"
TOWN = "演示·松桃县第1镇总工会"
FIRM, FIRM_WORKERS = "演示·梵净茶业有限公司", 28
HERE_SIZES, THERE_SIZES, EVERY_THERE = (18, 60), (6, 24), 12
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Worker:
    """Somebody a visitor may log in as on the worker's side: phone, name, union, form, what has become of them."""

    phone: str
    name: str
    union: str
    form: str
    state: str


WORKERS = (
    Worker("13800000101", "演示·何小梅", ONE, Form.STAFF, "会员"),
    Worker("13800000102", "演示·田大山", TOWN, Form.RIDER, "入会申请待审批"),
    Worker("13800000103", "演示·龙阿朵", TWO, Form.STAFF, "正转往第1号企业工会"),
    Worker("13800000104", "演示·杨师傅", ONE, Form.TRUCK, "正转往第2号企业工会"),
)
WAITING = {
    ONE: ("演示·石志强", "演示·吴秀英", "演示·麻金花", "演示·冉建国", "演示·罗小军"),
    COUNTY: ("演示·代国平", "演示·唐丽", "演示·滕永红"),
    TOWN: ("演示·侯快递", "演示·黄小虎", "演示·姚远"),
}


def build(setting: Setting) -> str:
    """Fill base unions with made-up members, then let some apply and move through the actions."""
    province = Organisation.objects.get(name="贵州省总工会")
    chance = Random(SEED)  # noqa: S311 - made-up people, not secrets
    first = max(key_after(Person), key_after(Membership))
    due = joining.approval_due(timezone.localdate(setting.at), province)
    makes = People(ring(), first - NUMBER, setting.at, due, chance, first)
    rows = [_marked(row) for union in _unions(province, chance) for row in makes.of(union)]
    home = Organisation.objects.get(name=HOME)
    rows += [_employed(row) for row in makes.of(_union(home, FIRM_WORKERS))]
    put(Person, PERSON_COLUMNS, (person for person, _ in rows))
    put(Membership, MEMBER_COLUMNS, (membership for _, membership in rows))
    OpenItem.objects.bulk_create(items_of([membership for _, membership in rows], setting.at), batch_size=500)
    count_keys_on(Person, Membership)
    tallies.rebuild()
    waiting = _by_hand(setting)
    tallies.refresh_summaries(at=setting.at)
    told = f"会员 {len(rows)} 人（演示），另有 {waiting} 件入会申请、2 件转会在办"
    trail.record("build", province, by=setting.by, at=setting.at, summary=told)
    return told


def _unions(province: Organisation, chance: Random) -> Iterator[Union]:
    """Yield the unions that get members: all of one county, every twelfth elsewhere."""
    county = Organisation.objects.get(name=COUNTY)
    for place, org in enumerate(of_level(province, Level.BASE)):
        if county.holds(org):
            yield _union(org, chance.randint(*HERE_SIZES))
        elif place % EVERY_THERE == 0:
            yield _union(org, chance.randint(*THERE_SIZES))


def _union(org: Organisation, size: int) -> Union:
    return Union(org.pk, org.path, org.depth, 0, org.industry, size)


Row = tuple[tuple[object, ...], tuple[object, ...]]


def _with(row: tuple[object, ...], columns: tuple[str, ...], **values: object) -> tuple[object, ...]:
    return tuple(values.get(column, value) for column, value in zip(columns, row, strict=True))


def _marked(row: Row) -> Row:
    person, membership = row
    name = f"{MARK}{person[PERSON_COLUMNS.index('name')]}"
    return _with(person, PERSON_COLUMNS, name=name), _with(membership, MEMBER_COLUMNS, name=name)


def _employed(row: Row) -> Row:
    """Return somebody of the firm whose workers are in the catch-all home, to show that a union should be founded."""
    person, membership = _marked(row)
    now = {"employer": FIRM, "form": Form.STAFF.value, "state": "active", "due_on": None, "ended_on": None}
    since = membership[MEMBER_COLUMNS.index("applied_at")]
    joined = membership[MEMBER_COLUMNS.index("joined_on")] or since.date()  # type: ignore[attr-defined]
    return person, _with(membership, MEMBER_COLUMNS, **now, joined_on=joined, since_on=joined)


def _by_hand(setting: Setting) -> int:
    """Put in applications and moves as officers and workers do; return how many applications wait."""
    orgs = {row.name: row for row in Organisation.objects.filter(name__in={ONE, TWO, TOWN, COUNTY})}
    for org in (orgs[ONE], orgs[TOWN]):
        code_of(org, by=setting.by, at=setting.at)
    before = setting.at - AN_HOUR
    held = {}
    for worker in WORKERS:
        facts = PersonFacts(worker.name, phone=worker.phone)
        new = joining.NewMember(facts, worker.form, source=Source.DEMO)
        held[worker.phone] = joining.apply(new, organisation=orgs[worker.union], by=setting.by, at=before)
    first, _, third, fourth = (held[worker.phone] for worker in WORKERS)
    for row in (first, third, fourth):
        joining.approve(row, by=setting.by, at=before)
    moving.ask(third, orgs[ONE], by=setting.by, at=setting.at, note="换了单位")
    moving.ask(fourth, orgs[TWO], by=setting.by, at=setting.at, note="换了单位")
    for name, people in WAITING.items():
        for person in people:
            new = joining.NewMember(PersonFacts(person), Form.STAFF, source=Source.DEMO)
            joining.apply(new, organisation=orgs[name], by=setting.by, at=setting.at)
    return sum(map(len, WAITING.values())) + 1


def table() -> list[tuple[str, str, str]]:
    """Return phone, name and what has become of each worker a visitor may log in as."""
    return [(worker.phone, worker.name, worker.state) for worker in WORKERS]


def join_address() -> str:
    """Return the address that the QR code of the first base union leads to."""
    return f"/join/{JoinCode.objects.get(organisation__name=ONE).code}/"
