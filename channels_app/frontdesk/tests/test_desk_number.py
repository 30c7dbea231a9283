"""« Votre bureau aujourd’hui »: what is refused stays as it was typed, with what to write."""

import pytest

from requests_app.visits.models import AgentDesk

pytestmark = pytest.mark.django_db


def test_what_is_refused_is_kept_as_typed_beside_its_error_once(client_of, bruno):
    client = client_of(bruno)
    client.post("/accueil/bureau/", {"bureau": "3"})
    page = client.post("/accueil/bureau/", {"bureau": "Chez Paul <b>"}, follow=True).content.decode()
    field = page.partition('id="mon-bureau"')[2].partition(">")[0]
    assert 'value="Chez Paul &lt;b"' in field
    assert 'aria-describedby="mon-bureau_error"' in field
    assert (
        "Écrivez le numéro de votre bureau" in page.partition('id="mon-bureau_error"')[2].partition("</p>")[0]
    )
    assert AgentDesk.objects.get().number == "3"

    again = client.get("/accueil/").content.decode()
    assert 'value="3"' in again.partition('id="mon-bureau"')[2].partition(">")[0]
    assert "mon-bureau_error" not in again
