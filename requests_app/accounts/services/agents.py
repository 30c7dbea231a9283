from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from requests_app.accounts.errors import Refused
from requests_app.accounts.models import EVERYWHERE, Membership, RightsEvent, Role, SecondFactor, User
from requests_app.accounts.news import rights_changed
from requests_app.accounts.passwords import temporary_password
from requests_app.accounts.services.keys import trace_key
from requests_app.accounts.signing import refuse_own_name, tell_renamed

Kind = RightsEvent.Kind


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
    at: datetime,
    must_change_password: bool = False,
    shown_as: str = "",
) -> User:
    """Create an agent with the roles given; refuses a username already taken."""
    refuse_own_name(shown_as, given_name, family_name)
    try:
        with transaction.atomic():
            user: User = User.objects.create_user(
                username,
                password,
                given_name=given_name,
                family_name=family_name,
                email=email,
                must_change_password=must_change_password,
                shown_as=shown_as,
            )
    except IntegrityError:
        raise Refused(_("L’identifiant « %(name)s » est déjà pris.") % {"name": username}) from None
    _set_grants(user, set(grants), kind=Kind.CREATED, by=by, at=at)
    return user


@transaction.atomic
def change_agent(
    *,
    user: User,
    given_name: str,
    family_name: str,
    email: str,
    grants: Iterable[Grant],
    by: User,
    at: datetime,
    shown_as: str | None = None,
) -> None:
    """Change names, an address and all the roles; the next request obeys them.

    Without ``shown_as``, the name that people read stays.
    """
    wanted = set(grants)
    if user.pk == by.pk and not any(g.role == Role.ADMIN for g in wanted):
        raise Refused(_("Vous ne pouvez pas retirer votre propre rôle d’administrateur."))
    stored = _require_present(user)
    shown_as = stored.shown_as if shown_as is None else shown_as
    refuse_own_name(shown_as, given_name, family_name)
    names = {"given_name": given_name, "family_name": family_name, "shown_as": shown_as}
    User.objects.filter(pk=user.pk).update(**names, email=email)
    if stored.email and email != stored.email:  # or someone could divert what is announced about rights
        trace_key(user, Kind.ADDRESS, by=by, at=at, told_at=stored.email)
    if shown_as != stored.shown_as:
        trace_key(user, Kind.SHOWN_AS, by=by, at=at, told_at="")
    tell_renamed(stored, User.objects.get(pk=user.pk))
    _set_grants(user, wanted, kind=Kind.CHANGED, by=by, at=at)


@transaction.atomic
def give_temporary_password(*, user: User, by: User, at: datetime) -> str:
    """Set a password to be changed at the first sign-in, and return it: it is stored nowhere else.

    The agent's open sessions end, since they are signed with the password.
    """
    _require_present(user)
    password = temporary_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    trace_key(user, Kind.NEW_PASSWORD, by=by, at=at, told_at=user.email)
    return password


@transaction.atomic
def leave(*, user: User, by: User, at: datetime) -> None:
    """Close an account: no sign-in, every open session refused at its next request."""
    if user.pk == by.pk:
        raise Refused(_("Vous ne pouvez pas fermer votre propre compte."))
    _require_present(user)
    user.set_unusable_password()  # its sessions are signed with the password: they all end
    user.is_active, user.left_at = False, at
    user.second_factor_at = None
    user.save(update_fields=["password", "is_active", "left_at", "second_factor_at"])
    SecondFactor.objects.filter(user=user).delete()
    _set_grants(user, set(), kind=Kind.LEFT, by=by, at=at)


def _require_present(user: User) -> User:
    """Return the stored account, locked: the form's instance holds what was typed."""
    stored: User | None = User.objects.present().filter(pk=user.pk).select_for_update().first()
    if stored is None:
        raise Refused(_("Ce compte est fermé."))
    return stored


def _set_grants(user: User, wanted: set[Grant], *, kind: str, by: User | None, at: datetime) -> None:
    """Write what differs, the default Maison, the staff flags, and the log of it all."""
    _require_whole_territory(wanted)
    held = {Grant(m.role, m.maison_id): m for m in user.memberships.select_related("maison")}
    _require_other(user, wanted - held.keys(), by)
    gone = [held[grant] for grant in held.keys() - wanted]
    Membership.objects.filter(pk__in=[m.pk for m in gone]).delete()
    Membership.objects.bulk_create(
        Membership(user=user, role=g.role, maison_id=g.maison_id, granted_by=by) for g in wanted - held.keys()
    )
    new = {(g.role, g.maison_id) for g in wanted - held.keys()}
    now = user.memberships.select_related("maison")
    added = [_words(m) for m in now if (m.role, m.maison_id) in new]
    _set_flags(user, wanted)
    if added or gone or kind != Kind.CHANGED:
        removed = sorted(_words(m) for m in gone)
        places = sorted(
            {place or EVERYWHERE for _role, place in new} | {m.maison_id or EVERYWHERE for m in gone}
        )
        event = RightsEvent.objects.create(
            user=user, kind=kind, by=by, at=at, added=sorted(added), removed=removed, places=places
        )
        was_admin = any(m.role == Role.ADMIN for m in gone)  # and so notified of every other change
        rights_changed(event, also=user.email if was_admin else "")


def _require_whole_territory(wanted: set[Grant]) -> None:
    """Refuse a place for roles that are held on the whole territory only."""
    held_somewhere = {grant.role for grant in wanted if grant.maison_id}
    if Role.ADMIN in held_somewhere:
        raise Refused(_("Le rôle d’administrateur se donne pour tout le territoire."))
    if Role.ARCHIVIST in held_somewhere:
        raise Refused(_("Le rôle d’archiviste se donne pour tout le territoire."))
    if Role.LEGAL_REVIEWER in held_somewhere:
        raise Refused(_("Le rôle de juriste se donne pour tout le territoire."))


def _require_other(user: User, new: set[Grant], by: User | None) -> None:
    """Refuse to give oneself a role that reads: a second administrator must see it (threats: N14)."""
    if by is not None and user.pk == by.pk and any(grant.role != Role.ADMIN for grant in new):
        raise Refused(_("Vous ne pouvez pas vous donner ce rôle : demandez-le à un autre administrateur."))


def _set_flags(user: User, wanted: set[Grant]) -> None:
    places = {g.maison_id for g in wanted if g.maison_id}
    if user.current_maison_id not in places:
        user.current_maison_id = min(places, default=None)
    user.is_staff = user.is_superuser = any(g.role == Role.ADMIN for g in wanted)
    user.save(update_fields=["current_maison", "is_staff", "is_superuser"])


def _words(membership: Membership) -> str:
    maison = membership.maison
    place = maison.label if maison else _("tout le territoire")
    return f"{membership.get_role_display()}, {place}"
