"""Members over the API."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from django.utils import timezone
from ninja import Query, Router

from gongshu.api.views.v1.calls import ApiRequest, asks, changes, reads, unchanged, writes
from gongshu.api.views.v1.places import place_to, reached
from gongshu.api.views.v1.shapes.base import OrganisationRef, Pk
from gongshu.api.views.v1.shapes.members import (
    Application,
    Correction,
    MemberFilters,
    MemberOut,
    Members,
    MemberSearch,
    MemberStep,
    Move,
    Reveal,
    Revealed,
)
from gongshu.core.base.identity import normal_number
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.people.enums import Gender
from gongshu.core.people.identity import PersonFacts
from gongshu.members.actions import joining, lasting, moving
from gongshu.members.actions.named import STEPS
from gongshu.members.enums import Form, Permission
from gongshu.members.models import Membership
from gongshu.members.queries import roll
from gongshu.members.queries.scope import member_for, scope_for

router = Router(tags=["会员"])
NOT_HERE = "证件号码、手机号码不能写在地址里，请用 POST /api/v1/members/search"


def one(row: Membership) -> MemberOut:
    """Return one membership, its numbers masked."""
    person = row.person
    return MemberOut(
        id=row.pk,
        organisation=OrganisationRef.of(row.organisation),
        destination=OrganisationRef.of(row.destination) if row.destination else None,
        name=row.name,
        gender=row.gender,
        form=row.form,
        form_label=row.get_form_display(),
        employer=row.employer,
        employer_code=row.employer_code,
        state=row.state,
        state_label=row.state_label,
        is_real_name=row.is_real_name,
        id_number=person.id_number.masked() if person.id_number else "",
        phone=person.phone.masked() if person.phone else "",
        applied_at=row.applied_at,
        joined_on=row.joined_on,
        since_on=row.since_on,
        ended_on=row.ended_on,
        due_on=row.due_on,
    )


def _shown(rows: Sequence[Membership]) -> list[MemberOut]:
    found = list(rows)
    prefetch_related_objects(found, "person", "destination")
    return [one(row) for row in found]


def _wanted(filters: MemberFilters) -> roll.Wanted:
    problems = []
    if filters.standing not in dict(roll.STANDINGS):
        problems.append(Problem(f"standing 只能是：{'、'.join(dict(roll.STANDINGS))}", field="standing"))
    if filters.form and filters.form not in Form.values:
        problems.append(Problem(f"form 只能是：{'、'.join(Form.values)}", field="form"))
    wanted = roll.Wanted(filters.standing, filters.form, filters.name.strip())
    if wanted.is_number:
        problems.append(Problem(NOT_HERE, field="name"))
    if problems:
        raise Refused(problems)
    return wanted


@reads(
    router,
    "/members",
    needs=Permission.SEE,
    gives=Members,
    says="会员名册：逐页列出会员：不填姓名的按工会顺序，填了的按姓名。号码隐去中间部分",
)
def members(request: ApiRequest, wanted: Query[MemberFilters]) -> Members:
    """List members, a page at a time."""
    scope = scope_for(request.actor, Permission.SEE, str(wanted.organisation or ""))
    place = wanted.place(request, "members")
    after = place.after()
    page = roll.page(scope, _wanted(wanted), roll.Cursor.read(after) if after else None, place.limit)
    following = place.cursor_at(str(page.following)) if page.following else ""
    return Members(items=_shown(page.rows), next=following)


@asks(
    router,
    "/members/search",
    needs=Permission.SEE,
    gives=Members,
    says="按号码查会员：按完整的身份证号码或手机号码查是否为会员。号码只在请求体里，不保存",
)
def search_members(request: ApiRequest, told: MemberSearch) -> Members:
    """Find members by a whole number, which stands in the body alone."""
    wanted = roll.Wanted(text=normal_number(told.number))
    if not wanted.is_number:
        raise Refused.because("请填写完整的身份证号码（18 位）或手机号码（11 位）", field="number")
    page = roll.page(scope_for(request.actor, Permission.SEE), wanted, None)
    return Members(items=_shown(page.rows), next="")


@reads(router, "/members/{pk}", needs=Permission.SEE, gives=MemberOut, says="一个会员：读取一个会员，号码隐去中间部分")
def member(request: ApiRequest, pk: Pk) -> MemberOut:
    """Show one member."""
    return one(member_for(request.actor, Permission.SEE, pk))


@writes(
    router,
    "/members",
    needs=Permission.EDIT,
    gives=MemberOut,
    says="登记入会申请：代为提出入会申请，进入该工会的待办；批准另办（approve）",
    makes="member",
)
def apply(request: ApiRequest, told: Application) -> MemberOut:
    """Put in an application for somebody."""
    place = place_to(request.actor, Permission.EDIT, told.organisation_id)
    if told.gender not in Gender.values:
        raise Refused.because(f"gender 只能是：{'、'.join(Gender.values)}", field="gender")
    person = PersonFacts(told.name, normal_number(told.id_number), told.phone, told.gender)
    new = joining.NewMember(person, told.form, told.employer, told.employer_code)
    row = joining.apply(new, organisation=place, by=request.actor, at=timezone.now())
    return one(row)


@changes(
    router,
    "/members/{pk}",
    needs=Permission.EDIT,
    gives=MemberOut,
    says="更正会员信息：更正姓名、号码、就业形态、用人单位；没有写的不变",
)
def correct(request: ApiRequest, pk: Pk, told: Correction) -> MemberOut:
    """Correct what is told of a member."""
    row = unchanged(request, member_for(request.actor, Permission.EDIT, pk), one)
    if told.gender is not None and told.gender not in Gender.values:
        raise Refused.because(f"gender 只能是：{'、'.join(Gender.values)}", field="gender")
    person = PersonFacts(
        row.name if told.name is None else told.name,
        normal_number(told.id_number or ""),
        told.phone or "",
        row.gender if told.gender is None else told.gender,
    )
    form = row.form if told.form is None else told.form
    employer = row.employer if told.employer is None else told.employer
    return one(lasting.correct(row, person, form=form, employer=employer, by=request.actor, at=timezone.now()))


@writes(
    router,
    "/members/{pk}/steps",
    needs=Permission.EDIT,
    gives=MemberOut,
    says="办理会籍：办理一步 review approve refuse withdraw release keep_here accept send_back stop_move "
    "keep resume park settle leave expel end；要写原因的写在 note",
)
def take_member_step(request: ApiRequest, pk: Pk, told: MemberStep) -> MemberOut:
    """Take a step of a membership."""
    row = member_for(request.actor, Permission.SEE, pk)
    if told.step not in STEPS:
        raise Refused.because(f"step 只能是：{'、'.join(STEPS)}", field="step")
    return one(STEPS[told.step](row, told.note.strip(), request.actor, timezone.now()))


@writes(
    router,
    "/members/{pk}/moves",
    needs=Permission.EDIT,
    gives=MemberOut,
    says="申请转会：提出转到另一个工会，对方接收后转入",
)
def move(request: ApiRequest, pk: Pk, told: Move) -> MemberOut:
    """Ask for a move to another union."""
    row = member_for(request.actor, Permission.SEE, pk)
    goal = reached(told.organisation_id)
    return one(moving.ask(row, goal, by=request.actor, at=timezone.now(), note=told.note.strip()))


@asks(
    router,
    "/members/{pk}/reveal",
    needs=Permission.REVEAL,
    gives=Revealed,
    says="查看完整号码：写明原因查看一个完整号码；何时、谁、为什么记入留痕，答复不缓存、不保存",
)
def reveal_number(request: ApiRequest, pk: Pk, told: Reveal) -> Revealed:
    """Show one number in the clear; who, which and why go into the trail."""
    row = member_for(request.actor, Permission.REVEAL, pk)
    value = lasting.reveal(row, told.field, reason=told.reason, by=request.actor, at=timezone.now())
    return Revealed(field=told.field, value=value)
