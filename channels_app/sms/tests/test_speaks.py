"""The way out of SMS keeps the promises of every one."""

from channels_app.sms.key import KEY
from channels_app.sms.tests.conftest import AMINA
from channels_app.testing import SpeakingPromises
from requests_app.people.models import ContactPoint


class TestSmsSpeaks(SpeakingPromises):
    kind, contact_kind, reached = KEY, ContactPoint.Kind.PHONE, AMINA
    unreached, too_long = "+33478634040", "ê" * 200
