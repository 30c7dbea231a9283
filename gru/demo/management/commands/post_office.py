import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gru.demo.post_office.shelf import Shelf
from gru.demo.post_office.smtp import Trouble, start_server
from gru.demo.post_office.web import serving
from gru.demo.telephone import Exchange, Subscriber, Telephone


class Command(BaseCommand):
    help = (
        "Tient le bureau de poste et le téléphone de la démonstration : ce qui part s’y lit et n’en sort pas."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8026)
        parser.add_argument("--smtp-port", type=int, required=True)

    def handle(self, *args: Any, host: str, port: int, smtp_port: int, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError("Le bureau de poste ne sert qu’à la démonstration (bin/serve).", returncode=2)
        shelf, trouble = Shelf(settings.DATA_DIR / "post_office" / "mails.jsonl"), Trouble()
        exchange = Exchange(settings.DATA_DIR / "telephone" / "texts.jsonl")
        sending = start_server(shelf, trouble, host=host, port=smtp_port)
        telephone = Telephone(exchange, _subscriber())
        web = serving(shelf, trouble, host=host, port=port, telephone=telephone)
        stop = threading.Thread(target=web.shutdown, daemon=True)
        signal.signal(signal.SIGTERM, lambda *_: stop.start())
        try:
            web.serve_forever()
        finally:
            sending.stop()


def _subscriber() -> Subscriber:
    """Return the account that the product was given: both sides must know the same token."""
    return Subscriber(
        settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN, settings.TWILIO_FROM, settings.PUBLIC_URL
    )
