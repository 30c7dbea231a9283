"""`manage effect` as other programs call it (experience.md, section 6)."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.requests_app.experiments.worlds import draw_world

HEADER = "site,period,treated_site,after,value,n"
ROWS = ("a,1,1,0,10,5", "a,2,1,1,18,5", "b,1,0,0,11,5", "b,2,0,1,12,5")


@pytest.fixture
def write(tmp_path):
    def write_file(*rows, header=HEADER, name="trial.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\n".join([header, *rows]).encode(encoding, "surrogateescape"))
        return str(path)

    return write_file


def ask(*paths, **options):
    out = StringIO()
    call_command("effect", *paths, "--json", stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def refused(*paths, **options):
    with pytest.raises(CommandError) as raised:
        ask(*paths, **options)
    assert raised.value.returncode == 2
    return str(raised.value)


def cells(seen):
    flags = (str(int(seen.is_tried)), str(int(seen.is_after)))
    return ",".join([seen.site, seen.period, *flags, repr(seen.value), str(seen.n)])


class TestAnswer:
    def test_is_one_object_with_the_fields_that_were_agreed(self, write):
        [found] = ask(write(*ROWS))
        assert found == {
            "estimate": 7.0,
            "low": None,
            "high": None,
            "p": 1.0,
            "sites": 2,
            "verdict": "on ne peut pas conclure",
        }

    def test_several_files_are_one_line_each_in_order(self, write):
        other = write("a,1,1,0,1,1", name="other.csv")
        assert [found["sites"] for found in ask(other, write(*ROWS), other)] == [0, 2, 0]

    def test_looks_are_added_when_asked_for(self, write):
        rows = [cells(seen) for seen in draw_world(1, effect=20)]
        [found] = ask(write(*rows), looks=True)
        assert found["verdict"] == "effet"
        assert [look["period"] for look in found["looks"]] == [f"2026-W{week:02}" for week in range(6, 14)]
        assert set(found["looks"][0]) == {"period", "estimate", "low", "high", "verdict"}
        assert "looks" not in ask(write(*rows))[0]

    def test_the_effect_that_would_matter_lets_absence_be_said(self, write):
        rows = [cells(seen) for seen in draw_world(3)]
        assert ask(write(*rows), smallest=30.0)[0]["verdict"] == "pas d'effet visible"

    def test_reads_what_spreadsheets_write(self, write):
        rows = [f"{row},une note" for row in ROWS] + ['"é, rue",3,0,1,,0,']
        assert ask(write(*rows, header=f"\ufeff{HEADER},note"))[0]["estimate"] == 7.0

    def test_without_json_it_is_a_sentence(self, write):
        out = StringIO()
        call_command("effect", write(*ROWS), "--looks", stdout=out)
        assert "on ne peut pas conclure ; écart 7, de – à – ; 2 sites" in out.getvalue()
        assert "  2 : on ne peut pas conclure" in out.getvalue()


class TestRefusal:
    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("a,1,1,0,10,5", "déjà une valeur"),
            ("b,3,1,1,10,5", "à la fois essayé et de comparaison"),
            ("c,1,2,0,10,5", "« treated_site » n’est ni 0 ni 1"),
            ("c,1,1,oui,10,5", "« after » n’est ni 0 ni 1"),
            ("c,1,1,,10,5", "« after » n’est ni 0 ni 1"),
            ("c,1,1,0,10,-1", "« n » est négative"),
            ("c,1,1,0,10,", "« n » est vide"),
            ("c,1,1,0,dix,5", "« value » n’est pas un nombre"),
            ("c,1,1,0,nan,5", "« value » n’est pas un nombre"),
            ("c,1,1,0,1e999,5", "« value » n’est pas un nombre"),
            ("c,1,1,0,1_0,5", "« value » n’est pas un nombre"),
            ("c,1,1,0,10,beaucoup", "« n » n’est pas un nombre"),
            ('c,1,1,0,"10,5",5', "« value » n’est pas un nombre"),
            (",1,1,0,10,5", "« site » est vide"),
            ("c,,1,0,10,5", "« period » est vide"),
            ("c\udcff,1,1,0,10,5", "« site » n’est pas du texte"),
            ("c,1,1,0,10", "pas autant de cases"),
            ('c,1,1,0,10,"5', "ne peut pas être lue"),
        ],
    )
    def test_names_the_line_and_what_is_wrong(self, write, row, reason):
        said = refused(write(*ROWS, row))
        assert "Ligne 6 :" in said
        assert reason in said

    @pytest.mark.parametrize("header", ["site,period,treated_site,after,value", f"{HEADER},n", ""])
    def test_names_the_column_that_is_missing_or_there_twice(self, write, header):
        assert "Ligne 1 : la colonne «" in refused(write(header=header))

    def test_names_the_file_that_is_not_there_and_answers_none(self, write, tmp_path, capsys):
        missing = str(tmp_path / "none.csv")
        assert f"{missing} : Le fichier ne peut pas être lu." in refused(write(*ROWS), missing)
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize("size", ["0", "-1", "nan", "inf", "peu"])
    def test_an_effect_that_would_matter_is_above_zero(self, write, size):
        with pytest.raises(CommandError):
            call_command("effect", write(*ROWS), f"--smallest={size}")
