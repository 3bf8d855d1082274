"""Administrative divisions of China by their GB/T 2260 codes: two digits each for province, city and county.

Counties administered by a province itself (仙桃市 429004) stand directly under the province. The data, its
source and its date are in `data/divisions.tsv`.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data") / "divisions.tsv"

_PEOPLES = """
蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西
景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂
保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""
PEOPLES = tuple(_PEOPLES.split())
SPECIAL_SHORT = {"内蒙古自治区": "内蒙古", "神农架林区": "神农架", "六枝特区": "六枝"}
_NAMED_PEOPLES = "|".join(sorted((f"{people}族" for people in PEOPLES), key=len, reverse=True))
_UNNAMED_PEOPLES = "|".join(sorted((people for people in PEOPLES if len(people) > 1), key=len, reverse=True))
_AUTONOMOUS = re.compile(rf"(?:{_NAMED_PEOPLES}|{_UNNAMED_PEOPLES}|各族)*自治[区州县旗]$")
_ORDINARY = re.compile(r"(?:特别行政区|地区|盟|省|市|区|县)$")


class NoSuchDivision(LookupError):
    """No division of county level or above has this code."""


@dataclass(frozen=True, slots=True)
class Division:
    """One division; `level` is province, city or county, `parent` the parent's code or ""."""

    code: str
    name: str
    parent: str
    level: str


@cache
def all_divisions() -> dict[str, Division]:
    """Return every division by code, in the order of the codes."""
    lines = DATA.read_text(encoding="utf-8").splitlines()
    divisions = (Division(*line.split("\t")) for line in lines if not line.startswith("#"))
    return {division.code: division for division in divisions}


@cache
def _children() -> dict[str, tuple[Division, ...]]:
    families: dict[str, list[Division]] = {}
    for division in all_divisions().values():
        families.setdefault(division.parent, []).append(division)
    return {parent: tuple(members) for parent, members in families.items()}


def division(code: str) -> Division:
    """Return the division with a six-digit code; raises `NoSuchDivision`."""
    try:
        return all_divisions()[code]
    except KeyError:
        raise NoSuchDivision(f"没有代码为“{code}”的县级以上行政区划") from None


def children(code: str = "") -> tuple[Division, ...]:
    """Return the divisions directly under `code`, the provinces when it is empty."""
    return _children().get(code, ())


def ancestors(code: str) -> tuple[Division, ...]:
    """Return the division's ancestors, the province first; raises `NoSuchDivision`."""
    parent = division(code).parent
    return (*ancestors(parent), division(parent)) if parent else ()


def prefix(code: str) -> str:
    """Return the digits shared by everything inside the division: "52", "5201" or "520102"."""
    return re.sub(r"^(..)(?:0000|(..)00)$", r"\1\2", code)


def is_within(code: str, region: str) -> bool:
    """Say whether `code` is `region` or lies inside it; the empty region is the whole country."""
    return not region or code.startswith(prefix(region))


def full_name(code: str) -> str:
    """Return the names from the province down, joined: 贵州省贵阳市南明区."""
    return "".join(above.name for above in (*ancestors(code), division(code)))


def short_name(name: str) -> str:
    """Return the bare place name: 松桃苗族自治县 → 松桃; 雄县 and 库伦旗 stay whole."""
    if name in SPECIAL_SHORT:
        return SPECIAL_SHORT[name]
    bare = _AUTONOMOUS.sub("", name)
    if bare == name:
        bare = _ORDINARY.sub("", name)
    return bare if len(bare) > 1 else name
