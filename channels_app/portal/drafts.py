"""The answers stored while the form is filled in: seven days, behind a cookie or a link to come back."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from channels_app.intake.models import Arrival
from channels_app.portal import photos
from channels_app.portal.models import Draft, DraftFile
from channels_app.portal.steps import STEPS

COOKIE = "gru_demande"
SECRET_BYTES = 16
LASTS = timedelta(days=7)
BATCH, MAX_AT_ONCE = 500, 50_000  # a robot leaves more behind than people do
SECOND_TAP = timedelta(seconds=15)  # on a slow connection
SHOWN_FOR = timedelta(hours=2)  # the confirmation, on a computer that others may use next


class AlreadySent(Exception):
    """These answers were sent already: what comes now is not among them."""


def open_draft(*, at: datetime) -> tuple[Draft, str]:
    """Create a draft; returns it and its secret, which only the browser stores."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    draft = Draft.objects.create(secret_hash=_hash(secret), created_at=at, expires_at=at + LASTS)
    return draft, secret


def find_draft(secret: str, *, at: datetime) -> Draft | None:
    """Return the draft of a secret, if it still exists."""
    return Draft.objects.alive(at).filter(secret_hash=_hash(secret)).first() if secret else None


def resume(secret: str, *, at: datetime) -> tuple[Draft, str] | None:
    """Return the draft of a resume link and its new secret: the link just used is revoked (threats: N06).

    A second tap, before the first response came, gets the same secret.
    """
    new = _next_secret(secret)
    used = Draft.objects.alive(at).filter(secret_hash=_hash(secret), sent_at=None)
    if used.exists():  # a secret that opens nothing changes nothing
        used.update(secret_hash=_hash(new), rotated_at=at)
    just_used = Draft.objects.alive(at).filter(secret_hash=_hash(new), rotated_at__gt=at - SECOND_TAP)
    draft = just_used.filter(sent_at=None).first()
    return (draft, new) if draft else None


def draft_of(request: HttpRequest, *, at: datetime) -> Draft | None:
    """Return the draft of this browser, sent or not."""
    return find_draft(request.COOKIES.get(COOKIE, ""), at=at)


def remember(response: HttpResponse, secret: str) -> None:
    """Set the browser's cookie."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
        path="/demande/",
    )


def link_to(secret: str) -> str:
    """Return the resume link, built on the configured address (W07)."""
    return f"{settings.PUBLIC_URL}{reverse('portal:resume', args=[secret])}"


@transaction.atomic
def keep_answer(*, draft: Draft, step: str, answer: dict[str, Any], at: datetime) -> None:
    """Store one answer; the draft then lasts seven days again. Raises AlreadySent."""
    kept = Draft.objects.select_for_update().get(pk=draft.pk)
    if kept.sent_at:
        raise AlreadySent
    draft.answers = {**kept.answers, step: answer}
    draft.expires_at = at + LASTS
    draft.save(update_fields=["answers", "expires_at"])


def first_missing(draft: Draft) -> str:
    """Return the first question without an answer; "" when all are answered."""
    return next((step.slug for step in STEPS if step.slug not in draft.answers), "")


def erase(draft: Draft) -> None:
    """Erase the answers; the files of a form already sent stay until it is parsed."""
    waits = Arrival.objects.pending().filter(pk=draft.arrival_id or 0).exists()
    if waits:
        Draft.objects.filter(pk=draft.pk).update(secret_hash=_hash(secrets.token_urlsafe(16)))
        return
    for file in draft.files.all():
        photos.remove(file)
    draft.delete()


def purge_expired(*, at: datetime) -> int:
    """Erase drafts older than seven days, with their files; returns how many.

    What was sent and not parsed yet keeps its files: an agent may still retry it.
    """
    unread = [Arrival.State.PENDING, Arrival.State.QUARANTINED]
    old = Draft.objects.filter(expires_at__lte=at).exclude(arrival__state__in=unread).order_by("pk")
    forgotten = 0
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        for file in DraftFile.objects.filter(draft__in=batch):
            photos.remove(file)
        Draft.objects.filter(pk__in=batch).delete()
        forgotten += len(batch)
        if forgotten >= MAX_AT_ONCE:
            break
    return forgotten


def _next_secret(secret: str) -> str:
    """Return the secret that follows; only the server can compute it."""
    digest = salted_hmac("gru.portal.draft", secret, algorithm="sha256").digest()[:SECRET_BYTES]
    return urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
