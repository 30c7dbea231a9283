"""Every route of the site, and whom it opens to. A route that is not here fails the house tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.urls import URLPattern, URLResolver, get_resolver

from requests_app.www.backoffice.ticket.files import SALT

EVERYONE = frozenset({"bruno", "chloe", "david", "elsa", "central", "admin", "archivist"})
READERS = EVERYONE - {"admin", "archivist"}
AT_LYON_8 = READERS - {"elsa"}
HANDLERS = AT_LYON_8 - {"bruno"}
CENTRAL = frozenset({"central"})
ADMINS = frozenset({"admin"})
ARCHIVISTS = frozenset({"archivist"})
PLANNERS = frozenset({"chloe", "david", "admin"})  # whose agenda it is, their manager, the administrator
REVIEWERS = frozenset({"david", "central", "admin"})
GET, POST = frozenset({"get"}), frozenset({"post"})
BOTH = GET | POST

Kwargs = Callable[["Stage"], dict[str, Any]]


@dataclass(frozen=True)
class Stage:
    """What the routes are asked for: all of it at Lyon 8e."""

    ticket: Any
    twin: Any
    touchpoint: Any
    attachment: Any
    arrival: Any
    visit: Any
    promise: Any
    letter: Any
    thread: Any
    appointment: Any
    opening: Any
    absence: Any
    closure: Any
    agent: Any
    model: Any
    line: Any
    webhook: Any
    feedback: Any
    trial: Any
    key: Any
    users: dict[str, Any]


@dataclass(frozen=True)
class Route:
    """``refused`` is for those who may not: "not found" hides even that it exists, and is traced (A01)."""

    verbs: frozenset[str]
    opens_to: frozenset[str]
    kwargs: Kwargs = lambda stage: {}
    is_public: bool = False
    is_hidden: bool = False  # out of the scope of an agent it does not exist: 404 and a line in the audit log


def ticket(verbs: frozenset[str]) -> Route:
    return Route(verbs, AT_LYON_8, lambda s: {"reference": s.ticket.reference}, is_hidden=True)


def person(verbs: frozenset[str]) -> Route:
    return Route(verbs, AT_LYON_8, lambda s: {"pk": s.ticket.person_id}, is_hidden=True)


def person_and_point(stage: "Stage") -> dict[str, Any]:
    return {"pk": stage.ticket.person_id, "point": stage.ticket.person.contact_points.get().pk}


def person_and_mandate(stage: "Stage") -> dict[str, Any]:
    return {"pk": stage.ticket.person_id, "mandate": stage.ticket.person.mandates.get().pk}


def two_persons(stage: "Stage") -> dict[str, Any]:
    return {"pk": stage.ticket.person_id, "other": stage.twin.person_id}


def reference_and_appointment(stage: "Stage") -> dict[str, Any]:
    return {"reference": stage.ticket.reference, "pk": stage.appointment.pk}


def appointment(verbs: frozenset[str]) -> Route:
    return Route(verbs, AT_LYON_8, reference_and_appointment, is_hidden=True)


def secret(verbs: frozenset[str]) -> Route:
    """Opens to whoever holds the link of a message, and to no agent."""
    return Route(verbs, frozenset(), lambda s: {"secret": "x" * 22}, is_public=True)


def data_of_person(verbs: frozenset[str]) -> Route:
    return Route(verbs, CENTRAL, lambda s: {"pk": s.ticket.person_id})


def month(stage: "Stage") -> dict[str, Any]:
    """The month of a list of what is to be destroyed."""
    return {"year": stage.line.schedule.month.year, "month": stage.line.schedule.month.month}


def feedback(stage: "Stage") -> dict[str, Any]:
    return {"pk": stage.feedback.pk}


def trial(stage: "Stage") -> dict[str, Any]:
    return {"pk": stage.trial.pk}


def agent(verbs: frozenset[str]) -> Route:
    return Route(verbs, ADMINS, lambda s: {"pk": s.agent.pk})


def webhook(verbs: frozenset[str]) -> Route:
    return Route(verbs, ADMINS, lambda s: {"pk": s.webhook.pk})


def api_key(verbs: frozenset[str]) -> Route:
    return Route(verbs, ADMINS, lambda s: {"pk": s.key.pk})


def arrival(verbs: frozenset[str]) -> Route:
    return Route(verbs, CENTRAL, lambda s: {"pk": s.arrival.pk}, is_hidden=True)


def number_of_thread(stage: Stage) -> dict[str, Any]:
    return {"pk": stage.thread.pk}


def signed_for_chloe(stage: Stage) -> dict[str, Any]:
    wanted = [stage.users["chloe"].pk, stage.attachment.pk, "save"]
    return {"signed": signing.dumps(wanted, salt=SALT)}


ROUTES = {
    "home": Route(GET, EVERYONE),
    "api:errors": Route(GET, EVERYONE, is_public=True),
    "portal:home": Route(GET, EVERYONE, is_public=True),
    "portal:ask": Route(BOTH, EVERYONE, is_public=True),
    "portal:question": Route(BOTH, EVERYONE, lambda s: {"step": "message"}, is_public=True),
    "portal:review": Route(BOTH, EVERYONE, is_public=True),
    "portal:done": Route(GET, EVERYONE, is_public=True),
    "portal:later": Route(GET, EVERYONE, is_public=True),
    "portal:erase": Route(POST, EVERYONE, is_public=True),
    "portal:follow": Route(BOTH, EVERYONE, is_public=True),
    "portal:code": Route(BOTH, EVERYONE, is_public=True),
    "portal:left": Route(GET, EVERYONE, is_public=True),
    "portal:track": Route(GET, frozenset(), lambda s: {"secret": "x" * 22}, is_public=True),
    "portal:act": Route(
        POST, frozenset(), lambda s: {"secret": "x" * 22, "action": "message"}, is_public=True
    ),
    "portal:card": Route(BOTH, EVERYONE, is_public=True),
    "portal:opinion": Route(BOTH, frozenset(), lambda s: {"secret": "x" * 22}, is_public=True),
    "portal:resume": Route(BOTH, frozenset(), lambda s: {"secret": "x" * 22}, is_public=True),
    "portal:photo": Route(GET, frozenset(), lambda s: {"pk": 1}, is_public=True),
    "chat:begin": Route(BOTH, EVERYONE, is_public=True),
    "chat:thread": Route(BOTH, frozenset(), lambda s: {"secret": "x" * 22}, is_public=True),
    "chat:felt": Route(POST, frozenset(), lambda s: {"secret": "x" * 22}, is_public=True),
    "conversations:desk": Route(GET, READERS),
    "conversations:news": Route(GET, READERS),
    "conversations:answer": Route(POST, AT_LYON_8, number_of_thread, is_hidden=True),
    "conversations:hand_over": Route(POST, AT_LYON_8, number_of_thread, is_hidden=True),
    "conversations:tools": Route(GET, AT_LYON_8, number_of_thread, is_hidden=True),
    "chat:leave": Route(POST, EVERYONE, lambda s: {"secret": "x" * 22}, is_public=True),
    "chat:messages": Route(GET, frozenset(), lambda s: {"secret": "x" * 22}, is_public=True),
    "healthz": Route(GET, EVERYONE, is_public=True),
    "metrics": Route(GET, EVERYONE, is_public=True),
    "open311:root": Route(GET, EVERYONE, is_public=True),
    "open311:discovery": Route(GET, EVERYONE, lambda s: {"extension": ""}, is_public=True),
    "open311:services": Route(GET, EVERYONE, lambda s: {"extension": ""}, is_public=True),
    "open311:service": Route(GET, EVERYONE, lambda s: {"code": "voirie", "extension": ""}, is_public=True),
    "open311:requests": Route(BOTH, EVERYONE, lambda s: {"extension": ""}, is_public=True),
    "open311:request": Route(
        GET, frozenset(), lambda s: {"reference": s.ticket.reference, "extension": ""}
    ),  # of public topics only
    "open311:token": Route(GET, frozenset(), lambda s: {"token": "1-0", "extension": ""}),
    "open311:elsewhere": Route(GET, frozenset(), lambda s: {"path": "x"}),
    "admin/login/": Route(GET, frozenset(), is_public=True),
    "public:places": Route(BOTH, EVERYONE, is_public=True),
    "public:language": Route(POST, EVERYONE, is_public=True),  # only ever sets a cookie
    "public:accessibility": Route(GET, EVERYONE, is_public=True),
    "public:accessibility_grid": Route(GET, EVERYONE, is_public=True),
    "public:personal_data": Route(GET, EVERYONE, is_public=True),
    "public:legal_notice": Route(GET, EVERYONE, is_public=True),
    "public:electronic_contact": Route(GET, EVERYONE, is_public=True),
    "public:place": Route(GET, EVERYONE, lambda s: {"code": "P84"}, is_public=True),
    "public:indicators": Route(GET, EVERYONE, is_public=True),
    "public:indicators_file": Route(GET, frozenset(), is_public=True),  # once a quarter is published
    "public:indicators_of": Route(GET, EVERYONE, lambda s: {"code": "P84"}, is_public=True),
    "public:screen": secret(GET),
    "public:screen_board": secret(GET),
    "public:arrival": secret(GET),
    "public:arrival_expected": secret(BOTH),
    "public:arrival_unexpected": secret(GET),
    "public:arrival_number": Route(
        GET, frozenset(), lambda s: {"secret": "x" * 22, "sealed": "7"}, is_public=True
    ),
    "public:arrival_answer": Route(
        GET, frozenset(), lambda s: {"secret": "x" * 22, "answer": "accueil"}, is_public=True
    ),
    "public:leaving": secret(BOTH),
    "public:leaving_thanks": Route(
        BOTH, frozenset(), lambda s: {"secret": "x" * 22, "sealed": "7"}, is_public=True
    ),
    "accounts:sign_in": Route(BOTH, EVERYONE, is_public=True),
    "accounts:code": Route(BOTH, EVERYONE, is_public=True),
    "accounts:second_factor": Route(BOTH, EVERYONE),
    "accounts:sign_out": Route(POST, EVERYONE, is_public=True),
    "accounts:lock": Route(BOTH, EVERYONE, is_public=True),
    "accounts:unlock": Route(POST, EVERYONE, is_public=True),
    "accounts:stay": Route(POST, EVERYONE),
    "accounts:resume": Route(GET, EVERYONE),
    "accounts:discard_form": Route(POST, EVERYONE),
    "accounts:password": Route(BOTH, EVERYONE),
    "accounts:switch_place": Route(POST, EVERYONE),
    "frontdesk:visit": Route(BOTH, READERS),
    "frontdesk:switch": Route(POST, READERS),
    "frontdesk:keep": Route(POST, READERS),
    "frontdesk:erase": Route(POST, READERS),
    "backoffice:letter": ticket(GET),
    "backoffice:posted": ticket(POST),
    "backoffice:unposted": ticket(POST),
    "backoffice:answer_letter": Route(
        GET, AT_LYON_8 - {"bruno"}, lambda s: {"reference": s.ticket.reference}
    ),
    "backoffice:answer_letter_pdf": Route(
        GET, frozenset(), lambda s: {"reference": s.ticket.reference}
    ),  # 404 while nothing is written
    "backoffice:answer_posted": Route(
        POST, AT_LYON_8 - {"bruno"}, lambda s: {"reference": s.ticket.reference}
    ),
    "backoffice:letters": Route(GET, READERS),
    "backoffice:letters_pdf": Route(GET, AT_LYON_8 - {"bruno"}),
    "backoffice:letters_posted": Route(POST, READERS),
    "backoffice:letters_unposted": Route(POST, READERS),
    "phone:promises": Route(GET, READERS),
    "phone:called": Route(POST, AT_LYON_8, lambda s: {"pk": s.promise.pk}),
    "phone:not_reached": Route(POST, AT_LYON_8, lambda s: {"pk": s.promise.pk}),
    "phone:undo": Route(POST, AT_LYON_8, lambda s: {"pk": s.promise.pk}),
    "frontdesk:persons": Route(POST, READERS),
    "frontdesk:person": Route(GET, READERS),
    "frontdesk:topics": Route(POST, READERS),
    "frontdesk:about": Route(GET, READERS),
    "frontdesk:undo": Route(POST, READERS),
    "frontdesk:receipt": Route(GET, READERS),
    "frontdesk:queue": Route(GET, READERS - CENTRAL),  # the central team stands at no counter
    "frontdesk:say_desk": Route(POST, READERS - CENTRAL),
    "frontdesk:call_next": Route(POST, READERS - CENTRAL),
    "frontdesk:step": Route(POST, AT_LYON_8 - CENTRAL, lambda s: {"pk": s.visit.pk, "name": "absent"}),
    "portal:link": Route(GET, frozenset(), lambda s: {"secret": "x" * 22}, is_public=True),
    "sms:inbound": Route(POST, frozenset()),  # open to signed calls
    "sms:status": Route(POST, frozenset()),
    "partner:publik": Route(BOTH, frozenset()),  # open to the signed calls of a portal
    "mail:webhook": Route(POST, frozenset(), lambda s: {"provider": "postmark"}),  # opens to its own key
    "intake:quarantine": Route(GET, CENTRAL),
    "intake:search": Route(POST, CENTRAL),
    "intake:arrival": arrival(GET),
    "intake:arrival_raw": arrival(GET),
    "intake:make_ticket": arrival(POST),
    "intake:unmake_ticket": arrival(POST),
    "intake:retry": Route(POST, CENTRAL),
    "intake:discard": Route(POST, CENTRAL),
    "intake:undo": Route(POST, CENTRAL),
    "appointment:home": Route(GET, EVERYONE, is_public=True),
    "appointment:page": secret(GET),
    "appointment:file": secret(GET),
    "appointment:other_date": secret(POST),
    "appointment:choose": secret(BOTH),
    "appointment:book": secret(POST),
    "appointment:find_nothing": secret(POST),
    "appointment:needs": secret(POST),
    "appointment:wait": secret(POST),
    "appointment:step": Route(
        POST, frozenset(), lambda s: {"secret": "x" * 22, "name": "confirmer"}, is_public=True
    ),
    "agenda:agenda": Route(GET, READERS),
    "field:board": Route(GET, EVERYONE),
    "field:tell": Route(POST, EVERYONE),
    "field:mine": Route(GET, EVERYONE),
    "field:seen": Route(POST, EVERYONE),
    "field:one": Route(GET, AT_LYON_8 | ADMINS, feedback, is_hidden=False),
    "field:sentence": Route(POST, frozenset({"chloe"}), feedback),
    "field:withdraw": Route(POST, frozenset({"chloe"}), feedback),
    "field:answer": Route(POST, frozenset({"david"}), feedback),
    "agenda:hours": Route(GET, READERS | ADMINS),
    "agenda:week_copy": Route(BOTH, READERS | ADMINS),
    "agenda:opening_add": Route(BOTH, READERS | ADMINS),
    "agenda:opening": Route(BOTH, PLANNERS, lambda s: {"pk": s.opening.pk}),
    "agenda:opening_end": Route(POST, PLANNERS, lambda s: {"pk": s.opening.pk}),
    "agenda:opening_resume": Route(POST, PLANNERS, lambda s: {"pk": s.opening.pk}),
    "agenda:export": Route(GET, READERS - {"bruno"}, lambda s: {"form": "csv"}),
    "agenda:opening_skip": Route(POST, PLANNERS, lambda s: {"pk": s.opening.pk}),
    "agenda:absences": Route(BOTH, READERS | ADMINS),
    "agenda:absence": Route(GET, PLANNERS, lambda s: {"pk": s.absence.pk}),
    "agenda:absence_change": Route(POST, PLANNERS, lambda s: {"pk": s.absence.pk, "name": "retirer"}),
    "agenda:closures": Route(BOTH, PLANNERS - {"chloe"}),
    "agenda:closure": Route(GET, PLANNERS - {"chloe"}, lambda s: {"pk": s.closure.pk}),
    "agenda:closure_change": Route(
        POST, PLANNERS - {"chloe"}, lambda s: {"pk": s.closure.pk, "name": "retirer"}
    ),
    "agenda:subscription": Route(BOTH, READERS),
    "agenda:subscription_revoke": Route(POST, READERS),
    "agenda:feed": secret(GET),
    "agenda:taken": Route(GET, AT_LYON_8, lambda s: {"pk": s.ticket.maison_id}),
    "agenda:give": ticket(BOTH),
    "agenda:choose": Route(
        POST, AT_LYON_8, lambda s: {"reference": s.ticket.reference, "name": "garder"}, is_hidden=True
    ),
    "agenda:wait": Route(
        POST, AT_LYON_8, lambda s: {"reference": s.ticket.reference, "name": "ajouter"}, is_hidden=True
    ),
    "agenda:change": appointment(BOTH),
    "agenda:ics": appointment(GET),
    "agenda:step": Route(
        POST,
        AT_LYON_8,
        lambda s: {**reference_and_appointment(s), "name": "venue"},
        is_hidden=True,
    ),
    "frontdesk:expected": Route(
        POST, AT_LYON_8 - CENTRAL, lambda s: {"pk": s.appointment.pk, "name": "venue"}
    ),
    "frontdesk:appointment": Route(
        POST, AT_LYON_8 - CENTRAL, lambda s: {"pk": s.appointment.pk, "name": "venue"}
    ),
    "archives:schedules": Route(GET, ARCHIVISTS),
    "archives:schedule": Route(GET, ARCHIVISTS, month),
    "archives:visa": Route(POST, ARCHIVISTS, month),
    "archives:csv": Route(GET, ARCHIVISTS, month),
    "archives:pdf": Route(GET, ARCHIVISTS, month),
    "archives:data_requests": Route(GET, CENTRAL),
    "archives:person_data": data_of_person(GET),
    "archives:person_json": data_of_person(BOTH),
    "archives:person_pdf": data_of_person(BOTH),
    "archives:person_review": data_of_person(BOTH),
    "archives:person_erase": data_of_person(POST),
    "archives:person_withdraw": data_of_person(POST),
    "archives:person_refuse": data_of_person(POST),
    "archives:keep": Route(BOTH, ARCHIVISTS, lambda s: {"pk": s.line.pk}),
    "archives:undo": Route(POST, ARCHIVISTS, lambda s: {"pk": s.line.pk}),
    "backoffice:answer_models": Route(GET, EVERYONE - {"bruno", "archivist"}),
    "backoffice:attestation": ticket(GET),
    "backoffice:legal_days": Route(GET, READERS),
    "regimes:regimes": Route(GET, ADMINS),
    "regimes:regime": Route(BOTH, ADMINS, lambda s: {"code": "velo"}),
    "regimes:withdraw": Route(POST, frozenset(), lambda s: {"code": "velo"}),
    "backoffice:answer_model_new": Route(BOTH, frozenset({"david", "admin"})),
    "backoffice:answer_model": Route(BOTH, ADMINS, lambda s: {"pk": s.model.pk}),
    "backoffice:answer_model_active": Route(POST, ADMINS, lambda s: {"pk": s.model.pk}),
    "dashboards:board": Route(GET, frozenset({"david", "central"})),
    "dashboards:export": Route(GET, frozenset({"david", "central"}), lambda s: {"form": "csv"}),
    "dashboards:exceptions": Route(GET, REVIEWERS),
    "dashboards:exceptions_csv": Route(GET, REVIEWERS),
    "dashboards:exceptions_seen": Route(POST, REVIEWERS),
    "dashboards:rights": Route(GET, REVIEWERS),
    "dashboards:first_delays": Route(GET, frozenset({"david", "central"})),
    "trials:list": Route(GET, frozenset({"david", "central"})),
    "trials:new": Route(BOTH, frozenset({"david"})),
    "trials:one": Route(GET, frozenset({"david", "central"}), trial),
    "trials:csv": Route(GET, frozenset({"david", "central"}), trial),
    "trials:change": Route(BOTH, frozenset({"david"}), trial),
    "trials:write": Route(POST, frozenset({"david", "central"}), trial),
    "trials:note": Route(
        POST,
        frozenset({"david", "central"}),
        lambda s: {"pk": s.trial.pk, "note_pk": s.trial.notes.get().pk, "step": "remettre"},
    ),
    "trials:step": Route(
        POST, frozenset({"david", "central"}), lambda s: {"pk": s.trial.pk, "step": "remettre"}
    ),
    "dashboards:lived_experience": Route(GET, frozenset({"david", "central"})),
    "dashboards:attendance": Route(GET, frozenset({"david", "central"})),
    "dashboards:first_delays_csv": Route(GET, frozenset({"david", "central"})),
    "backoffice:keys": Route(GET, ADMINS),
    "backoffice:key_new": Route(BOTH, ADMINS),
    "backoffice:key": api_key(GET),
    "backoffice:key_rotate": api_key(POST),
    "backoffice:key_revoke": api_key(BOTH),
    "backoffice:agents": Route(GET, ADMINS),
    "backoffice:agent_new": Route(BOTH, ADMINS),
    "backoffice:agent": agent(BOTH),
    "backoffice:agent_password": agent(POST),
    "backoffice:agent_second_factor": agent(POST),
    "backoffice:agent_leave": agent(BOTH),
    "backoffice:webhooks": Route(GET, ADMINS),
    "backoffice:webhook": webhook(GET),
    "backoffice:webhook_act": webhook(POST),
    "backoffice:triage": Route(GET, READERS),
    "backoffice:triage_export": Route(GET, READERS - {"bruno"}, lambda s: {"form": "csv"}),
    "backoffice:bulk": Route(POST, READERS),
    "backoffice:bulk_back": Route(POST, READERS),
    "backoffice:search": Route(BOTH, READERS),
    "backoffice:search_export": Route(POST, READERS - {"bruno"}, lambda s: {"form": "csv"}),
    "backoffice:persons": Route(BOTH, READERS),
    "backoffice:person_page": person(GET),
    "backoffice:person_needs": person(BOTH),
    "backoffice:person_identity": Route(BOTH, HANDLERS, lambda s: {"pk": s.ticket.person_id}),
    "backoffice:point_new": Route(BOTH, HANDLERS, lambda s: {"pk": s.ticket.person_id}),
    "backoffice:point": Route(BOTH, HANDLERS, person_and_point),
    "backoffice:point_remove": Route(POST, HANDLERS, person_and_point),
    "backoffice:person_said": Route(
        POST, HANDLERS, lambda s: {"pk": s.ticket.person_id, "proposal": 1, "verb": "noter"}
    ),
    "backoffice:point_restore": Route(POST, HANDLERS, lambda s: {"pk": s.ticket.person_id, "change": 1}),
    "backoffice:mandate_new": Route(BOTH, HANDLERS, lambda s: {"pk": s.ticket.person_id}),
    "backoffice:mandate_end": Route(BOTH, HANDLERS, person_and_mandate),
    "backoffice:mandate_remove": Route(POST, HANDLERS, person_and_mandate),
    "backoffice:mandate_restore": Route(POST, HANDLERS, person_and_mandate),
    "backoffice:merge_search": Route(BOTH, HANDLERS, lambda s: {"pk": s.ticket.person_id}),
    "backoffice:merge": Route(BOTH, HANDLERS, two_persons),
    "backoffice:different": Route(POST, HANDLERS, two_persons),
    "backoffice:not_different": Route(POST, HANDLERS, two_persons),
    "backoffice:unmerge": Route(POST, HANDLERS, lambda s: {"pk": s.ticket.person_id, "log": 1}),
    "backoffice:glass": Route(BOTH, READERS),
    "backoffice:glass_end": ticket(POST),
    "backoffice:preferences": Route(POST, EVERYONE),
    "backoffice:preview": ticket(GET),
    "backoffice:ticket": ticket(GET),
    "backoffice:touchpoint_html": Route(
        GET,
        AT_LYON_8,
        lambda s: {"reference": s.ticket.reference, "pk": s.touchpoint.pk},
        is_hidden=True,
    ),
    "backoffice:file": Route(GET, frozenset({"chloe"}), signed_for_chloe, is_hidden=True),
    "backoffice:sort": ticket(POST),
    "backoffice:unsort": ticket(POST),
    "backoffice:take": ticket(POST),
    "backoffice:assign": ticket(POST),
    "backoffice:release": ticket(POST),
    "backoffice:topic": ticket(POST),
    "backoffice:reroute": ticket(POST),
    "backoffice:unroute": ticket(POST),
    "backoffice:priority": ticket(POST),
    "backoffice:danger": ticket(POST),
    "backoffice:no_danger": ticket(POST),
    "backoffice:hold": ticket(POST),
    "backoffice:papers": ticket(POST),
    "backoffice:papers_complete": ticket(POST),
    "backoffice:papers_day": ticket(POST),
    "backoffice:papers_back": ticket(POST),
    "backoffice:papers_restored": ticket(POST),
    "backoffice:first_received": ticket(POST),
    "backoffice:reasons_asked": ticket(POST),
    "backoffice:reasons_unasked": ticket(POST),
    "backoffice:service_answered": ticket(POST),
    "backoffice:service_unanswered": ticket(POST),
    "backoffice:resume": ticket(POST),
    "backoffice:note": ticket(POST),
    "backoffice:read": ticket(POST),
    "backoffice:unread": ticket(POST),
    "backoffice:close": ticket(POST),
    "backoffice:reopen": ticket(POST),
    "backoffice:merge_ticket": ticket(POST),
    "backoffice:join_ticket": ticket(POST),
    "backoffice:merge_undone": ticket(POST),
    "backoffice:unmerge_ticket": ticket(POST),
    "backoffice:split": ticket(POST),
    "backoffice:unsplit": ticket(POST),
    "backoffice:transfer": ticket(POST),
    "backoffice:untransfer": ticket(POST),
    "backoffice:person": ticket(POST),
    "backoffice:whose": ticket(POST),
    "backoffice:whose_search": ticket(POST),
    "backoffice:person_back": ticket(POST),
    "backoffice:participant_person": ticket(POST),
    "backoffice:task_done": ticket(POST),
    "backoffice:task_undone": ticket(POST),
    "backoffice:same_case": ticket(POST),
    "backoffice:other_case": ticket(POST),
    "backoffice:links_cut": ticket(POST),
    "backoffice:links_restored": ticket(POST),
    "backoffice:said_accepted": ticket(POST),
    "backoffice:said_refused": ticket(POST),
    "backoffice:said_undecided": ticket(POST),
    "backoffice:undecide": ticket(POST),
    "backoffice:link": ticket(POST),
    "backoffice:participant": ticket(POST),
    "backoffice:receives": ticket(POST),
    "backoffice:receives_not": ticket(POST),
    "backoffice:participant_out": ticket(POST),
    "backoffice:participant_back": ticket(POST),
    "backoffice:answer": ticket(POST),
    "backoffice:unsend": ticket(POST),
    "backoffice:reuse": ticket(POST),
    "backoffice:draft": Route(
        POST, AT_LYON_8, lambda s: {"reference": s.ticket.reference, "kind": "note"}, is_hidden=True
    ),
    "backoffice:presence": ticket(POST),
    "backoffice:draft_files": ticket(POST),
    "backoffice:draft_file_remove": ticket(POST),
    "backoffice:fitting_models": ticket(POST),
}


def is_for_programs(name: str, path: str) -> bool:
    """What opens to keys, and the page of the schema, drawn by a library (test_api_routes.py)."""
    return path.startswith("api/v1/") and name not in ROUTES


def walk(patterns: list[Any] | None = None, space: str = "", path: str = "") -> Iterator[tuple[str, str]]:
    """Every route of the resolver: its full name (its path when it has none) and its path."""
    for found in get_resolver().url_patterns if patterns is None else patterns:
        here = path + str(found.pattern)
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from walk(found.url_patterns, inner, here)
        elif isinstance(found, URLPattern):
            yield f"{space}{found.name}" if found.name else here, here
