"""One ticket at Lyon 8e with all that can stand beside it: what every route of the site is asked for."""

from datetime import time, timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from channels_app.chat.models import Thread
from requests_app.api_keys.services import create_key
from requests_app.experiments.models import Trial
from requests_app.experiments.services import add_note, plan_trial
from requests_app.feedback.services import Shown, record_feedback
from requests_app.lib.weeks import WEEK, monday_of
from requests_app.people.models import Mandate
from requests_app.slots.models import Absence, Closure, Opening
from requests_app.tickets.files import attach
from requests_app.tickets.inbound import SaidFile
from requests_app.tickets.services import ask_for_letter, promise_call
from requests_app.webhooks.models import Delivery
from requests_app.webhooks.services import pause, subscribe
from tests.house.routes import EVERYONE, ROUTES, Stage

MAIL = "amina.benali@exemple.fr"


@pytest.fixture
def stage(
    request,
    make_ticket,
    make_touchpoint,
    make_arrival,
    make_person,
    make_visit,
    make_model,
    make_appointment,
    make_disposal_line,
    program,
    settings,
):
    settings.WEBHOOKS = {"postmark": "nom:clef"}
    users = {name: request.getfixturevalue(name) for name in sorted(EVERYONE)}
    ticket = make_ticket(person=make_person(given_name="Amina", family_name="Benali", email=MAIL))
    Mandate.objects.create(
        person=ticket.person,
        kind=Mandate.Kind.MANDATE,
        holder="Karim Benali",
        receives=Mandate.Receives.BOTH,
        starts_on=timezone.localdate(),
        noted_at=timezone.now(),
        noted_by=users["chloe"],
    )
    twin = make_ticket(person=make_person(given_name="Amina", family_name="Ben Ali"))
    touchpoint = make_touchpoint(ticket, html="<p>Bonjour</p>")
    due = timezone.now() + timedelta(hours=1)
    file = SaidFile(name="note.txt", declared_type="text/plain", data=b"bonjour")
    return Stage(
        ticket=ticket,
        twin=twin,
        touchpoint=touchpoint,
        attachment=attach(touchpoint, [file])[0],
        arrival=make_arrival(),
        visit=make_visit(),
        letter=ask_for_letter(ticket=ticket, at=timezone.now()),
        thread=Thread.objects.create(ticket=ticket, key="stage", created_at=timezone.now()),
        promise=promise_call(touchpoint=touchpoint, number="", due_at=due, at=timezone.now()),
        appointment=make_appointment(ticket=ticket, agent=users["chloe"]),
        opening=Opening.objects.create(agent=users["chloe"], maison_id=ticket.maison_id, **_morning()),
        absence=Absence.objects.create(agent=users["chloe"], **_morning()),
        closure=Closure.objects.create(maison_id=ticket.maison_id, **_morning()),
        agent=users["bruno"],
        model=make_model(),
        line=make_disposal_line(),
        webhook=_subscribe(),
        feedback=_tell(users["chloe"], ticket.maison),
        trial=_try(users["david"], ticket.maison),
        key=program("tickets:read", name="Portail de Bron").key,
        users=users,
    )


def _morning():
    """A morning of next week."""
    day = timezone.localdate() + timedelta(days=7)
    return {"starts_on": day, "starts_at": time(9), "ends_on": day, "ends_at": time(12)}


def _try(lead, maison):
    """A trial that begins in some weeks, with a note."""
    monday = monday_of(timezone.localdate()) + 4 * WEEK
    days = {"starts_on": monday, "ends_on": monday + 12 * WEEK - timedelta(days=1)}
    trial = Trial(title="Un essai", hypothesis="Si…, alors…", measure="wait", **days)
    now = timezone.now()
    plan_trial(trial=trial, tried=[maison], others=[], by=lead, at=now)
    add_note(trial=trial, text="Préparé", by=lead, at=now)
    return trial


def _tell(agent, maison):
    return record_feedback(kind="idea", shown=Shown(maison), by=agent, at=timezone.now())


def _subscribe():
    """A paused subscription with one push that failed."""
    at = timezone.now()
    key, _secret = create_key(name="Portail", scopes=["subscriptions:write"], by=None, at=at)
    subscription, _secret = subscribe(
        key=key,
        name="Portail des habitants",
        url="https://portail.exemple.fr/evenements",
        types=["ticket.*"],
        contact="exploitant@exemple.fr",
        at=at,
    )
    pause(subscription=subscription, at=at)
    Delivery.objects.create(
        subscription=subscription,
        event_id=f"evt_{'0' * 32}",
        kind="ticket.closed",
        at=at,
        body='{"type":"ticket.closed"}',
        status=503,
        answer="Revenez plus tard",
        error="Réponse 503 au lieu de 200.",
    )
    return subscription


def address_of(name, stage):
    route = ROUTES[name]
    try:
        return reverse(name, kwargs=route.kwargs(stage))
    except NoReverseMatch:
        return f"/{name}"  # a route without name
