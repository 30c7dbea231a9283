"""Refuse to erase or to correct, for a legal reason that the person reads (GDPR, art. 12.4; P05).

The text goes to the composer of the person's ticket: an agent checks, completes and sends it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.accounts.models import User
from requests_app.answers.models import Draft
from requests_app.answers.services import save_draft
from requests_app.people.models import Person
from requests_app.privacy.errors import Refused
from requests_app.privacy.persons import merged_records
from requests_app.tickets.models import Ticket

ERASE = gettext_lazy("Nous ne pouvons pas effacer ces données.")
CORRECT = gettext_lazy("Nous ne pouvons pas changer ces données.")
EITHER = gettext_lazy("Nous ne pouvons pas faire ce que vous demandez.")

CONTEST = (
    gettext_lazy("Pas d’accord ? Vous pouvez écrire à la CNIL : https://www.cnil.fr/plaintes"),
    gettext_lazy("Vous pouvez aussi aller devant le tribunal administratif."),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """``label`` is what the agent chooses; ``refused`` and ``why`` are what the person reads."""

    label: str | Promise
    refused: str | Promise
    why: str | Promise


GROUNDS = {
    "erase_law": Ground(
        gettext_lazy("Effacer : la loi oblige à garder"),
        ERASE,
        gettext_lazy("La loi nous oblige à les garder (RGPD, article 17.3.b)."),
    ),
    "erase_archives": Ground(
        gettext_lazy("Effacer : archives publiques"),
        ERASE,
        gettext_lazy("Ce sont des archives publiques (RGPD, article 17.3.d)."),
    ),
    "erase_appeal": Ground(
        gettext_lazy("Effacer : un recours reste possible"),
        ERASE,
        gettext_lazy("Elles peuvent servir à un recours (RGPD, article 17.3.e)."),
    ),
    "correct_exact": Ground(
        gettext_lazy("Corriger : elles sont exactes"),
        CORRECT,
        gettext_lazy("D’après nos pièces, elles sont exactes (RGPD, article 16)."),
    ),
    "unknown_person": Ground(
        gettext_lazy("Les deux : identité non établie"),
        EITHER,
        gettext_lazy("Nous ne savons pas si ces données sont les vôtres (RGPD, article 12.6)."),
    ),
    "excessive": Ground(
        gettext_lazy("Les deux : demande excessive"),
        EITHER,
        gettext_lazy("Votre demande est manifestement excessive (RGPD, article 12.5)."),
    ),
}


def request_of(person: Person) -> Ticket | None:
    """Return their open ticket about their data, the one whose month ends first."""
    theirs = Ticket.objects.open().filter(person__in=merged_records(person.pk))
    return theirs.filter(topic__code=settings.DATA_RIGHTS_TOPIC).order_by("received_at", "pk").first()


@transaction.atomic
def prepare_refusal(*, person: Person, ground: str, by: User, at: datetime) -> Ticket:
    """Write the refusal where the agent answers, below what they typed; no automatic message leaves."""
    ticket = request_of(person)
    if ticket is None:
        raise Refused(_("Aucune demande sur ses données n’est ouverte : créez-la d’abord."))
    if Draft.objects.answers().filter(ticket=ticket, author=by).exists():
        raise Refused(_("Vous avez déjà un brouillon pour cette demande."))
    text = refusal_text(ticket, GROUNDS[ground])
    save_draft(ticket=ticket, kind=Draft.Kind.ANSWER, text=text, by=by, at=at)
    return ticket


def refusal_text(ticket: Ticket, ground: Ground) -> str:
    """Write in French, like every answer: what is refused, why, which data, how to contest."""
    with translation.override(settings.LANGUAGE_CODE):
        return "\n\n".join(
            (
                _("Bonjour,"),
                _("Vous avez écrit sur vos données (demande %(ref)s).") % {"ref": ticket.reference},
                f"{ground.refused} {ground.why}",
                "[à compléter : les données et la raison précise]",
                "\n".join(map(str, CONTEST)),
            )
        )
