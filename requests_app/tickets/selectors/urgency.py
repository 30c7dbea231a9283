"""Who called a ticket urgent: the text of a message, an agent, or the one who registered it."""

import re

from django.utils.translation import gettext as _

from requests_app.lib.dangers import dangers_in
from requests_app.tickets.models import Event, Mark, Ticket

MAX_QUOTE = 120
_SENTENCE = re.compile(r"[^.!?;\n]+")


def why_urgent(ticket: Ticket, text: str) -> str:
    """Say who decided, in a sentence, "" when nobody did; ``text`` is the person's. One statement."""
    if not ticket.is_urgent:
        return ""
    kinds = (Event.Kind.DANGER, Event.Kind.PRIORITY_CHANGED)
    events = Event.objects.filter(ticket=ticket, kind__in=kinds).select_related("by")
    last = events.order_by("-at", "-pk").first()
    if last and last.by:
        return _("Dite urgente par %(name)s") % {"name": last.by.full_name}
    if Mark.DANGER not in ticket.marks:
        return _("Dite urgente à l’arrivée")
    words = said_of_danger(text)
    return (
        _("Le message dit : « %(words)s »") % {"words": words} if words else _("Un message parle d’un danger")
    )


def said_of_danger(text: str) -> str:
    """Return the first sentence that mentions a danger, shortened; "" when there is none."""
    for sentence in _SENTENCE.findall(text):
        if dangers_in(sentence):
            line = " ".join(sentence.split())
            return line if len(line) <= MAX_QUOTE else f"{line[: MAX_QUOTE - 1]}…"
    return ""
