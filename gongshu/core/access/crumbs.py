"""The organisation path above a page."""

from __future__ import annotations

from django.urls import reverse

from gongshu.core.access.actor import Actor, can
from gongshu.core.access.enums import Permission
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import crumbs
from gongshu.core.ui.shapes import Link


def org_links(actor: Actor, org: Organisation) -> list[Link]:
    """Return the organisations from the root down to `org`; those within reach lead to their pages."""
    return [
        Link(
            above.short_name, reverse("desk:org", args=[above.pk]) if can(actor, Permission.SEE_TREE, at=above) else ""
        )
        for above in crumbs(org)
    ]
