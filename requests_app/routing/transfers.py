"""Tickets that belong to other bodies: to whom they go."""

from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.lib.text import words
from requests_app.routing.addresses import Location
from requests_app.routing.evidence import Transfer
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.territory import Territory

OUTSIDE_TOPIC = "hors-metropole"
"""The topic whose competent body receives what comes from outside the territory."""

_COMMUNAL = frozenset({"commune", "mairie", "ccas"})


def is_transferred(topic: Topic) -> bool:
    """Tell whether a topic leaves us: transferred, or guided elsewhere when no Maison has a part in it."""
    guided = topic.action == Topic.Action.GUIDE and topic.mdm_matter == Topic.Matter.NO
    return guided or topic.action == Topic.Action.TRANSMIT


def is_communal(topic: Topic) -> bool:
    """Tell whether the body named is the commune, its town hall or its CCAS."""
    return bool(_COMMUNAL & set(words(topic.competent_body)))


def outside_transfer(territory: Territory) -> Transfer:
    topic = territory.topics.get(OUTSIDE_TOPIC)
    return Transfer(topic.competent_body if topic else _("le département du domicile"))


def transfer_of(topic: Topic, where: Location | None, territory: Territory) -> tuple[Transfer, Confidence]:
    """Name the body: the person's own town hall when the matter is the commune's."""
    if not is_communal(topic):
        return Transfer(topic.competent_body), Confidence.HIGH
    insee = _town_hall(where, territory) if where else ""
    if not where or not insee:
        return Transfer(topic.competent_body), Confidence.LOW
    return Transfer(_town_hall_name(territory.places[insee].name), insee), where.confidence


def _town_hall(where: Location, territory: Territory) -> str:
    """Find the one commune, or arrondissement, that has a town hall for the place."""
    if len(where.places) != 1 or not where.is_sure:
        return ""
    (insee,) = where.places
    if insee in territory.town_halls:
        return insee
    parent = territory.places[insee].parent
    return parent if parent in territory.town_halls else ""


def _town_hall_name(name: str) -> str:
    """Write « Mairie d’Écully », « Mairie de Bron »."""
    starts_with_vowel = words(name)[:1] and words(name)[0][0] in "aeiouy"
    return (
        _("Mairie d’%(name)s") % {"name": name}
        if starts_with_vowel
        else _("Mairie de %(name)s") % {"name": name}
    )
