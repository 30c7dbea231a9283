"""Where a ticket stands, in plain words: one sentence per state, three steps, what to do."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from requests_app.lib import french
from requests_app.tickets.competence import goes_to_our_service
from requests_app.tickets.models import Outcome, State, Ticket

SENTENCES: dict[str, str | Promise] = {
    State.TO_SORT: gettext_lazy("Nous avons bien reçu votre demande"),
    State.OPEN: gettext_lazy("Nous étudions votre demande"),
    State.WAITING_PERSON: gettext_lazy("Nous attendons une réponse de vous"),
    State.WAITING_OTHER: gettext_lazy("Un autre service étudie votre demande"),
}
ENDS: dict[str, str | Promise] = {
    Outcome.ANSWERED: gettext_lazy("Votre demande est terminée : nous vous avons répondu"),
    Outcome.REFUSED: gettext_lazy("Votre demande est refusée : nous vous avons dit pourquoi"),
    Outcome.ORIENTED: gettext_lazy("Votre demande est terminée : nous vous avons dit où aller"),
    Outcome.TRANSFERRED: gettext_lazy("Votre demande est transmise à un autre organisme"),
    Outcome.WITHDRAWN: gettext_lazy("Vous avez retiré votre demande"),
    Outcome.DUPLICATE: gettext_lazy("Nous suivons cette demande avec une autre sur le même sujet"),
}
ENTRUSTED = gettext_lazy("Un autre de nos services étudie votre demande")
ENDED = gettext_lazy("Votre demande est terminée")
WITHDRAWN_BY_AGENT = gettext_lazy("Votre demande est retirée")
# Outcomes without an answer of ours: the last step says what happened instead.
ENDED_BY: dict[str, str | Promise] = {
    Outcome.TRANSFERRED: gettext_lazy("Transmise"),
    Outcome.WITHDRAWN: gettext_lazy("Retirée"),
    Outcome.DUPLICATE: gettext_lazy("Suivie avec une autre"),
}


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
    """Return the state, as the person reads it."""
    if ticket.is_open:
        return str(SENTENCES[ticket.state])
    if ticket.outcome == Outcome.TRANSFERRED and goes_to_our_service(ticket):
        return str(ENTRUSTED)
    if ticket.outcome == Outcome.WITHDRAWN and ticket.closed_by_id:
        return str(WITHDRAWN_BY_AGENT)
    return str(ENDS.get(ticket.outcome, ENDED))


def is_late(ticket: Ticket, at: datetime) -> bool:
    """Return whether the announced day is over without an answer, and the person waits for us alone."""
    is_ours = ticket.is_open and ticket.state != State.WAITING_PERSON and ticket.first_answered_at is None
    return is_ours and ticket.due_at is not None and ticket.due_at < at


def stages_of(ticket: Ticket, at: datetime) -> list[Stage]:
    """Return received, studied, answered; an outcome without an answer of ours promises none."""
    received = (_("Reçue"), french.day(ticket.received_at))
    end = str(ENDED_BY.get(ticket.outcome, ""))
    if ticket.closed_at and end:
        return _number([received, (end, french.day(ticket.closed_at))], done=2)
    if ticket.service_answered_on:
        last = (_("Réponse"), french.day(ticket.service_answered_on))
        return _number([received, (_("Étudiée"), ""), last], done=3)
    if ticket.closed_at:
        last = (_("Réponse"), french.day(ticket.answered_at)) if ticket.answered_at else _last_stage(ticket)
        return _number([received, (_("Étudiée"), ""), last], done=3)
    studied = _("bientôt") if ticket.state == State.TO_SORT else _("en cours")
    return _number([received, (_("Étudiée"), studied), (_("Réponse"), _answer(ticket, at))], done=1)


def _number(steps: list[tuple[str, str]], *, done: int) -> list[Stage]:
    now = done + 1
    return [
        Stage(rank, name, detail, "step-done" if rank <= done else "step-now" if rank == now else "")
        for rank, (name, detail) in enumerate(steps, start=1)
    ]


def _last_stage(ticket: Ticket) -> tuple[str, str]:
    is_answer = ticket.outcome in {Outcome.ANSWERED, Outcome.ORIENTED, Outcome.REFUSED}
    name = _("Réponse") if is_answer else _("Terminée")
    return name, french.day(ticket.closed_at) if ticket.closed_at else ""


def _answer(ticket: Ticket, at: datetime) -> str:
    if ticket.first_answered_at:
        return _("donnée le %(day)s") % {"day": french.day(ticket.answered_at or ticket.first_answered_at)}
    if ticket.due_at is None:
        return ""
    day = {"day": french.day(ticket.due_at)}
    return _("en retard, attendue le %(day)s") % day if is_late(ticket, at) else _("avant le %(day)s") % day
