"""What a program may see: the one policy of agents, at its Maisons and for its topics."""

from collections.abc import Collection

from requests_app.access.maison_scope import MaisonScope
from requests_app.access.scope import Scope
from requests_app.accounts.models import Role, User


def give_key_scope(
    account: User, *, maison_ids: Collection[int], topic_ids: Collection[int], reads_sensitive: bool
) -> None:
    """Let the account of a key see and do this much, for as long as this object lives.

    It holds no membership, so that no list of agents names it. A manager handles plain tickets and reads no
    sensitive one (threats: A03); a case handler does both.
    """
    role = Role.CASE_HANDLER if reads_sensitive else Role.MANAGER
    places = MaisonScope(everywhere=not maison_ids, maisons=frozenset(maison_ids))
    topics = frozenset(topic_ids) if topic_ids else None
    account._scope = Scope(user_id=account.pk, reaches={role: places}, topics=topics)  # type: ignore[attr-defined]
