"""« Pistes »: planned, seen beforehand, frozen, read, ended; within the rights of each."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine

from requests_app.experiments import services
from requests_app.experiments.models import Trial, TrialNote
from requests_app.lib.french import NBSP
from requests_app.maisons.opening import PARIS
from tests.browser import violations
from tests.markup import one_line
from tests.requests_app.experiments.conftest import (  # noqa: F401
    PLANNED,
    START,
    WEEK,
    others,
    trial,
    wait,
)

DAY = timedelta(days=1)
RUNNING = datetime(2027, 1, 6, 9, tzinfo=PARIS)  # the sixth week


@pytest.fixture
def now():
    """Live in the week before the trial, unless a test travels on."""
    with time_machine.travel(PLANNED) as traveller:
        yield traveller


@pytest.fixture
def lived(trial, lyon_8, others, wait):  # noqa: F811
    """Thirty minutes everywhere before; ten at Lyon 8e since."""
    for n, maison in enumerate([lyon_8, *others]):
        wait(maison, trial.compared_from, 12, 30 + n)
        wait(maison, START, 6, 10 if maison == lyon_8 else 30 + n)


def words_of(answer):
    text = re.sub(r"<[^>]*>", " ", one_line(answer.content.decode()))
    return re.sub(r"\s+", " ", text.replace(NBSP, " ").replace("\u202f", " "))


def typed(maison, **fields):
    given = {
        "titre": "Un agent à l’entrée",
        "hypothese": "Si quelqu’un oriente dès la porte, alors on attend moins.",
        "mesure": "wait",
        "ecart": "2,5",
        "debut": START.isoformat(),
        "semaines": "12",
        "lieux": [maison.pk],
    }
    return given | fields


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
class TestPlan:
    def test_is_saved_with_all_the_others_compared(self, client_of, david, lyon_8, others):  # noqa: F811
        answer = client_of(david).post("/pistes/nouvelle/", typed(lyon_8))
        made = Trial.objects.get()
        assert answer.url == f"/pistes/{made.pk}/"
        assert (made.smallest, str(made.ends_on)) == (2.5, "2027-02-21")
        assert [site.maison_id for site in made.sites.filter(is_tried=True)] == [lyon_8.pk]
        assert made.sites.filter(is_tried=False).count() >= len(others)

    def test_says_beforehand_without_saving_and_keeps_what_was_typed(
        self,
        client_of,
        david,
        lyon_8,
        others,  # noqa: F811
        wait,  # noqa: F811
    ):
        for n, maison in enumerate([lyon_8, *others]):
            for week in range(60):
                wait(maison, START - (60 - week) * WEEK, 1, 30 + (week * (n + 3)) % 7)
        answer = client_of(david).post("/pistes/nouvelle/", typed(lyon_8, prevoir="1"))
        assert "rien ne pourra se voir" in words_of(answer)
        assert "Si quelqu’un oriente" in answer.content.decode()
        assert not Trial.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"titre": ""}, "Écrivez un titre."),
            ({"semaines": "3"}, "Écrivez un nombre de semaines, de 4 à 52."),
            ({"semaines": "douze"}, "Écrivez un nombre de semaines, de 4 à 52."),
            ({"ecart": "beaucoup"}, "Écrivez un nombre plus grand que zéro"),
            ({"ecart": "0"}, "Écrivez un nombre plus grand que zéro"),
            ({"debut": "2026-11-23"}, "Choisissez dans la liste."),
            ({"debut": "2026-12-01"}, "Choisissez dans la liste."),
            ({"lieux": []}, "Cochez un lieu au moins."),
        ],
    )
    def test_what_is_wrong_is_said_and_the_rest_kept(self, client_of, david, lyon_8, fields, said):
        answer = client_of(david).post("/pistes/nouvelle/", typed(lyon_8, **fields))
        assert answer.status_code == 422
        assert said in words_of(answer)
        assert "Si quelqu’un oriente" in answer.content.decode()
        assert not Trial.objects.exists()

    def test_a_maison_is_not_compared_with_itself(self, client_of, david, lyon_8):
        answer = client_of(david).post("/pistes/nouvelle/", typed(lyon_8, autres=[lyon_8.pk]))
        assert "décochez-le" in words_of(answer)

    def test_A02_nobody_tries_at_another_s_maison(self, client_of, david, villeurbanne):
        answer = client_of(david).post("/pistes/nouvelle/", typed(villeurbanne))
        assert answer.status_code == 422
        assert not Trial.objects.exists()

    @pytest.mark.parametrize("who", ["bruno", "chloe"])
    def test_A02_nor_without_leading_one(self, request, client_of, who):
        client = client_of(request.getfixturevalue(who))
        assert client.get("/pistes/nouvelle/").status_code == 403
        assert client.get("/pistes/").status_code == 403

    def test_is_changed_then_withdrawn_and_put_back(self, client_of, david, trial, lyon_8):  # noqa: F811
        client, url = client_of(david), f"/pistes/{trial.pk}/"
        assert "Un agent à l’entrée" in client.get(f"{url}changer/").content.decode()
        client.post(f"{url}changer/", typed(lyon_8, titre="Deux agents"))
        assert Trial.objects.get().title == "Deux agents"
        client.post(f"{url}retirer/")
        assert "Deux agents" not in words_of(client.get("/pistes/"))
        assert "Retirée" in words_of(client.get(url))
        client.post(f"{url}remettre/")
        assert "Deux agents" in words_of(client.get("/pistes/"))

    def test_W04_unknown_parameters_are_refused(self, client_of, david):
        assert client_of(david).get("/pistes/nouvelle/?mesure=bonheur").status_code == 400
        assert client_of(david).get("/pistes/nouvelle/?x=1").status_code == 400


@pytest.mark.django_db
class TestRead:
    @pytest.fixture
    def page(self, client_of, david, trial, lived, now):  # noqa: F811
        def read(user=david, at=RUNNING, path=""):
            now.move_to(at)
            return client_of(user).get(f"/pistes/{trial.pk}/{path}")

        return read

    def test_doubt_is_said_as_doubt(self, page):
        words = words_of(page())
        assert "On ne peut pas conclure" in words
        assert "Cette phrase reste vraie" in words

    def test_the_start_is_drawn_and_each_week_is_in_the_table(self, page, lyon_8):
        html = page().content.decode()
        assert html.count('class="goal"') == 4  # two charts, each wide and narrow
        assert html.count('class="p-1"') == 2 * 2 * 17  # twelve weeks before and five after
        assert f">{lyon_8.label}</h2>" in html

    def test_before_the_first_week_is_over_it_is_too_early(self, page):
        assert "Trop tôt" in words_of(page(at=datetime(2026, 12, 3, 9, tzinfo=PARIS)))

    def test_nothing_changes_once_it_has_begun(self, page, client_of, david, trial, lyon_8):  # noqa: F811
        page()
        answer = client_of(david).post(
            f"/pistes/{trial.pk}/changer/", typed(lyon_8, mesure="felt", debut="2027-01-11")
        )
        assert answer.status_code == 422
        assert "La piste a commencé" in words_of(answer)
        assert Trial.objects.get().measure == "wait"

    def test_A02_who_leads_no_maison_reads_it_and_changes_nothing(self, page, client_of, central, trial):  # noqa: F811
        assert "Noter au journal" not in words_of(page(central))
        client_of(central).post(f"/pistes/{trial.pk}/arreter/", {"raison": "x"})
        assert Trial.objects.get().stopped_on is None

    def test_A02_a_compared_maison_out_of_reach_has_no_name_in_the_file(self, page, lyon_8, others):  # noqa: F811
        lines = page(path="csv/").content.decode().splitlines()
        assert lines[0] == "site,period,treated_site,after,value,n"
        assert f"{lyon_8.code},2026-09-07,1,0,30.0,10" in lines
        assert len(lines) == 1 + 6 * 17
        assert not [line for line in lines for maison in others if line.startswith(maison.code)]

    def test_is_stopped_with_a_reason_and_resumed(self, page, client_of, david, trial):  # noqa: F811
        page()
        client, url = client_of(david), f"/pistes/{trial.pk}/"
        assert client.post(f"{url}arreter/", {"raison": " "}).status_code == 422
        client.post(f"{url}arreter/", {"raison": "L’agent est parti"})
        assert "Arrêtée le dimanche 10 janvier : L’agent est parti" in words_of(client.get(url))
        client.post(f"{url}reprendre/")
        assert Trial.objects.get().stopped_on is None

    def test_a_line_of_the_journal_is_taken_back_and_put_back(self, page, client_of, david, trial):  # noqa: F811
        page()
        client, url = client_of(david), f"/pistes/{trial.pk}/"
        assert client.post(f"{url}journal/", {"note": ""}).status_code == 422
        client.post(f"{url}journal/", {"note": "Grève mardi"})
        assert "Grève mardi" in words_of(client.get(url))
        note = TrialNote.objects.get()
        client.post(f"{url}journal/{note.pk}/retirer/")
        assert "Grève mardi" not in words_of(client.get(url))
        client.post(f"{url}journal/{note.pk}/remettre/")
        assert "Grève mardi" in words_of(client.get(url))

    def test_W01_words_are_escaped(self, page, trial, david):  # noqa: F811
        Trial.objects.update(hypothesis="<script>alert(1)</script>")
        services.add_note(trial=trial, text="<b>x</b>", by=david, at=RUNNING)
        html = page().content.decode()
        assert "<script>alert" not in html
        assert "<b>x</b>" not in html


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_W07_are_accessible_and_fit_a_phone(browse, david, now, trial, lived):  # noqa: F811
    for path in ("/pistes/", "/pistes/nouvelle/", f"/pistes/{trial.pk}/"):
        assert violations(browse(david, path), shapes=((1280, 800), (360, 740))) == []
