"""Handing a file out. Who may have it is for the line of work whose row refers to it."""

from __future__ import annotations

from django.http import FileResponse, Http404

from gongshu.core.files.models import Attachment


def serve(attachment: Attachment) -> FileResponse:
    """Return the bytes as a download that no browser opens in the page's place; raises Http404 when they are gone."""
    try:
        file = attachment.opened()
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=attachment.name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
