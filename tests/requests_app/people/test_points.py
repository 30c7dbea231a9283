from datetime import timedelta

import pytest
from django.utils import timezone

from requests_app.people.errors import (
    ChangedMeanwhile,
    KnownAlready,
    NotAnAddress,
    NotANumber,
    RefusedByPerson,
)
from requests_app.people.models import ContactPoint
from requests_app.people.services import (
    Need,
    add_point,
    change_point,
    choose,
    note_needs,
    remove_point,
    set_needs,
)
from requests_app.people.services.needs import seen_of as needs_seen
from requests_app.people.services.points import Terms, seen_of

pytestmark = pytest.mark.django_db
PHONE = "+33639981234"


@pytest.fixture
def point(amina):
    return amina.contact_points.get(value=PHONE)


def change(point, typed="06 39 98 12 34", uses=("answer", "reminder"), seen=None, at=None, **terms):
    point.refresh_from_db()
    seen = seen or seen_of(point)
    change_point(point=point, typed=typed, terms=Terms(uses, **terms), seen=seen, at=at or timezone.now())
    point.refresh_from_db()


class TestAdd:
    @pytest.mark.parametrize(
        ("kind", "typed", "kept"),
        [
            ("phone", "06.39.98.55.55", "+33639985555"),
            ("phone", "00 33 6 39 98 55 55", "+33639985555"),
            ("email", " Amina@Exemple.FR ", "amina@exemple.fr"),
        ],
    )
    def test_keeps_it_as_it_is_compared(self, amina, kind, typed, kept):
        made = add_point(person=amina, kind=kind, typed=typed, at=timezone.now())
        assert (made.value, made.verified_at) == (kept, None)

    @pytest.mark.parametrize(("kind", "refusal"), [("phone", NotANumber), ("email", NotAnAddress)])
    @pytest.mark.parametrize("typed", ["", "12", "amina chez moi", "a@b@c"])
    def test_refuses_what_is_neither(self, amina, kind, refusal, typed):
        with pytest.raises(refusal):
            add_point(person=amina, kind=kind, typed=typed, at=timezone.now())

    def test_refuses_one_she_has(self, amina):
        with pytest.raises(KnownAlready):
            add_point(person=amina, kind="phone", typed="0639981234", at=timezone.now())

    def test_S05_a_stop_said_there_before_still_counts(self, amina):
        at = timezone.now()
        choose(kind="phone", value="+33639985555", uses=["reminder"], is_allowed=False, word="STOP", at=at)
        assert add_point(person=amina, kind="phone", typed="0639985555", at=at).usable_for == ["answer"]


class TestChange:
    def test_says_what_it_serves_for(self, point):
        change(point, uses=["voice_message"], is_shared=True, needs_check=True)
        assert point.allows("voice_message")
        assert not point.allows("answer")
        assert (point.is_shared, point.needs_check) == (True, True)

    def test_nothing_ticked_is_used_for_nothing(self, point):
        change(point, uses=[])
        assert not any(point.allows(use) for use in ("answer", "reminder", "voice_message"))

    def test_verified_is_dated_once_and_ends_the_doubt(self, point):
        at = timezone.now()
        change(point, is_verified=True, needs_check=True, at=at)
        change(point, is_verified=True, at=at + timedelta(days=1))
        assert (point.verified_at, point.needs_check) == (at, False)

    def test_another_number_has_to_be_verified_anew(self, point):
        at = timezone.now()
        change(point, is_verified=True, at=at)
        change(point, typed="06 39 98 55 55", is_verified=True, at=at + timedelta(days=1))
        assert (point.value, point.verified_at) == ("+33639985555", at + timedelta(days=1))

    def test_S05_no_agent_takes_back_a_stop(self, point):
        at = timezone.now()
        choose(kind="phone", value=PHONE, uses=["reminder"], is_allowed=False, word="STOP", at=at)
        with pytest.raises(RefusedByPerson):
            change(point, uses=["answer", "reminder"])
        change(point, uses=["answer"])

    def test_refuses_a_number_she_has_elsewhere(self, amina, point):
        add_point(person=amina, kind="phone", typed="0639985555", at=timezone.now())
        with pytest.raises(KnownAlready):
            change(point, typed="06 39 98 55 55")

    def test_W12_whoever_comes_second_is_told_so(self, point):
        seen = seen_of(point)
        change(point, uses=["answer"])
        with pytest.raises(ChangedMeanwhile):
            change(point, seen=seen)
        with pytest.raises(ChangedMeanwhile):
            remove_point(point=point, seen=seen)

    def test_removes_it(self, point):
        remove_point(point=point, seen=seen_of(point))
        assert not ContactPoint.objects.filter(value=PHONE).exists()
        with pytest.raises(ChangedMeanwhile):
            remove_point(point=point, seen="")


class TestNeeds:
    def test_what_an_agent_heard_replaces_what_a_form_said(self, amina):
        at = timezone.now()
        note_needs(person=amina, needs=[Need("call"), Need("avoid", "le soir")], at=at)
        seen = needs_seen(amina.access_needs.all())

        set_needs(person=amina, needs=[Need("call"), Need("interpreter", "arabe")], seen=seen, at=at)

        found = {(n.kind, n.detail, n.is_confirmed) for n in amina.access_needs.all()}
        assert found == {("call", "", True), ("interpreter", "arabe", True)}
        assert amina.access_needs.first().review_on > (at + timedelta(days=150)).date()

    def test_W12_whoever_comes_second_is_told_so(self, amina):
        at, seen = timezone.now(), needs_seen([])
        set_needs(person=amina, needs=[Need("call")], seen=seen, at=at)
        with pytest.raises(ChangedMeanwhile):
            set_needs(person=amina, needs=[], seen=seen, at=at)
