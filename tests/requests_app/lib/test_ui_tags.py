"""The tags of the look: always a word, never markup from outside, no statement on the database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from django.utils import translation

from requests_app.channels.registry import channel_of

NOW = datetime(2025, 11, 4, 13, 30, tzinfo=UTC)
KINDS = ("mail", "sms", "portal", "frontdesk", "phone", "letter", "chat", "partner")
TICKET_STATES = ("to_sort", "open", "waiting_person", "waiting_other", "closed")
OUTGOING_STATES = ("queued", "sending", "sent", "delivered", "failed", "uncertain", "cancelled", "refused")


def shown(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


@pytest.mark.parametrize("kind", KINDS)
def test_each_channel_shows_its_tile_and_its_word(kind):
    html = shown("{% channel kind %}", kind=kind)
    assert f'class="ch ch-{channel_of(kind).css} ch-sm"' in html
    assert str(channel_of(kind).label) in html
    assert "inconnu" not in html


def test_an_unknown_channel_says_so():
    assert "Canal inconnu" in shown("{% channel 'pigeon' %}")
    assert shown("{{ 'pigeon'|channel_word }}") == "Canal inconnu"


@pytest.mark.parametrize("code", TICKET_STATES)
def test_each_state_of_a_ticket_has_a_word(code):
    assert "inconnu" not in shown("{% state_tag code %}{{ code|state_word }}{{ code|state_dot }}", code=code)


@pytest.mark.parametrize("code", OUTGOING_STATES)
def test_each_state_of_a_message_has_a_word(code):
    assert "inconnue" not in shown("{% delivery_tag code %}", code=code)


def test_a_kept_tag_follows_the_language():
    with translation.override("fr"):
        french = shown("{% channel 'mail' %}")
    with translation.override("en"):
        shown("{% channel 'mail' %}")
    with translation.override("fr"):
        assert shown("{% channel 'mail' %}") == french


def test_an_icon_is_hidden_from_screen_readers():
    assert shown("{% icon 'envelope' 'i-lg' %}") == (
        '<svg class="i i-lg" aria-hidden="true" focusable="false">'
        '<use href="/static/ui/sprite.svg#envelope"/></svg>'
    )


def test_markup_in_a_value_is_escaped():
    attack = "<script>alert(1)</script>"
    for source in (
        "{{ it|typo }}",
        "{% icon it %}",
        "{% channel it %}",
        "{% kbd it %}",
        "{{ it|initials }}",
        "{{ it|phone_fr }}",
        "{{ it|phone_masked }}",
        "{{ it|state_dot }}",
    ):
        assert "<script" not in shown(source, it=attack)


def test_a_late_wait_has_a_word_and_an_icon():
    html = shown("{% wait at 'late' now %}", at=NOW - timedelta(days=3), now=NOW)
    assert "Attend depuis" in html
    assert "#clock-history" in html
    assert "3\u00a0j" in html


def test_a_phone_is_written_by_pairs_and_can_be_masked():
    assert shown("{{ n|phone_fr }}", n="+33639981234").replace("\u00a0", " ") == "06 39 98 12 34"
    assert shown("{{ n|phone_masked }}", n="+33639981234").replace("\u00a0", " ") == "06 ** ** 12 34"


@pytest.mark.parametrize(
    ("name", "letters"), [("Samira Benali", "SB"), ("Jean-Marc Le Gall", "JG"), ("", "?")]
)
def test_initials_take_the_first_and_the_last_word(name, letters):
    assert shown("{{ name|initials }}", name=name) == letters


@pytest.mark.parametrize(("language", "named"), [("fr", "Entrée Espace Échap"), ("en", "Enter Space Esc")])
def test_keys_are_named_as_engraved_in_the_language_of_the_page(language, named):
    with translation.override(language):
        html = shown("{% kbd 'Entrée' 'Espace' 'Échap' %}")
        said = shown("{{ 'Enter'|key_name }} {{ ' '|key_name }} {{ 'a'|key_name }}")
    assert html == " ".join(f"<kbd>{name}</kbd>" for name in named.split())
    assert said == " ".join([*named.split()[:2], "A"])


def test_an_address_breaks_after_its_slashes_and_is_escaped():
    html = shown("{% load ui %}{{ url|breakable }}", url="https://a.fr/<b>")
    assert html == "https:/<wbr>/<wbr>a.fr/<wbr>&lt;b&gt;<wbr>"
