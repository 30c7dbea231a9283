"""What the pages of keys show; the same number of statements for one key as for ten."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from requests_app.api_keys.models import ApiKey, ApiRefusal
from requests_app.api_keys.scopes import SENSITIVE, WRITE
from requests_app.catalog.models import Topic
from requests_app.maisons.models import Maison
from requests_app.www.backoffice.keys.key_forms import NAMES

LOOKS = {ApiKey.State.VALID: ("ok", "check-circle-fill")}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as it is shown; ``look`` and ``icon`` are those of its state."""

    key: ApiKey
    state: str
    look: str
    icon: str
    grants: list[str]

    @property
    def is_valid(self) -> bool:
        return bool(self.look)


@dataclass(frozen=True, slots=True)
class KeyPage:
    """One key in full; ``old_secret_until`` while two secrets open."""

    row: KeyRow
    maisons: list[str]
    topics: list[str]
    old_secret_until: datetime | None
    refusals: list[ApiRefusal]


def list_keys(at: datetime) -> list[KeyRow]:
    """List the keys, the newest first."""
    return [show_key(key, at) for key in ApiKey.objects.order_by("-pk")]


def show_key(key: ApiKey, at: datetime) -> KeyRow:
    state = key.state_at(at)
    look, icon = LOOKS.get(state, ("", ""))
    return KeyRow(key, str(state.label), look, icon, [_describe(scope) for scope in key.scopes])


def read_key(key: ApiKey, at: datetime) -> KeyPage:
    """Read one key, and what it was refused."""
    maisons = Maison.objects.filter(pk__in=key.maison_ids).order_by("label", "pk")
    topics = Topic.objects.filter(pk__in=key.topic_ids).order_by("label", "pk")
    ending = key.secrets.valid(at).exclude(ends_at=None).order_by("-ends_at").first()
    return KeyPage(
        show_key(key, at),
        list(maisons.values_list("label", flat=True)),
        list(topics.values_list("label", flat=True)),
        ending.ends_at if ending else None,
        list(key.refusals.order_by("-pk")),
    )


def _describe(scope: str) -> str:
    if scope == SENSITIVE:
        return _("Motifs réservés")
    resource, _sign, verb = scope.partition(":")
    words = _("%(what)s : lire et écrire") if verb == WRITE else _("%(what)s : lire")
    return words % {"what": NAMES[resource]}
