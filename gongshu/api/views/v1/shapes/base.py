"""What every resource shares: paging, short forms, texts that can be stored."""

from collections.abc import Iterable
from typing import Annotated, Any

from ninja import Path, Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from gongshu.api.queries.paging import MOST, USUAL, Place
from gongshu.core.orgs.models import Organisation

LARGEST = 2**63 - 1


def storable(text: str) -> str:
    """Return a text as it is; raises ValueError for one no database takes."""
    if "\0" in text:
        raise ValueError("NUL")
    return text


def coded(values: Iterable[str]) -> dict[str, Any]:
    """Name the possible values in the description; refusing others, in words, is for the call."""
    return {"enum": [str(value) for value in values]}


Number = Annotated[int, Field(ge=1, le=LARGEST)]
Pk = Annotated[int, Path(ge=1, le=LARGEST, description="编号")]
Short = Annotated[str, StringConstraints(max_length=30), AfterValidator(storable)]
Line = Annotated[str, StringConstraints(max_length=120), AfterValidator(storable)]
Long = Annotated[str, StringConstraints(max_length=300), AfterValidator(storable)]


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


class OrganisationRef(Schema):
    """An organisation, in short."""

    id: int
    name: str

    @classmethod
    def of(cls, org: Organisation) -> "OrganisationRef":
        """Return the short form."""
        return cls(id=org.pk, name=org.name)


class Noted(Told):
    """A step with a note."""

    note: Annotated[str, StringConstraints(max_length=200), AfterValidator(storable)] = Field(
        "", description="原因或说明；有的步骤必填"
    )
