"""The legal regime of a topic: who may confirm it, what is printed until then, what is kept of it."""

from datetime import datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from requests_app.accounts.errors import Refused as RefusedGrant
from requests_app.accounts.models import Role
from requests_app.accounts.services import Grant, change_agent
from requests_app.catalog.models import RegimeChange, Topic
from requests_app.outbox.models import Outgoing
from requests_app.tickets.deadlines import PARIS, silence_of
from requests_app.tickets.errors import NotAllowed, Refused
from requests_app.tickets.services import save_regime, sort
from requests_app.tickets.services.regimes import last_change, regime_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 10, tzinfo=PARIS)


@pytest.fixture
def apa(territory):
    return Topic.objects.get(code="apa-domicile")


def save(topic, by, *validated, last=None, **changes):
    topic.refresh_from_db()
    values = {name: value for name, value in regime_of(topic).items() if name != "to_validate"}
    last = last_change(topic) if last is None else last
    save_regime(topic=topic, values=values | changes, validated=validated, last=last, by=by, at=AT)
    topic.refresh_from_db()
    return topic


class TestUntilConfirmed:
    @pytest.mark.parametrize(
        "code", ["apa-domicile", "agrement-assmat", "pch-handicap", "domiciliation", "fsl-acces-maintien"]
    )
    def test_a_topic_says_no_sense_and_no_day(self, make_ticket, chloe, amina, code):
        ticket = make_ticket(person=amina, is_sensitive=False, received_at=AT)
        sort(ticket=ticket, topic=Topic.objects.get(code=code), maison=None, by=chloe, at=AT)
        assert silence_of(ticket) is None
        text = Outgoing.objects.get(touchpoint__ticket=ticket, kind="receipt").payload["text"]
        for word in ("refus", "accept", "Sans réponse", "deux mois"):
            assert word not in text

    def test_a_delay_of_appeal_that_nobody_confirmed_is_not_printed(self, make_ticket, chloe, amina):
        topic = Topic.objects.get(code="rsa-demande")
        ticket = make_ticket(person=amina, received_at=AT)
        sort(ticket=ticket, topic=topic, maison=None, by=chloe, at=AT)
        text = Outgoing.objects.get(touchpoint__ticket=ticket, kind="receipt").payload["text"]
        assert f"écrivez à {topic.appeal_to}" in text
        assert "C’est obligatoire : sans cette lettre, le tribunal refuse votre dossier." in text
        assert "Vous aurez alors deux mois" not in text


class TestConfirming:
    def test_the_reviewer_s_word_is_printed_and_kept(self, apa, jurist, make_ticket):
        save(apa, jurist, "regime")
        assert (apa.settled_regime, apa.validated_by, f"{apa.validated_on}") == (
            "silence_acceptance",
            jurist,
            "2026-11-25",
        )
        assert apa.parts_to_validate == ["appeal"]
        assert "delay_days" in apa.to_validate
        [change] = RegimeChange.objects.all()
        assert (change.by, change.validated, change.source) == (jurist, ["regime"], apa.regime_source)
        ticket = make_ticket(topic="apa-domicile", received_at=AT)
        assert f"{silence_of(ticket)}" == "2027-01-25"

    def test_what_changes_without_a_word_waits_again(self, apa, jurist, admin):
        save(apa, jurist, "regime", "appeal")
        save(apa, admin, silence_months=3)
        assert apa.parts_to_validate == ["regime"]
        assert apa.settled_regime == "none"
        save(apa, jurist, "regime", appeal="gracious")
        assert apa.parts_to_validate == ["appeal"]

    def test_a_sentence_of_its_own_is_printed_with_its_sense_and_waits_again_when_it_changes(
        self, apa, jurist, admin, make_ticket, chloe, amina
    ):
        assert "montant provisoire" in apa.acceptance_note
        ticket = make_ticket(person=amina, is_sensitive=False, received_at=AT)
        sort(ticket=ticket, topic=apa, maison=None, by=chloe, at=AT)

        def said():
            waiting = Outgoing.objects.filter(touchpoint__ticket=ticket, kind="receipt", state="queued")
            return "pour un montant provisoire, jusqu’à notre décision." in waiting.get().payload["text"]

        assert not said()
        save(apa, jurist, "regime")
        assert said()
        save(apa, admin, acceptance_note="Pour un an.")
        assert apa.parts_to_validate == ["regime", "appeal"]
        assert not said()

    @pytest.mark.parametrize("changes", [{"acceptance_note": ""}, {"acceptance_note_en": ""}])
    def test_a_sentence_in_one_language_is_not_confirmed(self, apa, jurist, changes):
        with pytest.raises(Refused, match="en français et en anglais"):
            save(apa, jurist, "regime", **changes)
        save(apa, jurist, "regime", acceptance_note="", acceptance_note_en="")
        assert apa.settled_note("fr") == ""

    def test_a_receipt_that_waits_is_written_again(self, jurist, make_ticket, chloe, amina):
        topic, ticket = Topic.objects.get(code="domiciliation"), make_ticket(person=amina, received_at=AT)
        sort(ticket=ticket, topic=topic, maison=None, by=chloe, at=AT)
        save(topic, jurist, "regime", regime="silence_refusal")
        receipts = Outgoing.objects.filter(touchpoint__ticket=ticket, kind="receipt").order_by("pk")
        said = [(each.state, "25\u00a0janvier 2027" in each.payload["text"]) for each in receipts]
        assert said == [("cancelled", False), ("queued", True)]

    def test_a_file_does_not_take_it_back(self, apa, jurist):
        save(apa, jurist, "regime", "appeal", regime="silence_refusal", silence_months=4)
        call_command("import_territory", "requests_app/maisons/data/lyon", verbosity=0)
        apa.refresh_from_db()
        assert (apa.regime, apa.silence_months, apa.parts_to_validate) == ("silence_refusal", 4, [])

    @pytest.mark.parametrize(
        ("code", "part", "changes"),
        [
            ("apa-domicile", "regime", {"regime_source": " "}),
            ("domiciliation", "regime", {}),
            ("apa-domicile", "appeal", {"appeal_to": ""}),
            ("pch-handicap", "appeal", {"appeal_court": ""}),
        ],
    )
    def test_what_says_nothing_is_not_confirmed(self, jurist, territory, code, part, changes):
        topic = Topic.objects.get(code=code)
        with pytest.raises(Refused):
            save(topic, jurist, part, **changes)
        assert not RegimeChange.objects.exists()

    def test_whoever_comes_second_is_told_so(self, apa, jurist):
        save(apa, jurist, "regime")
        with pytest.raises(Refused, match="relisez"):
            save(apa, jurist, silence_months=4, last=0)


class TestRights:
    def test_A09_an_administrator_prepares_and_does_not_confirm(self, apa, admin):
        with pytest.raises(NotAllowed):
            save(apa, admin, "regime")
        save(apa, admin, silence_months=4)
        assert apa.settled_regime == "none"

    def test_A01_nobody_else_touches_it(self, apa, david, chloe):
        for agent in (david, chloe):
            with pytest.raises(NotAllowed):
                save(apa, agent)

    def test_N14_nobody_gives_themself_the_role(self, admin):
        grants = [Grant(Role.ADMIN, None), Grant(Role.LEGAL_REVIEWER, None)]
        with pytest.raises(RefusedGrant, match="autre administrateur"):
            change_agent(user=admin, given_name="A", family_name="", email="", grants=grants, by=admin, at=AT)

    def test_the_trace_only_grows(self, apa, jurist):
        save(apa, jurist, "regime")
        for broken in (lambda: RegimeChange.objects.update(source="x"), RegimeChange.objects.all().delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                broken()
