"""What a site adds to the title of a page: its own name, a mark for pictures, the number of the part shown."""

import re
from itertools import islice

from gongshu.reading.repair.draft import Edit
from gongshu.reading.repair.lines import lines_of

_ADDED = re.compile(
    r"(?:\s*(?<!_)_(?!_)[^_\n]{1,16}){1,4}$"
    r"|\s*(?:[|]|\s-{1,2}\s|-(?=[^-]{2,12}$))\s*[^\s|_-]{1,12}(?:网|网站|官网|在线|门户|大全|范文网?|频道|客户端|文库)$"
    r"|\s*[(\[](?:图|组图|多图|附图|转载|范文|荐|\d{1,2})[)\]]$"
)
_TITLE = re.compile(r"会|讲话|报告|通知|要点|方案|意见|决定|纪要|总结|计划|公告|[主致][持辞]")
_FIRST = 6
_SHORTEST, _LONGEST = 8, 80


def captions(text: str) -> list[Edit]:
    """Return the edits that leave the title alone, in the first lines of a page."""
    edits: list[Edit] = []
    for line in islice((line for line in lines_of(text) if line.words), _FIRST):
        found = _ADDED.search(line.words) if len(line.words) <= _LONGEST and line.words[-1] not in "。;:," else None
        if found and found.start() >= _SHORTEST and _TITLE.search(line.words, 0, found.start()):
            start = line.start + text[line.start : line.end].index(text[line.start : line.end].strip()[0])
            edits.append(
                Edit(start + found.start(), start + found.end(), "", "caption", "删去标题后的网站名或图片标记")
            )
    return edits
