"""The name of a protected agent leaves by no door, and a service stands for them (CRPA, art. L111-2)."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from channels_app.portal.tests.test_following import secret_of
from requests_app.accounts.errors import Refused
from requests_app.accounts.models import RightsEvent, Role
from requests_app.accounts.services import Grant, change_agent, create_agent
from requests_app.answers.models import Draft
from requests_app.answers.recipients import other_recipient, read_recipients
from requests_app.answers.services import answer, save_draft
from requests_app.appointments import services as appointments
from requests_app.appointments.models import AppointmentType
from requests_app.catalog.models import CompetentBody, Topic
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import State, Touchpoint
from requests_app.tickets.services import ask_papers, close, note_posted, transfer
from tests.requests_app.appointments.conftest import NOW, THURSDAY

ROOT = Path(settings.BASE_DIR)
NAMED = re.compile(
    r"[\w.]*\b(?:by|user|agent|author|assignee|signer)\.(?:full_name|given_name|family_name|username)"
)
TALKING = ("answers", "outbox", "reminders", "appointments/services", "tickets/letters", "tickets/messages")
pytestmark = pytest.mark.django_db
SERVICE = "Équipe de l’accueil social"
MARKERS = ("zorglubine", "marqueterie")
TOKEN, PHONE, MAIL = "0" * 32, "+33639981234", "amina.benali@exemple.fr"


@pytest.fixture(autouse=True)
def that_winter():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def hidden(make_agent, lyon_8):
    """An agent whose three names are looked for in all that leaves."""
    return make_agent(
        "zorglubine",
        (Role.CASE_HANDLER, lyon_8),
        given_name="Zorglubine",
        family_name="Marqueterie",
        email="zorglubine.marqueterie@ville.example",
        shown_as=SERVICE,
    )


@pytest.fixture
def make_asked(make_ticket, make_touchpoint, amina):
    def make(channel="mail", sender=MAIL, **fields):
        values = {"person": amina, "channel": channel, "text": None, "topic": "velo", **fields}
        ticket = make_ticket(**values)
        make_touchpoint(ticket, sender=sender)
        return ticket

    return make


def write(ticket, by, text="Voici la réponse."):
    save_draft(ticket=ticket, kind=Draft.Kind.ANSWER, text=text, by=by, at=timezone.now(), files=[])


def send(ticket, by, channel="mail", token=TOKEN):
    write(ticket, by)
    to = next(each for each in read_recipients(ticket) if each.channel == channel)
    return answer(ticket=ticket, to=to, token=token, by=by, at=timezone.now())


def change(user, by, shown_as):
    change_agent(
        user=user,
        given_name=user.given_name,
        family_name=user.family_name,
        email=user.email,
        shown_as=shown_as,
        grants=[Grant(m.role, m.maison_id) for m in user.memberships.all()],
        by=by,
        at=timezone.now(),
    )


def words_of(pdf):
    read = PdfReader(BytesIO(pdf))
    return "\n".join([*(page.extract_text() for page in read.pages), str(read.metadata)])


class TestEveryWayOut:
    def test_none_says_the_name(self, hidden, make_asked, client, client_of, lyon_8):
        Topic.objects.filter(code="velo").update(regime="silence_refusal")
        left, at_work = list[str](), client_of(hidden)
        by_mail = make_asked(assignee=hidden)
        send(by_mail, hidden)
        send(make_asked("sms", PHONE), hidden, "sms", "1" * 32)
        self._ask_papers(make_asked(state=State.OPEN), hidden)
        self._transfer(make_asked(topic=None, transfer_body="France Travail"), hidden)
        self._appoint(make_asked(), hidden, lyon_8)
        close(ticket=make_asked(state=State.OPEN), outcome="answered", by=hidden, at=timezone.now())
        letter = make_asked("letter", "")
        write(letter, hidden)
        left += [words_of(at_work.get(page).content) for page in self._pdfs(letter)]
        note_posted(ticket=letter, by=hidden, at=timezone.now())
        Outgoing.objects.update(state=Outgoing.State.SENT)
        left += [client.get(self._follow(each)).content.decode() for each in (by_mail, letter)]
        queued = [json.dumps(each.payload, ensure_ascii=False) for each in Outgoing.objects.all()]
        assert {each.kind for each in Outgoing.objects.all()} >= {
            "answer",
            "receipt",
            "transfer",
            "handover",
            "appointment",
        }
        said = "\n".join([*left, *queued, *Touchpoint.objects.values_list("text", flat=True)]).casefold()
        assert not [name for name in MARKERS if name in said]
        assert sum(SERVICE.casefold() in words.casefold() for words in [*left, *queued]) >= 3

    def _pdfs(self, ticket):
        names = ("backoffice:letter", "backoffice:answer_letter_pdf")
        return [reverse(name, args=[ticket.reference]) for name in names]

    def _follow(self, ticket):
        return f"/suivi/{secret_of(ticket, f'a:{ticket.pk}')}/"

    def _ask_papers(self, ticket, by):
        ask_papers(
            ticket=ticket,
            papers=["Avis d’impôt"],
            until=THURSDAY.date(),
            by=by,
            at=timezone.now(),
            reason="Urgent",
        )

    def _transfer(self, ticket, by):
        CompetentBody.objects.create(name="France Travail", mail="accueil@travail.exemple")
        transfer(ticket=ticket, by=by, at=timezone.now())

    def _appoint(self, ticket, by, maison):
        kind = AppointmentType.objects.get_or_create(
            code="suivi", defaults={"label": "Suivi", "public_label": "Rendez-vous", "minutes": 30}
        )[0]
        wish = appointments.Wish(type=kind, maison=maison, agent=by, starts_at=THURSDAY)
        appointments.book(ticket=ticket, wish=wish, by=by, at=timezone.now())


class TestOnePlace:
    def test_only_signing_says_an_agent_s_name_outside(self):
        files = [file for room in TALKING for file in (ROOT / "requests_app" / room).rglob("*.py")]
        files += (ROOT / "channels_app" / "portal").rglob("*.py")
        assert len(files) > 60
        found = [f"{file.name}: {name}" for file in files for name in NAMED.findall(file.read_text())]
        assert sorted(found) == [
            "checking.py: asked.agent.full_name",  # why an agent cannot have that hour
            "rights.py: event.by.full_name",  # told to colleagues
            "rights.py: event.user.full_name",
        ]


class TestSignature:
    def test_a_mail_says_name_function_and_place(self, make_asked, chloe):
        text = send(make_asked(), chloe).outgoing.payload["text"]
        assert "\n\nChloé Martin\nGestionnaire\n" in text

    def test_an_agent_without_a_role_there_signs_by_name_alone(self, make_asked, make_agent, lyon_8):
        david = make_agent("dd", (Role.MANAGER, None), (Role.ADMIN, None), given_name="Dan")
        assert "\n\nDan\nResponsable\n" in send(make_asked(), david).outgoing.payload["text"]

    def test_another_address_reads_the_service_too(self, make_asked, hidden):
        ticket = make_asked()
        write(ticket, hidden)
        to = other_recipient("autre@exemple.fr", ticket)
        sent = answer(ticket=ticket, to=to, token=TOKEN, by=hidden, at=timezone.now())
        assert f"\n\n{SERVICE}\nGestionnaire\n" in sent.outgoing.payload["text"]


class TestProtecting:
    def test_what_still_waits_leaves_under_the_service(self, make_asked, chloe, admin):
        sent = send(make_asked(), chloe)
        change(chloe, admin, SERVICE)
        outgoing = Outgoing.objects.get(pk=sent.outgoing_id)
        sent.refresh_from_db()
        for text in (outgoing.payload["text"], sent.text):
            assert f"Voici la réponse.\n\n{SERVICE}\nGestionnaire\n" in text
            assert "Chloé" not in text
        assert "/s/" in links.insert_links(outgoing.payload["text"], outgoing)

    def test_what_has_left_is_not_rewritten(self, make_asked, chloe, admin):
        sent = send(make_asked(), chloe)
        Outgoing.objects.update(state=Outgoing.State.SENT)
        change(chloe, admin, SERVICE)
        sent.refresh_from_db()
        assert "\n\nChloé Martin\n" in sent.text

    def test_who_hid_whom_is_noted(self, chloe, admin):
        change(chloe, admin, SERVICE)
        change(chloe, admin, None)
        [event] = RightsEvent.objects.filter(user=chloe)
        assert (event.kind, event.by) == ("shown_as", admin)
        chloe.refresh_from_db()
        assert chloe.shown_as == SERVICE

    @pytest.mark.parametrize("typed", ["Mme Martin", "Équipe de CHLOE", "martin-accueil", "Chloé"])
    def test_a_service_that_holds_the_name_is_refused(self, chloe, admin, typed):
        with pytest.raises(Refused, match="ni le prénom"):
            change(chloe, admin, typed)
        with pytest.raises(Refused, match="ni le prénom"):
            create_agent(
                username="c2",
                given_name="Chloé",
                family_name="Martin",
                password=None,
                grants=[],
                by=admin,
                at=timezone.now(),
                shown_as=typed,
            )

    def test_an_administrator_sets_it_on_the_agent_s_page(self, client_of, admin, chloe, lyon_8):
        page = reverse("backoffice:agent", args=[chloe.pk])
        rows = {
            "roles-TOTAL_FORMS": "1",
            "roles-INITIAL_FORMS": "0",
            "roles-0-role": Role.CASE_HANDLER,
            "roles-0-place": str(lyon_8.pk),
        }
        sent = {"given_name": "Chloé", "family_name": "Martin", "email": "", "shown_as": SERVICE} | rows
        client_of(admin).post(page, sent)
        chloe.refresh_from_db()
        assert chloe.shown_as == SERVICE
        assert f'value="{SERVICE}"' in client_of(admin).get(page).content.decode()

    def test_the_agent_reads_how_the_answer_is_signed(self, client_of, hidden, make_asked):
        page = client_of(hidden).get(f"/demandes/{make_asked().reference}/").content.decode()
        assert f"« {SERVICE} » et l’adresse du lieu" in page.replace("\xa0", " ")
