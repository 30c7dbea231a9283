"""From the form to the sheet that is stored."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from channels_app.frontdesk.desk import Desk
from channels_app.frontdesk.forms import VisitForm
from channels_app.frontdesk.services import Submission
from channels_app.frontdesk.visitors import Visitor
from channels_app.noting import Companion, ContactSheet
from requests_app.casefile.open_tickets import open_ticket_like, open_ticket_on
from requests_app.catalog.models import Topic
from requests_app.lib import phones
from requests_app.lib.text import fold

KEY = "cle"


def sheet_of(desk: Desk, form: VisitForm, visitor: Visitor) -> ContactSheet:
    """Write the sheet of the kind chosen: the topic recognised, the ticket it joins, the text as typed."""
    typed = form.cleaned_data
    topic = _topic_code(typed["sujet"], typed["motif"])
    assert desk.maison_id is not None
    given = "" if visitor.new_person else _contacts_given(form)
    noted = ContactSheet(
        at=desk.at,
        agent_id=desk.user.pk,
        maison_id=desk.maison_id,
        next=typed["suite"],
        topic_code=topic,
        why="" if topic else typed["motif"],
        word="\n".join(filter(None, [_acting(form.companion), typed["mot"], given])),
        address=typed["adresse"],
        person_id=visitor.person_id,
        new_person=visitor.new_person,
        companion=form.companion,
        ticket_id=None
        if typed["nouvelle_demande"]
        else _ticket_to_join(desk, visitor, topic, typed["rejoindre"]),
    )
    return form.kind.write(noted, form)


def build_submission(desk: Desk, form: VisitForm) -> Submission:
    """Return the submission of a valid form, as it was typed: ignoring spaces, files by their bytes."""
    typed = {name: " ".join(str(form.data.get(name, "")).split()) for name in form.fields if name != KEY}
    files = {name: " ".join(_digest(file) for file in form.files.getlist(name)) for name in form.files}
    words = tuple(sorted({**typed, **files}.items()))
    return Submission(desk.user.pk, form.cleaned_data[KEY].hex, words)


def _digest(file: UploadedFile) -> str:
    file.seek(0)
    return hashlib.sha256(file.read()).hexdigest()


def _topic_code(chosen: str, typed: str) -> str:
    """Return the topic chosen, or the one whose label was typed in full; "" leaves the text as it is."""
    topics = Topic.objects.active()
    if chosen and topics.filter(code=chosen).exists():
        return chosen
    same = (topic.code for topic in topics.matching(typed) if fold(topic.label) == fold(typed))
    return next(same, "")


def _ticket_to_join(desk: Desk, visitor: Visitor, topic_code: str, joins_likely: bool) -> int | None:
    """Return the open ticket on this topic, or the likely one when the agent said so."""
    if visitor.person_id is None or not topic_code:
        return None
    ticket = open_ticket_on(desk.scope, visitor.person_id, topic_code)
    if ticket is None and joins_likely:
        ticket = open_ticket_like(desk.scope, visitor.person_id, topic_code)
    return ticket.pk if ticket else None


def _acting(companion: Companion | None) -> str:
    """Return the sentence of the thread that says who came, whatever becomes of the participant."""
    return _("Agit pour la personne : %(who)s.") % {"who": companion.words} if companion else ""


def _contacts_given(form: VisitForm) -> str:
    """Return the contacts given, in words: the desk does not change a known person's record."""
    typed = form.cleaned_data
    phone = phones.format_national(typed["telephone"]) if typed["telephone"] else ""
    given = ", ".join(filter(None, [phone, typed["email"], form.data.get("naissance", "")]))
    return _("Coordonnées données à l’accueil : %(given)s.") % {"given": given} if given else ""
