"""What this line tells on a meeting's page."""

from __future__ import annotations

from gongshu.core.access.actor import Actor, visible
from gongshu.intake.enums import Permission
from gongshu.intake.models import Document
from gongshu.meetings.models import Meeting
from gongshu.meetings.queries.links import Related


def meeting_links(meeting: Meeting, actor: Actor) -> list[Related]:
    """Return the documents a meeting's record was made from and the plans made with it."""
    rows = visible(actor, Permission.SEE, Document.objects.filter(meeting=meeting)).select_related("plan")
    found = []
    for document in rows.only("title", "received_at", "plan__title").order_by("pk"):
        found.append(Related("收文", document.title, document.get_absolute_url()))
        if document.plan:
            found.append(Related("工作部署", document.plan.title, document.plan.get_absolute_url()))
    return found
