"""Recognise the key that a program presents."""

from datetime import datetime, timedelta

from requests_app.access.key_scope import give_key_scope
from requests_app.api_keys.models import ApiKey, ApiSecret
from requests_app.api_keys.scopes import SENSITIVE, is_granted
from requests_app.api_keys.secret_text import digest_of

USE_WRITTEN_EVERY = timedelta(minutes=1)


def find_key(secret: str, *, at: datetime) -> ApiKey | None:
    """Return the key of a secret that still opens, valid or not; one statement.

    Its account carries what it may see: services ask it as they ask an agent.
    """
    secrets = ApiSecret.objects.valid(at).select_related("key__account")
    found = secrets.filter(digest=digest_of(secret)).first()
    if found is None:
        return None
    give_key_scope(
        found.key.account,
        maison_ids=found.key.maison_ids,
        topic_ids=found.key.topic_ids,
        reads_sensitive=is_granted(SENSITIVE, found.key.scopes),
    )
    return found.key


def note_use(key: ApiKey, *, at: datetime) -> None:
    """Write when a key was last used, once a minute at most."""
    if key.last_used_at is None or key.last_used_at < at - USE_WRITTEN_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)
