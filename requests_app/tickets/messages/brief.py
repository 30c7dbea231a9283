"""Short automatic messages: the sender named first, never a topic (threats: S07)."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from requests_app.lib import phones
from requests_app.lib.languages import speaking
from requests_app.outbox.links import PLACEHOLDER
from requests_app.tickets.references import ALPHABET, LENGTH

MAX_PHONE_LENGTH = 14  # « 04 72 00 00 00 »
SECRET = "x" * 22


def render_brief(template: str, *, language: str = "", **values: str) -> str:
    """Render one template of short text, in the reader's language."""
    with speaking(language):
        context = {"authority": settings.AUTHORITY_NAME, **values}
        return " ".join(render_to_string(template, context).split())


def acknowledgments(
    reference: str,
    due: datetime | None,
    phone: str,
    link: str = "",
    *,
    received: datetime,
    language: str = "",
) -> list[str]:
    """Return the variants, fullest first: the day of the answer is the first thing dropped.

    The day of reception stays: the law asks for it (CRPA, art. R112-11-2).
    """
    dates = [_short(due)] if due else []
    values = {"reference": reference, "received": _short(received), "phone": phone, "link": link}
    return [_acknowledgment(language=language, due=day, **values) for day in [*dates, ""]]


def _acknowledgment(**values: str) -> str:
    return render_brief("messages/brief/acknowledgment.txt", **values)


def _short(at: datetime) -> str:
    return f"{timezone.localtime(at):%d/%m}"


def fill_longest_link(text: str) -> str:
    """Return the text with a placeholder as long as the link that will replace it."""
    return text.replace(PLACEHOLDER, f"{settings.PUBLIC_URL}/s/{SECRET}")


def phone_of(written: str) -> str:
    """Return a Maison's number when a phone can dial it from the message, else the authority's."""
    number = phones.format_national(phones.e164(written))
    return number if 0 < len(number) <= MAX_PHONE_LENGTH else settings.AUTHORITY_PHONE


def samples() -> list[str]:
    """Return the acknowledgment with its longest values, for the startup check."""
    reference = f"{settings.REFERENCE_PREFIX}-{ALPHABET[-1] * LENGTH}"
    phone = max(settings.AUTHORITY_PHONE, "0" * MAX_PHONE_LENGTH, key=len)
    values = {"reference": reference, "received": "31/12", "phone": phone, "link": PLACEHOLDER}
    texts = [_acknowledgment(language=code, due="31/12", **values) for code, _name in settings.LANGUAGES]
    return [fill_longest_link(text) for text in texts]
