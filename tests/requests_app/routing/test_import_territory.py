"""A territory comes from files: checked whole, compared, written all or nothing."""

import shutil
from datetime import date
from io import StringIO
from time import perf_counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from requests_app.catalog.models import Topic
from requests_app.maisons.models import Commune, Maison, SpokenPlace, TerritoryVersion, TownHall
from requests_app.routing.evidence import Evidence
from requests_app.routing.importing.services import WrongFiles, import_territory
from requests_app.routing.models import Coverage
from requests_app.routing.resolver import resolve
from tests.world import LYON

pytestmark = pytest.mark.usefixtures("no_territory")

DAY = date(2026, 11, 23)


@pytest.fixture
def files(tmp_path):
    """A copy of Lyon's files, to spoil."""
    return shutil.copytree(LYON, tmp_path / "files")


def edit(folder, file, old, new):
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")


def problems_of(folder):
    with pytest.raises(WrongFiles) as wrong:
        import_territory(folder=folder, on=DAY)
    return [str(problem) for problem in wrong.value.problems]


class TestImport:
    def test_fills_every_table(self, no_territory):
        import_territory(folder=LYON, on=DAY)
        assert (Commune.objects.count(), Maison.objects.count(), Topic.objects.count()) == (69, 61, 58)
        assert (TownHall.objects.count(), Coverage.objects.count()) == (67, 100)
        assert SpokenPlace.objects.filter(name="Minguettes").get().insee_code == "69259"
        bachut = Maison.objects.get(code="P3667")
        assert (bachut.label, bachut.commune.insee_code) == ("Lyon 8e – Bachut", "69388")

    def test_has_nothing_to_do_the_second_time(self, territory):
        before = TerritoryVersion.objects.get().token
        assert all(diff.is_empty for diff in import_territory(folder=LYON, on=DAY))
        assert TerritoryVersion.objects.get().token == before

    def test_takes_less_than_three_seconds(self, no_territory):
        start = perf_counter()
        import_territory(folder=LYON, on=DAY)
        assert perf_counter() - start < 3

    def test_tries_without_writing(self, no_territory):
        diffs = import_territory(folder=LYON, on=DAY, dry_run=True)
        assert not Maison.objects.exists()
        assert len(next(diff for diff in diffs if diff.table == "Maison").created) == 61

    def test_closes_a_maison_that_is_gone_and_never_deletes_it(self, territory, files):
        edit(files, "mdm_coverage.csv", "69276,Feyzin,,Feyzin,P95,", "69276,Feyzin,,Feyzin,P97,")
        lines = (files / "mdm_sites.csv").read_text("utf-8").splitlines()
        (files / "mdm_sites.csv").write_text("\n".join(x for x in lines if not x.startswith("P95,")), "utf-8")
        import_territory(folder=files, on=DAY)
        assert Maison.objects.get(code="P95").closed_on == DAY
        import_territory(folder=LYON, on=DAY)
        assert Maison.objects.get(code="P95").closed_on is None

    def test_shows_a_renamed_maison_under_its_new_label(self, territory, files):
        edit(files, "mdm_sites.csv", ",Latarjet,principale", ",Mermoz,principale")
        diffs = import_territory(folder=files, on=DAY)
        assert Maison.objects.get(code="P84").label == "Lyon 8e – Mermoz"
        assert [diff.changed for diff in diffs if diff.changed] == [["P84 Lyon 8e – Mermoz (short_name)"]]

    def test_keeps_what_an_absent_column_does_not_say(self, territory, files):
        Topic.objects.filter(code="voirie").update(delay_days=7)
        lines = (files / "topics.csv").read_text("utf-8").splitlines()
        short = [line.rsplit(",", 4)[0] for line in lines]
        (files / "topics.csv").write_text("\n".join(short), "utf-8")
        import_territory(folder=files, on=DAY)
        assert Topic.objects.get(code="voirie").delay_days == 7

    def test_keeps_the_names_of_places_when_their_file_is_absent(self, territory, files):
        known = SpokenPlace.objects.count()
        (files / "spoken_places.csv").unlink()
        import_territory(folder=files, on=DAY)
        assert SpokenPlace.objects.count() == known > 200

    def test_hides_a_topic_that_is_gone(self, territory, files):
        lines = (files / "topics.csv").read_text("utf-8").splitlines()
        (files / "topics.csv").write_text("\n".join(x for x in lines if not x.startswith("velo,")), "utf-8")
        import_territory(folder=files, on=DAY)
        assert not Topic.objects.get(code="velo").is_active
        assert Topic.objects.active().count() == 57

    def test_reads_another_territory(self, territory, tmp_path):
        for file, line in OTHER_METROPOLIS.items():
            (tmp_path / file).write_text(line, "utf-8")
        import_territory(folder=tmp_path, on=DAY)
        assert [c.name for c in Commune.objects.current()] == ["Villebourg"]
        assert [m.label for m in Maison.objects.current()] == ["Villebourg – Gare"]


class TestBeforeTheFirstImport:
    def test_nothing_is_placed_nor_transferred(self, no_territory):
        answer = resolve(Evidence(postal_code="69500", topic_code="voirie"))
        assert (answer.outcome, answer.steps) == ("unplaced", ("Aucun territoire n’est importé.",))


class TestRefusal:
    def test_lists_all_faults_of_all_files_at_once_and_writes_nothing(self, no_territory, files):
        edit(files, "communes.csv", "69029,Bron,commune,,69500", "69029,Bron,commune,,6950")
        edit(files, "mdm_sites.csv", "mdm.bron@grandlyon.com", "mdm.bron")
        edit(files, "mdm_coverage.csv", "69029,Bron,,,P54,primary", "69029,Bron,,,P999,primary")
        said = problems_of(files)
        assert "communes.csv, ligne 3, colonne postal_codes : un code postal a cinq chiffres" in said
        assert sum("colonne email : ce n’est pas une adresse e-mail" in line for line in said) == 2
        assert any(x.startswith("mdm_coverage.csv, ligne 3, colonne site_id : « P999 »") for x in said)
        assert not Commune.objects.exists()

    @pytest.mark.parametrize(
        ("file", "old", "new", "said"),
        [
            ("communes.csv", "69029,Bron", "69003,Bron", "ligne 3 : même clé que la ligne 2"),
            (
                "communes.csv",
                "insee_code,name",
                "insee,name",
                "ligne 1, colonne insee_code : la colonne manque",
            ),
            ("communes.csv", "45.73467", "4573467", "ce n’est pas une coordonnée"),
            (
                "communes.csv",
                "69381,Lyon 1er Arrondissement,arrondissement,69123",
                "69381,X,arrondissement,69381",
                "tourne en rond",
            ),
            (
                "mdm_sites.csv",
                "Mo 08:30-12:00,13:30-17:00; Tu 13:00",
                "Lu 08:30-12:00,13:30-17:00; Tu 13:00",
                "opening_hours",
            ),
            ("mdm_sites.csv", "Latarjet,principale", "Latarjet,centrale", "« centrale » n’est pas l’une de"),
            (
                "mdm_coverage.csv",
                "69310,Pierre-Bénite,P88",
                "69500,Pierre-Bénite,P88",
                "n’est pas un code postal de 69149",
            ),
            (
                "mdm_coverage.csv",
                "69029,Bron,,Bron Bramet,P53,local",
                "69029,Bron,,Bron Bramet,P53,primary",
                "deux Maisons « primary »",
            ),
            (
                "spoken_places.csv",
                "Minguettes,69259",
                "Minguettes,69999",
                "« 69999 » n’est pas dans communes.csv",
            ),
            ("spoken_places.csv", "Chaponost,69043", "Chaponost,69029", "« 69029 » est dans communes.csv"),
            ("topics.csv", "voirie,Autres services", "voirie,Autres,services", "le nombre de cases"),
            ("topics.csv", "tous,non,transmettre", "tous,non,oublier", "« oublier » n’est pas l’une de"),
            (
                "mairies.csv",
                "https://www.ville-bron.fr/",
                "javascript:alert(1)",
                "ce n’est pas une adresse de site",
            ),
        ],
    )
    def test_names_the_file_the_line_and_the_column(self, no_territory, files, file, old, new, said):
        edit(files, file, old, new)
        found = problems_of(files)
        assert any(line.startswith(file) and said in line for line in found), found

    def test_of_a_folder_without_its_files(self, no_territory, tmp_path):
        assert len(problems_of(tmp_path)) == 5

    def test_of_a_file_that_is_not_text(self, no_territory, files):
        (files / "topics.csv").write_bytes(b"\xff\xfe\x00code")
        assert problems_of(files) == ["topics.csv : le fichier n’est pas en UTF-8"]


class TestCommand:
    def test_prints_the_differences_and_what_was_done(self, no_territory):
        out = StringIO()
        call_command("import_territory", str(LYON), stdout=out)
        assert "Maison : 61 créées, 0 modifiées, 0 fermées" in out.getvalue()
        assert out.getvalue().endswith("Territoire importé.\n")
        call_command("import_territory", str(LYON), stdout=out)
        assert out.getvalue().endswith("Rien à faire : le territoire est à jour.\n")

    def test_ends_in_2_with_every_fault_on_stderr(self, no_territory, files):
        edit(files, "mdm_sites.csv", "mdm.bron@grandlyon.com", "mdm.bron")
        err = StringIO()
        with pytest.raises(CommandError) as refusal:
            call_command("import_territory", str(files), stderr=err)
        assert refusal.value.returncode == 2
        assert err.getvalue().count("mdm_sites.csv, ligne") == 2

    def test_closes_at_the_day_of_the_territory(self, territory, files):
        lines = (files / "mdm_sites.csv").read_text("utf-8").splitlines()
        (files / "mdm_sites.csv").write_text("\n".join(x for x in lines if not x.startswith("P53,")), "utf-8")
        edit(files, "mdm_coverage.csv", "Bron Bramet,P53,local", "Bron Bramet,P55,local")
        call_command("import_territory", str(files), stdout=StringIO())
        assert Maison.objects.get(code="P53").closed_on == timezone.localdate()


OTHER_METROPOLIS = {
    "communes.csv": "insee_code,name,level,parent_insee,postal_codes,population,lat,lon\n"
    "75999,Villebourg,commune,,75999,10,48.8,2.3\n",
    "mairies.csv": "insee_code,address,postal_code,phone,email,website,lat,lon\n",
    "mdm_sites.csv": "site_id,name,short_name,type,address,postal_code,insee_code,phone,email,opening_hours,"
    "lat,lon\nV1,Maison de la gare,Gare,principale,1 rue de la gare,75999,75999,,,,,\n",
    "mdm_coverage.csv": "insee_code,postal_code,site_id,role,confidence\n75999,,V1,primary,high\n",
    "topics.csv": "code,theme,label,description,audience,mdm_matter,action,competent_body,"
    "sensitivity,keywords\n"
    "autre,Accueil,Autre,,,a_qualifier,qualifier,,normal,\n",
}
