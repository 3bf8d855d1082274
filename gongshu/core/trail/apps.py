"""Who did what, when, by which clause; hash-chained."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Who did what, when, by which clause; hash-chained."""

    name = "gongshu.core.trail"
    label = "trail"
    verbose_name = "留痕"
