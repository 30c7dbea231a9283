"""Each grant and removal of a role is mailed to the other administrators and the place's managers (N14)."""

import secrets

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from requests_app.accounts.models import Membership, RightsEvent, Role, User
from requests_app.channels.ways_out import channel_for
from requests_app.outbox import pages
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import Message, queue
from requests_app.people.models import ContactPoint

KIND = Outgoing.Kind.NOTICE
OF_KEYS = {RightsEvent.Kind.NEW_PASSWORD, RightsEvent.Kind.FACTOR_OFF, RightsEvent.Kind.ADDRESS}


def mail_change(event: RightsEvent, also: str) -> None:
    """Tell everybody concerned except the author of the change; one message each, keyed by the change."""
    if not (event.added or event.removed or event.kind in OF_KEYS):
        return
    addresses = [reader.email for reader in _readers(event)]
    for address in dict.fromkeys([*addresses, *filter(None, [also])]):
        queue(_message(event, address), at=event.at)


def _readers(event: RightsEvent) -> list[User]:
    """Return those with an address: without one they read the page of changes.

    A role held everywhere concerns everybody, yet only those who answer for the whole territory are written
    to.
    """
    managing = Q(role=Role.MANAGER) & (Q(maison__in=event.places) | Q(maison=None))
    holders = Membership.objects.filter(Q(role=Role.ADMIN) | managing).values("user")
    readers = User.objects.present().filter(pk__in=holders).exclude(email="").order_by("pk")
    return list(readers.exclude(pk=event.by_id or 0))


def _message(event: RightsEvent, address: str) -> Message:
    with translation.override(settings.LANGUAGE_CODE):
        subject, text = _("Des droits ont changé"), render_to_string("messages/rights.txt", _words(event))
    return Message(
        key=f"{KIND}:rights-{event.pk}:{address}:mail",
        kind=KIND,
        channel=channel_for(ContactPoint.Kind.EMAIL),
        recipient=address,
        message_id=f"gru.rights.{secrets.token_hex(16)}@{settings.MAIL_DOMAIN}",
        payload={"sender": settings.AUTHORITY_NAME, "subject": subject, "text": text.strip() + "\n"},
    )


def _words(event: RightsEvent) -> dict[str, object]:
    """Return the agent's name, the roles and the places: nothing else."""
    return {
        "agent": event.user.full_name,
        "who": event.by.full_name if event.by else _("Le serveur"),
        "at": event.at,
        "key": event.get_kind_display() if event.kind in OF_KEYS else "",
        "added": event.added,
        "removed": event.removed,
        "link": pages.address_of(pages.RIGHTS),
        "authority": settings.AUTHORITY_NAME,
    }
