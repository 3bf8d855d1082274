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


class Industry(models.TextChoices):
    """Sections of the industries a union's members work in (GB/T 4754-2017)."""

    FARMING = "A", "农、林、牧、渔业"
    MINING = "B", "采矿业"
    MANUFACTURING = "C", "制造业"
    ENERGY = "D", "电力、热力、燃气及水生产和供应业"
    BUILDING = "E", "建筑业"
    TRADE = "F", "批发和零售业"
    TRANSPORT = "G", "交通运输、仓储和邮政业"
    CATERING = "H", "住宿和餐饮业"
    SOFTWARE = "I", "信息传输、软件和信息技术服务业"
    FINANCE = "J", "金融业"
    ESTATE = "K", "房地产业"
    LEASING = "L", "租赁和商务服务业"
    SCIENCE = "M", "科学研究和技术服务业"
    ENVIRONMENT = "N", "水利、环境和公共设施管理业"
    HOUSEHOLD = "O", "居民服务、修理和其他服务业"
    EDUCATION = "P", "教育"
    HEALTH = "Q", "卫生和社会工作"
    CULTURE = "R", "文化、体育和娱乐业"
    PUBLIC = "S", "公共管理、社会保障和社会组织"
    INTERNATIONAL = "T", "国际组织"
