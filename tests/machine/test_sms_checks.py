"""SMS half-configured are refused at start, with the reason (threats: F13, S06, S07)."""

import re

import pytest
from django.utils import timezone

from channels_app.sms import checks as sms_checks
from channels_app.sms.texts import fit
from requests_app.lib.segments import fold, measure
from requests_app.lib.short_texts import all_texts
from requests_app.maisons.models import Maison
from requests_app.outbox.links import PLACEHOLDER
from requests_app.tickets.messages import brief

# What a phone left on a table must not tell (threats: S07; ux.md, wording).
TELLING = re.compile(
    r"\b(RSA|handicap\w*|MDPH|APA|enfan\w*|PMI|protection|violen\w*|social\w*|RMI|santé|grossesse"
    r"|dette\w*|impay\w*|logement|facture\w*|annuler|traité\w*|veuillez)\b",
    re.IGNORECASE,
)


@pytest.fixture
def whole(settings):
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = "AC1", "token"
    return settings


@pytest.mark.parametrize("missing", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM"])
def test_F13_half_an_account_is_refused(whole, missing):
    whole.TWILIO_FROM = "METROPOLE"
    assert not sms_checks.sms_account_is_whole()
    setattr(whole, missing, "")
    assert [error.id for error in sms_checks.sms_account_is_whole()] == ["gru.E020"]


@pytest.mark.parametrize(
    "sender", ["METROPOLE", "Lyon 69", "+33937000000", "38123", f"MG{'0' * 32}", "+41791234567"]
)
def test_a_sender_that_may_send_passes(settings, sender):
    settings.TWILIO_FROM = sender
    assert not sms_checks.sms_sender_is_allowed()


@pytest.mark.parametrize("sender", ["+33612345678", "+33712345678"])
def test_F13_a_mobile_number_is_refused_with_the_rule(settings, sender):
    settings.TWILIO_FROM = sender
    (error,) = sms_checks.sms_sender_is_allowed()
    assert "2022-1583" in str(error.hint)


@pytest.mark.parametrize("sender", ["MetropoleDeLyon", "12345678", "Métropole", "06 12 34 56 78", "a" * 12])
def test_F13_a_sender_that_operators_refuse_is_refused(settings, sender):
    settings.TWILIO_FROM = sender
    assert [error.id for error in sms_checks.sms_sender_is_allowed()] == ["gru.E021"]


def test_F13_a_server_that_is_no_address_is_refused(settings):
    settings.TWILIO_API_BASE = "127.0.0.1:8026"
    assert [error.id for error in sms_checks.sms_server_is_an_address()] == ["gru.E022"]


def test_S07_an_address_so_long_that_a_text_makes_two_sms_is_refused(settings):
    settings.PUBLIC_URL = "https://gru.exemple.fr"
    assert not sms_checks.short_texts_are_short()
    settings.PUBLIC_URL = "https://relation-usagers.metropole.exemple.fr"
    errors = sms_checks.short_texts_are_short()
    assert {error.id for error in errors} == {"gru.E023"}
    assert any("acknowledgment" in error.msg for error in errors)


def test_S07_no_text_that_leaves_by_itself_tells_what_it_is_about(settings):
    settings.PUBLIC_URL = "https://gru.exemple.fr"
    texts = [fold(sample) for text in all_texts() for sample in text.samples()]
    assert len(texts) >= 4
    for text in texts:
        assert not TELLING.search(text), text
        assert text.startswith(settings.AUTHORITY_NAME)
        assert not measure(text).dear, text


def test_S07_every_maison_acknowledges_in_one_segment(territory, settings):
    settings.PUBLIC_URL = "https://gru.exemple.fr"

    for phone in ["", *Maison.objects.values_list("phone", flat=True)]:
        number, now = brief.phone_of(phone), timezone.now()
        text = fit(brief.acknowledgments("LYN-WWWWWW", now, number, PLACEHOLDER, received=now))
        assert measure(brief.fill_longest_link(text)).segments == 1
        assert "/s/" in brief.fill_longest_link(text)
