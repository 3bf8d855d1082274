"""Roles, appointments, and the answers to: may they, on which rows, who may."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles, appointments, and the answers to: may they, on which rows, who may."""

    name = "gongshu.core.access"
    label = "access"
    verbose_name = "权限"
