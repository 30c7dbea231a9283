"""Create the demonstration's accounts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from requests_app.accounts.demo import create_demo_accounts
from requests_app.accounts.errors import Refused


class Command(BaseCommand):
    help = "Create the six demonstration accounts, on embedded servers only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EMBEDDED:
            raise CommandError(
                _("Les comptes de démonstration n’existent que sur les serveurs de bin/serve."), returncode=2
            )
        try:
            made = create_demo_accounts(at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        names = ", ".join(user.username for user in made)
        self.stdout.write(
            _("Comptes créés : %(names)s") % {"names": names}
            if made
            else _("Les comptes de démonstration existent déjà.")
        )
