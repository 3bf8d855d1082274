"""Documents for tests: short texts of the kinds that come in, and a reading made by hand."""

from __future__ import annotations

from gongshu.core.access.actor import Actor
from gongshu.intake.actions import Received, receive
from gongshu.intake.models import Document
from tests.worlds import NOW, World

NEWS = """贵州省总工会十四届十一次全委(扩大)会议召开

2023年2月24日,贵州省总工会十四届十一次全委(扩大)会议在贵阳召开。省总工会主席张三主持会议并讲话。

会议明确,全省工会2023年要突出做好大抓职工职业技能大赛系列活动、大抓劳模(工匠)评宣系列活动“1+1”重点工作。

会议强调,为10万名新就业形态劳动者购买意外伤害保险,建立200个“司机之家”,9月25日前交回用工名册。
"""
YEARLESS = NEWS.replace("2023年", "")
ENGLISH = "The federation of trade unions held its plenary meeting in the capital city last Friday. " * 5
RECIPE = (
    "先把土豆洗净切丝，放进清水里泡一会儿，捞出沥干。锅里放油烧热，下花椒和干辣椒炒香，再放土豆丝大火快炒，最后加盐和醋出锅。"
    * 3
)


def take(world: World, text: str = NEWS, org: str = "贵州省总", name: str = "全委会.txt") -> Document:
    """Receive a text at an organisation's desk."""
    return take_as(world.actor(org), world, text, org, name)


def take_as(actor: Actor, world: World, text: str, org: str, name: str = "全委会.txt") -> Document:
    """Receive a text as somebody."""
    return receive(Received(text.encode(), name), organisation=world.org(org), by=actor, at=NOW)
