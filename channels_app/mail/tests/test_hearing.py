"""From the bytes that were kept to the ticket that staff see."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.mail.mailboxes import mailboxes
from channels_app.mail.tests.mails import raw as sample
from channels_app.mail.tests.receiving import NOW, mail, receive_mail, store_mail
from channels_app.testing import HearingPromises
from requests_app.maisons.models import Maison
from requests_app.people.models import Person
from requests_app.tickets.models import Attachment, Mark, Ticket, TicketLink

State = Arrival.State
pytestmark = pytest.mark.django_db


class TestMailHears(HearingPromises):
    kind, address = "mail", "accueil@demande.invalid"
    raw_sample = b"From: amina@exemple.fr\r\nMessage-ID: <1@exemple.fr>\r\n\r\nBonjour\r\n"
    unreadable = b"From: a@b.fr\r\n" + b"X: " + b"a" * 70_000 + b"\r\n\r\nBonjour"

    @pytest.fixture
    def no_provider(self, settings):
        settings.EMAIL_URL = ""


class TestWords:
    def test_become_a_demand_of_a_new_person(self, territory):
        sender = "Amina Benali <amina@exemple.fr>"
        touchpoint = receive_mail(
            mail("Subject: Carte Pastel", "Ma carte est perdue.", sender=sender)
        ).touchpoint
        assert touchpoint.text.strip() == "Ma carte est perdue."
        assert touchpoint.ticket.subject == "Carte Pastel"
        assert touchpoint.ticket.person.full_name == "Amina Benali"

    def test_go_to_the_person_who_is_known_by_that_address(self, territory, amina):
        assert receive_mail(mail(sender="AMINA.BENALI@exemple.fr")).touchpoint.ticket.person == amina

    def test_cost_ten_statements_to_understand_and_five_to_acknowledge_with_a_link(self, territory, amina):
        receive_mail(mail(sender="quelqu.un@exemple.fr"))
        arrival_id = store_mail(mail("Subject: encore", sender="amina.benali@exemple.fr"))
        with CaptureQueriesContext(connection) as spent:
            services.process(arrival_id=arrival_id, at=NOW)
        statements = [q["sql"] for q in spent if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len([sql for sql in statements if "outbox_secretlink" in sql]) == 1
        assert len(statements) <= 10 + 5, statements  # whether a colleague writes, and the log of events

    def test_say_when_they_came_by_our_clock_only(self, territory):
        arrival = receive_mail(mail("Date: Tue, 1 Jan 3609 00:00:00 +0000"))
        assert arrival.touchpoint.occurred_at == NOW

    def test_keep_what_the_mail_said_of_itself(self, territory):
        facts = receive_mail(mail("Message-ID: <1@exemple.fr>")).touchpoint.facts
        assert (facts["message_id"], facts["from"]) == ("1@exemple.fr", "amina@exemple.fr")

    def test_go_to_the_maison_whose_mailbox_was_written_to(self, territory, lyon_8):
        Maison.objects.filter(pk=lyon_8.pk).update(email="mdm.lyon8@exemple.fr")
        mailboxes.refresh()
        assert mailboxes.is_a_maisons("mdm.lyon8+suite@demande.invalid")
        assert mailboxes.serves("MDM.lyon8@exemple.fr")
        assert not mailboxes.serves("autre@exemple.fr")


class TestNoise:
    def test_M11_is_put_aside_with_a_reason(self, territory):
        arrival = receive_mail(sample("bounce_without_report_fr"))
        assert (arrival.state, arrival.touchpoint) == (State.DISCARDED, None)
        assert arrival.reason
        assert not Ticket.objects.exists()

    def test_M11_an_empty_envelope_sender_is_told_by_the_door_alone(self, territory):
        raw = mail("Subject: Re: Votre demande", "Je suis absent jusqu'au 15 mars.")
        by_the_door = receive_mail(b"\r\n" + raw, facts={"return_path": ""})
        by_a_person = receive_mail(raw, facts={"return_path": "amina@exemple.fr"})
        assert by_the_door.state == by_a_person.state == State.HEARD  # it answers nothing of ours (N01)
        marks = [each.touchpoint.ticket.marks for each in (by_the_door, by_a_person)]
        assert marks == [[Mark.MACHINE], []]

    def test_M11_the_path_of_a_list_is_told_by_the_door_alone(self, territory):
        arrival = receive_mail(
            mail("Subject: La rue"), facts={"return_path": "owner-quartier@listes.example"}
        )
        assert (arrival.facts["list"], arrival.facts["no_ack"]) == (True, True)

    def test_lists_are_read(self, territory):
        arrival = receive_mail(mail("List-Id: <quartier.exemple.fr>\r\nPrecedence: list"))
        assert arrival.state == State.HEARD
        assert arrival.facts["no_ack"]


class TestRepeats:
    def test_I3_the_same_mail_by_another_way_is_a_duplicate(self, territory):
        head = "Message-ID: <1@exemple.fr>\r\nSubject: x"
        first = receive_mail(mail(head))
        second = receive_mail(mail(f"{head}\r\nReceived: by elsewhere"))
        assert (first.state, second.state) == (State.HEARD, State.DISCARDED)
        assert second.facts["reason_code"] == "duplicate"
        assert Ticket.objects.count() == 1

    def test_I3_one_message_id_for_other_words_is_another_mail(self, territory):
        head = "Message-ID: <1@exemple.fr>"
        assert receive_mail(mail(head, "un")).state == receive_mail(mail(head, "deux")).state == State.HEARD

    def test_M06_the_same_mail_to_two_services_is_heard_at_both_and_linked(self, territory):
        lyon, villeurbanne = "mdm.lyon8-est@demande.invalid", "mdm.villeurbanne@demande.invalid"
        raw = mail(f"Message-ID: <1@exemple.fr>\r\nTo: {lyon}, {villeurbanne}")
        first, second = receive_mail(raw, to=lyon), receive_mail(raw, to=villeurbanne)
        assert first.state == second.state == State.HEARD
        link = TicketLink.objects.get()
        assert (link.kind, link.is_accepted) == (TicketLink.Kind.SAME_MESSAGE, True)
        assert {link.from_ticket, link.to_ticket} == set(Ticket.objects.all())

    def test_M06_two_names_of_one_service_are_one_demand(self, territory):
        raw = mail("Message-ID: <1@exemple.fr>\r\nTo: mdm.lyon8-est@demande.invalid")
        first = receive_mail(raw, to="mdm.lyon8-est@demande.invalid")
        second = receive_mail(raw, to="mdm.lyon8-est@grandlyon.com")
        assert (first.state, second.state) == (State.HEARD, State.DISCARDED)
        assert second.facts["reason_code"] == "duplicate"

    def test_a_duplicate_leaves_no_file_behind(self, territory):
        head = b"From: a@b.fr\r\nMessage-ID: <1@b.fr>\r\n"
        file = b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4 facture"
        receive_mail(head + file)
        before = files_on_disk()
        assert receive_mail(head + b"X-Way: 2\r\n" + file).state == State.DISCARDED
        assert files_on_disk() == before


class TestOddMails:
    @pytest.mark.parametrize("name", ["m05_empty_from", "m05_two_from_no_date", "m03_message_id_empty"])
    def test_M05_is_heard_with_the_sender_it_has(self, territory, name):
        assert receive_mail(sample(name)).state == State.HEARD

    def test_M05_without_sender_belongs_to_nobody(self, territory):
        ticket = receive_mail(b"From: <>\r\nSubject: x\r\n\r\nBonjour\0\r\n").touchpoint.ticket
        assert (ticket.person, ticket.sender) == (None, "Expéditeur inconnu")
        assert "\0" not in ticket.excerpt

    @pytest.mark.parametrize("raw", [b"", b"\0", b"\xff" * 500, b"From: \xed@\xa0.fr\r\n\r\n\xed\xa0\x80"])
    def test_M05_whatever_the_bytes_it_ends(self, territory, raw):
        assert receive_mail(raw).state in {State.HEARD, State.QUARANTINED}

    def test_claims_of_being_ourselves_make_no_person(self, territory):
        assert receive_mail(mail(sender="accueil@demande.invalid")).touchpoint.ticket.person is None
        assert not Person.objects.exists()

    def test_M10_our_control_headers_change_nothing(self, territory):
        ticket = receive_mail(sample("m10_our_control_headers")).touchpoint.ticket
        assert (ticket.state, ticket.priority, ticket.assignee) == ("to_sort", "normal", None)


class TestHostileMails:
    def test_M13_show_no_script(self, territory):
        html = receive_mail(sample("hostile_html")).touchpoint.html.lower()
        for word in ("<script", "onerror", "javascript:", "<form", "<base", "<svg", "<style"):
            assert word not in html

    def test_M15_have_files_with_names_of_our_own_and_the_type_of_their_bytes(self, territory):
        files = list(
            Attachment.objects.filter(touchpoint=receive_mail(sample("m15_dangerous_names")).touchpoint)
        )
        assert files
        for file in files:
            assert not set(file.name) & set("/\\\u202e\r\n")
            assert Path(file.file.name).name.isalnum()
            assert file.content_type not in {"text/html", "image/svg+xml"}


def files_on_disk() -> int:
    return sum(len(names) for _folder, _folders, names in os.walk(settings.FILES_ROOT))
