"""``Authorization: Bearer``, and nothing else: no session opens the interface, so no page forges a call."""

from django.http import HttpRequest
from django.utils import timezone

from requests_app.api.problems import Problem
from requests_app.api_keys.models import ApiKey
from requests_app.api_keys.services import find_key, note_refusal, note_use

SCHEME = "bearer"
CHALLENGE = {"WWW-Authenticate": "Bearer"}
WRONG = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


def authenticate(request: HttpRequest) -> ApiKey:
    """Return the key that a call presents; raises the 401 of one that opens nothing."""
    now, secret = timezone.now(), bearer_of(request)
    key = find_key(secret, at=now) if secret else None
    if key is None:
        raise Problem("invalid-key", headers=WRONG if secret else CHALLENGE)
    if (state := key.state_at(now)) != ApiKey.State.VALID:
        note_refusal(
            key=key, method=request.method or "", route=route_of(request), status=401, reason=state, at=now
        )
        raise Problem("invalid-key", headers=WRONG)
    note_use(key, at=now)
    return key


def bearer_of(request: HttpRequest) -> str:
    """Return the text presented, or ""."""
    scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    return secret.strip() if scheme.lower() == SCHEME else ""


def route_of(request: HttpRequest) -> str:
    """Return the pattern of an address: it holds nothing that a program wrote."""
    match = request.resolver_match
    return match.route if match else ""
