"""What the calls of the API take and give. Codes come with their Chinese labels; numbers of persons are masked."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from ninja import Path, Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from gongshu.api.queries.paging import MOST, USUAL, Place
from gongshu.core.orgs.enums import Kind, Level
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.enums import Gender
from gongshu.delivery.machine import ASSIGNMENT
from gongshu.members.actions.lasting import REVEALED
from gongshu.members.actions.named import STEPS as MEMBER_STEPS
from gongshu.members.enums import Form
from gongshu.members.queries.roll import STANDINGS
from gongshu.venues.machine import VENUE
from gongshu.venues.rules.kinds import kinds

LARGEST = 2**63 - 1
VENUE_STEPS = tuple(step.name for step in VENUE.steps)


def _storable(text: str) -> str:
    if "\0" in text:
        raise ValueError("NUL")
    return text


def _coded(values: Iterable[str]) -> dict[str, Any]:
    """Name the possible values in the description; refusing others, in words, is for the call."""
    return {"enum": [str(value) for value in values]}


Number = Annotated[int, Field(ge=1, le=LARGEST)]
Pk = Annotated[int, Path(ge=1, le=LARGEST, description="编号")]
Short = Annotated[str, StringConstraints(max_length=30), AfterValidator(_storable)]
Line = Annotated[str, StringConstraints(max_length=120), AfterValidator(_storable)]
Long = Annotated[str, StringConstraints(max_length=300), AfterValidator(_storable)]


class Told(Schema):
    """What a caller tells; unknown names are refused, so that a slip in spelling is not passed over in silence."""

    model_config = ConfigDict(extra="forbid")


class Paging(Schema):
    """Which page of a list."""

    cursor: Annotated[str, StringConstraints(max_length=2000)] = Field("", description="上一页给出的 next；第一页不填")
    limit: int = Field(USUAL, ge=1, le=MOST, description=f"每页条数，最多 {MOST}")

    def place(self, request: Any, name: str) -> Place:
        """Return where this page stands; a cursor is good only for the same filters."""
        filters = self.model_dump(exclude={"cursor", "limit"}, mode="json")
        return Place(request.api_key.pk, name, filters, self.cursor, self.limit)


class OrganisationFilters(Paging):
    """Which organisations."""

    under: Number | None = Field(None, description="只看这个组织及其下级")
    level: Short = Field("", description="层级", json_schema_extra=_coded(["", *Level]))
    kind: Short = Field("", description="类别", json_schema_extra=_coded(["", *Kind]))
    name: Line = Field("", description="名称里含有的字")
    with_ended: bool = Field(False, description="是否包括已撤销、合并的")


class OrganisationRef(Schema):
    """An organisation, in short."""

    id: int
    name: str

    @classmethod
    def of(cls, org: Organisation) -> "OrganisationRef":
        """Return the short form."""
        return cls(id=org.pk, name=org.name)


class OrganisationOut(Schema):
    """An organisation."""

    id: int
    name: str
    short_name: str
    level: str
    level_label: str
    kind: str
    kind_label: str
    division_code: str = Field(description="行政区划代码（GB/T 2260）；没有时为空")
    industry: str = Field(description="行业门类（GB/T 4754）；没有时为空")
    parent_id: int | None = Field(description="上一级组织；不在密钥范围内的也给出编号")
    ended_on: date | None = Field(description="撤销日期；未撤销为 null")


class Organisations(Schema):
    """A page of organisations."""

    items: list[OrganisationOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class Rename(Told):
    """A union's new name."""

    name: Line
    short_name: Annotated[str, StringConstraints(max_length=60), AfterValidator(_storable)] = Field(
        "", description="简称；不填的由名称得出"
    )


class MemberFilters(Paging):
    """Which members."""

    organisation: Number | None = Field(None, description="只看这个组织及其下级；不填为密钥所在组织")
    standing: Short = Field("active", description="会籍", json_schema_extra=_coded(dict(STANDINGS)))
    form: Short = Field("", description="就业形态", json_schema_extra=_coded(["", *Form]))
    name: Short = Field("", description="姓名开头；查证件号码、手机号码请用 POST /members/search")


class MemberOut(Schema):
    """A membership. Numbers are masked."""

    id: int
    organisation: OrganisationRef
    destination: OrganisationRef | None = Field(description="转往的工会；没有转会的为 null")
    name: str
    gender: str = Field(description="m 男 f 女 u 未填")
    form: str
    form_label: str
    employer: str
    employer_code: str
    state: str
    state_label: str
    is_real_name: bool = Field(description="已登记有效身份证号码")
    id_number: str = Field(description="身份证号码，隐去中间部分")
    phone: str = Field(description="手机号码，隐去中间部分")
    applied_at: datetime
    joined_on: date | None
    since_on: date | None
    ended_on: date | None
    due_on: date | None = Field(description="办理期限；没有待办的为 null")


class Members(Schema):
    """A page of members."""

    items: list[MemberOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class MemberSearch(Told):
    """A whole number to find somebody by."""

    number: Short = Field(description="完整的身份证号码或手机号码；只写在请求体里，不进地址和日志")


class Application(Told):
    """An application to join. Gender and birth come from the identity number."""

    organisation_id: Number
    name: Annotated[str, StringConstraints(max_length=60), AfterValidator(_storable)]
    id_number: Short = ""
    phone: Short = ""
    gender: Short = Field("u", description="没有身份证号码时填：m 男 f 女 u 未填", json_schema_extra=_coded(Gender))
    form: Short = Field(description="就业形态", json_schema_extra=_coded(Form))
    employer: Line = ""
    employer_code: Annotated[str, StringConstraints(max_length=18), AfterValidator(_storable)] = ""


class Correction(Told):
    """What is put right; what is left out stays."""

    name: Annotated[str, StringConstraints(max_length=60), AfterValidator(_storable)] | None = None
    id_number: Short | None = None
    phone: Short | None = None
    gender: Short | None = None
    form: Short | None = None
    employer: Line | None = None


class Noted(Told):
    """A step with a note."""

    note: Annotated[str, StringConstraints(max_length=200), AfterValidator(_storable)] = Field(
        "", description="原因或说明；有的步骤必填"
    )


class MemberStep(Noted):
    """A step of a membership."""

    step: Short = Field(description="办理哪一步", json_schema_extra=_coded(MEMBER_STEPS))


class VenueStep(Noted):
    """A step of a venue."""

    step: Short = Field(description="办理哪一步", json_schema_extra=_coded(VENUE_STEPS))


class Move(Told):
    """A move to another union."""

    organisation_id: Number
    note: Annotated[str, StringConstraints(max_length=200), AfterValidator(_storable)] = ""


class Reveal(Told):
    """Which number is looked at in the clear, and why."""

    field: Short = Field(description="哪一项", json_schema_extra=_coded(REVEALED))
    reason: Line = Field(description="查看原因，记入留痕")


class Revealed(Schema):
    """A number in the clear."""

    field: str
    value: str


class PlanFilters(Paging):
    """Which plans."""

    year: int | None = Field(None, ge=1949, le=9999, description="年度")
    organisation: Number | None = Field(None, description="哪个组织的部署")


class ItemOut(Schema):
    """A part of a programme."""

    id: int
    name: str


class ProgrammeOut(Schema):
    """A programme."""

    id: int
    name: str
    items: list[ItemOut]


class PlanOut(Schema):
    """A plan with its programmes."""

    id: int
    organisation: OrganisationRef
    title: str
    year: int
    starts_on: date
    ends_on: date
    state: str
    state_label: str
    programmes: list[ProgrammeOut]


class Plans(Schema):
    """A page of plans."""

    items: list[PlanOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class TargetOut(Schema):
    """A target as it stands for the key's organisation: its share, else the whole."""

    id: int
    goal: str = Field(description="数量（十进制数）")
    unit: str
    metric: str = Field(description="统计口径；为空的由报送说明")
    done: int | None = Field(description="已完成，由业务数据算出；算不出的为 null")


class TaskOut(Schema):
    """A task, with how it stands for the key's organisation."""

    id: int
    plan_id: int
    programme_id: int | None
    item_id: int | None
    text: str
    owner_text: str
    due_on: date
    given: int = Field(description="交办给几个单位")
    done: int = Field(description="其中几个已办结")
    status: str
    status_label: str
    targets: list[TargetOut]


class Tasks(Schema):
    """A page of tasks."""

    items: list[TaskOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class AssignmentFilters(Paging):
    """Which assignments."""

    organisation: Number | None = Field(None, description="承办单位")
    task: Number | None = Field(None, description="哪项任务")
    dispatch: Number | None = Field(None, description="哪次下发")
    state: Short = Field("", description="状态", json_schema_extra=_coded(["", *dict(ASSIGNMENT.choices())]))


class AssignmentOut(Schema):
    """A task as given to an organisation or one of its departments."""

    id: int
    task_id: int
    plan_id: int
    dispatch_id: int
    text: str
    issuer: OrganisationRef
    organisation: OrganisationRef
    department: str = Field(description="承办部门；整个单位承办的为空")
    given_on: date
    due_on: date
    state: str
    state_label: str
    status: str
    status_label: str
    needs_report: bool = Field(description="要不要报送；指标由业务数据算出的不用报")
    report: str
    targets: list[TargetOut]


class Assignments(Schema):
    """A page of assignments."""

    items: list[AssignmentOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class Report(Told):
    """What was done, in a line."""

    text: Long


class VenueFilters(Paging):
    """Which venues."""

    organisation: Number | None = Field(None, description="只看这个组织及其下级")
    kind: Short = Field("", description="类型", json_schema_extra=_coded(["", *kinds()]))
    state: Short = Field("", description="状态", json_schema_extra=_coded(["", *dict(VENUE.choices())]))


class SpanOut(Schema):
    """Open on a weekday, 1 Monday … 7 Sunday, from and to HH:MM."""

    day: int
    start: str
    end: str


class VenueOut(Schema):
    """A venue."""

    id: int
    organisation: OrganisationRef
    kind: str
    kind_label: str
    name: str
    address: str
    division_code: str
    phone: str
    hours: str = Field(description="开放时间，一行")
    spans: list[SpanOut]
    equipment: list[str]
    state: str
    state_label: str
    state_reason: str
    opened_on: date | None
    closed_on: date | None
    inspected_on: date | None


class Venues(Schema):
    """A page of venues."""

    items: list[VenueOut]
    next: str = Field(description="下一页的 cursor；最后一页为空")


class NewVenue(Told):
    """A venue to be written down. Its division is taken from the organisation."""

    organisation_id: Number
    kind: Short = Field(description="类型", json_schema_extra=_coded(kinds()))
    name: Annotated[str, StringConstraints(max_length=80), AfterValidator(_storable)]
    address: Annotated[str, StringConstraints(max_length=200), AfterValidator(_storable)] = ""
    phone: Short = Field("", description="值班电话，不填个人手机号")
    hours: Long = Field("", description="一行，例：周一至周五 8:30-12:00、14:00-17:30")
    equipment: Annotated[list[Short], Field(max_length=60)] = []


class VenueChange(Told):
    """What changes of a venue; what is left out stays."""

    name: Annotated[str, StringConstraints(max_length=80), AfterValidator(_storable)] | None = None
    address: Annotated[str, StringConstraints(max_length=200), AfterValidator(_storable)] | None = None
    phone: Short | None = None
    hours: Long | None = None
    equipment: Annotated[list[Short], Field(max_length=60)] | None = None
