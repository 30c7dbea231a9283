"""The promises that every channel keeps; the tests in its folder inherit them.

class TestSmsHears(HearingPromises):
    kind, raw_sample = KEY, b"From=%2B33639981234&Body=Bonjour"

class TestSmsSpeaks(SpeakingPromises):
    kind, contact_kind, reached = KEY, "phone", "+33639981234"
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from channels_app.contract import Ignored, Parsed, RawMessage, TemporaryFailure, Uncertain, Undeliverable
from channels_app.intake import services
from channels_app.intake.models import Arrival
from channels_app.registry import inbound_of, outbound_of, salvage_from
from requests_app.channels.outbound import Address, Reply
from requests_app.channels.registry import channel_of, is_open
from requests_app.channels.ways_out import keys_writing_to, way_to
from requests_app.outbox.models import Outgoing
from requests_app.tickets.models import Ticket, Touchpoint

State = Arrival.State


@pytest.mark.django_db
class HearingPromises:
    """Parsed once, noise set aside with a reason, a word becomes a ticket.

    ``unreadable`` is what its kind cannot read, None when it reads any bytes.
    """

    kind: str
    raw_sample: bytes
    address = ""
    unreadable: bytes | None = b"\xff\x00"
    word = "Bonjour"

    @pytest.fixture
    def sample(self, territory):
        """Return the bytes of a first message; a channel that needs rows overrides it."""
        return self.raw_sample

    def keep(self, raw, *, key=""):
        stored = services.store_unqueued(
            channel=self.kind, address=self.address, raw=raw, source="test", at=timezone.now(), key=key
        )
        return stored.arrival_id

    def receive_message(self, raw, *, key=""):
        arrival_id = self.keep(raw, key=key)
        services.process(arrival_id=arrival_id, at=timezone.now())
        return Arrival.objects.select_related("touchpoint__ticket").get(pk=arrival_id)

    def test_a_word_becomes_a_demand_with_its_touchpoint(self, sample):
        arrival = self.receive_message(sample)
        assert arrival.state == State.HEARD
        touchpoint = arrival.touchpoint
        assert (touchpoint.channel, touchpoint.direction) == (self.kind, Touchpoint.Direction.IN)
        assert self.word in touchpoint.text
        assert touchpoint.ticket.channel == self.kind

    def test_I3_the_same_input_is_heard_once(self, sample):
        first, second = self.receive_message(sample, key="1"), self.receive_message(sample, key="1")
        assert first.pk == second.pk
        assert Ticket.objects.count() == 1

    def test_I3_a_bell_that_rings_twice_changes_nothing(self, sample):
        arrival = self.receive_message(sample)
        services.process(arrival_id=arrival.pk, at=timezone.now())
        assert Touchpoint.objects.filter(direction=Touchpoint.Direction.IN).count() == 1

    def test_I2_a_lost_bell_is_made_good_by_the_sweep(self, sample):
        arrival_id = self.keep(sample)
        services.sweep(at=timezone.now() + timedelta(minutes=1))
        assert Arrival.objects.get(pk=arrival_id).state == State.HEARD

    def test_I2_what_cannot_be_read_waits_in_quarantine_with_its_reason(self, sample):
        if self.unreadable is None:
            pytest.skip("this channel reads any bytes")
        arrival = self.receive_message(self.unreadable)
        assert arrival.state == State.QUARANTINED
        assert arrival.reason
        assert bytes(arrival.raw.data) == self.unreadable

    def test_hearing_writes_nothing_by_itself(self, sample):
        before = Ticket.objects.count()
        arrived = self.make_arrived(sample)
        first, second = (type(inbound_of(self.kind).parse(arrived)) for _ in range(2))
        assert first is second
        assert first in {Parsed, Ignored}
        assert Ticket.objects.count() == before

    def make_arrived(self, raw):
        return RawMessage(self.keep(raw), self.address, raw, timezone.now())

    def test_N01_what_became_no_ticket_can_be_read_all_the_same(self, sample):
        before, arrived = Ticket.objects.count(), self.make_arrived(sample)
        whole, brief = (salvage_from(self.kind, arrived, is_brief=is_brief) for is_brief in (False, True))
        assert whole is not None
        assert brief is not None
        assert self.word in whole.text
        assert (brief.sender_value, brief.subject) == (whole.sender_value, whole.subject)
        assert not brief.files
        assert not whole.is_sender_sure
        assert {whole.follows, whole.ticket_id, whole.person_id, whole.new_person} <= {"", None}
        assert Ticket.objects.count() == before

    def test_O01_it_says_how_often_a_doubtful_message_may_leave_again(self):
        assert outbound_of(self.kind).most_resends in range(4)

    @pytest.fixture
    def no_provider(self):
        """Forbid any carrier: a channel that sends overrides it."""

    def test_nothing_leaves_without_a_way_out(self, sample, no_provider):
        outgoing = Outgoing(
            channel=self.kind,
            recipient="+33639981234",
            payload={"subject": "x", "text": "Bonjour"},
            attempts=1,
        )
        outgoing.created_at = timezone.now()
        with pytest.raises((Undeliverable, TemporaryFailure, Uncertain)):
            outbound_of(self.kind).send(outgoing, at=timezone.now())


@pytest.mark.django_db
class SpeakingPromises:
    """It says whom it reaches, carries what it says it can, and refuses the rest in words.

    ``reached`` is a value of ``contact_kind`` that it reaches, ``unreached`` one that it does not (None when
    it reaches them all). ``too_long`` are words of an agent that it cannot carry (None when it carries any).
    """

    kind: str
    contact_kind: str
    reached: str
    unreached: str | None = None
    too_long: str | None = None

    @pytest.fixture
    def out(self, db):
        return outbound_of(self.kind)

    def reply(self, typed="", **more):
        return Reply(
            ticket_id=0,
            reference="LYN-222222",
            full=lambda: {
                "subject": "Votre demande",
                "sender": "La Métropole",
                "text": "Bonjour, en entier.",
            },
            brief=lambda: ["Bonjour, en peu de mots.", "Bonjour."],
            typed=typed,
            **more,
        )

    def test_it_is_open_and_described(self):
        channel = channel_of(self.kind)
        assert channel.is_open
        assert (str(channel.label), channel.icon, channel.css) != ("", "", "")
        assert is_open(self.kind)

    def test_it_reaches_its_own_contacts_and_no_other(self, out):
        assert out.contact_kind == self.contact_kind
        assert out.reaches(Address(self.contact_kind, self.reached))
        assert not out.reaches(Address("", self.reached))
        assert not out.why_unreached(self.reached)
        assert out.label_of(self.reached)
        if self.unreached is not None:
            assert not out.reaches(Address(self.contact_kind, self.unreached))
            assert out.why_unreached(self.unreached)

    def test_it_is_a_way_to_them(self):
        assert self.kind in keys_writing_to(self.contact_kind)
        found = way_to(Address(self.contact_kind, self.reached), wrote_by=self.kind)
        assert found == channel_of(self.kind)

    def test_it_says_what_it_costs_within_its_limit(self, out):
        for reply in (self.reply(), self.reply("Votre dossier est complet.")):
            payload = out.compose(reply)
            assert not payload.why_not
            assert "Bonjour" in payload.content["text"] or "complet" in payload.content["text"]
            assert payload.segments >= 1
            assert not payload.limit or payload.segments <= payload.limit
        assert out.compose(self.reply(more={"discreet": True})).content["discreet"] is True
        assert not Outgoing.objects.exists()

    def test_what_it_cannot_carry_is_refused_in_words(self, out):
        if self.too_long is None:
            pytest.skip("this channel carries any words")
        assert out.compose(self.reply(self.too_long)).why_not

    def test_it_has_words_for_what_goes_wrong(self, out):
        assert all(str(each) for each in (out.late, out.unreceived, out.refused))
        assert str(out.refused) % {"to": "06", "why": "x"}
