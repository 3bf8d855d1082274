"""What this line of work can count: from the counters where it must be quick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Func, IntegerField, QuerySet
from django.db.models.expressions import Combinable

from gongshu.core.metrics.metric import Dim, Metric, Total
from gongshu.core.orgs.enums import Industry, Level
from gongshu.core.people.enums import Gender
from gongshu.members.enums import NEW_FORMS, Form
from gongshu.members.models import Membership, Tally

NEW = tuple((form.value, form.label) for form in NEW_FORMS)
FORMS, GENDERS = tuple(Form.choices), tuple(Gender.choices)
PLACES = {
    "industry": Dim("行业", tuple(Industry.choices), "organisation__industry"),
    "level": Dim("层级", tuple(Level.choices), "organisation__level"),
}
IN_CELLS = {
    "form": Dim("就业形态", FORMS, in_total=True),
    "gender": Dim("性别", GENDERS, in_total=True),
    **PLACES,
}


class Added(Func):
    """Columns added up; flat, because two dozen sums within sums are slow to put together."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = IntegerField()


def _joined() -> QuerySet[Membership]:
    return Membership.objects.filter(joined_on__isnull=False)


def _joined_in_new_forms() -> QuerySet[Membership]:
    return _joined().filter(form__in=NEW_FORMS)


def _cells(lead: str, of: Sequence[str] = Form.values) -> Total:
    """Return the function that adds up the counters of the forms (among those in `of`) and genders asked for."""

    def total(filters: Mapping[str, Sequence[str]]) -> Combinable:
        forms, genders = filters.get("form") or of, filters.get("gender") or Gender.values
        return Added(*(f"{lead}_{form}_{gender}" for form in forms for gender in genders))

    return total


ACTIVE = Metric("members.active", "在籍会员", "人", rows=Tally.objects.all, on="", dims=IN_CELLS, total_of=_cells("n"))
REAL_NAME = Metric(
    "members.real_name", "实名会员", "人", rows=Tally.objects.all, on="", dims=IN_CELLS, total_of=_cells("r")
)
JOINED = Metric(
    "members.joined",
    "新入会会员",
    "人",
    rows=_joined,
    on="joined_on",
    dims={"form": Dim("就业形态", FORMS), "gender": Dim("性别", GENDERS), **PLACES},
    on_desk=False,
)
ACTIVE_NEW = Metric(
    "members.active_new",
    "在籍新就业形态劳动者",
    "人",
    rows=Tally.objects.all,
    on="",
    dims={"form": Dim("就业形态", NEW, in_total=True), "gender": Dim("性别", GENDERS, in_total=True), **PLACES},
    total_of=_cells("n", NEW_FORMS),
)
JOINED_NEW = Metric(
    "members.joined_new",
    "新入会的新就业形态劳动者",
    "人",
    rows=_joined_in_new_forms,
    on="joined_on",
    dims={"form": Dim("就业形态", NEW), "gender": Dim("性别", GENDERS), **PLACES},
    on_desk=False,
)
METRICS: tuple[Metric, ...] = (ACTIVE, REAL_NAME, ACTIVE_NEW, JOINED, JOINED_NEW)
