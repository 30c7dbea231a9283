from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.contract import NotConfigured, TemporaryFailure, Undeliverable
from channels_app.sms import budget, composing, notices
from requests_app.channels.outbound import Contact, Outbound, Payload, Reply
from requests_app.lib import phones, segments
from requests_app.outbox.links import insert_links
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint


class SmsOutbound(Outbound[Outgoing]):
    """Sends text messages, through Twilio."""

    contact_kind = ContactPoint.Kind.PHONE
    is_brief = True
    most_resends = 1  # sending twice is two SMS: threats O01
    reminder_place = 10
    late = gettext_lazy("Les SMS")
    unreceived = gettext_lazy("Un SMS n’est pas arrivé à ce numéro : vérifiez-le avec la personne.")
    refused = gettext_lazy(
        "Le %(to)s ne reçoit pas nos SMS : %(why)s. Écrivez par e-mail ou appelez la personne."
    )

    def reaches(self, contact: Contact) -> bool:
        return contact.kind == self.contact_kind and phones.takes_sms(contact.value)

    def why_unreached(self, value: str) -> str:
        if not phones.takes_sms(value):
            return _("Ce numéro ne reçoit pas de SMS. Écrivez un numéro de mobile, ou appelez.")
        if phones.region_of(value) not in settings.SMS_COUNTRIES:
            return _("Nous n’envoyons pas de SMS vers ce pays. Écrivez par e-mail, ou appelez.")
        return ""

    def label_of(self, value: str) -> str:
        return f"SMS · {phones.format_national(value)}"

    def count(self, *, reference: str, typed: str, fold_url: str) -> composing.Count:
        return composing.count_of(reference, typed, fold_url=fold_url)

    def fold(self, text: str) -> str:
        return segments.fold(text)

    def compose(self, reply: Reply) -> Payload:
        return composing.compose(reply)

    def send(self, outgoing: Outgoing, *, at: datetime) -> str:
        """Send one SMS, within the limits; before a second try the provider is asked for the first."""
        from channels_app.sms import provider  # Twilio's library takes memory, and only senders need it

        account, text = provider.account(), _text_of(outgoing)
        if account is None:
            raise NotConfigured(_("aucun service de SMS n’est réglé (GRU_TWILIO_ACCOUNT_SID)"))
        budget.check_number(outgoing.recipient)
        budget.check_rate(outgoing, at)
        if outgoing.attempts > 1 and (sid := _find(outgoing)):
            return sid
        cost = segments.measure(text).segments
        budget.spend(cost, at)
        try:
            return provider.create(account, to=outgoing.recipient, text=text, callback=_callback(outgoing))
        except (Undeliverable, TemporaryFailure) as error:
            budget.give_back(cost, at)
            if isinstance(error, provider.RefusedByPerson):
                notices.refused_at_provider(outgoing.recipient, at)
            raise

    def was_accepted(self, outgoing: Outgoing) -> bool | str | None:
        """Look for it in the provider's list; raises TemporaryFailure."""
        return _find(outgoing) or False


def _text_of(outgoing: Outgoing) -> str:
    return segments.normalise(insert_links(outgoing.payload["text"], outgoing))


def _callback(outgoing: Outgoing) -> str:
    """Return where the provider reports its fate; our own number comes back, whatever id it gives."""
    return f"{settings.PUBLIC_URL}{reverse('sms:status')}?envoi={outgoing.pk}"


def _find(outgoing: Outgoing) -> str:
    """Find the id under which the provider has this very message, or ""; raises TemporaryFailure."""
    from channels_app.sms import provider

    account = provider.account()
    if account is None:
        raise NotConfigured(_("aucun service de SMS n’est réglé (GRU_TWILIO_ACCOUNT_SID)"))
    is_it = partial(provider.is_the_one, text=_text_of(outgoing), since=outgoing.created_at)
    others = Outgoing.objects.filter(channel=outgoing.channel, recipient=outgoing.recipient)
    taken = set(others.exclude(pk=outgoing.pk).exclude(provider_id="").values_list("provider_id", flat=True))
    return provider.find(
        account, to=outgoing.recipient, is_it=lambda one: one.sid not in taken and is_it(one)
    )
