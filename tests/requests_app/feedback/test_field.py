"""What agents say of their work: saved in one gesture, answered, told back, and nobody named unwillingly."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from requests_app.access.maison_scope import MaisonScope
from requests_app.feedback import selectors, services
from requests_app.feedback.models import FieldFeedback, FieldFeedbackChange
from requests_app.feedback.services import FollowUp, Shown

NOW = datetime(2026, 11, 26, 9, 42, tzinfo=UTC)  # a Thursday
State = FieldFeedback.State


@pytest.fixture
def say(lyon_8, chloe):
    def say_it(kind="irritant", *, by=chloe, at=NOW, page="backoffice:triage", maison=lyon_8):
        return services.record_feedback(kind=kind, shown=Shown(maison, page=page), by=by, at=at)

    return say_it


def decide(feedback, by, state=State.DONE, **more):
    return services.answer_feedback(
        feedback=feedback, follow_up=FollowUp(state, **more), by=by, at=NOW + timedelta(hours=1)
    )


class TestSaying:
    def test_is_saved_without_a_sentence_and_hidden_until_its_author_chooses(self, say, chloe):
        said = say()
        assert (said.state, said.sentence, said.signed_by) == ("new", "", "")
        assert services.add_sentence(feedback=said, sentence="  Le plan\n se ferme ", is_signed=True)
        said.refresh_from_db()
        assert (said.sentence, said.signed_by) == ("Le plan se ferme", chloe.full_name)
        assert say("idea", at=NOW + timedelta(minutes=1)).signed_by == chloe.full_name

    def test_pressed_twice_is_one_and_another_kind_is_another(self, say):
        assert say().pk == say(at=NOW + timedelta(seconds=5)).pk
        assert say("idea").pk != say("thanks").pk
        assert say(at=NOW + timedelta(minutes=1)).pk != say().pk
        assert FieldFeedback.objects.count() == 4

    def test_taken_back_it_is_nowhere_and_only_once(self, say, chloe):
        said = say()
        assert services.withdraw(feedback=said, at=NOW)
        assert not services.withdraw(feedback=said, at=NOW)
        assert list(selectors.feedback_of(chloe)) == []
        assert list(selectors.feedback_of_week(date(2026, 11, 23), places=MaisonScope(everywhere=True))) == []

    def test_once_answered_its_words_stay(self, say, david):
        said = say()
        decide(said, david, State.READ)
        assert not services.add_sentence(feedback=said, sentence="Autre chose", is_signed=True)
        said.refresh_from_db()
        assert (said.sentence, said.is_signed) == ("", False)


class TestAnswering:
    def test_tells_the_author_once_per_change(self, say, chloe, david):
        said = say()
        assert decide(said, david, State.IN_PROGRESS, owner=david)
        assert not decide(said, david, State.IN_PROGRESS, owner=david)
        assert decide(said, david, State.DONE, owner=david, answer="Un second écran est posé.")
        chloe.refresh_from_db()
        assert chloe.unread_feedback == 2
        services.mark_changes_seen(by=chloe, at=NOW)
        chloe.refresh_from_db()
        assert chloe.unread_feedback == 0
        assert not FieldFeedbackChange.objects.filter(seen_at=None).exists()

    def test_answering_oneself_is_no_news(self, say, david):
        decide(say(by=david), david, State.READ)
        david.refresh_from_db()
        assert david.unread_feedback == 0

    def test_not_now_says_why(self, say, david):
        with pytest.raises(ValidationError, match="Dites pourquoi"):
            decide(say(), david, State.NOT_NOW)
        assert not FieldFeedbackChange.objects.exists()

    def test_is_published_once_done_in_the_words_of_who_answers(self, say, david, lyon_8):
        said = say()
        services.add_sentence(feedback=said, sentence="Mme Benali attend", is_signed=False)
        with pytest.raises(ValidationError, match="Publiez ce qui est fait"):
            decide(said, david, State.IN_PROGRESS, answer="On cherche.", public_words="On attend debout.")
        decide(said, david, answer="Dix sièges de plus.", public_words="On attend debout.")
        [shown] = selectors.published_at(lyon_8.pk)
        assert (shown.public_words, shown.answer) == ("On attend debout.", "Dix sièges de plus.")
        decide(said, david, answer="Dix sièges de plus.")
        assert list(selectors.published_at(lyon_8.pk)) == []

    def test_belongs_to_managers_of_the_maison_and_to_its_owner(
        self, say, bruno, chloe, david, elsa, central
    ):
        said = say()
        assert services.can_answer(david, said)
        assert not any(services.can_answer(user, said) for user in (bruno, chloe, elsa, central))
        decide(said, david, State.IN_PROGRESS, owner=bruno)
        said.refresh_from_db()
        assert services.can_answer(bruno, said)


class TestBoard:
    def test_is_a_week_of_paris_days_at_the_places_of_the_reader(self, say, elsa, villeurbanne):
        sunday_night = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # already Monday in Paris
        first, last = say(at=sunday_night), say("idea", at=datetime(2026, 11, 29, 22, 59, tzinfo=UTC))
        say("thanks", at=datetime(2026, 11, 29, 23, 1, tzinfo=UTC))
        say(by=elsa, maison=villeurbanne)
        here = MaisonScope(maisons=frozenset({first.maison_id}))
        rows = selectors.feedback_of_week(date(2026, 11, 23), places=here)
        assert [row.pk for row in rows] == [last.pk, first.pk]

    @pytest.mark.parametrize(
        ("writers", "ideas", "thanks", "total"),
        [((4, 0), None, None, None), ((6, 0), 6, None, 6), ((6, 2), None, None, 8), ((6, 5), 6, 5, 11)],
    )
    def test_P06_counts_tell_of_no_fewer_than_five_authors(
        self, say, make_agent, writers, ideas, thanks, total
    ):
        for kind, count in zip(("idea", "thanks"), writers, strict=True):
            for rank in range(count):
                say(kind, by=make_agent(f"{kind}{rank}"))
        found = selectors.count_by_kind(list(FieldFeedback.objects.all()))
        counted = {each.kind: each.n for each in found.kinds}
        assert (counted.pop("idea"), counted.pop("thanks"), found.total) == (ideas, thanks, total)
        assert set(counted.values()) == {None}

    def test_P06_one_author_who_writes_ten_times_is_one(self, say):
        for minutes in range(10):
            say(at=NOW + timedelta(minutes=minutes))
        assert selectors.count_by_kind(list(FieldFeedback.objects.all())).total is None

    def test_costs_the_same_for_one_row_as_for_ten(self, say, django_assert_num_queries):
        for minutes in range(10):
            say(at=NOW + timedelta(minutes=minutes))
        with django_assert_num_queries(1):
            rows = selectors.feedback_of_week(date(2026, 11, 23), places=MaisonScope(everywhere=True))
            assert len({(row.maison.label, row.signed_by) for row in rows}) == 1

    def test_what_was_done_is_shown_for_a_quarter(self, say, david):
        old = say(at=NOW - timedelta(days=100))
        new, silent = say("idea"), say("thanks")
        for each, answer in ((old, "Fait."), (new, "Fait aussi."), (silent, "")):
            decide(each, david, answer=answer)
        found = selectors.done_lately(places=MaisonScope(everywhere=True), now=NOW)
        assert list(found) == [new]

    def test_what_still_waits_from_earlier_weeks_stays_the_oldest_first(self, say, david):
        monday = date(2026, 11, 23)
        old, done, _thanks, new, _now = (
            say(kind, at=NOW - timedelta(days=days))
            for kind, days in (("idea", 40), ("irritant", 30), ("thanks", 25), ("irritant", 20), ("idea", 0))
        )
        decide(done, david, answer="Fait.")
        found = selectors.list_still_open(monday, places=MaisonScope(everywhere=True))
        assert list(found) == [old, new]
