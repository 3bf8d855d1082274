from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from selectolax.lexbor import LexborHTMLParser

from gongshu.core.ui.shapes import Bar, Branch, Entry, HeatCell, HeatRow, Link, PillValue, Series, StepShown
from gongshu.core.ui.tables import Table

pytestmark = pytest.mark.usefixtures("bare")


def shown(source: str, **context: Any) -> LexborHTMLParser:
    return LexborHTMLParser(Template(source).render(Context(context)))


def words(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text(separator=" ").split()) for node in tree.css(selector)]


@dataclass(frozen=True)
class Clause:
    label: str
    grade: str


@dataclass(frozen=True)
class Refusal:
    message: str
    clause: Clause | str | None = None
    field: str = ""
    row: int | None = None


def test_a_refusal_shows_its_clause_its_row_and_leads_to_its_field():
    tree = shown(
        "{% problems items %}",
        items=[Refusal("人数不足", Clause("第九条", "A"), field="name"), Refusal("没有附件", row=3)],
    )

    assert words(tree, "li") == ["人数不足 第九条", "第 3 行 没有附件"]
    assert tree.css_first("li a").attributes["href"] == "#id_name"
    assert tree.css_first(".problems").attributes["role"] == "alert"


@pytest.mark.parametrize(("grade", "marked"), [("L", 0), ("A", 0), ("B", 0), ("C", 1), ("M", 1)])
def test_a_clause_not_yet_checked_is_marked(grade, marked):
    tree = shown("{% problems items %}", items=[Refusal("不行", Clause("第九条", grade))])

    assert len(tree.css(".unverified")) == marked


def test_a_problem_may_be_a_plain_sentence_and_no_problem_shows_nothing():
    assert words(shown("{% problems items %}", items=["不行"]), "li") == ["不行"]
    assert shown("{% problems items %}", items=None).css(".problems") == []


def test_what_people_typed_is_escaped():
    tree = shown(
        "{% card title %}{{ text }}{% endcard %}{% pill title %}{% fact title %}{{ text }}{% endfact %}",
        title="<b>题</b>",
        text="<i>字</i>",
    )

    assert tree.css("b, i") == []


def test_a_pill_says_its_tone_when_it_has_no_words():
    assert words(shown("{% pill tone='late' %} {% pill '待验收' 'near' %}"), ".pill") == ["启动滞后", "待验收"]


def test_steps_mark_where_the_thing_is_and_until_when():
    tree = shown(
        "{% steps states %}",
        states=[
            StepShown("下发", "past", "省总工会", at=datetime(2026, 5, 1, tzinfo=UTC)),
            StepShown("实施", "now", "江州市总工会", due_on=date(2020, 1, 1)),
            StepShown("办结"),
        ],
    )

    assert words(tree, "[aria-current=step] .step-label") == ["实施"]
    assert words(tree, ".step-past .step-due") == ["2026年5月1日"]
    assert words(tree, ".step-now .due-overdue time") == ["2020年1月1日"]


def test_the_end_reached_is_ticked_and_still_where_we_are():
    tree = shown("{% steps states %}", states=[StepShown("实施", "past"), StepShown("办结", "end")])

    assert words(tree, "[aria-current=step] .step-label") == ["办结"]
    assert len(tree.css(".step-mark .icon")) == 2


def test_chips_that_hold_nothing_stand_folded():
    tree = shown("{% chips links '事项' more %}", links=[Link("全部", "/")], more=[Link("收文", "/?kind=1")])

    assert words(tree, "details.chips-more a") == ["收文"]
    assert shown("{% chips links %}", links=[Link("全部", "/")]).css("details") == []


def test_a_timeline_shows_who_did_what_when():
    entry = Entry(datetime(2026, 5, 1, 2, tzinfo=UTC), "周敏", "退回", "缺页", "第九条", "/x/")
    tree = shown("{% timeline entries %}", entries=[entry])

    assert words(tree, ".entry-what a") == ["退回"]
    assert words(tree, ".entry-who") == ["周敏 · 2026年5月1日 10:00"]
    assert words(shown("{% timeline entries %}", entries=[]), "p") == ["还没有记录"]


def test_progress_asks_again_only_while_there_is_an_address_to_ask():
    asking = shown("{% progress 1 4 '导入' poll='/p/' %}").css_first(".progress")
    finished = shown("{% progress 4 4 '导入' %}").css_first(".progress")

    assert asking.attributes["hx-get"] == "/p/"
    assert "hx-get" not in finished.attributes
    assert words(shown("{% progress 1 4 '导入' %}"), ".progress-count b") == ["25%"]
    assert words(shown("{% progress 0 0 '导入' %}"), ".progress-count b") == ["0%"]


class Sample(forms.Form):
    name = forms.CharField(label="名称", help_text="例：北站")
    kind = forms.ChoiceField(label="类型", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect, required=False)
    is_open = forms.BooleanField(label="开放", required=False)
    plan = forms.FileField(label="图", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_has_its_label_hint_and_error_beside_it():
    tree = shown("{% field form.name %}", form=Sample({}))

    control = tree.css_first("#id_name")
    assert words(tree, "label[for=id_name]") == ["名称 必填"]
    assert control.attributes["aria-describedby"] == "id_name-hint id_name-error"
    assert control.attributes["aria-invalid"] == "true"
    assert [node.attributes["id"] for node in tree.css(".hint, .field-error")] == ["id_name-hint", "id_name-error"]


def test_a_field_without_hint_or_error_describes_nothing():
    control = shown("{% field form.is_open %}", form=Sample()).css_first("#id_is_open")

    assert "aria-describedby" not in control.attributes
    assert "aria-invalid" not in control.attributes


def test_a_hint_may_be_given_on_the_page():
    assert words(shown("{% field form.name hint='写全称' %}", form=Sample()), ".hint") == ["写全称"]


def test_a_group_of_choices_has_a_legend():
    assert words(shown("{% field form.kind %}", form=Sample()), "fieldset legend") == ["类型"]


def test_a_whole_form_carries_files_token_and_a_summary_that_leads_to_the_fields():
    tree = shown("{% form form submit='提交' cancel='/back/' %}", form=Sample({}), csrf_token="abc")

    form = tree.css_first("form")
    assert form.attributes["enctype"] == "multipart/form-data"
    assert tree.css_first("input[name=csrfmiddlewaretoken]").attributes["value"] == "abc"
    assert [node.attributes["href"] for node in tree.css(".problems a")] == ["#id_name"]
    assert words(tree, ".form-actions > *") == ["提交", "取消"]


def test_what_was_typed_is_still_there_after_an_error():
    form = Sample({"kind": "b", "is_open": "on", "token": "t"}, {"plan": SimpleUploadedFile("a.txt", b"a")})

    tree = shown("{% form form %}", form=form)

    assert tree.css_first("input[value=b]").attributes.get("checked", "no") is None
    assert tree.css_first("#id_is_open").attributes.get("checked", "no") is None
    assert tree.css_first("#id_token").attributes["value"] == "t"


def test_a_draft_is_kept_where_the_form_says():
    assert shown("{% form form autosave='/d/' %}", form=Sample()).css_first("form").attributes["data-autosave"] == "/d/"


def test_buttons_that_change_something_post_with_their_token():
    tree = shown(
        "{% post_button '办结' '/c/' name='step' value='close' %}{% confirm '退回' '/r/' %}<p>说明</p>{% endconfirm %}",
        csrf_token="abc",
    )

    assert [form.attributes["action"] for form in tree.css("form[method=post]")] == ["/c/", "/r/"]
    assert len(tree.css("input[name=csrfmiddlewaretoken][value=abc]")) == 2
    assert tree.css_first("button[name=step]").attributes["value"] == "close"
    assert words(tree, "details summary, details button") == ["退回", "确认退回"]


def test_a_pager_keeps_the_filters():
    request = RequestFactory().get("/", {"kind": "a", "page": "2"})
    page = Paginator(range(120), 50).get_page(2)

    tree = shown("{% pager page '人' %}", page=page, request=request)

    assert words(tree, ".pager > span") == ["共 120 人，第 51–100 人"]
    assert [node.attributes["href"] for node in tree.css("a[rel]")] == ["?kind=a&page=1", "?kind=a&page=3"]
    assert words(tree, "[aria-current=page]") == ["2"]


def test_one_page_needs_no_links():
    assert shown("{% pager page %}", page=Paginator([1], 50).get_page(1)).css("a") == []


def test_crumbs_tabs_and_chips_say_where_we_are():
    links = [Link("省总工会", "/1/"), Link("江州市总工会", "/2/", active=True, count=0)]

    tree = shown("{% crumbs links %}{% tabs links %}{% chips links '状态' %}", links=links)

    assert words(tree, "[aria-current]") == ["江州市总工会", "江州市总工会 0", "江州市总工会 0"]


def test_a_link_with_attributes_only_shows_its_icon_by_name():
    use = shown("{% button '打印' '/p/' icon='print' key='p' %}").css_first("use")

    assert use.attributes["href"] == "/static/ui/icons.svg#print"


def test_every_icon_a_template_names_is_drawn(settings):
    sprite = (settings.ROOT / "gongshu/core/ui/static/ui/icons.svg").read_text()
    drawn = {node.attributes["id"] for node in LexborHTMLParser(sprite).css("symbol")}
    sources = [path.read_text() for path in (settings.ROOT / "gongshu").glob("**/templates/**/*.html")]

    named = {name for source in sources for name in _icons(source)}

    assert named - drawn == set()
    assert len(drawn) == 44


def _icons(source: str) -> list[str]:
    return re.findall(r"\{%\s*icon\s+\"([^\"]+)\"", source) + re.findall(r"\bicon=\"([^\"]+)\"", source)


def test_bars_share_one_scale_and_show_their_targets():
    tree = shown("{% bars rows unit='个' %}", rows=[Bar("甲市", 50, 100), Bar("乙市", 200)])

    assert [node.attributes["width"] for node in tree.css(".bar-fill")] == ["25.0%", "100.0%"]
    assert [node.attributes["x"] for node in tree.css(".bar-target")] == ["50.0%"]
    assert words(tree, ".bars-value") == ["50 / 100 个", "200 个"]


def test_bars_of_nothing_have_no_length():
    assert shown("{% bars rows %}", rows=[Bar("甲市", 0)]).css_first(".bar-fill").attributes["width"] == "0.0%"
    assert shown("{% bars rows %}", rows=[]).css("tr") == []


def test_a_trend_carries_its_figures_as_a_table():
    tree = shown("{% trend months series '入会' '人' %}", months=["1月", "2月"], series=[Series("今年", [1, 2000])])

    assert tree.css_first(".trend-plot").attributes["aria-hidden"] == "true"
    assert words(tree, "tbody tr") == ["1月 1", "2月 2\u202f000".replace("\u202f", " ")]


def test_a_war_map_explains_the_colours_it_uses():
    rows = [HeatRow("建会入会", [HeatCell("完成", "done", "/t/", "看任务"), HeatCell("—")], url="/r/")]

    tree = shown("{% heat heads rows '作战图' '重点工作' %}", heads=[Link("江州市", "/o/"), "临川市"], rows=rows)

    assert words(tree, ".legend li") == ["完成"]
    assert words(tree, "thead th") == ["重点工作", "江州市", "临川市"]
    assert tree.css_first("td a").attributes["aria-label"] == "完成 看任务"


def test_a_tree_folds_what_has_children():
    branches = [Branch("省", count=3, open=True, children=[Branch("市", "/c/", active=True, note="届满")])]

    tree = shown("{% tree branches %}", branches=branches)

    assert words(tree, "details[open] summary") == ["省 3"]
    assert words(tree, "details .leaf") == ["市 届满"]


def test_a_link_in_a_tree_stands_beside_its_toggle_not_in_it():
    tree = shown("{% tree branches %}", branches=[Branch("省", "/p/", children=[Branch("市", "/c/")])])

    assert words(tree, "summary a") == []
    assert words(tree, ".node > .branch > a") == ["省"]
    assert tree.css_first("summary").attributes["aria-label"] == "展开或收起 省"


def test_an_empty_table_says_what_to_do_next():
    table = Table(columns=(), search=("name",))

    fresh = shown("{% table table advice='先建一个。' %}", table=table.over([], QueryDict()))
    narrowed = shown("{% table table %}", table=table.over([], QueryDict("q=x")))

    assert words(fresh, ".empty-next") == ["先建一个。"]
    assert [node.attributes["href"] for node in narrowed.css(".empty-next a")] == ["?"]


def test_figures_and_names_and_honours():
    tree = shown(
        "{% stats %}{% stat '会员' 1200|number unit='人' tone='done' %}{% endstats %}"
        "{% person '何立' '城东区总工会' '/p/' %}{% honour '工人先锋号' 2026 %}{% notice 'done' %}好{% endnotice %}"
        "{% panel '更多' open=True %}内容{% endpanel %}{% columns 'two' %}栏{% endcolumns %}"
    )

    assert words(tree, ".stat-value") == ["1 200 人"]
    assert words(tree, ".person, .honour") == ["何立 城东区总工会", "2026年 工人先锋号"]
    assert words(tree, "[role=status], details[open] .panel-body, .columns-two") == ["好", "内容", "栏"]


def test_a_state_in_a_list_reads_as_its_label():
    assert str(PillValue("完成", "done")) == "完成"


class AllRequired(forms.Form):
    username = forms.CharField(label="用户名")


def test_required_is_said_only_where_something_is_optional():
    assert words(shown("{% field form.username %}", form=AllRequired()), "label") == ["用户名"]


def test_an_empty_field_is_told_in_plain_words():
    assert words(shown("{% field form.name %}", form=Sample({})), ".field-error") == ["请填写"]
