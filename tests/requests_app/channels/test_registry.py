"""What the rooms know of a channel: its description, never which one it is."""

import pytest

from requests_app.channels import registry
from requests_app.channels.description import Channel

KEYS = ["mail", "sms", "portal", "frontdesk", "phone", "letter", "chat", "partner"]


@pytest.fixture
def invented():
    with registry.CHANNELS.isolate():
        registry.register(Channel(key="telex", label="Télex", icon="send", css="pink", inbound=object()))
        yield "telex"


def test_the_stored_values_stay_in_the_order_that_people_read():
    assert registry.keys() == KEYS


def test_only_what_has_a_way_in_or_out_is_offered():
    assert [key for key in KEYS if not registry.is_open(key)] == []
    assert not registry.is_open("telex")
    with registry.CHANNELS.isolate():
        registry.register(Channel(key="telex", label="Télex", icon="send", css="pink"))
        assert not registry.is_open("telex")


def test_a_new_channel_comes_after_the_others(invented):
    assert registry.keys() == [*KEYS, invented]
    assert registry.label_of(invented) == "Télex"
    assert registry.is_open(invented)


def test_rows_of_a_channel_that_nobody_registers_any_more_still_show():
    assert registry.label_of("telex") == "Canal inconnu"
    assert registry.channel_of("telex").icon
