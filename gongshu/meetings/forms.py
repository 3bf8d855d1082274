"""The form that corrects a meeting's record."""

from __future__ import annotations

from typing import Any

from django import forms

from gongshu.meetings import rules
from gongshu.meetings.enums import MeetingKind, Part, PointKind
from gongshu.meetings.rules.facts import Line, MeetingFacts, Named

PEOPLE_HINT = "一行一人：姓名，空一格，职务"
LINE_HINT = "一行一项"


def _lines(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=hint, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MeetingForm(forms.Form):
    """Everything recorded of a meeting; people and points one a line."""

    name = forms.CharField(label="会议名称", max_length=rules.LENGTHS["name"])
    kind = forms.ChoiceField(label="会议类型", choices=MeetingKind.choices)
    session = forms.CharField(label="届次", max_length=40, required=False, help_text="如：十四届十一次")
    year = forms.IntegerField(label="年", min_value=1900, max_value=2200)
    month = forms.IntegerField(label="月", min_value=1, max_value=12, required=False, help_text="不知道就空着")
    day = forms.IntegerField(label="日", min_value=1, max_value=31, required=False, help_text="不知道就空着")
    place = forms.CharField(label="地点", max_length=120, required=False)
    organiser = forms.CharField(label="主办", max_length=200, required=False)
    chair = _lines("主持", PEOPLE_HINT)
    speaker = _lines("讲话和报告", PEOPLE_HINT)
    attendee = _lines("出席", PEOPLE_HINT)
    elected = _lines("当选", PEOPLE_HINT)
    group = _lines("参会范围", LINE_HINT)
    heard = _lines("听取", LINE_HINT)
    adopted = _lines("审议通过", LINE_HINT)
    award = _lines("表彰", LINE_HINT)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Check the record as a whole by the rules of the line."""
        cleaned = super().clean() or {}
        if not self.errors:
            for problem in rules.problems(self.facts()):
                self.add_error(problem.field or None, problem.message)
        return cleaned

    def facts(self) -> MeetingFacts:
        """Return what the form says."""
        asked = self.cleaned_data
        plain = {key: asked[key] for key in ("name", "kind", "session", "year", "month", "day", "place", "organiser")}
        people = [_named(part, line) for part in Part for line in _rows(asked[part.value])]
        points = [Line(kind.value, line) for kind in PointKind for line in _rows(asked[kind.value])]
        return MeetingFacts(**plain, people=tuple(people), points=tuple(points))


def _rows(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _named(part: Part, line: str) -> Named:
    name, _, title = line.replace("\u3000", " ").partition(" ")
    return Named(part.value, name, title.strip())


def initial_of(facts: MeetingFacts, version: int) -> dict[str, Any]:
    """Return what the form shows of a record in a version."""
    shown: dict[str, Any] = {"version": version} | {
        key: getattr(facts, key) for key in ("name", "kind", "session", "year", "month", "day", "place", "organiser")
    }
    for part in Part:
        shown[part.value] = "\n".join(f"{p.name} {p.title}".strip() for p in facts.people if p.part == part)
    for kind in PointKind:
        shown[kind.value] = "\n".join(point.text for point in facts.points if point.kind == kind)
    return shown
