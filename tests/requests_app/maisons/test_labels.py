"""The short name shown in the top bar and in lists."""

import pytest

from requests_app.maisons.labels import maison_label
from requests_app.maisons.models import Commune, Maison


class TestLabel:
    @pytest.mark.parametrize(
        ("short_name", "commune", "expected"),
        [
            ("Latarjet", "Lyon 8e Arrondissement", "Lyon 8e – Latarjet"),
            ("Lyon 1er", "Lyon 1er Arrondissement", "Lyon 1er"),
            ("Lyon 3 Corneille", "Lyon 3e Arrondissement", "Lyon 3e – Corneille"),
            ("Vénissieux nord Parilly", "Vénissieux", "Vénissieux – Nord Parilly"),
            ("Oullins", "Oullins-Pierre-Bénite", "Oullins"),
            ("Annexe Vaulx-en-Velin", "Vaulx-en-Velin", "Annexe Vaulx-en-Velin"),
            ("Gare", "", "Gare"),
        ],
    )
    def test_says_the_place_once(self, short_name, commune, expected):
        assert maison_label(short_name, commune) == expected

    def test_follows_the_short_name(self, db):
        commune = Commune.objects.create(insee_code="99388", name="Lyon 8e Arrondissement")
        maison = Maison.objects.create(code="x", name="x", short_name="Latarjet", commune=commune)
        maison.short_name = "Mermoz"
        maison.save()
        assert Maison.objects.get(code="x").label == "Lyon 8e – Mermoz"

    @pytest.mark.usefixtures("territory")
    def test_tells_every_maison_from_another(self):
        labels = list(Maison.objects.values_list("label", flat=True))
        assert len(set(labels)) == len(labels) == 61
