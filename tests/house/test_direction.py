"""What people wrote has its own direction wherever it is shown: `dir="auto"`, or a `<bdi>` amid our words."""

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from channels_app.intake.models import Arrival
from requests_app.people.models import Person
from requests_app.tickets.models import Attachment, Note, Ticket, Touchpoint
from requests_app.tickets.services import add_note
from tests.walk import pages_among, public_addresses, staff_addresses

ARABIC = "عائشة بن علي"
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
PLAIN = {"title", "option", "script", "style"}  # they hold text only


class Lost(HTMLParser):
    """Collects the Arabic that nothing around it sets apart."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            is_apart = tag == "bdi" or dict(attrs).get("dir") == "auto" or tag in PLAIN
            names = dict(attrs)
            is_hidden = "visually-hidden" in (names.get("class") or "") or names.get("aria-hidden") == "true"
            self.open.append((tag, is_apart or is_hidden))

    def handle_endtag(self, tag):
        if any(tag == each for each, _apart in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if any("\u0600" <= sign <= "\u06ff" for sign in data) and not any(apart for _tag, apart in self.open):
            self.found.append(f"{self.open[-1][0] if self.open else ''}: {data.strip()[:60]}")


def lost_in(page):
    parser = Lost()
    parser.feed(page)
    return parser.found


@pytest.fixture
def arabic_stage(stage, settings):
    """The stage, with Arabic wherever somebody outside may write."""
    settings.LIMITS_ON = False
    add_note(ticket=stage.ticket, text="Bonjour", by=stage.users["chloe"], at=timezone.now())
    Ticket.objects.update(subject=ARABIC, excerpt=ARABIC, sender=ARABIC)
    Touchpoint.objects.update(subject=ARABIC, text=f"{ARABIC}\n- ابني", reply_text="", sender=ARABIC)
    Note.objects.update(text=ARABIC)
    Attachment.objects.update(name=f"{ARABIC}.pdf")
    Person.objects.update(given_name="عائشة", family_name="بن علي")
    Arrival.objects.update(facts={"from": "a@exemple.fr", "subject": ARABIC})
    return stage


@pytest.mark.django_db(transaction=True)
def test_arabic_is_set_apart_on_every_page(arabic_stage):
    by_looker = {"nobody": [*public_addresses(arabic_stage)]}
    for who, address in staff_addresses(arabic_stage):
        by_looker.setdefault(who, []).append(address)
    found, shown = {}, 0
    for who, addresses in by_looker.items():
        client, user = Client(), arabic_stage.users.get(who)
        if user:
            client.force_login(user)
        for address in pages_among(addresses, client):
            page = client.get(address).content.decode()
            shown += "عائشة" in page
            if lost := lost_in(page):
                found[f"{who} {address}"] = lost
    assert not found, "\n".join(f"{where}: {what}" for where, what in found.items())
    assert shown > 8
