"""The short message of an answer that nobody fetched: the answer itself where it fits, else where it is."""

from collections.abc import Iterable

from django.conf import settings

from requests_app.outbox.links import PLACEHOLDER
from requests_app.tickets.messages.brief import fill_longest_link, phone_of, render_brief
from requests_app.tickets.models import Ticket
from requests_app.tickets.references import ALPHABET, LENGTH


def answer_texts(ticket: Ticket, text: str, link: str) -> Iterable[str]:
    """Return the variants, fullest first; a sensitive one never says what the answer is (threats: A03)."""
    if not ticket.is_sensitive:
        yield _render(ticket.language, reference=ticket.reference, text=" ".join(text.split()), link=link)
    phone = phone_of(ticket.maison.phone if ticket.maison and not ticket.is_sensitive else "")
    yield _render(ticket.language, reference=ticket.reference, text="", link=link, phone=phone)


def _render(language: str, **values: str) -> str:
    return render_brief("chat/answer_brief.txt", language=language, **values)


def samples() -> list[str]:
    """Return the longest message of each language, for the startup check."""
    reference = f"{settings.REFERENCE_PREFIX}-{ALPHABET[-1] * LENGTH}"
    phone = max(settings.AUTHORITY_PHONE, phone_of(""), key=len)
    texts = [
        _render(code, reference=reference, text="", link=PLACEHOLDER, phone=phone)
        for code, _name in settings.LANGUAGES
    ]
    return [fill_longest_link(text) for text in texts]
