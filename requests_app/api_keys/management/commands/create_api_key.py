"""Create a key for another program; what is printed is the key alone, once."""

from argparse import ArgumentParser
from datetime import date
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.api_keys.errors import Refused
from requests_app.api_keys.expiry import end_of
from requests_app.api_keys.services import create_key
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison

M = TypeVar("M", bound=Model)
BAD_ARGUMENTS = 2


class Command(BaseCommand):
    help = "Create a key for another program, and print it: only its hash is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="the program that will hold it")
        parser.add_argument("--scopes", required=True, help="tickets:read,tickets:write,…")
        parser.add_argument("--maisons", default="", help="codes, by commas; all without")
        parser.add_argument("--topics", default="", help="codes, by commas; all without")
        parser.add_argument("--expires", default="", metavar="DATE", help="last day it opens, as 2027-12-31")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            _key, secret = create_key(
                name=options["name"],
                scopes=_split(options["scopes"]),
                maisons=_rows_named(Maison.objects.all(), options["maisons"]),
                topics=_rows_named(Topic.objects.all(), options["topics"]),
                expires_at=end_of(_read_day(options["expires"])),
                by=None,
                at=timezone.now(),
            )
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=BAD_ARGUMENTS) from None
        self.stdout.write(secret)


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _rows_named(rows: "QuerySet[M]", words: str) -> list[M]:
    """Return the rows of these codes; an option that is given and names nothing would open everything."""
    codes = _split(words)
    if words and not codes:
        raise Refused(_("Écrivez des codes séparés par des virgules."))
    found = {str(getattr(row, "code")): row for row in rows.filter(code__in=codes)}  # noqa: B009
    if unknown := [code for code in codes if code not in found]:
        raise Refused(_("Ce code n’existe pas : %(code)s.") % {"code": unknown[0]})
    return list(found.values())


def _read_day(written: str) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(_("Écrivez la date comme 2027-12-31.")) from None
