"""Punctuation printed twice, and question marks that a conversion left where a line began with blanks."""

import re

from gongshu.reading.repair.draft import Edit

_DOUBLED = re.compile(r"[,，、;；:：。](?:[ \u3000]?[,，、;；:：。])+")
_LONE = re.compile(r"^[ \t]*[?？][?？ \t\u3000]*(?:$|(?=[\u4e00-\u9fff(（“《\d]))", re.MULTILINE)
_KEPT = re.compile(r"。{3,}|[:：]{2}|[,，]\d")
_STRENGTH = "、,，:：;；。"
_FEWEST = 2


def doubled(text: str) -> list[Edit]:
    """Return the edits that leave one of several marks in a row, the strongest; an ellipsis of full stops stays."""
    return [*_marks(text), *_question_marks(text)]


def _marks(text: str) -> list[Edit]:
    found = [m for m in _DOUBLED.finditer(text) if not _KEPT.fullmatch(m[0])]
    note = "删去重复的标点"
    return [Edit(*m.span(), max(m[0].replace(" ", ""), key=_STRENGTH.find), "doubled", note) for m in found]


def _question_marks(text: str) -> list[Edit]:
    """Return the edits of the question marks that open lines; one alone may be a typing error and stays."""
    found = list(_LONE.finditer(text))
    note = "删去空格转换出错留下的问号"
    return [Edit(*m.span(), "", "doubled", note) for m in found] if len(found) >= _FEWEST else []
