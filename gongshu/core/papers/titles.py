"""Break a long title where the sense allows, in lines of like length (GB/T 9704-2012, 7.3.1)."""

from itertools import combinations, pairwise

NEVER_FIRST = frozenset("的和与及暨、，。》”）〉：；")
NEVER_LAST = frozenset("《“（〈和与及暨第、")
_WORDS = """
总工会 工会 工作 报告 通知 通报 决定 决议 意见 方案 情况 关于 印发 召开 开展 推进 落实 部署 代表 大会 会议
委员会 委员 扩大 全委 年度 上半年 下半年 半年 全省 全市 全县 职工 劳动者 劳动 新就业形态 服务 阵地 建设 重点
任务 督办 联席 政府 改革 创新 组织 干部 加强 实施 行动 计划 安排 总结 观摩 现场 省级 市级 县级 乡镇 街道 司机之家 驿站
"""
WHOLE_WORDS = tuple(_WORDS.split())
MOST_LINES = 4  # a longer title is no title; it is cut where the line ends


def break_title(title: str, longest: int) -> list[str]:
    """Return the title's lines of at most `longest` characters; line breaks already in it are kept."""
    if "\n" in title:
        return [line.strip() for line in title.split("\n") if line.strip()]
    if len(title) <= longest:
        return [title]
    count = -(-len(title) // longest)
    places = [place for place in range(1, len(title)) if _may_break(title, place)] if count <= MOST_LINES else []
    ways = [way for way in combinations(places, count - 1) if _longest(title, way) <= longest]
    if not ways:
        return [title[start : start + longest] for start in range(0, len(title), longest)]
    return _cut(title, min(ways, key=lambda way: _unevenness(title, way)))


def _may_break(title: str, place: int) -> bool:
    before, after = title[place - 1], title[place]
    if after in NEVER_FIRST or before in NEVER_LAST or (before.isascii() and after.isascii()):
        return False
    if before.isdigit() and after in "年月日次届":
        return False
    return not any(
        title[place - cut : place - cut + len(word)] == word for word in WHOLE_WORDS for cut in range(1, len(word))
    )


def _cut(title: str, way: tuple[int, ...]) -> list[str]:
    edges = (0, *way, len(title))
    return [title[start:end] for start, end in pairwise(edges)]


def _longest(title: str, way: tuple[int, ...]) -> int:
    return max(len(line) for line in _cut(title, way))


def _unevenness(title: str, way: tuple[int, ...]) -> int:
    lengths = [len(line) for line in _cut(title, way)]
    mean = len(title) / len(lengths)
    return int(sum((length - mean) ** 2 for length in lengths) * 100)
