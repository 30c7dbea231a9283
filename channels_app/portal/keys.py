"""The key that a form carries, so that sending it twice is once (threats: W01)."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def key_in(request: HttpRequest) -> UUID:
    """Return the key of the form that was sent; a new one when it has none that can be read."""
    try:
        return UUID(request.POST.get("cle", ""))
    except ValueError:
        return uuid4()
