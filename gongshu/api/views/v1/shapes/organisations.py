"""Organisations, as calls take and give them."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from gongshu.api.views.v1.shapes.base import Line, Number, Paging, Short, Told, coded, storable
from gongshu.core.orgs.enums import Kind, Level


class OrganisationFilters(Paging):
    """Which organisations."""

    under: Number | None = Field(None, description="只看这个组织及其下级")
    level: Short = Field("", description="层级", json_schema_extra=coded(["", *Level]))
    kind: Short = Field("", description="类别", json_schema_extra=coded(["", *Kind]))
    name: Line = Field("", description="名称里含有的字")
    with_ended: bool = Field(False, description="是否包括已撤销、合并的")


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
    """What a union is called from now on; what is left out stays."""

    name: Line = ""
    short_name: Annotated[str, StringConstraints(max_length=60), AfterValidator(storable)] = Field(
        "", description="简称"
    )
