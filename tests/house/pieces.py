"""One example of each design piece, with all that it may be given."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Given
from typing import Any

from django import forms

NOW = datetime(2025, 11, 4, 13, 30, tzinfo=UTC)
FILE = Given(name="facture.jpg", size=812_345, url="#", icon="file-earmark-image")
KEPT = Given(name="papiers.zip", size=52_000_000, url="", icon="file-earmark-zip")


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


PIECES: dict[str, dict[str, Any]] = {
    "button": {
        "label": "À moi",
        "key": "a",
        "name": "x",
        "value": "1",
        "icon": "person",
        "more": "la demande",
    },
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
    "deadline": {"received": NOW, "due": NOW + timedelta(days=8), "percent": 43},
    "empty": {
        "title": "Tout est parti",
        "text": "Aucun envoi n’a échoué.",
        "link_url": "#",
        "link_label": "Voir",
    },
    "equation": {
        "label": "Compte des arrivées",
        "terms": [
            Given(sign="", figure=9214, words="reçues", is_hot=False, url=""),
            Given(sign="=", figure=1, words="en quarantaine", is_hot=True, url="#"),
        ],
    },
    "err_summary": {"form": _refused()},
    "field": {"field": _refused()["name"]},
    "fil_event": {"text": "Accusé de réception envoyé par SMS", "delivery": "delivered"},
    "fil_item": {
        "way": "in",
        "kind": "sms",
        "who": "Samira Benali",
        "what": "SMS reçu",
        "at": NOW,
        "text": "bonjour je narrive pas a payer\n\nmerci",
        "files": [FILE, KEPT],
        "delivery": "failed",
    },
    "health": {
        "doors": [
            Given(
                kind="mail", sentence="dernier reçu il y a 2 min", word="Marche", look="ok", icon="check-lg"
            ),
            Given(kind="fax", sentence="14 en attente", word="En retard", look="warn", icon="clock"),
        ]
    },
    "input": {
        "id": "rue",
        "name": "rue",
        "label": "Rue",
        "hint": "Sans le numéro",
        "error": "Écrivez la rue.",
    },
    "notice": {"level": "warning", "strong": "Attention.", "text": "Les SMS ont du retard."},
    "pager": {"label": "Pages", "place": "21 à 40 sur 87", "previous_url": "#", "next_url": "#"},
    "pcard": {"name": "Samira Benali", "about": "Née en 1968", "url": "#"},
    "presence": {"name": "Bruno Petit", "sentence": "écrit une note dans cette demande"},
    "preview": {
        "kind": "sms",
        "received": "SMS reçu lundi 3 novembre à 9 h 12",
        "reference": "LYN-7K4P2Q",
        "name": "Samira Benali",
        "text": "bonjour",
        "about": "Née en 1968",
        "person_url": "#",
        "files": [FILE],
    },
    "proposal": {
        "lines": [
            Given(
                term="Sujet",
                value="Fonds de solidarité logement",
                reason="« facture » dans le message",
                change_label="Changer le sujet",
                change_url="#",
                key="t",
            )
        ],
        "accept_label": "Accepter et voir la suivante",
        "accept_url": "/accepter/",
        "accept_keys": "Entrée",
        "csrf_token": "x",
    },
    "signin_art": {},
    "tag": {"word": "Urgente", "look": "bad", "icon": "flag-fill"},
    "todo_need": {"needs": [Given(icon="telephone-x", text="Ne pas laisser de message vocal")]},
    "trow": {
        "id": "d1",
        "url": "/demandes/LYN-7K4P2Q/",
        "name": "Samira Benali",
        "kind": "sms",
        "topic": "Facture d’énergie",
        "text": "« bonjour je narrive pas a payer la facture »",
        "place": "Lyon 8 – Latarjet",
        "since": NOW - timedelta(days=3),
        "level": "late",
        "tag": "Urgent",
        "tag_look": "bad",
        "tag_icon": "flag-fill",
        "pick": "LYN-7K4P2Q",
        "is_new": True,
        "has_files": True,
    },
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
