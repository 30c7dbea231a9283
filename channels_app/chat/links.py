"""The secret link of a thread: 22 characters, stored hashed, like those of messages (threats: W09)."""

from collections.abc import Collection
from datetime import datetime

from channels_app.chat.models import Thread
from requests_app.outbox import links
from requests_app.outbox.models import SecretLink

PURPOSE = "chat"


def open_thread(thread: Thread, *, at: datetime) -> str:
    """Return the secret of a thread, always the same one; it opens nothing before this is called once."""
    return links.open_page(
        f"chat:{thread.pk}", PURPOSE, thread.pk, until=thread.created_at + links.LASTS, at=at
    )


def find_thread(secret: str, *, at: datetime) -> int | None:
    """Return the thread that a link opens; None when it is expired, revoked or invented."""
    found = links.resolve(secret, at)
    return found[1] if found and found[0] == PURPOSE else None


def is_open(thread_id: int, *, at: datetime) -> bool:
    """Tell whether some link to a thread still works."""
    return SecretLink.objects.usable(at).filter(purpose=PURPOSE, subject_id=thread_id).exists()


def prolong(thread_id: int, *, at: datetime) -> None:
    """Let the links of a thread work for thirty days more: it is in use."""
    mine = SecretLink.objects.usable(at).filter(purpose=PURPOSE, subject_id=thread_id)
    mine.filter(expires_at__lt=at + links.LASTS).update(expires_at=at + links.LASTS)


def threads_of(ticket_ids: Collection[int]) -> list[int]:
    """Return the threads of these tickets: their links close with those of the tickets."""
    return list(Thread.objects.filter(ticket__in=ticket_ids).values_list("pk", flat=True))
