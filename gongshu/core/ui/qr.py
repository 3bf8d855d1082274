"""QR codes as pictures: for a page as an address of its own data, for a document as PNG."""

from __future__ import annotations

from io import BytesIO

import segno

QUIET = 4  # modules of white around, ISO/IEC 18004
DOTS = 12  # pixels a module in print


def qr_picture(text: str) -> str:
    """Return a QR code as the `data:` address of an SVG picture, for the `src` of an image."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(scale=8, border=QUIET))


def qr_png(text: str) -> bytes:
    """Return a QR code as a PNG file; error level Q, as posters get scratched."""
    file = BytesIO()
    segno.make(text, error="q", micro=False).save(file, kind="png", scale=DOTS, border=QUIET)
    return file.getvalue()
