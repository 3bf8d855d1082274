"""Organising: founding, merging and dissolving unions, committees and their terms."""

from django.apps import AppConfig


class OrganisingConfig(AppConfig):
    """Organising: founding, merging and dissolving unions, committees and their terms."""

    name = "gongshu.organising"
    label = "organising"
    verbose_name = "组织建设"
