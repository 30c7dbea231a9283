"""A person writes: each line is stored when sent, once, then parsed in the same request (S08, N05)."""

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from channels_app.chat import limits, links
from channels_app.chat.contacts import Given
from channels_app.chat.key import KEY
from channels_app.chat.models import Line, Thread
from channels_app.chat.wire import Typed
from channels_app.intake.services import find_stored, key_of_words, process_stored, store_unqueued
from requests_app.lib.dangers import dangers_in
from requests_app.lib.text import is_blank
from requests_app.tickets.errors import Refused

logger = logging.getLogger(__name__)

SOURCE = "chat"
MAX_LENGTH = 4000
MAX_CLIENT_ID = 64
RANDOM = 4  # version of a UUID; others are made of the clock, of a name, or of zeros


class TooMany(Refused):
    """Too much was written from there: the page shows the phone number."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A thread, and the secret of its page."""

    thread: Thread
    secret: str


def read_client_id(typed: str) -> str:
    """Return the id under which the browser sends a line; a new one when it has none."""
    return typed.strip()[:MAX_CLIENT_ID] or str(uuid4())


def crowd_words() -> str:
    """Say that too much comes from there, and what to do instead."""
    words = _("Trop de conversations viennent du même endroit. Appelez le %(phone)s.")
    return words % {"phone": settings.AUTHORITY_PHONE}


def read_text(typed: str) -> str:
    """Return the line as it is stored; raises Refused when it is empty or too long."""
    text = typed.replace("\r\n", "\n").strip()
    if is_blank(text):
        raise Refused(_("Écrivez votre message avant de l’envoyer."))
    if len(text) > MAX_LENGTH:
        raise Refused(_("Votre message est trop long : %(n)s signes au plus.") % {"n": MAX_LENGTH})
    return text


def start(*, text: str, client_id: str, given: Given, caller: str, language: str, at: datetime) -> Opened:
    """Open a thread with its first line; the same one sent again opens the same thread.

    Other words under the same client id are one more line of that thread (N05). Raises TooMany.
    """
    key = _name_sender(client_id, caller)
    thread = Thread.objects.filter(key=key).first()
    if thread is None:
        if not limits.may_start(caller=caller, contact=given.value, at=at):
            raise TooMany(crowd_words())
        values = {"language": language, "contact_kind": given.kind, "contact": given.value, "caller": caller}
        with transaction.atomic():  # the thread, its link and its first line: all of them or nothing
            thread, _is_new = Thread.objects.get_or_create(key=key, defaults={**values, "created_at": at})
            links.open_thread(thread, at=at)
            arrival_id = _store(thread, text, client_id, at)
        _process(thread, arrival_id, at)
    else:
        add(thread=thread, text=text, client_id=client_id, at=at)
    return Opened(thread, links.open_thread(thread, at=at))


def add(*, thread: Thread, text: str, client_id: str, at: datetime) -> None:
    """Add one line to a thread; the same words under the same client id are added once. Raises TooMany."""
    is_known = find_stored(channel=KEY, key=_name_line(thread, text, client_id)) is not None
    if not is_known and not limits.may_add(thread.pk, at=at):
        raise TooMany(
            _("Trop de messages en une heure. Attendez un peu, ou appelez le %(phone)s.")
            % {"phone": settings.AUTHORITY_PHONE}
        )
    with transaction.atomic():
        arrival_id = _store(thread, text, client_id, at)
    _process(thread, arrival_id, at)


def _store(thread: Thread, text: str, client_id: str, at: datetime) -> int:
    """Store the line and its raw input together, in the order in which pages read them."""
    locked = Thread.objects.select_for_update().get(pk=thread.pk)
    typed = Typed(at, text, thread.pk, thread.contact_kind, thread.contact, thread.language)
    key = _name_line(thread, text, client_id)
    stored = store_unqueued(channel=KEY, address="", raw=typed.to_raw(), source=SOURCE, key=key, at=at)
    if stored.is_new:
        Line.objects.create(thread=locked, arrival_id=stored.arrival_id, client_id=client_id, at=at)
        heard = [danger.code for danger in dangers_in(text) if danger.code not in locked.dangers]
        if heard:
            Thread.objects.filter(pk=locked.pk).update(dangers=[*locked.dangers, *heard])
    return stored.arrival_id


def _process(thread: Thread, arrival_id: int, at: datetime) -> None:
    """Parse the line now, one line of a thread at a time: the first of two opens the ticket.

    It is stored: what fails here is finished by the sweep.
    """
    try:
        with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):  # agents see it at once
            Thread.objects.select_for_update().get(pk=thread.pk)
            process_stored(arrival_id=arrival_id, source=SOURCE, at=at)
    except (OperationalError, InterfaceError):
        logger.warning("chat: arrival %s not parsed yet", arrival_id)
    thread.refresh_from_db()


def _name_line(thread: Thread, text: str, client_id: str) -> str:
    return key_of_words(client_id, thread.pk, " ".join(text.split()))


def _name_sender(client_id: str, caller: str) -> str:
    """Name who starts a thread. Only an id that nobody guesses, a random one, counts from any address."""
    try:
        given = UUID(client_id)
    except ValueError:
        given = None
    whole = str(given) if given and given.version == RANDOM else f"{caller} {client_id}"
    return salted_hmac("gru.chat.key", whole, algorithm="sha256").hexdigest()
