"""Forms of organising: they parse and check, and never save."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from gongshu.core.base.identity import normal_number
from gongshu.core.orgs.enums import Industry
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import find_by_name
from gongshu.organising.actions.ending import EndingOrder
from gongshu.organising.actions.renaming import Called
from gongshu.organising.actions.terms import Filling
from gongshu.organising.enums import Asker, Body, Ground, Leaving, Post, Shape, Tie, Way
from gongshu.organising.models import Lead
from gongshu.organising.queries.guiding import guides_named
from gongshu.organising.rules.founding import EmployerFacts, FoundingFacts, Nominee
from gongshu.organising.rules.terms import Departure, TermFacts

BETWEEN = re.compile(r"[、，,；;\s]+")
LINES = forms.Textarea(attrs={"rows": 3})
PROPOSED = (Post.CHAIR, Post.VICE, Post.MEMBER, Post.WOMEN, Post.AUDIT, Post.ORGANISER)
POSTS: dict[str, str] = {str(post.label): post.value for post in PROPOSED}


def _lines(text: str) -> list[list[str]]:
    return [parts for line in text.splitlines() if (parts := [part for part in BETWEEN.split(line.strip()) if part])]


def _names(text: str) -> list[str]:
    return [name for name in BETWEEN.split(text.strip()) if name]


def _only_one(found: Sequence[Organisation], what: str, *, where: str = "") -> Organisation:
    """Return the one that was found by a name; raises ValidationError, with their names where there are several."""
    if not found:
        raise forms.ValidationError(f"{where}没有{what}")
    if len(found) > 1:
        several = "、".join(org.name for org in found)
        raise forms.ValidationError(f"{where}{what}不止一个：{several}，请写全称")
    return found[0]


def _posts(text: str, known: dict[str, str]) -> list[tuple[str, str]]:
    """Return names with posts, one a line; raises ValidationError."""
    found = []
    for parts in _lines(text):
        if len(parts) < 2 or parts[-1] not in known:
            raise forms.ValidationError(f"“{' '.join(parts)}”看不出职务，请写成：姓名 职务，例：何立 主席")
        found.append(("".join(parts[:-1])[:60], known[parts[-1]]))
    return found


class FoundingForm(forms.Form):
    """What is told of a union to be founded; the union above, its level and its place are known."""

    name = forms.CharField(label="工会名称", max_length=120, help_text="例：松桃苗族自治县梵净制衣有限公司工会")
    shape = forms.ChoiceField(label="建会形式", choices=Shape.choices)
    asker = forms.ChoiceField(label="由谁提出", choices=Asker.choices)
    employers = forms.CharField(
        label="用人单位",
        required=False,
        max_length=4000,
        widget=LINES,
        help_text="一行一个：单位名称 统一社会信用代码；联合会、产业工会不填",
    )
    members = forms.IntegerField(
        label="申请入会人数", min_value=0, max_value=1_000_000, initial=0, help_text="联合会、产业工会填0"
    )
    years = forms.IntegerField(
        label="每届任期（年）", min_value=1, max_value=9, help_text="基层工会三年或者五年，产业工会五年"
    )
    industry = forms.ChoiceField(
        label="所属行业", required=False, choices=[("", "未填写"), *Industry.choices], help_text="产业工会必选"
    )
    nominees = forms.CharField(
        label="委员人选",
        max_length=4000,
        widget=LINES,
        help_text=f"一行一人：姓名 职务。职务为{'、'.join(POSTS)}",
    )
    relatives = forms.CharField(
        label="其中是企业主要负责人近亲属的",
        required=False,
        max_length=300,
        help_text="写姓名，没有不填；不能作为委员会成员的人选",
    )
    managers = forms.CharField(
        label="其中是法定代表人、行政正副职或者人力资源部门负责人的",
        required=False,
        max_length=300,
        help_text="写姓名，没有不填；不能作为主席人选",
    )

    def clean_employers(self) -> list[EmployerFacts]:
        """Return the employers, one a line."""
        found = []
        for parts in _lines(self.cleaned_data["employers"]):
            if len(parts) < 2:
                raise forms.ValidationError(f"“{parts[0]}”缺统一社会信用代码，请写在单位名称后面，隔一个空格")
            found.append(EmployerFacts("".join(parts[:-1])[:120], normal_number(parts[-1])))
        return found

    def clean_nominees(self) -> list[tuple[str, str]]:
        """Return names with posts, one a line."""
        found = []
        for parts in _lines(self.cleaned_data["nominees"]):
            if len(parts) < 2 or parts[-1] not in POSTS:
                raise forms.ValidationError(f"“{' '.join(parts)}”看不出职务，请写成：姓名 职务，例：何立 主席")
            found.append(("".join(parts[:-1])[:60], POSTS[parts[-1]]))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse a tie told of somebody who is not proposed."""
        told: dict[str, Any] = super().clean() or {}
        proposed = {name for name, _ in told.get("nominees", ())}
        for field in ("relatives", "managers"):
            strangers = [name for name in _names(told.get(field, "")) if name not in proposed]
            if strangers and "nominees" in told:
                self.add_error(field, f"委员人选中没有：{'、'.join(strangers)}")
        return told

    def facts(self) -> FoundingFacts:
        """Return what was told."""
        told = self.cleaned_data
        ties = dict.fromkeys(_names(told["managers"]), Tie.MANAGER) | dict.fromkeys(
            _names(told["relatives"]), Tie.RELATIVE
        )
        return FoundingFacts(
            name=told["name"],
            shape=told["shape"],
            members=told["members"],
            asker=told["asker"],
            years=told["years"],
            industry=told["industry"],
            employers=tuple(told["employers"]),
            nominees=tuple(Nominee(name, post, ties.get(name, Tie.NONE)) for name, post in told["nominees"]),
        )


def founding_words(facts: FoundingFacts) -> dict[str, object]:
    """Return what is told as the form shows it."""
    tied = {tie: "、".join(each.name for each in facts.nominees if each.tie == tie) for tie in Tie}
    return {
        "name": facts.name,
        "shape": facts.shape,
        "asker": facts.asker,
        "members": facts.members,
        "years": facts.years,
        "industry": facts.industry,
        "employers": "\n".join(f"{each.name} {each.code}" for each in facts.employers),
        "nominees": "\n".join(f"{each.name} {Post(each.post).label}" for each in facts.nominees),
        "relatives": tied[Tie.RELATIVE],
        "managers": tied[Tie.MANAGER],
    }


class EndingForm(forms.Form):
    """How a union is to end, why, and into which union."""

    way = forms.ChoiceField(label="方式", choices=Way.choices)
    ground = forms.ChoiceField(label="缘由", choices=Ground.choices)
    successor = forms.CharField(
        label="承继的工会", max_length=120, required=False, help_text="合并的填写，写全称或者其中几个字；撤销的不填"
    )
    reason = forms.CharField(label="说明", max_length=300, help_text="例：企业已于2026年1月注销登记")

    def __init__(self, *args: Any, upper: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.upper = upper

    def clean_successor(self) -> Organisation | None:
        """Return the union of this name, or the only one with it in its name, below the union that decides."""
        name = self.cleaned_data["successor"].strip()
        found = find_by_name(name, under=self.upper) if name else []
        return _only_one(found, f"叫“{name}”的工会", where=f"{self.upper.short_name}范围内") if name else None

    def order(self) -> EndingOrder:
        """Return what was told."""
        told = self.cleaned_data
        return EndingOrder(told["way"], told["ground"], told["reason"], told["successor"])


class UpperForm(forms.Form):
    """The name to look for the new upper union by."""

    name = forms.CharField(label="新上级工会", max_length=120, help_text="写名称或者其中几个字，从找到的里面选")


class MoveForm(forms.Form):
    """Why a union is to stand under another one; which and where is in the address."""

    reason = forms.CharField(
        label="划转原因", max_length=300, help_text="例：2026年1月行政区划调整，本县划归某市管辖，附文号"
    )


class GuideForm(forms.Form):
    """Which industrial union is to guide a union, found by its name, and why."""

    guide = forms.CharField(label="产业工会", max_length=120, help_text="写全称")
    reason = forms.CharField(label="说明", max_length=300, required=False, help_text="可以不填")

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if example:
            self.fields["guide"].help_text = f"写全称，例：{example}"

    def clean_guide(self) -> Organisation:
        """Return the industrial union of this name."""
        name = self.cleaned_data["guide"]
        return _only_one(guides_named(name), f"叫“{name}”的产业工会")


class NameForm(forms.Form):
    """What an organisation is called and how it is classed; shown as it is now."""

    name = forms.CharField(label="名称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=60)
    division_code = forms.RegexField(
        r"^\d{6}$", label="行政区划代码", required=False, help_text="六位数字，地方总工会填写；区划调整后按新代码改"
    )
    industry = forms.ChoiceField(label="所属行业", required=False, choices=[("", "未填写"), *Industry.choices])

    def told(self) -> Called:
        """Return what was told."""
        return Called(**self.cleaned_data)


class DayForm(forms.Form):
    """As of which day the tree is shown."""

    on = forms.DateField(
        label="日期", required=False, widget=forms.DateInput({"type": "date", "class": "control"}, format="%Y-%m-%d")
    )


ALL_POSTS: dict[str, str] = {str(post.label): post.value for post in Post}


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), help_text=hint)


class TermForm(forms.Form):
    """A committee elected. The union, the term's number and its end follow by themselves."""

    body = forms.ChoiceField(label="委员会", choices=Body.choices)
    began_on = _day("选举日期", "会员（代表）大会选出的日期")
    years = forms.IntegerField(
        label="每届任期（年）", min_value=1, max_value=9, help_text="基层工会三年或者五年，其他五年"
    )
    holders = forms.CharField(
        label="当选人",
        max_length=4000,
        widget=LINES,
        help_text=f"一行一人：姓名 职务。职务为{'、'.join(ALL_POSTS)}",
    )
    relatives = forms.CharField(
        label="其中是企业主要负责人近亲属的", required=False, max_length=300, help_text="写姓名，没有不填"
    )

    def clean_holders(self) -> list[tuple[str, str]]:
        """Return names with posts, one a line."""
        return _posts(self.cleaned_data["holders"], ALL_POSTS)

    def facts(self) -> TermFacts:
        """Return what was told."""
        told = self.cleaned_data
        barred = _names(told["relatives"])
        holders = [Nominee(name, post, Tie.RELATIVE if name in barred else Tie.NONE) for name, post in told["holders"]]
        return TermFacts(told["body"], told["began_on"], told["years"], tuple(holders))


class LeaveForm(forms.Form):
    """Why and when somebody leaves a post."""

    why = forms.ChoiceField(label="缘由", choices=Leaving.choices)
    on = _day("离任日期")
    has_consents = forms.BooleanField(
        label="本级工会委员会和上一级工会已同意", required=False, help_text="主席、副主席任期未满调动的，须有"
    )
    votes = forms.IntegerField(label="赞成罢免票数", required=False, min_value=0, help_text="罢免主席、副主席的填写")
    voters = forms.IntegerField(
        label="全体会员（代表）人数", required=False, min_value=0, help_text="罢免主席、副主席的填写"
    )

    def told(self) -> Departure:
        """Return what was told."""
        said = self.cleaned_data
        return Departure(said["why"], said["on"], said["has_consents"], said["votes"] or 0, said["voters"] or 0)


class FillForm(forms.Form):
    """Who fills a vacancy."""

    name = forms.CharField(label="补选的人", max_length=60)
    on = _day("补选日期")

    def told(self) -> Filling:
        """Return what was told."""
        return Filling(self.cleaned_data["name"], self.cleaned_data["on"])


class PutOffForm(forms.Form):
    """Until when an election is put off, and why."""

    until = _day("延期到")
    reason = forms.CharField(label="延期原因", max_length=200)


class EmployerListForm(forms.Form):
    """A list of employers to take in."""

    upload = forms.FileField(
        label="名单文件", help_text=".xlsx 或者 .csv，最多 20 万行；按统一社会信用代码更新，重复导入不会重复登记"
    )


class LeadForm(forms.Form):
    """Who is to visit an employer."""

    organisation = forms.TypedChoiceField(label="由谁走访", coerce=int)

    def __init__(self, *args: Any, receivers: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["organisation"]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = [(org.pk, org.name) for org in receivers]


class ContactForm(forms.Form):
    """Why the contact of an employer is looked at."""

    reason = forms.CharField(label="查看原因", max_length=120, help_text="记入留痕，例：约定走访时间")


def lead_words(lead: Lead, members: int, years: int) -> dict[str, object]:
    """Return what the system knows of a union to be founded from a lead, as the form shows it."""
    employer = lead.employer
    return {
        "name": f"{lead.name}工会",
        "shape": Shape.COMMITTEE,
        "asker": Asker.UPPER,
        "employers": f"{lead.name} {employer.code if employer else ''}".strip(),
        "members": members,
        "years": years,
        "industry": employer.industry if employer else "",
    }
