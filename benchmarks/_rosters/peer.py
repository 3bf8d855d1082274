"""The same roster by django-import-export, as its documentation has it: a resource, a row at a time."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402
from import_export.fields import Field  # noqa: E402
from import_export.resources import ModelResource  # noqa: E402
from import_export.widgets import ForeignKeyWidget  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402
from tablib import Dataset  # noqa: E402

from gongshu.core.orgs.models import Organisation  # noqa: E402
from gongshu.core.people.models import Person  # noqa: E402
from gongshu.core.people.protected import sealed_field  # noqa: E402
from gongshu.members.enums import Form  # noqa: E402
from gongshu.members.models import Membership  # noqa: E402

FORMS = {form.label: form.value for form in Form}
AT = timezone.now()


class Members(ModelResource):
    """Members by person; finds the person by the blind index, else makes them. No counters, trail or checks."""

    person = Field("person_id", "person_id")
    organisation = Field("organisation", "所在工会", ForeignKeyWidget(Organisation, "name"))
    name = Field("name", "姓名")
    form = Field("form", "form")
    employer = Field("employer", "用人单位")

    class Meta:
        model = Membership
        fields = ("person", "organisation", "name", "form", "employer")
        import_id_fields = ("person",)
        skip_diff = True
        raise_errors = True

    def before_import(self, dataset: Dataset, **kwargs: Any) -> None:
        """Make room for what each row is told by."""
        dataset.append_col([""] * len(dataset), header="person_id")
        dataset.append_col([""] * len(dataset), header="form")

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Find or make the person of a row."""
        number, phone = (sealed_field(Person, name) for name in ("id_number", "phone"))
        index = number.blind(row["身份证号码"])
        person = Person.objects.filter(id_index=index).first()
        if person is None:
            person = Person.objects.create(
                name=row["姓名"], id_number=number.seal(row["身份证号码"]), id_index=index,
                phone=phone.seal(row["手机号码"]), phone_index=phone.blind(row["手机号码"]), gender="m",
            )  # fmt: skip
        row["person_id"], row["form"] = person.pk, FORMS[row["就业形态"]]

    def before_save_instance(self, instance: Membership, row: dict[str, Any], **kwargs: Any) -> None:
        """Put in what the table wants besides."""
        instance.state, instance.state_since, instance.source = "active", AT, "roster"
        instance.applied_at, instance.joined_on = AT, row["入会日期"]


def main(path: str) -> dict[str, object]:
    """Import a workbook; return the seconds and how many members there are then."""
    begun = time.perf_counter()
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    result = Members().import_data(Dataset(*rows[1:], headers=rows[0]), raise_errors=True, use_transactions=True)
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "members": Membership.objects.count(), "told": dict(result.totals)}


if __name__ == "__main__":
    print(json.dumps(main(str(Path(sys.argv[1])))))
