"""The weights are those of the penalised likelihood; the error says how far risks are from what happened."""

import math
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from requests_app.attendance import calibration
from requests_app.attendance.features import NAMES, Facts, reasons_of, word_reasons
from requests_app.attendance.logistic import RIDGE, Logistic, fit

VALUES = some.floats(-50, 50, allow_nan=False)
ROWS = some.lists(some.tuples(VALUES, VALUES, some.booleans()), min_size=1, max_size=40)
START = datetime(2026, 11, 26, 9, tzinfo=UTC)


def draw(count):
    chance = random.Random(1)
    rows = [[chance.gauss(0, 1), chance.gauss(0, 1)] for _each in range(count)]
    return rows, [chance.random() < 1 / (1 + math.exp(1.5 - 1.2 * row[0])) for row in rows]


def facts(**known):
    base = {"days": 10, "absences": 0, "came": 0, "is_undelivered": False, "km": 0.0, "is_by_person": False}
    whole = base | known
    return Facts(dated_at=START - timedelta(days=whole.pop("days")), starts_at=START, **whole)


class TestFit:
    @settings(max_examples=50, deadline=None)
    @given(ROWS)
    def test_no_other_weights_are_likelier(self, drawn):
        rows, outcomes = [list(row[:2]) for row in drawn], [row[2] for row in drawn]
        if len(set(outcomes)) < 2:
            outcomes, rows = [*outcomes, not outcomes[0]], [*rows, [0.0, 0.0]]
        model = fit(rows, outcomes)
        errors = [outcome - model.predict(row) for row, outcome in zip(rows, outcomes, strict=True)]

        assert sum(errors) == pytest.approx(0, abs=1e-6)  # as many are expected as were absent
        for n in range(2):
            scaled = [(row[n] - model.means[n]) / model.scales[n] for row in rows]
            pull = sum(error * value for error, value in zip(errors, scaled, strict=True))
            assert pull == pytest.approx(RIDGE * model.weights[n + 1], abs=1e-6)

    def test_finds_what_made_the_rows(self):
        model = fit(*draw(4000))

        assert model.weights[1] / model.scales[0] == pytest.approx(1.2, abs=0.15)
        assert model.weights[2] == pytest.approx(0, abs=0.1)
        assert model.predict([-3, 0]) < 0.02 < 0.7 < model.predict([3, 0])

    def test_rows_that_tell_all_have_finite_weights(self):
        rows = [[float(n), 7.0] for n in range(100)]
        model = fit(rows, [n >= 50 for n in range(100)])

        assert max(map(abs, model.weights)) < 20
        assert model.weights[2] == 0  # a feature that never varies says nothing
        assert 0 <= model.predict([-1000, 7]) < 0.01 < 0.99 < model.predict([1000, 7]) <= 1


class TestCalibration:
    def test_is_right_where_the_model_is(self):
        fifths = calibration.measure(*draw(2000))

        assert [each.count for each in fifths] == [400] * 5
        assert fifths == sorted(fifths, key=lambda each: each.predicted)
        assert calibration.error_of(fifths) < 0.04

    def test_counts_each_difference_by_its_rows(self):
        wrong = [calibration.Fifth(0.1, 0.5, 10), calibration.Fifth(0.3, 0.2, 30)]
        assert calibration.error_of(wrong) == pytest.approx(0.175)


class TestReasons:
    MODEL = Logistic([1.0, 0.2, 0.5, 0.1, 0.5, 0.5], [1.0] * 6, [-1.0, 1.0, 1.0, -1.0, 1.0, 1.0, -1.0])

    def test_say_what_is_higher_than_usual_the_heaviest_first(self):
        codes = reasons_of(facts(days=60, absences=2, came=1), self.MODEL)

        assert codes == ["lead", "absences:2", "by_person"]
        assert word_reasons(codes) == "délai long, 2 absences, rendez-vous donné par un agent"
        assert word_reasons(["absences:1", "unknown"]) == "1 absence"

    @pytest.mark.parametrize("sign", [1, -1])
    def test_are_true_whatever_the_weights(self, sign):
        weights = [weight * sign * 5 for weight in self.MODEL.weights]
        model = Logistic(self.MODEL.means, self.MODEL.scales, weights)

        assert not {"absences:0", "undelivered", "distance"} & set(reasons_of(facts(came=3), model))
        assert "came" not in reasons_of(facts(came=3), model)
        assert "by_person" not in reasons_of(facts(is_by_person=True), model)

    def test_there_are_at_most_eight_weights_and_none_of_the_person(self):
        assert len(NAMES) + 1 <= 8
        assert not {"age", "language", "need", "commune", "name", "gender"} & set(NAMES)
        assert facts(absences=9, came=9, km=-1.0).features[1:3] == [3.0, 3.0]
