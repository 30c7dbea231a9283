"""Submission of the answers: stored raw, then parsed in the same HTTP request, like at the counter."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language

from channels_app.intake.services import has_opened, key_of_words, process_stored, store_unqueued
from channels_app.portal.form_data import FiledPaper, Filled
from channels_app.portal.key import KEY
from channels_app.portal.models import Draft
from channels_app.portal.second import IS_SECOND
from channels_app.portal.themes import UNKNOWN
from requests_app.lib.failpoints import failpoint
from requests_app.tickets.models import Ticket

SOURCE = "form"


def send(*, draft: Draft, at: datetime) -> None:
    """Submit a draft whose questions are all answered; idempotent (threats: W01)."""
    _store(draft, at)
    if draft.arrival_id:
        with translation.override(settings.LANGUAGE_CODE):  # agents see at once what is parsed now
            process_stored(arrival_id=draft.arrival_id, source=SOURCE, at=at)


@transaction.atomic
def _store(draft: Draft, at: datetime) -> None:
    """Store the answers and close the draft, together: what is typed later is a second request."""
    failpoint("form.before_store")
    draft.refresh_from_db(from_queryset=Draft.objects.select_for_update())
    if draft.sent_at:
        return
    key = key_of_words(str(draft.key), draft.answers)
    raw = filled_of(draft, at).to_raw()
    draft.arrival_id = store_unqueued(
        channel=KEY, address="", raw=raw, source=SOURCE, key=key, at=at
    ).arrival_id
    draft.sent_at = at
    draft.save(update_fields=["arrival", "sent_at"])


def ticket_of(draft: Draft) -> Ticket | None:
    """Return the ticket of a sent draft; None while it is not parsed."""
    tickets = Ticket.objects.select_related("maison__commune", "topic")
    return tickets.filter(touchpoints__arrivals=draft.arrival_id or 0).first()


def is_own(draft: Draft, ticket: Ticket) -> bool:
    """Tell whether this browser opened the ticket: anybody may type somebody's contact and words (W09)."""
    sent_here = [draft.arrival_id, *draft.answers.get(IS_SECOND, {}).get("arrivals", ())]
    return any(has_opened(each, ticket) for each in sent_here if each)


def contact_of(draft: Draft) -> str:
    """Return the phone or the e-mail given; "" without one."""
    reach = draft.answers.get("contact", {})
    return str({"tel": reach.get("numero"), "mail": reach.get("email")}.get(reach.get("moyen")) or "")


def filled_of(draft: Draft, at: datetime) -> Filled:
    """Build the stored form from the answers; fields of contact methods not chosen are left out."""
    topic, words, place, reach, you = (
        draft.answers[step] for step in ("sujet", "message", "lieu", "contact", "vous")
    )
    way = reach["moyen"]
    has_phone, has_mail = way == "tel", way == "mail"
    return Filled(
        at=at,
        topic_code="" if topic["sujet"] == UNKNOWN else topic["sujet"],
        text=words["texte"],
        town=place["commune"],
        address=place["adresse"],
        way=way,
        phone=reach.get("numero", "") if has_phone else "",
        use=reach["usage"] if has_phone else "",
        voice=reach["message"] if has_phone else "",
        email=reach["email"] if has_mail else "",
        postal=reach["postal"] if way == "courrier" else "",
        is_shared=reach["partage"] and (has_phone or has_mail),
        avoid=reach["eviter"],
        given_name=you["prenom"],
        family_name=you["nom"],
        needs=tuple(you["besoins"]),
        language=you["langue"],
        page_language=(get_language() or "")[:2],
        papers=tuple(
            FiledPaper(file.name, str(file.file.name), file.content_type, file.size)
            for file in draft.files.order_by("pk")
        ),
    )
