"""The forms by which agents ask for documents."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from requests_app.tickets.services.days_given import usual_day
from requests_app.www.backoffice.ticket.forms import ActionForm, day_field, reason_field

NEEDED = [("yes", _("Oui")), ("no", _("Non : nous continuons d’étudier la demande"))]


class DocumentsForm(ActionForm):
    """The documents that are missing, and the deadline for sending them."""

    proposes: ClassVar[dict[str, Callable[[date], object]]] = {"until": usual_day}
    papers = forms.CharField(
        label=_("Papiers qui manquent"),
        help_text=_(
            "Un par ligne : la personne les lit ainsi."
            " Seulement ce qu’un texte exige et qu’aucune administration ne peut nous donner."
        ),
        max_length=2000,
        error_messages={"required": _("Écrivez les papiers qui manquent, un par ligne.")},
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )
    until = day_field(_("À envoyer au plus tard le"))
    why = reason_field(_("Si moins de 15 jours : pourquoi"))
    needed = forms.ChoiceField(
        label=_("Sans ces papiers, l’étude est impossible"),
        help_text=_("« Oui » arrête le délai de la loi jusqu’à ce jour, ou jusqu’à leur arrivée."),
        choices=NEEDED,
        required=False,
        initial="yes",
        error_messages={"invalid_choice": _("Choisissez dans la liste.")},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def clean_papers(self) -> list[str]:
        return list(self.cleaned_data["papers"].splitlines())


class DocumentsDeadlineForm(ActionForm):
    """Another deadline for the documents already requested."""

    proposes: ClassVar[dict[str, Callable[[date], object]]] = {"until": usual_day}
    until = day_field(_("Nouveau jour pour les envoyer"))
    why = reason_field(_("Pourquoi, si ce jour est plus proche"))
