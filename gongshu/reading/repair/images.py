"""Names of picture files and the stubs of pictures that were not carried over."""

import re

from gongshu.reading.repair.draft import Edit

_EXT = r"\.(?:jpe?g|png|gif|bmp|webp|tiff?|svg)"
_IMAGE = re.compile(
    r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)"
    r"|<img\b[^>\n]*>"
    r"|\[(?:图片|img|image|图)\d{0,3}\]"
    r"|【图片?\d{0,3}】"
    rf"|(?:https?://)?[\w%./\\:?=&()-]{{1,200}}?{_EXT}(?![\w])(?:[!@?][\w=&%/.-]{{0,100}})?",
    re.IGNORECASE | re.ASCII,
)
_HAN_NAME = re.compile(rf"^[ \t]*[^\s。，,]{{1,60}}{_EXT}[ \t]*$", re.IGNORECASE | re.MULTILINE)


_HINT = re.compile(rf"{_EXT}|!\[|<img|\[图|【图|\[im", re.IGNORECASE)


def images(text: str) -> list[Edit]:
    """Return the edits that delete picture names and stubs."""
    if not _HINT.search(text):
        return []
    note = "删去图片名或图片占位"
    found = [Edit(*m.span(), "", "image", note) for m in _HAN_NAME.finditer(text)]
    return found + [Edit(*m.span(), "", "image", note) for m in _IMAGE.finditer(text)]
