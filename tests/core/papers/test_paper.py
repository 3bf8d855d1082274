"""The .docx of an official document, read back and measured."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from gongshu.core.papers.blocks import Attachment, Blank, Heading, Table, paragraph
from gongshu.core.papers.layout import read_layout
from gongshu.core.papers.paper import OfficialPaper

DAY = date(2026, 7, 5)
BODY = (
    "现将有关情况报告如下。",
    Heading(1, "总体情况"),
    paragraph("建立“司机之家”117个，为", Blank("参保人数"), "名劳动者购买意外伤害保险。"),
    Heading(2, "任务办结情况"),
    Heading(2, "目标完成情况"),
    Heading(3, "按地区看"),
    Heading(4, "演示市甲"),
    Heading(1, "下一步工作"),
    Heading(2, "继续抓好落实"),
    Heading(1, "附则", numbered=False),
    Blank("领导讲话要点"),
)


def paper(**changes: object) -> OfficialPaper:
    fields = {
        "kind": "报告",
        "title": "演示省总工会关于上半年重点工作推进情况的报告",
        "body": BODY,
        "signer": "演示省总工会",
        "date": DAY,
        "issuer_mark": "演示省总工会文件",
        "number": "演工发〔2026〕16号",
        "addressee": "中华全国总工会：",
    }
    return OfficialPaper(**(fields | changes))  # type: ignore[arg-type]


def opened(written: OfficialPaper) -> DocxDocument:
    return Document(BytesIO(written.docx()))


def line(document: DocxDocument, start: str) -> DocxParagraph:
    return next(each for each in document.paragraphs if each.text.startswith(start))


def fonts(found: DocxParagraph) -> set[tuple[str | None, float]]:
    return {
        (run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt)
        for run in found.runs
        if run.text and run.font.size
    }


def indents(found: DocxParagraph) -> dict[str, str]:
    made = found._element.pPr.find(qn("w:ind"))
    return {} if made is None else {name.split("}")[1]: value for name, value in made.attrib.items()}


def test_page_and_margins_are_those_of_the_standard() -> None:
    section = opened(paper()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28]


def test_lines_are_exact_and_twenty_two_fill_the_page() -> None:
    document = opened(paper())
    body = line(document, "现将")
    assert body.paragraph_format.line_spacing.pt == 28.95
    assert body.paragraph_format.widow_control is False
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    layout = read_layout(DAY)
    assert layout.pitch * layout.lines <= layout.text_height / 25.4 * 72 < layout.pitch * (layout.lines + 1)


def test_twenty_eight_characters_fit_a_line_and_twenty_nine_do_not() -> None:
    layout = read_layout(DAY)
    width = layout.text_width / 25.4 * 72
    assert (layout.size + layout.closeness) * 28 <= width < (layout.size + layout.closeness) * 29
    run = line(opened(paper()), "现将").runs[0]
    assert run._element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"


@pytest.mark.parametrize(
    ("start", "font", "size"),
    [
        ("演示省总工会文件", "方正小标宋简体", 55.0),
        ("演工发", "仿宋_GB2312", 16.0),
        ("演示省总工会关于", "方正小标宋简体", 22.0),
        ("中华全国总工会", "仿宋_GB2312", 16.0),
        ("现将", "仿宋_GB2312", 16.0),
        ("一、", "黑体", 16.0),
        ("（一）", "楷体_GB2312", 16.0),
        ("1. ", "仿宋_GB2312", 16.0),
        ("（1）", "仿宋_GB2312", 16.0),
        ("2026年7月5日", "仿宋_GB2312", 16.0),
    ],
)
def test_each_part_has_its_font(start: str, font: str, size: float) -> None:
    assert fonts(line(opened(paper()), start)) == {(font, size)}


def test_no_theme_font_is_left_to_win_over_a_named_one() -> None:
    styles = opened(paper()).styles
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for properties in (defaults, styles["Normal"].element.rPr):
        named = {name.split("}")[1]: value for name, value in properties.rFonts.attrib.items()}
        assert named == {
            "ascii": "Times New Roman",
            "hAnsi": "Times New Roman",
            "eastAsia": "仿宋_GB2312",
            "cs": "Times New Roman",
        }


def test_headings_are_numbered_and_deeper_levels_start_anew() -> None:
    texts = [each.text for each in opened(paper()).paragraphs]
    start = texts.index("一、总体情况")
    assert [text for text in texts[start:] if text][:10] == [
        "一、总体情况",
        "建立“司机之家”117个，为【待填：参保人数】名劳动者购买意外伤害保险。",
        "（一）任务办结情况",
        "（二）目标完成情况",
        "1. 按地区看",
        "（1）演示市甲",
        "二、下一步工作",
        "（一）继续抓好落实",
        "附则",
        "【待填：领导讲话要点】",
    ]


def test_what_nobody_filled_is_highlighted_and_nothing_else_is() -> None:
    document = opened(paper(number=Blank("发文字号")))
    marked = [run.text for each in document.paragraphs for run in each.runs if run.font.highlight_color]
    assert marked == ["【待填：发文字号】", "【待填：参保人数】", "【待填：领导讲话要点】"]
    run = next(run for each in document.paragraphs for run in each.runs if run.text == marked[0])
    assert run.font.highlight_color == WD_COLOR_INDEX.YELLOW


def test_the_mark_is_red_thirty_five_millimetres_down_and_a_red_rule_follows_the_number() -> None:
    document = opened(paper())
    mark = document.paragraphs[0]
    assert str(mark.runs[0].font.color.rgb) == "FF0000"
    assert round(mark.paragraph_format.space_before.mm) == 35
    drawn = line(document, "演工发")._element.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (drawn.get(qn("w:color")), drawn.get(qn("w:space"))) == ("FF0000", "11")
    assert [each.text for each in document.paragraphs[1:3]] == ["", ""]


def test_a_document_to_a_higher_body_names_the_approver_at_the_right() -> None:
    number = line(opened(paper(approver="演示甲")), "　演工发")
    assert number.text == "　演工发〔2026〕16号\t签发人：演示甲"
    assert number.runs[-1]._element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"


def test_paragraphs_are_indented_by_two_characters_and_the_addressee_is_not() -> None:
    document = opened(paper())
    assert indents(line(document, "现将")) == {"firstLineChars": "200", "firstLine": "640"}
    assert indents(line(document, "中华全国总工会")) == {}
    assert line(document, "中华全国总工会").text == "中华全国总工会："


def test_the_date_stands_four_characters_from_the_right_with_the_signer_centred_over_it() -> None:
    document = opened(paper())
    assert indents(line(document, "2026年7月5日"))["rightChars"] == "400"
    signer = next(each for each in document.paragraphs if each.text == "演示省总工会")
    assert indents(signer)["rightChars"] == "400"
    longer = next(
        each for each in opened(paper(signer="演示省总工会办公室")).paragraphs if each.text.endswith("办公室")
    )
    assert indents(longer)["rightChars"] == "250"


def test_a_signer_wider_than_its_place_stays_inside_the_text() -> None:
    name = "演示省总工会新就业形态劳动者权益保障工作办公室"
    signer = next(each for each in opened(paper(signer=name)).paragraphs if each.text == name)
    assert indents(signer) == {}


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = opened(paper())
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer is True
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment.name, even.alignment.name) == ("RIGHT", "LEFT")
    assert (indents(odd)["rightChars"], indents(even)["leftChars"]) == ("100", "100")
    assert "".join(each.text or "" for each in odd._element.iter(qn("w:instrText"))) == " PAGE "
    assert (odd.runs[0].text, odd.runs[-1].text) == ("— ", " —")
    assert fonts(odd) == {("宋体", 14.0)}


def test_attachments_are_listed_and_those_with_a_body_follow_on_their_own_page() -> None:
    attachments = (Attachment("完成情况表", ("见表。",)), Attachment("逾期事项清单"))
    document = opened(paper(attachments=attachments))
    assert [line(document, "附件：").text, line(document, "　　　2").text] == [
        "附件：1. 完成情况表",
        "　　　2. 逾期事项清单",
    ]
    head = next(each for each in document.paragraphs if each.text == "附件1")
    assert head.paragraph_format.page_break_before
    assert not [each.text for each in document.paragraphs if each.text == "附件2"]


def test_a_single_attachment_has_no_number() -> None:
    document = opened(paper(attachments=[Attachment("清单", ("无。",))]))
    assert line(document, "附件：").text == "附件：清单"
    assert [each.text for each in document.paragraphs if each.text.startswith("附件")] == ["附件：清单", "附件"]


def test_the_imprint_floats_at_the_foot_between_thick_rules() -> None:
    document = opened(paper(copies_to=["甲市总工会", "乙市总工会"], printed_by="演示省总工会办公室"))
    table = document.tables[-1]
    assert [row.cells[0].text for row in table.rows] == [
        "抄送：甲市总工会，乙市总工会。",
        "演示省总工会办公室\t2026年7月5日印发",
    ]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    widths = {each.tag.split("}")[1]: each.get(qn("w:sz")) for each in borders}
    assert widths == {"top": "8", "bottom": "8", "insideH": "6"}


def test_an_imprint_may_hold_only_copies_or_only_the_printer() -> None:
    copies = opened(paper(copies_to=["甲市总工会"])).tables[-1]
    printer = opened(paper(printed_by="办公室", printed_on=date(2026, 7, 6))).tables[-1]
    assert [row.cells[0].text for row in copies.rows] == ["抄送：甲市总工会。"]
    assert [row.cells[0].text for row in printer.rows] == ["办公室\t2026年7月6日印发"]


def test_a_note_stands_below_the_date_in_brackets() -> None:
    texts = [each.text for each in opened(paper(note="此件公开发布")).paragraphs if each.text]
    assert texts[-2:] == ["2026年7月5日", "（此件公开发布）"]


def test_a_document_without_head_begins_with_its_title() -> None:
    document = opened(paper(issuer_mark="", addressee=""))
    assert document.paragraphs[0].text.startswith("演示省总工会关于")
    assert "：" not in document.paragraphs[2].text
    assert document.tables == []


def test_characters_no_file_may_hold_are_left_out() -> None:
    document = opened(paper(title="关于\x00报告\ufffe", body=["甲\x0b乙"]))
    assert document.core_properties.title == "关于报告"
    assert line(document, "甲").text == "甲乙"


def test_a_date_before_the_standard_is_refused_by_name() -> None:
    with pytest.raises(LookupError, match="党政机关公文格式"):
        paper(date=date(2011, 1, 1)).docx()


def test_a_grid_table_repeats_its_head_and_breaks_no_row() -> None:
    table = Table(
        ["单位", "完成", "说明"],
        [["甲", 1200, Blank("说明")], ["乙", 8, "场地"]],
        widths=(2, 1, 3),
        caption="表1　完成情况",
        wide=frozenset({2}),
    )
    document = opened(paper(body=[table]))
    made = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["单位", "完成", "说明"],
        ["甲", "1,200", "【待填：说明】"],
        ["乙", "8", "场地"],
    ]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in made.rows]
    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in made.rows]
    assert (heads, whole) == ([True, False, False], [True, True, True])
    assert [round(cell.width.mm) for cell in made.rows[1].cells] == [52, 26, 78]
    assert [cell.paragraphs[0].alignment.name for cell in made.rows[2].cells] == ["CENTER", "RIGHT", "LEFT"]
    assert fonts(made.rows[0].cells[0].paragraphs[0]) == {("黑体", 12.0)}
    assert fonts(made.rows[1].cells[0].paragraphs[0]) == {("仿宋_GB2312", 12.0)}
    assert line(document, "表1").paragraph_format.keep_with_next


def test_a_three_line_table_has_no_upright_rules() -> None:
    made = opened(paper(body=[Table(["单位", "完成"], [["甲", 1]], ruled="three-line")])).tables[0]
    sides = [each.tag.split("}")[1] for each in made._tbl.tblPr.find(qn("w:tblBorders"))]
    under_head = made.rows[0].cells[0]._tc.tcPr.find(qn("w:tcBorders")).find(qn("w:bottom"))
    assert (sides, under_head.get(qn("w:sz"))) == (["top", "bottom"], "6")


def test_rows_that_do_not_fit_and_unknown_forms_are_refused() -> None:
    with pytest.raises(ValueError, match="列数"):
        Table(["甲", "乙"], [["一"]])
    with pytest.raises(ValueError, match="列数"):
        Table(["甲", "乙"], [], widths=(1,))
    with pytest.raises(ValueError, match="grid"):
        Table(["甲"], [], ruled="dotted")
    with pytest.raises(ValueError, match="层次"):
        Heading(5, "太深")
