"""The context of the form's pages around a question."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from channels_app.portal.forms import QuestionForm
from channels_app.portal.forms.reach import ContactMethod, Use, Voice
from channels_app.portal.forms.you import ASKED
from channels_app.portal.models import Draft
from channels_app.portal.steps import COUNT, Step, number_of, previous_page
from channels_app.portal.themes import UNKNOWN, choice_of, themes
from requests_app.lib import phones
from requests_app.lib.dangers import Danger, dangers_in
from requests_app.routing.territory import current


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of the progress line: ``css`` says done, now or to come."""

    x: str
    css: str
    radius: int


def question_context(step: Step, form: QuestionForm, draft: Draft | None) -> dict[str, Any]:
    """Return the question, its position, and what its template needs."""
    number = number_of(step.slug)
    context: dict[str, Any] = {
        "step": step,
        "form": form,
        "number": number,
        "count": COUNT,
        "dots": dots(number),
        "done_x": dots(number)[number - 1].x,
        "back": previous_page(step.slug),
        "draft": draft,
        "dangers": dangers_of(draft),
    }
    return context | _own(step.slug, draft)


def _own(slug: str, draft: Draft | None) -> dict[str, Any]:
    if slug == "sujet":
        return {"themes": themes(), "unknown": UNKNOWN}
    if slug == "message":
        chosen = (draft.answers.get("sujet") or {}).get("sujet", "") if draft else ""
        return {"files": list(draft.files.order_by("pk")) if draft else [], "choice": choice_of(chosen)}
    if slug == "lieu":
        return {"communes": [place.name for place in current().places.values()]}
    if slug == "contact":
        return {"ways": ContactMethod, "uses": Use.choices, "voices": Voice.choices}
    return {"needs": [(str(code), label) for code, label in ASKED.items()]}


def dots(number: int) -> list[Dot]:
    """Return the progress line of the questions, 194 wide."""
    step = 194 / (COUNT - 1)
    return [
        Dot(f"{7 + rank * step:.1f}", _dot(rank + 1, number), 8 if rank + 1 == number else 5)
        for rank in range(COUNT)
    ]


def _dot(rank: int, number: int) -> str:
    return "qp-dot-done" if rank < number else "qp-dot-now" if rank == number else "qp-dot"


def dangers_of(draft: Draft | None) -> list[Danger]:
    """Return the dangers that the answers mention: shown on every page that follows."""
    if draft is None:
        return []
    words = (draft.answers.get("message") or {}).get("texte", "")
    choice = choice_of((draft.answers.get("sujet") or {}).get("sujet", ""))
    return dangers_in(f"{words} {choice.label if choice else ''} {_said_by_topic(draft)}")


def _said_by_topic(draft: Draft) -> str:
    """Return the words of topics that are dangers by themselves."""
    codes = {
        "violences-conjugales": "violences conjugales",
        "enfance-danger": "enfant en danger",
        "hebergement-urgence": "dormir dehors",
    }
    return codes.get((draft.answers.get("sujet") or {}).get("sujet", ""), "")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A line of « Vérifiez vos réponses »; ``change`` completes the link « Modifier … »."""

    step: str
    label: str | Promise
    value: str
    change: str | Promise


def answers_in_words(draft: Draft) -> list[AnswerLine]:
    """Return the answers, as they will be read."""
    kept = draft.answers
    choice = choice_of(kept["sujet"]["sujet"])
    files = ", ".join(file.name for file in draft.files.order_by("pk"))
    return [
        AnswerLine("sujet", _("Sujet"), choice.label if choice else _("Je ne sais pas"), _("le sujet")),
        AnswerLine("message", _("Votre demande"), kept["message"]["texte"], _("votre demande")),
        AnswerLine("message", _("Photos et papiers"), files or _("Aucun"), _("les photos")),
        AnswerLine("lieu", _("Vous habitez"), _place(kept["lieu"]), _("où vous habitez")),
        AnswerLine("contact", _("Pour vous joindre"), _reach(kept["contact"]), _("comment vous joindre")),
        AnswerLine("vous", _("Vous"), _you(kept["vous"]), _("votre nom et vos besoins")),
    ]


def _place(place: dict[str, Any]) -> str:
    return ", ".join(filter(None, [place["adresse"], place["commune"]])) or _("Pas d’adresse")


def _reach(reach: dict[str, Any]) -> str:
    lines = [str(ContactMethod(reach["moyen"]).label)]
    if reach["moyen"] == ContactMethod.PHONE:
        lines = [f"{Use(reach['usage'] or Use.BOTH).label} : {phones.format_national(reach['numero'])}"]
        lines.append(_("Laisser un message : %(may)s") % {"may": Voice(reach["message"]).label})
    elif reach["moyen"] == ContactMethod.MAIL:
        lines = [reach["email"]]
    elif reach["moyen"] == ContactMethod.LETTER:
        lines = [reach["postal"]]
    if reach["partage"] and reach["moyen"] in (ContactMethod.PHONE, ContactMethod.MAIL):
        lines.append(_("Quelqu’un d’autre peut le lire ou répondre"))
    if reach["eviter"]:
        lines.append(_("À éviter : %(what)s") % {"what": reach["eviter"]})
    return "\n".join(lines)


def _you(you: dict[str, Any]) -> str:
    name = f"{you['prenom']} {you['nom']}".strip()
    needs = [str(label) for code, label in ASKED.items() if code in you["besoins"]]
    if you["langue"]:
        needs.append(_("Langue : %(language)s") % {"language": you["langue"]})
    return "\n".join(filter(None, [name, *needs])) or _("Rien de plus")
