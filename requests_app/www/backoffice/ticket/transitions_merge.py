"""Tickets of one matter: merged and separated again, a message that becomes a ticket of its own."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from requests_app.accounts.models import User
from requests_app.tickets import services
from requests_app.tickets.models import Outcome, Ticket, TicketMerge, Touchpoint
from requests_app.tickets.selectors.family import family_of, thread_q
from requests_app.www.backoffice.ticket import forms_sidebar as forms
from requests_app.www.backoffice.ticket.actions import Action, verb_of
from requests_app.www.backoffice.ticket.transitions_sidebar import apply_to_link, apply_to_row


def _merges(ticket: Ticket) -> QuerySet[TicketMerge]:
    return TicketMerge.objects.filter(merged__in=family_of(ticket))


def _messages(ticket: Ticket) -> QuerySet[Touchpoint]:
    return Touchpoint.objects.select_related("ticket").filter(thread_q(ticket))


def _merge(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    is_two = data["persons"] == forms.TWO_PERSONS
    services.merge_by_number(ticket=ticket, number=data["number"], is_two_persons=is_two, by=by, at=at)


def _split(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    def split(*, touchpoint: Touchpoint, by: User, at: datetime) -> None:
        services.split(ticket=ticket, touchpoint=touchpoint, by=by, at=at)

    apply_to_row(_messages, split, "touchpoint")(ticket, data, by, at)


def close(ticket: Ticket, data: dict[str, Any], by: User, at: datetime) -> None:
    """Close a ticket; one that is followed in another goes on there."""
    if data["outcome"] == Outcome.DUPLICATE:
        said = {"number": data["number"], "reason": data["reason"]}
        services.merge_by_number(ticket=ticket, **said, by=by, at=at)
    else:
        services.close(ticket=ticket, outcome=data["outcome"], reason=data["reason"], by=by, at=at)


SEPARATE = _("Annuler : séparer les deux demandes")

ACTIONS: dict[str, Action] = {
    "merge_ticket": Action(
        forms.MergeForm,
        _merge,
        _("Réunir les deux demandes"),
        _("Les deux demandes n’en font plus qu’une."),
        "merge_undone",
        SEPARATE,
    ),
    "join_ticket": Action(
        forms.WhichForm,
        apply_to_link(services.merge_linked),
        _("Réunir"),
        _("Les deux demandes n’en font plus qu’une."),
        "merge_undone",
        SEPARATE,
    ),
    "merge_undone": Action(
        forms.LastMergeForm,
        verb_of(services.unmerge_last),
        _("Séparer les deux demandes"),
        _("Les deux demandes sont séparées."),
    ),
    "unmerge_ticket": Action(
        forms.WhichForm,
        apply_to_row(_merges, services.unmerge_tickets, "log"),
        _("Séparer"),
        _("Les deux demandes sont séparées."),
    ),
    "split": Action(
        forms.WhichForm,
        _split,
        _("En faire une autre demande"),
        _("Ce message a maintenant sa propre demande."),
        "unsplit",
        _("Annuler : garder une seule demande"),
    ),
    "unsplit": Action(
        forms.WhichForm,
        apply_to_row(_messages, services.unsplit, "touchpoint"),
        _("Garder une seule demande"),
        _("Ce message n’a plus d’autre demande."),
    ),
}

PATHS = {
    "merge_ticket": "reunir",
    "join_ticket": "reunir-les-liees",
    "merge_undone": "annuler-la-reunion",
    "unmerge_ticket": "separer",
    "split": "autre-demande",
    "unsplit": "garder-une-demande",
}
# What is left to do on a ticket that goes on in another one.
AFTER_MERGE = ["merge_undone", "unmerge_ticket"]
