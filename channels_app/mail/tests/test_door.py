import threading

import pytest
from django.utils import timezone

from channels_app.intake.models import Arrival, ArrivalRaw
from channels_app.intake.services import reconcile
from channels_app.mail.door import answers
from channels_app.mail.tests.doors import HERE, RAW, stored_mails
from requests_app.lib import seals
from requests_app.maisons.models import Commune, Maison


class TestWhatIsKept:
    def test_I1_says_yes_once_the_bytes_are_committed(self, door):
        assert door.talk("EHLO test").deliver(RAW, HERE) == [answers.KEPT]
        arrival = Arrival.objects.get()
        assert (arrival.state, arrival.address, arrival.source) == ("pending", HERE, "smtp")
        assert stored_mails() == [RAW]

    @pytest.mark.parametrize(
        "raw",
        [
            pytest.param(b"Subject: x\r\n\r\n" + b"y" * 300_000 + b"\r\n", id="a line of 300 000 bytes"),
            pytest.param(b"Subject: x\r\n\r\na\nb\rc\0d\r\r\n\n.\nf\n..\r\n", id="lone CR, LF, dot, NUL"),
            pytest.param(b"Subject: x\r\n\r\n.\r\n..\r\n.z\r\n\r\n.\r\n", id="dots"),
            pytest.param(b".\r\n", id="a dot"),
            pytest.param(b"\r\n", id="an empty line"),
            pytest.param(b"Subject: \xe9\xff\r\n\r\n\xc3\xa9\x80\r\n", id="eight bits"),
        ],
    )
    def test_keeps_the_bytes_as_they_were_sent(self, door, raw):
        assert door.talk().deliver(raw, HERE) == [answers.KEPT]
        assert stored_mails() == [raw]

    def test_keeps_a_mail_of_no_byte_at_all(self, door):
        talk = door.talk()
        talk.say("MAIL FROM:<>")
        talk.say(f"RCPT TO:<{HERE}>")
        talk.say("DATA")
        assert talk.say(".") == answers.KEPT
        assert stored_mails() == [b""]

    def test_takes_chunks_of_any_size(self, door):
        talk = door.talk()
        talk.say("MAIL FROM:<>")
        talk.say(f"RCPT TO:<{HERE}>")
        talk.send(b"BDAT 3\r\n.\r\n")
        assert talk.answer().startswith("250")
        talk.send(b"BDAT 4 LAST\r\nab\n.")
        assert talk.answer() == answers.KEPT
        assert stored_mails() == [b".\r\nab\n."]

    def test_ends_a_mail_only_at_a_lone_dot_between_crlf(self, door):
        smuggled = b"Subject: x\r\n\r\nun\n.\r\nMAIL FROM:<>\r\ndeux\r\n.\nRCPT TO:<x>\r\ntrois\r\n"
        talk = door.talk()
        assert talk.deliver(smuggled, HERE) == [answers.KEPT]
        assert talk.say("NOOP").startswith("250")
        assert Arrival.objects.count() == 1

    def test_takes_an_empty_sender_and_one_with_accents(self, door):
        talk = door.talk()
        assert talk.say("MAIL FROM:<> BODY=8BITMIME SIZE=100").startswith("250")
        talk.say("RSET")
        assert talk.say("MAIL FROM:<amélie@école.example> SMTPUTF8").startswith("250")
        assert talk.say("RCPT TO:<accueil+évry@demande.invalid>").startswith("250")

    def test_M01_keeps_eight_megabytes_of_photos(self, door):
        raw = b"Subject: photos\r\n\r\n" + (b"A" * 76 + b"\r\n") * 105_000
        assert door.talk().deliver(raw, HERE) == [answers.KEPT]
        assert stored_mails() == [raw]

    def test_M01_refuses_forty_one_megabytes_and_keeps_nothing(self, door):
        talk = door.talk()
        assert talk.deliver(b"x" * (41 * 1024 * 1024), HERE) == [answers.TOO_BIG]
        assert door.door.peers.bytes_in_flight == 0
        assert not stored_mails()
        assert talk.deliver(RAW, HERE) == [answers.KEPT]

    def test_refuses_a_size_told_beforehand(self, door):
        assert door.talk().say("MAIL FROM:<> SIZE=43000000").startswith("552")


class TestRecipients:
    def test_refuses_to_relay(self, door):
        talk = door.talk()
        talk.say("MAIL FROM:<>")
        assert talk.say("RCPT TO:<x@ailleurs.example>") == answers.NOT_OURS
        assert talk.say("RCPT TO:<x@demande.invalid.example>") == answers.NOT_OURS
        assert talk.say("DATA").startswith("503")

    def test_knows_the_mailboxes_of_the_maisons(self, door):
        commune = Commune.objects.create(insee_code="99001", name="Lyon 8e", level="arrondissement")
        Maison.objects.create(code="P1", name="Lyon 8", commune=commune, email="MdM.Lyon8@metropole.example")
        door.door.mailboxes.refresh()
        said = door.talk().deliver(RAW, "mdm.lyon8+suite@metropole.example")
        assert said == [answers.KEPT]

    @pytest.mark.parametrize(
        "address",
        [
            *(
                "demandes",
                "DEMANDES",
                "accueil",
                "accueil+rendez-vous",
                "Demandes+a.b",
                "postmaster",
                "abuse",
            ),
            *("relation.usagers", "Relation.Usagers+x"),
        ],
    )
    def test_N13_takes_mail_for_the_names_it_knows(self, door, settings, address):
        settings.MAIL_FROM = "Relation.Usagers@metropole.example"
        assert door.talk().deliver(RAW, f"{address}@Demande.INVALID") == [answers.KEPT]

    def test_N13_takes_mail_for_a_sealed_address_and_for_none_that_is_made_up(self, door):
        sealed = seals.reply_address("LYN-7K4P2Q")
        returned = seals.return_address(seals.new_message_id("LYN-7K4P2Q"))
        talk = door.talk()
        talk.say("MAIL FROM:<>")
        for address in (sealed, sealed.upper(), returned):
            assert talk.say(f"RCPT TO:<{address}>").startswith("250")
        for address in (sealed.replace(".", ".0", 1), "demande@demande.invalid", "demande+x@demande.invalid"):
            assert talk.say(f"RCPT TO:<{address}>") == answers.NOT_OURS

    @pytest.mark.parametrize(
        "address",
        [
            "contact",
            "root",
            "noreply",
            "demandes.lyon",
            "xdemandes",
            "demandesx",
            "+demandes",
            "évry",
            "accueil@x",
        ],
    )
    def test_N13_refuses_any_other_name_at_our_domain(self, door, address):
        talk = door.talk()
        talk.say("MAIL FROM:<> SMTPUTF8")
        assert talk.say(f"RCPT TO:<{address}@demande.invalid>").startswith("550")
        assert talk.say("DATA").startswith("503")

    def test_N13_postmaster_needs_no_domain(self, door):
        talk = door.talk()
        talk.say("MAIL FROM:<>")
        assert talk.say("RCPT TO:<Postmaster>").startswith("250")
        assert talk.say("RCPT TO:<accueil>").startswith("553")

    def test_N13_a_hundred_recipients_at_most_the_sender_comes_back_for_the_others(self, door):
        talk = door.talk()
        talk.say("MAIL FROM:<>")
        said = [talk.say(f"RCPT TO:<accueil+{n}@demande.invalid>") for n in range(101)]
        assert [each[:3] for each in said] == ["250"] * 100 + ["452"]

    @pytest.mark.parametrize("size", [10, 1_200_000])
    def test_N13_the_bytes_of_a_mail_are_stored_once(self, door, size):
        raw = RAW + b"a" * size + b"\r\n"
        names = ("demandes", "accueil", "abuse", "postmaster")
        boxes = [*(f"{name}@demande.invalid" for name in names), seals.reply_address("LYN-7K4P2Q")]
        assert set(door.talk().deliver(raw, *boxes)) == {answers.KEPT}

        rows = list(ArrivalRaw.objects.order_by("pk"))
        assert [row.content for row in rows] == [raw] * len(boxes)
        assert [row.data is None for row in rows] == [False] + [True] * (len(boxes) - 1)
        assert reconcile(at=timezone.now()).is_right

    def test_N13_a_repeat_of_a_part_finds_the_bytes_again(self, door):
        accueil, abuse, demandes = (f"{name}@demande.invalid" for name in ("accueil", "abuse", "demandes"))
        for boxes in ([accueil], [accueil, abuse], [abuse, demandes], [accueil, abuse, demandes]):
            assert set(door.talk().deliver(RAW, *boxes)) == {answers.KEPT}

        assert stored_mails() == [RAW] * 3
        assert ArrivalRaw.objects.filter(data=None).count() == 2

    def test_N13_a_mailbox_with_a_hundred_details_is_one(self, door):
        sealed = seals.reply_address("LYN-7K4P2Q")
        boxes = [f"Accueil+{n}@demande.invalid" for n in range(50)] + [sealed, sealed.upper(), sealed]
        assert door.talk().deliver(RAW, *boxes) == [answers.KEPT] * 53
        assert set(Arrival.objects.values_list("address", flat=True)) == {
            "accueil+0@demande.invalid",
            sealed.lower(),
        }

    @pytest.mark.parametrize(
        "address", ["sans-arobase", "@demande.invalid", "a\ud83db@demande.invalid", "a" * 300]
    )
    def test_refuses_what_is_no_address(self, door, address):
        talk = door.talk()
        talk.say("MAIL FROM:<>")
        raw = address.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
        assert talk.say(f"RCPT TO:<{raw}>").startswith("55")

    def test_answers_each_recipient_by_lmtp(self, door):
        said = door.talk().deliver(RAW, HERE, "demandes@demande.invalid", "x@ailleurs.example")
        assert said == [answers.KEPT, answers.KEPT]
        assert set(Arrival.objects.values_list("address", flat=True)) == {HERE, "demandes@demande.invalid"}

    def test_answers_all_recipients_at_once_by_smtp(self, door):
        assert door.talk("EHLO test").deliver(RAW, HERE, "demandes@demande.invalid") == [answers.KEPT]
        assert Arrival.objects.count() == 2

    def test_keeps_once_for_a_recipient_named_twice(self, door):
        assert door.talk().deliver(RAW, HERE, "Accueil@Demande.invalid") == [answers.KEPT] * 2
        assert Arrival.objects.count() == 1


class TestRepeats:
    def test_M02_keeps_one_of_ten_that_come_at_once(self, door):
        said: list[str] = []
        talks = [door.talk() for _ in range(10)]
        threads = [threading.Thread(target=lambda t=t: said.extend(t.deliver(RAW, HERE))) for t in talks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert said == [answers.KEPT] * 10
        assert Arrival.objects.count() == 1
