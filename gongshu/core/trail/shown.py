"""How the trail of a thing is shown beside it."""

from __future__ import annotations

from django.db import models

from gongshu.core.trail.queries import of
from gongshu.core.ui.shapes import Entry as Line


def lines(subject: models.Model, limit: int = 50) -> list[Line]:
    """Return the latest entries about one thing as lines of a timeline, newest first."""
    return [Line(row.at, row.who, row.summary, clause=row.clause) for row in of(subject)[:limit]]
