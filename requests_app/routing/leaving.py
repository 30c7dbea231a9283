"""What concerns another body: transferred when somebody said so, only proposed when it is a guess."""

from dataclasses import replace

from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.routing.addresses import Location
from requests_app.routing.evidence import Answer, Outcome
from requests_app.routing.territory import Territory
from requests_app.routing.transfers import is_communal, outside_transfer, transfer_of


def outside(first: tuple[str, ...], place: Location, territory: Territory) -> Answer:
    """Advise transferring what comes from a place that is not ours."""
    transfer = outside_transfer(territory)
    step = _("À transmettre : %(body)s.") % {"body": transfer.body}
    return Answer(Outcome.TRANSFER, place.confidence, transfer=transfer, steps=(*first, *place.steps, step))


def advise_transfer(
    first: tuple[str, ...], topic: Topic, where: Location | None, territory: Territory
) -> Answer:
    """Advise transferring what somebody said is about another body's topic."""
    transfer, confidence = transfer_of(topic, where, territory)
    steps = [*first, *(where.steps if where and is_communal(topic) else ())]
    if is_communal(topic) and not transfer.insee_code:
        steps.append(_("Commune à préciser avec la personne."))
    steps.append(_("« %(label)s » ne relève pas d’une Maison.") % {"label": topic.label})
    steps.append(_("À transmettre : %(body)s.") % {"body": transfer.body})
    return Answer(Outcome.TRANSFER, confidence, transfer=transfer, steps=tuple(steps))


def add_proposal(
    answer: Answer,
    topic: Topic | None,
    place: Location | None,
    mentioned: Location | None,
    territory: Territory,
) -> Answer:
    """Leave the advice as it is, and propose a body beside it: an agent decides (threats: N11)."""
    if topic:
        transfer, _confidence = transfer_of(topic, place or mentioned, territory)
        step = _("« %(label)s » relève peut-être d’un autre organisme : %(body)s.")
        said = step % {"label": topic.label, "body": transfer.body}
    elif place and place.is_outside:
        transfer = outside_transfer(territory)
        said = _("Peut-être à transmettre : %(body)s.") % {"body": transfer.body}
    else:
        return answer
    return replace(answer, transfer=transfer, steps=(*answer.steps, said))
