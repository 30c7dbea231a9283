from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """The staff pages: triage, ticket, agents."""

    name = "requests_app.www.backoffice"
    label = "backoffice"
