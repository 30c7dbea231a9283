"""The way out of mail keeps the promises of every one."""

from channels_app.mail.key import KEY
from channels_app.testing import SpeakingPromises
from requests_app.people.models import ContactPoint


class TestMailSpeaks(SpeakingPromises):
    kind, contact_kind, reached = KEY, ContactPoint.Kind.EMAIL, "amina.benali@exemple.fr"
