"""`manage legal_clock` as other programs call it (law.md, section F)."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

HEADER = "sense,months,received_first,received,requests"
RIGHT = "refusal,2,,2026-01-15,2026-01-20:2026-02-10:"


def ask(tmp_path, *rows, header=HEADER, form="--json", ending="\n", **encoding):
    path = tmp_path / "clocks.csv"
    path.write_bytes(ending.join([header, *rows]).encode(encoding.get("encoding", "utf-8")))
    out = StringIO()
    call_command("legal_clock", str(path), *([form] if form else []), stdout=out)
    return out.getvalue()


def refused(tmp_path, *rows, **how):
    with pytest.raises(CommandError) as raised:
        ask(tmp_path, *rows, **how)
    assert raised.value.returncode == 2
    return str(raised.value)


class TestAnswers:
    def test_one_a_line_in_order(self, tmp_path):
        said = ask(tmp_path, RIGHT, "acceptance,2,,2026-01-15,2026-01-20:2026-02-10:")
        assert [json.loads(line) for line in said.splitlines()] == [
            {"day": "2026-04-05", "suspended_days": 21},
            {"day": None, "suspended_days": 0},
        ]

    @pytest.mark.parametrize(
        "how",
        [{"encoding": "utf-8-sig"}, {"ending": "\r\n"}, {"ending": "\r\n\r\n"}],
        ids=["mark of order", "ends of Windows", "empty lines"],
    )
    def test_whatever_program_wrote_the_file(self, tmp_path, how):
        assert json.loads(ask(tmp_path, RIGHT, **how))["day"] == "2026-04-05"

    def test_reads_columns_by_their_names(self, tmp_path):
        header = "note,received,requests,months,sense,received_first"
        said = ask(tmp_path, "a b,2026-01-15,,2,refusal,2026-01-02", header=header)
        assert json.loads(said)["day"] == "2026-03-02"

    def test_says_the_same_to_people(self, tmp_path):
        assert ask(tmp_path, RIGHT, form="").startswith("dimanche 5\u00a0avril 2026")

    def test_no_row_has_no_answer(self, tmp_path):
        assert ask(tmp_path) == ""


class TestRefusals:
    @pytest.mark.parametrize(
        "row",
        [
            "refus,2,,2026-01-15,",
            "REFUSAL,2,,2026-01-15,",
            ",2,,2026-01-15,",
            "refusal,,,2026-01-15,",
            "refusal,0,,2026-01-15,",
            "refusal,-2,,2026-01-15,",
            "refusal,2.0,,2026-01-15,",
            "refusal,2,,,",
            "refusal,2,,15/01/2026,",
            "refusal,2,,20260115,",
            "refusal,2,,2026-02-30,",
            "refusal,2,,2026-W03-4,",
            "refusal,2,hier,2026-01-15,",
            "refusal,999,,9999-01-15,",
            "refusal,2,,2026-01-15",
            "refusal,2,,2026-01-15,,",
            "refusal,2,,2026-01-15,2026-01-20",
            "refusal,2,,2026-01-15,2026-01-20:2026-02-10",
            "refusal,2,,2026-01-15,2026-01-20::",
            "refusal,2,,2026-01-15,:2026-02-10:",
            "refusal,2,,2026-01-15,2026-01-20:2026-02-10:;",
            "refusal,2,,2026-01-15,2026-01-20:2026-02-10:2026-02-30",
            "refusal,2,,2026-01-15,2026-01-20:9999-12-31:",
            'refusal,2,,"2026-01-15,',
            "refusal\udcff,2,,2026-01-15,".encode("utf-8", "surrogateescape").decode("latin-1"),
        ],
    )
    def test_an_unreadable_row_is_named_and_nothing_answered(self, tmp_path, row):
        assert "Ligne 3" in refused(tmp_path, RIGHT, row)

    def test_bytes_that_are_no_text_too(self, tmp_path):
        path = tmp_path / "clocks.csv"
        path.write_bytes(f"{HEADER}\n{RIGHT}\nrefusal,2,,2026-01-1\xe9,".encode("latin-1"))
        with pytest.raises(CommandError, match="Ligne 3"):
            call_command("legal_clock", str(path), "--json")

    @pytest.mark.parametrize(
        "header",
        ["", "sense,months,received,requests", "\x00", "sense,months,received_first,received,months"],
    )
    def test_a_header_without_a_column_is_line_one(self, tmp_path, header):
        assert "Ligne 1" in refused(tmp_path, RIGHT, header=header)

    def test_no_file_is_said(self, tmp_path):
        with pytest.raises(CommandError, match="ne peut pas être lu"):
            call_command("legal_clock", str(tmp_path / "none.csv"), "--json")
