from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """The one ticket of all channels, and its life."""

    name = "requests_app.tickets"
    label = "tickets"

    def ready(self) -> None:
        from requests_app.lib.incidents import register
        from requests_app.tickets.messages.limits import incidents

        register(incidents)
