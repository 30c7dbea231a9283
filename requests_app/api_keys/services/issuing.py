"""Create a key, give it a new secret, end it."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.api_keys.errors import Refused
from requests_app.api_keys.models import ApiKey, ApiSecret
from requests_app.api_keys.scopes import SCOPES
from requests_app.api_keys.secret_text import digest_of, new_secret
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison

BOTH_VALID_FOR = timedelta(days=7)  # time to put the new secret in place without an interruption


@transaction.atomic
def create_key(
    *,
    name: str,
    scopes: Collection[str],
    maisons: Sequence[Maison] = (),
    topics: Sequence[Topic] = (),
    expires_at: datetime | None = None,
    by: User | None,
    at: datetime,
) -> tuple[ApiKey, str]:
    """Create a key and return it with its secret, which is stored nowhere else."""
    _check(name, scopes)
    if expires_at and expires_at <= at:
        raise Refused(_("Ce dernier jour est passé : choisissez-en un autre."))
    key = ApiKey.objects.create(
        name=name.strip(),
        account=_open_account(name.strip()),
        scopes=[scope for scope in SCOPES if scope in scopes],
        maison_ids=sorted(maison.pk for maison in maisons),
        topic_ids=sorted(topic.pk for topic in topics),
        created_at=at,
        created_by=by,
        expires_at=expires_at,
    )
    return key, _add_secret(key, at)


@transaction.atomic
def rotate_key(*, key: ApiKey, at: datetime) -> str:
    """Return a new secret; the current one stays valid for a week, older ones stop at once."""
    locked = ApiKey.objects.select_for_update().get(pk=key.pk)
    if locked.state_at(at) != ApiKey.State.VALID:
        raise Refused(_("Cette clé n’est plus valable : créez-en une autre."))
    locked.secrets.valid(at).exclude(ends_at=None).update(ends_at=at)
    locked.secrets.filter(ends_at=None).update(ends_at=at + BOTH_VALID_FOR)
    return _add_secret(locked, at)


def revoke_key(*, key: ApiKey, by: User, at: datetime) -> None:
    """Close a key at once, whoever else revokes it meanwhile."""
    ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at, revoked_by=by)


def _check(name: str, scopes: Collection[str]) -> None:
    if not name.strip() or len(name.strip()) > 80:
        raise Refused(_("Donnez à la clé un nom de 80 lettres au plus."))
    if not scopes:
        raise Refused(_("Choisissez au moins un droit."))
    if unknown := sorted(set(scopes) - set(SCOPES)):
        raise Refused(_("Ce droit n’existe pas : %(scope)s.") % {"scope": unknown[0]})


def _open_account(name: str) -> User:
    """Open the account that acts for a key; without password, it never signs in."""
    username = f"cle-{secrets.token_hex(8)}"
    account: User = User.objects.create_user(username, None, given_name=name, is_service=True)
    return account


def _add_secret(key: ApiKey, at: datetime) -> str:
    secret = new_secret()
    ApiSecret.objects.create(key=key, digest=digest_of(secret), created_at=at)
    return secret
