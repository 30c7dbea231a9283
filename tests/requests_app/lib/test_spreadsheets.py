"""Tables as spreadsheets open them: dates are dates, words are words, nothing runs."""

import io
import tracemalloc
from datetime import UTC, date, datetime, time

import pytest
from openpyxl import load_workbook

from requests_app.lib.spreadsheets import as_csv, as_file, as_xlsx

SUMMER = datetime(2026, 7, 1, 12, 30, 15, tzinfo=UTC)


def opened(rows, **how):
    return load_workbook(io.BytesIO(as_xlsx(rows, title="Liste", **how))).active


def test_an_instant_is_a_date_on_our_clock():
    sheet = opened([["Quand", "Jour", "Heure"], [SUMMER, date(2026, 7, 1), time(9, 5)]])
    assert sheet["A2"].value == datetime(2026, 7, 1, 14, 30)
    assert sheet["A2"].is_date
    assert sheet["A2"].number_format == "dd/mm/yyyy hh:mm"
    assert sheet["B2"].value == datetime(2026, 7, 1)
    assert sheet["B2"].number_format == "dd/mm/yyyy"
    assert sheet["C2"].value == time(9, 5)


def test_csv_writes_dates_as_french_spreadsheets_read_them():
    written = as_csv([[SUMMER, date(2026, 7, 1), time(9, 5), 1.5, None]]).decode("utf-8-sig")
    assert written == '"2026-07-01 14:30";"2026-07-01";"09:05";"1,5";""\r\n'


def test_numbers_stay_numbers_and_the_head_stays_in_view():
    sheet = opened([["Lieu", "Combien"], ["Lyon", 3]], frozen="B2")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (3, "n")
    assert sheet.freeze_panes == "B2"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize(
    "word", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "\x01=1", "\u202f@x"]
)
def test_W05_no_word_runs(word):
    sheet = opened([["Nom"], [word]])
    assert sheet["A2"].data_type == "s"
    assert str(sheet["A2"].value).startswith("'")
    assert as_csv([[word]]).decode("utf-8-sig").startswith("\"'")


@pytest.mark.parametrize("word", ["a\x00b", "a\x0bb", "a\uffffb"])
def test_a_character_that_no_workbook_holds_is_left_out(word):
    assert opened([["Nom"], [word]])["A2"].value == "ab"


def test_words_that_look_like_errors_are_words():
    assert opened([["Nom"], ["#N/A"]])["A2"].data_type == "s"


def test_a_column_is_as_wide_as_its_words_up_to_a_bound():
    sheet = opened([["Nom", "Mot"], ["x" * 30, "y" * 300]])
    assert sheet.column_dimensions["A"].width == 32
    assert sheet.column_dimensions["B"].width == 44


def test_an_empty_table_opens():
    assert opened([["Nom"]]).max_row == 1
    assert as_file([["Nom"]], "csv", title="x").decode("utf-8-sig") == '"Nom"\r\n'


def test_a_long_list_costs_the_file_and_not_its_cells():
    rows = ([SUMMER, "Samira Benali", 3] for _ in range(2_000))
    tracemalloc.start()
    as_xlsx(rows, title="Liste")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
