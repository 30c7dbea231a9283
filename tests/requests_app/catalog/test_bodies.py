"""No code of the catalogue on a page: bodies in full, what is to be validated by its name."""

import pytest

from requests_app.catalog.bodies import body_words
from requests_app.catalog.models import Topic


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("MDM / MDMS ; 3919 ; 17 en danger immédiat", "Maison de la Métropole"),
        ("Cellule de recueil ; 119 ; 17 en danger immédiat", "Cellule de recueil"),
        ("MDMS à Lyon ; ailleurs la commune", "Maison de la Métropole à Lyon ; ailleurs la commune"),
        ("Centre rattaché à certaines MDM", "Centre rattaché à certaines Maisons de la Métropole"),
        ("115 et Maison de la veille sociale (État)", "115 et Maison de la veille sociale (État)"),
        ("CAF du Rhône", "CAF du Rhône"),
        ("", ""),
    ],
)
def test_body_words(written, said):
    assert body_words(written) == said


@pytest.mark.django_db
class TestAdmin:
    def test_names_what_is_to_be_validated(self, client, admin, territory):
        client.force_login(admin)
        topic = Topic.objects.get(code="accueil-premier")
        page = client.get(f"/admin/catalog/topic/{topic.pk}/change/").content.decode()
        assert "Délai annoncé" in page
        assert 'value="delay_days" id="id_to_validate' in page
        assert ">delay_days<" not in page

    def test_A09_takes_no_regime_and_confirms_no_part_of_it(self, client_of, admin, territory):
        topic, desk = Topic.objects.get(code="apa-domicile"), client_of(admin)
        page = f"/admin/catalog/topic/{topic.pk}/change/"
        form = desk.get(page).context["adminform"].form
        sent = {name: value for name, value in form.initial.items() if value is not None}
        desk.post(page, sent | {"regime": "silence_refusal", "to_validate": [], "delay_days": "25"})
        topic.refresh_from_db()
        assert (topic.delay_days, topic.regime) == (25, "silence_acceptance")
        assert (topic.to_validate, topic.settled_regime) == (["regime", "appeal"], "none")
