from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from channels_app.delivery import services
from channels_app.delivery.services import noting
from requests_app.outbox.models import Outgoing
from requests_app.outbox.services import cancel
from requests_app.people.models import ContactPoint
from tests.channels_app.delivery.conftest import pause_of, send, state_of

pytestmark = pytest.mark.django_db
State = Outgoing.State


class TestOnce:
    def test_a_due_message_leaves_and_its_steps_are_told(self, office, to_send):
        outgoing = to_send()
        assert send(outgoing) == State.SENT
        assert office.ids == [outgoing.message_id]
        assert outgoing.steps.get().text == "Accepté par le serveur d’envoi."

    def test_ten_rings_send_one_mail(self, office, to_send):
        outgoing = to_send()
        for _ in range(10):
            send(outgoing)
        assert len(office.ids) == 1

    def test_what_is_cancelled_never_leaves(self, office, to_send):
        outgoing = to_send()
        cancel(outgoing=outgoing, at=timezone.now())
        assert send(outgoing) == State.CANCELLED
        assert office.ids == []

    def test_O08_what_may_still_be_taken_back_waits_for_its_time(self, office, to_send):
        outgoing = to_send(delay=timedelta(seconds=10))
        assert send(outgoing) == State.QUEUED
        services.sweep(at=timezone.now() + timedelta(seconds=9))
        assert office.ids == []
        services.sweep(at=timezone.now() + timedelta(seconds=11))
        assert office.ids == [outgoing.message_id]

    def test_I5_the_sweep_sends_what_no_bell_rang_for(self, office, to_send):
        for rank in range(3):
            to_send(key=str(rank))
        assert services.sweep(at=timezone.now()) == 3
        assert len(office.ids) == 3

    def test_many_mails_share_one_line(self, office, to_send):
        lines = office.lines
        for rank in range(5):
            to_send(key=str(rank))
        services.sweep(at=timezone.now())
        assert office.lines == lines + 1

    def test_its_files_leave_with_it(self, office, to_send):
        name = default_storage.save("piece.pdf", ContentFile(b"%PDF-1.7"))
        described = [{"name": "Courrier.pdf", "content_type": "application/pdf"}]
        send(to_send(stored=[name], files=described))
        assert office.shelf.newest_first()[0].files == ["Courrier.pdf"]


class TestHeaders:
    def test_M18_line_breaks_in_names_and_subjects_never_stop_a_send_nor_begin_a_header(
        self, office, to_send
    ):
        evil = "Lyon 8\r\nBcc: victime@exemple.fr\r\n\r\nPiège"
        mail = to_send(
            sender=evil,
            subject=f"Votre demande\n{evil}",
            references=[f"1@exemple.fr\r\n{evil}"],
            reply_to=f"demande+x@demande.invalid\n{evil}",
        )
        assert send(mail) == State.SENT
        (posted,) = office.shelf.newest_first()
        assert posted.to == "amina@exemple.fr"
        assert posted.subject.strip().startswith("Votre demande Lyon 8 Bcc: victime@exemple.fr")
        assert posted.text.replace("\r", "").strip() == "Bonjour,\n\nReçue."

    @pytest.mark.parametrize(
        "recipient", ["amina@exemple.fr\r\nBcc: victime@exemple.fr", "amina@exemple.fr victime@exemple.fr"]
    )
    def test_M18_two_addresses_in_one_are_no_address(self, office, to_send, recipient):
        assert send(to_send(recipient=recipient)) == State.FAILED
        assert office.ids == []


class TestRefusals:
    def test_O03_a_temporary_refusal_waits_and_leaves_later(self, office, to_send):
        outgoing = to_send()
        office.trouble.set("450", 1)
        assert send(outgoing) == State.QUEUED
        outgoing.refresh_from_db()
        assert outgoing.try_after > timezone.now() + timedelta(seconds=20)
        assert send(outgoing, at=outgoing.try_after) == State.SENT

    def test_O03_it_waits_longer_each_time(self, office, to_send):
        outgoing, now, waits = to_send(), timezone.now(), []
        office.trouble.set("450", 4)
        for _ in range(4):
            send(outgoing, at=now)
            outgoing.refresh_from_db()
            waits.append(outgoing.try_after - now)
            now = outgoing.try_after
        assert waits == sorted(waits)
        assert waits[3] > timedelta(minutes=3)

    def test_O03_two_that_failed_together_do_not_come_back_together(self, office, to_send):
        rows, now = [to_send(key=str(rank)) for rank in range(4)], timezone.now()
        office.trouble.set("450", 4)
        for row in rows:
            send(row, at=now)
        assert len(set(Outgoing.objects.values_list("try_after", flat=True))) == 4

    def test_O03_it_is_tried_for_a_day_and_never_waits_longer_than_two_hours_and_a_bit(self, office, to_send):
        outgoing, now = to_send(), timezone.now()
        office.trouble.set("450", 1000)
        start, tries = now, []
        while send(outgoing, at=now) == State.QUEUED:
            outgoing.refresh_from_db()
            tries.append(outgoing.try_after - now)
            now = max(outgoing.try_after, pause_of("mail", outgoing.try_after) or now)
        assert timedelta(hours=21) < now - start <= timedelta(hours=24)
        assert max(tries) <= timedelta(hours=2.4)
        assert state_of(outgoing) == State.FAILED

    def test_O03_after_a_day_it_is_given_up(self, office, to_send):
        outgoing, late = to_send(), timezone.now() + timedelta(hours=24)
        office.trouble.set("450", 1)
        assert send(outgoing, at=late) == State.FAILED

    def test_O06_an_address_refused_for_good_ends_it_and_is_to_check(self, office, to_send, amina):
        outgoing = to_send(contact_point=amina.contact_points.get(kind="email"))
        office.trouble.set("550", 1)
        assert send(outgoing) == State.FAILED
        outgoing.refresh_from_db()
        assert "550" in outgoing.reason
        assert ContactPoint.objects.get(pk=outgoing.contact_point_id).needs_check

    def test_O06_an_address_that_cannot_be_written_ends_it(self, office, to_send):
        assert send(to_send(recipient="améliß@exemple.fr")) == State.FAILED
        assert send(to_send(recipient="amina@éxemple.fr")) == State.SENT

    def test_without_a_sending_server_it_waits_as_long_as_needed(self, to_send, office, settings):
        outgoing, settings.EMAIL_URL = to_send(), ""
        week = timezone.now() + timedelta(days=7)
        assert send(outgoing, at=week) == State.QUEUED
        settings.EMAIL_URL = office.url
        services.sweep(at=week + timedelta(hours=1))
        assert state_of(outgoing) == State.SENT

    def test_a_file_that_cannot_be_read_holds_up_nobody(self, office, to_send):
        described = [{"name": "a.pdf", "content_type": "application/pdf"}]
        lost = [to_send(key=str(n), stored=["gone.pdf"], files=described) for n in range(6)]
        good = to_send(key="good")
        services.sweep(at=timezone.now())
        assert state_of(good) == State.SENT
        assert {state_of(each) for each in lost} == {State.QUEUED}
        assert pause_of("mail", timezone.now()) is None

    def test_F08_a_message_that_breaks_our_code_does_not_hold_up_the_others(self, office, to_send):
        poison, good = to_send(key="poison"), to_send(key="good")
        Outgoing.objects.filter(pk=poison.pk).update(payload={})
        now = timezone.now()
        for day in range(4):
            services.sweep(at=now + timedelta(hours=day * 3))
        poison.refresh_from_db()
        assert (poison.state, poison.attempts) == (State.FAILED, 3)
        assert poison.reason == "Trois essais ont échoué (KeyError)."
        assert state_of(good) == State.SENT

    def test_P01_its_log_names_nobody(self, office, to_send, caplog):
        poison = to_send()
        Outgoing.objects.filter(pk=poison.pk).update(payload={})
        send(poison)
        office.trouble.set("550", 1)
        send(to_send(key="2"))
        assert f"outgoing {poison.pk}: KeyError" in caplog.text
        assert "amina" not in caplog.text


def test_O02_what_fails_after_the_hand_over_sends_nothing_again(office, to_send, monkeypatch):
    outgoing = to_send()
    monkeypatch.setattr(noting, "step", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send(outgoing)
    monkeypatch.undo()
    services.sweep(at=timezone.now() + timedelta(hours=1))
    assert state_of(outgoing) == State.SENT
    assert len(office.ids) == 1
