"""The chat keeps the promises of every channel, both ways."""

import pytest
from django.utils import timezone

from channels_app.chat.key import KEY, KIND
from channels_app.chat.models import Thread
from channels_app.chat.outbound import MAX_LENGTH
from channels_app.chat.wire import Typed
from channels_app.testing import HearingPromises, SpeakingPromises

pytestmark = pytest.mark.django_db


class TestChatHears(HearingPromises):
    kind = KEY
    raw_sample = Typed(timezone.now(), "Bonjour").to_raw()


class TestChatHearsInAThread(HearingPromises):
    kind = KEY

    @pytest.fixture
    def sample(self, territory):
        thread = Thread.objects.create(key="k", created_at=timezone.now())
        return Typed(timezone.now(), "Bonjour", thread.pk).to_raw()


class TestChatSpeaks(SpeakingPromises):
    kind, contact_kind, reached = KEY, KIND, "tchat-12"
    unreached, too_long = "tchat-0", "a" * (MAX_LENGTH + 1)
