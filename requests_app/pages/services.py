"""Store the page that answered a form, find it again for Back, purge it (threats: W11, N08)."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from requests_app.pages.models import StoredPage

LASTS = timedelta(minutes=30)
MAX_BYTES = 1_000_000
MAX_PUBLIC = 5_000  # some 100 MB; a robot that fills it makes Back poorer, and nothing else
SECRET_BYTES = 16
NOT_STORED = {"content-length", "location", "set-cookie"}


def store(request: HttpRequest, response: HttpResponse, *, at: datetime) -> str:
    """Store a page and return the token by which this browser finds it; "" when there is no room for it."""
    is_public = not request.user.is_authenticated
    if len(response.content) > MAX_BYTES or (is_public and _is_full()):
        return ""
    token = secrets.token_urlsafe(SECRET_BYTES)
    StoredPage.objects.create(
        key=_key(request, token),
        status=response.status_code,
        headers={name: value for name, value in response.items() if name.lower() not in NOT_STORED},
        body=response.content,
        is_public=is_public,
        expires_at=at + LASTS,
    )
    return token


def find(request: HttpRequest, token: str, *, at: datetime) -> HttpResponse | None:
    """Find the page of a token: at the same address, for the same browser and the same agent only."""
    page = StoredPage.objects.filter(key=_key(request, token), expires_at__gt=at).first()
    if page is None:
        return None
    return HttpResponse(bytes(page.body), status=page.status, headers=page.headers)


def purge_expired(*, at: datetime) -> int:
    """Delete the pages that are too old; return how many."""
    return StoredPage.objects.filter(expires_at__lte=at).delete()[0]


def browser_of(request: HttpRequest) -> str:
    """Return what this browser alone holds: the cookie that proves its forms are ours; "" without it."""
    return request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")


def _key(request: HttpRequest, token: str) -> str:
    parts = (token, browser_of(request), str(request.user.pk or ""), _rights_of(request), request.path)
    return salted_hmac("gru.pages", "\n".join(parts), algorithm="sha256").hexdigest()


def _rights_of(request: HttpRequest) -> str:
    """Digest the agent's roles: a page shown under a role is not found once that role is removed (W13)."""
    if not request.user.is_authenticated:
        return ""
    held = request.user.memberships.order_by("role", "maison_id").values_list("role", "maison_id")
    return ",".join(f"{role} {maison_id}" for role, maison_id in held)


def _is_full() -> bool:
    return StoredPage.objects.filter(is_public=True)[MAX_PUBLIC - 1 :].exists()
