"""Answer who asked to be erased: what goes and from when, what stays and why (GDPR, art. 12.3; P05).

The text goes to the composer of their ticket: an agent checks and sends it.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.answers.services import save_draft
from requests_app.lib import french
from requests_app.people.models import Person
from requests_app.privacy.erasing import Dossier, preview
from requests_app.privacy.models import DisposalLine
from requests_app.privacy.refusing import CONTEST, request_of
from requests_app.tickets.models import Ticket


@transaction.atomic
def prepare_erasure_answer(*, person: Person, by: User, at: datetime) -> bool:
    """Write the answer on their open ticket; return False without one, or where a draft exists."""
    ticket = request_of(person)
    if ticket is None or Draft.objects.answers().filter(ticket=ticket, author=by).exists():
        return False
    text = erasure_text(ticket, preview(person, at=at), at=at)
    return save_draft(ticket=ticket, kind=Draft.Kind.ANSWER, text=text, by=by, at=at) is not None


def erasure_text(ticket: Ticket, dossiers: list[Dossier], *, at: datetime) -> str:
    """Write in French, like every answer."""
    with translation.override(settings.LANGUAGE_CODE):
        going = _lines_of(dossiers)
        parts = [
            _("Bonjour,"),
            _("Vous demandez d’effacer vos données (demande %(ref)s).") % {"ref": ticket.reference},
        ]
        if going:
            parts += [_what_goes(going, at)]
        gone = {pk for line in going for pk in line.ticket_ids}
        stay = [each for each in dossiers if not gone.intersection(t.pk for t in each.tickets)]
        if stay:
            parts += [_what_stays(stay)]
        return "\n\n".join((*parts, "\n".join(map(str, CONTEST))))


def _lines_of(dossiers: list[Dossier]) -> list[DisposalLine]:
    ids = [ticket.pk for each in dossiers for ticket in each.tickets]
    lines = DisposalLine.objects.filter(ticket_ids__overlap=ids, fate=DisposalLine.Fate.LISTED)
    return list(lines.select_related("schedule").order_by("pk"))


def _what_goes(lines: list[DisposalLine], at: datetime) -> str:
    """Write the references, and the day from which the archivist may approve."""
    today = timezone.localdate(at)
    day = french.day(max([today, *(line.schedule.month for line in lines)]))
    references = [reference for line in lines for reference in line.references]
    words = _("Nous allons effacer, après l’accord des archives, possible à partir du %(day)s :") % {
        "day": day
    }
    return "\n".join((words, *(f"- {reference}" for reference in references)))


def _what_stays(dossiers: list[Dossier]) -> str:
    lines = [f"- {', '.join(each.references)} : {each.why_not}" for each in dossiers]
    after = _("Nous regardons de nouveau chaque jour : chacune part dès qu’elle peut.")
    return "\n".join((_("Nous gardons pour l’instant :"), *lines, after))
