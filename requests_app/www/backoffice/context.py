"""What every staff page shows around its content: the rail, the current Maison, the agent."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from requests_app.access.scope import Scope, scope_of
from requests_app.accounts.models import User
from requests_app.accounts.typist import token_of
from requests_app.channels.registry import channels
from requests_app.feedback.models import FieldFeedback
from requests_app.lib.incidents import recent_alarms, recent_incidents
from requests_app.www.backoffice.ticket.choices import territory_of

# Reached from the triage page, and back to it.
FROM_TRIAGE = ("/demandes/", "/rappels-promis/", "/courriers/")
FROM_BOARD = "/pistes/"


@dataclass(frozen=True, slots=True)
class NavItem:
    label: str
    icon: str
    url: str
    is_current: bool
    badge: int | None = None
    badge_label: str = ""
    is_low: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A choice of the Maison switch; ``id`` "" is the whole territory."""

    id: str
    label_small: str
    label: str
    is_current: bool


@dataclass(frozen=True)
class Shell:
    """See base_staff.html, which shows each of these."""

    is_staff_page: bool = False
    nav: list[NavItem] = field(default_factory=list)
    place: Place | None = None
    places: list[Place] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    user_name: str = ""
    typist: str = ""
    initials: str = ""
    theme: str = "auto"
    density: str = "comfort"
    shortcuts_on: bool = True
    language: str = "fr"
    incidents: list[str] = field(default_factory=list)
    route: str = ""
    reference: str = ""
    unread_feedback: int = 0
    feedback_kinds: type[FieldFeedback.Kind] = FieldFeedback.Kind


def shell(request: HttpRequest) -> dict[str, Any]:
    """Fill the context of staff pages; signed-out pages get an empty shell, without a statement."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"shell": Shell(language=get_language() or "fr")}
    scope = scope_of(user)
    places = _places(request, user, scope)
    route, reference = _what_is_shown(request)
    return {
        "shell": Shell(
            is_staff_page=True,
            nav=_nav(request, scope),
            place=next((p for p in places if p.is_current), None),
            places=places,
            alarms=recent_alarms(timezone.now()) if scope.can_clear_quarantine else [],
            user_name=user.full_name,
            typist=token_of(user),
            initials=user.initials,
            theme=user.theme,
            density=user.density,
            shortcuts_on=user.shortcuts_on,
            language=get_language() or "fr",
            incidents=recent_incidents(timezone.now()),
            unread_feedback=user.unread_feedback,
            route=route,
            reference=reference,
        )
    }


def _what_is_shown(request: HttpRequest) -> tuple[str, str]:
    """Return the route and the ticket that a field feedback given here would be about."""
    match = request.resolver_match
    return (match.view_name, str(match.kwargs.get("reference", ""))) if match else ("", "")


def _nav(request: HttpRequest, scope: Scope) -> list[NavItem]:
    def item(label: str, icon: str, name: str, *others: str, is_low: bool = False, key: str = "") -> NavItem:
        url = reverse(name)
        is_here = request.path.startswith((url, *others))
        return NavItem(label, icon, url, is_here, is_low=is_low, key="" if is_here else key)

    items = []
    if scope.can_welcome:
        items.append(item(_("Accueil"), "person-walking", "frontdesk:visit", key="n"))
    if scope.can_triage:
        items.append(item(_("Tri"), "inbox", "backoffice:triage", *FROM_TRIAGE))
        desks = [(each.icon, each.desk) for each in channels() if each.desk]
        items += [item(str(label), icon, name) for icon, (label, name) in desks]
        items.append(item(_("Personnes"), "people", "backoffice:persons"))
        items.append(item(_("Agenda"), "calendar3", "agenda:agenda"))
    if scope.can_steer:
        items.append(
            _add_reviews(item(_("Pilotage"), "bar-chart-line", "dashboards:board", FROM_BOARD), scope)
        )
    if scope.can_read_models:
        items.append(item(_("Modèles"), "card-text", "backoffice:answer_models"))
    if scope.can_manage_agents:
        items.append(item(_("Agents"), "person-check", "backoffice:agents"))
    if scope.can_answer_data_rights:
        items.append(item(_("Droits"), "person-check", "archives:data_requests", is_low=True))
    if scope.can_archive:
        items.append(item(_("Archives"), "file-earmark-text", "archives:schedules"))
    if scope.can_read_law:
        items.append(item(_("Délais et recours"), "clock-history", "regimes:regimes"))
    if scope.can_clear_quarantine:
        items.append(item(_("Quarantaine"), "shield-exclamation", "intake:quarantine", is_low=True))
    return items


def _add_reviews(board: NavItem, scope: Scope) -> NavItem:
    """Add how many exceptions and readings wait for this manager's review (threats: A04, A08)."""
    count = scope.to_review
    if not scope.readings_to_review:
        words = ngettext("ouverture par exception à regarder", "ouvertures par exception à regarder", count)
    elif not scope.openings_to_review:
        words = ngettext("lecture à regarder", "lectures à regarder", count)
    else:
        words = _("ouvertures par exception et lectures à regarder")
    return replace(board, badge=count, badge_label=words) if count else board


def _places(request: HttpRequest, user: User, scope: Scope) -> list[Place]:
    seen = scope.listed_places
    if not seen:
        return []
    small = _("Maison de la Métropole")
    sites = [site for site in territory_of(request).sites.values() if seen.covers(site.pk)]
    places = [Place(str(site.pk), small, site.label, site.pk == user.current_maison_id) for site in sites]
    if seen.everywhere or len(places) > 1:
        whole = _("Tout le territoire") if seen.everywhere else _("Toutes mes Maisons")
        places.insert(0, Place("", small, whole, user.current_maison_id is None))
    return places
