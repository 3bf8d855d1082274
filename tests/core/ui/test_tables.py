from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict
from django.utils.html import conditional_escape

from gongshu.core.ui import spreadsheet, tables
from gongshu.core.ui.cells import Column
from gongshu.core.ui.links import with_params
from gongshu.core.ui.shapes import BulkAction, PillValue
from gongshu.core.ui.spreadsheet import XLSX, download, workbook
from gongshu.core.ui.tables import Filter, Table

NAMES = ("甲组", "乙组", "丙队", "丁队", "戊队")
GROUPS = Table(
    columns=(Column("name", "名称", sort="name"), Column("pk", "编号", kind="number")),
    filters=(Filter("kind", "类别", [("组", "组"), ("队", "队")], lookup="name__endswith"),),
    search=("name",),
    order=("-name",),
    page_size=2,
    unit="个",
)


@pytest.fixture
def groups(db):
    Group.objects.bulk_create(Group(name=name) for name in NAMES)
    return Group.objects.all()


def names(shown):
    return [row.name for row in shown.page.object_list]


def test_a_table_of_rows_is_paged_in_its_usual_order(groups):
    shown = GROUPS.over(groups, QueryDict("page=2"))

    assert names(shown) == sorted(NAMES, reverse=True)[2:4]
    assert shown.total == 5
    assert shown.page.paginator.num_pages == 3


def test_a_page_that_does_not_exist_becomes_the_last(groups):
    assert GROUPS.over(groups, QueryDict("page=99")).page.number == 3


def test_the_address_sorts_up_and_down(groups):
    up = GROUPS.over(groups, QueryDict("sort=name&page=2"))
    down = GROUPS.over(groups, QueryDict("sort=-name"))

    assert names(up) == sorted(NAMES)[2:4]
    assert names(down) == sorted(NAMES, reverse=True)[:2]
    assert (up.headings[0].direction, up.headings[0].url) == ("ascending", "?sort=-name")
    assert (down.headings[0].direction, down.headings[0].url) == ("descending", "?sort=name")
    assert (up.headings[1].direction, up.headings[1].url) == ("", "")


def test_sorting_by_a_column_that_cannot_sort_changes_nothing(groups):
    assert names(GROUPS.over(groups, QueryDict("sort=pk"))) == sorted(NAMES, reverse=True)[:2]


def test_a_filter_narrows_and_its_link_leaves_the_page_behind(groups):
    shown = GROUPS.over(groups, QueryDict("kind=组&page=2&q=组"))

    assert shown.applied == {"kind": "组"}
    assert shown.total == 2
    assert [(link.label, link.active) for link in shown.choices[0].links] == [
        ("全部", False),
        ("组", True),
        ("队", False),
    ]
    assert shown.choices[0].links[2].url == with_params(QueryDict("kind=队&q=组"), {})
    assert shown.clear_url == "?"


def test_a_code_that_does_not_exist_filters_nothing(groups):
    shown = GROUPS.over(groups, QueryDict("kind=没有"))

    assert shown.total == 5
    assert not shown.is_narrowed


def test_many_choices_become_a_drop_down_in_the_search_form():
    table = Table(columns=(), filters=(Filter("city", "市", [(str(code), f"{code}市") for code in range(12)]),))

    shown = table.over([], QueryDict("sort=name&city=3&page=2"))

    assert shown.choices[0].links == ()
    assert shown.kept == [("sort", "name")]
    assert shown.asks


def test_search_finds_part_of_a_name(groups):
    assert GROUPS.over(groups, QueryDict("q=队")).total == 3
    assert GROUPS.over(groups, QueryDict("q=%20")).total == 5


def test_a_table_takes_two_queries_however_many_rows(groups, django_assert_num_queries):
    with django_assert_num_queries(2):
        shown = GROUPS.over(groups, QueryDict())
        assert len(shown.body) == 2
        assert shown.total == 5


def test_ticked_rows_are_those_the_reader_may_see(groups):
    first, second = groups[0], groups[1]
    posted = QueryDict(f"rows={first.pk}&rows={second.pk}&rows=x&rows=%C2%B2&rows={10**30}&action=close")

    chosen = GROUPS.over(groups.exclude(pk=second.pk), QueryDict()).chosen(posted)

    assert list(chosen) == [first]


def test_all_means_all_that_match_the_filter(groups):
    chosen = GROUPS.over(groups, QueryDict("kind=队")).chosen(QueryDict("all=1"))

    assert {row.name for row in chosen} == {"丙队", "丁队", "戊队"}


@dataclass(frozen=True)
class Place:
    name: str
    visits: int | None
    state: PillValue | None = None
    opened: datetime | date | None = None

    def get_absolute_url(self) -> str:
        return f"/places/{self.name}/"


PLACES = [Place("甲站", 20), Place("乙站", None), Place("丙站", 100)]
COUNTED = Table(
    columns=(Column("name", "名称", link=True), Column("visits", "人次", kind="number", sort="visits")),
    search=("name",),
    actions=(BulkAction("close", "停用"),),
)


def test_computed_rows_sort_with_the_unknown_last():
    assert names(COUNTED.over(PLACES, QueryDict("sort=visits"))) == ["甲站", "丙站", "乙站"]
    assert names(COUNTED.over(PLACES, QueryDict("sort=-visits"))) == ["丙站", "甲站", "乙站"]
    assert names(COUNTED.over(PLACES, QueryDict())) == ["甲站", "乙站", "丙站"]


def test_computed_rows_can_be_searched():
    assert names(COUNTED.over(PLACES, QueryDict("q=乙"))) == ["乙站"]


@pytest.mark.parametrize(
    ("column", "row", "markup"),
    [
        (Column("name", "名称", link=True), PLACES[0], '<a href="/places/甲站/">甲站</a>'),
        (Column("name", "名称", link=lambda row: "/x/"), PLACES[0], '<a href="/x/">甲站</a>'),
        (Column("name", "名称"), Place("<b>", 1), "&lt;b&gt;"),
        (Column("name", "名称", link=True), Place("<b>", 1), '<a href="/places/&lt;b&gt;/">&lt;b&gt;</a>'),
        (Column("visits", "人次", kind="number"), Place("甲", 1200), "1\u202f200"),
        (Column("visits", "人次"), PLACES[1], "—"),
        (Column("state", "状态", kind="pill"), PLACES[0], "—"),
        (
            Column("state", "状态", kind="pill"),
            Place("甲", 1, PillValue("完成", "done")),
            '<span class="pill pill-done">完成</span>',
        ),
        (
            Column("x", "状态", value=lambda row: "待办", kind="pill"),
            PLACES[0],
            '<span class="pill pill-todo">待办</span>',
        ),
        (Column("opened", "日期", kind="date"), Place("甲", 1, opened=date(2026, 5, 1)), "2026年5月1日"),
        (Column("opened", "时间", kind="time"), Place("甲", 1), "—"),
        (Column("opened", "期限", kind="due"), Place("甲", 1), "—"),
        (Column("state.label", "状态"), PLACES[0], "—"),
        (
            Column("phone", "电话", value=lambda row: "13812345678", kind="masked"),
            PLACES[0],
            '<span class="unbroken">138****5678</span>',
        ),
        (
            Column("code", "号码", value=lambda row: "5201****<", kind="code"),
            PLACES[0],
            '<span class="unbroken">5201****&lt;</span>',
        ),
        (Column("code", "号码", value=lambda row: "", kind="code"), PLACES[0], "—"),
        (Column("share", "比例", value=lambda row: None, kind="share"), PLACES[0], "—"),
    ],
)
def test_a_cell_shows_its_value(column, row, markup):
    assert conditional_escape(column.shown(row)) == markup


def test_a_share_is_drawn_no_longer_than_its_track():
    shown = Column("share", "比例", value=lambda row: 1.25, kind="share").shown(PLACES[0])

    assert 'class="bar-fill bar-done" width="100.0%"' in shown
    assert "125%" in shown


def test_dotted_paths_follow_keys_attributes_and_calls():
    row = {"place": PLACES[0]}

    assert Column("link", "链接", value="place.get_absolute_url").of(row) == "/places/甲站/"


def test_a_cell_may_have_a_template(client):
    column = Column("name", "名称", template="ui/parts/person.html", value=lambda row: row.name)

    assert "person" in column.shown(PLACES[0])


def cells(content: bytes, sheet: int = 1) -> str:
    with ZipFile(BytesIO(content)) as book:
        return book.read(f"xl/worksheets/sheet{sheet}.xml").decode()


def test_the_spreadsheet_holds_every_row_that_is_shown(groups):
    shown = GROUPS.over(groups, QueryDict("kind=队&page=2&export=xlsx"))

    sheet = cells(workbook(shown)[0])

    assert shown.wants_export
    assert sheet.count("<row ") == 4
    assert [name for name in NAMES if name in sheet] == ["丙队", "丁队", "戊队"]


def test_words_never_become_formulas_and_masked_data_stays_masked():
    table = Table(
        columns=(
            Column("name", "名称"),
            Column("phone", "电话", value=lambda row: "13812345678", kind="masked"),
            Column("opened", "时间", kind="time"),
            Column("state", "状态", kind="pill"),
            Column("secret", "不导出", value=lambda row: "机密", exported=False),
        )
    )
    opened = datetime(2026, 11, 19, 18, tzinfo=UTC)
    place = Place("=HYPERLINK(1)", 1, PillValue("完成", "done"), opened)

    sheet = cells(workbook(table.over([place], QueryDict()))[0])

    assert "<f>" not in sheet
    assert "=HYPERLINK(1)" in sheet
    assert "138****5678" in sheet
    assert "完成" in sheet
    assert "机密" not in sheet
    assert "<v>46346.0833333" in sheet  # 20 November 2026, 02:00 in Shanghai


def test_a_sheet_that_is_full_is_followed_by_another(monkeypatch):
    monkeypatch.setattr(spreadsheet, "ROWS_A_SHEET", 2)
    rows = [Place(f"第{number}站", number) for number in range(5)]

    book, count = workbook(Table(columns=(Column("name", "名称"),)).over(rows, QueryDict()))

    assert count == 5
    assert [cells(book, sheet).count("<row ") for sheet in (1, 2, 3)] == [3, 3, 2]
    assert ["第4站" in cells(book, sheet) for sheet in (1, 2, 3)] == [False, False, True]


def test_rows_are_prepared_a_batch_at_a_time(monkeypatch, groups):
    monkeypatch.setattr(tables, "BATCH", 2)
    batches = []
    table = Table(columns=(Column("name", "名称"),), prepare=lambda rows: batches.append(len(rows)))

    count = workbook(table.over(groups, QueryDict()))[1]

    assert (count, batches) == (5, [2, 2, 1])


def test_the_download_is_named_after_the_page():
    answer = download(COUNTED.over(PLACES, QueryDict()), "阵地 名录")

    assert answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E9%98%B5%E5%9C%B0%20%E5%90%8D%E5%BD%95.xlsx"
    )


def test_a_table_may_refuse_export():
    shown = Table(columns=(), export=False).over([], QueryDict("export=xlsx"))

    assert (shown.wants_export, shown.export_url) == (False, "")


def test_links_set_and_take_out_parameters():
    params = QueryDict("a=1&b=2&b=3")

    assert with_params(params, {"a": None, "page": 2}) == "?b=2&b=3&page=2"
    assert with_params(params, {"b": ""}) == "?a=1"


@pytest.mark.parametrize(("columns", "wide"), [(9, False), (10, True)])
def test_many_columns_scroll_in_a_box_of_their_own(columns, wide):
    table = Table(columns=[Column(f"c{number}", "列") for number in range(columns)])

    assert table.over([], QueryDict()).is_wide is wide
