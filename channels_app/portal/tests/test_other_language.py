"""The other language is one press away, also on a page that answered a POST."""

import re

import pytest

from channels_app.portal.tests.test_following import secret_of
from tests.markup import one_line

pytestmark = pytest.mark.django_db
X = "x" * 22


def pressed(client, page):
    """What the button leads to."""
    [towards] = re.findall(r'name="next" value="([^"]+)"', one_line(page.content.decode()))
    towards = towards.replace("&amp;", "&")
    answer = client.post("/langue/", {"language": "en", "next": towards}, follow=True)
    return towards, answer


@pytest.mark.parametrize("action", ["message", "avis", "retirer"])
@pytest.mark.parametrize("is_sensitive", [False, True])
def test_a_refused_action_of_the_follow_up_leads_back_to_its_page(
    make_ticket, no_limits, client, action, is_sensitive
):
    secret = secret_of(make_ticket(sender="amina@exemple.fr", is_sensitive=is_sensitive))
    page = client.post(f"/suivi/{secret}/{action}/", {"texte": ""})
    if page.status_code == 302:
        page = client.get(page.url)
    towards, answer = pressed(client, page)
    assert answer.status_code == 200
    assert towards.startswith(("/suivi/", "/avis/"))
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize(
    "path", [f"/suivi/{X}/message/", f"/rendez-vous/{X}/confirmer/", f"/rendez-vous/{X}/autre-date/"]
)
def test_an_ended_link_leads_to_the_first_page(client, path):
    page = client.post(path)
    assert page.status_code == 404
    assert pressed(client, page)[1].status_code == 200


def test_the_question_is_found_again_with_its_way_back(fill):
    client = fill()
    page = client.post("/demande/message/?vers=verifier", {"texte": ""})
    towards, answer = pressed(client, page)
    assert towards == "/demande/message/?vers=verifier"
    assert answer.status_code == 200
