from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.errors import Refused
from requests_app.accounts.models import Membership, Role, User


@dataclass(frozen=True, slots=True)
class Grant:
    """A role to hold at one Maison; ``maison_id`` None means the whole territory."""

    role: str
    maison_id: int | None


@transaction.atomic
def create_agent(
    *,
    username: str,
    given_name: str,
    family_name: str,
    email: str = "",
    password: str | None,
    grants: Iterable[Grant],
    by: User | None,
) -> User:
    """Create an agent with the roles given; refuses a username already taken."""
    if User.objects.filter(username=username.strip().lower()).exists():
        raise Refused(_("L’identifiant « %(name)s » est déjà pris.") % {"name": username})
    user: User = User.objects.create_user(
        username, password, given_name=given_name, family_name=family_name, email=email
    )
    _grant(user, grants, by)
    return user


@transaction.atomic
def change_agent(
    *, user: User, given_name: str, family_name: str, email: str, grants: Iterable[Grant], by: User
) -> None:
    """Change a name, an address and the whole set of roles; the next request obeys it."""
    wanted = set(grants)
    if user.pk == by.pk and not any(g.role == Role.ADMIN for g in wanted):
        raise Refused(_("Vous ne pouvez pas retirer votre propre rôle d’administrateur."))
    User.objects.filter(pk=user.pk).update(given_name=given_name, family_name=family_name, email=email)
    user.memberships.all().delete()
    _grant(user, wanted, by)


@transaction.atomic
def leave(*, user: User, by: User, at: datetime) -> None:
    """Close an account: no sign-in, every open session refused at its next request."""
    if user.pk == by.pk:
        raise Refused(_("Vous ne pouvez pas fermer votre propre compte."))
    user.set_unusable_password()  # its sessions are signed with the password: they all end
    user.is_active, user.left_at = False, at
    user.save(update_fields=["password", "is_active", "left_at"])
    user.memberships.all().delete()


def _grant(user: User, grants: Iterable[Grant], by: User | None) -> None:
    rows = {Membership(user=user, role=g.role, maison_id=g.maison_id, granted_by=by) for g in set(grants)}
    Membership.objects.bulk_create(rows)
    places = {g.maison_id for g in grants if g.maison_id}
    if user.current_maison_id not in places:
        user.current_maison_id = min(places, default=None)
        user.save(update_fields=["current_maison"])
