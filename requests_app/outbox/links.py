"""Secret links carried by messages: 128 bits, never stored, one per message (threats: W07, W09).

The text of a message holds ``PLACEHOLDER``; the channel inserts the link when it sends, so that neither the
database nor the agents' pages hold it, and a second try carries the same one.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from requests_app.lib.registry import Registry
from requests_app.outbox.models import Outgoing, SecretLink

PLACEHOLDER = "{lien}"
CODE = "{code}"  # the same for a code of six digits, which only a message of kind CODE carries
LASTS = timedelta(days=30)  # after the last message that carried it
SECRET_BYTES = 16


@dataclass(frozen=True, slots=True)
class Page:
    """Where links of one purpose lead: a view that takes ``secret``; ``is_proven``: a code opens it."""

    view: str
    is_proven: bool


PAGES: Registry[str, Page] = Registry("purpose of links")


def register_page(purpose: str, view: str, *, is_proven: bool = False) -> None:
    """Lead the links of this purpose to a view; a page that a code opens ends with its visit."""
    PAGES.register(purpose, Page(view, is_proven))


def link_for(key: str, purpose: str, subject_id: int, at: datetime) -> str:
    """Open a page to the recipient of the message ``key``; return what stands for the link in its text.

    Call it in the transaction that queues the message; the same key gives the same link.
    """
    links_for({key: subject_id}, purpose, at)
    return PLACEHOLDER


def links_for(subjects: Mapping[str, int], purpose: str, at: datetime) -> None:
    """Do the same for many messages, by key, in one statement."""
    rows = [
        SecretLink(
            purpose=purpose,
            subject_id=subject_id,
            secret_hash=_hash(_secret(key)),
            key=key,
            created_at=at,
            expires_at=at + LASTS,
        )
        for key, subject_id in subjects.items()
    ]
    SecretLink.objects.bulk_create(rows, ignore_conflicts=True)


def lead_to(key: str, subject_id: int) -> None:
    """Point the link of a message that has not left at another subject."""
    SecretLink.objects.filter(key=key).update(subject_id=subject_id)


def open_page(key: str, purpose: str, subject_id: int, *, until: datetime, at: datetime) -> str:
    """Open a page to someone who has just proved who they are; return a secret that no message has."""
    secret = _secret(key)
    row = SecretLink(purpose=purpose, subject_id=subject_id, secret_hash=_hash(secret), key=key)
    row.created_at, row.expires_at = at, until
    SecretLink.objects.bulk_create([row], ignore_conflicts=True)
    return secret


def code_of(key: str) -> str:
    """Return the six digits that the message ``key`` carries; like the secrets, they are never stored."""
    digest = salted_hmac("gru.code", key, algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06}"


def insert_links(text: str, outgoing: Outgoing) -> str:
    """Insert the link as the text leaves; a placeholder typed by an agent by chance stays as it is."""
    if outgoing.kind == Outgoing.Kind.CODE:
        return text.replace(CODE, code_of(outgoing.key))
    if PLACEHOLDER not in text or not SecretLink.objects.filter(key=outgoing.key).exists():
        return text
    return text.replace(PLACEHOLDER, address_of(_secret(outgoing.key)))


def as_shown(text: str) -> str:
    """Show staff the text with a mark for the link: it exists, and they cannot follow it."""
    return text.replace(PLACEHOLDER, _("[lien de suivi]")).replace(CODE, _("[code]"))


def drop_link_lines(text: str) -> str:
    """Drop the lines whose link leads to the very page that shows the text."""
    return "\n".join(line for line in text.splitlines() if PLACEHOLDER not in line)


def extend_links(outgoing: Outgoing, at: datetime) -> None:
    """Restart the lifetime of a message's link from the moment it leaves."""
    if PLACEHOLDER in str(outgoing.payload.get("text", "")):
        SecretLink.objects.filter(key=outgoing.key).update(expires_at=at + LASTS)


def address_of(secret: str) -> str:
    """Build the address on the configured host, whatever host the request named (W07)."""
    return f"{settings.PUBLIC_URL}/s/{secret}"


def resolve(secret: str, at: datetime) -> tuple[str, int] | None:
    """Return the purpose and the subject of a link that is still usable; the same work for any secret."""
    rows = SecretLink.objects.usable(at).filter(secret_hash=_hash(secret))
    return rows.values_list("purpose", "subject_id").first()


def key_of(secret: str, at: datetime) -> str:
    """Return the key of the message that carried a link still usable; "" when there is none."""
    rows = SecretLink.objects.usable(at).filter(secret_hash=_hash(secret))
    return rows.values_list("key", flat=True).first() or ""


def secret_in_use(purpose: str, subject_id: int, *, at: datetime) -> str | None:
    """Return the secret of the last usable link; None once the server's key changed."""
    rows = SecretLink.objects.usable(at).filter(purpose=purpose, subject_id=subject_id)
    row = rows.order_by("-created_at", "-pk").first()
    secret = _secret(row.key) if row else ""
    return secret if row and _hash(secret) == row.secret_hash else None


def close_page(secret: str, *, at: datetime) -> int:
    """End a page that a code opened; the link of a message remains usable."""
    proven = [purpose for purpose, page in PAGES.items() if page.is_proven]
    opened_by_code = SecretLink.objects.usable(at).filter(secret_hash=_hash(secret), purpose__in=proven)
    return opened_by_code.update(expires_at=at)


def revoke(purpose: str, subject_id: int, *, at: datetime) -> int:
    """Close all links to one subject; return how many were open."""
    links = SecretLink.objects.usable(at).filter(purpose=purpose, subject_id=subject_id)
    return links.update(revoked_at=at)


def revoke_all(purpose: str, subject_ids: Iterable[int], *, at: datetime) -> int:
    """Close all links to many subjects in one statement; return how many were open."""
    links = SecretLink.objects.usable(at).filter(purpose=purpose, subject_id__in=list(subject_ids))
    return links.update(revoked_at=at)


def restore_all(purpose: str, subject_ids: Iterable[int], *, revoked_at: datetime) -> int:
    """Reopen what was closed at that instant, and only that."""
    links = SecretLink.objects.filter(purpose=purpose, subject_id__in=list(subject_ids))
    return links.filter(revoked_at=revoked_at).update(revoked_at=None)


def revoke_sent(keys: Iterable[str], *, at: datetime) -> int:
    """Close the links of these messages, whatever they lead to."""
    return SecretLink.objects.usable(at).filter(key__in=list(keys)).update(revoked_at=at)


def restore(keys: Iterable[str], *, revoked_at: datetime) -> int:
    """Reopen the links of these messages that were closed at that instant."""
    return SecretLink.objects.filter(key__in=list(keys), revoked_at=revoked_at).update(revoked_at=None)


def _secret(key: str) -> str:
    digest = salted_hmac("gru.link", key, algorithm="sha256").digest()[:SECRET_BYTES]
    return urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
