"""Sends a message by the route that GRU_EMAIL_URL names."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from channels_app.contract import NotConfigured
from channels_app.mail.sending import smtp
from channels_app.mail.sending.routes import Provider, Server, route_of
from channels_app.mail.sending.writing import as_bytes


def hand_over(mail: EmailMultiAlternatives, *, envelope_from: str, message_id: str) -> str:
    """Send one message to one recipient; returns the other side's id.

    Raises NotConfigured, Undeliverable (this recipient is refused for good), TemporaryFailure (later) or
    Uncertain (the line broke after the whole text was given).
    """
    route = route_of(settings.EMAIL_URL)
    if route is None:
        raise NotConfigured(_("aucun serveur d’envoi n’est réglé (GRU_EMAIL_URL)"))
    if isinstance(route, Provider):
        from channels_app.mail.sending import providers  # 5 MB, only for those who use it

        return providers.give(mail, route, message_id=message_id)
    return smtp.give(as_bytes(mail), route, envelope_from=envelope_from, recipient=mail.to[0])


def was_accepted(message_id: str) -> bool | None:
    """Ask the sending server whether it has this message; None when it cannot say."""
    route = route_of(settings.EMAIL_URL)
    return smtp.has(message_id, route) if isinstance(route, Server) else None
