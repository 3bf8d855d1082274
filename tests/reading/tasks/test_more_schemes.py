"""Schemes by what they serve as, by their years, and by whose they are."""

import pytest

from tests.reading.tasks.conftest import Schemes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("各级工会要以“双亮行动”为抓手,健全台账。", ["“双亮行动”"]),
        ("要深入实施职工思想政治引领“润心行动”。", ["职工思想政治引领“润心行动”"]),
        ("要深入实施“技能强市”行动。", ["“技能强市”行动"]),
        ("会议研究全市工会审计全覆盖三年行动。", ["全市工会审计全覆盖三年行动"]),
        ("要抓好“产改攻坚三年行动”收官。", ["“产改攻坚三年行动”"]),
        ("要大力推进“劳模工匠助企行”。", ["“劳模工匠助企行”"]),
        ("要在全市开展“劳模进校园”三年行动。", ["“劳模进校园”三年行动"]),
        ("建设“六有”分工会,推进“六有”分工会建设,以“六有”为标准打造“六有”。", ["“六有”分工会建设"]),
        ("要开展集体协商“百日行动”。", []),
    ],
)
def test_named_schemes(schemes: Schemes, text: str, names: list[str]) -> None:
    assert [found.name for found in schemes(text)] == names


def test_parts_that_is_to_say(schemes: Schemes) -> None:
    (found,) = schemes("今年抓“三进一做”,就是政策进车间、法律进班组、健康进宿舍、做职工贴心人。")
    assert [item.value for item in found.items] == ["政策进车间", "法律进班组", "健康进宿舍", "做职工贴心人"]
