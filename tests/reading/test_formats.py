"""Every format a document may come in, and a clear sentence for what cannot be read."""

import io
import json
import resource
import runpy
import sys
import zipfile

import pytest
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import ContentStream, DecodedStreamObject, DictionaryObject, NameObject

from gongshu.reading.formats import MOST_BYTES, MOST_CHARACTERS, Unreadable, pdf_words, text_of
from gongshu.reading.formats.portable import _paragraphs

TEXT = "演示市总工会全委会议今天召开,会议由主席主持,全市工会干部参加会议。\n会议要求各级工会抓好落实。"
TRADITIONAL = "全國礦冶工會第六屆執行委員會第五次全體會議在望川舉行,會議審議通過半年工作報告。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_are_told_apart(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding)) == TEXT


def test_traditional_pages_in_big5_are_read() -> None:
    assert text_of(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_a_text_cut_inside_a_character_is_still_read() -> None:
    assert text_of(TEXT.encode()[:-1]) == TEXT[:-1] + "\ufffd"


@pytest.mark.parametrize("wrong", ["latin-1", "gb18030"])
def test_text_decoded_wrongly_once_is_set_right(wrong: str) -> None:
    meant = "总工会会议今天召开工会主席讲话会议总结工作部署任务"
    garbled = meant.encode().decode(wrong, errors="ignore")
    assert text_of(garbled.encode())[:6] == meant[:6]


def test_text_given_as_text_is_taken_as_it_is() -> None:
    assert text_of(TEXT) == TEXT


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (b"", "文件是空的，没有可读的文字。"),
        (b"  \n\t ", "文件是空的，没有可读的文字。"),
        (b"\x00\x01\x02\x03binary", "这是二进制文件，没有可读的文字。"),
        (b"\xff\xfe\x00\x01\x03\x00", "这是二进制文件，没有可读的文字。"),
        (b"\xff\xfe\x00", "文件编码无法识别，请另存为 UTF-8 编码的文本后再上传。"),
        (bytes(range(128, 256)) * 9, "文件编码无法识别，请另存为 UTF-8 编码的文本后再上传。"),
        ("Собрание профсоюза".encode("cp1251") * 9, "文件编码无法识别，请另存为 UTF-8 编码的文本后再上传。"),
        (b"The meeting was held today. " * 9, "文中几乎没有汉字，只能读中文文件。"),
        ("これは労働組合の会議のお知らせです。ぜひ来てください。".encode() * 3, "文中几乎没有汉字，只能读中文文件。"),
        ("노동조합 회의를 개최합니다".encode() * 9, "文中几乎没有汉字，只能读中文文件。"),
        (b"\x89PNG\r\n\x1a\n", "这是图片，没有可读的文字，请上传文字版。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "这是旧版 Office 文件（.doc、.xls、.ppt），请另存为 .docx 后再上传。"),
        (b"PK\x03\x04broken", "Word 文件已损坏，打不开。"),
        (b"%PDF-1.4 broken", "PDF 文件已损坏，打不开。"),
        (b"a" * (MOST_BYTES + 1), "文件超过 20 MB，请拆分或只上传正文。"),
        ("会" * (MOST_CHARACTERS + 1), "文件超过 50 万字，请拆分或只上传正文。"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(source: bytes | str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        text_of(source)
    assert str(refused.value) == sentence


def test_a_web_page_gives_what_a_reader_sees() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>标题栏</title><style>p{}</style></head><body><nav>首页</nav>"
        "<!-- 注释 --><h1>总工会召开会议</h1><div><p>会议今天<b>召开</b>,工会主席讲话。<br>第二行</p>"
        "<table><tr><th>序号</th><th>任务</th></tr><tr><td>1</td><td><p>建驿站</p><p>40个</p></td></tr></table>"
        "<table><tr><td><p>版面表格</p></td></tr></table></div><script>alert('x')</script><footer>页脚</footer></body></html>"
    )
    assert (
        text_of(page.encode())
        == "总工会召开会议\n会议今天召开,工会主席讲话。\n第二行\n序号 | 任务\n1 | 建驿站 40个\n版面表格"
    )


def test_a_file_named_html_is_a_web_page_whatever_it_begins_with() -> None:
    assert text_of("总工会会议今天召开<i>了</i>".encode(), "a.HTML") == "总工会会议今天召开了"
    assert text_of("总工会会议今天召开<i>了</i>".encode(), "a.txt") == "总工会会议今天召开<i>了</i>"


def test_a_deeply_nested_web_page_is_no_trap() -> None:
    page = "<html><body>" + "<div>" * 3000 + "总工会会议今天召开" + "</div>" * 3000
    assert text_of(page.encode()) == "总工会会议今天召开"


def word_file() -> bytes:
    document = Document()
    document.add_paragraph("总工会会议今天召开,主席讲话。")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("序号", "任务", "1", "建驿站40个"), strict=True):
        cell.text = words
    document.add_paragraph("会议到此结束。")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_word_file_gives_paragraphs_and_rows_in_order() -> None:
    wanted = "总工会会议今天召开,主席讲话。\n序号 | 任务\n1 | 建驿站40个\n会议到此结束。"
    assert text_of(word_file()) == wanted


def archive(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, words in members:
            packed.writestr(name, words)
    return held.getvalue()


def test_an_archive_without_a_document_is_refused() -> None:
    with pytest.raises(Unreadable, match="只能读"):
        text_of(archive(("a.txt", b"x")))


def test_an_archive_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(Unreadable, match="解压后过大"):
        text_of(archive(("word/document.xml", b"0" * (101 * 1024 * 1024))))


def test_an_archive_with_a_broken_document_is_refused() -> None:
    with pytest.raises(Unreadable, match="已损坏"):
        text_of(archive(("word/document.xml", b"<a")))


def pdf_file(password: str = "", pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def pdf_with_text(words: str) -> bytes:
    """Return a one-page PDF whose text layer holds `words`, by way of a two-byte font with a Unicode table."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, 600)
    codes = {character: number for number, character in enumerate(dict.fromkeys(words), start=1)}
    table = DecodedStreamObject()
    rows = "\n".join(f"<{code:04X}> <{ord(character):04X}>" for character, code in codes.items())
    table.set_data(
        (
            "begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{len(codes)} beginbfchar\n{rows}\nendbfchar\nendcmap"
        ).encode()
    )
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Song"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/ToUnicode"): writer._add_object(table),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    shown = "".join(f"{codes[character]:04X}" for character in words)
    stream.set_data(f"BT /F1 12 Tf 10 500 Td <{shown}> Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(ContentStream(stream, writer))
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_a_pdf_with_a_text_layer_is_read() -> None:
    assert text_of(pdf_with_text("总工会会议今天召开,主席讲话。")) == "总工会会议今天召开,主席讲话。"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (pdf_file(), "没有文字层"),
        (pdf_file(password="x"), "设了密码"),
        (pdf_file(pages=301), "超过 300 页"),
    ],
)
def test_a_pdf_without_readable_text_is_refused(source: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        text_of(source)


@pytest.mark.parametrize(
    ("source", "most_pages", "most_characters", "answer"),
    [
        (pdf_with_text("总工会会议。"), 1, 10, {"text": "总工会会议。"}),
        (pdf_with_text("总工会会议。"), 1, 3, {"refused": "long"}),
        (pdf_file(pages=3), 2, 10, {"refused": "pages"}),
        (pdf_file(password="x"), 1, 10, {"refused": "locked"}),
        (b"%PDF-1.7", 1, 10, {"refused": "broken"}),
    ],
)
def test_the_words_of_a_pdf_or_why_there_are_none(
    source: bytes, most_pages: int, most_characters: int, answer: dict[str, str]
) -> None:
    assert pdf_words.answer(source, most_pages, most_characters) == answer


def test_a_pdf_that_takes_all_memory_is_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(source: io.BytesIO) -> None:
        raise MemoryError

    monkeypatch.setattr(pdf_words, "PdfReader", greedy)
    assert pdf_words.answer(b"", 1, 1) == {"refused": "heavy"}


def test_the_program_limits_itself_where_it_can_and_answers_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = []

    def limit(what: int, most: tuple[int, int]) -> None:
        limits.append((what, most))
        if what == resource.RLIMIT_AS:
            raise OSError("not on this machine")

    told = io.StringIO()
    monkeypatch.setattr(resource, "setrlimit", limit)
    monkeypatch.setattr(sys, "argv", ["pdf_words.py", "1", "10"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pdf_with_text("总工会会议。"))))
    monkeypatch.setattr(sys, "stdout", told)
    runpy.run_path(pdf_words.__file__, run_name="__main__")
    assert json.loads(told.getvalue()) == {"text": "总工会会议。"}
    assert limits == [
        (resource.RLIMIT_AS, (pdf_words.MEMORY, pdf_words.MEMORY)),
        (resource.RLIMIT_CPU, (pdf_words.SECONDS, pdf_words.SECONDS)),
    ]


def test_lines_of_a_pdf_are_joined_to_paragraphs_without_page_numbers() -> None:
    page = (
        "总工会会议今天在演示市召开会议由主席主\n持会议要求各级工会抓好落实。\n- 1 -\n一、提高认识\n"
        "二、加强领导各级工会要高度重视认真组织\n第 2 页 共 3 页\n实施。"
    )
    assert _paragraphs(page).split("\n") == [
        "总工会会议今天在演示市召开会议由主席主持会议要求各级工会抓好落实。",
        "一、提高认识",
        "二、加强领导各级工会要高度重视认真组织实施。",
    ]
