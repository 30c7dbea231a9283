"""`manage first_delay --from-csv` as other programs call it (reception.md, section 6)."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

HEADER = "maison,type,first_time,asked_on,offered_on,booked_on,held_on,closed_on,announced_days"
WINDOW = ("--from", "2026-01-01", "--to", "2026-01-31", "--at", "2026-03-01")
SERVED = "M1,suivi,true,2026-01-05,2026-01-08,2026-01-10,2026-01-20,2026-02-01,15"
WAITING = "M1,suivi,false,2026-01-10,,,,,20"


def ask(tmp_path, *rows, header=HEADER, form="--json", ending="\n", encoding="utf-8", more=(), window=WINDOW):
    path = tmp_path / "rows.csv"
    path.write_bytes(ending.join([header, *rows]).encode(encoding))
    out = StringIO()
    call_command(
        "first_delay", "--from-csv", str(path), *window, *more, *([form] if form else []), stdout=out
    )
    return out.getvalue()


def delays(tmp_path, *rows, **how):
    return json.loads(ask(tmp_path, *rows, **how))


def refused(tmp_path, *rows, **how):
    with pytest.raises(CommandError) as raised:
        ask(tmp_path, *rows, **how)
    assert raised.value.returncode == 2
    return str(raised.value)


class TestStatistics:
    def test_gives_four_delays_and_nothing_else(self, tmp_path):
        assert delays(tmp_path, SERVED, WAITING) == {
            "offered": {"n": 2, "waiting": 1, "median_days": 3, "p90_days": None, "share_under": 0.5},
            "third_next": None,
            "booked": {"n": 2, "waiting": 1, "median_days": 5, "p90_days": None, "share_under": 0.5},
            "held": {"n": 2, "waiting": 1, "median_days": 15, "p90_days": None, "share_under": 0.5},
        }

    def test_an_empty_window_has_no_delay(self, tmp_path):
        nothing = {"n": 0, "waiting": 0, "median_days": None, "p90_days": None, "share_under": None}
        assert delays(tmp_path)["held"] == nothing
        early = ("--from", "2025-01-01", "--to", "2025-12-31")
        assert delays(tmp_path, SERVED, window=early)["booked"] == nothing

    def test_both_ends_of_the_window_are_in_it(self, tmp_path):
        rows = [f"M1,suivi,1,2026-01-{day},,,,," for day in ("04", "05", "06", "07")]
        window = ("--from", "2026-01-05", "--to", "2026-01-06", "--at", "2026-02-01")
        assert delays(tmp_path, *rows, window=window)["held"]["n"] == 2

    def test_what_is_shown_or_booked_counts_before_it_comes_and_what_is_held_does_not(self, tmp_path):
        row = "M1,suivi,1,2026-01-05,2026-04-05,2026-04-05,2026-04-05,,"
        found = delays(tmp_path, row)
        assert [found[name]["median_days"] for name in ("offered", "booked", "held")] == [90, 90, None]
        assert [found[name]["waiting"] for name in ("offered", "booked", "held")] == [0, 0, 1]

    def test_whoever_is_closed_no_longer_waits_from_the_day_itself(self, tmp_path):
        closed = [f"M1,suivi,1,2026-01-05,,,,{day}," for day in ("2026-02-28", "2026-03-01", "2026-03-02")]
        assert delays(tmp_path, *closed)["held"]["waiting"] == 1

    def test_a_closed_ticket_counts_for_as_long_as_it_was_open(self, tmp_path):
        # Closed on day 5, it is at risk on day 3 and no longer on day 10: 2/3, then 2/3 × 0.
        rows = ["M1,a,1,2026-01-05,,2026-01-08,,,", "M1,a,1,2026-01-05,,,,2026-01-10,"]
        found = delays(tmp_path, *rows, "M1,a,1,2026-01-05,,2026-01-15,,,")["booked"]
        assert (found["n"], found["median_days"], found["p90_days"]) == (3, 10, 10)

    def test_tickets_without_announced_delay_stay_out_of_the_share_alone(self, tmp_path):
        found = delays(tmp_path, SERVED, "M1,suivi,1,2026-01-05,,,,,")["booked"]
        assert (found["n"], found["share_under"]) == (2, 1.0)

    def test_the_share_has_four_decimals(self, tmp_path):
        late = "M1,suivi,1,2026-01-05,,2026-01-30,,,2"
        assert delays(tmp_path, SERVED, SERVED, late)["booked"]["share_under"] == 0.6667

    def test_the_share_is_unknown_when_nobody_waited_so_long(self, tmp_path):
        fresh = ("--from", "2026-01-01", "--to", "2026-01-31", "--at", "2026-01-12")
        assert delays(tmp_path, WAITING, window=fresh)["booked"]["share_under"] is None


class TestSegments:
    ROWS = (SERVED, WAITING, "M2,premier,true,2026-01-05,,,,,")

    @pytest.mark.parametrize(
        ("more", "count"),
        [
            ((), 3),
            (("--maison", "M1"), 2),
            (("--type", "premier"), 1),
            (("--first-time",), 2),
            (("--regular",), 1),
            (("--maison", "M1", "--first-time"), 1),
            (("--maison", "m1"), 0),
            (("--maison", ""), 0),
        ],
    )
    def test_narrows_to_one(self, tmp_path, more, count):
        assert delays(tmp_path, *self.ROWS, more=more)["booked"]["n"] == count


class TestFiles:
    @pytest.mark.parametrize(
        "how",
        [{"encoding": "utf-8-sig"}, {"ending": "\r\n"}, {"ending": "\r\n\r\n"}],
        ids=["mark of order", "ends of Windows", "empty lines"],
    )
    def test_whatever_program_wrote_them(self, tmp_path, how):
        assert delays(tmp_path, SERVED, WAITING, **how)["held"]["n"] == 2

    def test_reads_quoted_cells_and_columns_by_their_names(self, tmp_path):
        header = HEADER.replace("maison,type", "type,maison")
        row = '"suivi","Maison, du 8e",non,"2026-01-05",,,,,'
        assert delays(tmp_path, row, header=header, more=("--maison", "Maison, du 8e"))["held"]["n"] == 1

    def test_says_the_same_to_people(self, tmp_path):
        assert "moitié 5 j" in ask(tmp_path, SERVED, form="")


class TestRefusals:
    @pytest.mark.parametrize(
        "row",
        [
            "M1,suivi,peut-être,2026-01-05,,,,,",
            "M1,suivi,,2026-01-05,,,,,",
            "M1,suivi,1,,,,,,",
            "M1,suivi,1,05/01/2026,,,,,",
            "M1,suivi,1,20260105,,,,,",
            "M1,suivi,1,2026-02-30,,,,,",
            "M1,suivi,1,2026-01-05,2026-01-04,,,,",
            "M1,suivi,1,2026-01-05,,2026-01-04,,,",
            "M1,suivi,1,2026-01-05,,,2026-01-04,,",
            "M1,suivi,1,2026-01-05,,,,2026-01-04,",
            "M1,suivi,1,2026-01-05,,,,,-1",
            "M1,suivi,1,2026-01-05,,,,,2.5",
            "M1,suivi,1,2026-01-05,,,,,١٥",
            "M1,suivi,1,2026-01-05,,,,",
            "M1,suivi,1,2026-01-05,,,,,,",
            'M1,"suivi"x,1,2026-01-05,,,,,',
            "\0",
        ],
    )
    def test_names_the_line_that_cannot_be_read(self, tmp_path, row):
        assert "Ligne 3" in refused(tmp_path, SERVED, row, WAITING)

    def test_reads_rows_outside_the_window_as_strictly(self, tmp_path):
        assert "Ligne 3" in refused(tmp_path, SERVED, "M1,suivi,1,2020-01-05,2020-01-04,,,,")

    @pytest.mark.parametrize("header", ["", HEADER + ",note", HEADER[7:], HEADER + ",type", "maison;type"])
    def test_refuses_other_columns(self, tmp_path, header):
        assert "Ligne 1" in refused(tmp_path, header=header)

    def test_refuses_bytes_that_are_not_text(self, tmp_path):
        assert "Ligne 2" in refused(tmp_path, SERVED.replace("M1", "é"), encoding="latin-1")

    def test_refuses_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(CommandError) as raised:
            call_command("first_delay", "--from-csv", str(tmp_path), *WINDOW)
        assert raised.value.returncode == 2

    @pytest.mark.parametrize(
        "window",
        [
            ("--from", "2026-02-01", "--to", "2026-01-01"),
            ("--from", "20260101", "--to", "2026-02-01"),
            ("--from", "hier", "--to", "2026-02-01"),
            (*WINDOW, "--first-time", "--regular"),
        ],
    )
    def test_refuses_a_window_or_a_segment_that_is_none(self, tmp_path, window):
        with pytest.raises(CommandError):
            ask(tmp_path, SERVED, window=window)
