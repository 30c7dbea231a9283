"""A trial is chosen beforehand, frozen by its start, and read week by week."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from requests_app.appointments.models import Appointment
from requests_app.experiments import services
from requests_app.experiments.effect import EFFECT
from requests_app.experiments.errors import HasBegun, NotRunning, NotTheirTrial
from requests_app.experiments.measures import MEASURES, read_weeks
from requests_app.experiments.models import Trial, TrialNote
from requests_app.experiments.power import Plan
from requests_app.experiments.selectors import foresee, read_result
from requests_app.first_delay.models import ThirdNext
from requests_app.indicators.models import DayWait, FeltBatch, WeekDelay
from requests_app.maisons.opening import PARIS
from tests.requests_app.appointments.conftest import follow_up  # noqa: F401
from tests.requests_app.experiments.conftest import PLANNED, START, WEEK

pytestmark = pytest.mark.django_db
BEGUN = datetime(2026, 12, 2, 9, tzinfo=PARIS)
DAY = timedelta(days=1)


class TestFrozen:
    def test_may_change_until_it_begins(self, trial, lyon_8, others, david):
        trial.title = "Deux agents à l’entrée"
        services.plan_trial(trial=trial, tried=[lyon_8], others=others[:3], by=david, at=PLANNED)
        assert Trial.objects.get().title == "Deux agents à l’entrée"
        assert trial.sites.filter(is_tried=False).count() == 3

    def test_nothing_chosen_changes_after(self, trial, lyon_8, others, david):
        trial.measure = "felt"
        with pytest.raises(HasBegun):
            services.plan_trial(trial=trial, tried=[lyon_8], others=others, by=david, at=BEGUN)
        assert Trial.objects.get().measure == "wait"

    def test_nor_by_a_start_pushed_back_on_a_page_left_open(self, trial, lyon_8, others, david):
        trial.starts_on, trial.ends_on = START + 4 * WEEK, START + 9 * WEEK - DAY
        with pytest.raises(HasBegun):
            services.plan_trial(trial=trial, tried=[lyon_8], others=others, by=david, at=BEGUN)

    def test_none_begins_in_the_past(self, lyon_8, others, david):
        late = Trial(title="x", hypothesis="y", measure="wait", starts_on=START, ends_on=START + WEEK)
        with pytest.raises(HasBegun):
            services.plan_trial(trial=late, tried=[lyon_8], others=others, by=david, at=BEGUN)

    def test_withdrawn_and_put_back_before_it_begins(self, trial, david):
        services.withdraw_trial(trial=trial, by=david, at=PLANNED)
        assert not Trial.objects.standing().exists()
        services.restore_trial(trial=trial, by=david, at=PLANNED)
        assert Trial.objects.standing().exists()
        with pytest.raises(HasBegun):
            services.withdraw_trial(trial=trial, by=david, at=BEGUN)

    def test_ends_with_the_week_and_says_why(self, trial, david):
        with pytest.raises(ValidationError):
            services.stop_trial(trial=trial, reason=" ", by=david, at=BEGUN)
        services.stop_trial(trial=trial, reason="L’agent est parti", by=david, at=BEGUN)
        assert Trial.objects.get().last_day == date(2026, 12, 6)
        services.resume_trial(trial=trial, by=david, at=BEGUN)
        assert Trial.objects.get().last_day == trial.ends_on

    def test_is_not_resumed_once_its_last_week_is_over(self, trial, david):
        services.stop_trial(trial=trial, reason="L’agent est parti", by=david, at=BEGUN)
        with pytest.raises(NotRunning):
            services.resume_trial(trial=trial, by=david, at=BEGUN + WEEK)

    def test_one_to_come_is_not_stopped(self, trial, david):
        with pytest.raises(NotRunning):
            services.stop_trial(trial=trial, reason="Trop tôt", by=david, at=PLANNED)


class TestRights:
    def test_A02_a_manager_leads_at_their_maisons_alone(self, lyon_8, villeurbanne, david, elsa):
        plan = {"title": "x", "hypothesis": "y", "measure": "wait"}
        when = {"starts_on": START, "ends_on": START + WEEK}
        for tried, by in (([villeurbanne], david), ([lyon_8, villeurbanne], david), ([lyon_8], elsa)):
            with pytest.raises(NotTheirTrial):
                services.plan_trial(trial=Trial(**plan, **when), tried=tried, others=[], by=by, at=PLANNED)
        assert not Trial.objects.exists()

    def test_A02_nor_stops_or_annotates_another_s(self, trial, elsa):
        with pytest.raises(NotTheirTrial):
            services.stop_trial(trial=trial, reason="x", by=elsa, at=BEGUN)
        with pytest.raises(NotTheirTrial):
            services.add_note(trial=trial, text="x", by=elsa, at=BEGUN)

    def test_a_line_of_the_journal_is_its_author_s(self, trial, david, admin):
        note = services.add_note(trial=trial, text=" Grève mardi ", by=david, at=BEGUN)
        assert TrialNote.objects.get().text == "Grève mardi"
        with pytest.raises(NotTheirTrial):
            services.withdraw_note(note=note, by=admin, at=BEGUN)
        assert services.withdraw_note(note=note, by=david, at=BEGUN)
        assert not services.withdraw_note(note=note, by=david, at=BEGUN)
        assert services.restore_note(note=note, by=david)


class TestMeasures:
    def read(self, code, maison, weeks=2):
        found = read_weeks(MEASURES[code], [maison.pk], START, START + weeks * WEEK)
        return [(week.monday, week.value, week.n) for week in found]

    def test_wait_is_the_mean_of_the_week(self, lyon_8):
        for day, minutes, count in ((0, 10, 4), (6, 20, 6), (7, 99, 5)):
            DayWait.objects.create(place=lyon_8.pk, day=START + day * DAY, minutes=minutes, count=count)
        assert self.read("wait", lyon_8, weeks=1) == [(START, 16.0, 10)]

    def test_felt_is_the_share_of_good_ones(self, lyon_8):
        FeltBatch.objects.create(place=lyon_8.pk, day=START, very_bad=1, well=3, very_well=1)
        FeltBatch.objects.create(place=lyon_8.pk, day=START + 6 * DAY, very_bad=5)
        assert self.read("felt", lyon_8) == [(START, 40.0, 10)]

    def test_first_answer_in_working_days(self, lyon_8):
        for channel, tenths, count in (("", 10, 3), ("", 30, 3), ("mail", 90, 9)):
            WeekDelay.objects.create(
                place=lyon_8.pk, monday=START, channel=channel, tenths=tenths, count=count
            )
        assert self.read("first_answer", lyon_8) == [(START, 2.0, 6)]

    def test_absences_among_those_noted(self, lyon_8, make_appointment, make_ticket, chloe):
        for n, state in enumerate(("came", "came", "absent", "excused", "came", "booked")):
            start = datetime(2026, 12, 1, 9 + n, tzinfo=PARIS)
            came_at = start if state == "came" else None
            fields = {"state": state, "came_at": came_at, "reason": "Malade" if state == "excused" else ""}
            make_appointment(ticket=make_ticket(), agent=chloe, starts_at=start, **fields)
        assert Appointment.objects.count() == 6
        assert self.read("absences", lyon_8) == [(START, 20.0, 5)]

    def test_a_day_without_a_slot_counts_as_all_that_was_looked_at(self, lyon_8, follow_up):  # noqa: F811
        for n in range(5):
            start = datetime(2026, 12, 10 + n, 9, tzinfo=PARIS) if n else None
            ThirdNext.objects.create(
                maison=lyon_8, type=follow_up, day=START + n * DAY, start=start, looked_until=START + 90 * DAY
            )
        assert self.read("third_next", lyon_8) == [(START, (90 + 10 * 4) / 5, 5)]

    def test_P06_a_week_of_under_five_is_missing(self, lyon_8, wait):
        wait(lyon_8, START, 1, 10, count=4)
        assert self.read("wait", lyon_8) == []


class TestResult:
    @pytest.fixture
    def lived(self, trial, lyon_8, others, wait):
        """A wait of 30 minutes everywhere, of 10 at Lyon 8e since the start; it is the fifth week."""
        first = trial.compared_from
        for n, maison in enumerate([lyon_8, *others]):
            wait(maison, first, 12, 30 + n)
            wait(maison, START, 5, 10 if maison == lyon_8 else 30 + n)
        return START + 5 * WEEK - DAY

    def test_the_week_that_goes_on_is_left_out(self, trial, lived):
        result = read_result(trial, today=lived)
        assert result.mondays[0] == trial.compared_from
        assert result.mondays[-1] == START + 3 * WEEK
        assert len(result.looks) == 4
        assert result.effect is None

    def test_looks_tell_the_difference_in_minutes(self, trial, lived):
        assert read_result(trial, today=lived).looks[-1].estimate == pytest.approx(-20.0)

    def test_one_site_among_six_can_never_conclude(self, trial, lived):
        result = read_result(trial, today=trial.ends_on + DAY)
        assert result.effect.estimate == pytest.approx(-20.0)
        assert result.effect.verdict != EFFECT

    def test_missing_weeks_stay_missing(self, trial, lived, lyon_8):
        DayWait.objects.filter(place=lyon_8.pk, day=START).delete()
        result = read_result(trial, today=lived)
        assert (lyon_8.pk, START) not in result.values
        missing = [row for row in result.observations if row.is_missing]
        assert [(row.site, row.period) for row in missing] == [(lyon_8.code, str(START))]

    def test_the_same_statements_for_one_site_as_for_six(self, trial, lived, django_assert_num_queries):
        with CaptureQueriesContext(connection) as six:
            read_result(trial, today=lived)
        trial.sites.filter(is_tried=False).delete()
        with django_assert_num_queries(len(six)):
            read_result(trial, today=lived)


class TestForesee:
    def test_nothing_measured_tells_nothing(self, lyon_8, others):
        ids = [maison.pk for maison in others]
        assert foresee(MEASURES["wait"], [lyon_8.pk], ids, weeks=12, today=START) is None

    def test_from_the_noise_of_the_past_year(self, lyon_8, others, wait):
        first = START - 60 * WEEK
        for n, maison in enumerate([lyon_8, *others]):
            for week in range(60):
                wait(maison, first + week * WEEK, 1, 30 + (week * (n + 3)) % 7)
        ids = [maison.pk for maison in [lyon_8, *others]]
        found = foresee(MEASURES["wait"], ids[:2], ids[2:], weeks=12, today=START)
        assert found == Plan(None, None)  # two of six: fifteen assignments, one alone is not one in twenty
        found = foresee(MEASURES["wait"], ids[:3], ids[3:], weeks=12, today=START)
        assert found.often is None
