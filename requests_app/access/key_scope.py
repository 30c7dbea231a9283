"""What a program may see: the one policy of agents, at its Maisons and for its topics."""

from collections.abc import Collection

from requests_app.access.maison_scope import MaisonScope
from requests_app.access.scope import Scope
from requests_app.accounts.models import Role, User


def build_key_scope(
    *, user_id: int, maison_ids: Collection[int], topic_ids: Collection[int], reads_sensitive: bool
) -> Scope:
    """Return what the account of a key may see and do.

    It holds no membership, so that no list of agents names it. A manager handles plain tickets and reads no
    sensitive one (threats: A03); a case handler does both.
    """
    role = Role.CASE_HANDLER if reads_sensitive else Role.MANAGER
    places = MaisonScope(everywhere=not maison_ids, maisons=frozenset(maison_ids))
    topics = frozenset(topic_ids) if topic_ids else None
    return Scope(user_id=user_id, reaches={role: places}, topics=topics)


def give_scope(account: User, scope: Scope) -> None:
    """Let an account see and do this much, for as long as this object lives."""
    account._scope = scope  # type: ignore[attr-defined]
