"""The relay service for deaf callers, named after a telephone number (law 2016-1321, article 105)."""

from django.template.loader import render_to_string


def relay_words() -> str:
    """Return the line for messages, alone; "" when no service is set."""
    return render_to_string("messages/_relay.txt").strip()
