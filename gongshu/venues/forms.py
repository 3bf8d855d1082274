"""Forms of venues: they parse and check, and never save."""

from __future__ import annotations

from typing import Any

from django import forms

from gongshu.venues.models import Venue
from gongshu.venues.rules import hours
from gongshu.venues.rules.checks import Finding, VenueFacts, phone_problems
from gongshu.venues.rules.kinds import VenueKind


class HoursField(forms.CharField):
    """Opening hours in one line; the value is a list of `{day, start, end}`."""

    def to_python(self, value: Any) -> Any:
        """Return the spans the line means."""
        try:
            spans = hours.parse(super().to_python(value) or "")
        except hours.BadHours as error:
            raise forms.ValidationError(str(error)) from error
        return [vars(span) for span in spans]


class VenueForm(forms.Form):
    """What an officer tells about a venue of a kind. The union and the division are known."""

    name = forms.CharField(label="名称", max_length=80, help_text="例：松桃县平头服务区司机之家")
    address = forms.CharField(label="地址", max_length=200, required=False, help_text="职工照着能找到；开放前补上即可")
    hours = HoursField(
        label="开放时间", max_length=300, required=False, help_text=f"例：{hours.EXAMPLE}；全天开放写“全天”"
    )
    phone = forms.CharField(
        label="值班电话", max_length=30, required=False, help_text="有座机的填写，例：0856-1234567；不填个人手机号"
    )
    equipment = forms.MultipleChoiceField(
        label="已有设施", required=False, widget=forms.CheckboxSelectMultiple, help_text="带“必备”的，齐了才能开放"
    )
    photo = forms.FileField(label="照片（可不传）", required=False, widget=forms.ClearableFileInput)

    def __init__(self, *args: Any, kind: VenueKind, venue: Venue | None = None, **kwargs: Any) -> None:
        if venue:
            kwargs["initial"] = {
                "name": venue.name,
                "address": venue.address,
                "hours": venue.hours_words,
                "phone": venue.phone,
                "equipment": venue.equipment,
            }
        super().__init__(*args, **kwargs)
        self.kind = kind
        choices = [(code, f"{label}（必备）") for code, label in kind.required.items()]
        self.fields["equipment"].choices = [*choices, *kind.optional.items()]  # type: ignore[attr-defined]
        self.fields["photo"].widget.attrs["accept"] = "image/png,image/jpeg"

    def clean_phone(self) -> str:
        """Refuse a person's mobile number."""
        phone: str = self.cleaned_data["phone"]
        for problem in phone_problems(phone):
            raise forms.ValidationError(problem.message)
        return phone

    def clean_photo(self) -> Any:
        """Take pictures only."""
        photo = self.cleaned_data["photo"]
        if photo and not photo.name.lower().endswith((".png", ".jpg", ".jpeg")):
            raise forms.ValidationError("照片请用 .jpg 或 .png")
        return photo

    def facts(self) -> VenueFacts:
        """Return what was told."""
        told = self.cleaned_data
        return VenueFacts(
            self.kind.code, told["name"], told["address"], told["phone"], told["hours"], told["equipment"]
        )


class InspectionForm(forms.Form):
    """What was seen: tick what is not in order, one line, perhaps a date."""

    faults = forms.MultipleChoiceField(
        label="哪些不正常", required=False, widget=forms.CheckboxSelectMultiple, help_text="都正常就不用勾"
    )
    note = forms.CharField(
        label="说明", max_length=300, required=False, help_text="发现问题的写明，例：热水器坏了，没有热水"
    )
    due_on = forms.DateField(
        label="整改期限",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="发现问题时可定期限，也可不定",
    )

    def __init__(self, *args: Any, venue: Venue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = venue.kind_of.equipment
        self.checked = [code for code in labels if code in {*venue.equipment, *venue.kind_of.required}]
        self.fields["faults"].choices = [(code, labels[code]) for code in self.checked]  # type: ignore[attr-defined]

    def findings(self) -> list[Finding]:
        """Return a finding for each equipment that should be there."""
        bad = self.cleaned_data["faults"]
        return [Finding(code, code not in bad) for code in self.checked]
