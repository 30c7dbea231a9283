from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """All we must tell someone, once: a row, a key, a due date."""

    name = "requests_app.outbox"
    label = "outbox"

    def ready(self) -> None:
        from requests_app.accounts import news
        from requests_app.outbox.rights import mail_change

        news.subscribe(mail_change)
