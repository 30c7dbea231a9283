"""What an agenda may say, and what is refused in a sentence."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from requests_app.slots.models import Absence, Closure, Opening
from requests_app.slots.rules import why_unreadable

MONDAY = date(2026, 12, 7)


@pytest.fixture
def opening(chloe, lyon_8):
    """A Monday morning of Chloé, unless told otherwise."""

    def make(**fields):
        hours = {"starts_on": MONDAY, "starts_at": time(9), "ends_on": MONDAY, "ends_at": time(12)}
        return Opening(**{"agent": chloe, "maison": lyon_8, **hours, **fields})

    return make


def refused(row):
    """The sentences of a refusal, by field."""
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return {field: " ".join(sentences) for field, sentences in caught.value.message_dict.items()}


class TestHours:
    def test_a_week_without_end_is_fine(self, opening):
        opening(rrule="FREQ=WEEKLY").full_clean()

    @pytest.mark.parametrize(("starts", "ends"), [(time(12), time(9)), (time(9), time(9))])
    def test_refuses_an_end_that_comes_first(self, opening, starts, ends):
        assert refused(opening(starts_at=starts, ends_at=ends)) == {
            "ends_at": "La fin doit venir après le début.",
        }

    def test_a_night_ends_the_next_day(self, opening):
        opening(starts_at=time(22), ends_on=date(2026, 12, 8), ends_at=time(6)).full_clean()

    @pytest.mark.parametrize("model", [Opening, Absence, Closure])
    def test_the_database_refuses_it_as_well(self, model, chloe, lyon_8):
        owner = {
            Opening: {"agent": chloe, "maison": lyon_8},
            Absence: {"agent": chloe},
            Closure: {"maison": lyon_8},
        }
        hours = {"starts_on": MONDAY, "starts_at": time(12), "ends_on": MONDAY, "ends_at": time(9)}
        with pytest.raises(IntegrityError, match="ends_after_start"), transaction.atomic():
            model.objects.create(**owner[model], **hours)

    def test_refuses_a_validity_that_ends_first(self, opening):
        assert "valid_until" in refused(opening(valid_from=MONDAY, valid_until=date(2026, 12, 6)))

    def test_removed_it_stands_no_more(self, opening):
        row = opening()
        row.save()
        assert list(Opening.objects.standing()) == [row]
        Opening.objects.update(removed_at=f"{MONDAY}T00:00:00Z")
        assert not Opening.objects.standing().exists()


class TestRules:
    @pytest.mark.parametrize(
        "rrule",
        [
            "",
            "FREQ=DAILY",
            "FREQ=WEEKLY;COUNT=4",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU",
            "FREQ=MONTHLY;BYDAY=1MO,-1FR;UNTIL=20271231",
            "FREQ=MONTHLY;BYMONTHDAY=1,15,-1;UNTIL=20271231T120000",
            "FREQ=DAILY;UNTIL=20271231T120000Z",
        ],
    )
    def test_follows(self, rrule):
        assert why_unreadable(rrule) == ""

    @pytest.mark.parametrize(
        "rrule",
        [
            "WEEKLY",
            "FREQ=YEARLY",
            "FREQ=HOURLY",
            "COUNT=4",
            "FREQ=WEEKLY;COUNT=0",
            "FREQ=WEEKLY;COUNT=-1",
            "FREQ=WEEKLY;COUNT=٤",
            "FREQ=WEEKLY;INTERVAL=0",
            "FREQ=WEEKLY;BYDAY=LU",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=WEEKLY;BYHOUR=9",
            "FREQ=WEEKLY;BYSETPOS=1",
            "FREQ=WEEKLY;BYMONTHDAY=1",
            "FREQ=MONTHLY;BYMONTHDAY=32",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "FREQ=WEEKLY;UNTIL=demain",
            "FREQ=WEEKLY;COUNT=2;UNTIL=20271231",
            "FREQ=WEEKLY;FREQ=DAILY",
            "FREQ=WEEKLY;",
            "FREQ=WEEKLY\n",
            "RRULE:FREQ=WEEKLY",
        ],
    )
    def test_refuses_in_a_sentence(self, rrule):
        assert why_unreadable(rrule).endswith(".")

    def test_names_what_it_does_not_know(self, opening):
        found = refused(opening(rrule="FREQ=WEEKLY;BYHOUR=9"))
        assert found == {"rrule": "La répétition « BYHOUR=9 » n’est pas comprise."}
