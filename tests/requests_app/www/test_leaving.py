"""The tablet at the door: one face, of nobody known, counted five by five with the others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.feedback.models import FeltExperience, LeavingOpinion
from requests_app.feedback.services.leaving import MOST
from requests_app.indicators.batching import batch_answers
from requests_app.indicators.models import FeltBatch
from requests_app.visits import place_links

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(lyon_8):
    secret = place_links.create(purpose=place_links.EXIT, maison_id=lyon_8.pk, at=timezone.now())
    return f"/sortie/{secret}/"


def test_a_touch_is_the_answer_and_the_page_returns_to_its_start(url, client, lyon_8):
    assert "Très bien" in client.get(url).content.decode()
    answer = client.post(url, {"ressenti": "2"}, follow=True)
    assert "Merci, c’est noté." in answer.content.decode()
    assert f'data-idle-start="{url}"' in answer.content.decode()
    told = LeavingOpinion.objects.get()
    assert (told.maison, told.level) == (lyon_8, 2)


def test_the_wrong_face_is_taken_back_once_and_only_here(url, client):
    thanks = client.post(url, {"ressenti": "1"}).url
    client.post(url, {"ressenti": "5"})
    assert client.post(thanks).url == url
    assert LeavingOpinion.objects.get().level == 5
    client.post(thanks)
    assert LeavingOpinion.objects.get().level == 5


def test_W07_an_invented_thanks_page_takes_nothing_back(url, client):
    client.post(url, {"ressenti": "1"})
    told = LeavingOpinion.objects.get()
    assert client.post(f"{url}merci/{told.pk}/").url == url
    assert LeavingOpinion.objects.exists()


@pytest.mark.parametrize("said", ["", "0", "6", "x"])
def test_no_face_is_said_in_words(url, client, said):
    assert "Touchez un visage" in client.post(url, {"ressenti": said}).content.decode()
    assert not LeavingOpinion.objects.exists()


def test_W02_a_game_on_the_tablet_is_not_counted_for_ever(url, client):
    for _ in range(MOST + 3):
        page = client.post(url, {"ressenti": "1"}, follow=True).content.decode()
    assert "Trop d’avis à la fois" in page
    assert LeavingOpinion.objects.count() == MOST


def test_a_revoked_address_asks_nothing(url, client, lyon_8):
    place_links.revoke(purpose=place_links.EXIT, maison_id=lyon_8.pk, at=timezone.now())
    assert client.post(url, {"ressenti": "1"}).status_code == 404
    assert not LeavingOpinion.objects.exists()


def test_P06_they_are_counted_five_by_five_with_those_of_requests(lyon_8, make_ticket):
    now = timezone.now()
    felt = [make_ticket(maison=lyon_8) for _ in range(2)]
    for index, ticket in enumerate(felt):
        FeltExperience.objects.create(ticket=ticket, level=5, said_at=now + timedelta(minutes=index))
    for minutes in (2, 3):
        LeavingOpinion.objects.create(maison=lyon_8, level=1, said_at=now + timedelta(minutes=minutes))
    batch_answers(at=now)
    assert not FeltBatch.objects.exists()
    LeavingOpinion.objects.create(maison=lyon_8, level=3, said_at=now + timedelta(minutes=4))
    batch_answers(at=now)
    batch_answers(at=now)
    batch = FeltBatch.objects.get()
    assert (batch.very_bad, batch.so_so, batch.very_well) == (2, 1, 2)
    batch_answers(at=now, is_whole=True)
    assert FeltBatch.objects.get().very_bad == 2
