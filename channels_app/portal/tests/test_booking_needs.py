"""What would help at the appointment, said on the page where it is chosen; other Maisons by distance."""

from datetime import time

import pytest
from django.core.management import call_command
from django.utils import translation

from channels_app.portal.tests.test_booking import (  # noqa: F401
    NOW,
    Phone,
    clock,
    kind,
    open_agenda,
    opened,
    phone,
    ticket,
    words,
)
from requests_app.appointments.calendar_file import SHIPPED
from requests_app.appointments.models import AppointmentType
from requests_app.maisons.models import Maison
from requests_app.people.models import AccessNeed

pytestmark = pytest.mark.django_db


def needs_of(person):
    return sorted(person.access_needs.values_list("kind", "detail", "is_confirmed"))


class TestNeeds:
    def say(self, phone, *needs, **fields):  # noqa: F811
        return phone.post("besoins/", besoins=needs, **fields)

    def test_are_stored_unconfirmed_and_change_the_hours_at_once(self, phone, opened, amina):  # noqa: F811
        assert "Rendez-vous, 60 minutes" in phone.get()
        answer = self.say(phone, "interpreter", "step_free", langue="Arabe")
        assert answer.url.endswith("&fait=besoins#besoins")
        said = words(phone.client.get(answer.url))
        assert "C’est noté. L’agent qui vous reçoit le verra." in said
        assert "Rendez-vous, 90 minutes" in said
        assert needs_of(amina) == [("interpreter", "Arabe", False), ("step_free", "", False)]

    def test_are_taken_back_by_unticking_them(self, phone, opened, amina):  # noqa: F811
        self.say(phone, "interpreter", "step_free", langue="Arabe")
        self.say(phone, "interpreter", langue="Turc")
        assert needs_of(amina) == [("interpreter", "Turc", False)]
        page = phone.client.get(f"/rendez-vous/{phone.secret}/choisir/").content.decode()
        assert 'value="interpreter" checked' in " ".join(page.split())
        assert 'value="Turc"' in page

    def test_what_an_agent_confirmed_is_neither_asked_nor_changed(self, phone, opened, amina):  # noqa: F811
        AccessNeed.objects.create(person=amina, kind="step_free", is_confirmed=True, said_at=NOW)
        page = phone.client.get(f"/rendez-vous/{phone.secret}/choisir/").content.decode()
        assert 'id="besoin-step_free"' not in page
        assert 'id="besoin-sign_language"' in page
        self.say(phone, "sign_language")
        assert needs_of(amina) == [("sign_language", "", False), ("step_free", "", True)]

    def test_a_language_missing_is_asked_for_and_what_is_ticked_stays(self, phone, opened, amina):  # noqa: F811
        answer = self.say(phone, "interpreter", "step_free", langue=" ")
        page = " ".join(answer.content.decode().split())
        assert answer.status_code == 422
        assert "Écrivez votre langue" in page
        assert 'value="interpreter" checked' in page
        assert 'value="step_free" checked' in page
        assert needs_of(amina) == []

    def test_W03_no_other_need_is_read_nor_of_nobody(self, phone, opened, make_ticket):  # noqa: F811
        assert self.say(phone, "avoid").status_code == 400
        nobody = Phone(make_ticket(), "accuse:2")
        assert "besoin-" not in nobody.client.get(f"/rendez-vous/{nobody.secret}/choisir/").content.decode()
        assert self.say(nobody, "step_free").status_code == 400


@pytest.fixture
def here_and_there(open_agenda, lyon_8, villeurbanne, chloe):  # noqa: F811
    """A third Maison is nearer than Villeurbanne, and free later."""
    near = Maison.objects.current().exclude(pk__in=[lyon_8.pk, villeurbanne.pk]).order_by("pk").first()
    for maison, lon in ((lyon_8, 4.87), (near, 4.88), (villeurbanne, 4.99)):
        Maison.objects.filter(pk=maison.pk).update(lat=45.73, lon=lon)
    open_agenda(chloe, villeurbanne)
    open_agenda(chloe, near, starts_at=time(13), ends_at=time(15))
    return near, villeurbanne


class TestOtherPlaces:
    def test_the_nearest_comes_first_with_its_distance(self, phone, here_and_there):  # noqa: F811
        said = phone.get()
        near, far = (said.index(place.address) for place in here_and_there)
        assert near < far
        assert "Dès le lundi 1er mars à 13 h, à 0,8 km du lieu ci-dessus" in said
        assert "à 9 km du lieu ci-dessus" in said

    def test_by_telephone_the_soonest_comes_first(self, phone, here_and_there):  # noqa: F811
        AppointmentType.objects.update(is_by_phone=True)
        said = phone.get()
        near, far = (said.index(place.label) for place in here_and_there)
        assert far < near
        assert " km" not in said

    def test_what_is_on_no_map_comes_last(self, phone, here_and_there):  # noqa: F811
        near, far = here_and_there
        Maison.objects.filter(pk=near.pk).update(lat=None, lon=None)
        said = phone.get()
        assert said.index(far.address) < said.index(near.address)


def test_the_shipped_sorts_are_told_apart(db):
    AppointmentType.objects.all().delete()
    call_command("load_appointment_types", verbosity=0)
    shown = list(AppointmentType.objects.values_list("public_label", flat=True))
    assert len(set(shown)) == len(shown) == 4
    with translation.override("en"):
        assert len({str(SHIPPED[label]) for label in shown}) == 4
