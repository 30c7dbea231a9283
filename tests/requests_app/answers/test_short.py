"""An answer by SMS: counted, bounded, never a surprise."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from requests_app.answers import services
from requests_app.answers.models import Draft
from requests_app.answers.recipients import read_recipients
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint
from requests_app.tickets.errors import Refused
from requests_app.tickets.models import Touchpoint

pytestmark = pytest.mark.django_db
AMINA, TOKEN = "+33639981234", "0" * 32


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    """A ticket that came by SMS."""
    ticket = make_ticket(person=amina, channel="sms", text=None)
    make_touchpoint(ticket, sender=AMINA)
    return ticket


@pytest.fixture
def write(asked, chloe):
    def typed(text="Votre dossier est complet."):
        services.save_draft(ticket=asked, kind="answer", text=text, by=chloe, at=timezone.now(), files=[])

    return typed


def send(ticket, by):
    to = next(each for each in read_recipients(ticket) if each.channel == "sms")
    return services.answer(ticket=ticket, to=to, token=TOKEN, by=by, at=timezone.now())


class TestSending:
    def test_leaves_by_sms_with_who_speaks_and_the_number_of_the_demand(self, asked, chloe, write, settings):
        settings.TWILIO_FROM = "+33937000000"
        write()
        outgoing = send(asked, chloe).outgoing
        assert (outgoing.channel, outgoing.recipient, outgoing.kind) == ("sms", AMINA, "answer")
        assert outgoing.payload["text"] == (
            f"{settings.AUTHORITY_NAME} : Votre dossier est complet.\n{asked.reference}"
        )

    def test_names_a_telephone_when_nobody_can_answer_the_sender(self, asked, chloe, write, settings):
        settings.TWILIO_FROM = "METROPOLE"
        write()
        assert send(asked, chloe).outgoing.payload["text"].endswith(settings.AUTHORITY_PHONE)

    def test_is_in_the_thread_and_can_be_taken_back(self, asked, chloe, write):
        write("Trop vite")
        touchpoint = send(asked, chloe)
        assert (touchpoint.channel, touchpoint.reply_text) == ("sms", "Trop vite")
        services.unsend(touchpoint=touchpoint, by=chloe, at=timezone.now())
        assert Draft.objects.get().recipient == f"sms:{AMINA}"
        assert Outgoing.objects.get().state == "cancelled"


class TestRefusals:
    @pytest.mark.parametrize("text", ["a" * 290, "ê" * 125])
    def test_more_than_two_segments_are_refused_in_words(self, asked, chloe, write, text):
        write(text)
        with pytest.raises(Refused, match="3 SMS, deux au plus"):
            send(asked, chloe)
        assert Draft.objects.get().text == text

    def test_the_signs_that_cost_are_named(self, asked, chloe, write):
        write("ê’" * 70)
        with pytest.raises(Refused, match="Sans ê ’"):
            send(asked, chloe)

    def test_a_file_is_refused(self, asked, chloe):
        file = SimpleUploadedFile("plan.txt", b"plan")
        services.save_draft(ticket=asked, kind="answer", text="x", by=chloe, at=timezone.now(), files=[file])
        with pytest.raises(Refused, match="pas de fichier"):
            send(asked, chloe)


class TestRecipients:
    def test_the_way_by_which_she_wrote_comes_first(self, asked, make_ticket, make_touchpoint, amina):
        assert [each.channel for each in read_recipients(asked)] == ["sms", "mail"]
        by_mail = make_ticket(person=amina, text=None)
        make_touchpoint(by_mail, sender="amina.benali@exemple.fr")
        assert [each.channel for each in read_recipients(by_mail)] == ["mail", "sms"]

    def test_O08_a_number_she_never_wrote_from_is_told(self, make_ticket, amina):
        sms = next(each for each in read_recipients(make_ticket(person=amina)) if each.channel == "sms")
        assert "jamais écrit de ce numéro" in sms.warning

    def test_O06_a_number_that_did_not_receive_is_told(self, asked):
        ContactPoint.objects.filter(value=AMINA).update(needs_check=True)
        sms = next(each for each in read_recipients(asked) if each.channel == "sms")
        assert "pas arrivé à ce numéro" in sms.warning

    def test_a_shared_telephone_is_told(self, asked, make_person, share_contact):
        share_contact(make_person(given_name="Zoé"), AMINA)
        sms = next(each for each in read_recipients(asked) if each.channel == "sms")
        assert "D’autres personnes" in sms.warning

    def test_a_landline_is_not_offered(self, make_ticket, make_person):
        ticket = make_ticket(person=make_person(given_name="Zoé", phone="+33478634040"), text=None)
        assert not [each for each in read_recipients(ticket) if each.channel == "sms"]


class TestPage:
    def test_the_text_folded_without_javascript_is_the_draft(self, client_of, asked, chloe):
        url = reverse("backoffice:draft", args=[asked.reference, "reponse"])
        client_of(chloe).post(url, {"text": "C’est prêt…", "to": f"sms:{AMINA}", "fold": "1"})
        assert Draft.objects.get().text == "C'est pret..."

    def test_the_count_comes_with_the_page_and_with_each_keeping(self, client_of, asked, chloe):
        page = client_of(chloe).get(reverse("backoffice:ticket", args=[asked.reference]))
        assert "caractères sur" in page.content.decode()
        url = reverse("backoffice:draft", args=[asked.reference, "reponse"])
        kept = client_of(chloe).post(
            url, {"text": "a" * 300, "to": f"sms:{AMINA}"}, headers={"HX-Request": "true"}
        )
        shown = kept.content.decode()
        assert 'hx-swap-oob="true"' in shown
        assert "2 SMS au plus" in shown

    def test_a_refused_sms_keeps_its_words(self, client_of, asked, chloe):
        page = client_of(chloe).get(reverse("backoffice:ticket", args=[asked.reference])).content.decode()
        token = page.partition('name="token" value="')[2].partition('"')[0]
        answer = client_of(chloe).post(
            reverse("backoffice:answer", args=[asked.reference]),
            {
                "text": "a" * 400,
                "to": f"sms:{AMINA}",
                "token": token,
                "version": asked.version,
                "then": "",
                "confirmed": "",
                "other": "",
            },
        )
        assert answer.status_code == 422
        assert "deux au plus" in answer.content.decode()
        assert not Touchpoint.objects.filter(direction="out").exists()
