from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from requests_app.people.errors import (
    ChangedMeanwhile,
    KnownAlready,
    NotAnAddress,
    NotANumber,
    Refused,
    RefusedByPerson,
)
from requests_app.people.history import history_of
from requests_app.people.models import ContactPoint, PersonChange
from requests_app.people.selectors import needs_of
from requests_app.people.services import (
    Need,
    add_point,
    change_point,
    choose,
    note_needs,
    remove_point,
    restore_point,
    set_needs,
)
from requests_app.people.services.needs import etag_of_needs as needs_seen
from requests_app.people.services.points import Terms, etag_of_point

pytestmark = pytest.mark.django_db
PHONE = "+33639981234"


@pytest.fixture
def point(amina):
    return amina.contact_points.get(value=PHONE)


def change(by, point, typed="06 39 98 12 34", uses=("answer", "reminder"), seen=None, at=None, **terms):
    point.refresh_from_db()
    seen = seen or etag_of_point(point)
    said = {"typed": typed, "terms": Terms(uses, **terms), "seen": seen}
    change_point(point=point, **said, by=by, at=at or timezone.now())
    point.refresh_from_db()


class TestAdd:
    @pytest.mark.parametrize(
        ("kind", "typed", "kept"),
        [
            ("phone", "06.39.98.55.55", "+33639985555"),
            ("phone", "00 33 6 39 98 55 55", "+33639985555"),
            ("email", " Amina@Exemple.FR ", "amina@exemple.fr"),
            ("email", "\u200bamina\u00ad@exemple.fr\u200e", "amina@exemple.fr"),
            ("phone", "\u202a06 39 98 55 55\u202c", "+33639985555"),
        ],
    )
    def test_keeps_it_as_it_is_compared(self, amina, kind, typed, kept, chloe):
        made = add_point(person=amina, kind=kind, typed=typed, by=chloe, at=timezone.now())
        assert (made.value, made.verified_at) == (kept, None)

    @pytest.mark.parametrize(("kind", "refusal"), [("phone", NotANumber), ("email", NotAnAddress)])
    @pytest.mark.parametrize("typed", ["", "12", "061234567", "amina chez moi", "a@b@c"])
    def test_refuses_what_is_neither(self, amina, kind, refusal, typed, chloe):
        with pytest.raises(refusal):
            add_point(person=amina, kind=kind, typed=typed, by=chloe, at=timezone.now())

    def test_refuses_one_she_has(self, amina, chloe):
        with pytest.raises(KnownAlready):
            add_point(person=amina, kind="phone", typed="0639981234", by=chloe, at=timezone.now())

    def test_S05_a_stop_said_there_before_still_counts(self, amina, chloe):
        at = timezone.now()
        choose(kind="phone", value="+33639985555", uses=["reminder"], is_allowed=False, word="STOP", at=at)
        assert add_point(person=amina, kind="phone", typed="0639985555", by=chloe, at=at).usable_for == [
            "answer"
        ]


class TestChange:
    def test_says_what_it_serves_for(self, point, chloe):
        change(chloe, point, uses=["voice_message"], is_shared=True, needs_check=True)
        assert point.allows("voice_message")
        assert not point.allows("answer")
        assert (point.is_shared, point.needs_check) == (True, True)

    def test_nothing_ticked_is_used_for_nothing(self, point, chloe):
        change(chloe, point, uses=[])
        assert not any(point.allows(use) for use in ("answer", "reminder", "voice_message"))

    def test_verified_is_dated_once_and_ends_the_doubt(self, point, chloe):
        at = timezone.now()
        change(chloe, point, is_verified=True, needs_check=True, at=at)
        change(chloe, point, is_verified=True, at=at + timedelta(days=1))
        assert (point.verified_at, point.needs_check) == (at, False)

    def test_another_number_has_to_be_verified_anew(self, point, chloe):
        at = timezone.now()
        change(chloe, point, is_verified=True, at=at)
        change(chloe, point, typed="06 39 98 55 55", is_verified=True, at=at + timedelta(days=1))
        assert (point.value, point.verified_at) == ("+33639985555", at + timedelta(days=1))

    def test_S05_no_agent_takes_back_a_stop(self, point, chloe):
        at = timezone.now()
        choose(kind="phone", value=PHONE, uses=["reminder"], is_allowed=False, word="STOP", at=at)
        with pytest.raises(RefusedByPerson):
            change(chloe, point, uses=["answer", "reminder"])
        change(chloe, point, uses=["answer"])

    def test_refuses_a_number_she_has_elsewhere(self, amina, point, chloe):
        add_point(person=amina, kind="phone", typed="0639985555", by=chloe, at=timezone.now())
        with pytest.raises(KnownAlready):
            change(chloe, point, typed="06 39 98 55 55")

    def test_W12_whoever_comes_second_is_told_so(self, point, chloe):
        seen = etag_of_point(point)
        change(chloe, point, uses=["answer"])
        with pytest.raises(ChangedMeanwhile):
            change(chloe, point, seen=seen)
        with pytest.raises(ChangedMeanwhile):
            remove_point(point=point, seen=seen, by=chloe, at=timezone.now())

    def test_removes_it(self, point, chloe):
        remove_point(point=point, seen=etag_of_point(point), by=chloe, at=timezone.now())
        assert not ContactPoint.objects.filter(value=PHONE).exists()
        with pytest.raises(ChangedMeanwhile):
            remove_point(point=point, seen="", by=chloe, at=timezone.now())


class TestNeeds:
    def test_what_an_agent_heard_replaces_what_a_form_said(self, amina, chloe):
        at = timezone.now()
        note_needs(person=amina, needs=[Need("call"), Need("avoid", "le soir")], at=at)
        seen = needs_seen(amina.access_needs.all())

        set_needs(
            person=amina, needs=[Need("call"), Need("interpreter", "arabe")], seen=seen, by=chloe, at=at
        )

        found = {(n.kind, n.detail, n.is_confirmed) for n in amina.access_needs.all()}
        assert found == {("call", "", True), ("interpreter", "arabe", True)}
        assert amina.access_needs.first().review_on > (at + timedelta(days=150)).date()

    def test_W12_whoever_comes_second_is_told_so(self, amina, chloe):
        at, seen = timezone.now(), needs_seen([])
        set_needs(person=amina, needs=[Need("call")], seen=seen, by=chloe, at=at)
        with pytest.raises(ChangedMeanwhile):
            set_needs(person=amina, needs=[], seen=seen, by=chloe, at=at)

    @pytest.mark.parametrize("pair", [("write", "call"), ("no_call", "no_text"), ("call_hours", "no_call")])
    def test_two_contrary_needs_are_refused_and_what_was_noted_stays(self, amina, chloe, pair):
        at = timezone.now()
        note_needs(person=amina, needs=[Need("interpreter", "arabe")], at=at)
        seen = needs_seen(amina.access_needs.all())
        with pytest.raises(Refused, match="Gardez l’un des deux"):
            set_needs(
                person=amina, needs=[Need(kind, "le soir") for kind in pair], seen=seen, by=chloe, at=at
            )
        assert [need.kind for need in amina.access_needs.all()] == ["interpreter"]

    def test_what_two_doors_brought_is_kept_and_said_to_be_contrary(self, amina):
        for kind in ("call", "write", "large_print"):
            note_needs(person=amina, needs=[Need(kind)], at=timezone.now())
        assert [need.words for need in needs_of(amina.pk)] == [
            "Appeler plutôt qu’écrire, contraire à « Écrire plutôt qu’appeler »",
            "Écrire plutôt qu’appeler, contraire à « Appeler plutôt qu’écrire »",
            "Écrire en gros caractères",
        ]


class TestHistory:
    """Who changed what, from what to what; never rewritten."""

    def told(self, amina, **which):
        return history_of(amina.pk, with_identity=True, **which)

    def test_tells_who_when_and_from_what_to_what(self, amina, chloe, point):
        at = timezone.now()
        change(chloe, point, typed="06 39 98 55 55", uses=["answer"], at=at)

        line = self.told(amina)[0]
        assert (line.agent, line.at) == (chloe.full_name, at)
        assert ("Téléphone", "06 39 98 12 34", "06 39 98 55 55") in [
            (one.label, one.was, one.became.replace("\xa0", " ")) for one in line.lines
        ]

    def test_a_form_sent_without_a_change_leaves_no_line(self, amina, chloe, point):
        change(chloe, point)
        assert self.told(amina) == []

    def test_what_to_do_is_told_to_who_may_not_read_the_rest(self, amina, chloe, point):
        change(chloe, point, uses=["answer"])
        seen, at = needs_seen([]), timezone.now()
        set_needs(person=amina, needs=[Need("interpreter", "arabe")], seen=seen, by=chloe, at=at)

        only = history_of(amina.pk, with_identity=False)
        assert [(one.was, one.became) for change_ in only for one in change_.lines] == [
            ("", "Prévoir un interprète (arabe)")
        ]

    def test_a_removed_contact_comes_back_as_it_was(self, amina, chloe, point):
        at = timezone.now()
        change(chloe, point, is_verified=True, is_shared=True, at=at)
        before = ContactPoint.objects.filter(pk=point.pk).values().get()
        removed = remove_point(point=point, seen=etag_of_point(point), by=chloe, at=at)
        assert self.told(amina)[0].can_come_back

        restore_point(change=removed, person=amina, by=chloe, at=at)

        assert ContactPoint.objects.filter(pk=point.pk).values().get() == before
        with pytest.raises(KnownAlready):
            restore_point(change=removed, person=amina, by=chloe, at=at)

    def test_S05_a_stop_said_meanwhile_holds_when_it_comes_back(self, amina, chloe, point):
        at = timezone.now()
        removed = remove_point(point=point, seen=etag_of_point(point), by=chloe, at=at)
        choose(kind="phone", value=PHONE, uses=["reminder"], is_allowed=False, word="STOP", at=at)

        assert not restore_point(change=removed, person=amina, by=chloe, at=at).allows("reminder")

    def test_P02_no_line_is_rewritten(self, amina, chloe, point):
        remove_point(point=point, seen=etag_of_point(point), by=chloe, at=timezone.now())
        with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
            PersonChange.objects.update(before={})

    def test_leaves_with_the_person(self, amina, chloe, point):
        remove_point(point=point, seen=etag_of_point(point), by=chloe, at=timezone.now())
        amina.delete()
        assert not PersonChange.objects.exists()
