"""Example objects for every address that names one; a route that takes an argument must have one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

from django.core.files import File
from django.db.models import Model
from django.utils import timezone

from gongshu.api.actions import hooks
from gongshu.api.models import ApiKey, Hook
from gongshu.core.base.sealing import SealedWriter
from gongshu.core.exports.models import Export
from gongshu.core.files.actions import keep
from gongshu.core.files.models import Attachment
from gongshu.core.jobs import actions as jobs
from gongshu.core.jobs.housekeeping import seal_trail
from gongshu.core.messages import actions as messages
from gongshu.core.messages.models import Message
from gongshu.core.people.protected import ring
from gongshu.delivery import actions as delivery
from gongshu.delivery.actions.supervision import NoticeOrder, answer_notice, supervise
from gongshu.delivery.enums import Receivers, ReportKind
from gongshu.delivery.models import Assignment, Plan, SupervisionNotice, WorkReport
from gongshu.delivery.queries.supervision import Matter
from gongshu.demo.documents import SAMPLES
from gongshu.intake import actions as intake
from gongshu.intake.models import Document
from gongshu.meetings.actions import record_meeting
from gongshu.members.actions.codes import code_of
from gongshu.officers.actions import duties
from gongshu.officers.rules import Doing
from gongshu.organising.actions import terms
from gongshu.organising.models import Vacancy
from gongshu.organising.rules.terms import Departure
from gongshu.venues import actions as venues
from gongshu.venues.rules.checks import Finding
from tests.api.samples import hook, key
from tests.meetings.makers import PLENARY
from tests.members.samples import member, twins
from tests.officers import samples as officers
from tests.organising import samples as unions
from tests.rosters.samples import received, row
from tests.venues.samples import opened
from tests.worlds import BUILDER, NOW, World

KEPT = timedelta(days=7)
COUNTY, CITY, SISTER = "松桃苗族自治县总", "铜仁市总", "贵阳市总"
Arguments = Mapping[str, object]


@dataclass(frozen=True)
class Example:
    """How an address is filled in, for whose eyes, and whether a sister union's officer may see it too."""

    fill: Callable[[World], Arguments]
    org: str = COUNTY
    role: str = "office"
    is_shared: bool = False


def _picture(world: World, org: str) -> Attachment:
    return keep(File(BytesIO(b"\x89PNG\r\n\x1a\n"), name="门口.png"), by=world.actor(org))


def _venue(world: World) -> Arguments:
    return {"pk": opened(world).pk}


def _remedy(world: World) -> Arguments:
    found = [Finding("shower", False)]
    row = venues.inspect(opened(world), found, note="坏了", due_on=None, by=world.actor(CITY), at=NOW)
    return {"pk": row.remedy.pk}


def _photo(world: World) -> Arguments:
    venue, by = opened(world), world.actor(COUNTY)
    venues.set_photo(venue, _picture(world, COUNTY), by=by, at=NOW)
    return {"pk": venue.pk}


def _post(world: World) -> Arguments:
    return {"pk": world.account(COUNTY).appointments.get().pk}


def _message(world: World) -> Arguments:
    messages.tell([world.account(COUNTY)], subject="请知悉", at=NOW)
    return {"pk": Message.objects.get().pk}


def _job(world: World) -> Arguments:
    return {"pk": jobs.enqueue(seal_trail, by=world.actor(COUNTY)).pk}


def _export(world: World) -> Arguments:
    row = Export.objects.create(
        account=world.account(COUNTY), title="组织", asked_at=NOW, ready_at=NOW, kept_until=timezone.now() + KEPT
    )
    row.location.parent.mkdir(exist_ok=True)
    with row.location.open("wb") as file:
        sealed = SealedWriter(file, ring(), row.sealed_name)
        sealed.write(b"PK")
        sealed.finish()
    return {"pk": row.pk}


def _plan(world: World) -> Plan:
    drafted = delivery.PlanDraft(
        title="重点工作",
        organisation=world.org(CITY),
        year=NOW.year,
        starts_on=date(NOW.year, 1, 1),
        ends_on=date(NOW.year, 12, 31),
        programmes=[delivery.ProgrammeDraft("五个年", ["司机之家"])],
        tasks=[
            delivery.TaskDraft("建立10个“司机之家”", quantities=[(10, "个")], programme="五个年", item="司机之家"),
            delivery.TaskDraft("开展“五讲五进”宣讲"),
        ],
    )
    return delivery.make_plan(drafted, by=world.actor(CITY), at=NOW)


def _assignment(world: World) -> Assignment:
    """Return the county's assignment of a task no metric shows."""
    task = _plan(world).tasks.get(text__contains="宣讲")
    order = delivery.DispatchOrder(Receivers.CHILDREN, date(NOW.year, 6, 30), "form")
    delivery.give(task, order, by=world.actor(CITY), at=NOW)
    return task.assignments.get(organisation=world.org(COUNTY))


def _reported(world: World) -> Arguments:
    row, by = _assignment(world), world.actor(COUNTY)
    delivery.sign(row, by=by, at=NOW)
    delivery.report(row, "已办", attachment=_picture(world, COUNTY), by=by, at=NOW)
    return {"pk": row.pk}


def _notice(world: World) -> SupervisionNotice:
    """Return the city's notice to the county about its assignment, sent the day after it was due."""
    row, late = _assignment(world), NOW + timedelta(days=121)
    matter = Matter(world.org(COUNTY), row.task.plan, row.task.programme, row.task)
    order = NoticeOrder([matter], "请抓紧办理。", late.date() + timedelta(days=20))
    return supervise(order, by=world.actor(CITY), at=late).sent[0]


def _answered(world: World) -> Arguments:
    notice = _notice(world)
    picture, late = _picture(world, COUNTY), NOW + timedelta(days=122)
    answer_notice(notice, "已办结", attachment=picture, by=world.actor(COUNTY), at=late)
    return {"pk": notice.pk}


def _report(world: World) -> int:
    row = WorkReport.objects.create(
        organisation=world.org(CITY),
        kind=ReportKind.values[0],
        year=NOW.year,
        version=1,
        title="半年报告",
        until=NOW.date(),
        counted_at=NOW,
        docx=_picture(world, CITY),
    )
    return row.pk


def _cell(world: World) -> Arguments:
    plan = _assignment(world).task.plan
    return {"plan": plan.pk, "programme": plan.programmes.get().pk, "org": world.org(COUNTY).pk}


def _part(of: Callable[[Plan], Model]) -> Example:
    return Example(lambda world: {"pk": of(_plan(world)).pk}, org=CITY)


def _document(world: World) -> Document:
    sample = min(SAMPLES.glob("*.txt"))
    received = intake.Received(sample.read_bytes(), sample.name)
    return intake.receive(received, organisation=world.org(CITY), by=world.actor(CITY), at=NOW)


def _meeting(world: World) -> Arguments:
    source = _picture(world, CITY)
    row = record_meeting(PLENARY, organisation=world.org(CITY), source=source, by=world.actor(CITY), at=NOW)
    return {"pk": row.pk}


def _member(world: World) -> Arguments:
    return {"pk": member(world, order=11, phone="13800001111").pk}


def _join_code(world: World) -> Arguments:
    return {"code": code_of(world.org(COUNTY), by=world.actor(COUNTY), at=NOW).code}


def _pair(world: World) -> Arguments:
    return {"pk": twins(world, "碧江区1号企业").pk}


PAIR = Example(_pair, org=CITY)
JOINING = Example(_join_code, is_shared=True)
KEEPER = {"org": CITY, "role": "member_officer"}


def _founding(world: World) -> Arguments:
    return {"pk": unions.applied(world).pk}


def _ending(world: World) -> Arguments:
    return {"pk": unions.merging(world).pk}


def _relocation(world: World) -> Arguments:
    return {"pk": unions.moving_away(world).pk}


def _guidance(world: World) -> Arguments:
    return {"pk": unions.guiding_asked(world).pk}


def _vacancy(world: World) -> Vacancy:
    committee = unions.elected(world)
    left = committee.holdings.get(name="张一")
    return terms.leave(left, Departure("retired", NOW.date()), by=world.actor(CITY), at=NOW)


def _done_duty(world: World) -> Arguments:
    row, by = officers.duty(world), world.actor(COUNTY)
    doing = Doing(NOW.date(), "已办", has_file=True)
    return {"pk": duties.finish(row, doing, attachment=_picture(world, COUNTY), by=by, at=NOW).pk}


def _lead(world: World) -> Arguments:
    return {"pk": unions.lead(world).pk}


EMPLOYER = Example(lambda world: {"pk": unions.employer(world).pk})
ROSTER = Example(lambda world: {"pk": received(world, [row(1)]).pk})
LIST = Example(lambda world: {"pk": unions.taken(world, [("梵净制衣有限公司", "错码")]).pk})


def _key(world: World) -> ApiKey:
    return key(world)[0]


def _hook(world: World) -> Hook:
    return hook(world, _key(world))


def _delivery(world: World) -> Arguments:
    return {"pk": hooks.ping(_hook(world), by=BUILDER, at=NOW).pk}


ADMIN = {"org": CITY, "role": "admin"}
KEY = Example(lambda world: {"pk": _key(world).pk}, **ADMIN)
HOOK = Example(lambda world: {"pk": _hook(world).pk}, **ADMIN)
PLAN, TASK = _part(lambda plan: plan), _part(lambda plan: plan.tasks.first())
TARGET = _part(lambda plan: plan.tasks.first().targets.get())
PROGRAMME = _part(lambda plan: plan.programmes.get())
ITEM = _part(lambda plan: plan.programmes.get().items.get())
COURSE = Example(lambda world: {"pk": officers.planned(world).pk})
DUTY = Example(lambda world: {"pk": officers.duty(world).pk})
ASSIGNMENT = Example(lambda world: {"pk": _assignment(world).pk})
ISSUED = Example(lambda world: {"pk": _assignment(world).pk}, org=CITY)
DOCUMENT = Example(lambda world: {"pk": _document(world).pk}, org=CITY)
MEETING = Example(_meeting, org=CITY)
EXAMPLES: dict[str, Example] = {
    "desk:org": Example(lambda world: {"pk": world.org(COUNTY).pk}),
    "desk:wall_of": Example(lambda world: {"pk": world.org(COUNTY).pk}),
    "desk:appointment": Example(_post, **ADMIN),
    "desk:end_appointment": Example(_post, **ADMIN),
    "desk:appoint_again": Example(_post, **ADMIN),
    "desk:reset_password": Example(_post, **ADMIN),
    "desk:instrument": Example(lambda world: {"instrument": "trade-union-law"}, is_shared=True),
    "members:member": Example(_member),
    "members:edit": Example(_member),
    "members:move": Example(_member),
    "members:reveal": Example(_member, **KEEPER),
    "members:pair": PAIR,
    "members:merge_pair": PAIR,
    "members:undo_merge": PAIR,
    "members:judge_pair": Example(lambda world: {**_pair(world), "name": "apart"}, org=CITY),
    "members:step": Example(lambda world: {**_member(world), "name": "keep"}),
    "venues:venue": Example(_venue),
    "venues:edit": Example(_venue),
    "venues:photo": Example(_photo),
    "venues:inspect": Example(_venue, org=CITY),
    "venues:step": Example(lambda world: {**_venue(world), "name": "suspend"}),
    "venues:finish_remedy": Example(_remedy),
    "jobs:job": Example(_job),
    "jobs:cancel": Example(_job),
    "exports:file": Example(_export),
    "join:union": JOINING,
    "join:about": JOINING,
    "join:agree": JOINING,
    "messages:read": Example(_message),
    "delivery:plan": PLAN,
    "delivery:edit_plan": PLAN,
    "delivery:plan_step": Example(lambda world: {"pk": _plan(world).pk, "name": "close"}, org=CITY),
    "delivery:add_programme": PLAN,
    "delivery:add_item": PROGRAMME,
    "delivery:drop_programme": PROGRAMME,
    "delivery:drop_item": ITEM,
    "delivery:new_task": PLAN,
    "delivery:task": TASK,
    "delivery:edit_task": TASK,
    "delivery:drop_task": TASK,
    "delivery:give": TASK,
    "delivery:new_target": TASK,
    "delivery:edit_target": TARGET,
    "delivery:bind": TARGET,
    "delivery:drop_target": TARGET,
    "delivery:split": TARGET,
    "delivery:unsplit": TARGET,
    "delivery:assignment": ASSIGNMENT,
    "delivery:sign": ASSIGNMENT,
    "delivery:report": ASSIGNMENT,
    "delivery:send_back": ISSUED,
    "delivery:accept": ISSUED,
    "delivery:withdraw": ISSUED,
    "delivery:attachment": Example(_reported),
    "delivery:cell": Example(_cell, org=CITY),
    "delivery:notice": Example(lambda world: {"pk": _notice(world).pk}),
    "delivery:answer_notice": Example(lambda world: {"pk": _notice(world).pk}),
    "delivery:notice_step": Example(lambda world: {"pk": _notice(world).pk, "name": "withdraw"}, org=CITY),
    "delivery:notice_attachment": Example(_answered),
    "delivery:report_made": Example(lambda world: {"pk": _report(world)}, org=CITY),
    "delivery:report_file": Example(lambda world: {"pk": _report(world), "form": "docx"}, org=CITY),
    "organising:founding": Example(_founding),
    "organising:edit_founding": Example(_founding),
    "organising:founding_step": Example(lambda world: {**_founding(world), "name": "submit"}),
    "organising:employer": EMPLOYER,
    "organising:assign_employer": EMPLOYER,
    "organising:employer_contact": EMPLOYER,
    "organising:unmatch_employer": EMPLOYER,
    "organising:employer_list": LIST,
    "organising:employer_list_refused": LIST,
    "organising:lead": Example(_lead),
    "organising:lead_step": Example(lambda world: {**_lead(world), "name": "visit"}),
    "organising:ending": Example(_ending),
    "organising:ending_step": Example(lambda world: {**_ending(world), "name": "submit"}),
    "organising:relocation": Example(_relocation, org="碧江区总"),
    "organising:relocation_step": Example(lambda world: {**_relocation(world), "name": "submit"}),
    "organising:guidance": Example(_guidance),
    "organising:guidance_step": Example(lambda world: {**_guidance(world), "name": "withdraw"}),
    "organising:committee": Example(lambda world: {"pk": unions.elected(world).pk}),
    "organising:put_off": Example(lambda world: {"pk": unions.elected(world).pk}),
    "organising:leave": Example(lambda world: {"pk": unions.elected(world).holdings.get(name="张一").pk}),
    "organising:fill": Example(lambda world: {"pk": _vacancy(world).pk}),
    **{f"rosters:{name}": ROSTER for name in ("roster", "match", "confirm", "go_on", "drop", "refused")},
    "officers:person": Example(lambda world: {"pk": unions.elected(world).holdings.get(name="张一").pk}),
    "officers:course": COURSE,
    "officers:edit_course": COURSE,
    "officers:roll": COURSE,
    "officers:course_step": Example(lambda world: {"pk": officers.planned(world).pk, "name": "cancel"}),
    "officers:duty": DUTY,
    "officers:finish": DUTY,
    "officers:duty_step": Example(lambda world: {"pk": officers.duty(world).pk, "name": "drop"}),
    "officers:attachment": Example(_done_duty),
    "api:key": KEY,
    "api:revoke": KEY,
    "api:new_hook": KEY,
    "api:hook": HOOK,
    "api:hook_act": Example(lambda world: {"pk": _hook(world).pk, "name": "pause"}, **ADMIN),
    "api:send_again": Example(_delivery, **ADMIN),
    "intake:review": DOCUMENT,
    "intake:save": DOCUMENT,
    "intake:compare": DOCUMENT,
    "intake:confirm": DOCUMENT,
    "intake:drop": DOCUMENT,
    "intake:restore": DOCUMENT,
    "intake:source": DOCUMENT,
    "meetings:meeting": MEETING,
    "meetings:edit": MEETING,
    "meetings:source": MEETING,
}
