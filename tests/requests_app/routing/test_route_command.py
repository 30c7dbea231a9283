"""`manage route`: what other programs and checks call."""

import csv
import json
import os
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from requests_app.routing.importing.services import import_territory
from requests_app.routing.models import RoutingDecision
from tests.requests_app.routing.test_import_territory import DAY

pytestmark = pytest.mark.usefixtures("territory")


def route(*arguments):
    out = StringIO()
    call_command("route", *arguments, stdout=out)
    return out.getvalue()


class TestRoute:
    def test_answers_in_the_promised_shape(self):
        answer = json.loads(route("--address", "69500 Bron", "--topic", "rsa-demande", "--json"))
        assert list(answer) == ["outcome", "maison", "candidates", "confidence", "transfer", "steps"]
        assert answer["maison"] == {"code": "P54", "name": "Maison de la Métropole principale de Bron"}
        assert (answer["outcome"], answer["candidates"], answer["transfer"]) == ("routed", [], None)

    def test_names_the_body_of_a_transfer(self):
        answer = json.loads(route("--insee", "69388", "--topic", "etat-civil", "--json"))
        assert answer["transfer"] == {"body": "Mairie de Lyon 8e Arrondissement", "insee_code": "69388"}
        assert json.loads(route("--topic", "caf", "--json"))["transfer"]["insee_code"] is None

    def test_speaks_french_without_json(self):
        said = route("--postal-code", "69500", "--topic", "enfance-danger")
        assert said.startswith("Une Maison proposée : Maison de la Métropole principale de Bron (P54)")
        assert "1. Urgence : appelez le 119 ou le 17." in said

    def test_writes_nothing(self):
        route("--postal-code", "69500", "--topic", "autre", "--json")
        assert not RoutingDecision.objects.exists()

    @pytest.mark.parametrize("arguments", [["--insee", "69029"], ["--topic", "licorne"]])
    def test_refuses_a_topic_that_the_catalog_lacks(self, arguments):
        with pytest.raises(CommandError) as refusal:
            route(*arguments)
        assert refusal.value.returncode == 2


class TestBatch:
    def test_gives_one_line_per_row_in_order(self, tmp_path):
        file = tmp_path / "rows.csv"
        rows = '"1 rue X, 69500 Bron",,,autre\n,69388,,autre\n,,69001,\n,,,licorne\n,38185,,autre\n'
        file.write_text(f"address,insee,postal_code,topic\n{rows}", "utf-8")
        answers = [json.loads(line) for line in route("--batch", str(file)).splitlines()]
        outcomes = [answer["outcome"] for answer in answers]
        assert outcomes == ["routed", "ambiguous", "routed", "unplaced", "transfer"]

    @pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00"])
    def test_refuses_a_file_of_another_kind(self, tmp_path, content):
        file = tmp_path / "rows.csv"
        file.write_bytes(content)
        with pytest.raises(CommandError) as refusal:
            route("--batch", str(file))
        assert refusal.value.returncode == 2

    def test_refuses_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(CommandError, match="ne peut pas être lu"):
            route("--batch", str(tmp_path / "none.csv"))


SHARED = settings.SHARED_DIR / "data" / "territory"


@pytest.mark.corpus
@pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true", reason="no territory files in GRU_SHARED_DIR"
)
class TestRealAddresses:
    def test_lead_to_the_principal_maison_and_never_to_a_wrong_one(self, tmp_path):
        with (SHARED / "addresses_sample.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        batch = tmp_path / "batch.csv"
        with batch.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(["address", "insee", "postal_code", "topic"])
            for row in rows:
                street = f"{row['number']} {row['street']}".strip()
                lines.writerow([f"{street}, {row['postal_code']} {row['commune']}", "", "", "autre"])
                lines.writerow([f"{street} {row['commune']}", "", row["postal_code"], "autre"])
                lines.writerow([street, row["insee_code"], row["postal_code"], "autre"])
                lines.writerow(["", "", row["postal_code"], "autre"])
        answers = [json.loads(line) for line in route("--batch", str(batch)).splitlines()]
        principal = principal_sites()
        assert len(rows) == 664
        for number, row in enumerate(rows):
            expected = principal[(row["insee_code"], row["postal_code"])]
            for answer in answers[number * 4 : number * 4 + 4]:
                if len(expected) == 1:
                    assert (answer["outcome"], answer["maison"]["code"]) == ("routed", *expected), row
                else:
                    assert answer["outcome"] == "ambiguous", row
                    assert {candidate["code"] for candidate in answer["candidates"]} == expected, row

    def test_come_from_files_that_import_as_they_are(self):
        diffs = import_territory(folder=SHARED, on=DAY)
        assert not any(diff.created for diff in diffs)
        ours = sorted(name for diff in diffs for name in diff.closed)
        assert ours == [
            "acces-origines Accès à ses origines et à son dossier",
            "droits-donnees Droits sur mes données",
        ], "the topics that the project adds"


def principal_sites():
    """The sites to propose for each commune and postal code, read from the file by the shortest way."""
    found = {}
    with (SHARED / "mdm_coverage.csv").open(encoding="utf-8") as file:
        coverage = [row for row in csv.DictReader(file) if row["role"] in ("primary", "candidate")]
    with (SHARED / "communes.csv").open(encoding="utf-8") as file:
        for commune in csv.DictReader(file):
            for code in commune["postal_codes"].split("|"):
                found[(commune["insee_code"], code)] = {
                    row["site_id"]
                    for row in coverage
                    if row["insee_code"] == commune["insee_code"] and row["postal_code"] in ("", code)
                }
    return found
