"""Members, as calls take and give them; numbers are masked."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from gongshu.api.views.v1.shapes.base import (
    Line,
    Noted,
    Number,
    OrganisationRef,
    Paging,
    Short,
    Told,
    coded,
    storable,
)
from gongshu.core.people.enums import Gender
from gongshu.members.actions.lasting import REVEALED
from gongshu.members.actions.named import STEPS as MEMBER_STEPS
from gongshu.members.enums import Form
from gongshu.members.queries.roll import STANDINGS


class MemberFilters(Paging):
    """Which members."""

    organisation: Number | None = Field(None, description="只看这个组织及其下级；不填为密钥所在组织")
    standing: Short = Field("active", description="会籍", json_schema_extra=coded(dict(STANDINGS)))
    form: Short = Field("", description="就业形态", json_schema_extra=coded(["", *Form]))
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
    name: Annotated[str, StringConstraints(max_length=60), AfterValidator(storable)]
    id_number: Short = ""
    phone: Short = ""
    gender: Short = Field("u", description="没有身份证号码时填：m 男 f 女 u 未填", json_schema_extra=coded(Gender))
    form: Short = Field(description="就业形态", json_schema_extra=coded(Form))
    employer: Line = ""
    employer_code: Annotated[str, StringConstraints(max_length=18), AfterValidator(storable)] = ""


class Correction(Told):
    """What is put right; what is left out stays."""

    name: Annotated[str, StringConstraints(max_length=60), AfterValidator(storable)] | None = None
    id_number: Short | None = None
    phone: Short | None = None
    gender: Short | None = None
    form: Short | None = None
    employer: Line | None = None


class MemberStep(Noted):
    """A step of a membership."""

    step: Short = Field(description="办理哪一步", json_schema_extra=coded(MEMBER_STEPS))


class Move(Told):
    """A move to another union."""

    organisation_id: Number
    note: Annotated[str, StringConstraints(max_length=200), AfterValidator(storable)] = ""


class Reveal(Told):
    """Which number is looked at in the clear, and why."""

    field: Short = Field(description="哪一项", json_schema_extra=coded(REVEALED))
    reason: Line = Field(description="查看原因，记入留痕")


class Revealed(Schema):
    """A number in the clear."""

    field: str
    value: str
