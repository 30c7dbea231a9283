"""Advise a Maison, and say why: the mailbox, the place given, the Maison already known, the text."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _

from requests_app.catalog.models import Topic
from requests_app.routing.addresses import Location
from requests_app.routing.evidence import (
    Answer,
    Candidate,
    Evidence,
    Outcome,
    lower,
    strongest,
    weakest,
)
from requests_app.routing.leaving import add_proposal, advise_transfer, outside
from requests_app.routing.models.coverage import Confidence
from requests_app.routing.reading import where_written
from requests_app.routing.sentences import serving_steps, site_labels
from requests_app.routing.serving import Serving, nearest_first, serving
from requests_app.routing.telling import where_told
from requests_app.routing.territory import Territory, current
from requests_app.routing.transfers import is_transferred


@dataclass(frozen=True, slots=True)
class Choice:
    """The Maisons still possible while the evidence is read."""

    sites: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    is_torn: bool = False
    steps: tuple[str, ...] = ()

    def add_steps(self, *steps: str) -> "Choice":
        return replace(self, steps=(*self.steps, *steps))


def resolve(evidence: Evidence, territory: Territory | None = None) -> Answer:
    """Advise without writing: at most one statement."""
    territory = territory or current()
    if not territory.places:
        return Answer(Outcome.UNPLACED, Confidence.LOW, steps=(_("Aucun territoire n’est importé."),))
    topic = territory.topics.get(evidence.topic_code)
    place = where_written(evidence, territory)
    mentioned = where_told(evidence.text, territory) if evidence.text else None
    first = _topic_steps(evidence.topic_code, topic)
    was_received = _was_received(evidence, territory)
    if place and place.is_outside and not was_received:
        return outside(first, place, territory)
    if mentioned and mentioned.is_outside and not place and not _known_sites(evidence, territory):
        return outside(first, mentioned, territory)
    leaves = topic if topic and is_transferred(topic) else None
    if leaves and not (was_received or evidence.is_topic_guessed):
        return advise_transfer(first, leaves, place or mentioned, territory)
    choice = Choice(steps=first)
    for read in (_use_mailbox, _use_place, _use_known_maison, _use_desk, _use_text):
        choice = read(choice, evidence, place if read is not _use_text else mentioned, territory)
    answer = _answer(choice, evidence, territory)
    return add_proposal(answer, leaves, place, mentioned, territory)


def _topic_steps(code: str, topic: Topic | None) -> tuple[str, ...]:
    if topic is None:
        return (
            (_("Motif « %(code)s » inconnu : il n’est pas pris en compte.") % {"code": code[:50]},)
            if code
            else ()
        )
    if topic.action != Topic.Action.URGENT or not topic.emergency_numbers:
        return ()
    numbers = _(" ou le ").join(topic.emergency_numbers)
    return (
        _("Urgence : appelez le %(numbers)s. %(body)s.") % {"numbers": numbers, "body": topic.body_words},
    )


def _was_received(evidence: Evidence, territory: Territory) -> bool:
    """Tell whether a Maison was written to, or noted the message: that one retains it (N11)."""
    return evidence.place_maison_code in territory.sites or bool(_mailbox_sites(evidence, territory))


def _mailbox_sites(evidence: Evidence, territory: Territory) -> tuple[str, ...]:
    """Find the sites of the mailboxes written to: the principal one when there is exactly one."""
    found: list[str] = []
    for mailbox in evidence.mailboxes:
        local, _at, domain = mailbox.strip(" <>").lower().partition("@")
        local = local.partition("+")[0]
        key = local if domain == settings.MAIL_DOMAIN else f"{local}@{domain}"
        sites = territory.by_mailbox.get(key, ())
        found += [site.code for site in sites if site.is_principal] or [site.code for site in sites]
    return tuple(dict.fromkeys(found))


def _known_sites(evidence: Evidence, territory: Territory) -> tuple[str, ...]:
    """Find the sites that something other than text names: a mailbox, a Maison already known, a desk."""
    codes = (evidence.known_maison_code, evidence.place_maison_code)
    return (*_mailbox_sites(evidence, territory), *(code for code in codes if code in territory.sites))


def _use_mailbox(choice: Choice, evidence: Evidence, place: Location | None, territory: Territory) -> Choice:
    sites = _mailbox_sites(evidence, territory)
    if not sites:
        return choice
    step = _("Message reçu dans la boîte de : %(sites)s.") % {"sites": site_labels(sites, territory)}
    sure = Confidence.HIGH if len(sites) == 1 else Confidence.MEDIUM
    return replace(choice, sites=sites, confidence=sure).add_steps(step)


def _use_place(choice: Choice, evidence: Evidence, place: Location | None, territory: Territory) -> Choice:
    if place is None:
        return choice
    choice = choice.add_steps(*place.steps)
    if place.is_outside:
        step = _("Le lieu est hors du territoire, mais le message est arrivé ici : à vérifier.")
        return replace(choice, is_torn=True, confidence=Confidence.LOW).add_steps(step)
    served = serving(place.places, place.postal_code, territory)
    choice = _join(choice, served, weakest(place.confidence, served.confidence), is_strong=True)
    choice = replace(choice, is_torn=choice.is_torn or not place.is_sure)
    return choice.add_steps(*serving_steps(served, territory))


def _use_known_maison(
    choice: Choice, evidence: Evidence, place: Location | None, territory: Territory
) -> Choice:
    step = _("Maison déjà connue pour la personne : %(site)s.")
    return _use_site(choice, evidence.known_maison_code, step, territory)


def _use_text(choice: Choice, evidence: Evidence, mentioned: Location | None, territory: Territory) -> Choice:
    if mentioned is None:
        return choice
    if mentioned.is_outside:
        return choice.add_steps(*mentioned.steps)
    served = serving(mentioned.places, mentioned.postal_code, territory)
    joined = _join(
        choice.add_steps(*mentioned.steps), served, weakest(mentioned.confidence, served.confidence)
    )
    if choice.sites:
        return joined
    return replace(joined, is_torn=not mentioned.is_sure).add_steps(*serving_steps(served, territory))


def _use_desk(choice: Choice, evidence: Evidence, place: Location | None, territory: Territory) -> Choice:
    """Fall back on the front desk where people came when nothing better is known; text alone moves nobody."""
    step = _("La personne est venue à l’accueil de : %(site)s.")
    if len(choice.sites) == 1 and evidence.place_maison_code in territory.sites:
        return choice.add_steps(step % {"site": territory.sites[evidence.place_maison_code].label})
    return _use_site(choice, evidence.place_maison_code, step, territory)


def _use_site(choice: Choice, code: str, step: str, territory: Territory) -> Choice:
    """Add a Maison named as such; a local site stands for the principal one it belongs to."""
    site = territory.sites.get(code)
    if site is None:
        return choice
    choice = choice.add_steps(step % {"site": site.label})
    mine = site.parent if not site.is_principal and site.parent in choice.sites else site.code
    is_local = not site.is_principal and any(
        territory.sites[code].insee == site.insee for code in choice.sites
    )
    if is_local and mine == site.code:
        return choice
    return _join(choice, Serving(sites=(mine,)), Confidence.MEDIUM)


def _join(choice: Choice, served: Serving, confidence: Confidence, *, is_strong: bool = False) -> Choice:
    """Add a piece of evidence: it begins, narrows, confirms or contradicts."""
    if not served.sites:
        return choice
    if not choice.sites:
        return replace(choice, sites=served.sites, confidence=confidence)
    common = tuple(code for code in choice.sites if code in served.sites)
    if len(common) == len(choice.sites):
        return replace(choice, confidence=strongest(choice.confidence, confidence)) if is_strong else choice
    if common:
        return replace(choice, sites=common, confidence=weakest(choice.confidence, Confidence.MEDIUM))
    if not is_strong:
        step = _("Ce n’est pas la même Maison : à vérifier.")
        return replace(choice, confidence=lower(choice.confidence), others=served.sites).add_steps(step)
    step = _("Le lieu et la boîte ne disent pas la même Maison : choisissez.")
    sites = (*choice.sites, *served.sites)
    return replace(choice, sites=sites, confidence=Confidence.LOW, is_torn=True).add_steps(step)


def _answer(choice: Choice, evidence: Evidence, territory: Territory) -> Answer:
    sites = nearest_first(choice.sites, evidence.lat, evidence.lon, territory)
    candidates = tuple(Candidate(code, territory.sites[code].name) for code in sites)
    if not candidates:
        step = _("Aucun lieu reconnu : demandez la commune ou le code postal.")
        return Answer(Outcome.UNPLACED, Confidence.LOW, steps=(*choice.steps, step))
    if len(candidates) > 1 or choice.is_torn:
        step = _("Plusieurs Maisons possibles : un agent choisit.")
        if len(candidates) == 1:
            step = _("Une Maison possible, à confirmer par un agent.")
        return Answer(Outcome.AMBIGUOUS, Confidence.LOW, candidates=candidates, steps=(*choice.steps, step))
    step = _("Maison proposée : %(site)s.") % {"site": territory.sites[sites[0]].label}
    others = tuple(Candidate(code, territory.sites[code].label) for code in choice.others)
    steps = (*choice.steps, step)
    return Answer(Outcome.ROUTED, choice.confidence, maison=candidates[0], others=others, steps=steps)
