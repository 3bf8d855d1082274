"""Both texts side by side: nothing is lost, everything stands where it belongs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gongshu.intake.rules.marking import Marker, corrected, mends
from gongshu.intake.rules.record.mending import carry
from gongshu.intake.rules.record.shape import Place, Record, TaskEntry
from gongshu.reading.model import Page
from gongshu.reading.repair import repair
from gongshu.reading.segment.sentences import sentences

DAMAGED = """首頁>企業
湖北日?qǐng)?bào)訊 11月11日,省總工會(huì)召開(kāi)會(huì)議。會(huì)議要求建立200個(gè)司機(jī)之家。

1677417879742004725.jpg

各級(jí)工會(huì)要抓好落實(shí)。
"""


def marked(page: Page, corrections: dict[str, str] | None = None) -> tuple[list, list]:
    stored = [[r.rule, r.raw.start, r.raw.end, r.clean.start, r.clean.end, r.note, r.doubtful] for r in page.repairs]
    mended = mends(page.raw, page.text, stored, corrections or {})
    drawn = [("t1", Place(page.text.find("建立"), page.text.find("建立") + 10))]
    spans = [(s.start, s.end) for b in page.blocks for s in sentences(page.text, b.span)]
    blocks = [[b.kind, b.span.start, b.span.end] for b in page.blocks]
    return Marker(page.raw, page.text, mended, drawn).rows(blocks, spans), mended


def words(pieces: list) -> str:
    return "".join(piece.text for piece in pieces)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_both_sides_hold_the_whole_of_both_texts() -> None:
    page = repair(DAMAGED)
    rows, _ = marked(page)
    assert squeezed("".join(words(row.raw) for row in rows)) == squeezed(page.raw)
    clean = "".join(words(sentence.pieces) for row in rows for sentence in row.sentences)
    assert squeezed(clean) == squeezed(page.text)


def test_a_paragraph_stands_beside_what_it_was_made_from() -> None:
    rows, _ = marked(repair(DAMAGED))
    body = next(row for row in rows if "司机之家" in "".join(words(s.pieces) for s in row.sentences))
    assert "司機(jī)之家" in words(body.raw)
    last = next(row for row in rows if "抓好落实" in "".join(words(s.pieces) for s in row.sentences))
    assert squeezed(words(last.raw)) == "各級(jí)工會(huì)要抓好落實(shí)。"


def test_what_was_drawn_from_a_sentence_is_marked_in_it() -> None:
    rows, _ = marked(repair(DAMAGED))
    drawn = [p.text for row in rows for s in row.sentences for p in s.pieces if p.drawn == ("t1",)]
    assert "".join(drawn) == "建立200个司机之家"


def test_a_corrected_character_takes_its_place_in_the_clean_text() -> None:
    page = repair(DAMAGED)
    number = str(next(n for n, r in enumerate(page.repairs) if r.doubtful))
    rows, mended = marked(page, {number: "报"})
    assert "湖北日报讯" in "".join(words(s.pieces) for row in rows for s in row.sentences)
    assert corrected(page.text, mended) == page.text.replace("□", "报")


def test_a_corrected_character_is_carried_into_what_was_drawn_from_it() -> None:
    page = repair(DAMAGED)
    number = str(next(n for n, r in enumerate(page.repairs) if r.doubtful))
    at = page.text.find("湖北日")
    task = TaskEntry("t1", page.text[at : at + 5], "task", place=Place(at, at + 5))
    elsewhere = TaskEntry("t2", "日□讯", "task", place=Place(at + 20, at + 24))
    record = Record(tasks=[task, elsewhere], corrections={number: "报"})
    _, mended = marked(page, record.corrections)
    assert carry(record, {}, mended, page.text) == {"t1-text": "湖北日报讯"}
    assert elsewhere.text == "日□讯"
    record.corrections = {}
    assert carry(record, {number: "报"}, mended, page.text) == {"t1-text": "湖北日□讯"}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="工會(huì)要抓好落實(shí)。,\n ×|jpg.1會(huì)", max_size=120))
def test_no_text_loses_a_word_on_either_side(raw: str) -> None:
    page = repair(raw)
    rows, _ = marked(page)
    assert squeezed("".join(words(row.raw) for row in rows)) == squeezed(raw)
    clean = "".join(words(sentence.pieces) for row in rows for sentence in row.sentences)
    assert squeezed(clean) == squeezed(page.text)
