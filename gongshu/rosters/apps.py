"""Rosters of members that are brought in."""

from django.apps import AppConfig


class RostersConfig(AppConfig):
    """Rosters of members that are brought in."""

    name = "gongshu.rosters"
    label = "rosters"
    verbose_name = "名册导入"
