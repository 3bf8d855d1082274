"""Forms of 部署落实: they parse and check, and never save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localdate

from gongshu.core.orgs.enums import LEVEL_ORDER, Level
from gongshu.core.orgs.models import Department, Organisation
from gongshu.core.ui.figures import cn_date, in_quotes
from gongshu.delivery import queries
from gongshu.delivery.enums import Receivers, ReportKind
from gongshu.delivery.models import Plan, Target, Task
from gongshu.delivery.queries import bindings
from gongshu.delivery.queries.reporting import span_of
from gongshu.delivery.queries.supervision import Matter
from gongshu.delivery.rules import DispatchOrder, PlanDraft, TargetDraft, TaskDraft
from gongshu.delivery.rules.refusals import REPORT_LENGTH
from gongshu.delivery.rules.supervision import ANSWER_LENGTH, WORDS_LENGTH


class DayInput(forms.DateInput):
    """A date as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlanForm(forms.Form):
    """A plan's title, year and dates."""

    title = forms.CharField(label="名称", max_length=200, help_text="例：2026年全省工会重点工作")
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    starts_on = forms.DateField(label="起始日期", widget=DayInput)
    ends_on = forms.DateField(label="结束日期", widget=DayInput)

    def draft(self, organisation: Organisation) -> PlanDraft:
        """Return what was told."""
        told = self.cleaned_data
        return PlanDraft(told["title"], organisation, told["year"], told["starts_on"], told["ends_on"])


class ProgrammeForm(forms.Form):
    """A programme's name."""

    name = forms.CharField(label="专项名称", max_length=120, help_text="例：“6+1”重点工作")


class ItemForm(forms.Form):
    """An item's name."""

    name = forms.CharField(label="子项名称", max_length=200)


class TaskForm(forms.Form):
    """A task's words, place in the plan, owner and date."""

    text = forms.CharField(label="任务", widget=forms.Textarea(attrs={"rows": 3}), help_text="例：建立200个“司机之家”")
    place = forms.ChoiceField(label="所属专项", required=False)
    owner_text = forms.CharField(label="责任单位", max_length=200, required=False, help_text="按文件原文，没写可不填")
    due_on = forms.DateField(label="完成期限", required=False, widget=DayInput, help_text="不填即到部署结束日期")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[str, str | None]] = {}
        choices = [("", "不属于专项")]
        for programme in plan.programmes.prefetch_related("items"):
            self.places[f"p{programme.pk}"] = (programme.name, None)
            choices.append((f"p{programme.pk}", programme.name))
            for item in programme.items.all():
                self.places[f"i{item.pk}"] = (programme.name, item.name)
                choices.append((f"i{item.pk}", f"　{item.name}"))
        self.fields["place"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(task: Task) -> dict[str, Any]:
        """Return what a task's form starts with."""
        lead = f"p{task.programme_id}" if task.programme_id else ""
        place = f"i{task.item_id}" if task.item_id else lead
        return {"text": task.text, "place": place, "owner_text": task.owner_text, "due_on": task.due_on}

    def draft(self, task: Task | None = None) -> TaskDraft:
        """Return what was told; what the form does not ask stays as the task has it."""
        told = self.cleaned_data
        programme, item = self.places.get(told["place"], (None, None))
        return TaskDraft(
            text=told["text"],
            is_doable=task.is_doable if task else True,
            owner_text=told["owner_text"],
            due_on=told["due_on"],
            deadline_text=task.deadline_text if task else "",
            source_quote=task.source_quote if task else "",
            programme=programme,
            item=item,
        )


class TargetForm(forms.Form):
    """A number to be reached, and what counts towards it."""

    amount = forms.DecimalField(label="数量", max_digits=14, decimal_places=2)
    unit = forms.CharField(
        label="单位", max_length=40, required=False, help_text="例：个、名、万人；选了统计口径的可以不填"
    )
    binding = forms.ChoiceField(
        label="统计口径", required=False, help_text="选定后进度由业务数据自动统计，任何单位都不用填报"
    )
    starts_on = forms.DateField(label="统计起", widget=DayInput)
    ends_on = forms.DateField(label="统计止", widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = groupby(bindings.offered(), key=lambda binding: binding.metric.label)
        offered = [(label, [(binding.code, binding.label) for binding in group]) for label, group in groups]
        self.fields["binding"].choices = [("", "没有可统计的业务数据"), *offered]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(target: Target) -> dict[str, Any]:
        """Return what a target's form starts with."""
        bound = bindings.bound(target.metric, target.filters)
        return {
            "amount": target.amount.normalize(),
            "unit": target.unit,
            "binding": bound.code if bound else "",
            "starts_on": target.starts_on,
            "ends_on": target.ends_on,
        }

    def draft(self) -> TargetDraft:
        """Return what was told; raises Refused for an unknown metric."""
        told = self.cleaned_data
        metric, filters = bindings.read(told["binding"])
        unit = told["unit"] or bindings.unit_of(metric)
        return TargetDraft(told["amount"], unit, metric, filters, told["starts_on"], told["ends_on"])


def new_token() -> str:
    """Return the number of a form, so that the same form sent twice counts once."""
    return uuid4().hex


class DispatchForm(forms.Form):
    """To whom a task is given, until when."""

    receivers = forms.ChoiceField(label="承办范围", widget=forms.RadioSelect, choices=Receivers.choices)
    level = forms.ChoiceField(label="层级", required=False)
    departments = forms.TypedMultipleChoiceField(
        label="部门", required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    under = forms.TypedMultipleChoiceField(label="单位", required=False, coerce=int)
    due_on = forms.DateField(label="完成期限", widget=DayInput)
    instructions = forms.CharField(
        label="具体要求", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(
        self,
        *args: Any,
        issuer: Organisation,
        below: Sequence[Organisation],
        departments: Sequence[Department],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        lower = LEVEL_ORDER[LEVEL_ORDER.index(issuer.level) + 1 :]
        choices: dict[str, list[tuple[Any, str]]] = {
            "level": [("", "请选择层级"), *((code, Level(code).label) for code in lower)],
            "departments": [(department.pk, department.name) for department in departments],
            "under": [(org.pk, org.short_name) for org in below],
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]
        if not departments:
            usable = [pair for pair in Receivers.choices if pair[0] != Receivers.DEPARTMENTS]
            self.fields["receivers"].choices = usable  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that what the chosen way needs is there."""
        told = super().clean() or {}
        way = told.get("receivers")
        if way == Receivers.LEVEL and not told.get("level"):
            self.add_error("level", "请选择层级")
        if way == Receivers.HAND and not told.get("under"):
            self.add_error("under", "请勾选承办单位")
        if way == Receivers.DEPARTMENTS and not told.get("departments"):
            self.add_error("departments", "请勾选承办部门")
        return told

    def order(self) -> DispatchOrder:
        """Return what was told."""
        told = self.cleaned_data
        way = Receivers(told["receivers"])
        return DispatchOrder(
            receivers=way,
            due_on=told["due_on"],
            token=told["token"],
            under=told["departments"] if way == Receivers.DEPARTMENTS else told["under"],
            level=told["level"] if way == Receivers.LEVEL else "",
            instructions=told["instructions"],
        )


class SplitForm(forms.Form):
    """Shares of a target, one number for each organisation chosen."""

    weighing = forms.ChoiceField(label="分解办法", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(way.code, way.label) for way in queries.weighings()]
        self.fields["weighing"].choices = [*ways, (queries.HAND.code, queries.HAND.label)]  # type: ignore[attr-defined]
        self.units = units
        for unit in units:
            field = forms.IntegerField(label=unit.short_name, min_value=0)
            field.widget.attrs = {"class": "control", "min": 0, "inputmode": "numeric"}
            self.fields[f"share_{unit.pk}"] = field

    def amounts(self) -> dict[int, int]:
        """Return the number for each organisation."""
        return {unit.pk: self.cleaned_data[f"share_{unit.pk}"] for unit in self.units}

    def rows(self) -> list[tuple[Organisation, forms.BoundField]]:
        """Return each organisation with its field."""
        return [(unit, self[f"share_{unit.pk}"]) for unit in self.units]


class AdjustForm(forms.Form):
    """Shares of a few among very many organisations; what is left empty is reckoned."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, units: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        for unit in self.units:
            field = forms.IntegerField(label=unit.short_name, min_value=0, required=False)
            field.widget.attrs = {"class": "control", "min": 0, "inputmode": "numeric"}
            self.fields[f"share_{unit.pk}"] = field

    def fixed(self) -> dict[int, int]:
        """Return the number for each organisation that has one."""
        told = {unit.pk: self.cleaned_data.get(f"share_{unit.pk}") for unit in self.units}
        return {pk: amount for pk, amount in told.items() if amount is not None}


class ReportForm(forms.Form):
    """One line on what was done, perhaps with a file."""

    report = forms.CharField(
        label="完成情况", max_length=REPORT_LENGTH, help_text="一句话写明即可，例：3月5日印发通知，举办宣讲 12 场"
    )
    attachment = forms.FileField(label="附件（可不传）", required=False, widget=forms.ClearableFileInput)


class NoteForm(forms.Form):
    """Why something is sent back or withdrawn."""

    note = forms.CharField(label="理由", max_length=200)


class SuperviseForm(forms.Form):
    """What is asked of whom, until when; words and day are filled in beforehand."""

    rows = forms.MultipleChoiceField(
        label="督办事项",
        widget=forms.CheckboxSelectMultiple,
        help_text="不用督办的去掉勾选；每个单位每件事只发一份",
        error_messages={"required": "没有选到要督办的事项，请先勾选"},
    )
    words = forms.CharField(label="督办要求", max_length=WORDS_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = forms.DateField(label="答复期限", widget=DayInput)

    def __init__(self, *args: Any, matters: Sequence[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(m.code, f"{m.organisation.short_name}：{m.subject}") for m in matters]
        self.fields["rows"].choices = choices  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """One text, perhaps with a file."""

    answer = forms.CharField(
        label="办理情况",
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明原因、措施和预计完成时间；系统里已有的数字不用再报",
    )
    attachment = forms.FileField(label="附件（可不传）", required=False, widget=forms.ClearableFileInput)


class ConclusionForm(forms.Form):
    """The conclusion that goes back with the closing, if there is anything to say."""

    note = forms.CharField(label="督办结论（可不填）", max_length=200, required=False)


class PeriodForm(forms.Form):
    """Which period and plans a report is about."""

    kind = forms.ChoiceField(label="报告类别", choices=ReportKind.choices, widget=forms.RadioSelect)
    year = forms.TypedChoiceField(label="年度", coerce=int)
    plans = forms.TypedMultipleChoiceField(label="所报部署", coerce=int, widget=forms.CheckboxSelectMultiple)
    token = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, *args: Any, years: Sequence[int], plans: Sequence[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, f"{year}年") for year in years]  # type: ignore[attr-defined]
        self.fields["plans"].choices = [(plan.pk, plan.title) for plan in plans]  # type: ignore[attr-defined]
        self.offered = {plan.pk: plan for plan in plans}

    def clean(self) -> dict[str, Any]:
        """Refuse plans that began only after the period had ended."""
        told = super().clean() or {}
        if told.get("kind") and told.get("year"):
            span = span_of(told["kind"], told["year"], on=localdate())
            for plan in (self.offered[pk] for pk in told.get("plans", ())):
                if plan.starts_on > span.until:
                    words = f"从{cn_date(plan.starts_on)}起实施，不在{span.label}之内，请去掉勾选或者改选年度报告"
                    self.add_error("plans", f"{in_quotes(plan.title)}{words}")
        return told
