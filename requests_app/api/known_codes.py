"""Codes that filters name: one that does not exist for the key is refused by name: no empty list."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from requests_app.access.scope import Scope
from requests_app.api.problems import Problem
from requests_app.catalog.models import Topic
from requests_app.channels.registry import keys
from requests_app.maisons.models import Maison


def require_known(asked: Mapping[str, Any], scope: Scope) -> None:
    """Refuse the codes of nothing that the key sees; another key's Maison is like one that never was."""
    if errors := [{"parameter": name, "detail": detail} for name, detail in _wrong_codes(asked, scope)]:
        raise Problem("invalid-request", errors=errors)


def _wrong_codes(asked: Mapping[str, Any], scope: Scope) -> Iterator[tuple[str, str]]:
    if "maison" in asked and not _is_maison(asked["maison"], scope):
        yield "maison", _("Cette Maison n’existe pas pour votre clé.")
    if "topic" in asked and not _is_topic(asked["topic"], scope):
        yield "topic", _("Ce sujet n’existe pas pour votre clé.")
    if "channel" in asked and asked["channel"] not in keys():
        yield "channel", _("Écrivez l’une de ces valeurs : {choices}.").format(choices=", ".join(keys()))


def _is_maison(code: str, scope: Scope) -> bool:
    pk = Maison.objects.filter(code=code).values_list("pk", flat=True).first()
    return pk is not None and scope.listed_places.covers(pk)


def _is_topic(code: str, scope: Scope) -> bool:
    """Tell whether it is in the catalog, in use or not: tickets keep a topic that was closed."""
    known = Topic.objects.filter(code=code)
    return (known if scope.topics is None else known.filter(pk__in=scope.topics)).exists()
