"""The tests' own guards hold."""

import socket

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines

from requests_app.maisons.models import Maison


def render(text, folder="templates/house", **context):
    origin = Origin(name=str(settings.BASE_DIR / folder / "page.html"))
    engine = engines["django"].engine
    return Template(text, origin=origin, engine=engine).render(Context(context))


class TestStrictWorld:
    def test_an_undefined_variable_of_ours_fails(self):
        with pytest.raises(AssertionError, match="nmae"):
            render("{{ nmae }}", name="Amina")

    def test_a_condition_may_ask_whether_it_is_there(self):
        assert render("{% if nmae %}x{% endif %}ok") == "ok"

    def test_the_templates_of_django_stay_as_they_are(self):
        assert render("[{{ nmae }}]", folder=".venv/lib/site-packages/django") == "[]"

    def test_the_network_is_out_of_reach(self):
        with socket.socket() as outside, pytest.raises(AssertionError):
            outside.connect(("192.0.2.1", 80))

    def test_the_cast_works_where_it_should(self, bruno, elsa, central, make_ticket, amina):
        assert bruno.current_maison.label == "Lyon 8e – Latarjet"
        assert Maison.objects.get(pk=elsa.current_maison_id).commune.insee_code == "69266"
        assert make_ticket(person=amina).sender == "Amina Benali"
