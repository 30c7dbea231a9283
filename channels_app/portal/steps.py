"""The five questions and the review: one page each (B1: at most six)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REVIEW = "verifier"


@dataclass(frozen=True, slots=True)
class Step:
    """``title`` is the page's name in the browser: never a sensitive word (ux.md, rule 11)."""

    slug: str
    title: str | Promise
    template: str


STEPS = (
    Step("sujet", _("De quoi avez-vous besoin ?"), "portal/question_topic.html"),
    Step("message", _("Expliquez votre demande"), "portal/question_words.html"),
    Step("lieu", _("Où habitez-vous ?"), "portal/question_place.html"),
    Step("contact", _("Comment pouvons-nous vous joindre ?"), "portal/question_reach.html"),
    Step("vous", _("Comment vous appelez-vous ?"), "portal/question_you.html"),
)
BY_SLUG = {step.slug: step for step in STEPS}
COUNT = len(STEPS)


def number_of(slug: str) -> int:
    """Return the rank of a question: 1 for the first."""
    return next(rank for rank, step in enumerate(STEPS, start=1) if step.slug == slug)


def next_page(slug: str) -> str:
    """Return the page that follows a question."""
    rank = number_of(slug)
    return STEPS[rank].slug if rank < COUNT else REVIEW


def previous_page(slug: str) -> str:
    """Return the page that comes before; "" before the first question."""
    rank = COUNT + 1 if slug == REVIEW else number_of(slug)
    return STEPS[rank - 2].slug if rank > 1 else ""
