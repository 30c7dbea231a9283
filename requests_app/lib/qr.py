"""QR codes."""

from base64 import b64encode
from io import BytesIO

import segno


def qr_of(text: str) -> str:
    """Draw a QR code inside the page: black on white in both themes, or phones do not read it."""
    drawn = BytesIO()
    segno.make(text, error="m").save(drawn, kind="svg", scale=4, border=2, light="#fff")
    return f"data:image/svg+xml;base64,{b64encode(drawn.getvalue()).decode('ascii')}"
