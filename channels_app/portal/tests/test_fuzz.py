"""Random answers: never an error of ours, and what was typed is in the ticket or given back (Hypothesis)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels_app.intake.models import Arrival
from channels_app.intake.services import reconcile
from channels_app.portal.tests.conftest import ANSWERS, address
from channels_app.portal.tests.test_following import secret_of
from requests_app.tickets.models import Ticket, Touchpoint

pytestmark = pytest.mark.django_db
FINE = {200, 302, 403, 404, 405, 413, 429}
SIGNS = st.characters(codec="utf-8")
WORDS = st.text(SIGNS, max_size=300)
SHORT = st.text(SIGNS, max_size=60)
NAMES = sorted({name for fields in ANSWERS.values() for name in fields})
NAMES += [
    "email",
    "postal",
    "eviter",
    "partage",
    "besoins",
    "langue",
    "retirer",
    "ajouter",
    "chercher",
    "mots",
    "cle",
]
ODD = st.dictionaries(
    st.sampled_from(NAMES) | SHORT.filter(bool), WORDS | st.lists(SHORT, max_size=3), max_size=8
)
PAGES = st.sampled_from(
    [*map(address, ANSWERS), "/demande/verifier/", "/suivi/", "/suivi/code/", "/demande/reprendre/"]
)
MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@pytest.fixture
def no_sending(territory, no_limits):
    """Whatever is typed, nothing counts the tries."""


@MANY
@given(path=PAGES, sent=ODD, data=st.binary(max_size=200))
def test_any_answer_gets_a_page(no_sending, path, sent, data):
    client = Client()
    client.post("/demande/", ANSWERS["sujet"])
    files = {"papiers": SimpleUploadedFile("x.jpg", data)} if data else {}
    assert client.post(path, {**sent, **files}).status_code in FINE
    assert client.get(path, {str(name): value for name, value in sent.items()}).status_code in FINE


@MANY
@given(text=WORDS, town=SHORT, avoid=SHORT, name=SHORT, family=SHORT, language=SHORT)
def test_what_is_sent_is_whole_and_what_is_refused_is_given_back(
    no_sending, text, town, avoid, name, family, language
):
    Ticket.objects.update(answered_at=timezone.now())  # so that the same words again are another request
    client, before = Client(), Ticket.objects.count()
    typed = {
        "sujet": {"sujet": "je-ne-sais-pas"},
        "message": {"texte": text},
        "lieu": {"commune": town, "sans_adresse": "on"},
        "contact": {**ANSWERS["contact"], "eviter": avoid},
        "vous": {"prenom": name, "nom": family, "besoins": ["interpreter"], "langue": language},
    }
    for step, fields in typed.items():
        answer = client.post(address(step), fields)
        if answer.status_code == 200:  # refused: the page shows the same words again
            assert "Il y a un problème" in answer.content.decode()
            return
    assert client.post("/demande/verifier/").url == "/demande/enregistree/"
    assert Ticket.objects.count() == before + 1
    said = Touchpoint.objects.filter(direction="in").latest("pk")
    assert said.reply_text == text.strip()
    assert reconcile(at=timezone.now()).gap == 0
    assert not Arrival.objects.exclude(state="heard").exists()


@MANY
@given(sent=ODD, action=st.sampled_from(["message", "avis", "retirer", "garder", "code", "x"]))
def test_any_act_on_a_demand_gets_a_page_and_never_loses_it(no_sending, make_ticket, sent, action):
    ticket = make_ticket(sender="amina@exemple.fr")
    secret = secret_of(ticket, key=ticket.reference)
    assert Client().post(f"/suivi/{secret}/{action}/", sent).status_code in FINE
    assert Client().get(f"/suivi/{secret}/").status_code == 200
