"""Whether a document is news, a speech, a notice, a plan or something else."""

import re

from gongshu.reading.find.context import Context
from gongshu.reading.lexicons import table

_ORDER_IN_TITLE = ("notice", "speech", "plan", "other")
_ORDER_IN_TEXT = ("notice", "plan", "speech", "news")
_HEAD_CHARACTERS = 700


def _compiled(part: str) -> dict[str, re.Pattern[str]]:
    rows = table("doctypes")[part]
    return {kind: re.compile("|".join(patterns), re.MULTILINE) for kind, patterns in rows.items()}


_TITLE = _compiled("title")
_TEXT = _compiled("text")
_FIRST_PERSON = re.compile(
    r"^(?:尊敬的)?(?:各位|同志们|代表同志们)[^。\n]{0,40}[:,!]|[,。](?:同志们|各位代表|各位委员)[,、!]"
    r"|我(?:讲|谈|提)[几一二三四五两]点|我(?:受|代表)[^,。]{1,30}[,向]|请允许我|我完全同意",
    re.MULTILINE,
)
_REPORTED = re.compile(r"来源|记者|通讯员|供稿|报道")
_CALL = re.compile(r"召开|举行|举办|开幕|开班|闭幕")


def doc_type(ctx: Context) -> str:
    """Return news, speech, notice, plan or other."""
    lines = ["".join(ctx.words(span).split()) for span in ctx.titles]
    title = "\n".join([*lines, "".join(lines)])
    for kind in _ORDER_IN_TITLE:
        if _TITLE[kind].search(title) and not (kind in {"plan", "speech"} and _reports(ctx, title)):
            return kind
    head = ctx.view[:_HEAD_CHARACTERS]
    if _reports(ctx, title):
        return "news"
    for kind in _ORDER_IN_TEXT:
        if _TEXT[kind].search(head):
            return kind
    return "news" if title and (_CALL.search(title) or _is_by_reporters(ctx)) else "other"


def _is_by_reporters(ctx: Context) -> bool:
    """Say whether the page's date line names a source or those who reported."""
    return any(block.kind == "dateline" and _REPORTED.search(ctx.words(block.span)) for block in ctx.page.blocks)


def _reports(ctx: Context, title: str) -> bool:
    """Say whether the first running sentence reports something held, as news does."""
    first = next((ctx.words(span) for span in ctx.sentences if len(ctx.words(span)) > 15), "")
    return _TEXT["news"].search(first) is not None and not _FIRST_PERSON.search(ctx.view)
