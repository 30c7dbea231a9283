"""The idempotency key of a form, so that sending it twice counts once (threats: W01)."""

from uuid import UUID, uuid4

from django.http import HttpRequest


def key_in(request: HttpRequest) -> UUID:
    """Return the key of the submitted form; a new one when it has no valid one."""
    try:
        return UUID(request.POST.get("cle", ""))
    except ValueError:
        return uuid4()
