"""Levels and kinds of organisations."""

from django.db import models


class Level(models.TextChoices):
    """Where an organisation stands, from the nation to the shop floor."""

    NATION = "nation", "全国"
    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县"
    TOWN = "town", "乡镇街道"
    VILLAGE = "village", "村社区园区"
    BASE = "base", "基层"


LEVEL_ORDER = tuple(Level.values)


class Kind(models.TextChoices):
    """What sort of union organisation it is (工会法 arts. 10-11)."""

    LOCAL = "local", "地方总工会"
    INDUSTRIAL = "industrial", "产业工会"
    TRADE = "trade", "行业工会联合会"
    AREA = "area", "区域工会联合会"
    BASE = "base", "基层工会"
    JOINT = "joint", "联合基层工会"
