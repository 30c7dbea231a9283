from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels_app.chat import links
from channels_app.chat.key import KIND, thread_of
from channels_app.chat.models import Line, Thread
from channels_app.contract import BadAddress
from requests_app.channels.outbound import Contact, Outbound, Payload, Reply
from requests_app.outbox.links import drop_link_lines
from requests_app.outbox.models import Outgoing

MAX_LENGTH = 4000


class ChatOutbound(Outbound[Outgoing]):
    """Adds answers to threads: our own page is the provider, and its line is the proof that it left."""

    contact_kind = KIND
    most_resends = 3  # a second try finds the line of the first
    reminder_place = None
    late = gettext_lazy("Les réponses du tchat")
    unreceived = gettext_lazy("Une réponse n’est pas arrivée dans le tchat : écrivez autrement.")
    refused = gettext_lazy("%(to)s ne reçoit plus nos réponses : %(why)s. Écrivez autrement.")

    def owns(self, value: str) -> bool:
        return thread_of(value) is not None

    def reaches(self, contact: Contact) -> bool:
        return contact.kind == self.contact_kind and self.owns(contact.value)

    def why_unreached(self, value: str) -> str:
        return "" if self.owns(value) else _("Ce n’est pas une conversation du tchat.")

    def label_of(self, value: str) -> str:
        return _("Tchat · conversation %(number)s") % {"number": thread_of(value) or ""}

    def compose(self, reply: Reply) -> Payload:
        """Give the agent's own words, or the fullest automatic text."""
        text = reply.typed.strip() or next(iter(reply.brief()), "") or str(reply.full()["text"])
        content: dict[str, Any] = {"subject": "", "text": text, **(reply.more or {})}
        return Payload(content, why_not=_why_not(text, has_files=bool(reply.files)))

    def send(self, outgoing: Outgoing, *, at: datetime) -> str:
        """Add the line, once; raises BadAddress."""
        thread = _thread_of(outgoing, at)
        with transaction.atomic():
            Thread.objects.select_for_update().get(pk=thread.pk)  # ids of lines grow as pages read them
            Line.objects.get_or_create(outgoing=outgoing, defaults={"thread": thread, "at": at})
        return f"chat-{outgoing.pk}"

    def was_accepted(self, outgoing: Outgoing) -> bool | str:
        """Look for its line."""
        return f"chat-{outgoing.pk}" if Line.objects.filter(outgoing=outgoing.pk).exists() else False


def _why_not(text: str, *, has_files: bool) -> str:
    if has_files:
        return _("Le tchat ne porte pas de fichier. Retirez-le, ou écrivez par e-mail.")
    if len(text) > MAX_LENGTH:
        return _("Votre réponse est trop longue pour le tchat : %(n)s signes au plus.") % {"n": MAX_LENGTH}
    return ""


def _thread_of(outgoing: Outgoing, at: datetime) -> Thread:
    """Return the thread that it is for, where somebody can still read it."""
    thread = Thread.objects.filter(pk=thread_of(outgoing.recipient) or 0).first()
    if thread is None or outgoing.pk is None:
        raise BadAddress(_("cette conversation n’existe pas"))
    if not thread.contact and not links.is_open(thread.pk, at=at):
        raise BadAddress(_("le lien de cette conversation ne marche plus"))
    return thread


def text_of(outgoing: Outgoing) -> str:
    """Return what the person reads: a link to the page that they are on is dropped."""
    return drop_link_lines(str(outgoing.payload.get("text", "")))
