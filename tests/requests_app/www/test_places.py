"""The public list of places: near somewhere, open now, one by one, on a map drawn here."""

import gzip
import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from requests_app.maisons.mapping import commune_shapes, frame_around, km_between, path
from requests_app.maisons.models import Maison
from requests_app.slots.models import Closure
from tests.browser import violations

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)
CHRISTMAS = datetime(2026, 12, 25, 10, 0, tzinfo=PARIS)
LATARJET = (4.8700, 45.7300)


def asked(client, **fields):
    return client.post("/lieux/", fields).content.decode()


def names(page):
    return [name.replace("\xa0", " ") for name in re.findall(r"<h3>([^<]+)</h3>", page)]


class TestList:
    def test_shows_every_place_that_receives_people(self, client, territory):
        page = client.get("/lieux/").content.decode()
        public = Maison.objects.current().exclude(public_access=Maison.PublicAccess.NO)
        assert len(names(page)) == public.count() > 50

    def test_costs_the_same_for_all_as_for_few(self, client, territory, django_assert_max_num_queries):
        asked(client, address="Villeurbanne")  # the territory is read once per process
        with django_assert_max_num_queries(4):
            client.get("/lieux/")
        with django_assert_max_num_queries(6):
            asked(client, address="Villeurbanne")

    def test_is_light_once_compressed(self, client, territory):
        assert len(gzip.compress(client.get("/lieux/").content)) < 20_000

    def test_P01_the_address_typed_is_in_no_address_of_a_page(self, client, territory):
        page = asked(client, address="12 rue des Acacias, 69100 Villeurbanne")
        assert "Acacias" in page  # it stays in its field
        assert not re.findall(r'(?:href|action|src)="[^"]*Acacias', page)


class TestNear:
    @pytest.mark.parametrize("address", ["Villeurbanne", "69100", "cours Émile Zola 69100 villeurbanne"])
    def test_the_nearest_first_with_their_distance(self, client, territory, address):
        page = asked(client, address=address)
        assert all("Villeurbanne" in name for name in names(page)[:2])
        assert "km" in page
        assert "Distances depuis le centre de Villeurbanne" in page

    def test_the_place_in_charge_comes_first(self, client, territory):
        page = asked(client, address="69250 Albigny-sur-Saône")
        assert page.index("Le lieu de votre adresse") < page.index(names(page)[1])

    def test_a_telephone_that_says_where_it_is_gives_true_distances(self, client, territory):
        page = asked(client, lat="45.7300", lon="4.8700")
        assert "lieux près de vous" in page
        first = Maison.objects.get(label=names(page)[0])
        assert km_between((first.lon, first.lat), LATARJET) < 1.5

    @pytest.mark.parametrize(("lat", "lon"), [("x", "4.8"), ("91", "4.8"), ("nan", "inf"), ("", "")])
    def test_a_position_that_makes_no_sense_shows_every_place(self, client, territory, lat, lon):
        assert len(names(asked(client, lat=lat, lon=lon))) > 50

    def test_an_unknown_place_says_what_to_write_and_keeps_the_words(self, client, territory):
        page = asked(client, address="rue de nulle part")
        assert "Écrivez une commune ou un code postal" in page
        assert 'value="rue de nulle part"' in page
        assert len(names(page)) > 50

    def test_a_place_outside_the_territory_is_said_so(self, client, territory):
        assert "hors de notre territoire" in asked(client, address="75011 Paris")


class TestOpen:
    def test_keeps_those_open_now(self, client, territory):
        with time_machine.travel(TUESDAY_MORNING, tick=False):
            shown = names(asked(client, is_open_now="on"))
            every = names(asked(client))
        assert 0 < len(shown) < len(every)

    def test_none_is_open_on_a_holiday_and_the_page_says_what_to_do(self, client, territory):
        with time_machine.travel(CHRISTMAS, tick=False):
            page = asked(client, is_open_now="on")
        assert names(page) == ["Aucun lieu ne correspond"]
        assert "Voir tous les lieux" in page

    def test_says_until_when_and_when_next(self, client, lyon_8):
        with time_machine.travel(TUESDAY_MORNING.replace(hour=7), tick=False):
            assert "Fermé, ouvre à" in client.get(f"/lieux/{lyon_8.code}/").content.decode()
        with time_machine.travel(CHRISTMAS, tick=False):
            assert "Fermé, ouvre lundi 28" in client.get(f"/lieux/{lyon_8.code}/").content.decode()


class TestClosure:
    """What an agent notes in the agenda is told to those who would come."""

    @pytest.fixture
    def closed(self, lyon_8):
        return Closure.objects.create(
            maison=lyon_8,
            starts_on=date(2026, 11, 24),
            starts_at=time(),
            ends_on=date(2026, 11, 26),
            ends_at=time(),
        )

    @staticmethod
    def page(client, maison, at):
        with time_machine.travel(at, tick=False):
            return client.get(f"/lieux/{maison.code}/").content.decode().replace("\xa0", " ")

    def test_a_closed_one_is_not_open_now(self, client, lyon_8, closed):
        page = self.page(client, lyon_8, TUESDAY_MORNING)
        assert "Ouvert jusqu’à" not in page
        assert "Fermé exceptionnellement : du mardi 24 novembre au mercredi 25 novembre" in page
        with time_machine.travel(TUESDAY_MORNING.replace(hour=15), tick=False):
            assert lyon_8.label not in names(asked(client, is_open_now="on"))

    def test_nobody_is_sent_there_the_morning_it_closes(self, client, lyon_8, closed):
        page = self.page(client, lyon_8, TUESDAY_MORNING - timedelta(hours=14))
        assert "ouvre mardi 24" not in page
        assert "Fermé exceptionnellement : du mardi 24 novembre" in page

    def test_those_to_come_are_announced(self, client, lyon_8, closed):
        page = self.page(client, lyon_8, TUESDAY_MORNING - timedelta(days=4))
        assert "Fermé exceptionnellement :" not in page
        assert "Du mardi 24 novembre au mercredi 25 novembre" in page

    def test_one_that_is_over_or_removed_is_not(self, client, lyon_8, closed):
        assert "exceptionnellement" not in self.page(client, lyon_8, TUESDAY_MORNING + timedelta(days=2))
        Closure.objects.update(removed_at=TUESDAY_MORNING)
        assert "exceptionnellement" not in self.page(client, lyon_8, TUESDAY_MORNING)


class TestPlace:
    def test_holds_what_one_takes_along(self, client, lyon_8):
        page = client.get(f"/lieux/{lyon_8.code}/").content.decode()
        for words in (lyon_8.address, "lundi", "Imprimer cette page", "Venir en fauteuil"):
            assert words in page
        assert f"tel:{lyon_8.phone.replace(' ', '')}" in page

    def test_a_closed_or_unknown_one_does_not_exist(self, client, lyon_8):
        Maison.objects.filter(pk=lyon_8.pk).update(closed_on="2026-01-01")
        assert client.get(f"/lieux/{lyon_8.code}/").status_code == 404
        assert client.get("/lieux/nulle-part/").status_code == 404
        assert client.get("/lieux/P84%00/").status_code == 404


class TestMap:
    def test_draws_towns_by_their_parts(self, territory):
        drawn = {land.name for land in commune_shapes()}
        assert {"Lyon 1er", "Lyon 8e", "Villeurbanne", "Oullins-Pierre-Bénite"} <= drawn
        assert "Lyon" not in drawn

    def test_a_frame_holds_its_points_whatever_their_shape(self):
        points = [(4.80, 45.70), (4.95, 45.71), (4.87, 45.79)]
        frame = frame_around(points, width=440, height=470)
        assert all(frame.holds(point, margin=10) for point in points)

    def test_the_north_is_up_and_the_east_right(self):
        frame = frame_around([(4.8, 45.7)], width=440, height=470)
        x, y = frame.locate((4.81, 45.71))
        assert x > 220
        assert y < 235

    def test_a_path_has_no_point_twice(self, territory):
        land = commune_shapes()[0]
        frame = frame_around([land.center or LATARJET], width=440, height=470)
        drawn = path(land, frame)
        assert drawn.startswith("M")
        assert "0,0" not in re.split(r"[l ]", drawn)[1:]

    def test_a_territory_without_outlines_has_a_list_and_pins(self, client, no_territory):
        assert client.get("/lieux/").status_code == 200


class TestBrowser:
    def test_finds_the_places_near_the_telephone(self, stranger_near):
        page = stranger_near("/lieux/")
        page.get_by_role("button", name="Près de moi").click()
        page.get_by_role("heading", name="lieux près de vous").wait_for()
        assert page.locator("h3").count() == 6

    @pytest.mark.parametrize("path", ["/lieux/", "/lieux/P84/"])
    def test_axe_finds_nothing(self, browse, chloe, path):
        assert violations(browse(chloe, path)) == []

    @pytest.fixture
    def stranger_near(self, chromium, live_server, territory):
        contexts = []

        def open_page(path):
            where = {"longitude": LATARJET[0], "latitude": LATARJET[1]}
            context = chromium.new_context(locale="fr-FR", geolocation=where, permissions=["geolocation"])
            contexts.append(context)
            page = context.new_page()
            page.goto(live_server.url + path)
            return page

        yield open_page
        for context in contexts:
            context.close()
