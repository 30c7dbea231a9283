"""A PDF of ours as a browser shows it: nothing in it runs, nothing around it frames it."""

from django.http import HttpResponse

POLICY = "default-src 'none'; sandbox"


def pdf(data: bytes, name: str) -> HttpResponse:
    """Answer with a PDF that opens in the browser."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Content-Security-Policy"] = POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
