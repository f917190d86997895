"""QR codes as vectors within a page: the policy allows no picture in an address."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString


def picture_of(content: str) -> SafeString:
    """The picture; nothing of the content stands in it as text."""
    picture = segno.make_qr(content, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", title="Kode QR", omitsize=True
    )
    return SafeString(picture)
