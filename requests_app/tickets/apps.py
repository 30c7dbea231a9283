from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """The one ticket of all channels, and its life."""

    name = "requests_app.tickets"
    label = "tickets"
