"""What a member's history shows besides the entries about them alone."""

from __future__ import annotations

from gongshu.core.trail.models import Entry
from gongshu.core.ui.shapes import Entry as Line
from gongshu.members.models import Membership


def origin_lines(membership: Membership) -> list[Line]:
    """Return the entry of the batch a membership came in with as a line of its timeline, none where it came alone."""
    row = Entry.objects.filter(pk=membership.origin_id).first() if membership.origin_id else None
    return [Line(row.at, row.who, row.summary, clause=row.clause)] if row else []
