"""The accounts of the demonstration (design/product.md); they only ever exist on embedded servers."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from requests_app.accounts.errors import Refused
from requests_app.accounts.models import Role, User
from requests_app.accounts.services import Grant, create_agent
from requests_app.maisons.models import Maison

PASSWORD = "gru-demo"  # noqa: S105 - public, and refused outside embedded servers
LYON_8, VILLEURBANNE = "69388", "69266"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A person of the demonstration; ``insee`` "" works for the whole territory."""

    username: str
    given_name: str
    family_name: str
    role: str
    insee: str = ""


ACCOUNTS = (
    DemoAccount("bruno", "Bruno", "Petit", Role.FRONT_DESK, LYON_8),
    DemoAccount("chloe", "Chloé", "Martin", Role.CASE_HANDLER, LYON_8),
    DemoAccount("david", "David", "Roux", Role.MANAGER, LYON_8),
    DemoAccount("elsa", "Elsa", "Garnier", Role.CASE_HANDLER, VILLEURBANNE),
    DemoAccount("central", "Équipe", "centrale", Role.CASE_HANDLER),
    DemoAccount("admin", "Administrateur", "", Role.ADMIN),
    DemoAccount("archives", "Archives", "de la Métropole", Role.ARCHIVIST),
    DemoAccount("juriste", "Jeanne", "Faure", Role.LEGAL_REVIEWER),
)


@transaction.atomic
def create_demo_accounts(*, at: datetime) -> list[User]:
    """Create the accounts that are missing and return them; those that exist are left as they are."""
    known = set(User.objects.values_list("username", flat=True))
    return [_create(account, at) for account in ACCOUNTS if account.username not in known]


def _create(account: DemoAccount, at: datetime) -> User:
    maison_id = _principal(account.insee).pk if account.insee else None
    return create_agent(
        username=account.username,
        given_name=account.given_name,
        family_name=account.family_name,
        password=PASSWORD,
        grants=[Grant(account.role, maison_id)],
        by=None,
        at=at,
    )


def _principal(insee: str) -> Maison:
    """Return the first principal Maison of the imported file there."""
    maison = Maison.objects.current().principal().filter(commune__insee_code=insee).order_by("pk").first()
    if maison is None:
        raise Refused(
            _("Aucune Maison principale à %(insee)s : importez d’abord le territoire.") % {"insee": insee}
        )
    return maison
