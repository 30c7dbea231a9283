"""Persons by an exact contact, read and corrected within the scope of a key (threats: A05)."""

import pytest

from requests_app.access.models import PersonSearch, Reading
from requests_app.people.errors import ChangedMeanwhile
from requests_app.people.models import ContactPoint, Person, PersonChange
from tests import factories

pytestmark = pytest.mark.django_db

PHONE, MAIL = "+33639981234", "amina@exemple.fr"


@pytest.fixture
def amina(lyon_8):
    person = factories.person(given_name="Amina", family_name="Benali", phone=PHONE, email=MAIL)
    factories.ticket(person=person)
    return person


def found(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


class TestFinding:
    @pytest.mark.parametrize(
        "query",
        [{"phone": "06 39 98 12 34"}, {"phone": "+33639981234"}, {"mail": "Amina@Exemple.fr"}],
    )
    def test_A05_a_whole_contact_finds_who_has_it_masked(self, program, amina, villeurbanne, query):
        """A key of another Maison too: finding somebody gives no right to read them."""
        [row] = found(program("persons:read", maisons=[villeurbanne]).get("persons/", **query))
        assert row == {
            "id": amina.pk,
            "name": "Amina Benali",
            "birth_year": None,
            "phone": row["phone"],
            "open_tickets": 0,
        }
        assert "98 12" not in row["phone"]

    def test_A05_each_search_is_logged_without_its_words(self, program, amina):
        ours = program("persons:read")
        found(ours.get("persons/", phone=PHONE))
        search = PersonSearch.objects.get()
        assert (search.user_id, search.way, search.found) == (ours.key.account.pk, "phone", 1)

    def test_A05_too_many_searches_show_nobody(self, program, amina, settings):
        settings.LIMITS_ON, settings.PERSON_SEARCHES_PER_HOUR = True, 1
        ours = program("persons:read")
        assert len(found(ours.get("persons/", phone=PHONE))) == 1
        answer = ours.get("persons/", phone=PHONE)
        assert (answer.status_code, "Amina" in answer.content.decode()) == (429, False)
        assert answer.headers["Retry-After"]

    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ({"phone": "12 34"}, "phone"),
            ({"phone": "Benali"}, "phone"),
            ({"mail": "exemple.fr"}, "mail"),
            ({"phone": PHONE, "mail": MAIL}, "mail"),
            ({"name": "Benali"}, "name"),
            ({"contact_points__value": PHONE}, "contact_points__value"),
            ({"phone__startswith": "+33"}, "phone__startswith"),
            ({"tickets__subject": "x"}, "tickets__subject"),
        ],
    )
    def test_W04_nothing_else_finds_anybody(self, program, amina, query, name):
        answer = program("persons:read").get("persons/", **query)
        assert (answer.status_code, "Amina" in answer.content.decode()) == (400, False)
        assert [error["parameter"] for error in answer.json()["errors"]] == [name]

    def test_without_a_contact_nobody_is_found_nor_searched(self, program, amina):
        assert found(program("persons:read").get("persons/")) == []
        assert not PersonSearch.objects.exists()


class TestReading:
    def test_says_who_they_are_and_how_to_reach_them(self, program, amina):
        shown = program("persons:read").get(f"persons/{amina.pk}/").json()
        assert (shown["name"], shown["phones"], shown["mails"]) == ("Amina Benali", [PHONE], [MAIL])
        assert [point["kind"] for point in shown["contacts"]] == ["email", "phone"]
        assert Reading.objects.filter(kind="person", subject_id=amina.pk, was_refused=False).count() == 1

    def test_A01_the_key_of_another_maison_reads_nobody_of_this_one(self, program, amina, villeurbanne):
        answer = program("persons:read", maisons=[villeurbanne]).get(f"persons/{amina.pk}/")
        assert answer.status_code == 404
        assert Reading.objects.filter(kind="person", subject_id=amina.pk, was_refused=True).count() == 1

    def test_A03_who_has_only_a_reserved_ticket_is_read_with_its_scope(self, program, amina):
        amina.tickets.update(is_sensitive=True)
        assert program("persons:read").get(f"persons/{amina.pk}/").status_code == 404
        ours = program("persons:read", "sensitive:read")
        assert ours.get(f"persons/{amina.pk}/").status_code == 200

    def test_A01_a_key_of_some_topics_reads_nobody_by_another_ticket(self, program, amina):
        stranger = factories.person(given_name="Jean", family_name="Roux")
        theirs = program("persons:write", topics=[factories.topic("velo")])
        for person in (amina, stranger):
            assert theirs.get(f"persons/{person.pk}/").status_code == 404
            assert theirs.send("patch", f"persons/{person.pk}/", {"given_name": "X"}).status_code == 404
        amina.tickets.update(topic=factories.topic("velo"))
        assert theirs.get(f"persons/{amina.pk}/").status_code == 200

    @pytest.mark.parametrize("pk", ["0", "999999999", str(2**70)])
    def test_nobody_is_not_found(self, program, pk):
        assert program("persons:read").get(f"persons/{pk}/").status_code == 404

    def test_the_number_of_a_merged_record_opens_the_survivor(self, program, amina):
        other = factories.person(given_name="A.", family_name="Benali")
        Person.objects.filter(pk=other.pk).update(merged_into=amina)
        assert program("persons:read").get(f"persons/{other.pk}/").json()["id"] == amina.pk


class TestWriting:
    def test_corrects_a_name_and_stores_the_former_one(self, program, amina):
        ours = program("persons:write")
        answer = ours.send("patch", f"persons/{amina.pk}/", {"usage_name": "Diallo"})
        assert (answer.status_code, answer.json()["name"]) == (200, "Amina Diallo")
        change = PersonChange.objects.get(person=amina)
        assert (change.before["usage_name"], change.by_id) == ("", ours.key.account.pk)

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"merged_into": 1}, "#/merged_into"),
            ({"id": 3}, "#/id"),
            ({"given_name": 3}, "#/given_name"),
            ({"birth_date": "hier"}, "#/birth_date"),
            ({"contact_points": []}, "#/contact_points"),
        ],
    )
    def test_W03_only_what_is_listed_is_written(self, program, amina, body, pointer):
        answer = program("persons:write").send("patch", f"persons/{amina.pk}/", body)
        assert answer.status_code == 400
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        assert not PersonChange.objects.exists()

    def test_two_programs_do_not_overwrite_each_other(self, program, amina):
        one, other, path = program("persons:write"), program("persons:write"), f"persons/{amina.pk}/"
        read = one.get(path).headers["ETag"]
        first = other.send("patch", path, {"usage_name": "Diallo"}, headers={"If-Match": read})
        assert (first.status_code, first.headers["ETag"]) == (200, one.get(path).headers["ETag"])
        late = one.send("patch", path, {"usage_name": "Roux"}, headers={"If-Match": read})
        assert (late.status_code, late.json()["type"].rpartition("#")[2]) == (412, "precondition-failed")
        assert Person.objects.get(pk=amina.pk).usage_name == "Diallo"
        again = other.send("patch", path, {"usage_name": "Roux"}, headers={"If-Match": first.headers["ETag"]})
        assert again.json()["usage_name"] == "Roux"

    def test_a_new_contact_is_a_change_too(self, program, amina):
        ours, path = program("persons:write"), f"persons/{amina.pk}/"
        read = ours.get(path).headers["ETag"]
        ours.post(f"{path}contacts/", {"kind": "phone", "value": "06 39 98 77 66"})
        assert ours.send("patch", path, {"given_name": "A."}, headers={"If-Match": read}).status_code == 412

    @pytest.mark.parametrize(
        ("header", "status"),
        [("*", 200), ('"x", {}', 200), ("W/{}", 200), ('"x"', 412), ("x", 412), ("", 412)],
    )
    def test_a_precondition_is_read_as_the_standard_says(self, program, amina, header, status):
        ours, path = program("persons:write"), f"persons/{amina.pk}/"
        given = {"If-Match": header.format(ours.get(path).headers["ETag"])}
        assert ours.send("patch", path, {"given_name": "A."}, headers=given).status_code == status

    def test_a_change_between_reading_and_writing_is_told_as_such(self, program, amina, monkeypatch):
        def be_second(**_given):
            raise ChangedMeanwhile

        monkeypatch.setattr("requests_app.api.persons.reading.change_identity", be_second)
        ours, path = program("persons:write"), f"persons/{amina.pk}/"
        answers = [
            ours.send("patch", path, {"given_name": "A."}, headers=each) for each in ({"If-Match": "*"}, {})
        ]
        assert [answer.status_code for answer in answers] == [412, 409]

    def test_adds_a_contact_once_however_often_it_is_asked(self, program, amina):
        ours, body = program("persons:write"), {"kind": "phone", "value": "06 39 98 77 66"}
        answers = [
            ours.post(f"persons/{amina.pk}/contacts/", body, headers={"Idempotency-Key": "c1"})
            for _n in range(3)
        ]
        assert [answer.status_code for answer in answers] == [201, 201, 201]
        assert ContactPoint.objects.filter(person=amina, value="+33639987766").count() == 1
        assert ours.post(f"persons/{amina.pk}/contacts/", body).status_code == 409

    @pytest.mark.parametrize("body", [{"kind": "phone", "value": "12"}, {"kind": "email", "value": "x"}])
    def test_what_is_no_contact_is_pointed_at(self, program, amina, body):
        answer = program("persons:write").post(f"persons/{amina.pk}/contacts/", body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "#/value")

    def test_A06_a_key_that_handles_none_of_their_tickets_writes_nothing(self, program, amina, villeurbanne):
        theirs = program("persons:write", maisons=[villeurbanne])
        assert theirs.send("patch", f"persons/{amina.pk}/", {"given_name": "X"}).status_code == 404
        body = {"kind": "phone", "value": "06 39 98 77 66"}
        assert theirs.post(f"persons/{amina.pk}/contacts/", body).status_code == 404
        assert Person.objects.get(pk=amina.pk).given_name == "Amina"
