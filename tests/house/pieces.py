"""One example of each design piece, with all that it may be given."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Given
from typing import Any

from django import forms

NOW = datetime(2025, 11, 4, 13, 30, tzinfo=UTC)


class SignIn(forms.Form):
    name = forms.CharField(
        label="Identifiant",
        help_text="Celui de votre compte.",
        error_messages={"required": "Écrivez votre identifiant."},
    )


def _refused() -> SignIn:
    form = SignIn({})
    form.is_valid()
    return form


class Days(forms.Form):
    days = forms.MultipleChoiceField(
        label="Jours", choices=[("1", "Lundi"), ("2", "Mardi")], widget=forms.CheckboxSelectMultiple
    )


PIECES: dict[str, dict[str, Any]] = {
    "choice": {"id": "s1", "name": "suite", "value": "q", "label": "File d’attente", "hint": "numéro A18"},
    "combo": {
        "id": "qui",
        "name": "person",
        "text_name": "q",
        "url": "/personnes/",
        "label_list": "Personnes trouvées",
        "hint_id": "qui-aide",
        "next": "#mot",
        "icon": "search",
    },
    "empty": {
        "title": "Tout est parti",
        "text": "Aucun envoi n’a échoué.",
        "link_url": "#",
        "link_label": "Voir",
    },
    "export": {
        "csv_url": "/tri/export/csv/",
        "xlsx_url": "/tri/export/xlsx/",
        "query": "vue=a-trier",
        "bound": "Dix mille lignes au plus.",
        "css": "push",
        "is_small": True,
        "my_id": 12,
    },
    "equation": {
        "label": "Compte des arrivées",
        "terms": [
            Given(sign="", figure=9214, words="reçues", is_hot=False, url=""),
            Given(sign="=", figure=1, words="en quarantaine", is_hot=True, url="#"),
        ],
    },
    "choices": {"field": Days({})["days"], "optional": True},
    "deadline": {"received": NOW, "due": NOW + timedelta(days=8), "percent": 43},
    "err_summary": {"form": _refused()},
    "field": {"field": _refused()["name"]},
    "health": {
        "doors": [
            Given(
                kind="mail", sentence="dernier reçu il y a 2 min", word="Marche", look="ok", icon="check-lg"
            ),
            Given(kind="fax", sentence="14 en attente", word="En retard", look="warn", icon="clock"),
        ]
    },
    "notice": {"level": "warning", "strong": "Attention.", "text": "Les SMS ont du retard."},
    "pager": {"label": "Pages", "place": "21 à 40 sur 87", "previous_url": "#", "next_url": "#"},
    "signin_art": {},
    "tag": {"word": "Urgente", "look": "bad", "icon": "flag-fill"},
    "undo": {
        "strong": "Visite enregistrée",
        "text": "à 10 h 31.",
        "label": "Dernière visite",
        "action": "/annuler/",
        "action_label": "Annuler la visite",
        "over": "La visite est gardée.",
        "csrf_token": "x",
    },
}
