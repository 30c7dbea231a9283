import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from channels_app.mail.exporting import mails
from requests_app.tickets.models import Channel


class Command(BaseCommand):
    help = "Writes what became of everything received, one object per arrival."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--channel", choices=[Channel.Kind.MAIL.value], required=True)
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        separator = "[\n"
        for mail in mails():
            self.stdout.write(separator + json.dumps(mail, ensure_ascii=False), ending="")
            separator = ",\n"
        self.stdout.write("\n]" if separator != "[\n" else "[]")
