"""Words and papers added from the follow-up page: raw first, like the form."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from channels_app.intake.services import keep_and_hear
from channels_app.portal import photos
from channels_app.portal.contacts import own_addresses
from channels_app.portal.filled import Added, FiledPaper
from channels_app.portal.models import Draft
from channels_app.portal.photos import Paper
from requests_app.tickets.models import Channel, Ticket

KEPT_FOR = timedelta(days=7)  # the papers, in case the message goes to quarantine first


@translation.override(settings.LANGUAGE_CODE)  # agents read what is understood now
def add(
    *,
    ticket: Ticket,
    text: str,
    papers: list[Paper],
    key: UUID,
    appointment_id: int | None = None,
    at: datetime,
) -> None:
    """Add to a demand, from its page or from that of an appointment; the same key twice is once (W01)."""
    kept, is_new = Draft.objects.get_or_create(
        key=key,
        defaults={
            "secret_hash": secrets.token_hex(32),  # nobody comes back to it: it only holds the papers
            "created_at": at,
            "expires_at": at + KEPT_FOR,
            "sent_at": at,
        },
    )
    if is_new:
        photos.join(kept, papers, at=at)
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
    kept.arrival_id = keep_and_hear(
        channel=Channel.Kind.PORTAL, raw=added.to_raw(), source="follow-up", key=str(key), at=at
    )
    kept.save(update_fields=["arrival"])
