"""Where a demand stands, in plain words: one sentence a state, three steps, what to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.lib import french
from requests_app.tickets.models import Outcome, State, Ticket

SENTENCES: dict[str, str | Promise] = {
    State.TO_SORT: gettext_lazy("Nous avons bien reçu votre demande"),
    State.OPEN: gettext_lazy("Nous étudions votre demande"),
    State.WAITING_PERSON: gettext_lazy("Nous attendons une réponse de vous"),
    State.WAITING_OTHER: gettext_lazy("Un autre service étudie votre demande"),
}
ENDS: dict[str, str | Promise] = {
    Outcome.ANSWERED: gettext_lazy("Votre demande est terminée : nous vous avons répondu"),
    Outcome.ORIENTED: gettext_lazy("Votre demande est terminée : nous vous avons dit où aller"),
    Outcome.TRANSFERRED: gettext_lazy("Votre demande est transmise à un autre organisme"),
    Outcome.WITHDRAWN: gettext_lazy("Vous avez retiré votre demande"),
    Outcome.DUPLICATE: gettext_lazy("Nous suivons cette demande avec une autre sur le même sujet"),
}
ENDED = gettext_lazy("Votre demande est terminée")


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the three steps; ``css`` is done, now or nothing."""

    number: int
    name: str
    detail: str
    css: str

    @property
    def is_done(self) -> bool:
        return self.css == "step-done"

    @property
    def is_now(self) -> bool:
        return self.css == "step-now"


def sentence_of(ticket: Ticket) -> str:
    """The state, as the person reads it."""
    if ticket.is_open:
        return str(SENTENCES[ticket.state])
    return str(ENDS.get(ticket.outcome, ENDED))


def stages_of(ticket: Ticket) -> list[Stage]:
    """Received, studied, answered."""
    done = 3 if not ticket.is_open else 1
    now = 0 if not ticket.is_open else 2
    received = french.day(ticket.received_at)
    details = [received, _studied(ticket), _answer(ticket)]
    names = [_("Reçue"), _("Étudiée"), _("Réponse")]
    return [
        Stage(rank, name, detail, "step-done" if rank <= done else "step-now" if rank == now else "")
        for rank, (name, detail) in enumerate(zip(names, details, strict=True), start=1)
    ]


def _studied(ticket: Ticket) -> str:
    if not ticket.is_open:
        return ""
    return _("bientôt") if ticket.state == State.TO_SORT else _("en cours")


def _answer(ticket: Ticket) -> str:
    if ticket.closed_at:
        return french.day(ticket.closed_at)
    return _("avant le %(day)s") % {"day": french.day(ticket.due_at)} if ticket.due_at else ""
