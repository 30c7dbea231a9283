"""Why something was done to a ticket, in the reader's language: typed by an agent, or made of codes."""

from functools import singledispatch

from django.utils.translation import gettext as _

from requests_app.lib import french
from requests_app.tickets.models import Outcome
from requests_app.tickets.models import event_data as shapes
from requests_app.tickets.models.event_data import Cause, EventData


@singledispatch
def reason_of(details: EventData) -> str:
    """Return the reason shown after the sentence, "" without one."""
    return details.reason or cause_text(details.cause)


def cause_text(cause: str, name: str = "") -> str:
    """Say a cause; one of another version says nothing."""
    return str(Cause(cause).label).replace("%(name)s", name) if cause in Cause.values else ""


@reason_of.register
def _explain_rerouting(details: shapes.Rerouted) -> str:
    return details.reason or cause_text(details.cause, details.name)


@reason_of.register
def _explain_documents_asked(details: shapes.Waiting) -> str:
    if not details.documents or details.until is None:
        return details.reason
    words = {"day": french.full_date(details.until), "papers": _list(details.documents)}
    if why := details.reason:
        asked = _("Papiers demandés au plus tard le %(day)s : %(papers)s. Raison du délai : %(why)s")
        return asked % {**words, "why": why}
    return _("Papiers demandés au plus tard le %(day)s : %(papers)s") % words


@reason_of.register
def _explain_documents_day(details: shapes.DocumentsDayChanged) -> str:
    if details.before is None or details.until is None:
        return details.reason
    days = {"before": french.full_date(details.before), "after": french.full_date(details.until)}
    said = _("Du %(before)s au %(after)s") % days
    return f"{said}. {details.reason}" if details.reason else said


@reason_of.register
def _explain_documents(details: shapes.DocumentsNamed) -> str:
    return _list(details.documents) or details.reason


@reason_of.register
def _explain_first_received(details: shapes.FirstReceived) -> str:
    if details.reason:
        return details.reason
    if details.first_on is None:
        return _("Aucune autre administration ne l’a reçue avant nous.")
    return _("Reçue d’abord ailleurs le %(day)s") % {"day": french.full_date(details.first_on)}


@reason_of.register
def _explain_reasons_asked(details: shapes.ReasonsAsked) -> str:
    if details.asked_on is None or details.due_on is None:
        return details.reason
    days = {"asked": french.full_date(details.asked_on), "due": french.full_date(details.due_on)}
    return _("Demandées le %(asked)s, à donner au plus tard le %(due)s") % days


@reason_of.register
def _explain_service_answer(details: shapes.ServiceAnswered) -> str:
    if details.answered_on is None or details.outcome not in Outcome.values:
        return details.reason
    words = {"outcome": Outcome(details.outcome).label, "day": french.full_date(details.answered_on)}
    return _("%(outcome)s le %(day)s") % words


def _list(documents: tuple[str, ...]) -> str:
    return " ; ".join(documents)
