"""Every recurrence that can be read has its sentence, and none shows the text of a rule."""

import re
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from requests_app.slots.rule_phrases import describe_rule
from requests_app.slots.rules import read_rule

TUESDAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("FREQ=DAILY;COUNT=4", "tous les jours"),
        ("FREQ=DAILY;INTERVAL=3", "tous les 3 jours"),
        ("FREQ=DAILY;BYDAY=MO,TH", "tous les jours, seulement le lundi et le jeudi"),
        (
            "FREQ=DAILY;BYMONTHDAY=1;BYDAY=MO",
            "tous les jours, seulement le 1er du mois et seulement le lundi",
        ),
        ("FREQ=WEEKLY", "toutes les semaines"),
        ("FREQ=WEEKLY;BYDAY=TU", "toutes les semaines"),
        ("FREQ=WEEKLY;INTERVAL=2", "toutes les deux semaines"),
        (
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR,MO,WE",
            "toutes les 3 semaines, le lundi, le mercredi et le vendredi",
        ),
        ("FREQ=MONTHLY", "tous les mois, le 1er du mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,15", "tous les mois, le 15 du mois et le dernier jour du mois"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3", "tous les mois, le 3e jour avant la fin du mois"),
        ("FREQ=MONTHLY;BYDAY=1TU,3TU", "tous les mois, le premier mardi et le troisième mardi"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "tous les 2 mois, le dernier vendredi"),
        ("FREQ=MONTHLY;BYDAY=-3MO", "tous les mois, le 3e lundi avant la fin du mois"),
        ("FREQ=MONTHLY;BYDAY=WE", "tous les mois, le mercredi"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
            "tous les mois, seulement le 13 du mois et seulement le vendredi",
        ),
    ],
)
def test_says_how_often_and_on_which_days(text, said):
    assert describe_rule(read_rule(text), TUESDAY) == said


@given(
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    interval=st.integers(1, 12),
    weekdays=st.sets(st.sampled_from(["MO", "TU", "SU", "1MO", "-1FR", "-5SU", "5WE"]), max_size=3),
    month_days=st.sets(st.integers(-31, 31).filter(bool), max_size=3),
    language=st.sampled_from(["fr", "en"]),
)
def test_whatever_can_be_read_has_its_words(frequency, interval, weekdays, month_days, language):
    if frequency != "MONTHLY":
        weekdays = {day for day in weekdays if day.isalpha()}
    parts = [f"FREQ={frequency}", f"INTERVAL={interval}"]
    parts += [f"BYDAY={','.join(weekdays)}"] if weekdays else []
    parts += [f"BYMONTHDAY={','.join(map(str, month_days))}"] if month_days and frequency != "WEEKLY" else []
    with translation.override(language):
        said = describe_rule(read_rule(";".join(parts)), TUESDAY)
    assert said
    assert not re.search(r"[A-Z]{2}|=|;|%|règle", said)
