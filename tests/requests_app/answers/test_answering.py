"""An answer: written once, sent once, undone in time."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from requests_app.answers import services
from requests_app.answers.models import Draft, DraftFile
from requests_app.answers.recipients import other_address, other_recipient, read_recipients
from requests_app.answers.services.posting import paper_of
from requests_app.lib import seals
from requests_app.outbox import links
from requests_app.outbox.models import Outgoing
from requests_app.people.models import ContactPoint, Person
from requests_app.tickets.errors import AlreadyClosed, ChangedMeanwhile, NotAllowed, Refused
from requests_app.tickets.models import Event, State, Ticket, Touchpoint
from requests_app.tickets.services import add_note, add_participant, ask, take

pytestmark = pytest.mark.django_db

ADDRESS = "amina.benali@exemple.fr"
PDF = b"%PDF-1.4\n%%EOF"
TOKEN = "0" * 32


@pytest.fixture
def asked(make_ticket, make_touchpoint, amina):
    """A ticket of Amina's that came by mail from their own address."""
    ticket = make_ticket(person=amina, text=None)
    make_touchpoint(ticket, sender=ADDRESS, facts={"message_id": "premier@exemple.fr"})
    return ticket


@pytest.fixture
def write(asked, chloe):
    """Type an answer; files are (name, bytes)."""

    def typed(text="Voici la réponse.", *files, ticket=None, by=None, token=""):
        uploaded = [SimpleUploadedFile(name, data) for name, data in files]
        return services.save_draft(
            ticket=ticket or asked,
            kind="answer",
            text=text,
            by=by or chloe,
            at=timezone.now(),
            token=token,
            files=uploaded,
        )

    return typed


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def send(ticket, by, *, then="", to=None, token=TOKEN, at=None, also=()):
    return services.answer(
        also=also,
        ticket=fresh(ticket),
        to=to or read_recipients(ticket)[0],
        token=token,
        then=then,
        by=by,
        at=at or timezone.now(),
    )


class TestFollowing:
    def test_W09_opens_the_follow_up_page_to_her_own_address(self, asked, chloe, write):
        write()
        touchpoint = send(asked, chloe)
        leaves = links.insert_links(touchpoint.outgoing.payload["text"], touchpoint.outgoing)
        secret = leaves.partition("/s/")[2].split()[0]
        assert links.resolve(secret, timezone.now()) == ("ticket", asked.pk)
        assert secret not in touchpoint.text
        assert "[lien de suivi]" in touchpoint.text

    def test_W09_opens_nothing_to_an_address_that_may_be_mistyped(self, asked, chloe, write):
        write()
        touchpoint = send(asked, chloe, to=other_address("autre@exemple.fr", asked))
        assert "lien" not in touchpoint.outgoing.payload["text"]

    def test_W09_a_helper_gets_the_words_and_not_her_link(self, asked, chloe, write):
        helper = add_participant(
            ticket=fresh(asked),
            address="aide@exemple.fr",
            name="Une aide",
            role="helper",
            may_receive=True,
            by=chloe,
            at=timezone.now(),
        )
        write()
        send(asked, chloe, also=[helper])
        copy = Outgoing.objects.get(recipient="aide@exemple.fr")
        assert "Voici la réponse." in copy.payload["text"]
        assert "lien" not in copy.payload["text"]


class TestLanguage:
    @pytest.mark.parametrize(
        ("of_ticket", "of_person", "is_english"),
        [("en", "", True), ("", "en", True), ("en", "fr", True), ("fr", "en", False), ("", "", False)],
    )
    def test_the_frame_is_in_the_language_of_who_reads_it(
        self, asked, amina, chloe, write, of_ticket, of_person, is_english
    ):
        Ticket.objects.filter(pk=asked.pk).update(language=of_ticket)
        Person.objects.filter(pk=amina.pk).update(language=of_person)
        write("Votre dossier est complet.")
        payload = send(asked, chloe).outgoing.payload
        assert "Votre dossier est complet." in payload["text"]
        assert (f"Your request {asked.reference}" == payload["subject"]) == is_english
        assert ("Your request number is" in payload["text"]) == is_english
        assert ("Votre demande porte le numéro" in payload["text"]) != is_english

    def test_on_paper_too(self, asked, chloe, write):
        Ticket.objects.filter(pk=asked.pk).update(language="en")
        draft = write("Your file is complete.")
        paper = paper_of(draft=Draft.objects.get(pk=draft.pk), by=chloe, at=timezone.now())
        assert (paper.language, paper.subject) == ("en", f"Your request {asked.reference}")
        assert paper.signature[-1].startswith("Agent at: ")


class TestSending:
    def test_writes_one_message_that_waits_ten_seconds(self, asked, chloe, write):
        write()
        at = timezone.now()
        touchpoint = send(asked, chloe, at=at)
        outgoing = touchpoint.outgoing
        assert (outgoing.recipient, outgoing.kind, outgoing.state) == (ADDRESS, "answer", "queued")
        assert timedelta(seconds=10) <= outgoing.try_after - at < timedelta(seconds=15)
        assert not Draft.objects.exists()

    def test_says_who_answers_and_from_where(self, asked, chloe, write, lyon_8):
        write("Votre dossier est complet.")
        payload = send(asked, chloe).outgoing.payload
        assert payload["subject"] == f"Votre demande {asked.reference}"
        assert payload["sender"] == lyon_8.name
        for words in (
            "Votre dossier est complet.",
            "Chloé Martin",
            lyon_8.name,
            lyon_8.address,
            asked.reference,
        ):
            assert words in payload["text"]

    def test_joins_the_conversation_of_the_mail_program(self, asked, chloe, write):
        write()
        payload = send(asked, chloe).outgoing.payload
        assert payload["references"] == ["premier@exemple.fr"]
        assert seals.reference_of_address(payload["reply_to"]) == asked.reference

    def test_a_subject_of_the_person_never_enters_ours(self, asked, chloe, write):
        Ticket.objects.filter(pk=asked.pk).update(subject="Bcc: tous@exemple.fr\r\nX: y")
        write()
        assert send(asked, chloe).outgoing.payload["subject"] == f"Votre demande {asked.reference}"

    def test_files_leave_with_it_and_are_in_the_thread(self, asked, chloe, write):
        write("Ci-joint.", ("avis.pdf", PDF))
        touchpoint = send(asked, chloe)
        (attachment,) = touchpoint.attachments.all()
        assert touchpoint.outgoing.payload["files"] == [
            {"name": "avis.pdf", "content_type": "application/pdf"}
        ]
        assert touchpoint.outgoing.files == [attachment.file.name]
        assert attachment.file.read() == PDF
        assert not DraftFile.objects.exists()

    def test_the_ticket_is_open_and_of_who_answered(self, asked, chloe, write):
        write()
        at = timezone.now()
        send(asked, chloe, at=at)
        ticket = fresh(asked)
        assert (ticket.state, ticket.assignee) == (State.OPEN, chloe)
        assert ticket.waiting_since == ticket.first_answered_at == ticket.answered_at == at

    def test_a_second_answer_keeps_the_date_of_the_first(self, asked, chloe, write):
        first = timezone.now()
        write()
        send(asked, chloe, at=first)
        write("Encore un mot.")
        send(asked, chloe, token="1" * 32, at=first + timedelta(hours=1))
        assert fresh(asked).first_answered_at == first

    @pytest.mark.parametrize(
        ("then", "state", "kind"),
        [("close", State.CLOSED, "closed"), ("wait", State.WAITING_PERSON, "waiting")],
    )
    def test_says_what_becomes_of_the_ticket(self, asked, chloe, write, then, state, kind):
        write()
        send(asked, chloe, then=then)
        assert fresh(asked).state == state
        assert list(Event.objects.filter(ticket=asked).values_list("kind", flat=True)) == [kind]

    def test_a_colleague_who_holds_the_ticket_keeps_it(self, asked, chloe, david, write):
        take(ticket=fresh(asked), by=david, at=timezone.now())
        write()
        send(asked, chloe)
        assert fresh(asked).assignee == david


class TestRefusals:
    def test_nothing_typed(self, asked, chloe):
        with pytest.raises(Refused, match="Écrivez votre réponse"):
            send(asked, chloe)

    def test_something_left_to_complete(self, asked, chloe, write):
        write("Il manque : [à compléter : nom du papier].")
        with pytest.raises(Refused, match="nom du papier"):
            send(asked, chloe)

    def test_W12_a_ticket_that_changed_meanwhile(self, asked, chloe, david, write):
        write()
        seen = fresh(asked)
        take(ticket=fresh(asked), by=david, at=timezone.now())
        with pytest.raises(ChangedMeanwhile):
            services.answer(
                ticket=seen, to=read_recipients(seen)[0], token=TOKEN, by=chloe, at=timezone.now()
            )
        assert Draft.objects.get().text == "Voici la réponse."
        assert not Outgoing.objects.exists()

    def test_a_closed_ticket(self, make_ticket, make_touchpoint, chloe, write):
        closed = make_ticket(state=State.CLOSED, text=None)
        make_touchpoint(closed, sender=ADDRESS)
        write(ticket=closed)
        with pytest.raises(AlreadyClosed):
            send(closed, chloe)

    def test_A01_who_only_reads_does_not_answer(self, asked, bruno, write):
        write(by=bruno)
        with pytest.raises(NotAllowed):
            send(asked, bruno)


class TestTwice:
    def test_O02_a_page_posted_twice_sends_once(self, asked, chloe, write):
        write()
        first = send(asked, chloe)
        assert services.sent_already(asked, TOKEN) == first

    def test_an_answer_taken_back_may_be_sent_again_from_the_same_page(self, asked, chloe, write):
        write()
        services.unsend(touchpoint=send(asked, chloe), by=chloe, at=timezone.now())
        assert services.sent_already(asked, TOKEN) is None
        assert send(asked, chloe).outgoing.state == Outgoing.State.QUEUED

    def test_O02_what_a_page_keeps_late_does_not_come_back_once_it_has_sent(self, asked, chloe, write):
        write()
        send(asked, chloe)
        write(token=TOKEN)
        assert not Draft.objects.exists()
        write("Un mot de plus.", token="1" * 32)
        assert Draft.objects.get().text == "Un mot de plus."

    def test_a_page_whose_answer_is_taken_back_keeps_what_is_typed(self, asked, chloe, write):
        write()
        services.unsend(touchpoint=send(asked, chloe), by=chloe, at=timezone.now())
        write("Voici mieux.", token=TOKEN)
        assert Draft.objects.get().text == "Voici mieux."


class TestTakingBack:
    def test_O08_gives_the_words_the_files_and_the_ticket_back(self, asked, chloe, write):
        before = fresh(asked)
        write("Trop vite.", ("avis.pdf", PDF))
        touchpoint = send(asked, chloe, then="close")
        services.unsend(touchpoint=touchpoint, by=chloe, at=timezone.now())
        after, draft = fresh(asked), Draft.objects.get()
        assert (draft.text, draft.recipient) == ("Trop vite.", f"mail:{ADDRESS}")
        assert draft.files.get().file.read() == PDF
        for name in ("state", "assignee", "waiting_since", "answered_at", "closed_at", "outcome"):
            assert getattr(after, name) == getattr(before, name), name
        assert not Touchpoint.objects.filter(pk=touchpoint.pk).exists()
        assert Outgoing.objects.get().state == Outgoing.State.CANCELLED

    def test_says_so_in_the_thread(self, asked, chloe, write):
        write()
        services.unsend(touchpoint=send(asked, chloe), by=chloe, at=timezone.now())
        assert Event.objects.get(ticket=asked).kind == Event.Kind.UNSENT

    def test_keeps_what_was_begun_meanwhile(self, asked, chloe, write):
        write("Première.")
        touchpoint = send(asked, chloe)
        write("Seconde.")
        draft = services.unsend(touchpoint=touchpoint, by=chloe, at=timezone.now())
        assert draft.text == "Première.\n\nSeconde."

    def test_leaves_the_ticket_to_whoever_worked_on_it_since(self, asked, chloe, david, write):
        write()
        touchpoint = send(asked, chloe)
        services_take = fresh(asked)
        take(ticket=services_take, by=david, at=timezone.now())
        services.unsend(touchpoint=touchpoint, by=chloe, at=timezone.now())
        assert fresh(asked).assignee == david

    def test_comes_too_late_once_it_left(self, asked, chloe, write):
        write()
        touchpoint = send(asked, chloe)
        Outgoing.objects.update(state=Outgoing.State.SENDING)
        with pytest.raises(Refused, match="Trop tard"):
            services.unsend(touchpoint=touchpoint, by=chloe, at=timezone.now())

    def test_what_did_not_arrive_can_be_sent_another_way(self, asked, chloe, write):
        write("Bonjour.")
        touchpoint = send(asked, chloe)
        Outgoing.objects.update(state=Outgoing.State.FAILED, reason="refusé")
        assert services.reuse(touchpoint=touchpoint, by=chloe, at=timezone.now()).text == "Bonjour."
        assert Touchpoint.objects.filter(pk=touchpoint.pk).exists()


class TestRecipients:
    def test_an_address_she_wrote_from_comes_first_without_a_warning(self, asked, amina):
        ContactPoint.objects.create(
            person=amina, kind="email", value="autre@exemple.fr", created_at=timezone.now()
        )
        first, second, _telephone = read_recipients(asked)
        assert (first.address, first.warning) == (ADDRESS, "")
        assert "jamais écrit" in second.warning

    def test_O06_an_address_that_bounced_is_told(self, asked):
        ContactPoint.objects.filter(value=ADDRESS).update(needs_check=True)
        assert "pas arrivé" in read_recipients(asked)[0].warning

    def test_a_person_who_wants_no_answer_there_gets_none(self, asked, chloe, write):
        ContactPoint.objects.filter(value=ADDRESS).update(usable_for=["reminder"])
        write()
        refused = next(each for each in read_recipients(asked) if each.address == ADDRESS)
        with pytest.raises(Refused, match="ne veut pas"):
            send(asked, chloe, to=refused)

    def test_whoever_wrote_in_the_ticket_can_be_answered(self, make_ticket, make_touchpoint):
        ticket = make_ticket(text=None)
        make_touchpoint(ticket, sender="voisine@exemple.fr")
        make_touchpoint(ticket, sender="voisine@exemple.fr")
        assert [each.address for each in read_recipients(ticket)] == ["voisine@exemple.fr"]

    def test_O08_another_address_is_checked_and_warned_of(self, asked):
        assert "jamais écrit" in other_address(" Voisine@Exemple.fr ", asked).warning
        assert other_address(ADDRESS.upper(), asked).warning == ""
        with pytest.raises(ValueError, match=r"nom@exemple\.fr"):
            other_address("a@b\r\nBcc: c@d.fr", asked)

    def test_O08_another_number_is_read_in_any_form_and_warned_of(self, asked):
        found = other_recipient("06.12 34-56 78", asked)
        assert (found.channel, found.address) == ("sms", "+33612345678")
        assert "jamais écrit de ce numéro" in found.warning

    def test_O08_her_own_number_typed_again_is_known_and_keeps_what_is_said_of_it(self, asked, amina):
        ContactPoint.objects.filter(kind="phone").update(verified_at=timezone.now())
        found = other_recipient("06 39 98 12 34", asked)
        assert (found.contact_point_id, found.warning) == (amina.contact_points.get(kind="phone").pk, "")
        ContactPoint.objects.filter(kind="phone").update(usable_for=["nothing"])
        assert "à ce numéro" in other_recipient("+33639981234", asked).why_not

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("04 78 63 40 40", "ne reçoit pas de SMS"),
            ("0899 123 456", "ne reçoit pas de SMS"),
            ("+41 79 123 45 67", "vers ce pays"),
            ("12", "nom@exemple"),
            ("", "nom@exemple"),
            ("\x00", "nom@exemple"),
        ],
    )
    def test_S06_a_number_that_gets_no_sms_is_refused_in_words(self, asked, typed, why):
        with pytest.raises(ValueError, match=why):
            other_recipient(typed, asked)


class TestSettling:
    @pytest.fixture
    def to_acknowledge(self, asked):
        at = timezone.now()
        return ask(
            ticket=asked, kind="acknowledge", text="Limite.", key=f"acknowledge:{asked.reference}", at=at
        )

    def test_an_answer_acknowledges_what_a_limit_kept_back(self, asked, chloe, write, to_acknowledge):
        write()
        send(asked, chloe)
        to_acknowledge.refresh_from_db()
        assert (to_acknowledge.done_by, fresh(asked).tasks_count) == (None, 0)

    def test_taken_back_it_is_to_do_again(self, asked, chloe, write, to_acknowledge):
        write()
        services.unsend(touchpoint=send(asked, chloe), by=chloe, at=timezone.now())
        assert asked.tasks.to_do().get().text == "Limite."
        assert fresh(asked).tasks_count == 1


class TestNotes:
    def test_W12_a_note_is_never_in_what_leaves(self, asked, chloe, write):
        add_note(ticket=asked, text="Elle a peur de son mari.", by=chloe, at=timezone.now())
        write()
        assert "peur" not in str(send(asked, chloe).outgoing.payload)
