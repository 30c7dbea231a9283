from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """The staff pages: triage, ticket, agents."""

    name = "requests_app.www.backoffice"
    label = "backoffice"

    def ready(self) -> None:
        """Say where the address of an agent's calendar leads."""
        from requests_app.outbox.links import register_page
        from requests_app.www.agenda.hours.feed import FEED

        register_page(FEED, "agenda:feed")
