"""Create the first administrator of an installation; the others are created on the agents' page."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.accounts.errors import Refused
from requests_app.accounts.models import Role
from requests_app.accounts.passwords import temporary_password
from requests_app.accounts.services import Grant, create_agent


class Command(BaseCommand):
    help = "Create an administrator and print a temporary password, to be changed at the first sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--given-name", default="")
        parser.add_argument("--family-name", default="")

    def handle(self, *args: Any, username: str, given_name: str, family_name: str, **options: Any) -> None:
        password = temporary_password()
        try:
            create_agent(
                username=username,
                given_name=given_name,
                family_name=family_name,
                password=password,
                grants=[Grant(Role.ADMIN, None)],
                by=None,
                at=timezone.now(),
                must_change_password=True,
            )
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        self.stdout.write(_("Mot de passe provisoire : %(password)s") % {"password": password})
