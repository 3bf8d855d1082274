"""减负自检 finds what is asked twice or without reason."""

from __future__ import annotations

import pytest
from django import forms

from config import burden
from config.burden import Statement


class VenueLike(forms.Form):
    note = forms.CharField()


def said(use: str, *, needed_by: str = "基层工作部", basis: str = "工会法") -> list[str]:
    return list(burden.form_faults("access", VenueLike, Statement(needed_by, basis, {"note": use})))


def test_a_field_used_once_needs_only_its_reason() -> None:
    assert said("input:说明") == []


def test_a_form_without_who_or_why_is_found() -> None:
    assert said("input:说明", basis="") == ["没有写明谁需要、依据哪部法规或哪次决定"]


def test_a_field_without_a_use_is_found() -> None:
    assert said("") == ["note 没有说明用途"]


def test_a_fact_that_another_line_holds_is_found() -> None:
    assert said("fact:orgs.Organisation.division_code") == [
        "note 向人要 orgs.Organisation.division_code，而台账（组织）已经有了"
    ]


def test_a_fact_of_the_line_itself_is_fine() -> None:
    assert said("fact:access.Appointment.role") == []


def test_an_unknown_column_is_found() -> None:
    assert said("fact:access.Appointment.shoe_size") == ["note 所说的 access.Appointment.shoe_size 不在台账里"]


@pytest.mark.django_db
def test_our_own_forms_pass() -> None:
    assert burden.faults() == []
