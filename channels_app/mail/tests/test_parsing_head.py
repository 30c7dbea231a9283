"""Headers as they really come: who, when, about what."""

from datetime import UTC, datetime

import pytest

from channels_app.mail.parsing.addresses import read_mailboxes

from .mails import mail, write_mail


class TestSender:
    def test_is_read_in_lower_case_with_its_name(self):
        understood = write_mail("Subject: x\nReply-To: Autre <AUTRE@Exemple.FR>")
        assert (understood.from_address, understood.reply_to) == ("amina@exemple.fr", "autre@exemple.fr")

    def test_M05_may_be_empty(self):
        understood = mail("m05_empty_from")
        assert understood.from_address is None
        assert understood.no_ack
        assert understood.text.strip() == "Bonjour"

    def test_M05_first_of_two_is_kept_and_said(self):
        understood = mail("m05_two_from_no_date")
        assert understood.from_address == "amina.diallo@exemple.fr"
        assert any("plusieurs expéditeurs" in note for note in understood.notes)

    def test_M09_a_name_that_looks_like_an_address_is_only_a_name(self):
        understood = write_mail("From: x").from_address  # a second From line changes nothing
        assert understood == "amina@exemple.fr"
        spoof = write_mail('Sender: x@y.fr\nTo: "maire@lyon.fr" <autre@exemple.org>')
        assert spoof.to == ("autre@exemple.org",)

    def test_has_nothing_that_nobody_sees(self):
        (box,) = read_mailboxes("Amina <\u200bamina\u00ad@exemple.fr\u200e>".encode())
        assert box.address == "amina@exemple.fr"

    def test_may_have_accents_in_the_address(self):
        understood = mail("smtputf8_sender")
        assert understood.from_address == "aïcha@exémple.fr"
        assert understood.from_name == "Aïcha Nœl"

    @pytest.mark.parametrize(
        "field",
        [
            '"Kacimi, Nour" <n@x.fr>',
            "Kacimi, Nour <n@x.fr>",
            "=?utf-8?Q?Kacimi=2C_Nour?= <n@x.fr>",
            '"=?utf-8?B?S2FjaW1pLCBOb3Vy?=" <n@x.fr>',
            "Kacimi\\, Nour <n@x.fr>",
            "n@x.fr (Kacimi, Nour)",
        ],
    )
    def test_may_name_the_family_first(self, field):
        boxes = read_mailboxes(field.encode())
        assert [(box.name.replace("\\", ""), box.address) for box in boxes] == [("Kacimi, Nour", "n@x.fr")]

    def test_commas_part_the_others(self):
        boxes = read_mailboxes(b'a@x.fr, Paul <b@x.fr>, "Roux, Eva" <c@x.fr>, Petit, Nora <d@x.fr>, e@x.fr')
        assert [(box.name, box.address[0]) for box in boxes] == [
            ("", "a"),
            ("Paul", "b"),
            ("Roux, Eva", "c"),
            ("Petit, Nora", "d"),
            ("", "e"),
        ]


class TestSubject:
    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("=?utf-8?q?=C3=A9t=C3?= =?utf-8?q?=A9?=", "été"),  # a letter split between two words
            ("=?ISO-8859-1?Q?=E9t=E9?= et =?utf-8*fr?b?w6k=?=", "été et é"),
            ("=?x-inconnu?q?=E9?=", "é"),
            ("=?utf-8?q?pas_de_fin", "pas de fin"),
            ("=?iso-2022-jp?B?GyRCLSEbKEI=?=", "①"),
            ("une ligne\n  pliée", "une ligne pliée"),
            ("=?utf-8?q?a=0D=0ABcc:_x=40y.fr?=", "a Bcc: x@y.fr"),
        ],
    )
    def test_is_decoded(self, field, text):
        assert write_mail(f"Subject: {field}").subject == text

    def test_M18_never_holds_a_line_end(self):
        assert "\n" not in write_mail("Subject: =?utf-8?b?YQ0KYg==?=").subject

    def test_raw_bytes_take_the_charset_of_the_body(self):
        head = "Subject: XX\nContent-Type: text/plain; charset=gb2312"
        raw = f"From: a@b.fr\n{head}\n\nx".encode().replace(b"XX", "你好".encode("gb18030"))
        from channels_app.mail.parsing import understand

        assert understand(raw).subject == "你好"


class TestHeader:
    def test_goes_on_after_a_line_that_is_no_header(self):
        understood = mail("stray_line_in_header")
        assert (understood.subject, understood.text.strip()) == ("Retrouvé", "Corps.")
        assert any("lignes qui n’en sont pas" in note for note in understood.notes)

    def test_lines_may_end_by_a_bare_carriage_return(self):
        assert mail("bare_carriage_returns").text.split("\n")[:2] == ["Une ligne.", "Une autre."]

    def test_M03_ids_and_addresses_that_crash_others(self):
        understood = mail("m03_message_id_empty")
        assert (understood.message_id, understood.to) == ("", ())
        assert understood.text.strip() == "Le corps est là."

    def test_M10_our_own_control_fields_change_nothing(self):
        ordered, plain = mail("m10_our_control_headers"), write_mail("Subject: Urgent")
        assert ordered.subject == plain.subject
        assert not ordered.notes

    def test_references_keep_their_order_once_each(self):
        understood = write_mail("References: <a@x> <b@x>\n <a@x>\nIn-Reply-To: <c@x>")
        assert understood.references == ("a@x", "b@x", "c@x")

    def test_authentication_is_the_line_of_the_nearest_server(self):
        understood = write_mail(
            "Authentication-Results: nous; spf=fail\nAuthentication-Results: eux; spf=pass"
        )
        assert understood.authentication == "nous; spf=fail"

    def test_delivered_to_is_read(self):
        understood = write_mail("Delivered-To: Lyon@Demande.invalid\nX-Original-To: autre@demande.invalid")
        assert understood.delivered_to == ("lyon@demande.invalid", "autre@demande.invalid")


class TestDate:
    def test_is_aware(self):
        assert write_mail("Date: Tue, 03 Mar 2026 09:12:00").sent_at == datetime(
            2026, 3, 3, 9, 12, tzinfo=UTC
        )

    @pytest.mark.parametrize(
        "field", ["", "hier", "Tue, 99 Foo 3609 10:00:00 +0000", "1 Jan 3609 10:00:00 +0000"]
    )
    def test_M05_impossible_dates_are_none(self, field):
        understood = write_mail(f"Date: {field}")
        assert understood.sent_at is None
        assert understood.notes
