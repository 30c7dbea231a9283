"""Recognise the key that a program presents."""

from datetime import datetime, timedelta

from requests_app.access.key_scope import build_key_scope, give_scope
from requests_app.access.scope import Scope
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
    give_scope(found.key.account, scope_of_key(found.key))
    return found.key


def scope_of_key(key: ApiKey) -> Scope:
    """Return what a key may see, for those to whom nobody presents it: pushes."""
    return build_key_scope(
        user_id=key.account_id,
        maison_ids=key.maison_ids,
        topic_ids=key.topic_ids,
        reads_sensitive=is_granted(SENSITIVE, key.scopes),
    )


def note_use(key: ApiKey, *, at: datetime) -> None:
    """Write when a key was last used, once a minute at most."""
    if key.last_used_at is None or key.last_used_at < at - USE_WRITTEN_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)
