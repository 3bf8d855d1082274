"""Numbers that a preview on a sample-text site inserts in the middle of sentences."""

import re

from gongshu.reading.canon import canon
from gongshu.reading.model import Page
from gongshu.reading.repair.draft import Edit

_SITE = re.compile(
    r"^[ \t]*(?:ID\s*:\s*\d+|共\s*\d+\s*页|.{0,30}预览第?\s*\d+\s*页|上传(?:会员|用户|者).{0,40}"
    r"|页数\s*:\s*\d+)",
    re.MULTILINE,
)
_UPLOADED = re.compile(r"网友投稿|网友上传|范文|文秘|投稿人")
_HEAD_CHARACTERS = 200
_NUMBER = re.compile(r"(?:(?<=[,;:、。])|^)(\d{1,2})、", re.MULTILINE)


def is_sample_site(view: str) -> bool:
    """Say whether a page (canonical text) shows the download box of a sample-text site."""
    return _SITE.search(view) is not None


def inserted_numbers(text: str) -> list[Edit]:
    """Return the edits that delete 1、2、3、 where they run on through the page and at least one breaks a sentence."""
    view = canon(text)
    if not is_sample_site(view):
        return []
    run: list[re.Match[str]] = []
    for m in _NUMBER.finditer(view):
        if int(m[1]) == len(run) + 1:
            run.append(m)
    breaks = any(view[m.start() - 1 : m.start()] in {",", "、"} for m in run)
    note = "删去范文网站插入的序号"
    return [Edit(*m.span(), "", "inserted-number", note) for m in run] if breaks else []


def is_sample_page(page: Page) -> bool:
    """Say whether a repaired page came from a sample-text site: its dates are dates of upload."""
    if any(repair.rule in {"sample-site", "gap", "inserted-number"} for repair in page.repairs):
        return True
    return _UPLOADED.search(canon(page.text[:_HEAD_CHARACTERS])) is not None
