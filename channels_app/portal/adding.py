"""Messages and documents added from the follow-up page: stored raw first, like the form."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.intake.services import find_stored, key_of_words, store_and_process
from channels_app.portal import limits, photos
from channels_app.portal.contacts import own_addresses
from channels_app.portal.form_data import Added, FiledPaper
from channels_app.portal.key import KEY
from channels_app.portal.limits import Attempt
from channels_app.portal.models import Draft
from channels_app.portal.photos import Paper
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Ticket

KEPT_FOR = timedelta(days=7)  # the documents, in case the message goes to quarantine first


@translation.override(settings.LANGUAGE_CODE)  # agents see at once what is parsed now
def add(
    *,
    ticket: Ticket,
    text: str,
    papers: list[Paper],
    key: UUID,
    appointment_id: int | None = None,
    at: datetime,
) -> None:
    """Add to a ticket, from its page or from that of an appointment.

    The same text and documents under the same key are added once (W01); others are a second message (N05).
    Raises Refused when too many were added within the hour, under any keys (W02).
    """
    sent = sorted(hashlib.sha256(paper.data).hexdigest() for paper in papers)
    own_key = key_of_words(str(key), ticket.reference, appointment_id, " ".join(text.split()), sent)
    _require_seldom(ticket, own_key, at)
    kept = _store_papers(papers, key=uuid5(key, own_key), at=at)
    files = list(kept.files.order_by("pk"))
    contact = next(iter(own_addresses(ticket)), None)
    added = Added(
        at=at,
        reference=ticket.reference,
        text=text or _("Papiers envoyés : %(names)s.") % {"names": ", ".join(file.name for file in files)},
        contact_kind=contact.kind if contact else "",
        contact=contact.value if contact else "",
        person_id=ticket.person_id,
        appointment=appointment_id,
        papers=tuple(
            FiledPaper(file.name, str(file.file.name), file.content_type, file.size) for file in files
        ),
    )
    kept.arrival_id = store_and_process(
        channel=KEY, raw=added.to_raw(), source="follow-up", key=own_key, at=at
    )
    kept.save(update_fields=["arrival"])


def _require_seldom(ticket: Ticket, key: str, at: datetime) -> None:
    """Limit how much one link adds to a ticket; what was added already is only confirmed again."""
    asked = Attempt(limits.ADD_TO_TICKET, ticket.reference)
    if not limits.is_over(asked, at=at):
        limits.note(asked, at=at)
    elif find_stored(channel=KEY, key=key) is None:
        words = _("Trop de messages en une heure. Attendez un peu, ou appelez le %(phone)s.")
        raise Refused(words % {"phone": settings.AUTHORITY_PHONE})


@transaction.atomic
def _store_papers(papers: list[Paper], *, key: UUID, at: datetime) -> Draft:
    """Store the documents of one message once: a second submission waits here for the first."""
    kept, is_new = Draft.objects.get_or_create(
        key=key,
        defaults={
            "secret_hash": secrets.token_hex(32),  # nobody comes back to it: it only holds the documents
            "created_at": at,
            "expires_at": at + KEPT_FOR,
            "sent_at": at,
        },
    )
    if is_new:
        photos.join(kept, papers, at=at)
    return kept
