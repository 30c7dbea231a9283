from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """The one ticket of all channels, and its life."""

    name = "requests_app.tickets"
    label = "tickets"

    def ready(self) -> None:
        from requests_app.lib import incidents, short_texts
        from requests_app.tickets.messages import limits, preflight, sms

        incidents.register(limits.incidents)
        preflight.register()
        short_texts.register("acknowledgment", sms.samples)
